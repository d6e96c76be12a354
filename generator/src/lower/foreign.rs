//! Types of other crates, and numbers with all their digits, where `sdk.toml` wants them.

use super::context::Lower;
use crate::config::{NumberChoice, Replacement};
use crate::diag::{Code, Diagnostic, suggest};
use crate::ir::{Foreign, JsonType, Ty};
use crate::pointer::Pointer;
use crate::resolve::{Node, Place};

impl<'d> Lower<'d, '_> {
    /// The type that stands for the schema at a place, if one was chosen.
    pub(super) fn replaced(&mut self, conjunction: &[Place<'d>]) -> Option<Ty> {
        if self.replace.is_empty() {
            return None;
        }
        let origin = conjunction.iter().map(|place| self.doc.origin(&place.at));
        let (key, replacement) = origin.filter_map(|at| self.replace.get(&at).cloned()).next()?;
        self.used.insert(key);
        let kind = self.doc.node(conjunction, self.sink).kind;
        let kind = match kind {
            Some("object") => JsonType::Object,
            Some("array") => JsonType::Array,
            Some("string") => JsonType::String,
            Some("integer" | "number") => JsonType::Number,
            Some("boolean") => JsonType::Bool,
            _ => JsonType::Any,
        };
        Some(self.foreign(Some(&replacement), kind))
    }

    /// The type of another crate that a format of strings is read as.
    pub(super) fn foreign_format(&mut self, format: &str) -> Option<Ty> {
        let replacement = self.config.foreign.get(format)?;
        Some(self.foreign(Some(replacement), JsonType::String))
    }

    /// The number that keeps all digits, where it was chosen for a kind of number or a format.
    pub(super) fn exact(&mut self, node: &Node<'_>) -> Option<Ty> {
        let numbers = &self.config.numbers;
        let of = node.format.and_then(|format| numbers.get(format));
        let choice = of.or_else(|| numbers.get(node.kind?))?;
        (*choice == NumberChoice::Exact).then(|| self.foreign(None, JsonType::Number))
    }

    fn foreign(&mut self, of: Option<&Replacement>, kind: JsonType) -> Ty {
        let path = of.map(|of| of.path.clone());
        let known = self.api.foreign.find(|one| one.path == path).map(|(id, _)| id);
        let id = known.unwrap_or_else(|| {
            let with = of.and_then(|of| of.with.clone());
            self.api.foreign.push(Foreign { path, with, kinds: Default::default() })
        });
        self.api.foreign[id].kinds.insert(kind);
        Ty::Foreign(id)
    }

    /// Reports choices that point at no schema.
    pub(super) fn check_replaced(&mut self) {
        for (pointer, _) in self.replace.values() {
            if self.used.contains(pointer) {
                continue;
            }
            let at = Pointer::root().child("replace").child(pointer);
            let message = format!("`{pointer}` is not a schema that is used");
            let near = suggest(pointer, self.api.types.iter().map(|ty| ty.origin.as_str()));
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => "point to the schema itself, or remove the line".to_owned(),
            };
            self.sink.report(Diagnostic::in_config(Code::ConfigTarget, &at, message).at_key().help(help));
        }
    }
}
