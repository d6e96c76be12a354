//! Where the stages put what they find.

use std::collections::{BTreeMap, HashSet};

use super::{Code, Diagnostic, Severity};
use crate::config::LintLevel;
use crate::pointer::Pointer;

/// Collects what the stages find.
#[derive(Debug, Default)]
pub struct Sink {
    found: Vec<Diagnostic>,
    allowed: BTreeMap<Code, usize>,
}

impl Sink {
    /// An empty sink.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a diagnostic.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// Whether something of this kind was reported at this place of the document, or inside of it.
    pub(crate) fn has(&self, code: Code, at: &Pointer) -> bool {
        let inside = |place: &Pointer| {
            place
                .as_str()
                .strip_prefix(at.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.found.iter().any(|d| d.code == code && inside(&d.primary.at))
    }

    /// Changes what was found so far.
    pub(crate) fn each(&mut self, change: impl FnMut(&mut Diagnostic)) {
        self.found.iter_mut().for_each(change);
    }

    /// Whether an error was reported.
    pub fn has_errors(&self) -> bool {
        self.found.iter().any(|d| d.severity == Severity::Error)
    }

    /// Applies the `[lints]` of `sdk.toml` to what was found so far: allowed kinds are counted and left out, denied ones
    /// become errors. Kinds that are errors by themselves stay so: without output there is nothing to allow.
    pub fn apply(&mut self, lints: &BTreeMap<String, LintLevel>) {
        let level = |code: Code| match code.severity() {
            Severity::Error => LintLevel::Deny,
            Severity::Warning => lints.get(code.as_str()).copied().unwrap_or(LintLevel::Warn),
        };
        self.found.retain_mut(|diagnostic| {
            match level(diagnostic.code) {
                LintLevel::Allow => {
                    *self.allowed.entry(diagnostic.code).or_default() += 1;
                    return false;
                }
                LintLevel::Warn => {}
                LintLevel::Deny => diagnostic.severity = Severity::Error,
            }
            true
        });
    }

    /// How many of which kind were left out because `sdk.toml` allows them.
    pub fn allowed(&self) -> &BTreeMap<Code, usize> {
        &self.allowed
    }

    /// Everything found, in the order it was reported, each once.
    pub fn finish(self) -> Vec<Diagnostic> {
        let mut seen = HashSet::new();
        let mut found = self.found;
        let keep: Vec<bool> = found.iter().map(|diagnostic| seen.insert(diagnostic)).collect();
        let mut keep = keep.into_iter();
        found.retain(|_| keep.next().unwrap_or(true));
        found
    }
}
