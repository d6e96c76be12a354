use crate::config::{Config, OperationChoice};
use crate::diag::{Code, Sink};
use crate::ir::{ContentKind, IntKind, Location, OpId, Ty};
use crate::plan::plan;
use crate::plan::tests::build::*;
use crate::sdk::Sdk;

fn methods(plan: &Sdk, id: OpId) -> Vec<&str> {
    plan.operations[id].methods.iter().map(|method| method.name.as_str()).collect()
}

#[test]
fn a_plain_resource() {
    let mut api = api();
    let get = operation(&mut api, "workflows.runs", "workflows_runs_get", "GET /runs/{id}");
    let config = operation(&mut api, "workflows.runs", "workflows_runs_get_config", "GET /runs/{id}/config");
    let (plan, found) = planned(api);
    assert_eq!(methods(&plan, get), ["get"]);
    assert_eq!(plan.operations[get].label, "workflows.runs.get");
    assert_eq!(plan.operations[config].call.as_str(), "GetConfig");
    assert_eq!(plan.operations[config].route.as_str(), "GET_CONFIG");
    assert!(found.is_empty());
}

#[test]
fn both_losers_keep_the_longer_form() {
    let mut api = api();
    let one = operation(&mut api, "users", "lockUser", "POST /users/{id}/lock");
    let all = operation(&mut api, "users", "lockUsers", "POST /users/lock");
    let (plan, _) = planned(api);
    assert_eq!(methods(&plan, one), ["lock_user"]);
    assert_eq!(methods(&plan, all), ["lock_users"]);
}

#[test]
fn an_id_that_only_says_the_route_is_no_loser() {
    let mut api = api();
    let one = operation(&mut api, "users", "getUser", "GET /users/{id}");
    let all = operation(&mut api, "users", "getUsers", "GET /users");
    let (plan, _) = planned(api);
    assert_eq!(methods(&plan, one), ["get"]);
    assert_eq!(methods(&plan, all), ["list"]);
}

#[test]
fn children_keep_their_accessors() {
    let mut api = api();
    let runs = operation(&mut api, "workflows", "workflows_runs", "GET /workflows/{id}/runs");
    operation(&mut api, "workflows.runs", "workflows_runs_get", "GET /runs/{id}");
    let (plan, _) = planned(api);
    assert_eq!(plan.resources[2].accessor.as_str(), "runs");
    assert_eq!(methods(&plan, runs), ["workflows_runs"]);
}

#[test]
fn reserved_methods_and_calls_move() {
    let mut api = api();
    let clone = operation(&mut api, "repos", "clone", "POST /repos/{id}/clone");
    let text = operation(&mut api, "repos", "text", "GET /repos/text");
    let search = operation(&mut api, "search", "search", "GET /search");
    let same = operation(&mut api, "search", "search_search", "POST /search");
    let (plan, _) = planned(api);
    assert_eq!(methods(&plan, clone), ["clone_repos"]);
    assert_eq!(plan.operations[text].call.as_str(), "TextCall");
    assert_eq!(methods(&plan, search), ["get"]);
    assert_eq!(methods(&plan, same), ["search"]);
    assert_eq!(plan.operations[same].call.as_str(), "SearchCall");
}

#[test]
fn one_method_per_content() {
    let mut api = api();
    let id = operation(&mut api, "files", "files_create", "POST /files");
    let contents = [
        ("multipart/form-data", ContentKind::Multipart(Ty::Object)),
        ("application/json", ContentKind::Json(Ty::Object)),
        ("application/vnd.a+json", ContentKind::Json(Ty::Any)),
        ("text/plain", ContentKind::Text),
    ];
    op(&mut api, id).body = Some(body(&contents));
    let (plan, _) = planned(api);
    let names = ["create", "create_json", "create_a", "create_text"];
    assert_eq!(methods(&plan, id), names);
    let at: Vec<Option<usize>> = plan.operations[id].methods.iter().map(|method| method.content()).collect();
    assert_eq!(at, [Some(0), Some(1), Some(2), Some(3)]);
}

#[test]
fn an_optional_body_is_a_setter() {
    let mut api = api();
    let id = operation(&mut api, "files", "files_create", "POST /files");
    let mut optional =
        body(&[("application/json", ContentKind::Json(Ty::Object)), ("text/plain", ContentKind::Text)]);
    optional.required = false;
    op(&mut api, id).body = Some(optional);
    let (plan, _) = planned(api);
    assert_eq!(methods(&plan, id), ["create", "create_text"]);
    assert_eq!(plan.operations[id].methods[0].content(), None);
    assert_eq!(plan.operations[id].body.as_ref().map(|body| body.name.as_str()), Some("body"));
}

#[test]
fn parameters_by_place() {
    let mut api = api();
    let id = operation(&mut api, "files", "files_get", "GET /files/{id}");
    let op = op(&mut api, id);
    op.params = vec![
        param(Location::Query, "id", Ty::String),
        param(Location::Path, "id", Ty::String),
        param(Location::Header, "Idempotency-Key", Ty::String),
        param(Location::Query, "type", Ty::String),
        param(Location::Query, "items", Ty::Int(IntKind::I64)),
        param(Location::Query, "body", Ty::String),
        param(Location::Query, "with_timeout", Ty::String),
    ];
    op.body = Some(body(&[("text/plain", ContentKind::Text)]));
    let (plan, found) = planned(api);
    let names: Vec<&str> = plan.operations[id].params.iter().map(|param| param.name.as_str()).collect();
    assert_eq!(names, ["query_id", "id", "idempotency_key", "type_", "set_items", "body", "with_timeout"]);
    assert_eq!(plan.operations[id].body.as_ref().map(|body| body.name.as_str()), Some("request_body"));
    assert!(found.is_empty());
}

#[test]
fn methods_can_be_chosen() {
    let choice = |name: &str| OperationChoice { resource: None, name: Some(name.into()) };
    let small = || {
        let mut api = api();
        operation(&mut api, "files", "files_get", "GET /files/{id}");
        operation(&mut api, "files", "files_fetch", "GET /files");
        api
    };
    let mut config = Config::default();
    config.operations.insert("files_get".into(), choice("fetch"));
    let (plan_, _) = planned_with(small(), &config);
    assert_eq!(methods(&plan_, OpId(0)), ["fetch"]);
    assert_eq!(methods(&plan_, OpId(1)), ["files_fetch"]);
    for (id, name) in [("nobody", "fetch"), ("files_get", "fn"), ("files_get", "new")] {
        let mut config = Config::default();
        config.operations.insert(id.into(), choice(name));
        let mut sink = Sink::new();
        assert!(plan(small(), &config, &mut sink).is_none());
        assert_eq!(sink.finish()[0].code, Code::ConfigTarget);
    }
}
