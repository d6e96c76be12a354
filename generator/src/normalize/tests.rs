//! One small fragment per rule, before and after; every fragment is also held to the laws of the normal form.

mod document;
mod event;
mod laws;
mod ledger;
mod nullable;
mod schema;
mod shapes;
mod types;

use expect_test::Expect;
use serde_json::{Value, json};

use super::rewrite;
use crate::diag::{Diagnostic, Sink};
use crate::pointer::Pointer;
use crate::tree::{Moves, Tree};

/// Normalises a document, and checks the laws that hold for every one.
fn normal(document: &Value) -> (Tree, Vec<Diagnostic>) {
    let mut sink = Sink::new();
    let tree = rewrite(Tree { root: document.clone(), ..Tree::default() }, &mut sink);
    let again = rewrite(tree.clone(), &mut Sink::new());
    assert_eq!(tree.differences(&again), Vec::<String>::new(), "normalising twice is normalising once");
    let found = sink.finish();
    for diagnostic in &found {
        let at = diagnostic.primary.at.as_str();
        assert!(
            document.pointer(at).is_some(),
            "`{}` points at `{at}`, which is nowhere",
            diagnostic.message
        );
    }
    origins_resolve(&tree.root, &Pointer::root(), &tree.moves, document);
    (tree, found)
}

/// Every object of the tree stood somewhere in the original.
fn origins_resolve(node: &Value, at: &Pointer, moves: &Moves, original: &Value) {
    let origin = moves.origin(at);
    match node {
        Value::Object(map) => {
            let filled = map.is_empty() || map.contains_key("$filled");
            assert!(
                filled || original.pointer(origin.as_str()).is_some(),
                "{at} came from {origin}, which is nowhere"
            );
            map.iter().for_each(|(key, value)| origins_resolve(value, &at.child(key), moves, original));
        }
        Value::Array(items) => {
            items
                .iter()
                .enumerate()
                .for_each(|(i, item)| origins_resolve(item, &at.child(i), moves, original));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn text(value: &Value) -> String {
    value.to_string()
}

/// What is left of a fragment, and what was said about it, with places relative to the fragment.
fn show(version: &str, place: &str, fragment: &str, expect: &Expect) {
    let fragment: Value = serde_json::from_str(fragment).expect("the fragment of a test is JSON");
    let mut document = json!({
        "openapi": version,
        "info": {"title": "T", "version": "1"},
        "paths": {"/p": {"get": {"responses": {"200": {"description": ""}}}}},
        "components": {"schemas": {"Cat": {"type": "object"}}}
    });
    let (parent, key) = place.rsplit_once('/').expect("a place is a pointer");
    document.pointer_mut(parent).expect("the parent exists")[key] = fragment;
    let (tree, found) = normal(&document);
    let mut lines = vec![tree.root.pointer(place).map_or("nothing".to_owned(), text)];
    for (name, schema) in tree.root["components"]["schemas"].as_object().into_iter().flatten() {
        if !["Cat", "S"].contains(&name.as_str()) {
            lines.push(format!("{name}: {schema}"));
        }
    }
    for (at, mark) in tree.marks.all() {
        lines.push(format!(
            "{mark:?} {}",
            at.strip_prefix(place).map_or(at.clone(), |rest| format!(".{rest}"))
        ));
    }
    for diagnostic in found {
        let at = diagnostic.primary.at.as_str();
        let at = at.strip_prefix(place).map_or(at.to_owned(), |rest| format!(".{rest}"));
        lines.push(format!("{} {at}: {}", diagnostic.code.as_str(), diagnostic.message));
    }
    expect.assert_eq(&lines.join("\n"));
}

/// A schema of an OpenAPI 3.1 document.
#[expect(clippy::needless_pass_by_value, reason = "tests read better without a borrow")]
fn schema(fragment: &str, expect: Expect) {
    show("3.1.0", "/components/schemas/S", fragment, &expect);
}

/// Any node of an OpenAPI 3.1 document.
#[expect(clippy::needless_pass_by_value, reason = "tests read better without a borrow")]
fn node(place: &str, fragment: &str, expect: Expect) {
    show("3.1.0", place, fragment, &expect);
}
