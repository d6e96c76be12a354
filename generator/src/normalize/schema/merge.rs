//! Putting one schema into another.

use serde_json::{Map, Value};

use crate::normalize::context::Cx;
use crate::pointer::Path;
use crate::tree::is_unread;

/// A reference beside other keywords becomes an `allOf` of the reference, since 3.0 reads nothing beside a `$ref`.
pub(super) fn reference_with_siblings(map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) {
    if map.keys().all(|key| key == "$ref" || is_unread(key)) {
        return;
    }
    let conditions = || map.keys().filter(|key| *key != "$ref" && *key != "nullable" && !is_annotation(key));
    if !cx.modern
        && map.contains_key("$ref")
        && let Some(first) = conditions().next()
    {
        let message = format!("`{first}` is next to a `$ref`, where OpenAPI 3.0 ignores it");
        cx.sloppy(
            &path.key(first),
            message,
            "it is applied nevertheless; write an `allOf` of the reference and the rest",
        );
    }
    if let Some(reference) = map.shift_remove("$ref") {
        let target = Value::Object(Map::from_iter([("$ref".to_owned(), reference)]));
        put_first(map, target, path, cx);
        cx.made(path.key("allOf").item(0).pointer(), path);
    }
}

const BESIDE_NULL: &str = "the only alternative to `null` becomes the schema, which is nullable";

/// Puts the inner schema, already settled, into the outer one; what the outer says about itself wins.
pub(super) fn merge(
    outer: &mut Map<String, Value>,
    inner: Map<String, Value>,
    from: &Path<'_>,
    path: &Path<'_>,
    cx: &mut Cx<'_>,
) {
    let clash = |(key, value): (&String, &Value)| {
        !is_annotation(key) && key != "nullable" && outer.get(key).is_some_and(|own| own != value)
    };
    if inner.contains_key("$ref") || inner.iter().any(clash) {
        put_first(outer, Value::Object(inner), path, cx);
        cx.rewrite(&from.pointer(), &path.key("allOf").item(0).pointer(), BESIDE_NULL);
        return;
    }
    let old = cx.origin(from);
    cx.moved.insert(old, path.pointer());
    for (key, value) in inner {
        if !outer.contains_key(&key) {
            cx.rewrite(&from.key(&key).pointer(), &path.key(&key).pointer(), BESIDE_NULL);
            outer.insert(key, value);
        } else if is_annotation(&key) && !key.starts_with("x-") {
            cx.no_effect(&key, "", "the schema around it has its own", &from.key(&key));
        }
    }
}

/// Adds a schema at the front of `allOf`; its move is the caller's to record.
fn put_first(map: &mut Map<String, Value>, schema: Value, path: &Path<'_>, cx: &mut Cx<'_>) {
    let home = path.key("allOf");
    match map.get_mut("allOf") {
        Some(Value::Array(items)) => {
            for at in (0..items.len()).rev() {
                cx.carry(&home.item(at).pointer(), &home.item(at + 1).pointer());
            }
            items.insert(0, schema);
        }
        _ => {
            map.insert("allOf".to_owned(), Value::Array(vec![schema]));
        }
    }
}

/// Keywords that say something about a schema, and nothing about the values that fit it.
fn is_annotation(key: &str) -> bool {
    key.starts_with("x-")
        || matches!(
            key,
            "title"
                | "description"
                | "default"
                | "example"
                | "deprecated"
                | "readOnly"
                | "writeOnly"
                | "externalDocs"
                | "xml"
                | "$comment"
                | "$id"
                | "$schema"
                | "$anchor"
        )
}
