//! From JSON pointers to bytes of the source, by a second scan that is made only when a report is shown.
//!
//! In: a text that was read before, and pointers into it. Out: where key and value of each stand. All pointers of a run
//! are found in one scan. This knows texts only: no tree, no diagnostics.
//!
//! JSON is scanned here, since nothing but strings and brackets matters. YAML goes through `saphyr-parser`, the maintained
//! one of the YAML parsers that give a place with each event (`serde_yaml`, which reads the tree, gives none). TOML comes
//! with spans from the `toml` crate.

use std::collections::HashMap;

use crate::pointer::Pointer;
use crate::source::{Format, Source};

mod json;
#[cfg(test)]
mod tests;
mod toml;
mod yaml;

/// Bytes of [`Source::body`], the end not included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
}

impl Span {
    /// From `start` up to, not including, `end`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start) }
    }
}

/// Where a node stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Location {
    /// Its key, with quotes; items and the root have none.
    pub key: Option<Span>,
    /// Its key where the mapping has it a second time.
    pub repeated: Option<Span>,
    /// Its value.
    pub value: Span,
    /// Whether it is the node itself; else it is the nearest one above it that is there.
    pub exact: bool,
}

impl Location {
    fn new(key: Option<Span>, value: Span) -> Self {
        Self { key, repeated: None, value, exact: true }
    }
}

/// Where the nodes at these pointers stand; `None` only where the text cannot be scanned at all.
pub fn locate(source: &Source, pointers: &[&Pointer]) -> Vec<Option<Location>> {
    let mut wanted = Wanted::default();
    let ids: Vec<usize> = pointers.iter().map(|pointer| wanted.add(pointer)).collect();
    match source.format() {
        Format::Json => json::scan(source.body(), &mut wanted),
        Format::Yaml => yaml::scan(source.body(), &mut wanted),
        Format::Toml => toml::scan(source.body(), &mut wanted),
    }
    ids.into_iter().map(|id| wanted.location(id)).collect()
}

/// The pointers that are sought, as a tree; node 0 is the root of the document.
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

    /// The sought node below `at` with this key.
    fn child(&self, at: usize, key: &str) -> Option<usize> {
        self.nodes[at].children.get(key).copied()
    }

    /// Whether something below `at` is sought.
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

    /// The place of a node, or of the nearest above it.
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
