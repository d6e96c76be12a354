//! Schemas: each is settled (shapes checked, keywords rewritten into 3.0), then its subschemas are walked.
//!
//! Settling works on one schema and looks down only into alternatives, which may be `null` or may be merged into it. So
//! nodes reach their final place before they are walked.

pub(super) mod content;
mod evidence;
mod merge;
mod null;
mod object;
mod scalar;
mod tuple;
mod types;

use serde_json::{Map, Value};

use super::keyword::{Effect, Keyword, Kind, Shape, family, mark};
use super::path::Path;
use super::{Cx, document, identity, leftover, reference, shape};

/// Brings a schema into normal form, whatever it is.
pub(super) fn schema(value: &mut Value, path: &Path<'_>, cx: &mut Cx<'_>) {
    let Some(map) = as_object(value, path, cx) else { return };
    settle(map, path, cx);
    descend(map, path, cx);
}

/// The same for a branch of a schema, which may have been settled with the schema.
fn branch(value: &mut Value, path: &Path<'_>, cx: &mut Cx<'_>) {
    match value {
        Value::Object(map) if cx.settled.take(&path.pointer()).is_some() => descend(map, path, cx),
        _ => schema(value, path, cx),
    }
}

/// The schema as an object: booleans become one, anything else is reported and becomes the empty schema.
fn as_object<'v>(
    value: &'v mut Value,
    path: &Path<'_>,
    cx: &mut Cx<'_>,
) -> Option<&'v mut Map<String, Value>> {
    if let Value::Bool(accepts) = value {
        let nothing = Map::from_iter([("not".to_owned(), Value::Object(Map::new()))]);
        *value = Value::Object(if *accepts { Map::new() } else { nothing });
    } else if !value.is_object() {
        match value.as_str().map(types::canonical) {
            Some(types::Spelling::Exact | types::Spelling::Meant(..)) => {
                let message = format!("{} must be a schema; the value is read as its `type`", path.name());
                cx.sloppy(path, message, "write `type:` and the name of the type");
                cx.made(path.key("type").pointer(), path);
                *value = Value::Object(Map::from_iter([("type".to_owned(), value.take())]));
            }
            Some(types::Spelling::Unknown) | None => {
                if value.is_null() {
                    let message = format!("{} has no schema", path.name());
                    cx.sloppy(path, message, "any value is accepted; write `{}` or a schema");
                } else {
                    cx.wrong(path, Kind::Schema.describe(), value);
                }
                *value = Value::Object(Map::new());
            }
        }
    }
    value.as_object_mut()
}

/// What a first look at a schema found: bits of [`mark`] and of [`family`].
#[derive(Clone, Copy, Debug, Default)]
struct Found {
    marks: u32,
    families: u8,
}

/// Rewrites the keywords of one schema; says which families of types they are about.
fn settle(map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) -> u8 {
    let mut found = tidy(map, path, cx);
    let marks = found.marks;
    let any = |bits: u32| marks & bits != 0;
    if any(mark::NAME) {
        identity::Names::note(map, path, cx);
    }
    if any(mark::DYNAMIC) {
        reference::settle_dynamic(map, path, cx);
    }
    if any(mark::DEFS) {
        reference::lift("$defs", map, path, cx);
        reference::lift("definitions", map, path, cx);
    }
    if any(mark::CONST) {
        scalar::constant(map, path, cx);
    }
    if any(mark::TYPE) {
        types::nullable(map, path, cx);
    }
    if any(mark::CONST | mark::ENUM) {
        scalar::values(map, path, cx);
    }
    if any(mark::UNION) {
        found.families |= null::alternatives(map, path, cx);
    }
    if any(mark::TYPE) {
        types::spread(map, path, cx);
    }
    rewrite_members(marks, map, path, cx);
    if any(mark::REF | mark::DYNAMIC) {
        merge::reference_with_siblings(map, path, cx);
    }
    if !cx.modern && map.get("type").and_then(Value::as_str) == Some("array") {
        let described = ["items", "prefixItems", "allOf"].iter().any(|key| map.contains_key(*key));
        if !described {
            let help = "items of any type are accepted; add `items`";
            cx.sloppy_value(&path.key("type"), "an array needs `items`, which is missing".to_owned(), help);
        }
    }
    evidence::weigh(map, path, cx);
    if found.families != 0 {
        types::inapplicable(found.families, map, path, cx);
    }
    found.families
}

/// The rewrites that do not change what kind of schema this is.
fn rewrite_members(marks: u32, map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) {
    if marks & mark::EXCLUSIVE != 0 {
        scalar::exclusive_bounds(map, path, cx);
    }
    if marks & (mark::EXCLUSIVE | mark::BOUND) != 0 {
        scalar::integer_bounds(map, path, cx);
    }
    if marks & mark::EXAMPLES != 0 {
        scalar::examples(map, path, cx);
    }
    if marks & mark::CONTENT != 0 {
        content::rewrite(map, path, cx);
    }
    if marks & mark::TUPLE != 0 {
        tuple::rewrite(map, path, cx);
    }
    if marks & mark::KEYS != 0 {
        object::property_names(map, path, cx);
    }
    if marks & mark::NOT != 0 {
        object::excluded(map, path, cx);
    }
    if marks & mark::PATTERNS != 0 {
        object::further_members(map, path, cx);
    }
}

/// Checks the shape of each keyword, without going into subschemas; takes out what is of no use.
fn tidy(map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) -> Found {
    let mut found = Found::default();
    let mut out: Vec<String> = Vec::new();
    let mut format = None;
    for (key, value) in map.iter_mut() {
        let here = path.key(key);
        let Some(keyword) = Kind::Schema.keyword(key) else {
            if !key.starts_with("x-") {
                document::unknown(Kind::Schema, key, &here, cx);
            }
            continue;
        };
        cx.keyword_ahead(keyword, &here);
        let stays = match keyword.effect {
            Effect::Used | Effect::Silent(_) => {
                let stays = keeps(keyword, value, &here, &mut found, &mut format, cx);
                if stays && key == "format" {
                    scalar::format(value, &here, cx);
                }
                stays
            }
            Effect::Rewritten(bit) | Effect::Lost(bit) => {
                let stays = keeps(keyword, value, &here, &mut found, &mut format, cx);
                found.marks |= if stays { bit } else { 0 };
                stays
            }
            Effect::Ignored(why) | Effect::Aside(why) => {
                document::ignored(key, keyword.since.remark(), why, &here, cx);
                false
            }
        };
        if stays {
            found.families |= keyword.family;
        } else {
            out.push(key.clone());
        }
    }
    for key in out {
        if let Some(value) = map.shift_remove(&key) {
            reference::keep_named(&key, value, path, cx);
        }
    }
    if let Some(format) = format {
        map.entry("format").or_insert(Value::from(format));
    }
    found
}

/// Checks the value of one keyword; `false` if it must go.
fn keeps(
    keyword: &Keyword,
    value: &mut Value,
    here: &Path<'_>,
    found: &mut Found,
    format: &mut Option<&'static str>,
    cx: &mut Cx<'_>,
) -> bool {
    match keyword.shape {
        Shape::Type => match types::fit(value, here, cx) {
            types::Fit::Plain => true,
            types::Fit::With(implied) => {
                *format = Some(implied);
                true
            }
            types::Fit::Several => {
                found.marks |= mark::TYPE;
                true
            }
            types::Fit::Nothing => false,
        },
        Shape::Names if object::required_flag(value).is_some() => {
            let help = "it is read as whether the object requires the property; list the property in the `required` of the object";
            cx.sloppy_value(here, "`required` must be an array of names".to_owned(), help);
            false
        }
        Shape::Number => {
            let stays = shape::fit(keyword.shape, value, here, cx);
            if value.is_f64() || (value.is_u64() && !value.is_i64()) {
                found.marks |= mark::BOUND;
            }
            stays
        }
        Shape::One(Kind::Schema) if value.is_array() && keyword.name == "items" => {
            found.marks |= mark::TUPLE;
            true
        }
        Shape::One(Kind::Schema) if value.is_null() => shape::fit(Shape::Text, value, here, cx),
        Shape::One(Kind::Schema) => true,
        Shape::SchemaOrFlag if value.is_string() => shape::flag(value, here, cx),
        Shape::SchemaOrFlag => !value.is_null() || shape::fit(Shape::Text, value, here, cx),
        Shape::List(Kind::Schema) => match value {
            Value::Array(items) if items.is_empty() => {
                cx.sloppy(here, format!("{} is empty", here.name()), "it is ignored; remove it");
                false
            }
            Value::Array(_) => true,
            _ => shape::misfit("an array of schemas", value, here, cx),
        },
        Shape::Map(Kind::Schema) => match value {
            Value::Object(_) => true,
            Value::Null => shape::fit(Shape::Text, value, here, cx),
            _ => shape::misfit("an object whose values are schemas", value, here, cx),
        },
        Shape::Data
        | Shape::Text
        | Shape::Flag
        | Shape::Count
        | Shape::Word(_)
        | Shape::Texts
        | Shape::TextMap
        | Shape::One(_)
        | Shape::List(_)
        | Shape::Map(_)
        | Shape::Paths
        | Shape::Responses
        | Shape::Requirements
        | Shape::Values
        | Shape::Names => shape::fit(keyword.shape, value, here, cx),
    }
}

/// Walks the subschemas of a settled schema.
fn descend(map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) {
    if map.contains_key("$ref") {
        reference::note(map, path, cx);
        leftover::note_part(map, path, cx);
        return;
    }
    object::hoist_required(map);
    let mut discriminator = None;
    let is_tuple = map.contains_key("prefixItems");
    for (key, value) in map.iter_mut() {
        let here = path.key(key);
        match (key.as_str(), value) {
            ("properties", Value::Object(members)) => {
                for (name, member) in members.iter_mut() {
                    schema(member, &here.key(name), cx);
                }
            }
            // Behind `prefixItems` it says that nothing follows.
            ("items", Value::Bool(false)) if is_tuple => {}
            ("items" | "not", value) => schema(value, &here, cx),
            ("additionalProperties", value) if !value.is_boolean() => schema(value, &here, cx),
            ("allOf" | "anyOf" | "oneOf", Value::Array(items)) => {
                for (at, item) in items.iter_mut().enumerate() {
                    branch(item, &here.item(at), cx);
                }
            }
            ("prefixItems", Value::Array(items)) => {
                for (at, item) in items.iter_mut().enumerate() {
                    schema(item, &here.item(at), cx);
                }
            }
            ("discriminator", Value::Object(map)) => discriminator = map.get_mut("mapping"),
            _ => {}
        }
    }
    if let Some(Value::Object(mapping)) = discriminator {
        let (outer, inner) = (path.key("discriminator"), "mapping");
        let home = outer.key(inner);
        for (tag, target) in mapping.iter() {
            if target.as_str().is_some_and(reference::is_odd) {
                cx.odd_refs.push(home.key(tag).pointer());
            }
        }
    }
}

/// Takes a keyword out of a schema and reports that it has no effect there.
fn drop_keyword(map: &mut Map<String, Value>, key: &str, why: &str, path: &Path<'_>, cx: &mut Cx<'_>) {
    if map.contains_key(key) {
        document::ignored(key, "", why, &path.key(key), cx);
        map.shift_remove(key);
    }
}
