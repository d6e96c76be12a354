//! Checks the shape of a value against what its keyword asks for, and corrects what can be corrected.
//!
//! A value that cannot be used is reported and taken out by the caller; so the typed reading never meets it.

use serde_json::{Number, Value};

use super::context::Cx;
use super::keyword::ValueShape;
use crate::diag::{Code, Diagnostic};
use crate::pointer::Path;

/// Makes the value fit; `false` if it is of no use and must go.
pub(super) fn fit(shape: ValueShape, value: &mut Value, at: &Path<'_>, cx: &mut Cx<'_>) -> bool {
    if value.is_null() && shape != ValueShape::Data {
        cx.sloppy(at, format!("{} has no value", at.name()), "it is ignored; remove it, or add a value");
        return false;
    }
    match shape {
        ValueShape::Data | ValueShape::Type | ValueShape::SchemaOrFlag => true,
        // The walk goes into these.
        ValueShape::One(_)
        | ValueShape::List(_)
        | ValueShape::Map(_)
        | ValueShape::Paths
        | ValueShape::Responses => true,
        ValueShape::Text => text(value, at, cx),
        ValueShape::Flag => flag(value, at, cx),
        ValueShape::Count => count(value, at, cx),
        ValueShape::Number => number(value, at, cx),
        ValueShape::Word(words) => word(words, value, at, cx),
        ValueShape::Texts | ValueShape::Names => texts(value, at, cx),
        ValueShape::TextMap => text_map(value, at, cx),
        ValueShape::Values => values(value, at, cx),
        ValueShape::Requirements => requirements(value, at, cx),
    }
}

/// Replaces a value by what was meant, and says so.
fn correct(value: &mut Value, meant: Value, expected: &str, at: &Path<'_>, cx: &mut Cx<'_>) -> bool {
    let message = format!("{} must be {expected}; `{}` is read as `{meant}`", at.name(), excerpt(value));
    cx.sloppy_value(at, message, &format!("write `{meant}`"));
    *value = meant;
    true
}

/// The value as JSON text, cut where it gets long.
fn excerpt(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

pub(super) fn wrong(expected: &str, value: &Value, at: &Path<'_>, cx: &mut Cx<'_>) -> bool {
    cx.wrong(at, expected, value);
    false
}

pub(super) fn text(value: &mut Value, at: &Path<'_>, cx: &mut Cx<'_>) -> bool {
    match value {
        Value::String(_) => true,
        Value::Number(_) | Value::Bool(_) => {
            let meant = Value::String(value.to_string());
            correct(value, meant, "a string", at, cx)
        }
        Value::Null | Value::Array(_) | Value::Object(_) => wrong("a string", value, at, cx),
    }
}

pub(super) fn flag(value: &mut Value, at: &Path<'_>, cx: &mut Cx<'_>) -> bool {
    let meant = match value {
        Value::Bool(_) => return true,
        Value::String(text) if text.eq_ignore_ascii_case("true") => true,
        Value::String(text) if text.eq_ignore_ascii_case("false") => false,
        Value::String(_) | Value::Null | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            return wrong("`true` or `false`", value, at, cx);
        }
    };
    correct(value, Value::Bool(meant), "a boolean", at, cx)
}

fn count(value: &mut Value, at: &Path<'_>, cx: &mut Cx<'_>) -> bool {
    const EXPECTED: &str = "a non-negative integer";
    if value.is_u64() {
        return true;
    }
    let number = numeric(value).filter(|number| number.is_u64());
    match number {
        Some(number) => correct(value, Value::Number(number), EXPECTED, at, cx),
        None => wrong(EXPECTED, value, at, cx),
    }
}

pub(super) fn number(value: &mut Value, at: &Path<'_>, cx: &mut Cx<'_>) -> bool {
    match value {
        Value::Number(_) => true,
        Value::String(_) => match numeric(value) {
            Some(number) => correct(value, Value::Number(number), "a number", at, cx),
            None => wrong("a number", value, at, cx),
        },
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => wrong("a number", value, at, cx),
    }
}

/// Makes a number an integer where it is one in another spelling. A number (`300.0`) is one by the rules of JSON Schema
/// (section 6.1.1: a zero fraction does not count); a string is meant as one.
pub(super) fn integer(value: &mut Value, at: &Path<'_>, cx: &mut Cx<'_>) -> bool {
    match numeric(value) {
        Some(number) if number.is_i64() || number.is_u64() => {
            if value.is_number() {
                *value = Value::Number(number);
                return true;
            }
            correct(value, Value::Number(number), "an integer", at, cx)
        }
        Some(_) | None => false,
    }
}

/// The number a value spells: itself, or the content of a string; integral floats become integers.
pub(super) fn numeric(value: &Value) -> Option<Number> {
    let number = match value {
        Value::Number(number) => number.clone(),
        Value::String(text) => match text.trim().parse::<i64>() {
            Ok(integer) => integer.into(),
            Err(_) => Number::from_f64(text.trim().parse().ok()?)?,
        },
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
    };
    // Beyond 2^53 a float does not say which integer it means.
    match number.as_f64() {
        Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() <= 9_007_199_254_740_992.0 => {
            #[expect(clippy::cast_possible_truncation, reason = "integral and within 53 bits, checked above")]
            let integer = float as i64;
            Some(integer.into())
        }
        Some(_) | None => Some(number),
    }
}

fn word(words: &[&str], value: &mut Value, at: &Path<'_>, cx: &mut Cx<'_>) -> bool {
    let found = value.as_str().unwrap_or_default();
    if words.contains(&found) {
        return true;
    }
    match words.iter().find(|word| word.eq_ignore_ascii_case(found.trim())) {
        Some(meant) => correct(value, Value::from(*meant), &format!("`{meant}`"), at, cx),
        None if value.is_string() => {
            let expected = format!("one of `{}`", words.join("`, `"));
            let message = format!("{} must be {expected}, but is `{found}`", at.name());
            let diagnostic = Diagnostic::new(Code::WrongShape, &cx.origin(at), message)
                .label(format!("expected {expected}"))
                .help("choose one of them, or remove it");
            cx.report(diagnostic);
            false
        }
        None => wrong(&format!("one of `{}`", words.join("`, `")), value, at, cx),
    }
}

/// A list of strings; a single string is a list of one.
pub(super) fn texts(value: &mut Value, at: &Path<'_>, cx: &mut Cx<'_>) -> bool {
    match value {
        Value::Array(items) => {
            keep_items(items, at, cx, text);
            true
        }
        Value::String(_) => {
            cx.made(at.item(0).pointer(), at);
            let meant = Value::Array(vec![value.clone()]);
            correct(value, meant, "an array of strings", at, cx)
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => {
            wrong("an array of strings", value, at, cx)
        }
    }
}

fn text_map(value: &mut Value, at: &Path<'_>, cx: &mut Cx<'_>) -> bool {
    let Value::Object(map) = value else { return wrong("an object", value, at, cx) };
    map.retain(|key, value| {
        let here = at.key(key);
        match value {
            Value::Null => correct(value, Value::from(""), "a string", &here, cx),
            _ => text(value, &here, cx),
        }
    });
    true
}

fn values(value: &mut Value, at: &Path<'_>, cx: &mut Cx<'_>) -> bool {
    match value {
        Value::Array(items) if items.is_empty() => {
            cx.sloppy(
                at,
                format!("{} is empty, so no value is valid", at.name()),
                "it is ignored; remove it",
            );
            false
        }
        Value::Array(_) => true,
        Value::Object(_) => wrong("an array of values", value, at, cx),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            cx.made(at.item(0).pointer(), at);
            let meant = Value::Array(vec![value.clone()]);
            correct(value, meant, "an array", at, cx)
        }
    }
}

fn requirements(value: &mut Value, at: &Path<'_>, cx: &mut Cx<'_>) -> bool {
    const EXPECTED: &str = "an array of objects whose keys are security schemes";
    let Value::Array(items) = value else { return wrong(EXPECTED, value, at, cx) };
    keep_items(items, at, cx, |item, at, cx| {
        let Value::Object(map) = item else {
            return wrong("an object whose keys are security schemes", item, at, cx);
        };
        for (name, scopes) in map {
            let here = at.key(name);
            if scopes.is_null() {
                correct(scopes, Value::Array(Vec::new()), "an array of scopes", &here, cx);
            } else if !texts(scopes, &here, cx) {
                *scopes = Value::Array(Vec::new());
            }
        }
        true
    });
    true
}

/// Drops the items that `keep` refuses, and remembers the move of those behind them.
pub(super) fn keep_items(
    items: &mut Vec<Value>,
    at: &Path<'_>,
    cx: &mut Cx<'_>,
    mut keep: impl FnMut(&mut Value, &Path<'_>, &mut Cx<'_>) -> bool,
) {
    let (mut was, mut is) = (0, 0);
    items.retain_mut(|item| {
        if was != is {
            // Moved before it is looked into, so that what is recorded below it is recorded at its new place.
            cx.carry(&at.item(was).pointer(), &at.item(is).pointer());
        }
        was += 1;
        let kept = keep(item, &at.item(is), cx);
        is += usize::from(kept);
        if !kept {
            cx.forget(&at.item(is).pointer());
        }
        kept
    });
}
