use super::*;
use crate::ir::{ContentKind, Status, Ty};
use crate::plan::tests::build::*;

/// The best name.
fn best(tag: &str, id: &str, route: &str) -> String {
    let mut api = api();
    let op = operation(&mut api, tag, id, route);
    stems(&api, &api.operations[op.0 as usize], &collections(&api))[0].join("_")
}

#[test]
fn the_id_without_what_the_resource_says() {
    for (tag, id, want) in [
        ("workflows.runs", "workflows_runs_get_config", "get_config"),
        ("workflows", "workflows_list", "list"),
        ("workflows.specs", "workflows_specs_export", "export"),
        ("pets", "listPets", "list"),
        ("pets", "getPet", "get"),
        ("pets", "showPetById", "show_pet_by_id"),
        ("pets", "listAvailablePets", "list_available_pets"),
        ("Policies", "createPolicy", "create"),
        ("repos", "repos/list-for-org", "list_for_org"),
        ("user", "users_update", "update"),
        ("evals.split", "split_process", "process"),
        ("chat", "createChatCompletion", "create_chat_completion"),
        ("store", "getInventory", "get_inventory"),
        ("", "health", "health"),
    ] {
        assert_eq!(best(tag, id, "GET /x"), want, "{tag} {id}");
    }
}

#[test]
fn what_is_nothing_but_the_resource_gets_a_verb() {
    assert_eq!(best("pets", "pets", "POST /pets"), "create");
    assert_eq!(best("pets", "pet", "GET /pets/{id}"), "get");
}

#[test]
fn ids_made_from_the_route_are_seen_through() {
    assert_eq!(best("accounts", "GetAccountsAccount", "GET /v1/accounts/{account}"), "get");
    assert_eq!(best("accounts", "PostAccounts", "POST /v1/accounts"), "create");
    assert_eq!(best("items", "read_item_items__item_id__get", "GET /items/{item_id}"), "read");
    assert_eq!(best("default", "root__get", "GET /"), "root_get");
}

#[test]
fn without_an_id_method_and_path_speak() {
    for (route, want) in [
        ("GET /v1/workflows", "get"),
        ("GET /v1/workflows/{id}", "get"),
        ("POST /v1/workflows", "create"),
        ("POST /v1/workflows/{id}", "update"),
        ("PUT /v1/workflows/{id}", "replace"),
        ("PATCH /v1/workflows/{id}", "update"),
        ("DELETE /v1/workflows/{id}", "delete"),
        ("HEAD /v1/workflows/{id}", "head"),
        ("POST /v1/workflows/{id}/publish", "publish"),
        ("POST /v1/workflows/{id}/comments", "create_comments"),
        ("GET /v1/workflows/{id}/entities", "get_entities"),
    ] {
        assert_eq!(best("workflows", "-", route), want, "{route}");
    }
}

#[test]
fn a_get_that_answers_with_a_list_is_a_list() {
    let mut api = api();
    let id = operation(&mut api, "pets", "-", "GET /pets");
    op(&mut api, id).answers = vec![answer(Status::Code(200), Some(ContentKind::Json(list(Ty::String))))];
    assert_eq!(stems(&api, &api.operations[0], &collections(&api))[0], ["list"]);
}

#[test]
fn there_is_always_something_longer() {
    let mut api = api();
    let id = operation(&mut api, "pets", "-", "GET /pets/{pet_id}");
    let stems = stems(&api, &api.operations[id.0 as usize], &collections(&api));
    let all: Vec<String> = stems.iter().map(|words| words.join("_")).collect();
    assert_eq!(all[..4], ["get", "get_pets", "get_pets_by_pet_id", "get_pets"]);
    assert_eq!(all[4..], ["get_pets_by_pet_id", "get", "get_pets_by_pet_id"]);
}

#[test]
fn what_has_things_by_id_is_listed() {
    let mut api = api();
    operation(&mut api, "jobs", "-", "GET /jobs");
    assert_eq!(stems(&api, &api.operations[0], &collections(&api))[0], ["get"]);
    operation(&mut api, "jobs", "-", "GET /jobs/{id}");
    assert_eq!(stems(&api, &api.operations[0], &collections(&api))[0], ["list"]);
}
