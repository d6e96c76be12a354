//! References: what stands beside them, and references to nodes that were moved.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::context::Cx;
use super::identity::Resources;
use super::shape;
use crate::pointer::{Path, Pointer};
use crate::reference::{End, decode, follow, local};

/// A reference in the place of an object that is no schema; `false` if it is unusable.
pub(super) fn reference(map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) -> bool {
    let here = path.key("$ref");
    if !map.get_mut("$ref").is_some_and(|value| shape::text(value, &here, cx)) {
        return false;
    }
    note(map, path, cx);
    map.retain(|key, _| {
        let stays = key == "$ref" || key.starts_with("x-");
        if !stays {
            cx.no_effect(key, "", "it is next to a `$ref`", &path.key(key));
        }
        stays
    });
    true
}

/// A `$dynamicRef` that can only mean one schema becomes a `$ref`; what others mean depends on who asks, so they go.
pub(super) fn settle_dynamic(map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) {
    let Some(reference) = map.get("$dynamicRef").and_then(Value::as_str) else { return };
    let here = path.key("$dynamicRef");
    if cx.names.is_static(reference) && !map.contains_key("$ref") {
        if let Some(value) = map.shift_remove("$dynamicRef") {
            let rule = "a `$dynamicRef` with one target becomes a `$ref`";
            cx.rewrite(&here.pointer(), &path.key("$ref").pointer(), rule);
            map.insert("$ref".to_owned(), value);
        }
        return;
    }
    let why = "several schemas have this anchor, so any value is accepted";
    cx.no_effect("$dynamicRef", "", why, &here);
    map.shift_remove("$dynamicRef");
}

/// Remembers a reference that leads to something else than a component.
pub(super) fn note(map: &Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) {
    if map.get("$ref").and_then(Value::as_str).is_some_and(is_odd) {
        cx.odd_refs.push(path.key("$ref").pointer());
    }
}

/// Whether a reference leads to something else than a whole component.
pub(super) fn is_odd(reference: &str) -> bool {
    reference.strip_prefix("#/components/").is_none_or(|place| place.matches('/').count() != 1)
}

/// Makes references lead to where their targets stand now.
pub(super) fn follow_moves(root: &mut Value, cx: &Cx<'_>) {
    let resources = cx.names.resources();
    let mut left = Vec::new();
    for at in &cx.odd_refs {
        let Some(text) = root.pointer(at.as_str()).and_then(Value::as_str) else { continue };
        match new_place(text, &cx.moves.origin(at), cx, &resources, root) {
            Some(new) => lead(root, at, &new),
            None => left.push(at),
        }
    }
    // What is left may lead through references; these lead to where their own targets stand by now.
    for at in left {
        let now = |old: &Pointer| standing(old, cx, root);
        let Some(place) = root.pointer(at.as_str()).and_then(Value::as_str).and_then(local) else { continue };
        if let End::At(new) = follow(root, place, now, |new| cx.moves.origin(new)) {
            lead(root, at, &new);
        }
    }
}

/// Makes a reference lead to a place.
fn lead(root: &mut Value, at: &Pointer, to: &Pointer) {
    if let Some(place) = root.pointer_mut(at.as_str()) {
        *place = Value::String(format!("#{}", to.as_str().replace('%', "%25")));
    }
}

/// Where a node of the original document stands now, if it does.
fn standing(old: &Pointer, cx: &Cx<'_>, root: &Value) -> Option<Pointer> {
    let there = |new: &Pointer| root.pointer(new.as_str()).is_some();
    moved(old, &cx.moved).filter(there).or_else(|| Some(old.clone()).filter(there))
}

/// Where the node a reference means stands now; `None` if there is none.
fn new_place(
    reference: &str,
    origin: &Pointer,
    cx: &Cx<'_>,
    resources: &Resources<'_>,
    root: &Value,
) -> Option<Pointer> {
    let now = |old: &Pointer| standing(old, cx, root);
    // The text of the reference stands in the schema that may have a name.
    if let Some(new) = resources.targets(reference, &origin.parent()).iter().find_map(now) {
        return Some(new);
    }
    // `#/$defs/X` means the nearest schema around that has such a definition, whatever RFC 6901 says.
    let place = decode(reference.strip_prefix('#').filter(|place| place.starts_with('/'))?);
    let mut around = origin.clone();
    while around != Pointer::root() {
        around = around.parent();
        let near = Pointer::from(format!("{}{place}", around.as_str()).as_str());
        if let Some(new) = moved(&near, &cx.moved).filter(|new| root.pointer(new.as_str()).is_some()) {
            return Some(new);
        }
    }
    None
}

/// The new place of the nearest moved node at or above the place, with the rest of the way.
fn moved(place: &Pointer, moved: &HashMap<Pointer, Pointer>) -> Option<Pointer> {
    let mut above = place.clone();
    loop {
        if let Some(new) = moved.get(&above) {
            let rest = &place.as_str()[above.as_str().len()..];
            return Some(Pointer::from(format!("{}{rest}", new.as_str()).as_str()));
        }
        if above == Pointer::root() {
            return None;
        }
        above = above.parent();
    }
}
