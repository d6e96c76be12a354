//! Nodes that an overlay or a fixup brought into the document, renamed, or took something from, and where the rule is written.
//!
//! What is said about a node that was brought in is shown where somebody can mend it, which is not the document.

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::diag::{File, Label, Part, Sink};
use crate::pointer::Pointer;
use crate::tree::Tree;

/// What an overlay or a fixup did to a node.
#[derive(Debug)]
pub(crate) struct Provenance {
    /// The node, in the original document.
    pub(crate) at: Pointer,
    pub(crate) kind: EditKind,
    /// The text that the rule is written in, and where.
    pub(crate) file: File,
    pub(crate) written: Pointer,
    /// What to say about the other place.
    pub(crate) note: String,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EditKind {
    /// The node is written in the rule, with all that is in it.
    Inserted,
    /// The node has another key.
    Renamed,
    /// A member or an item of the node went.
    Removed,
}

/// Where an update comes from.
#[derive(Clone, Copy)]
pub(crate) struct EditSource<'a> {
    pub(crate) file: File,
    /// The rule, for people.
    pub(crate) name: &'a str,
}

impl EditSource<'_> {
    pub(crate) fn inserted(self, at: &Pointer, written: &Pointer) -> Provenance {
        self.edit(EditKind::Inserted, at, written, format!("inserted here by {}", self.name))
    }

    /// A removal, which is shown at the node that had what went.
    pub(crate) fn removed(self, tree: &Tree, at: &Pointer, written: &Pointer) -> Provenance {
        let note = format!("{} removed `{}` from it", self.name, at.keys().last().unwrap_or_default());
        self.edit(EditKind::Removed, &tree.moves.origin(&at.parent()), written, note)
    }

    pub(crate) fn edit(self, kind: EditKind, at: &Pointer, written: &Pointer, note: String) -> Provenance {
        Provenance { at: at.clone(), kind, file: self.file, written: written.clone(), note }
    }

    /// The nodes that merging `from`, written at `written`, into the members at `at` will bring.
    pub(crate) fn merged(
        self,
        into: &Map<String, Value>,
        from: &Map<String, Value>,
        at: &Pointer,
        written: &Pointer,
        all: &mut Vec<Provenance>,
    ) {
        for (key, value) in from {
            let (at, written) = (at.child(key), written.child(key));
            match (into.get(key), value) {
                (Some(Value::Object(into)), Value::Object(from)) => {
                    self.merged(into, from, &at, &written, all);
                }
                (Some(Value::Array(into)), Value::Array(from)) => {
                    let places =
                        (0..from.len()).map(|item| (at.child(into.len() + item), written.child(item)));
                    all.extend(places.map(|(at, written)| self.inserted(&at, &written)));
                }
                _ => all.push(self.inserted(&at, &written)),
            }
        }
    }
}

/// Shows what is said about nodes that were brought in where they are written, and names the rules that touched others; the rule
/// that came last decides.
pub(crate) fn attribute(all: &[Provenance], sink: &mut Sink) {
    let mut rules: HashMap<&Pointer, Vec<&Provenance>> = HashMap::new();
    for one in all {
        rules.entry(&one.at).or_default().push(one);
    }
    sink.each(|diagnostic| {
        if rules.is_empty() || diagnostic.primary.file != File::Document || diagnostic.primary.span.is_some()
        {
            return;
        }
        let at = diagnostic.primary.at.clone();
        for above in at.upwards() {
            let last = |kind: EditKind| rules.get(&above)?.iter().rfind(|one| one.kind == kind).copied();
            let named = |one: &Provenance| Label::new(one.file, &one.written, Part::Value, one.note.as_str());
            if let Some(one) = last(EditKind::Removed).filter(|_| above == at) {
                diagnostic.secondary.push(named(one));
            }
            if let Some(one) = last(EditKind::Renamed) {
                diagnostic.secondary.push(named(one));
            }
            if let Some(one) = last(EditKind::Inserted) {
                let rest = &at.as_str()[above.as_str().len()..];
                diagnostic.primary.file = one.file;
                diagnostic.primary.at = Pointer::from(format!("{}{rest}", one.written.as_str()).as_str());
                diagnostic.secondary.push(Label::new(File::Document, &one.at, Part::Key, one.note.as_str()));
                break;
            }
        }
    });
}
