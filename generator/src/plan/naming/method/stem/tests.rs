use super::*;
use crate::ir::{ContentKind, OpId, Status, Ty};
use crate::plan::tests::build::*;

fn stems_of(api: &Api, op: &Operation, prefix: usize) -> Vec<Words> {
    stems(api, op, &said(api, op.resource), prefix)
}

/// The best name.
fn best(tag: &str, id: &str, route: &str) -> String {
    let mut api = api();
    let op = operation(&mut api, tag, id, route);
    stems_of(&api, &api.operations[op], 0)[0].join("_")
}

#[test]
fn the_id_without_what_the_resource_says() {
    for (tag, id, want) in [
        ("workflows.runs", "workflows_runs_get_config", "get_config"),
        ("workflows", "workflows_list", "list"),
        ("workflows.specs", "workflows_specs_export", "export"),
        ("pets", "listPets", "list"),
        ("pets", "getPet", "get"),
        ("pets", "showPetById", "show_by_id"),
        ("core_v1", "createCoreV1NamespacedPod", "create_namespaced_pod"),
        ("pets", "listAvailablePets", "list_available_pets"),
        ("Policies", "createPolicy", "create"),
        ("repos", "repos/list-for-org", "list_for_org"),
        ("user", "users_update", "update"),
        ("evals.split", "split_process", "process"),
        ("chat", "createChatCompletion", "create_completion"),
        ("store", "getInventory", "get_inventory"),
        ("", "health", "health"),
    ] {
        assert_eq!(best(tag, id, "GET /x"), want, "{tag} {id}");
    }
}

#[test]
fn the_resource_is_not_said_twice() {
    for (tag, id, route, want) in [
        ("sip_domain", "list_sip_domain", "GET /x", "list"),
        ("Accounts", "Accounts_GetAccount", "GET /x", "get"),
        ("EnvelopeDocuments", "EnvelopeDocuments_GetDocument", "GET /x", "get"),
        ("AccountBrands", "BrandLogo_GetBrandLogo", "GET /x", "get_logo"),
        ("workflows.runs", "list_workflow_runs", "GET /x", "list"),
        ("workflows.runs", "get_workflow_config", "GET /x", "get_config"),
        ("PetService", "PetService_GetPet", "GET /x", "get"),
        ("artists", "get-an-artists-albums", "GET /x", "get_albums"),
        ("albums", "get-several-albums", "GET /x", "get_several"),
        ("tasks", "addTagForTask", "POST /tasks/{id}/addTag", "add_tag"),
        ("lobbies", "create_or_join_lobby", "PUT /lobbies", "create_or_join"),
        ("users", "api_v1_users_list", "GET /x", "list"),
        ("users", "v2_users_list_keys", "GET /x", "list_keys"),
        ("api_keys", "api_keys_list", "GET /x", "list"),
        ("copilot", "copilot/copilot-usage", "GET /x", "usage"),
        ("issues", "list-issue-values-for-issue", "GET /x", "list_values"),
        ("payments", "create-booking-payment", "POST /bookings/{id}/payment", "create_for_booking"),
        (
            "private_registries",
            "get-org-private-registry",
            "GET /orgs/{org}/private-registries/{id}",
            "get_for_org",
        ),
        ("variables", "getLocalVariables", "GET /files/{key}/variables/local", "get_local"),
        ("applications", "update_guild_application_command", "PATCH /x", "update_guild_command"),
        // another noun, which only ends or begins with the resource's
        (
            "accounts",
            "get_external_accounts",
            "GET /v1/accounts/{id}/external_accounts",
            "get_external_accounts",
        ),
        ("keys", "list_api_keys", "GET /keys", "list_api_keys"),
        ("invoices", "convert_to_invoice_item", "POST /x", "convert_to_invoice_item"),
    ] {
        assert_eq!(best(tag, id, route), want, "{tag} {id}");
    }
}

#[test]
fn many_of_the_resource_are_a_list() {
    let mut api = api();
    let one = operation(&mut api, "pets", "getPet", "GET /pets/{id}");
    let all = operation(&mut api, "pets", "fetchPets", "GET /pets");
    let of = |id: OpId| stems_of(&api, &api.operations[id], 0)[0].join("_");
    assert_eq!((of(one), of(all)), ("get".to_owned(), "list".to_owned()));
}

#[test]
fn what_all_ids_call_the_resource_is_its_name() {
    let mut api = api();
    operation(&mut api, "keys", "list_api_keys", "GET /keys");
    let get = operation(&mut api, "keys", "get_api_key", "GET /keys/{id}");
    let name = |api: &Api, id: OpId| stems_of(api, &api.operations[id], 0)[0].join("_");
    assert_eq!(name(&api, get), "get");
    operation(&mut api, "keys", "get_public_key", "GET /keys/public");
    assert_eq!(name(&api, get), "get_api_key");
}

#[test]
fn what_all_ids_begin_with_is_no_part_of_a_name() {
    let prefix_of = |ids: &[&str]| {
        let mut api = api();
        for (at, id) in ids.iter().enumerate() {
            operation(&mut api, "pets", id, &format!("GET /{at}"));
        }
        prefix(&api)
    };
    assert_eq!(prefix_of(&["v1_users_list", "v1_users_get", "v1_pets_get"]), 1);
    assert_eq!(prefix_of(&["acme_api_v1_list", "acme_api_v1_get"]), 3);
    assert_eq!(prefix_of(&["get_user", "get_pet"]), 0);
    assert_eq!(prefix_of(&["pets", "pets_list"]), 0);
    assert_eq!(prefix_of(&["v1_users_list"]), 0);
    let mut api = api();
    let id = operation(&mut api, "news", "v1_ping_all", "GET /x");
    assert_eq!(stems_of(&api, &api.operations[id], 1)[0], ["ping", "all"]);
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
    assert_eq!(best("emails", "get_users_id_emails", "GET /users/{user_id}/emails"), "get_users");
    assert_eq!(
        best("links", "put_files_id#add_link", "PUT /files/{file_id}#add_link"),
        "replace_files_add_link"
    );
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
fn a_get_that_responses_with_a_list_is_a_list() {
    let mut api = api();
    let id = operation(&mut api, "pets", "-", "GET /pets");
    op(&mut api, id).responses = vec![response(Status::Code(200), Some(ContentKind::Json(list(Ty::String))))];
    assert_eq!(stems_of(&api, &api.operations[0], 0)[0], ["list"]);
}

#[test]
fn all_items_and_one_of_them_have_names_of_their_own() {
    let mut api = api();
    let methods = ["GET", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE"];
    for method in methods {
        operation(&mut api, "notes", "-", &format!("{method} /v1/notes/"));
        operation(&mut api, "notes", "-", &format!("{method} /v1/notes/{{id}}"));
    }
    operation(&mut api, "notes", "-", "POST /v1/notes/{id}");
    let names: Vec<String> = api.operations.iter().map(|op| stems_of(&api, op, 0)[0].join("_")).collect();
    let both = ["list", "get", "replace_all", "replace", "update_all", "update", "delete_all", "delete"];
    let rare = ["head_all", "head", "options_all", "options", "trace_all", "trace", "post"];
    assert_eq!(names, [&both[..], &rare[..]].concat());
}

#[test]
fn there_is_always_something_longer() {
    let mut api = api();
    let id = operation(&mut api, "pets", "-", "GET /pets/{pet_id}");
    let all: Vec<String> =
        stems_of(&api, &api.operations[id], 0).iter().map(|words| words.join("_")).collect();
    assert_eq!(all, ["get", "get_pets", "get_pets_by_pet_id", "get_pets", "get_pets_by_pet_id"]);
}
