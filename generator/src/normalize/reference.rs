//! References: what stands beside them, schemas that become components, and references to nodes that were moved.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::identity::Resources;
use super::keyword::Kind;
use super::path::Path;
use super::{Cx, document, shape};
use crate::pointer::Pointer;
use crate::through::{End, local, through};

/// A schema of `$defs` on its way to the components.
#[derive(Debug)]
pub(super) struct Definition {
    name: String,
    schema: Value,
}

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
            document::ignored(key, "", "it is next to a `$ref`", &path.key(key), cx);
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
    document::ignored("$dynamicRef", "", why, &here, cx);
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

/// The place a reference leads to, with percent signs decoded; the escapes of pointers stay.
pub(super) fn decode(reference: &str) -> String {
    if !reference.contains('%') {
        return reference.to_owned();
    }
    let mut bytes = Vec::with_capacity(reference.len());
    let mut rest = reference.as_bytes();
    while let [first, tail @ ..] = rest {
        let digit = |at: usize| tail.get(at).and_then(|byte| char::from(*byte).to_digit(16));
        match (first, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.extend(u8::try_from(high * 16 + low));
                rest = &tail[2..];
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| reference.to_owned())
}

const DEFINITION: &str = "a definition inside a schema becomes a component";

/// Takes the definitions out of a schema; they become components under a name that is free.
pub(super) fn lift(keyword: &str, map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) {
    let Some(Value::Object(definitions)) = map.shift_remove(keyword) else { return };
    let home = path.key(keyword);
    for (key, schema) in definitions {
        let name = free_name(&key, path, cx);
        let place = Pointer::from("/components/schemas").child(&name);
        cx.rewrite(&home.key(&key).pointer(), &place, DEFINITION);
        cx.definitions.push(Definition { name, schema });
    }
}

/// Makes a component of a schema; gives the reference to it.
pub(super) fn lift_as(key: &str, schema: Value, path: &Path<'_>, cx: &mut Cx<'_>) -> String {
    let name = free_name(key, path, cx);
    let place = Pointer::from("/components/schemas").child(&name);
    cx.rewrite(&path.pointer(), &place, "an inline schema of a webhook or callback becomes a component");
    cx.definitions.push(Definition { name, schema });
    place.to_string()
}

/// A schema that goes, but has a name of its own by which others may refer to it, becomes a component.
pub(super) fn keep_named(key: &str, schema: Value, path: &Path<'_>, cx: &mut Cx<'_>) {
    if ["$id", "$anchor"].iter().any(|name| schema.get(name).is_some_and(Value::is_string)) {
        let name = free_name(key, path, cx);
        let place = Pointer::from("/components/schemas").child(&name);
        cx.rewrite(&path.key(key).pointer(), &place, DEFINITION);
        cx.definitions.push(Definition { name, schema });
    }
}

/// The key itself if it is free, else with the component that it stands in, else with a number.
fn free_name(key: &str, path: &Path<'_>, cx: &mut Cx<'_>) -> String {
    if cx.schema_names.insert(key.to_owned()) {
        return key.to_owned();
    }
    let owner = path.pointer().keys().nth(2).filter(|_| path.pointer().as_str().starts_with("/components/"));
    let base = owner.map_or_else(|| key.to_owned(), |owner| format!("{owner}_{key}"));
    let mut name = base.clone();
    let mut number = 1;
    while !cx.schema_names.insert(name.clone()) {
        number += 1;
        name = format!("{base}{number}");
    }
    name
}

/// Adds the definitions that were found to the components; they may bring definitions of their own.
pub(super) fn place_definitions(root: &mut Value, cx: &mut Cx<'_>) {
    while !cx.definitions.is_empty() {
        let found = std::mem::take(&mut cx.definitions);
        let document = Path::root();
        let components = document.key("components");
        let schemas = components.key("schemas");
        for Definition { name, mut schema } in found {
            document::node(Kind::Schema, &mut schema, &schemas.key(&name), cx);
            if let Some(home) = member(root, "components").and_then(|home| member(home, "schemas"))
                && let Value::Object(home) = home
            {
                home.insert(name, schema);
            }
        }
    }
}

/// A member that is an object, made if it is missing.
fn member<'a>(value: &'a mut Value, name: &str) -> Option<&'a mut Value> {
    Some(value.as_object_mut()?.entry(name).or_insert_with(|| Value::Object(Map::new())))
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
        if let End::At(new) = through(root, place, now, |new| cx.moves.origin(new)) {
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
