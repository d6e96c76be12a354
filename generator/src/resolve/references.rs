//! All references of a document. What looks like one in examples, defaults, values and extensions is data.

use serde_json::{Map, Value};

use crate::normalize::keyword::{Kind, Shape};
use crate::pointer::Pointer;

/// Every reference in document order, with the location of its text.
pub(super) fn all(root: &Value) -> Vec<(Pointer, &str)> {
    let mut found = Vec::new();
    node(Kind::Document, root, &Pointer::root(), &mut found);
    found
}

type Found<'t> = Vec<(Pointer, &'t str)>;

fn node<'t>(kind: Kind, value: &'t Value, at: &Pointer, found: &mut Found<'t>) {
    let Value::Object(map) = value else { return };
    own(map, at, found);
    let methods = map.get("x-methods").and_then(Value::as_array).filter(|_| kind == Kind::PathItem);
    let is_method = |key: &String| methods.is_some_and(|all| all.iter().any(|method| method == key));
    for (key, value) in map {
        let shape = match kind.keyword(key) {
            Some(keyword) => keyword.shape,
            None if kind == Kind::Schema && key == "x-prefix-items" => Shape::List(Kind::Schema),
            None if is_method(key) => Shape::One(Kind::Operation),
            None => continue,
        };
        shaped(shape, value, &at.child(key), found);
    }
}

fn own<'t>(map: &'t Map<String, Value>, at: &Pointer, found: &mut Found<'t>) {
    if let Some(Value::String(reference)) = map.get("$ref") {
        found.push((at.child("$ref"), reference));
    }
}

/// The value of a keyword.
fn shaped<'t>(shape: Shape, value: &'t Value, at: &Pointer, found: &mut Found<'t>) {
    let named = match shape {
        Shape::One(kind) => return node(kind, value, at, found),
        Shape::SchemaOrFlag => return node(Kind::Schema, value, at, found),
        Shape::List(kind) => {
            for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                node(kind, item, &at.child(index), found);
            }
            return;
        }
        Shape::Map(kind) => kind,
        Shape::Paths => Kind::PathItem,
        Shape::Responses => Kind::Response,
        _ => return,
    };
    let Value::Object(map) = value else { return };
    own(map, at, found);
    for (key, value) in map {
        node(named, value, &at.child(key), found);
    }
}
