//! Headers of parts.

use serde_json::Value;

use super::declared::{Carrier, Declared};
use super::held::Held;
use crate::diag::{Code, Diagnostic, Sink};
use crate::lower::context::Lower;
use crate::pointer::Pointer;

/// What is said of a header.
enum Said {
    /// Its only value.
    Constant(String),
    /// The caller knows.
    Open,
    /// There is never such a header.
    Never,
}

impl<'d> Lower<'d, '_> {
    /// The headers that always have the same value, and those that are given with a file. They cannot be given with anything else.
    pub(super) fn part_headers(
        &self,
        carrier: Carrier,
        Declared { at, map, of }: &Declared<'d>,
        held: &[Held],
        problems: &mut Vec<Diagnostic>,
    ) -> (Vec<(String, String)>, Vec<String>) {
        let (mut out, mut open) = (Vec::new(), Vec::new());
        let Some(headers) = map.get("headers").and_then(Value::as_object) else { return (out, open) };
        if carrier == Carrier::Form {
            problems.push(self.no_effect(at, "headers", "`headers` has no effect on forms"));
            return (out, open);
        }
        let base = at.child("headers");
        for (name, header) in headers {
            let here = base.child(name.as_str());
            let report = |message: String, help: &str| {
                let origin = self.doc.origin(&here);
                Diagnostic::new(Code::KeywordIgnored, &origin, message).at_key().help(help)
            };
            if name.eq_ignore_ascii_case("content-type") {
                let message = "`Content-Type` in `headers` has no effect".to_owned();
                problems.push(report(message, "set `contentType` next to `headers` instead"));
                continue;
            }
            if carrier == Carrier::FormData && name.eq_ignore_ascii_case("content-disposition") {
                let message = "`Content-Disposition` is ignored; the client sends it by itself".to_owned();
                problems.push(report(message, "remove it"));
                continue;
            }
            match self.part_header(header, &here) {
                Said::Constant(value) if is_sendable(name, &value) => out.push((name.clone(), value)),
                Said::Constant(_) => {
                    let message = format!("the header `{name}` with this value cannot be sent");
                    problems.push(report(
                        message,
                        "use letters, digits and `-` in the name, and a single line for the value",
                    ));
                }
                Said::Open if !held.contains(&Held::File) => {
                    let part = of.describe();
                    let message = format!(
                        "the header `{name}` of {part} is not sent: callers can set headers on files only"
                    );
                    problems.push(report(message, "give it a `const`, or make the part a file"));
                }
                Said::Open => open.push(name.clone()),
                Said::Never => {}
            }
        }
        (out, open)
    }

    fn part_header(&self, header: &Value, at: &Pointer) -> Said {
        let target = header.get("$ref").and_then(Value::as_str).and_then(|to| self.doc.end(to));
        let (header, at) = target.as_ref().map_or((header, at), |place| (place.value, &place.at));
        let Some(place) = self.doc.place(at.child("schema")) else { return Said::Open };
        if place.value.get("not").and_then(Value::as_object).is_some_and(serde_json::Map::is_empty) {
            return Said::Never;
        }
        // What is wrong with the schema is said where it stands.
        let node = self.doc.node(&[place], &mut Sink::new());
        let is_required = header.get("required").and_then(Value::as_bool) == Some(true);
        let constant = match node.values.as_deref() {
            Some([only]) => Some(*only),
            _ => node.annotations.default.filter(|_| is_required),
        };
        match constant {
            Some(Value::String(text)) => Said::Constant(text.clone()),
            Some(value @ (Value::Bool(_) | Value::Number(_))) => Said::Constant(value.to_string()),
            _ => Said::Open,
        }
    }
}

/// Whether it is a header of HTTP.
fn is_sendable(name: &str, value: &str) -> bool {
    let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    let visible = |byte: u8| byte == b'\t' || (0x20..0x7f).contains(&byte);
    !name.is_empty() && name.bytes().all(token) && value.bytes().all(visible)
}
