//! Bytes inside strings: `contentEncoding` and `contentMediaType` in terms of `format`, and the files of multipart bodies.

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::normalize::context::Cx;
use crate::normalize::keyword::Since;
use crate::pointer::Path;
use crate::tree::says_nothing;

/// Base64 becomes `format: byte`, bytes as they are `format: binary`; the rest stays, as data.
pub(super) fn rewrite(map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) {
    let encoding = map.get("contentEncoding").and_then(Value::as_str).map(str::to_ascii_lowercase);
    let media = map.get("contentMediaType").and_then(Value::as_str).map(str::to_ascii_lowercase);
    match encoding.as_deref() {
        Some("base64") => become_format("contentEncoding", "byte", map, path, cx),
        Some("base64url") => become_format("contentEncoding", "base64url", map, path, cx),
        Some("binary") => become_format("contentEncoding", "binary", map, path, cx),
        Some(_) => {
            let here = path.key("contentEncoding");
            let why = "the string is not decoded";
            cx.no_effect("contentEncoding", Since::V31.remark(), why, &here);
        }
        None => {}
    }
    let free = map.get("format").is_none_or(|format| format == "binary");
    let plain = encoding.is_none_or(|encoding| encoding == "binary");
    if media.as_deref() == Some("application/octet-stream") && plain && free {
        become_format("contentMediaType", "binary", map, path, cx);
    }
}

fn become_format(key: &str, format: &str, map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) {
    map.shift_remove(key);
    if !map.contains_key("format") {
        let rule = "`contentEncoding` and `contentMediaType` become a `format`";
        cx.rewrite(&path.key(key).pointer(), &path.key("format").pointer(), rule);
    }
    set_format(format, map);
}

/// A format the author gave stays; a schema without a type is about strings.
fn set_format(format: &str, map: &mut Map<String, Value>) {
    map.entry("format").or_insert_with(|| Value::from(format));
    map.entry("type").or_insert_with(|| Value::from("string"));
}

/// Marks the files of multipart bodies, which 3.1 writes as schemas without a type or with a media type.
///
/// Runs over the untouched document, because a body usually refers to a component that may have been walked before it.
pub(in crate::normalize) fn mark_uploads(document: &mut Map<String, Value>) {
    let mut names = Vec::new();
    if let Some(Value::Object(paths)) = document.get_mut("paths") {
        for operation in
            paths.values_mut().filter_map(Value::as_object_mut).flat_map(|item| item.values_mut())
        {
            if let Some(body) = operation.get_mut("requestBody") {
                mark_body(body, &mut names);
            }
        }
    }
    let Some(Value::Object(components)) = document.get_mut("components") else { return };
    if let Some(Value::Object(bodies)) = components.get_mut("requestBodies") {
        bodies.values_mut().for_each(|body| mark_body(body, &mut names));
    }
    let Some(Value::Object(schemas)) = components.get_mut("schemas") else { return };
    let mut seen = HashSet::new();
    while let Some(name) = names.pop() {
        if seen.insert(name.clone())
            && let Some(schema) = schemas.get_mut(&name)
        {
            mark_members(schema, &mut names);
        }
    }
}

fn mark_body(body: &mut Value, names: &mut Vec<String>) {
    let Some(Value::Object(content)) = body.get_mut("content") else { return };
    for (_, media) in content.iter_mut().filter(|(name, _)| name.starts_with("multipart/")) {
        if let Some(schema) = media.get_mut("schema") {
            mark_members(schema, names);
        }
        if let Some(item) = media.get_mut("itemSchema") {
            mark_part(item);
        }
    }
}

/// Marks the members of a multipart body; the names of components it refers to are left to the caller.
fn mark_members(schema: &mut Value, names: &mut Vec<String>) {
    let Value::Object(map) = schema else { return };
    if let Some(reference) = map.get("$ref").and_then(Value::as_str) {
        names.extend(reference.strip_prefix("#/components/schemas/").map(str::to_owned));
    }
    if let Some(Value::Object(properties)) = map.get_mut("properties") {
        properties.values_mut().for_each(mark_part);
    }
    // Where the body is an array, its items are the parts.
    if let Some(item) = map.get_mut("items") {
        mark_part(item);
    }
    if let Some(Value::Array(items)) = map.get_mut("prefixItems") {
        items.iter_mut().for_each(mark_part);
    }
    for key in ["allOf", "oneOf", "anyOf"] {
        if let Some(Value::Array(branches)) = map.get_mut(key) {
            branches.iter_mut().for_each(|branch| mark_members(branch, names));
        }
    }
}

/// Marks a part that is a file, or a list of files.
fn mark_part(part: &mut Value) {
    if *part == Value::Bool(true) {
        *part = Value::Object(Map::new());
    }
    let Value::Object(map) = part else { return };
    let undescribed = map.keys().all(|key| {
        key.starts_with("x-") || ["$comment", "title", "description", "deprecated"].contains(&key.as_str())
    });
    if undescribed {
        map.insert("type".to_owned(), Value::from("string"));
        map.insert("format".to_owned(), Value::from("binary"));
        return;
    }
    mark_bytes(map);
    if map.get("type").is_some_and(|ty| names_type(ty, "array"))
        && let Some(items) = map.get_mut("items")
    {
        mark_part(items);
    }
    for key in ["anyOf", "oneOf"] {
        for alternative in map.get_mut(key).and_then(Value::as_array_mut).into_iter().flatten() {
            match alternative {
                // Here an empty schema is one choice among others, not a part without a description.
                Value::Object(map) if !says_nothing(map) => mark_part(alternative),
                _ => {}
            }
        }
    }
}

/// A string with a media type and no encoding holds bytes.
fn mark_bytes(map: &mut Map<String, Value>) {
    let is_text = map.get("type").is_none_or(|ty| names_type(ty, "string"));
    if is_text && map.contains_key("contentMediaType") && !map.contains_key("contentEncoding") {
        map.entry("format").or_insert_with(|| Value::from("binary"));
        map.entry("type").or_insert_with(|| Value::from("string"));
    }
}

fn names_type(ty: &Value, name: &str) -> bool {
    ty == name || ty.as_array().is_some_and(|names| names.iter().any(|one| one == name))
}
