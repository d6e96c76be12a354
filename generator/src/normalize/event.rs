//! One type for all that webhooks send, where their payloads tell by a property which of them they are.
//!
//! A receiver has one address and does not know which webhook a request is of. Where each payload has its own constants in one
//! property, a union with that discriminator becomes a component; elsewhere something outside of the payload tells (a header, say),
//! and a union would guess.

use std::collections::{BTreeSet, HashSet};

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use super::context::{Cx, Definition};
use super::definition;
use crate::media;
use crate::pointer::{Path, Pointer};
use crate::reference;
use crate::tree::{METHODS, WEBHOOKS};

/// The key of the component.
const KEY: &str = "webhook_event";

/// Parts of a payload, and references one after the other, that are looked at.
const MOST_PARTS: usize = 64;

/// Adds the union to the components of a document whose other parts are in normal form.
pub(super) fn event(root: &mut Value, cx: &mut Cx<'_>) {
    let Some(webhooks) = WEBHOOKS.iter().find(|key| root.get(*key).is_some_and(Value::is_object)) else {
        return;
    };
    let payloads = payloads(root, webhooks);
    if payloads.len() < 2 || has_union(root, &payloads) {
        return;
    }
    let Some((property, mapping)) = told_apart(root, &payloads) else { return };
    let branches: Vec<Value> = payloads.iter().map(|payload| json!({"$ref": payload})).collect();
    let document = Path::root();
    let name = definition::free_name(KEY, &document, cx);
    let place = Pointer::from("/components/schemas").child(&name);
    // All of it is made of the webhooks.
    let discriminator = place.child("discriminator");
    let made = (0..branches.len()).map(|at| place.child("oneOf").child(at)).collect::<Vec<_>>();
    for node in [place, discriminator.child("mapping"), discriminator].into_iter().chain(made) {
        cx.made(node, &document.key(webhooks));
    }
    let schema = json!({
        "description": "What a webhook sends.",
        "oneOf": branches,
        "discriminator": {"propertyName": property, "mapping": mapping},
    });
    cx.definitions.push(Definition { name, schema });
}

/// The components that webhooks send as JSON, as references, in the order of the document.
fn payloads(root: &Value, webhooks: &str) -> Vec<String> {
    let mut found = Vec::new();
    for item in root[webhooks].as_object().into_iter().flat_map(Map::values) {
        let Some(item) = behind(root, item).and_then(Value::as_object) else { continue };
        for operation in
            item.iter().filter(|(key, _)| METHODS.contains(&key.as_str())).map(|(_, value)| value)
        {
            let body = operation.get("requestBody").and_then(|body| behind(root, body));
            let content = body.and_then(|body| body.get("content")?.as_object());
            let json =
                content.into_iter().flatten().filter(|(name, _)| media::is_json(&media::essence(name)));
            for (_, media) in json {
                let payload = media.get("schema").and_then(|schema| schema.get("$ref")?.as_str());
                found.extend(
                    payload.filter(|payload| !found.iter().any(|one| one == payload)).map(str::to_owned),
                );
            }
        }
    }
    found
}

/// Whether the document has such a union already, with a name of its own.
fn has_union(root: &Value, payloads: &[String]) -> bool {
    let schemas = root.pointer("/components/schemas").and_then(Value::as_object);
    let wanted: BTreeSet<&str> = payloads.iter().map(String::as_str).collect();
    schemas.into_iter().flat_map(Map::values).any(|schema| {
        let branches = ["oneOf", "anyOf"].iter().find_map(|key| schema.get(key)?.as_array());
        let of = branches.into_iter().flatten().map(|branch| branch.get("$ref").and_then(Value::as_str));
        of.collect::<Option<BTreeSet<&str>>>().is_some_and(|of| wanted.is_subset(&of))
    })
}

/// The property that has other constants in each payload, and the payload of each constant.
fn told_apart(root: &Value, payloads: &[String]) -> Option<(String, Map<String, Value>)> {
    let mut all = Vec::new();
    for payload in payloads {
        let mut properties = IndexMap::new();
        collect(root, target(root, payload)?, &mut properties, &mut HashSet::new());
        all.push(properties);
    }
    all.first()?.keys().find_map(|name| {
        let mut mapping = Map::new();
        for (payload, properties) in payloads.iter().zip(&all) {
            let values = behind(root, properties.get(name)?)?.get("enum")?.as_array()?;
            for value in values {
                if mapping.insert(value.as_str()?.to_owned(), payload.as_str().into()).is_some() {
                    return None;
                }
            }
        }
        Some(((*name).to_owned(), mapping))
    })
}

/// The properties of a schema and of its parts, each part once: many may share one.
fn collect<'r>(
    root: &'r Value,
    schema: &'r Value,
    into: &mut IndexMap<&'r str, &'r Value>,
    seen: &mut HashSet<*const Value>,
) {
    let Some(schema) = behind(root, schema) else { return };
    if seen.len() >= MOST_PARTS || !seen.insert(std::ptr::from_ref(schema)) {
        return;
    }
    let properties = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
    into.extend(properties.map(|(name, property)| (name.as_str(), property)));
    for part in schema.get("allOf").and_then(Value::as_array).into_iter().flatten() {
        collect(root, part, into, seen);
    }
}

/// What a node refers to, else the node.
fn behind<'v>(root: &'v Value, node: &'v Value) -> Option<&'v Value> {
    node.get("$ref").and_then(Value::as_str).map_or(Some(node), |reference| target(root, reference))
}

/// What a reference leads to in the end.
fn target<'v>(root: &'v Value, reference: &str) -> Option<&'v Value> {
    let values = reference::chain(reference, |at| root.pointer(at.as_str())).map(|(_, value)| value);
    values.take(MOST_PARTS).find(|value| value.get("$ref").is_none())
}
