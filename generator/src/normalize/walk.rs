//! The walk over the document, driven by the keyword tables. Nothing else goes from a node to those below it: repairs
//! and `schema::settle` work on their own node.

use serde_json::{Map, Value};

use super::context::{Cx, Definition};
use super::keyword::{Effect, ObjectKind, ValueShape};
use super::repair::{required, swagger2};
use super::{reference, repair, schema, shape};
use crate::diag::Code;
use crate::pointer::Path;
use crate::tree::Mark;

/// Brings an object of a known kind into normal form; `false` if there is nothing usable and it must go.
pub(super) fn node(kind: ObjectKind, value: &mut Value, path: &Path<'_>, cx: &mut Cx<'_>) -> bool {
    if kind == ObjectKind::Schema {
        whole_schema(value, path, cx);
        return true;
    }
    if !repair::wrap(kind, value, path, cx) {
        return false;
    }
    let Value::Object(map) = value else {
        cx.wrong(path, kind.describe(), value);
        return false;
    };
    swagger2::reference_to_schema(kind, map, path, cx);
    if kind.can_refer() && map.contains_key("$ref") {
        return reference::reference(map, path, cx);
    }
    repair::before(kind, map, path, cx);
    let reported = members(kind, map, path, cx);
    required::members(kind, map, &reported, path, cx);
    repair::after(kind, map, &reported, path, cx);
    true
}

/// Looks at each member, and takes out what the ledger says must go.
///
/// Says which members had a value that could not be used.
fn members(kind: ObjectKind, map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) -> Vec<String> {
    let mut unusable = Vec::new();
    let mut out: Vec<String> = Vec::new();
    for (key, value) in map.iter_mut() {
        let here = path.key(key);
        let Some(keyword) = kind.keyword(key) else {
            if kind == ObjectKind::PathItem && cx.marked(&here) == Some(Mark::Method) {
                if !node(ObjectKind::Operation, value, &here, cx) {
                    cx.forget(&here.pointer());
                    out.push(key.clone());
                }
            } else if !key.starts_with("x-") {
                cx.unknown(kind, key, &here);
            }
            continue;
        };
        cx.keyword_ahead(keyword, &here);
        match keyword.effect {
            Effect::Used | Effect::Silent(_) | Effect::Rewritten(_) | Effect::Lost(_) => {
                let absent = value.is_null();
                if !member(keyword.shape, value, &here, cx) {
                    out.push(key.clone());
                    unusable.extend((!absent).then(|| key.clone()));
                }
            }
            Effect::Ignored(why) => {
                cx.no_effect(key, keyword.since.remark(), why, &here);
                out.push(key.clone());
            }
            Effect::Stashed(why) => {
                let remark = keyword.since.remark();
                cx.ignored(&here, format!("`{key}`{remark} adds no methods: {why}"), "");
            }
        }
    }
    for key in out {
        map.shift_remove(&key);
    }
    unusable
}

/// Brings the value of a keyword into normal form; `false` if it must go.
fn member(shape: ValueShape, value: &mut Value, at: &Path<'_>, cx: &mut Cx<'_>) -> bool {
    if !shape::fit(shape, value, at, cx) {
        return false;
    }
    match shape {
        ValueShape::One(kind) => node(kind, value, at, cx),
        ValueShape::List(kind) => list(kind, value, at, cx),
        ValueShape::Map(kind) => map(kind, value, at, cx),
        ValueShape::Paths => paths(value, at, cx),
        ValueShape::Responses => responses(value, at, cx),
        _ => true,
    }
}

fn list(kind: ObjectKind, value: &mut Value, at: &Path<'_>, cx: &mut Cx<'_>) -> bool {
    let Value::Array(items) = value else {
        return shape::wrong(&format!("an array of {}s", kind.word()), value, at, cx);
    };
    shape::keep_items(items, at, cx, |item, at, cx| node(kind, item, at, cx));
    true
}

fn map(kind: ObjectKind, value: &mut Value, at: &Path<'_>, cx: &mut Cx<'_>) -> bool {
    let Value::Object(map) = value else {
        return shape::wrong(&format!("an object whose values are {}s", kind.word()), value, at, cx);
    };
    map.retain(|key, value| node(kind, value, &at.key(key), cx));
    true
}

/// `paths`: paths to path items.
fn paths(value: &mut Value, at: &Path<'_>, cx: &mut Cx<'_>) -> bool {
    let Value::Object(map) = value else {
        cx.wrong(at, "an object whose keys are paths", value);
        return false;
    };
    if map.keys().any(|key| !key.starts_with('/') && !key.starts_with("x-")) {
        repair::slash(map, at, cx);
    }
    map.retain(|key, item| key.starts_with("x-") || node(ObjectKind::PathItem, item, &at.key(key), cx));
    true
}

/// `responses`: statuses to responses.
fn responses(value: &mut Value, at: &Path<'_>, cx: &mut Cx<'_>) -> bool {
    let Value::Object(map) = value else {
        cx.wrong(at, "an object whose keys are statuses", value);
        return false;
    };
    map.retain(|key, response| {
        let here = at.key(key);
        if key.starts_with("x-") {
            return true;
        }
        if key != "default" && !is_status(key) {
            let message = format!("`{key}` is not a status");
            cx.note(
                Code::WrongShape,
                &here,
                message,
                "write a status such as `200`, a range such as `4XX`, or `default`",
            );
            return false;
        }
        node(ObjectKind::Response, response, &here, cx)
    });
    true
}

/// Three digits, or a digit and `XX`.
fn is_status(key: &str) -> bool {
    matches!(
        key.as_bytes(),
        [b'1'..=b'9', b'0'..=b'9', b'0'..=b'9'] | [b'1'..=b'9', b'X' | b'x', b'X' | b'x']
    )
}

/// Brings a schema into normal form, whatever it is.
fn whole_schema(value: &mut Value, path: &Path<'_>, cx: &mut Cx<'_>) {
    let Some(map) = schema::as_object(value, path, cx) else { return };
    schema::settle(map, path, cx);
    descend(map, path, cx);
}

/// The same for a branch of a schema, which may have been settled with the schema.
fn branch(value: &mut Value, path: &Path<'_>, cx: &mut Cx<'_>) {
    match value {
        Value::Object(map) if cx.settled.take(&path.pointer()).is_some() => descend(map, path, cx),
        _ => whole_schema(value, path, cx),
    }
}

/// Walks the subschemas of a settled schema.
fn descend(map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) {
    if map.contains_key("$ref") {
        reference::note(map, path, cx);
        swagger2::note_part(map, path, cx);
        return;
    }
    schema::object::hoist_required(map);
    let mut out = Vec::new();
    let is_tuple = map.contains_key("prefixItems");
    for (key, value) in map.iter_mut() {
        let here = path.key(key);
        match (key.as_str(), value) {
            ("properties", Value::Object(members)) => {
                for (name, member) in members.iter_mut() {
                    whole_schema(member, &here.key(name), cx);
                }
            }
            // Behind `prefixItems` it says that nothing follows.
            ("items", Value::Bool(false)) if is_tuple => {}
            ("items" | "not", value) => whole_schema(value, &here, cx),
            ("additionalProperties", value) if !value.is_boolean() => whole_schema(value, &here, cx),
            ("allOf" | "anyOf" | "oneOf", Value::Array(items)) => {
                for (at, item) in items.iter_mut().enumerate() {
                    branch(item, &here.item(at), cx);
                }
            }
            ("prefixItems", Value::Array(items)) => {
                for (at, item) in items.iter_mut().enumerate() {
                    whole_schema(item, &here.item(at), cx);
                }
            }
            (key, value) => {
                if let Some(ValueShape::One(kind)) =
                    ObjectKind::Schema.keyword(key).map(|keyword| keyword.shape)
                    && !node(kind, value, &here, cx)
                {
                    out.push(key.to_owned());
                }
            }
        }
    }
    out.iter().for_each(|key| drop(map.shift_remove(key)));
    if let Some(Value::Object(mapping)) = map.get("discriminator").and_then(|one| one.get("mapping")) {
        let (outer, inner) = (path.key("discriminator"), "mapping");
        let home = outer.key(inner);
        for (tag, _) in mapping.iter().filter(|(_, target)| target.as_str().is_some_and(reference::is_odd)) {
            cx.odd_refs.push(home.key(tag).pointer());
        }
    }
}

/// Adds the definitions that were found to the components; they may bring definitions of their own.
pub(super) fn place_definitions(root: &mut Value, cx: &mut Cx<'_>) {
    while !cx.definitions.is_empty() {
        let found = std::mem::take(&mut cx.definitions);
        let document = Path::root();
        let components = document.key("components");
        let schemas = components.key("schemas");
        for Definition { name, mut schema } in found {
            whole_schema(&mut schema, &schemas.key(&name), cx);
            if let Some(home) = object(root, "components").and_then(|home| object(home, "schemas"))
                && let Value::Object(home) = home
            {
                home.insert(name, schema);
            }
        }
    }
}

/// A member that is an object, made if it is missing.
fn object<'a>(value: &'a mut Value, name: &str) -> Option<&'a mut Value> {
    Some(value.as_object_mut()?.entry(name).or_insert_with(|| Value::Object(Map::new())))
}
