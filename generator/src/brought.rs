//! Nodes that an overlay or a fixup brought into the document, and where they are written.
//!
//! What is said about such a node is shown where somebody can mend it, which is not the document.

use serde_json::{Map, Value};

use crate::diag::{File, Label, Part, Sink};
use crate::pointer::Pointer;

/// A node that was brought in, with all that is in it.
#[derive(Debug)]
pub(crate) struct Brought {
    /// Where it stands in the document now.
    pub(crate) at: Pointer,
    /// The text it is written in, and where.
    pub(crate) file: File,
    pub(crate) written: Pointer,
    /// What to say about its place in the document.
    pub(crate) note: String,
}

/// Where an update comes from.
#[derive(Clone, Copy)]
pub(crate) struct Hand<'a> {
    pub(crate) file: File,
    pub(crate) note: &'a str,
}

impl Hand<'_> {
    pub(crate) fn brought(self, at: &Pointer, written: &Pointer) -> Brought {
        Brought { at: at.clone(), file: self.file, written: written.clone(), note: self.note.to_owned() }
    }

    /// The nodes that merging `from`, written at `written`, into the members at `at` will bring.
    pub(crate) fn merged(
        self,
        into: &Map<String, Value>,
        from: &Map<String, Value>,
        at: &Pointer,
        written: &Pointer,
        all: &mut Vec<Brought>,
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
                    all.extend(places.map(|(at, written)| self.brought(&at, &written)));
                }
                _ => all.push(self.brought(&at, &written)),
            }
        }
    }
}

/// Shows what is said about nodes that were brought in where they are written; the rule that came last decides.
pub(crate) fn attribute(all: &[Brought], sink: &mut Sink) {
    if all.is_empty() {
        return;
    }
    sink.each(|diagnostic| {
        if diagnostic.primary.file != File::Document || diagnostic.primary.span.is_some() {
            return;
        }
        let at = diagnostic.primary.at.as_str().to_owned();
        let way = |one: &Brought| {
            let rest = at.strip_prefix(one.at.as_str())?;
            (rest.is_empty() || rest.starts_with('/')).then(|| rest.to_owned())
        };
        let best = all.iter().filter_map(|one| Some((one, way(one)?)));
        let Some((one, rest)) = best.max_by_key(|(one, _)| one.at.as_str().len()) else { return };
        diagnostic.primary.file = one.file;
        diagnostic.primary.at = Pointer::from(format!("{}{rest}", one.written.as_str()).as_str());
        diagnostic.secondary.push(Label::new(File::Document, &one.at, Part::Key, one.note.as_str()));
    });
}
