//! What became of the nodes of a document.

use std::collections::BTreeMap;

/// What became of the nodes of a document.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// How many nodes there are: every value, whatever it is; counted without knowing anything of OpenAPI.
    pub nodes: usize,
    /// What became of them, summed over all rows.
    pub total: Count,
    /// By kind of object and keyword, each node with the nearest keyword above it.
    pub rows: BTreeMap<(&'static str, String), Row>,
    /// Places of nodes that are unaccounted for, as JSON pointers.
    pub unaccounted: Vec<String>,
    /// Places that became `serde_json::Value`, as JSON pointers, each with the reason.
    pub untyped: Vec<(String, String)>,
}

/// Nodes by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// They have an effect on the code, or could have.
    pub used: usize,
    /// They have none, or not the one they should have, and a diagnostic says so.
    pub recorded: usize,
    /// They have none, for a reason that holds for all documents.
    pub ignored: usize,
    /// None of these.
    pub unaccounted: usize,
}

/// What became of the nodes of a keyword.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// How many of which class.
    pub count: Count,
    /// Reasons of what is recorded (the code of the diagnostic) or ignored (a sentence), with their numbers.
    pub reasons: BTreeMap<String, usize>,
}

impl Ledger {
    /// Nodes that no class has: those unaccounted for, and those the classes do not sum up to.
    pub fn missing(&self) -> usize {
        let Count { used, recorded, ignored, .. } = self.total;
        self.nodes.saturating_sub(used + recorded + ignored)
    }

    /// Reasons for `serde_json::Value`, each with its places; the most frequent first.
    pub fn untyped_by_reason(&self) -> Vec<(&str, Vec<&str>)> {
        untyped(&self.untyped)
    }
}

/// Places grouped by their reason; the most frequent first.
fn untyped(untyped: &[(String, String)]) -> Vec<(&str, Vec<&str>)> {
    let mut groups: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (at, reason) in untyped {
        groups.entry(reason).or_default().push(at);
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(_, places)| std::cmp::Reverse(places.len()));
    groups
}
