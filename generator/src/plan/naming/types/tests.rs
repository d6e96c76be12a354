use crate::config::Config;
use crate::diag::{Code, Sink};
use crate::ir::{ContentKind, Location, Owner, Segment, Ty, TypeId};
use crate::plan::plan;
use crate::plan::tests::build::*;

fn of(owner: TypeId) -> Owner {
    Owner::Type(owner)
}

fn at(wire: &str) -> Segment {
    Segment::Member(wire.into())
}

fn names(keys: &[&str]) -> Vec<String> {
    let mut api = api();
    let ids: Vec<TypeId> = keys.iter().map(|key| component(&mut api, key, object(vec![]))).collect();
    let (plan, _) = planned(api);
    ids.into_iter().map(|id| name(&plan, id).to_string()).collect()
}

#[test]
fn components_keep_their_plain_names() {
    assert_eq!(
        names(&["HTTPValidationError", "Body_evals_split"]),
        ["HttpValidationError", "BodyEvalsSplit"]
    );
    assert_eq!(names(&["Option", "Value", "Error", "Model"]), ["OptionType", "ValueType", "Error", "Model"]);
    assert_eq!(names(&["Option", "OptionType"]), ["Option2", "OptionType"]);
    assert_eq!(names(&["foo_bar", "FooBar"]), ["FooBar2", "FooBar"]);
    assert_eq!(names(&["foo_bar", "foo-bar", "fooBar"]), ["FooBar", "FooBar2", "FooBar3"]);
}

#[test]
fn inline_types_are_named_by_where_they_stand() {
    let mut api = api();
    let run = component(&mut api, "WorkflowRun", object(vec![]));
    let lifecycle = inline(&mut api, of(run), &[at("lifecycle")], union(&[]));
    let done = inline(&mut api, of(lifecycle), &[Segment::Variant("completed".into())], object(vec![]));
    let step = inline(&mut api, of(run), &[at("steps"), Segment::Item], object(vec![]));
    let value = inline(&mut api, of(run), &[at("labels"), Segment::Value], strings(&["a"]));
    let deep = inline(&mut api, of(step), &[at("status")], strings(&["a"]));
    let (plan, found) = planned(api);
    assert_eq!(name(&plan, lifecycle), "WorkflowRunLifecycle");
    assert_eq!(name(&plan, done), "WorkflowRunLifecycleCompleted");
    assert_eq!(name(&plan, step), "WorkflowRunStepsItem");
    assert_eq!(name(&plan, value), "WorkflowRunLabelsValue");
    assert_eq!(name(&plan, deep), "WorkflowRunStepsItemStatus");
    assert!(found.is_empty());
}

#[test]
fn a_component_wins_over_an_inline_type() {
    let mut api = api();
    let run = component(&mut api, "Run", object(vec![]));
    let inner = inline(&mut api, of(run), &[at("step")], strings(&["a"]));
    let step = component(&mut api, "RunStep", object(vec![]));
    let (plan, _) = planned(api);
    assert_eq!(name(&plan, step), "RunStep");
    assert_eq!(name(&plan, inner), "RunStepEnum");
}

#[test]
fn variants_without_a_tag_are_called_by_their_shape() {
    let mut api = api();
    let one = component(&mut api, "One", union(&[]));
    let object_ = inline(&mut api, of(one), &[Segment::Variant("1".into())], object(vec![]));
    let strings_ = inline(&mut api, of(one), &[Segment::Variant("2".into())], strings(&["a"]));
    let two = component(&mut api, "Two", union(&[]));
    let first = inline(&mut api, of(two), &[Segment::Variant("1".into())], object(vec![]));
    let second = inline(&mut api, of(two), &[Segment::Variant("2".into())], object(vec![]));
    let (plan, _) = planned(api);
    assert_eq!(name(&plan, object_), "OneObject");
    assert_eq!(name(&plan, strings_), "OneEnum");
    assert_eq!(name(&plan, first), "TwoVariant1");
    assert_eq!(name(&plan, second), "TwoVariant2");
}

#[test]
fn types_of_operations_begin_with_the_resource_path() {
    let mut api = api();
    let get = operation(&mut api, "workflows.artifacts", "workflows_artifacts_get", "GET /artifacts/{id}");
    let list = operation(&mut api, "workflows.runs", "workflows_runs_list", "GET /runs");
    let response = |status: &str| Segment::Response(status.into());
    let ok = inline(&mut api, Owner::Operation(get), &[response("200")], union(&[]));
    let bad = inline(&mut api, Owner::Operation(get), &[response("404")], object(vec![]));
    let status =
        inline(&mut api, Owner::Operation(list), &[Segment::Param("status".into())], strings(&["a"]));
    let types = inline(
        &mut api,
        Owner::Operation(list),
        &[Segment::Param("types".into()), Segment::Item],
        strings(&["a"]),
    );
    let a = inline(&mut api, Owner::Operation(list), &[response("400")], object(vec![]));
    let b = inline(&mut api, Owner::Operation(list), &[response("409")], object(vec![]));
    let shared = inline(
        &mut api,
        Owner::Component("sort-order".into()),
        &[Segment::Param("order".into())],
        strings(&["a"]),
    );
    let (plan, found) = planned(api);
    assert_eq!(name(&plan, ok), "WorkflowsArtifactsGetResponse");
    assert_eq!(name(&plan, bad), "WorkflowsArtifactsGetError");
    assert_eq!(name(&plan, status), "WorkflowsRunsListStatus");
    assert_eq!(name(&plan, types), "WorkflowsRunsListTypesItem");
    assert_eq!(name(&plan, a), "WorkflowsRunsListBadRequestError");
    assert_eq!(name(&plan, b), "WorkflowsRunsListConflictError");
    assert_eq!(name(&plan, shared), "SortOrder");
    assert!(found.is_empty());
}

#[test]
fn bodies_of_other_media_types_say_so() {
    let mut api = api();
    let create = operation(&mut api, "files", "files_create", "POST /files");
    let mut of = |key: &str| {
        let id = inline(&mut api, Owner::Operation(create), &[Segment::Request], object(vec![]));
        api.types[id].origin = api.types[id].origin.child(key);
        id
    };
    let (json, form) = (of("a"), of("b"));
    op(&mut api, create).body = Some(body(&[
        ("application/json", ContentKind::Json(Ty::Named(json))),
        ("multipart/form-data", ContentKind::Multipart(Ty::Named(form))),
    ]));
    let (plan, found) = planned(api);
    assert_eq!(name(&plan, json), "FilesCreateRequest");
    assert_eq!(name(&plan, form), "FilesCreateRequestMultipart");
    assert!(found.is_empty());
}

#[test]
fn pins_come_first_and_reach_what_stands_inside() {
    let mut api = api();
    let run = component(&mut api, "WorkflowRun", object(vec![member("x", Ty::String)]));
    let inner = inline(&mut api, of(run), &[at("x")], object(vec![]));
    let taken = component(&mut api, "Run", object(vec![]));
    let mut config = Config::default();
    config.names.insert("#/components/schemas/WorkflowRun".into(), "Run".into());
    let (plan, found) = planned_with(api, &config);
    assert_eq!(name(&plan, run), "Run");
    assert_eq!(name(&plan, inner), "RunX");
    assert_eq!(name(&plan, taken), "Run2");
    assert_eq!(found.iter().map(|d| d.code).collect::<Vec<_>>(), [Code::NameClash]);
}

#[test]
fn pins_that_cannot_hold_are_errors() {
    for (pointer, wanted) in
        [("#/nowhere", "Pet"), ("#/components/schemas/Pet", "type"), ("#/components/schemas/Pet", "Vec")]
    {
        let mut api = api();
        component(&mut api, "Pet", object(vec![]));
        let mut config = Config::default();
        config.names.insert(pointer.into(), wanted.into());
        let mut sink = Sink::new();
        assert!(plan(api, &config, &mut sink).is_none());
        let found = sink.finish();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].code, Code::ConfigTarget);
    }
}

#[test]
fn numbers_are_reported() {
    let mut api = api();
    component(&mut api, "a b", object(vec![]));
    component(&mut api, "a-b", object(vec![]));
    let (_, found) = planned(api);
    assert_eq!(found.len(), 2);
    assert!(found.iter().all(|d| d.code == Code::NameClash && d.help.is_some()));
    assert!(found[0].message.contains("`a b`"), "{}", found[0].message);
}

#[test]
fn parameters_of_one_name_in_two_operations_stay_apart() {
    let mut api = api();
    for (tag, id) in [("a", "a_list"), ("b", "b_list")] {
        let list = operation(&mut api, tag, id, "GET /x");
        let order =
            inline(&mut api, Owner::Operation(list), &[Segment::Param("order".into())], strings(&["asc"]));
        op(&mut api, list).params = vec![param(Location::Query, "order", Ty::Named(order))];
    }
    let (plan, _) = planned(api);
    let names: Vec<&str> = plan.types.iter().map(|ty| ty.name.as_str()).collect();
    assert_eq!(names, ["AListOrder", "BListOrder"]);
}

#[test]
fn words_are_said_once() {
    let mut api = api();
    let region = component(&mut api, "Region", object(vec![]));
    let error = component(&mut api, "ArgumentError", object(vec![]));
    let same = inline(&mut api, of(region), &[at("region")], strings(&["eu"]));
    let items = inline(&mut api, of(region), &[at("items"), Segment::Item], object(vec![]));
    let begins = inline(&mut api, of(error), &[at("error_codes"), Segment::Item], strings(&["a"]));
    let (plan, found) = planned(api);
    assert_eq!(name(&plan, same), "RegionEnum");
    assert_eq!(name(&plan, items), "RegionItem");
    assert_eq!(name(&plan, begins), "ArgumentErrorCodesItem");
    assert!(found.is_empty());
}

#[test]
fn a_long_way_loses_its_middle() {
    let mut api = api();
    let top = component(&mut api, "PullRequestReviewRequested", object(vec![]));
    let middle = inline(&mut api, of(top), &[at("requested_reviewer")], object(vec![]));
    let deep = inline(&mut api, of(middle), &[at("organization")], object(vec![]));
    let end = inline(&mut api, of(deep), &[at("merge_state")], strings(&["a"]));
    let (plan, _) = planned(api);
    assert_eq!(name(&plan, middle), "PullRequestReviewRequestedReviewer");
    assert_eq!(name(&plan, deep), "PullRequestReviewRequestedReviewerOrganization");
    assert_eq!(name(&plan, end), "PullRequestReviewRequestedOrganizationMergeState");
}
