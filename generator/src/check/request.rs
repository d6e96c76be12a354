//! Requests that the server makes, by webhooks and callbacks: they become no code, but what they refer to must be there.

use serde_json::Value;

use super::context::Check;
use crate::diag::{Code, suggest};
use crate::pointer::{Path, Pointer};

/// Keys whose values are data.
const DATA: &[&str] = &["example", "examples", "default", "enum", "const"];

impl Check<'_, '_> {
    /// Looks at every reference to a component below a node that is set aside.
    pub(super) fn stash(&mut self, value: &Value, path: &Path<'_>) {
        match value {
            Value::Object(members) => {
                for (key, member) in members {
                    let here = path.key(key);
                    match member.as_str() {
                        Some(reference) if key == "$ref" => self.stashed_reference(reference, &here),
                        _ if DATA.contains(&key.as_str()) || key.starts_with("x-") => {}
                        _ => self.stash(member, &here),
                    }
                }
            }
            Value::Array(items) => {
                for (at, item) in items.iter().enumerate() {
                    self.stash(item, &path.item(at));
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    fn stashed_reference(&mut self, reference: &str, at: &Path<'_>) {
        let target = Pointer::from(reference);
        let keys: Vec<String> = target.keys().collect();
        let ["components", section, name] = keys.iter().map(String::as_str).collect::<Vec<_>>()[..] else {
            return;
        };
        let home = Pointer::root().child("components").child(section);
        let names = self.doc.value(&home).and_then(Value::as_object);
        if reference.contains('%') || names.is_some_and(|names| names.contains_key(name)) {
            return;
        }
        let near = names.and_then(|names| suggest(name, names.keys().map(String::as_str)));
        let help = match near {
            Some(near) => format!("did you mean `#/components/{section}/{near}`?"),
            None => format!("add `{name}` to `components/{section}`, or correct the reference"),
        };
        let message = format!("`{reference}` does not resolve");
        let diagnostic = self.found(Code::UnresolvedRef, at, message).help(help);
        self.sink.report(diagnostic);
    }
}
