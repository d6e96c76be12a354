//! `null` among the alternatives of a schema.

use serde_json::{Map, Value};

use super::{as_object, drop_keyword, merge, settle};
use crate::normalize::Cx;
use crate::normalize::path::Path;
use crate::normalize::shape;

/// Takes `null` out of `anyOf` and `oneOf`. An alternative that is left alone becomes part of the schema.
///
/// Says which families of types the keywords that came in are about.
pub(super) fn alternatives(map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) -> u8 {
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
            if let Some(inner) = as_object(item, at, cx) {
                settle(inner, at, cx);
            }
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
            Some(mut last) => {
                drop_keyword(map, "discriminator", "there is one alternative only", path, cx);
                let from = home.item(0);
                let Some(inner) = as_object(&mut last, &from, cx) else { continue };
                families |= settle(inner, &from, cx);
                merge::merge(map, std::mem::take(inner), &from, path, cx);
            }
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
