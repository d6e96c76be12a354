//! Collects the diagnostics of all stages.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Code, Cut, Diagnostic, File, Label, Severity};
use crate::pointer::Pointer;

/// The level of a diagnostic code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LintLevel {
    /// Not shown.
    Allow,
    /// A warning.
    Warn,
    /// An error.
    Deny,
}

/// The strictness of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Strictness {
    /// Each code has its own level, or the one in `[lints]`.
    #[default]
    Default,
    /// Codes that `[lints]` denies are warnings.
    KeepGoing,
    /// Warnings are errors, except those that `[lints]` allows.
    Strict,
}

/// A collector of diagnostics, which applies lint levels.
#[derive(Debug, Default)]
pub struct Sink {
    found: Vec<Diagnostic>,
    allowed: BTreeMap<Code, usize>,
    forgiving: bool,
    lints: BTreeMap<String, LintLevel>,
    strictness: Strictness,
    rewrites: HashMap<Pointer, &'static str>,
    cut: Option<Cut>,
}

impl Sink {
    /// Makes an empty sink.
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes an empty sink for documents that `sdk.toml` was not written for: entries that match nothing are
    /// warnings.
    pub fn forgiving() -> Self {
        Self { forgiving: true, ..Self::default() }
    }

    /// Sets the lint levels. A code that is made a warning is one at once, so that stages go on; allowed and
    /// denied codes are applied at the end ([`Sink::apply_levels`]), so that one run finds everything.
    pub(crate) fn set_levels(&mut self, lints: &BTreeMap<String, LintLevel>, strictness: Strictness) {
        self.lints = lints.clone();
        self.strictness = strictness;
    }

    /// Adds a diagnostic.
    pub fn report(&mut self, mut diagnostic: Diagnostic) {
        if self.level(diagnostic.code) != LintLevel::Deny {
            diagnostic.severity = Severity::Warning;
        }
        self.found.push(diagnostic);
    }

    /// Returns the pointers of diagnostics with this code, and of all their ancestors.
    pub(crate) fn pointers_above(&self, code: Code) -> HashSet<Pointer> {
        self.found.iter().filter(|one| one.code == code).flat_map(|one| one.primary.at.upwards()).collect()
    }

    /// Returns the diagnostics so far.
    pub(crate) fn found(&self) -> &[Diagnostic] {
        &self.found
    }

    /// Changes each diagnostic so far.
    pub(crate) fn each(&mut self, change: impl FnMut(&mut Diagnostic)) {
        self.found.iter_mut().for_each(change);
    }

    /// Sets the rewrites that were applied to nodes of the original document.
    pub(crate) fn set_rewrites(&mut self, rewrites: HashMap<Pointer, &'static str>) {
        self.rewrites = rewrites;
    }

    /// Adds a note on the nearest rewrite to each diagnostic below it, except to reports of the rewrite
    /// itself.
    pub(crate) fn note_rewrites(&mut self) {
        let rules = std::mem::take(&mut self.rewrites);
        let about = |one: &&mut Diagnostic| one.primary.file == File::Document && one.primary.span.is_none();
        for one in self.found.iter_mut().filter(about).filter(|_| !rules.is_empty()) {
            let rewritten = one.primary.at.upwards().find_map(|at| Some((rules.get(&at)?, at)));
            if let Some((rule, at)) = rewritten
                && !(at == one.primary.at && one.code == Code::Sloppy)
            {
                one.notes.push(format!("rewritten: {rule}"));
            }
        }
    }

    /// Sets where the document ends too early.
    pub(crate) fn set_cut(&mut self, cut: Cut) {
        self.cut = Some(cut);
    }

    /// Removes the reports that the missing end of the document may explain.
    pub(crate) fn forget_cut(&mut self) {
        if let Some(cut) = self.cut.take() {
            self.found.retain(|diagnostic| !cut.explains(diagnostic));
        }
    }

    /// Returns whether an error was reported.
    pub fn has_errors(&self) -> bool {
        self.found.iter().any(|d| d.severity == Severity::Error)
    }

    /// Returns the level of a code. Errors of the whole document cannot be lowered.
    fn level(&self, code: Code) -> LintLevel {
        if self.forgiving && is_stale_entry(code) {
            return LintLevel::Warn;
        }
        let own = match code.severity() {
            Severity::Error => return LintLevel::Deny,
            Severity::Warning if code.is_quiet() => LintLevel::Allow,
            Severity::Warning => LintLevel::Warn,
        };
        match self.lints.get(code.as_str()) {
            // `--keep-going` takes precedence over the file.
            Some(LintLevel::Deny) if self.strictness == Strictness::KeepGoing => LintLevel::Warn,
            Some(level) => *level,
            None => own,
        }
    }

    /// Applies the lint levels: allowed diagnostics are counted and removed, denied ones become errors.
    pub(crate) fn apply_levels(&mut self) {
        let mut found = std::mem::take(&mut self.found);
        found.retain_mut(|diagnostic| {
            match self.level(diagnostic.code) {
                LintLevel::Allow => {
                    *self.allowed.entry(diagnostic.code).or_default() += 1;
                    return false;
                }
                LintLevel::Warn if self.strictness != Strictness::Strict => {}
                LintLevel::Warn | LintLevel::Deny => diagnostic.severity = Severity::Error,
            }
            true
        });
        self.found = found;
    }

    /// Returns the number of diagnostics so far.
    pub(crate) fn count(&self) -> usize {
        self.found.len()
    }

    /// Removes all diagnostics from this index on.
    pub(crate) fn forget(&mut self, from: usize) {
        self.found.truncate(from);
    }

    /// Sets, for all diagnostics from this index on, the file and pointer where their nodes are written.
    pub(crate) fn map_to_files(&mut self, from: usize, written: impl Fn(&Pointer) -> Option<(u16, Pointer)>) {
        let map = |label: &mut Label| {
            if label.file == File::Document && label.span.is_none() && label.written.is_none() {
                label.written = written(&label.at);
            }
        };
        for diagnostic in self.found.iter_mut().skip(from) {
            map(&mut diagnostic.primary);
            diagnostic.secondary.iter_mut().for_each(map);
        }
    }

    /// Returns the number of allowed diagnostics by code.
    pub fn allowed(&self) -> &BTreeMap<Code, usize> {
        &self.allowed
    }

    /// Returns all diagnostics in the order of their reports, without duplicates.
    pub fn finish(self) -> Vec<Diagnostic> {
        let mut seen = HashSet::new();
        let mut found = self.found;
        let keep: Vec<bool> = found.iter().map(|diagnostic| seen.insert(diagnostic)).collect();
        let mut keep = keep.into_iter();
        found.retain(|_| keep.next().unwrap_or(true));
        found
    }
}

/// Returns whether a code reports an entry of `sdk.toml` that matches nothing.
fn is_stale_entry(code: Code) -> bool {
    matches!(code, Code::ConfigTarget | Code::FixupUnused)
}
