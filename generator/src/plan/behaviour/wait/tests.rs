use crate::config::{Config, WaitChoice};
use crate::ir::{Api, ContentKind, Location, OpId, Status, Ty};
use crate::plan::tests::build::*;
use crate::sdk::Sdk;

fn get(api: &mut Api, id: &str, path: &str) -> OpId {
    let state = component(api, &format!("State{}", api.types.len()), strings(&["busy", "done"]));
    let job =
        component(api, &format!("Job{}", api.types.len()), object(vec![member("state", Ty::Named(state))]));
    let id = operation(api, "jobs", id, &format!("GET {path}"));
    op(api, id).responses = vec![response(Status::Code(200), Some(ContentKind::Json(Ty::Named(job))))];
    id
}

fn config(ids: &[&str]) -> Config {
    let choice = |id: &&str| {
        ((*id).to_owned(), WaitChoice { until: "state".into(), is: vec!["done".into()], name: None })
    };
    Config { waits: ids.iter().map(choice).collect(), ..Config::default() }
}

fn names(plan: &Sdk) -> Vec<&str> {
    plan.operations.iter().map(|op| op.wait.as_ref().map_or("-", |wait| wait.method.as_str())).collect()
}

#[test]
fn methods_say_what_is_waited_for() {
    let mut api = api();
    for (id, path) in [
        ("jobs_retrieve", "/jobs/{a}"),
        ("jobs_get_result", "/jobs/result"),
        ("jobs_status", "/jobs/status"),
        ("jobs_other", "/jobs/other"),
    ] {
        get(&mut api, id, path);
    }
    let (plan, found) = planned_with(api, &config(&["jobs_retrieve", "jobs_get_result", "jobs_status"]));
    assert_eq!(found, []);
    assert_eq!(names(&plan), ["wait", "wait_result", "wait_status", "-"]);
}

#[test]
fn two_that_would_be_equal_both_keep_the_longer_name() {
    let mut api = api();
    get(&mut api, "jobs_retrieve", "/jobs/{a}");
    get(&mut api, "jobs_get", "/jobs/now");
    let (plan, _) = planned_with(api, &config(&["jobs_retrieve", "GET /jobs/now"]));
    assert_eq!(names(&plan), ["wait_retrieve", "wait_get"]);
}

#[test]
fn a_parameter_called_wait_makes_room() {
    let mut api = api();
    for id in [get(&mut api, "jobs_get", "/jobs/a"), get(&mut api, "jobs_show", "/jobs/b")] {
        op(&mut api, id).params = vec![param(Location::Query, "wait", Ty::Bool)];
    }
    let (plan, _) = planned_with(api, &config(&["jobs_get"]));
    let params: Vec<&str> = plan.operations.iter().map(|op| op.params[0].name.as_str()).collect();
    assert_eq!(params, ["set_wait", "wait"]);
}
