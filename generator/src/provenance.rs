//! Keeps which nodes an overlay or a fixup inserted, renamed or removed entries from, and where the edit is
//! written.
//!
//! Diagnostics on inserted nodes point at the overlay or fixup.

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::diag::{File, Label, Sink, Underline};
use crate::pointer::Pointer;
use crate::tree::Tree;

/// An edit of a node by an overlay or a fixup.
#[derive(Debug)]
pub(crate) struct Provenance {
    /// The pointer of the node in the original document.
    pub(crate) at: Pointer,
    pub(crate) kind: EditKind,
    /// The text that holds the edit, and the pointer of the edit in it.
    pub(crate) file: File,
    pub(crate) written: Pointer,
    /// The text of the label at the other location.
    pub(crate) note: String,
}

/// The kind of an edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EditKind {
    /// The node was inserted, with everything in it.
    Inserted,
    /// The node was given another key.
    Renamed,
    /// A property or an item of the node was removed.
    Removed,
}

/// The overlay or fixup that makes an edit.
#[derive(Clone, Copy)]
pub(crate) struct EditSource<'a> {
    pub(crate) file: File,
    /// The name to show in reports.
    pub(crate) name: &'a str,
}

impl EditSource<'_> {
    pub(crate) fn inserted(self, at: &Pointer, written: &Pointer) -> Provenance {
        self.edit(EditKind::Inserted, at, written, format!("inserted here by {}", self.name))
    }

    /// Records a removal, which is shown at the parent of the removed node.
    pub(crate) fn removed(self, tree: &Tree, at: &Pointer, written: &Pointer) -> Provenance {
        let note = format!("{} removed `{}` from it", self.name, at.keys().last().unwrap_or_default());
        self.edit(EditKind::Removed, &tree.moves.origin(&at.parent()), written, note)
    }

    pub(crate) fn edit(self, kind: EditKind, at: &Pointer, written: &Pointer, note: String) -> Provenance {
        Provenance { at: at.clone(), kind, file: self.file, written: written.clone(), note }
    }

    /// Records the nodes that are inserted when `from`, written at `written`, is merged into the object at
    /// `at`.
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

/// Finds the text and the place in it that hold a node, if an edit inserted it.
pub(crate) fn inserted(all: &[Provenance]) -> impl Fn(&Pointer) -> Option<(File, Pointer)> {
    let edits = all.iter().filter(|one| one.kind == EditKind::Inserted);
    // The last edit of a node counts.
    let edits: HashMap<&Pointer, &Provenance> = edits.map(|one| (&one.at, one)).collect();
    move |at| {
        let above = at.upwards().find(|above| edits.contains_key(above))?;
        let rest = &at.as_str()[above.as_str().len()..];
        let one = edits[&above];
        Some((one.file, Pointer::from(format!("{}{rest}", one.written.as_str()).as_str())))
    }
}

/// Moves diagnostics on inserted nodes to the edit, and labels those on other edited nodes. The last edit of
/// a node counts.
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
            let named =
                |one: &Provenance| Label::new(one.file, &one.written, Underline::Value, one.note.as_str());
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
                diagnostic.secondary.push(Label::new(
                    File::Document,
                    &one.at,
                    Underline::Key,
                    one.note.as_str(),
                ));
                break;
            }
        }
    });
}
