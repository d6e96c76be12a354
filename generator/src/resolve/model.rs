//! Reads everything but schemas into `openapiv3`'s model.

use openapiv3::{OpenAPI, Operation, Parameter, PathItem, ReferenceOr, Schema, Server};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::diag::{Code, Diagnostic, Sink};
use crate::pointer::{Path, Pointer};
use crate::tree::{Tree, methods};

/// A path item, while its operations are lowered: only what is there. All of a document at once would take more memory than
/// the document itself, since each schema, also one that is a mere reference, has the room of any schema.
pub(crate) struct Item {
    /// The operations by method; those of methods that the model does not have are last.
    pub(crate) operations: Vec<(String, Operation)>,
    /// The parameters that its operations share.
    pub(crate) parameters: Vec<ReferenceOr<Parameter>>,
    /// The servers of its operations.
    pub(crate) servers: Vec<Server>,
}

/// Operations that the model reads itself, in its order.
const MODELLED: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// The model without paths. What cannot be read is reported and left out.
pub(super) fn model(tree: &Tree, sink: &mut Sink) -> Option<OpenAPI> {
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
    Some(model)
}

/// The path items, in document order.
pub(super) fn items(tree: &Tree) -> impl Iterator<Item = (&str, Pointer, &Value)> {
    let base = Pointer::root().child("paths");
    let items = tree.root.get("paths").and_then(Value::as_object).into_iter().flatten();
    items
        .filter(|(path, _)| !path.starts_with("x-"))
        .map(move |(path, value)| (path.as_str(), base.child(path), value))
}

/// The operations of a path item by method, in the order of [`Item::operations`].
pub(super) fn operations<'t>(
    value: &'t Value,
    at: &Pointer,
    tree: &'t Tree,
) -> impl Iterator<Item = (&'t str, &'t Value)> + use<'t> {
    let known = MODELLED.into_iter().filter_map(|method| Some((method, value.get(method)?)));
    known.chain(others(value, at, tree))
}

/// The operations of methods that the model does not have.
fn others<'t>(value: &'t Value, at: &Pointer, tree: &'t Tree) -> Vec<(&'t str, &'t Value)> {
    let all = methods(value, at, &tree.marks).map(|(method, operation)| (method.as_str(), operation));
    all.filter(|(method, _)| !MODELLED.contains(method)).collect()
}

/// Reads a path item. What cannot be read is reported and left out.
pub(super) fn item(value: &Value, at: &Pointer, tree: &Tree, sink: &mut Sink) -> Option<Item> {
    let item: PathItem = read(&pruned(value, at), at, tree, sink)?;
    let (parameters, servers) = (item.parameters.clone(), item.servers.clone());
    let known = item.into_iter().map(|(method, operation)| (method.to_owned(), operation));
    let mut operations: Vec<(String, Operation)> = known.collect();
    for (method, operation) in others(value, at, tree) {
        let at = at.child(method);
        let read = read(&pruned(operation, &at), &at, tree, sink);
        operations.extend(read.map(|operation| (method.to_owned(), operation)));
    }
    Some(Item { operations, parameters, servers })
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
