//! What the walk carries along, and how it reports.

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::diag::{Code, Diagnostic, Sink};
use crate::pointer::{Path, Pointer};
use crate::resolve::Doc;
use crate::tree::get;

/// Keywords whose branches say more of the values of a schema.
pub(super) const BRANCHES: [&str; 3] = ["allOf", "anyOf", "oneOf"];

/// What holds components, and is none.
const WHOLE: [&str; 8] =
    ["", "#", "#/info", "#/paths", "#/servers", "#/tags", "#/components", "#/components/schemas"];

/// What the walk carries along.
pub(super) struct Check<'d, 's> {
    pub(super) doc: &'d Doc,
    pub(super) sink: &'s mut Sink,
    /// The document is of OpenAPI 3.0.
    pub(super) is_30: bool,
    /// Security schemes by name.
    pub(super) schemes: HashMap<&'d str, &'d Value>,
    /// No other schema adds to the current one: it is no component, and no branch.
    pub(super) alone: bool,
}

/// An object of the document.
pub(super) type Object = Map<String, Value>;

impl<'d> Check<'d, '_> {
    /// A reference leads to a component of the kind that its place asks for; says whether it is a reference at all.
    pub(super) fn refers(&mut self, map: &'d Object, section: &str, at: &Path<'_>) -> bool {
        let Some(reference) = get(map, "$ref").and_then(Value::as_str) else { return false };
        if WHOLE.contains(&reference.trim_end_matches('/')) {
            let message = format!("the reference `{reference}` does not point to a component");
            let help = format!("it is ignored; point it to an entry of `components/{section}`");
            self.value(Code::WrongRef, &at.key("$ref"), message, &help);
            return true;
        }
        let Some((found, _)) =
            reference.strip_prefix("#/components/").and_then(|place| place.split_once('/'))
        else {
            return true;
        };
        let whole = reference.matches('/').count() == 3;
        let exists = self.doc.end(reference).is_some();
        if whole && exists && found != section {
            let message = format!("the reference `{reference}` points to the wrong kind of component");
            let diagnostic = self
                .found(Code::WrongRef, &at.key("$ref"), message)
                .label(format!("must point into `#/components/{section}`"))
                .help(format!(
                    "it is ignored; point it to an entry of `components/{section}`, or move the target there"
                ));
            self.sink.report(diagnostic);
        }
        true
    }

    pub(super) fn origin(&self, at: &Path<'_>) -> Pointer {
        self.doc.origin(&at.pointer())
    }

    pub(super) fn found(&self, code: Code, at: &Path<'_>, message: String) -> Diagnostic {
        Diagnostic::new(code, &self.origin(at), message)
    }

    /// Reports something about a value.
    pub(super) fn value(&mut self, code: Code, at: &Path<'_>, message: String, help: &str) {
        let diagnostic = self.found(code, at, message).help(help);
        self.sink.report(diagnostic);
    }

    /// Reports something about a key.
    pub(super) fn key(&mut self, code: Code, at: &Path<'_>, message: String, help: &str) {
        let diagnostic = self.found(code, at, message).at_key().help(help);
        self.sink.report(diagnostic);
    }
}

/// The items of a member that is a list.
pub(super) fn array<'v>(map: &'v Object, key: &str) -> &'v [Value] {
    get(map, key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The members of a member that is an object.
pub(super) fn members<'v>(map: &'v Object, key: &str) -> impl Iterator<Item = (&'v String, &'v Value)> {
    get(map, key).and_then(Value::as_object).into_iter().flatten()
}
