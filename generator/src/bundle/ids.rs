//! The names that schemas have by `$id`.

use std::collections::HashSet;

use serde_json::Value;

/// The last parts of all `$id`s.
pub(super) fn ids(value: &Value, found: &mut HashSet<String>) {
    match value {
        Value::Object(map) => {
            found.extend(map.get("$id").and_then(Value::as_str).map(|id| last_part(id).to_owned()));
            map.values().for_each(|child| ids(child, found));
        }
        Value::Array(items) => items.iter().for_each(|child| ids(child, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The last part of the path of a URI.
pub(super) fn last_part(uri: &str) -> &str {
    let path = uri.split('#').next().unwrap_or_default();
    path.rsplit(['/', ':']).next().unwrap_or_default()
}
