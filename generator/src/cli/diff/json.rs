//! Renders changes as JSON.

use crate::diff::{Changes, Class};
use serde_json::{Value, json};

use super::Placed;
use super::location::Location;

/// Renders one object: the verdict, the counts, and every change.
pub fn json(placed: &[Placed<'_>], changes: &Changes) -> String {
    let location = |location: &Option<Location>| match location {
        Some(location) => json!({
            "file": location.file,
            "line": location.at.line,
            "column": location.at.column,
            "pointer": location.pointer,
        }),
        None => Value::Null,
    };
    let change = |one: &Placed<'_>| {
        json!({
            "class": one.change.class.as_str(),
            "kind": one.change.kind.as_str(),
            "item": one.change.item,
            "what": one.change.what,
            "why": one.change.why,
            "unread": one.change.unread,
            "old": location(&one.old),
            "new": location(&one.new),
        })
    };
    let all = json!({
        "verdict": changes.verdict().as_str(),
        "breaking": changes.count(Class::Breaking),
        "additions": changes.count(Class::Addition),
        "fixes": changes.count(Class::Fix),
        "changes": placed.iter().map(change).collect::<Vec<_>>(),
    });
    format!("{all:#}\n")
}
