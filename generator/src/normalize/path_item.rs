//! Puts path items where they are referred to, since 3.0 has no place for them among the components.
//!
//! This is the one rewrite that copies, so it has a limit.

use serde_json::{Map, Value};

use super::Cx;
use super::keyword::Since;
use super::path::Path;
use crate::diag::Code;

/// How many nodes all copies may have together.
pub(super) const LIMIT: usize = 1_000_000;
/// How long a chain of references may be.
pub(super) const CHAIN: usize = 16;

/// Replaces references to path items by what they lead to, and says which components were of no use.
pub(super) fn inline(document: &mut Map<String, Value>, cx: &mut Cx<'_>) {
    let root = Path::root();
    let at = root.key("paths");
    let mut used = Vec::new();
    let mut copies = Vec::new();
    let mut nodes = 0;
    let mut over = false;
    for (key, item) in document.get("paths").and_then(Value::as_object).into_iter().flatten() {
        let Some((target, place)) = leads_to(item, document, &mut used) else { continue };
        nodes += size(target);
        if nodes > LIMIT {
            let message = format!("inlining shared path items makes more than {LIMIT} nodes");
            cx.note(Code::TooLarge, &at.key(key), message, "use fewer references to large path items");
            over = true;
            break;
        }
        copies.push((key.clone(), target.clone(), place.clone()));
    }
    for (key, copy, place) in copies {
        if let Some(item) = document.get_mut("paths").and_then(|paths| paths.get_mut(&key)) {
            put(item, copy, &place, &at.key(&key), cx);
        }
    }
    if over && let Some(Value::Object(paths)) = document.get_mut("paths") {
        // Those that are left stay empty: an error has been reported.
        paths.values_mut().filter_map(Value::as_object_mut).for_each(|item| drop(item.shift_remove("$ref")));
    }
    unused(document, &used, cx);
}

/// The path item at the end of a chain of references within the document.
///
/// `used` takes the components on the way.
fn leads_to<'a>(
    item: &Value,
    document: &'a Map<String, Value>,
    used: &mut Vec<String>,
) -> Option<(&'a Map<String, Value>, String)> {
    let mut reference = item.get("$ref")?.as_str()?;
    for _ in 0..CHAIN {
        let place = reference.strip_prefix("#/")?;
        let (first, rest) = place.split_once('/')?;
        let rest = super::reference::decode(&format!("/{rest}"));
        let target = document.get(first)?.pointer(&rest)?.as_object()?;
        used.extend(rest.strip_prefix("/pathItems/").filter(|_| first == "components").map(str::to_owned));
        match target.get("$ref").and_then(Value::as_str) {
            Some(next) => reference = next,
            None => return Some((target, format!("/{first}{rest}"))),
        }
    }
    None
}

/// Number of nodes.
pub(super) fn size(map: &Map<String, Value>) -> usize {
    fn nodes(value: &Value) -> usize {
        match value {
            Value::Array(items) => 1 + items.iter().map(nodes).sum::<usize>(),
            Value::Object(map) => size(map),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 1,
        }
    }
    1 + map.values().map(nodes).sum::<usize>()
}

/// Puts the copy in the place of the reference; what stands beside the reference wins.
fn put(item: &mut Value, copy: Map<String, Value>, place: &str, at: &Path<'_>, cx: &mut Cx<'_>) {
    let Value::Object(siblings) = std::mem::replace(item, Value::Null) else { return };
    let own = at.pointer();
    let old: Vec<(String, crate::pointer::Pointer)> =
        siblings.keys().map(|key| (key.clone(), cx.moves.origin(&own.child(key)))).collect();
    let from = cx.moves.origin(&crate::pointer::Pointer::from(place));
    cx.rules.insert(from.clone(), "a reference to a path item is replaced by its target");
    cx.moves.record(own.clone(), from);
    let mut whole = copy;
    for ((key, value), (_, old)) in siblings.into_iter().zip(old) {
        if key != "$ref" {
            cx.moves.record(own.child(&key), old);
            whole.insert(key, value);
        }
    }
    *item = Value::Object(whole);
}

/// Says which of the components were of no use. They stay, as data.
fn unused(document: &Map<String, Value>, used: &[String], cx: &mut Cx<'_>) {
    let Some(items) = document.get("components").and_then(|components| components.get("pathItems")) else {
        return;
    };
    let root = Path::root();
    let components = root.key("components");
    let at = components.key("pathItems");
    let Some(items) = items.as_object() else {
        cx.wrong(&at, "an object whose values are path items", items);
        return;
    };
    cx.ahead("pathItems", Since::V31, "it is read nevertheless", &at);
    for key in items.keys() {
        let here = at.key(key);
        if !used.iter().any(|name| here.pointer().as_str().rsplit('/').next() == Some(name)) {
            cx.ignored(&here, format!("the path item `{key}` is not used by any path"), "");
        }
    }
}
