//! Inserts problems into documents at known locations, to test diagnostics.
//!
//! In: a document as JSON, a seed. Out: the document with many problems at once, as text, and for each of
//! them its kind and the lines and columns where a report may point. Must not know the generator: the
//! locations come from the writer of the text, and the expected codes are lists.

mod apply;
mod kinds;
mod score;
mod sites;
mod syntax_errors;

mod write;

pub use kinds::KINDS;
pub use score::{Said, Score, score};
pub use sites::On;
pub use syntax_errors::{SyntaxError, insert_syntax_errors};

pub use write::{Form, Place, Written, write};

use serde_json::Value;

use crate::mutate_diff::random;

/// A kind of problem.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// What it is.
    pub name: &'static str,
    /// Where it can be.
    pub on: On,
    /// What the place must be like: `key`, `!key`, `key=text`, `3.0`, `3.1`, with spaces between.
    needs: &'static str,
    /// The change.
    change: Change,
    /// The codes that a report of it may have.
    pub codes: &'static [&'static str],
}

/// How a place is broken.
#[derive(Clone, Copy, Debug)]
enum Change {
    /// A member gets this value, as JSON; `@` in it becomes a number that is used once.
    Set(&'static str, &'static str),
    /// A member gets another name.
    Rename(&'static str, &'static str),
    /// A member is taken out.
    Remove(&'static str),
    /// The node itself becomes this value, as JSON.
    Become(&'static str),
    /// Something else; gives back pointers of where it may be reported.
    Other(apply::Other),
}

/// An inserted problem.
#[derive(Clone, Debug)]
pub struct Broken {
    /// What it is.
    pub kind: &'static Kind,
    /// The node that was broken.
    pub at: String,
    /// Pointers of the nodes at which a report may point.
    pub places: Vec<String>,
}

/// Inserts `each` problems of each kind, as far as the document has locations for them. No problem is inside
/// another.
pub fn insert(root: &mut Value, each: usize, seed: &mut u64) -> Vec<Broken> {
    let sites = sites::sites(root);
    let mut taken: Vec<String> = Vec::new();
    let mut inserted = Vec::new();
    for kind in KINDS.iter().copied().flatten() {
        let fitting: Vec<&String> = sites.iter().filter(|(on, _)| *on == kind.on).map(|(_, at)| at).collect();
        let mut done = 0;
        // As many attempts as are likely to find what there is, not all of a large document.
        for _ in 0..fitting.len().min(400) {
            if done == each {
                break;
            }
            let at = fitting[random(seed, fitting.len())];
            let free =
                !taken.iter().any(|other| within(at, other) || !kind.is_shallow() && within(other, at));
            let number = inserted.len() + 1;
            if !free || !apply::fits(root, at, kind.needs) {
                continue;
            }
            let Some(places) = apply::apply(root, at, kind.change, number) else { continue };
            taken.extend(kind.claims(at));
            inserted.push(Broken { kind, at: at.clone(), places });
            done += 1;
        }
    }
    inserted
}

impl Kind {
    /// Whether a report of what is inside the node is not lost by it.
    fn is_shallow(&self) -> bool {
        matches!(self.on, On::Root | On::Components | On::Paths | On::Schemas | On::Schemes | On::Responses)
    }

    /// Nodes in which no other problem is inserted.
    fn claims(&self, at: &str) -> Vec<String> {
        if self.is_shallow() { Vec::new() } else { vec![at.to_owned()] }
    }
}

/// Whether a pointer is another one or leads into it.
pub(crate) fn within(at: &str, outer: &str) -> bool {
    at.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
