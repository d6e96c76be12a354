//! What the walk over a document carries along: what it knows of nodes, and how it reports.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::identity::Names;
use super::keyword::{Effect, Keyword, ObjectKind, Since};
use crate::diag::{Code, Diagnostic, Sink};
use crate::pointer::{Path, Pointer};
use crate::tree::{Facts, Mark, Moves, kind_of};

/// A schema of `$defs` on its way to the components.
#[derive(Debug)]
pub(super) struct Definition {
    pub(super) name: String,
    pub(super) schema: Value,
}

/// What the walk carries along.
pub(super) struct Cx<'s> {
    pub(super) sink: &'s mut Sink,
    /// Where nodes of the tree as it is now stood in the original document.
    pub(super) moves: Moves,
    /// What is known of nodes beyond what the document says.
    pub(super) marks: Facts<Mark>,
    /// Schemas whose keywords are rewritten already, and that were not walked yet.
    pub(super) settled: Facts<()>,
    /// The opposite, for references: where nodes of the original document stand now.
    pub(super) moved: HashMap<Pointer, Pointer>,
    /// References to something else than a component, by the place of their text.
    pub(super) odd_refs: Vec<Pointer>,
    /// References in the place of a schema to components that have one, by the place of their text.
    pub(super) part_refs: Vec<Pointer>,
    /// What schemas are called by themselves.
    pub(super) names: Names,
    /// Schemas that are to become components.
    pub(super) definitions: Vec<Definition>,
    /// Names of schemas that are components, or will be.
    pub(super) schema_names: HashSet<String>,
    /// `components.mediaTypes` as they are written.
    pub(super) media_types: Map<String, Value>,
    /// How many nodes the copies of them have that were put in place.
    pub(super) copied: usize,
    /// By what rule nodes of the original document were moved.
    pub(super) rules: HashMap<Pointer, &'static str>,
    /// OpenAPI 3.1 or later.
    pub(super) modern: bool,
    /// The version of OpenAPI that the document says it is of.
    pub(super) version: Since,
    /// Keywords of later versions that were reported already.
    pub(super) ahead: HashSet<&'static str>,
    /// What was reported already.
    pub(super) said: HashSet<(Code, Pointer, String)>,
}

impl<'s> Cx<'s> {
    pub(super) fn new(root: &Value, moves: Moves, marks: Facts<Mark>, sink: &'s mut Sink) -> Self {
        let schemas = root.pointer("/components/schemas").and_then(Value::as_object);
        let media_types = root.pointer("/components/mediaTypes").and_then(Value::as_object);
        let version = root.get("openapi").and_then(Value::as_str).unwrap_or_default();
        Self {
            sink,
            moves,
            marks,
            settled: Facts::default(),
            moved: HashMap::new(),
            odd_refs: Vec::new(),
            part_refs: Vec::new(),
            names: Names::new(root),
            definitions: Vec::new(),
            schema_names: schemas.into_iter().flatten().map(|(name, _)| name.clone()).collect(),
            media_types: media_types.cloned().unwrap_or_default(),
            copied: 0,
            rules: HashMap::new(),
            modern: version.starts_with("3.") && !version.starts_with("3.0"),
            version: Since::of(version),
            ahead: HashSet::new(),
            said: HashSet::new(),
        }
    }

    /// Reports a keyword or value that is not used.
    pub(super) fn ignored(&mut self, at: &Path<'_>, message: String, help: &str) {
        self.note(Code::KeywordIgnored, at, message, help);
    }

    /// Reports a keyword without effect.
    pub(super) fn no_effect(&mut self, key: &str, remark: &str, why: &str, at: &Path<'_>) {
        self.ignored(at, format!("`{key}`{remark} has no effect: {why}"), "");
    }

    /// Takes a keyword out of an object and reports that it has no effect there.
    pub(super) fn drop_keyword(
        &mut self,
        map: &mut Map<String, Value>,
        key: &str,
        why: &str,
        path: &Path<'_>,
    ) {
        if map.contains_key(key) {
            self.no_effect(key, "", why, &path.key(key));
            map.shift_remove(key);
        }
    }

    /// Reports a keyword that is in no table.
    pub(super) fn unknown(&mut self, kind: ObjectKind, key: &str, at: &Path<'_>) {
        let message = format!("`{key}` is not a keyword of {}, and has no effect", kind.describe());
        let help = match nearest(kind, key) {
            Some(name) => format!("did you mean `{name}`?"),
            None => format!("remove it, or rename it to `x-{key}`"),
        };
        self.note(Code::KeywordUnknown, at, message, &help);
    }

    /// Reports something that is not allowed, but was read as meant.
    pub(super) fn sloppy(&mut self, at: &Path<'_>, message: String, help: &str) {
        self.note(Code::Sloppy, at, message, help);
    }

    /// The same, where the value is odd and not its being there.
    pub(super) fn sloppy_value(&mut self, at: &Path<'_>, message: String, help: &str) {
        let diagnostic = Diagnostic::new(Code::Sloppy, &self.origin(at), message).help(help);
        self.report(diagnostic);
    }

    /// Reports a value of the wrong type or shape.
    pub(super) fn wrong(&mut self, at: &Path<'_>, expected: &str, found: &Value) {
        let message = format!("{} must be {expected}, but is {}", at.name(), kind_of(found));
        let diagnostic = Diagnostic::new(Code::WrongShape, &self.origin(at), message)
            .label(format!("expected {expected}"))
            .help(format!("it is ignored; replace it with {expected}, or remove it"));
        self.report(diagnostic);
    }

    /// Reports a keyword that a later version of OpenAPI brought, once for the document. One that is ignored is reported anyway.
    pub(super) fn keyword_ahead(&mut self, keyword: &'static Keyword, at: &Path<'_>) {
        let done = match keyword.effect {
            Effect::Ignored(_) | Effect::Stashed(..) | Effect::Lost(_) => return,
            Effect::Silent(_) => "it has no effect",
            Effect::Used | Effect::Rewritten(_) => "it is read nevertheless",
        };
        self.ahead(keyword.name, keyword.since, done, at);
    }

    /// Reports something of a later version of OpenAPI, once for the document.
    pub(super) fn ahead(&mut self, what: &'static str, since: Since, done: &str, at: &Path<'_>) {
        if since > self.version && since <= Since::V32 && self.ahead.insert(what) {
            let (new, old) = (since.number(), self.version.number());
            let message = format!("`{what}` needs OpenAPI {new}, but the document is {old}");
            self.sloppy(at, message, &format!("{done}; change the version to `{new}.0`, or remove it"));
        }
    }

    pub(super) fn note(&mut self, code: Code, at: &Path<'_>, message: String, help: &str) {
        let mut diagnostic = Diagnostic::new(code, &self.origin(at), message).at_key();
        if !help.is_empty() {
            diagnostic = diagnostic.help(help);
        }
        self.report(diagnostic);
    }

    /// Reports something, once for each place of the original document, however many copies there are of it.
    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        let said = (diagnostic.code, diagnostic.primary.at.clone(), diagnostic.message.clone());
        if self.said.insert(said) {
            self.sink.report(diagnostic);
        }
    }

    /// Where a node stood in the original document.
    pub(super) fn origin(&self, at: &Path<'_>) -> Pointer {
        self.moves.origin(&at.pointer())
    }

    /// Remembers that a node is moved within the tree.
    pub(super) fn carry(&mut self, from: &Pointer, to: &Pointer) -> Pointer {
        self.marks.carry(from, to);
        self.settled.carry(from, to);
        let old = self.moves.carry(from, to);
        self.moved.insert(old.clone(), to.clone());
        old
    }

    /// Forgets what is known of a node that goes.
    pub(super) fn forget(&mut self, at: &Pointer) {
        self.marks.remove(at);
        self.settled.remove(at);
    }

    /// Tells later stages something of a node that the document cannot say.
    pub(super) fn mark(&mut self, at: &Path<'_>, mark: Mark) {
        self.marks.insert(&at.pointer(), mark);
    }

    /// What is known of a node; also what an earlier run left.
    pub(super) fn marked(&self, at: &Path<'_>) -> Option<Mark> {
        self.marks.get(&at.pointer()).copied()
    }

    /// The same where it is more than a shift: what is said of the node names the rule.
    pub(super) fn rewrite(&mut self, from: &Pointer, to: &Pointer, rule: &'static str) {
        let old = self.carry(from, to);
        self.rules.insert(old, rule);
    }

    /// Remembers the rule by which something is made of a node that goes.
    pub(super) fn touched(&mut self, at: &Path<'_>, rule: &'static str) {
        self.rules.insert(self.origin(at), rule);
    }

    /// Remembers that a node is made of the one at `of`, which stays.
    pub(super) fn made(&mut self, new: Pointer, of: &Path<'_>) {
        let old = self.origin(of);
        self.moves.record(new, old);
    }
}

/// The keyword that was probably meant: the same letters, or at most two of them wrong.
fn nearest(kind: ObjectKind, key: &str) -> Option<&'static str> {
    let plain = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).take(40).collect()
    };
    let wanted = plain(key);
    if wanted.chars().count() > 24 {
        return None;
    }
    let close = if wanted.chars().count() < 5 { 1 } else { 2 };
    kind.keywords()
        .iter()
        .filter(|row| row.name.len().abs_diff(wanted.len()) <= close + 1)
        .map(|row| (strsim::osa_distance(&wanted, &plain(row.name)), row.name))
        .filter(|(far, _)| *far <= close)
        .min()
        .map(|(_, name)| name)
}
