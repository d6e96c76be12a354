//! Schemas: each is settled (shapes checked, keywords rewritten into 3.0) before the walk goes into its subschemas.
//!
//! Settling works on one schema and looks down only into alternatives, which may be `null` or may be merged into it. So
//! nodes reach their final place before they are walked.

pub(super) mod content;
mod evidence;
mod merge;
mod null;
pub(super) mod object;
mod scalar;
mod tuple;
mod types;

use serde_json::{Map, Value};

use super::context::Cx;
use super::keyword::{Effect, Keyword, ObjectKind, ValueShape, mark};
use super::{definition, reference, shape};
use crate::pointer::Path;

/// The schema as an object: booleans become one, anything else is reported and becomes the empty schema.
pub(super) fn as_object<'v>(
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
                    cx.wrong(path, ObjectKind::Schema.describe(), value);
                }
                *value = Value::Object(Map::new());
            }
        }
    }
    value.as_object_mut()
}

/// What a first look at a schema found: bits of [`mark`] and of [`super::keyword::family`].
#[derive(Clone, Copy, Debug, Default)]
struct Found {
    marks: u32,
    families: u8,
}

/// Rewrites the keywords of one schema; says which families of types they are about.
pub(super) fn settle(map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) -> u8 {
    let mut found = tidy(map, path, cx);
    let marks = found.marks;
    let any = |bits: u32| marks & bits != 0;
    if any(mark::NAME) {
        let place = cx.origin(path);
        cx.names.note(map, &place);
    }
    if any(mark::DYNAMIC) {
        reference::settle_dynamic(map, path, cx);
    }
    if any(mark::DEFS) {
        definition::lift("$defs", map, path, cx);
        definition::lift("definitions", map, path, cx);
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
        found.families |= null::alternatives(map, path, cx, settle_branch);
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

/// Settles an alternative, so that it can be compared with `null` or merged. The walk must not settle it again: a second
/// time would meet what the first one wrote.
fn settle_branch(value: &mut Value, path: &Path<'_>, cx: &mut Cx<'_>) {
    if let Some(map) = as_object(value, path, cx) {
        settle(map, path, cx);
        cx.settled.insert(&path.pointer(), ());
    }
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
        let Some(keyword) = ObjectKind::Schema.keyword(key) else {
            if !key.starts_with("x-") {
                cx.unknown(ObjectKind::Schema, key, &here);
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
            Effect::Ignored(why) | Effect::Stashed(why) => {
                cx.no_effect(key, keyword.since.remark(), why, &here);
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
            definition::keep_named(&key, value, path, cx);
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
        ValueShape::Type => match types::fit(value, here, cx) {
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
        ValueShape::Names if object::required_flag(value).is_some() => {
            let help = "it is read as whether the object requires the property; list the property in the `required` of the object";
            cx.sloppy_value(here, "`required` must be an array of names".to_owned(), help);
            false
        }
        ValueShape::Number => {
            let stays = shape::fit(keyword.shape, value, here, cx);
            if value.is_f64() || (value.is_u64() && !value.is_i64()) {
                found.marks |= mark::BOUND;
            }
            stays
        }
        ValueShape::One(ObjectKind::Schema) if value.is_array() && keyword.name == "items" => {
            found.marks |= mark::TUPLE;
            true
        }
        ValueShape::One(ObjectKind::Schema) if value.is_null() => {
            shape::fit(ValueShape::Text, value, here, cx)
        }
        ValueShape::One(ObjectKind::Schema) => true,
        ValueShape::SchemaOrFlag if value.is_string() => shape::flag(value, here, cx),
        ValueShape::SchemaOrFlag => !value.is_null() || shape::fit(ValueShape::Text, value, here, cx),
        ValueShape::List(ObjectKind::Schema) => match value {
            Value::Array(items) if items.is_empty() => {
                cx.sloppy(here, format!("{} is empty", here.name()), "it is ignored; remove it");
                false
            }
            Value::Array(_) => true,
            _ => shape::wrong("an array of schemas", value, here, cx),
        },
        ValueShape::Map(ObjectKind::Schema) => match value {
            Value::Object(_) => true,
            Value::Null => shape::fit(ValueShape::Text, value, here, cx),
            _ => shape::wrong("an object whose values are schemas", value, here, cx),
        },
        ValueShape::Data
        | ValueShape::Text
        | ValueShape::Flag
        | ValueShape::Count
        | ValueShape::Word(_)
        | ValueShape::Texts
        | ValueShape::TextMap
        | ValueShape::One(_)
        | ValueShape::List(_)
        | ValueShape::Map(_)
        | ValueShape::Paths
        | ValueShape::Responses
        | ValueShape::Requirements
        | ValueShape::Values
        | ValueShape::Names => shape::fit(keyword.shape, value, here, cx),
    }
}
