use crate::config::{Config, StreamChoice, Streams};
use crate::ir::{ContentKind, Shape, Status, Struct, Tagging, Ty, Union};
use crate::plan::tests::build::*;

/// The marks of a stream, and of an operation without one.
fn ends(streams: Streams) -> (Vec<Option<Vec<String>>>, usize) {
    let mut api = api();
    for (name, kind) in [("chat", ContentKind::Events(Ty::Any)), ("get", ContentKind::Json(Ty::Any))] {
        let id = operation(&mut api, "chats", name, &format!("GET /{name}"));
        op(&mut api, id).responses = vec![response(Status::Code(200), Some(kind))];
    }
    let (plan, found) = planned_with(api, &Config { streams, ..Config::default() });
    (plan.operations.into_iter().map(|op| op.streams.ends).collect(), found.len())
}

fn list(marks: &[&str]) -> Vec<String> {
    marks.iter().map(ToString::to_string).collect()
}

fn end(marks: &[&str]) -> StreamChoice {
    StreamChoice { end: Some(list(marks)), ..StreamChoice::default() }
}

#[test]
fn only_unusual_marks_of_streams_are_said() {
    assert_eq!(ends(Streams::default()), (vec![None, None], 0));
    let all = |marks: &[&str]| Streams { all: end(marks), ..Streams::default() };
    assert_eq!(ends(all(&["[DONE]"])), (vec![None, None], 0));
    assert_eq!(ends(all(&["[DONE]", "bye"])), (vec![Some(list(&["[DONE]", "bye"])), None], 0));
    assert_eq!(ends(all(&[])), (vec![Some(Vec::new()), None], 0));
    let one = |key: &str, marks: &[&str]| Streams {
        operations: [(key.to_owned(), end(marks))].into(),
        ..all(&["bye"])
    };
    assert_eq!(ends(one("chat", &["[DONE]"])), (vec![None, None], 0));
    assert_eq!(ends(one("GET /chat", &["x"])), (vec![Some(list(&["x"])), None], 0));
}

/// What is an error in a stream of this item.
fn errors(make: impl FnOnce(&mut crate::ir::Api) -> Ty, kind: fn(Ty) -> ContentKind) -> Option<Vec<String>> {
    let mut api = api();
    let item = make(&mut api);
    let id = operation(&mut api, "chats", "chat", "GET /chat");
    op(&mut api, id).responses = vec![response(Status::Code(200), Some(kind(item)))];
    planned_with(api, &Config::default()).0.operations[0].streams.errors.clone()
}

#[test]
fn what_the_document_declares_is_no_error() {
    let of = |shape: Shape| move |api: &mut crate::ir::Api| Ty::Named(component(api, "Item", shape));
    let both = None;
    let (only_events, only_data) = (Some(list(&["error"])), Some(list(&["/error"])));
    let neither = Some(list(&[]));
    let plain = object(vec![member("id", Ty::String)]);
    for kind in [ContentKind::Events as fn(Ty) -> ContentKind, ContentKind::Lines] {
        assert_eq!(errors(of(plain.clone()), kind), both);
        assert_eq!(errors(of(object(vec![optional("error", Ty::String)])), kind), only_events);
        assert_eq!(errors(|_| Ty::Any, kind), only_events);
        assert_eq!(errors(|_| Ty::Map(Box::new(Ty::String)), kind), only_events);
        assert_eq!(errors(|_| Ty::String, kind), both);
        let map = Shape::Struct(Struct { additional: Some(Ty::Any), ..Struct::default() });
        assert_eq!(errors(of(map), kind), only_events);
        let tagged = union(&[(&["delta"], Ty::Bool), (&["error"], Ty::Bool)]);
        assert_eq!(errors(of(tagged), kind), only_data);
        let external = union(&[(&["delta"], Ty::Bool), (&["error"], Ty::Bool)]);
        let Shape::Union(external) = external else { unreachable!() };
        let external = Shape::Union(Union { tagging: Tagging::External, ..external });
        assert_eq!(errors(of(external), kind), neither);
    }
    let inside = |api: &mut crate::ir::Api| {
        let failed = component(api, "Failed", object(vec![member("error", Ty::String)]));
        Ty::Nullable(Box::new(Ty::Named(component(api, "Item", union(&[(&[], Ty::Named(failed))])))))
    };
    assert_eq!(errors(inside, ContentKind::Events), only_events);
    let kinds = |api: &mut crate::ir::Api| {
        let kind = component(api, "Kind", strings(&["message", "error"]));
        Ty::Named(component(api, "Item", object(vec![member("event", Ty::Named(kind))])))
    };
    assert_eq!(errors(kinds, ContentKind::Events), only_data);
    let severity = |api: &mut crate::ir::Api| {
        let kind = component(api, "Severity", strings(&["info", "error"]));
        Ty::Named(component(api, "Item", object(vec![member("severity", Ty::Named(kind))])))
    };
    assert_eq!(errors(severity, ContentKind::Events), both);
}

#[test]
fn people_say_what_is_an_error() {
    let chosen = |all: Option<&[&str]>, one: Option<&[&str]>, kind: ContentKind| {
        let mut api = api();
        let id = operation(&mut api, "chats", "chat", "GET /chat");
        op(&mut api, id).responses = vec![response(Status::Code(200), Some(kind))];
        let choice = |marks: &[&str]| StreamChoice { errors: Some(list(marks)), ..StreamChoice::default() };
        let streams = Streams {
            all: all.map(choice).unwrap_or_default(),
            operations: one.map(|marks| ("chat".to_owned(), choice(marks))).into_iter().collect(),
        };
        let (plan, found) = planned_with(api, &Config { streams, ..Config::default() });
        (plan.operations[0].streams.errors.clone(), found.len())
    };
    let lines = || ContentKind::Lines(Ty::Any);
    assert_eq!(chosen(Some(&["failure"]), None, lines()), (Some(list(&["failure"])), 0));
    assert_eq!(chosen(Some(&["failure"]), Some(&["/why"]), lines()), (Some(list(&["/why"])), 0));
    assert_eq!(chosen(None, Some(&["error", "/error"]), lines()), (None, 0), "the runtime's own");
}
