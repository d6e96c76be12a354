//! Values and bounds: `const`, `enum`, `examples`, `minimum` and their kin.

use serde_json::{Map, Number, Value};

use super::null;
use crate::normalize::context::Cx;
use crate::normalize::shape;
use crate::pointer::Path;

/// Formats whose spelling is often another one.
const FORMATS: &[&str] = &[
    "binary",
    "byte",
    "date",
    "date-time",
    "decimal",
    "double",
    "email",
    "float",
    "hostname",
    "int32",
    "int64",
    "ipv4",
    "ipv6",
    "password",
    "time",
    "uri",
    "uuid",
];

/// A format in another spelling: `DateTime`, `UUID`, `Double`.
pub(super) fn format(value: &mut Value, at: &Path<'_>, cx: &mut Cx<'_>) {
    let Some(found) = value.as_str() else { return };
    let plain =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_ascii_lowercase();
    // A name of its own for the same, as good as the other.
    if let Some(size) = found.strip_prefix("u-int").filter(|size| matches!(*size, "8" | "16" | "32" | "64")) {
        *value = Value::from(format!("uint{size}"));
        return;
    }
    // The length first: nearly all formats are spelled well.
    if found.len() > 12 || FORMATS.contains(&found) {
        return;
    }
    let wanted = plain(found);
    let Some(meant) = FORMATS.iter().find(|known| plain(known) == wanted) else { return };
    let message = format!("the format `{found}` is read as `{meant}`");
    cx.sloppy(at, message, &format!("write `{meant}`"));
    *value = Value::from(*meant);
}

/// `const` becomes an `enum` of one; one that is no scalar stays, as data.
pub(super) fn constant(map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) {
    if map.get("const").is_some_and(|value| value.is_array() || value.is_object()) {
        return;
    }
    let Some(value) = map.shift_remove("const") else { return };
    let here = path.key("const");
    match value {
        Value::Null | Value::Array(_) | Value::Object(_) => {
            map.shift_remove("type");
            map.insert("nullable".to_owned(), Value::Bool(true));
            null::only_null(map);
        }
        Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            if matches!(map.get("enum"), Some(Value::Array(values)) if !values.contains(&value)) {
                cx.drop_keyword(map, "enum", "`const` next to it allows a single value", path);
            }
            cx.touched(&here, "`const` becomes an `enum` of one value");
            cx.made(path.key("enum").pointer(), &here);
            cx.made(path.key("enum").item(0).pointer(), &here);
            map.insert("enum".to_owned(), Value::Array(vec![value]));
        }
    }
}

/// `enum`: `null` becomes `nullable`, and values in a sloppy spelling become values of the type.
pub(super) fn values(map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) {
    let ty = map.get("type").and_then(Value::as_str).map(str::to_owned);
    let here = path.key("enum");
    let Some(Value::Array(items)) = map.get_mut("enum") else { return };
    let scalars = |items: &[Value]| !items.iter().any(|item| item.is_array() || item.is_object());
    match ty.as_deref() {
        Some("string") if scalars(items) => each(items, &here, cx, shape::text),
        Some("integer") => each(items, &here, cx, |item, at, cx| {
            if item.is_f64() {
                shape::integer(item, at, cx);
            }
            true
        }),
        Some("array") if scalars(items) => {
            values_of_items(map, path, cx);
            return;
        }
        _ => {}
    }
    if !items.iter().any(Value::is_null) {
        return;
    }
    if items.iter().all(Value::is_null) {
        items.truncate(1);
    } else {
        shape::keep_items(items, &here, cx, |item, _, _| !item.is_null());
    }
    map.insert("nullable".to_owned(), Value::Bool(true));
}

fn each(
    items: &mut [Value],
    here: &Path<'_>,
    cx: &mut Cx<'_>,
    correct: impl Fn(&mut Value, &Path<'_>, &mut Cx<'_>) -> bool,
) {
    for (at, item) in items.iter_mut().enumerate() {
        if !item.is_null() {
            correct(item, &here.item(at), cx);
        }
    }
}

/// Scalars as values of an array are meant as values of its items.
fn values_of_items(map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) {
    let here = path.key("enum");
    let items = map.entry("items").or_insert_with(|| Value::Object(Map::new()));
    let free =
        items.as_object().is_some_and(|items| !items.contains_key("enum") && !items.contains_key("$ref"));
    if !free {
        cx.drop_keyword(map, "enum", "its values are not arrays", path);
        return;
    }
    let message =
        "`enum` holds scalars, but the type is `array`; they are read as values of the items".to_owned();
    cx.sloppy(&here, message, "move `enum` into `items`");
    if let Some(value) = map.shift_remove("enum")
        && let Some(Value::Object(items)) = map.get_mut("items")
    {
        let rule = "the `enum` of an array becomes the `enum` of its items";
        cx.rewrite(&here.pointer(), &path.key("items").key("enum").pointer(), rule);
        items.insert("enum".to_owned(), value);
    }
}

/// `exclusiveMinimum: n` becomes `minimum: n` with `exclusiveMinimum: true`; the same for the maximum.
pub(super) fn exclusive_bounds(map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) {
    for (exclusive, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        let here = path.key(exclusive);
        let Some(value) = map.get_mut(exclusive) else { continue };
        let fits = match value {
            Value::Bool(_) => {
                if cx.modern {
                    let message =
                        format!("`{exclusive}` is a number in OpenAPI 3.1, but here it is a boolean");
                    let help = format!("it is read as in 3.0; write the bound itself, and remove `{bound}`");
                    cx.sloppy_value(&here, message, &help);
                }
                continue;
            }
            Value::String(text) if spells_flag(text) => {
                shape::flag(value, &here, cx);
                continue;
            }
            Value::Number(_) => {
                if !cx.modern {
                    let message =
                        format!("`{exclusive}` is a boolean in OpenAPI 3.0, but here it is a number");
                    let help = format!("it is read as in 3.1; write `{bound}`, and `{exclusive}: true`");
                    cx.sloppy_value(&here, message, &help);
                }
                true
            }
            Value::Null | Value::String(_) | Value::Array(_) | Value::Object(_) => {
                shape::fit(crate::normalize::keyword::ValueShape::Number, value, &here, cx)
            }
        };
        let Some(value) = map.shift_remove(exclusive).filter(|_| fits) else { continue };
        let own = map.get(bound).and_then(Value::as_f64);
        let limit = value.as_f64();
        let weaker = match (own, limit) {
            (Some(own), Some(limit)) => {
                if bound == "minimum" {
                    limit < own
                } else {
                    limit > own
                }
            }
            _ => false,
        };
        if !weaker {
            let rule = "an exclusive bound becomes a bound with a flag";
            cx.rewrite(&here.pointer(), &path.key(bound).pointer(), rule);
            map.insert(bound.to_owned(), value);
            map.insert(exclusive.to_owned(), Value::Bool(true));
        }
    }
}

fn spells_flag(text: &str) -> bool {
    text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false")
}

/// Bounds of integers become integers of 64 bits, or go.
pub(super) fn integer_bounds(map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) {
    if map.get("type").is_none_or(|ty| ty != "integer") {
        return;
    }
    for (bound, exclusive) in
        [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum"), ("multipleOf", "")]
    {
        let here = path.key(bound);
        let Some(value) = map.get_mut(bound).filter(|value| !value.is_i64()) else { continue };
        if shape::integer(value, &here, cx) && (value.is_i64() || value.is_u64()) {
            continue;
        }
        if let Some(limit) = limit(bound, value) {
            cx.touched(&here, "a bound that a float has rounded becomes the 64-bit limit");
            *value = Value::Number(limit);
            map.shift_remove(exclusive);
            continue;
        }
        let rounded = match (bound, value.as_f64()) {
            ("minimum", Some(float)) => whole(float.ceil()),
            ("maximum", Some(float)) => whole(float.floor()),
            _ => None,
        };
        match rounded {
            Some(rounded) => {
                let message =
                    format!("`{bound}` of an integer must be an integer; `{value}` is read as `{rounded}`");
                cx.sloppy(&here, message, &format!("write `{rounded}`"));
                *value = Value::Number(rounded);
                map.shift_remove(exclusive);
            }
            None => {
                cx.drop_keyword(map, bound, "it is not a 64-bit integer", path);
                map.shift_remove(exclusive);
            }
        }
    }
}

/// The limit of 64 bits that a float beside it means: JavaScript writes 2^64-1 as `18446744073709552000`.
fn limit(bound: &str, value: &Value) -> Option<Number> {
    const TWO_TO_63: f64 = 9_223_372_036_854_775_808.0;
    let float = value.as_f64()?;
    match bound {
        "minimum" if float == -TWO_TO_63 => Some(i64::MIN.into()),
        "maximum" if float == TWO_TO_63 => Some(i64::MAX.into()),
        "maximum" if float == TWO_TO_63 * 2.0 => Some(u64::MAX.into()),
        _ => None,
    }
}

/// The integer a float stands for, where it is sure to.
fn whole(float: f64) -> Option<Number> {
    shape::numeric(&Value::from(float)).filter(Number::is_i64)
}

/// `examples` of a schema becomes `example`: the first of them.
pub(super) fn examples(map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) {
    let here = path.key("examples");
    let sloppy = |cx: &mut Cx<'_>| {
        cx.sloppy(
            &here,
            "`examples` of a schema must be an array".to_owned(),
            "write an array, or use `example`",
        );
    };
    let (value, place) = match map.shift_remove("examples") {
        Some(Value::Array(items)) => match items.into_iter().next() {
            Some(first) => (first, here.item(0).pointer()),
            None => return,
        },
        Some(Value::Object(members)) => {
            sloppy(cx);
            match members.iter().next() {
                // Named examples, as a media type has them.
                Some((name, Value::Object(first))) if first.contains_key("value") => {
                    (first["value"].clone(), here.pointer().child(name).child("value"))
                }
                _ => (Value::Object(members), here.pointer()),
            }
        }
        Some(value @ (Value::Bool(_) | Value::Number(_) | Value::String(_))) => {
            sloppy(cx);
            (value, here.pointer())
        }
        Some(Value::Null) | None => return,
    };
    if !map.contains_key("example") {
        cx.rewrite(&place, &path.key("example").pointer(), "the first of `examples` becomes the `example`");
        map.insert("example".to_owned(), value);
    }
}
