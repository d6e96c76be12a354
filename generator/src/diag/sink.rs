//! Where the stages put what they find.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Code, Diagnostic, File, Label, Severity};
use crate::config::LintLevel;
use crate::pointer::Pointer;

/// How strict a run is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Strictness {
    /// Each kind of problem is as bad as it is by itself, or as `[lints]` says.
    #[default]
    Default,
    /// What `[lints]` denies is a warning.
    KeepGoing,
    /// Warnings are errors, except those that `[lints]` allows.
    Strict,
}

/// Collects what the stages find.
#[derive(Debug, Default)]
pub struct Sink {
    found: Vec<Diagnostic>,
    allowed: BTreeMap<Code, usize>,
    forgiving: bool,
    lints: BTreeMap<String, LintLevel>,
    strictness: Strictness,
    rewrites: HashMap<Pointer, &'static str>,
}

impl Sink {
    /// An empty sink.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty sink for documents that `sdk.toml` was not written for: what it says of places that are not there is no
    /// error.
    pub fn forgiving() -> Self {
        Self { forgiving: true, ..Self::default() }
    }

    /// How bad the kinds of problem are from now on. What is made a warning is one at once, so that the stages go on; what
    /// is allowed or denied shows in the end ([`Sink::apply_levels`]), so that one run finds everything.
    pub(crate) fn set_levels(&mut self, lints: &BTreeMap<String, LintLevel>, strictness: Strictness) {
        self.lints = lints.clone();
        self.strictness = strictness;
    }

    /// Takes a diagnostic.
    pub fn report(&mut self, mut diagnostic: Diagnostic) {
        if self.level(diagnostic.code) != LintLevel::Deny {
            diagnostic.severity = Severity::Warning;
        }
        self.found.push(diagnostic);
    }

    /// The places of the document at which, or inside of which, something of this kind was reported.
    pub(crate) fn pointers_above(&self, code: Code) -> HashSet<Pointer> {
        self.found.iter().filter(|one| one.code == code).flat_map(|one| one.primary.at.upwards()).collect()
    }

    /// What was found so far.
    pub(crate) fn found(&self) -> &[Diagnostic] {
        &self.found
    }

    /// Changes what was found so far.
    pub(crate) fn each(&mut self, change: impl FnMut(&mut Diagnostic)) {
        self.found.iter_mut().for_each(change);
    }

    /// By what rules nodes of the original document were rewritten.
    pub(crate) fn set_rewrites(&mut self, rewrites: HashMap<Pointer, &'static str>) {
        self.rewrites = rewrites;
    }

    /// Names the rule by which the node was rewritten that something was said about; the nearest decides. What was said of the
    /// rewriting itself needs none.
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

    /// Whether an error was reported.
    pub fn has_errors(&self) -> bool {
        self.found.iter().any(|d| d.severity == Severity::Error)
    }

    /// How bad a kind of problem is. Without something to go on with there is nothing to allow.
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
            // What `--keep-going` asks for goes before what the file asks for.
            Some(LintLevel::Deny) if self.strictness == Strictness::KeepGoing => LintLevel::Warn,
            Some(level) => *level,
            None => own,
        }
    }

    /// Applies the levels to what was found: allowed kinds are counted and left out, denied ones become errors.
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

    /// How many were reported so far.
    pub(crate) fn count(&self) -> usize {
        self.found.len()
    }

    /// Forgets all but the first few.
    pub(crate) fn forget(&mut self, from: usize) {
        self.found.truncate(from);
    }

    /// Says of the places of all diagnostics but the first few in which other file they are written, if in one.
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

/// What is reported when `sdk.toml` speaks of a place that the document does not have.
fn is_stale_entry(code: Code) -> bool {
    matches!(code, Code::ConfigTarget | Code::FixupUnused)
}
