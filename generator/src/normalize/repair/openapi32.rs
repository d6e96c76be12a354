//! What OpenAPI 3.2 added and 3.0 can say in another way.

use serde_json::{Map, Value};

use super::path_item::LIMIT;
use crate::diag::Code;
use crate::media;
use crate::normalize::context::Cx;
use crate::normalize::keyword::{ObjectKind, Since};
use crate::pointer::{Path, Pointer};
use crate::reference::chain;
use crate::tree::{Mark, size};

/// `additionalOperations`: each operation becomes a member of the path item, under its method as it is written.
pub(super) fn additional_operations(map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) {
    let Some(value) = map.shift_remove("additionalOperations") else { return };
    let home = path.key("additionalOperations");
    cx.ahead("additionalOperations", Since::V32, "it is read nevertheless", &home);
    let Value::Object(operations) = value else {
        cx.wrong(&home, "an object whose keys are methods", &value);
        return;
    };
    for (method, operation) in operations {
        let (old, new) = (home.key(&method), path.key(&method));
        let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        if method.is_empty() || !method.bytes().all(token) || map.contains_key(&method) {
            let message = format!("`{method}` is not a valid additional method");
            cx.sloppy(&old, message, "the operation is skipped; write the method as it is sent");
            continue;
        }
        let rule = "`additionalOperations` become operations of the path";
        cx.rewrite(&old.pointer(), &new.pointer(), rule);
        cx.mark(&new, Mark::Method);
        map.insert(method, operation);
    }
}

/// `itemSchema` of a sequence is its `schema` in the older way. Of server-sent events it describes the event; what matters is
/// the content of `data`.
pub(super) fn item_schema(map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) {
    let essence = media::essence(path.last_key().unwrap_or_default());
    let events = media::is_events(&essence);
    // Parts are always all there, so they are items of an array.
    let parts = essence.starts_with("multipart/") && !map.contains_key("schema");
    if !map.get("itemSchema").is_some_and(Value::is_object) || !(events || parts || media::is_lines(&essence))
    {
        return;
    }
    let Some(mut schema) = map.shift_remove("itemSchema") else { return };
    let item = path.key("itemSchema");
    cx.ahead("itemSchema", Since::V32, "it is read nevertheless", &item);
    let mut from = item.pointer();
    if parts {
        let to = path.key("schema").key("items").pointer();
        cx.rewrite(&from, &to, "`itemSchema` of a multipart body becomes the `items` of an array");
        map.insert("schema".to_owned(), serde_json::json!({"type": "array", "items": schema}));
        return;
    }
    if events && let Some(data) = schema.pointer_mut("/properties/data") {
        from = from.child("properties").child("data");
        let mut inner = data.take();
        if let Some(content) = inner.get_mut("contentSchema") {
            from = from.child("contentSchema");
            inner = content.take();
        }
        schema = inner;
    }
    if map.shift_remove("schema").is_some() {
        let message = "`schema` next to `itemSchema` has no effect: the stream is read item by item";
        cx.ignored(&path.key("schema"), message.to_owned(), "");
    }
    cx.rewrite(&from, &path.key("schema").pointer(), "`itemSchema` becomes the `schema` of a stream");
    map.insert("schema".to_owned(), schema);
}

/// A reference to one of `components.mediaTypes` is replaced by what it leads to, since 3.0 has no place for it.
pub(super) fn media_type(map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) {
    let Some(reference) = map.get("$ref").and_then(Value::as_str) else { return };
    let name = |at: &Pointer| at.keys().nth(2).filter(|_| at.as_str().starts_with("/components/mediaTypes/"));
    let last = chain(reference, |at| cx.media_types.get(&name(at)?)).last();
    let Some((origin, target @ Value::Object(members))) = last else { return };
    if members.contains_key("$ref") {
        return;
    }
    cx.copied += size(target);
    if cx.copied > LIMIT {
        let message = format!("inlining shared media types makes more than {LIMIT} nodes");
        cx.note(Code::TooLarge, path, message, "use fewer references to large media types");
        map.shift_remove("$ref");
        return;
    }
    *map = members.clone();
    cx.rules.insert(origin.clone(), "a reference to a media type is replaced by its target");
    cx.moves.record(path.pointer(), origin);
}

const FORM_RULE: &str = "a form in the query string becomes an exploded query parameter";

/// A parameter that is the whole query string, written as forms are, is one whose members are parameters of the query.
pub(super) fn query_string(kind: ObjectKind, map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) {
    const FORM: &str = "application/x-www-form-urlencoded";
    if kind != ObjectKind::Parameter || map.get("in").and_then(Value::as_str) != Some("querystring") {
        return;
    }
    let Some(Value::Object(content)) = map.get_mut("content") else { return };
    let Some(Value::Object(form)) = content.get_mut(FORM) else { return };
    let Some(schema) = form.shift_remove("schema") else { return };
    cx.ahead("in: querystring", Since::V32, "it is read nevertheless", &path.key("in"));
    let content = path.key("content");
    let form_at = content.key(FORM);
    cx.rewrite(&form_at.key("schema").pointer(), &path.key("schema").pointer(), FORM_RULE);
    for (key, value) in std::mem::take(form) {
        let here = form_at.key(&key);
        if matches!(key.as_str(), "example" | "examples") && !map.contains_key(&key) {
            cx.rewrite(&here.pointer(), &path.key(&key).pointer(), FORM_RULE);
            map.insert(key, value);
        } else if !key.starts_with("x-") {
            let why = "properties of the query string are encoded as usual";
            cx.no_effect(&key, "", why, &here);
        }
    }
    map.shift_remove("content");
    map.insert("in".to_owned(), Value::from("query"));
    map.insert("style".to_owned(), Value::from("form"));
    map.insert("explode".to_owned(), Value::Bool(true));
    map.insert("schema".to_owned(), schema);
}

/// Words of an XML object that have no effect beside, or without, another one.
pub(super) fn xml(map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) {
    if map.contains_key("prefix") && !map.contains_key("namespace") {
        map.shift_remove("prefix");
        let message = "`prefix` has no effect without a `namespace`";
        cx.ignored(&path.key("prefix"), message.to_owned(), "add `namespace`, or remove the prefix");
    }
    for key in ["attribute", "wrapped"] {
        if map.contains_key("nodeType") && map.shift_remove(key).is_some() {
            let message = format!("`{key}` has no effect next to `nodeType`");
            cx.ignored(&path.key(key), message, "remove one of them");
        }
    }
}
