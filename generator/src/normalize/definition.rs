//! Schemas that become components.

use serde_json::{Map, Value};

use super::context::{Cx, Definition};
use crate::pointer::{Path, Pointer};

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
pub(super) fn free_name(key: &str, path: &Path<'_>, cx: &mut Cx<'_>) -> String {
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
