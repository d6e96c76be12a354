//! `null` among the alternatives of a schema.

use serde_json::{Map, Value};

use super::merge;
use crate::normalize::context::Cx;
use crate::normalize::keyword::ObjectKind;
use crate::normalize::shape;
use crate::pointer::Path;

/// Takes `null` out of `anyOf` and `oneOf`. An alternative that is left alone becomes part of the schema.
///
/// Says which families of types the keywords that came in are about.
pub(super) fn alternatives(
    map: &mut Map<String, Value>,
    path: &Path<'_>,
    cx: &mut Cx<'_>,
    settle: impl Fn(&mut Value, &Path<'_>, &mut Cx<'_>),
) -> u8 {
    let mut families = 0;
    for key in ["anyOf", "oneOf"] {
        let Some(Value::Array(items)) = map.get_mut(key) else { continue };
        let home = path.key(key);
        let before = items.len();
        // Settled first, because `null` has many spellings.
        shape::keep_items(items, &home, cx, |item, at, cx| {
            if item.is_null() {
                return false;
            }
            settle(item, at, cx);
            !is_null(item)
        });
        if items.len() == before {
            continue;
        }
        let alone = if items.len() < 2 { Some(items.pop()) } else { None };
        map.insert("nullable".to_owned(), Value::Bool(true));
        let Some(last) = alone else { continue };
        map.shift_remove(key);
        match last {
            Some(Value::Object(last)) => {
                cx.drop_keyword(map, "discriminator", "there is one alternative only", path);
                let of = |key: &String| ObjectKind::Schema.keyword(key).map_or(0, |row| row.family);
                families |= last.keys().map(of).fold(0, |all, one| all | one);
                merge::merge(map, last, &home.item(0), path, cx);
                cx.forget(&home.pointer());
            }
            Some(_) => {}
            None => only_null(map),
        }
    }
    families
}

/// A schema that nothing but `null` fits, if it says nothing else.
pub(super) fn only_null(map: &mut Map<String, Value>) {
    let others = ["type", "enum", "anyOf", "oneOf", "allOf", "not", "$ref", "properties"];
    if !others.iter().any(|key| map.contains_key(*key)) {
        map.insert("enum".to_owned(), Value::Array(vec![Value::Null]));
    }
}

/// Whether nothing but `null` fits a settled schema.
fn is_null(schema: &Value) -> bool {
    matches!(schema.get("enum"), Some(Value::Array(values)) if !values.is_empty() && values.iter().all(Value::is_null))
}
