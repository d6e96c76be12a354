//! Reads everything but schemas into `openapiv3`'s model.

use openapiv3::{OpenAPI, Operation, PathItem, ReferenceOr, Schema};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::diag::{Code, Diagnostic, Sink};
use crate::pointer::{Path, Pointer};
use crate::tree::{Tree, methods};

/// What is read.
pub(super) struct Model {
    /// Everything but the paths.
    pub(super) head: OpenAPI,
    /// Paths and their items, in document order.
    pub(super) paths: Vec<(String, PathItem)>,
    /// By position in `paths`: operations of other methods than the model has, by method.
    pub(super) more: Vec<Vec<(String, Operation)>>,
}

/// Operations that the model reads itself.
const MODELLED: [&str; 8] = ["delete", "get", "head", "options", "patch", "post", "put", "trace"];

/// The model without paths, and the path items in document order. What cannot be read is reported and left out.
pub(super) fn model(tree: &Tree, sink: &mut Sink) -> Option<Model> {
    let root = tree.root.as_object()?;
    let mut head = Map::new();
    for (key, value) in root {
        match key.as_str() {
            "paths" | "components" | "webhooks" => {}
            _ if key.starts_with("x-") => {}
            _ => drop(head.insert(key.clone(), value.clone())),
        }
    }
    head.insert("paths".into(), Value::Object(Map::new()));
    let mut model: OpenAPI = read(&Value::Object(head), &Pointer::root(), tree, sink)?;
    model.components = Some(components(tree, sink));
    let items = root.get("paths").and_then(Value::as_object);
    // An item is some kilobytes.
    let count = items.map_or(0, Map::len);
    let (mut paths, mut more) = (Vec::with_capacity(count), Vec::with_capacity(count));
    let base = Pointer::root().child("paths");
    for (path, value) in items.into_iter().flatten() {
        if path.starts_with("x-") {
            continue;
        }
        let at = base.child(path);
        if let Some(item) = read::<PathItem>(&pruned(value, &at), &at, tree, sink) {
            let others =
                methods(value, &at, &tree.marks).filter(|(key, _)| !MODELLED.contains(&key.as_str()));
            let others = others.filter_map(|(method, operation)| {
                let at = at.child(method);
                let read = read::<Operation>(&pruned(operation, &at), &at, tree, sink);
                read.map(|operation| (method.clone(), operation))
            });
            more.push(others.collect());
            paths.push((path.clone(), item));
        }
    }
    Some(Model { head: model, paths, more })
}

/// Components other than schemas, each read by itself.
fn components(tree: &Tree, sink: &mut Sink) -> openapiv3::Components {
    let mut out = openapiv3::Components::default();
    macro_rules! section {
        ($key:literal, $field:ident) => {
            let base = Pointer::root().child("components").child($key);
            for (key, value) in
                tree.root.pointer(base.as_str()).and_then(Value::as_object).into_iter().flatten()
            {
                let at = base.child(key);
                if let Some(item) = read(&pruned(value, &at), &at, tree, sink) {
                    out.$field.insert(key.clone(), item);
                }
            }
        };
    }
    section!("responses", responses);
    section!("parameters", parameters);
    section!("requestBodies", request_bodies);
    section!("headers", headers);
    section!("securitySchemes", security_schemes);
    out
}

/// Typed reading; normalisation has checked the shapes, so a failure is rare and is told with its place.
fn read<T: for<'de> Deserialize<'de>>(
    value: &Value,
    at: &Pointer,
    tree: &Tree,
    sink: &mut Sink,
) -> Option<T> {
    match T::deserialize(value) {
        Ok(read) => Some(read),
        Err(error) => {
            let place = tree.moves.origin(at);
            sink.report(
                Diagnostic::new(
                    Code::WrongShape,
                    &place,
                    format!("this part of the document cannot be read: {error}"),
                )
                .help("compare it with the specification of the object"),
            );
            None
        }
    }
}

/// A copy in which each schema is a reference to its own place, and examples are left out.
pub(super) fn pruned(value: &Value, at: &Pointer) -> Value {
    copy(value, at, &Path::root())
}

/// The same of a node below `base`.
fn copy(value: &Value, base: &Pointer, way: &Path<'_>) -> Value {
    match value {
        Value::Object(members) => Value::Object(
            members
                .iter()
                .filter(|(key, _)| !matches!(key.as_str(), "example" | "examples" | "callbacks" | "links"))
                .map(|(key, child)| {
                    let way = way.key(key);
                    let child = match (key.as_str(), child) {
                        ("schema", Value::Object(_)) => schema_reference(base, &way),
                        _ if key.starts_with("x-") => child.clone(),
                        _ => copy(child, base, &way),
                    };
                    (key.clone(), child)
                })
                .collect(),
        ),
        Value::Array(items) => Value::Array(
            items.iter().enumerate().map(|(index, child)| copy(child, base, &way.item(index))).collect(),
        ),
        scalar => scalar.clone(),
    }
}

/// `{"$ref": place}`: where the schema stands.
fn schema_reference(base: &Pointer, way: &Path<'_>) -> Value {
    let place = format!("#{}{}", base.as_str(), way.pointer().as_str());
    Value::Object(Map::from_iter([("$ref".to_owned(), Value::String(place))]))
}

/// The pointer of a schema of the model, which is a reference to it.
pub(crate) fn schema_place(schema: &ReferenceOr<Schema>) -> Option<Pointer> {
    match schema {
        ReferenceOr::Reference { reference } => Some(Pointer::from(reference.as_str())),
        ReferenceOr::Item(_) => None,
    }
}
