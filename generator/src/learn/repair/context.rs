//! What the files of the repairs share: the fixups of a round, and how they are added.

use serde_json::{Map, Value};

use crate::config::FixupAction;
use crate::learn::collect::Found;
use crate::learn::toml::is_writable;
use crate::pointer::Pointer;

/// Values or properties of one node from which on it is not a list of them.
pub(super) const MOST_NEW: usize = 40;

/// A fixup, and the findings that it repairs, by index.
#[derive(Clone, Debug)]
pub(in crate::learn) struct Fix {
    pub(in crate::learn) at: Pointer,
    pub(in crate::learn) action: FixupAction,
    pub(in crate::learn) causes: Vec<usize>,
}

/// The fixups of a round.
pub(super) struct Repairs<'a> {
    pub(super) root: &'a Value,
    pub(super) is_30: bool,
    pub(super) origin: &'a dyn Fn(&Pointer) -> Pointer,
    pub(super) count: &'a dyn Fn(&Pointer) -> usize,
    pub(super) fixes: Vec<Fix>,
    /// Names of components that are added.
    pub(super) names: Vec<String>,
}

impl Repairs<'_> {
    /// The node at a pointer of the edited document.
    pub(super) fn node(&self, at: &Pointer) -> Option<&Value> {
        self.root.pointer(at.as_str())
    }

    pub(super) fn object(&self, at: &Pointer) -> Option<&Map<String, Value>> {
        self.node(at)?.as_object()
    }

    /// Adds a fixup that sets a node, unless it would touch another of this round.
    pub(super) fn set(&mut self, at: Pointer, value: Value, causes: Vec<usize>) -> bool {
        if !is_writable(&value) || self.node(&at) == Some(&value) {
            return false;
        }
        self.push(at, FixupAction::Set(value), causes)
    }

    pub(super) fn remove(&mut self, at: Pointer, causes: Vec<usize>) -> bool {
        self.node(&at).is_some() && self.push(at, FixupAction::Remove, causes)
    }

    fn push(&mut self, at: Pointer, action: FixupAction, causes: Vec<usize>) -> bool {
        let is_append = |at: &Pointer| at.as_str().ends_with("/-");
        let touches = |fix: &Fix| match fix.at == at {
            true => !is_append(&at),
            false => is_above(&fix.at, &at) || is_above(&at, &fix.at),
        };
        // The parent must be there: what an earlier fixup of this round adds is not known yet.
        if self.fixes.iter().any(touches) || self.node(&at.parent()).is_none() {
            return false;
        }
        self.fixes.push(Fix { at, action, causes });
        true
    }

    /// Sets a schema to itself or another one.
    pub(super) fn widen(&mut self, at: &Pointer, alternatives: Vec<Value>, causes: Vec<usize>) -> bool {
        let Some(node) = self.node(at) else { return false };
        let mut branches = vec![node.clone()];
        branches.extend(alternatives);
        let widened = Value::Object(Map::from_iter([("anyOf".to_owned(), Value::Array(branches))]));
        self.set(at.clone(), widened, causes)
    }
}

/// Whether a pointer is that of a node above another.
fn is_above(above: &Pointer, at: &Pointer) -> bool {
    at.as_str().strip_prefix(above.as_str()).is_some_and(|rest| rest.starts_with('/'))
}

pub(super) fn causes(group: &[(usize, &Found)]) -> Vec<usize> {
    group.iter().map(|(index, _)| *index).collect()
}
