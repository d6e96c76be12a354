//! What OpenAPI 3.2 added and 3.0 can say in another way.

use serde_json::{Map, Value};

use super::Cx;
use super::document;
use super::keyword::Kind;
use super::path::Path;
use crate::media;

/// `additionalOperations`: each operation becomes a member of the path item, under its method as it is written.
pub(super) fn additional_operations(map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) {
    let Some(value) = map.shift_remove("additionalOperations") else { return };
    let home = path.key("additionalOperations");
    let Value::Object(operations) = value else {
        cx.wrong(&home, "an object, each member a method", &value);
        return;
    };
    let mut methods = Vec::new();
    for (method, mut operation) in operations {
        let (old, new) = (home.key(&method), path.key(&method));
        let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        if method.is_empty() || !method.bytes().all(token) || map.contains_key(&method) {
            let message = format!("`{method}` is no method that could be added");
            cx.sloppy(&old, message, "the operation is left out; write the method as it is sent");
            continue;
        }
        cx.carry(&old.pointer(), &new.pointer());
        if document::node(Kind::Operation, &mut operation, &new, cx) {
            methods.push(Value::from(method.as_str()));
            map.insert(method, operation);
        }
    }
    if !methods.is_empty() {
        map.insert("x-methods".to_owned(), Value::Array(methods));
    }
}

/// `itemSchema` of a sequence is its `schema` in the older way. Of server-sent events it describes the event; what matters is
/// the content of `data`.
pub(super) fn item_schema(map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) {
    let essence = media::essence(path.last_key().unwrap_or_default());
    let events = media::is_events(&essence);
    if !map.get("itemSchema").is_some_and(Value::is_object) || !(events || media::is_lines(&essence)) {
        return;
    }
    let Some(mut schema) = map.shift_remove("itemSchema") else { return };
    let item = path.key("itemSchema");
    let mut from = item.pointer();
    if events && let Some(data) = schema.pointer_mut("/properties/data") {
        from = from.child("properties").child("data");
        let mut inner = data.take();
        if let Some(content) = inner.get_mut("contentSchema") {
            from = from.child("contentSchema");
            inner = content.take();
        }
        schema = inner;
    }
    // A `schema` beside it describes the whole sequence, which is never read at once.
    map.shift_remove("schema");
    cx.carry(&from, &path.key("schema").pointer());
    map.insert("schema".to_owned(), schema);
}
