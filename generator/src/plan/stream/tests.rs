use crate::config::{Config, Streams};
use crate::ir::{ContentKind, Status, Ty};
use crate::plan::tests::build::*;

/// The marks of a stream, and of an operation without one.
fn ends(streams: Streams) -> (Vec<Option<Vec<String>>>, usize) {
    let mut api = api();
    for (name, kind) in [("chat", ContentKind::Events(Ty::Any)), ("get", ContentKind::Json(Ty::Any))] {
        let id = operation(&mut api, "chats", name, &format!("GET /{name}"));
        op(&mut api, id).answers = vec![answer(Status::Code(200), Some(kind))];
    }
    let (plan, found) = planned_with(api, &Config { streams, ..Config::default() });
    (plan.operations.into_iter().map(|op| op.ends).collect(), found.len())
}

fn list(marks: &[&str]) -> Vec<String> {
    marks.iter().map(ToString::to_string).collect()
}

#[test]
fn only_unusual_marks_of_streams_are_said() {
    assert_eq!(ends(Streams::default()), (vec![None, None], 0));
    let all = |marks: &[&str]| Streams { end: Some(list(marks)), ..Streams::default() };
    assert_eq!(ends(all(&["[DONE]"])), (vec![None, None], 0));
    assert_eq!(ends(all(&["[DONE]", "bye"])), (vec![Some(list(&["[DONE]", "bye"])), None], 0));
    assert_eq!(ends(all(&[])), (vec![Some(Vec::new()), None], 0));
    let one = |key: &str, marks: &[&str]| Streams {
        operations: [(key.to_owned(), list(marks))].into(),
        ..all(&["bye"])
    };
    assert_eq!(ends(one("chat", &["[DONE]"])), (vec![None, None], 0));
    assert_eq!(ends(one("GET /chat", &["x"])), (vec![Some(list(&["x"])), None], 0));
}
