//! Writes fixups as text for `sdk.toml`, each with its evidence as a comment.

use std::fmt::Write as _;

use serde_json::Value;

use super::learned::Finding;
use super::message;
use crate::config::{Fixup, FixupAction};
use crate::diag::visible;

/// Findings that a comment lists.
const MOST_LISTED: usize = 6;

/// The reason of a fixup: what it repairs.
pub(super) fn reason(causes: &[&Finding]) -> String {
    match causes {
        [] => "learned from recorded traffic".to_owned(),
        [one] => format!("learned from recorded traffic: {}", one.diagnostic.message),
        [one, rest @ ..] => {
            format!("learned from recorded traffic: {}; and {} more", one.diagnostic.message, rest.len())
        }
    }
}

/// A fixup as text.
pub(super) fn text(fixup: &Fixup, causes: &[&Finding]) -> String {
    let mut out = String::new();
    for cause in causes.iter().take(MOST_LISTED) {
        let _ = writeln!(out, "# {}", visible(&cause.diagnostic.message));
        for evidence in &cause.evidence {
            let _ = writeln!(out, "#   {}", visible(&message::evidence(evidence)));
        }
    }
    if causes.len() > MOST_LISTED {
        let _ = writeln!(out, "# and {} more", causes.len() - MOST_LISTED);
    }
    let _ = writeln!(out, "[[fixup]]\nat = {}", quoted(&fixup.at));
    let _ = match &fixup.action {
        FixupAction::Set(value) => writeln!(out, "set = {}", inline(value)),
        FixupAction::Merge(value) => writeln!(out, "merge = {}", inline(&Value::Object(value.clone()))),
        FixupAction::Remove => writeln!(out, "remove = true"),
        FixupAction::Rename(name) => writeln!(out, "rename = {}", quoted(name)),
    };
    let _ = writeln!(out, "reason = {}", quoted(&fixup.reason));
    out
}

fn quoted(text: &str) -> String {
    // Any text in the one style that needs no look at its content; JSON escapes what TOML does, but for DEL.
    Value::from(text).to_string().replace('\u{7f}', "\\u007F")
}

/// A value on one line. TOML has no null; who writes fixups does without ([`is_writable`]).
fn inline(value: &Value) -> String {
    match value {
        Value::Null => "\"\"".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => quoted(text),
        Value::Array(items) => format!("[{}]", items.iter().map(inline).collect::<Vec<_>>().join(", ")),
        Value::Object(members) if members.is_empty() => "{}".to_owned(),
        Value::Object(members) => {
            let members: Vec<String> =
                members.iter().map(|(name, value)| format!("{} = {}", key(name), inline(value))).collect();
            format!("{{ {} }}", members.join(", "))
        }
    }
}

fn key(name: &str) -> String {
    let is_bare =
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    if is_bare { name.to_owned() } else { quoted(name) }
}

/// Whether a value can be written as TOML: it has no null and no integer beyond 64 bits with a sign.
pub(super) fn is_writable(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Number(number) => {
            number.is_i64() || number.as_f64().is_some_and(|value| number.is_f64() && value.is_finite())
        }
        Value::Bool(_) | Value::String(_) => true,
        Value::Array(items) => items.iter().all(is_writable),
        Value::Object(members) => members.values().all(is_writable),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_are_written_so_that_they_are_read_again() {
        let value = json!({"a b": [1, -2.5, 1e300, true, "x\"\n\u{7f}é"], "c-d": {}, "": {"e": []}});
        assert!(is_writable(&value));
        let text = format!("x = {}", inline(&value));
        let read: ::toml::Table = ::toml::from_str(&text).unwrap();
        assert_eq!(serde_json::to_value(&read["x"]).unwrap(), value);
        assert!(!is_writable(&json!([{"a": null}])) && !is_writable(&json!(u64::MAX)));
    }
}
