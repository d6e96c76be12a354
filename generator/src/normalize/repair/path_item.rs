//! Puts path items where they are referred to, since 3.0 has no place for them among the components.
//!
//! This is the one rewrite that copies, so it has a limit.

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::diag::Code;
use crate::normalize::context::Cx;
use crate::normalize::keyword::Since;
use crate::pointer::{Path, Pointer};
use crate::reference::chain;
use crate::tree::size;

/// How many nodes all copies may have together.
pub(super) const LIMIT: usize = 1_000_000;

/// Replaces references to path items by what they lead to, and says which components were of no use.
pub(super) fn inline(document: &mut Map<String, Value>, cx: &mut Cx<'_>) {
    let root = Path::root();
    let at = root.key("paths");
    let mut used = Vec::new();
    let mut copies = Vec::new();
    let mut nodes = 0;
    let mut over = false;
    for (key, item) in document.get("paths").and_then(Value::as_object).into_iter().flatten() {
        let Some((target, place)) = target(item, document, &mut used) else { continue };
        nodes += size(target);
        if nodes > LIMIT {
            let message = format!("inlining shared path items makes more than {LIMIT} nodes");
            cx.note(Code::TooLarge, &at.key(key), message, "use fewer references to large path items");
            over = true;
            break;
        }
        copies.push((key.clone(), target.clone(), place));
    }
    for (key, copy, place) in copies {
        if let Some(item) = document.get_mut("paths").and_then(|paths| paths.get_mut(&key)) {
            put(item, copy, place, &at.key(&key), cx);
        }
    }
    if over && let Some(Value::Object(paths)) = document.get_mut("paths") {
        // Those that are left stay empty: an error has been reported.
        paths.values_mut().filter_map(Value::as_object_mut).for_each(|item| drop(item.shift_remove("$ref")));
    }
    unused(document, &used, cx);
}

/// The path item at the end of a chain of references within the document, and where it stands.
///
/// `used` takes the components on the way.
fn target<'a>(
    item: &Value,
    document: &'a Map<String, Value>,
    used: &mut Vec<String>,
) -> Option<(&'a Value, Pointer)> {
    let node = |at: &Pointer| {
        let (first, rest) = at.as_str().strip_prefix('/')?.split_once('/')?;
        document.get(first)?.pointer(&format!("/{rest}"))
    };
    let mut last = None;
    for (at, value) in chain(item.get("$ref")?.as_str()?, node) {
        used.extend(at.as_str().strip_prefix("/components/pathItems/").map(str::to_owned));
        last = Some((value, at));
    }
    last.filter(|(target, _)| target.is_object() && target.get("$ref").is_none())
}

/// Puts the copy in the place of the reference; what stands beside the reference wins.
fn put(item: &mut Value, copy: Value, place: Pointer, at: &Path<'_>, cx: &mut Cx<'_>) {
    let (Value::Object(siblings), Value::Object(mut whole)) = (item.take(), copy) else { return };
    let own = at.pointer();
    let old: Vec<(String, Pointer)> =
        siblings.keys().map(|key| (key.clone(), cx.moves.origin(&own.child(key)))).collect();
    let from = cx.moves.origin(&place);
    cx.rules.insert(from.clone(), "a reference to a path item is replaced by its target");
    cx.moves.record(own.clone(), from);
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

/// Gives paths the slash they must begin with.
pub(in crate::normalize) fn slash(map: &mut Map<String, Value>, at: &Path<'_>, cx: &mut Cx<'_>) {
    let old = std::mem::take(map);
    let taken: HashSet<String> = old.keys().cloned().collect();
    for (key, item) in old {
        if key.starts_with('/') || key.starts_with("x-") {
            map.insert(key, item);
            continue;
        }
        let here = at.key(&key);
        let meant = format!("/{key}");
        if taken.contains(&meant) {
            cx.note(
                Code::WrongShape,
                &here,
                format!("`{key}` is not a path, and `{meant}` exists, too"),
                "remove it",
            );
            continue;
        }
        cx.sloppy(&here, format!("the path `{key}` must begin with `/`"), &format!("write `{meant}`"));
        cx.rewrite(&here.pointer(), &at.key(&meant).pointer(), "the leading `/` of a path is added");
        map.insert(meant, item);
    }
}
