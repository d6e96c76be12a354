//! The document as an ordered JSON tree that remembers where its nodes came from.

use std::collections::HashMap;

use serde_json::Value;

use crate::pointer::Pointer;

/// An ordered JSON value, and where moved nodes stood in the original document.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// The document.
    pub root: Value,
    /// Where rewritten nodes came from.
    pub moves: Moves,
}

/// Maps places in the rewritten tree to places in the original document.
#[derive(Clone, Debug, Default)]
pub struct Moves(HashMap<Pointer, Pointer>);

impl Moves {
    /// The node now at `new` (and all below it) came from `old`, a place in the original document.
    pub fn record(&mut self, new: Pointer, old: Pointer) {
        if new != old {
            self.0.insert(new, old);
        }
    }

    /// Where the node at `at` stood in the original document: the longest recorded prefix decides.
    pub fn origin(&self, at: &Pointer) -> Pointer {
        let mut cut = at.as_str().len();
        while !self.0.is_empty() {
            let prefix = &at.as_str()[..cut];
            if let Some(old) = self.0.get(&Pointer::from(prefix)) {
                return Pointer::from(format!("{}{}", old.as_str(), &at.as_str()[cut..]).as_str());
            }
            match prefix.rfind('/') {
                Some(slash) => cut = slash,
                None => break,
            }
        }
        at.clone()
    }
}
