//! Finds the bytes of JSON pointers in a source, by a second scan that is only made when a report is shown.
//!
//! In: a text that was parsed before, and pointers into it. Out: the spans of the key and the value of each.
//! One scan finds all pointers of a run. Knows texts only: no tree, no diagnostics.
//!
//! JSON is scanned here, since only strings and brackets matter. YAML is parsed with `saphyr-parser`, the
//! maintained YAML parser that reports positions (`serde_yaml`, which reads the tree, does not). The `toml`
//! crate reports spans.

use std::collections::HashMap;

use crate::pointer::Pointer;

pub use scan::locate;

mod json;
mod scan;
#[cfg(test)]
mod tests;
mod toml;
mod yaml;

/// A range of bytes of [`Source::body`](crate::source::Source::body).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Span {
    /// Makes a span from `start` to `end`, exclusive.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start) }
    }
}

/// The location of a node in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Location {
    /// The span of the key, with quotes; array items and the root have none.
    pub key: Option<Span>,
    /// The span of the second occurrence of the key, if any.
    pub repeated: Option<Span>,
    /// The span of the value.
    pub value: Span,
    /// Whether this is the node itself, or else its nearest existing ancestor.
    pub exact: bool,
}

impl Location {
    fn new(key: Option<Span>, value: Span) -> Self {
        Self { key, repeated: None, value, exact: true }
    }
}

/// The wanted pointers, as a tree; node 0 is the root of the document.
struct Wanted {
    nodes: Vec<WantedNode>,
}

#[derive(Default)]
struct WantedNode {
    parent: usize,
    children: HashMap<String, usize>,
    location: Option<Location>,
}

impl Default for Wanted {
    fn default() -> Self {
        Self { nodes: vec![WantedNode::default()] }
    }
}

impl Wanted {
    fn add(&mut self, pointer: &Pointer) -> usize {
        let mut at = 0;
        for key in pointer.keys() {
            let next = self.nodes.len();
            let id = *self.nodes[at].children.entry(key).or_insert(next);
            if id == next {
                self.nodes.push(WantedNode { parent: at, ..WantedNode::default() });
            }
            at = id;
        }
        at
    }

    /// Returns the wanted child of `at` with this key.
    fn child(&self, at: usize, key: &str) -> Option<usize> {
        self.nodes[at].children.get(key).copied()
    }

    /// Returns whether a descendant of `at` is wanted.
    fn inner(&self, at: usize) -> bool {
        !self.nodes[at].children.is_empty()
    }

    fn has(&self, at: usize) -> bool {
        self.nodes[at].location.is_some()
    }

    fn found(&mut self, at: usize, location: Location) {
        match &mut self.nodes[at].location {
            Some(old) => old.repeated = old.repeated.or(location.key),
            empty @ None => *empty = Some(location),
        }
    }

    /// Returns the location of a node, or of its nearest located ancestor.
    fn location(&self, id: usize) -> Option<Location> {
        let mut at = id;
        loop {
            match self.nodes[at].location {
                Some(location) => return Some(Location { exact: at == id, ..location }),
                None if at == 0 => return None,
                None => at = self.nodes[at].parent,
            }
        }
    }
}
