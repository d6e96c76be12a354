//! Whatever is put in, the names that a lock holds stay with those who had them.

use super::lock;
use crate::config::{Config, WaitChoice};
use crate::ir::{Api, ContentKind, Member, OpId, Presence, Shape, Status, Ty};
use crate::plan::tests::build::*;
use crate::sdk::{self, Sdk};

/// The plan of an API whose names were those of another plan.
fn after(before: &Sdk, api: Api, config: Config) -> Sdk {
    planned_with(api, &Config { lock: lock(before), ..config }).0
}

fn job(api: &mut Api, id: &str, path: &str) -> OpId {
    let job = component(api, &format!("Job{}", api.types.len()), object(vec![member("state", Ty::String)]));
    let id = operation(api, "jobs", id, &format!("GET {path}"));
    op(api, id).responses = vec![response(Status::Code(200), Some(ContentKind::Json(Ty::Named(job))))];
    id
}

fn waits(ids: &[&str]) -> Config {
    let choice = |id: &&str| {
        ((*id).to_owned(), WaitChoice { until: "state".into(), is: vec!["done".into()], name: None })
    };
    Config { waits: ids.iter().map(choice).collect(), ..Config::default() }
}

#[test]
fn methods_that_wait_keep_their_names() {
    let jobs = |ids: &[(&str, &str)]| {
        let mut api = api();
        for (id, path) in ids {
            job(&mut api, id, path);
        }
        api
    };
    let before = planned_with(jobs(&[("jobs_get", "/jobs/a")]), &waits(&["jobs_get"])).0;
    let wait = |plan: &Sdk, at: usize| plan.operations[at].wait.as_ref().unwrap().method.to_string();
    assert_eq!(wait(&before, 0), "wait");
    let both = [("jobs_get", "/jobs/a"), ("jobs_retrieve", "/jobs/b"), ("jobs_wait", "/jobs/c")];
    let plan = after(&before, jobs(&both), waits(&["jobs_get", "jobs_retrieve"]));
    assert_eq!((wait(&plan, 0), wait(&plan, 1)), ("wait".into(), "wait_retrieve".into()));
    assert_ne!(plan.operations[2].methods[0].name.as_str(), "wait");
}

/// An object that is sent, with these members that may be absent or null.
fn sent(wires: &[&str]) -> Api {
    let mut api = api();
    let members = wires
        .iter()
        .map(|wire| Member { presence: Presence::OptionalNullable, ..member(wire, Ty::String) })
        .collect();
    let pet = component(&mut api, "Pet", object(members));
    let id = operation(&mut api, "pets", "create", "POST /pets");
    op(&mut api, id).body = Some(body(&[("application/json", ContentKind::Json(Ty::Named(pet)))]));
    api
}

#[test]
fn setters_keep_their_names_beside_members_that_want_them() {
    let before = planned(sent(&["note", "new"])).0;
    let told = |plan: &Sdk, at: usize| {
        let member = &plan.types[0].fields()[at];
        format!("{} {}", member.setter.as_ref().unwrap(), member.clear.as_ref().unwrap())
    };
    let old = [told(&before, 0), told(&before, 1)];
    assert_eq!(old, ["note clear_note", "set_new clear_new"]);
    let plan =
        after(&before, sent(&["clear_note", "set_new", "note", "set_note_null", "new"]), Config::default());
    assert_eq!([told(&plan, 2), told(&plan, 4)], old);
    let again =
        after(&plan, sent(&["new", "note", "set_note_null", "set_new", "clear_note"]), Config::default());
    assert_eq!([told(&again, 1), told(&again, 0)], old);
    assert_eq!(told(&again, 4), told(&plan, 0));
}

#[test]
fn a_variant_keeps_its_name_whatever_tags_come_and_go() {
    let tagged = |tags: &[&str]| {
        let mut api = api();
        let open = component(&mut api, "Open", object(vec![member("since", Ty::String)]));
        component(&mut api, "State", union(&[(tags, Ty::Named(open)), (&["closed"], Ty::Object)]));
        api
    };
    let name = |plan: &Sdk| plan.types[1].variants()[0].to_string();
    let before = planned(tagged(&["open"])).0;
    assert_eq!(name(&before), "Open");
    let more = after(&before, tagged(&["ajar", "open"]), Config::default());
    assert_eq!(name(&more), "Open");
    assert_eq!(name(&after(&more, tagged(&["ajar"]), Config::default())), "Open");
    // without a lock, several tags leave the name to the type
    assert_eq!(name(&planned(tagged(&["ajar", "shut"])).0), "Open");
    assert!(matches!(&before.types[1].shape, sdk::Shape::Union(of) if of.is_tagged()));
}

#[test]
fn what_is_given_by_position_keeps_its_order() {
    let before = planned(sent(&["a", "b"])).0;
    let order = |plan: &Sdk| -> Vec<String> {
        plan.types[0].fields().iter().map(|field| field.wire.clone()).collect()
    };
    // what has a setter may stand anywhere
    assert_eq!(order(&after(&before, sent(&["b", "a"]), Config::default())), ["b", "a"]);
    let demanded = |wires: &[&str]| {
        let mut api = sent(wires);
        if let Shape::Struct(shape) = &mut api.types[0].shape {
            shape.members.iter_mut().for_each(|member| member.presence = Presence::Required);
        }
        api
    };
    let before = planned(demanded(&["a", "b"])).0;
    assert_eq!(order(&after(&before, demanded(&["b", "c", "a"]), Config::default())), ["a", "c", "b"]);
}
