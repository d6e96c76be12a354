//! Rewrites a document into the OpenAPI 3.0 shape that the typed reading can hold.
//!
//! In: the tree as loaded and fixed up, OpenAPI 3.0 or 3.1, written with or without care. Out: a tree in normal form,
//! that remembers where its nodes came from; whatever could not be kept is in the sink, keyword by keyword. One walk,
//! which knows what every node is: values of `example`, `default`, `enum` and extensions are data and never looked
//! into. It knows nothing of `openapiv3` but its limits, and nothing of what becomes of a schema.
//!
//! What 3.0 cannot say and a later stage must know keeps its keyword of 3.1 (`prefixItems`, `webhooks`), or is a mark beside
//! the tree; a second run is given the marks of the first. The normal form is idempotent, and the identity on a clean 3.0
//! document. Nodes are changed in place and moved, not copied; the exceptions are path items and media types that several
//! places refer to.

mod document;
mod identity;
pub(crate) mod keyword;
mod leftover;
mod misfit;
mod newer;
pub(crate) mod path;
mod path_item;
mod payload;
mod reference;
mod schema;
mod shape;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::diag::{Code, Diagnostic, Sink};
use crate::pointer::Pointer;
use crate::tree::{Facts, Mark, Moves, Tree};
pub(crate) use keyword::Since;
use keyword::{Effect, Keyword, Kind};
use path::Path;

/// Rewrites the document into normal form.
pub(crate) fn normalize(tree: Tree, sink: &mut Sink) -> Tree {
    let Tree { mut root, moves, marks, lost } = tree;
    let mut cx = Cx::new(&root, moves, marks, sink);
    if !document::node(Kind::Document, &mut root, &Path::root(), &mut cx) {
        root = Value::Object(serde_json::Map::new());
        document::node(Kind::Document, &mut root, &Path::root(), &mut cx);
    }
    reference::place_definitions(&mut root, &mut cx);
    reference::follow_moves(&mut root, &cx);
    leftover::references_to_parts(&mut root, &mut cx);
    cx.sink.set_rewrites(cx.rules);
    Tree { root, moves: cx.moves, marks: cx.marks, lost }
}

/// What the walk carries along.
struct Cx<'s> {
    sink: &'s mut Sink,
    /// Where nodes of the tree as it is now stood in the original document.
    moves: Moves,
    /// What is known of nodes beyond what the document says.
    marks: Facts<Mark>,
    /// Schemas whose keywords are rewritten already, and that were not walked yet.
    settled: Facts<()>,
    /// The opposite, for references: where nodes of the original document stand now.
    moved: HashMap<Pointer, Pointer>,
    /// References to something else than a component, by the place of their text.
    odd_refs: Vec<Pointer>,
    /// References in the place of a schema to components that have one, by the place of their text.
    part_refs: Vec<Pointer>,
    /// What schemas are called by themselves.
    names: identity::Names,
    /// Schemas that are to become components.
    definitions: Vec<reference::Definition>,
    /// Names of schemas that are components, or will be.
    schema_names: HashSet<String>,
    /// `components.mediaTypes` as they are written.
    media_types: serde_json::Map<String, Value>,
    /// How many nodes the copies of them have that were put in place.
    copied: usize,
    /// By what rule nodes of the original document were moved.
    rules: HashMap<Pointer, &'static str>,
    /// OpenAPI 3.1 or later.
    modern: bool,
    /// The version of OpenAPI that the document says it is of.
    version: Since,
    /// Keywords of later versions that were reported already.
    ahead: HashSet<&'static str>,
    /// What was reported already.
    said: HashSet<(Code, Pointer, String)>,
}

impl<'s> Cx<'s> {
    fn new(root: &Value, moves: Moves, marks: Facts<Mark>, sink: &'s mut Sink) -> Self {
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
            names: identity::Names::new(root),
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
    fn ignored(&mut self, at: &Path<'_>, message: String, help: &str) {
        self.note(Code::KeywordIgnored, at, message, help);
    }

    /// Reports something that is not allowed, but was read as meant.
    fn sloppy(&mut self, at: &Path<'_>, message: String, help: &str) {
        self.note(Code::Sloppy, at, message, help);
    }

    /// The same, where the value is odd and not its being there.
    fn sloppy_value(&mut self, at: &Path<'_>, message: String, help: &str) {
        let diagnostic = Diagnostic::new(Code::Sloppy, &self.origin(at), message).help(help);
        self.report(diagnostic);
    }

    /// Reports a value of the wrong type or shape.
    fn wrong(&mut self, at: &Path<'_>, expected: &str, found: &Value) {
        let message = format!("{} must be {expected}, but is {}", at.name(), shape::describe(found));
        let diagnostic = Diagnostic::new(Code::WrongShape, &self.origin(at), message)
            .label(format!("expected {expected}"))
            .help(format!("it is ignored; replace it with {expected}, or remove it"));
        self.report(diagnostic);
    }

    /// Reports a keyword that a later version of OpenAPI brought, once for the document. One that is ignored is reported anyway.
    fn keyword_ahead(&mut self, keyword: &'static Keyword, at: &Path<'_>) {
        let done = match keyword.effect {
            Effect::Ignored(_) | Effect::Aside(..) | Effect::Lost(_) => return,
            Effect::Silent(_) => "it has no effect",
            Effect::Used | Effect::Rewritten(_) => "it is read nevertheless",
        };
        self.ahead(keyword.name, keyword.since, done, at);
    }

    /// Reports something of a later version of OpenAPI, once for the document.
    fn ahead(&mut self, what: &'static str, since: Since, done: &str, at: &Path<'_>) {
        if since > self.version && since <= Since::V32 && self.ahead.insert(what) {
            let (new, old) = (since.number(), self.version.number());
            let message = format!("`{what}` needs OpenAPI {new}, but the document is {old}");
            self.sloppy(at, message, &format!("{done}; change the version to `{new}.0`, or remove it"));
        }
    }

    fn note(&mut self, code: Code, at: &Path<'_>, message: String, help: &str) {
        let mut diagnostic = Diagnostic::new(code, &self.origin(at), message).at_key();
        if !help.is_empty() {
            diagnostic = diagnostic.help(help);
        }
        self.report(diagnostic);
    }

    /// Reports something, once for each place of the original document, however many copies there are of it.
    fn report(&mut self, diagnostic: Diagnostic) {
        let said = (diagnostic.code, diagnostic.primary.at.clone(), diagnostic.message.clone());
        if self.said.insert(said) {
            self.sink.report(diagnostic);
        }
    }

    /// Where a node stood in the original document.
    fn origin(&self, at: &Path<'_>) -> Pointer {
        self.moves.origin(&at.pointer())
    }

    /// Remembers that a node is moved within the tree.
    fn carry(&mut self, from: &Pointer, to: &Pointer) -> Pointer {
        self.marks.carry(from, to);
        self.settled.carry(from, to);
        let old = self.moves.carry(from, to);
        self.moved.insert(old.clone(), to.clone());
        old
    }

    /// Forgets what is known of a node that goes.
    fn forget(&mut self, at: &Pointer) {
        self.marks.remove(at);
        self.settled.remove(at);
    }

    /// Tells later stages something of a node that the document cannot say.
    fn mark(&mut self, at: &Path<'_>, mark: Mark) {
        self.marks.insert(&at.pointer(), mark);
    }

    /// What is known of a node; also what an earlier run left.
    fn marked(&self, at: &Path<'_>) -> Option<Mark> {
        self.marks.get(&at.pointer()).copied()
    }

    /// The same where it is more than a shift: what is said of the node names the rule.
    fn rewrite(&mut self, from: &Pointer, to: &Pointer, rule: &'static str) {
        let old = self.carry(from, to);
        self.rules.insert(old, rule);
    }

    /// Remembers the rule by which something is made of a node that goes.
    fn touched(&mut self, at: &Path<'_>, rule: &'static str) {
        self.rules.insert(self.origin(at), rule);
    }

    /// Remembers that a node is made of the one at `of`, which stays.
    fn made(&mut self, new: Pointer, of: &Path<'_>) {
        let old = self.origin(of);
        self.moves.record(new, old);
    }
}
