//! Makes one document of a description that is spread over several files.
//!
//! In: the tree as loaded, and the files that the caller has read. Out: a tree whose references all lead into itself, and
//! the places in the files where its parts are written. A document that refers to nothing outside it passes untouched.
//!
//! The result is what people bundle by hand or by other tools: what a component of the document refers to stands in its
//! place; other things that can be components become components, named after the last key of the reference or the
//! file; a path item, and whatever cannot be a component, stands where it is referred to. The walk is driven by the
//! keyword tables of `normalize`, so examples and defaults are data here too.

use std::collections::{HashMap, HashSet, VecDeque};

use serde_json::{Map, Value};

use crate::diag::{Code, Diagnostic, Sink};
use crate::load::{self, Loaded};
use crate::normalize::keyword::Kind;
use crate::parts::{self, Lost, Part};
use crate::pointer::Pointer;
use crate::source::Source;
use crate::tree::{Tree, size, stage};

mod find;
mod home;
mod ids;
mod report;
#[cfg(test)]
mod tests;
mod walk;

/// How many nodes all that is taken in may have together.
const MOST_NODES: usize = 8_000_000;
/// How many nodes may be taken in, each inside of the one before.
const MOST_NESTED: usize = 64;

/// Where nodes of the bundled document are written.
#[derive(Debug, Default)]
pub(crate) struct Places {
    by_place: HashMap<Pointer, Spot>,
}

impl Places {
    /// The file (counted among the others) and the place in it; `None` for what stands in the document itself.
    pub(crate) fn written(&self, at: &Pointer) -> Option<(u16, Pointer)> {
        if self.by_place.is_empty() {
            return None;
        }
        let mut above = at.clone();
        loop {
            if let Some(spot) = self.by_place.get(&above) {
                let rest = &at.as_str()[above.as_str().len()..];
                let place = Pointer::from(format!("{}{rest}", spot.at.as_str()).as_str());
                return Some((u16::try_from(spot.file.checked_sub(1)?).ok()?, place));
            }
            if above == Pointer::root() {
                return None;
            }
            above = above.parent();
        }
    }
}

/// A node by its file (0 is the document) and its place there.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Spot {
    file: usize,
    at: Pointer,
}

stage! {
    /// The document with what other files hold.
    pub(crate) Bundled
}

/// The document with everything it refers to.
pub(crate) fn bundle(tree: Loaded, document: &Source, parts: &[Part], sink: &mut Sink) -> (Bundled, Places) {
    if !parts::may_lead_out(document.body()) {
        return (Bundled(tree.into_tree()), Places::default());
    }
    let Tree { mut root, moves, marks, lost } = tree.into_tree();
    let mut bundler = Bundler::new(&root, document, parts, lost, sink);
    bundler.settle_components();
    let whole = Spot { file: 0, at: Pointer::root() };
    bundler.node(Kind::Document, &mut root, &whole, &Pointer::root());
    bundler.place_components(&mut root);
    let Bundler { places, lost, .. } = bundler;
    (Bundled(Tree { root, moves, marks, lost }), places)
}

/// The work on one document.
struct Bundler<'i, 's> {
    /// The document as it was, then the parts.
    files: Vec<File<'i>>,
    by_path: HashMap<&'i str, usize>,
    /// Where in the bundled document what stands elsewhere has its home.
    homes: HashMap<Spot, Pointer>,
    /// Names of components that are in use, by section.
    taken: HashMap<&'static str, HashSet<String>>,
    /// Components that are still to be placed.
    queue: VecDeque<Component>,
    places: Places,
    lost: HashSet<String>,
    /// Last parts of all `$id`s: what refers to them is for `normalize`, which knows what they mean.
    ids: HashSet<String>,
    /// What is being taken in, so that circles end.
    within: Vec<Spot>,
    budget: usize,
    sink: &'s mut Sink,
}

/// A text that was read.
struct File<'i> {
    path: &'i str,
    /// `None` where it could not be read.
    value: Option<Value>,
    lost: Option<&'i Lost>,
}

/// A node that becomes a component.
struct Component {
    kind: Kind,
    section: &'static str,
    name: String,
    from: Spot,
}

impl<'i, 's> Bundler<'i, 's> {
    fn new(
        root: &Value,
        document: &'i Source,
        parts: &'i [Part],
        lost: HashSet<String>,
        sink: &'s mut Sink,
    ) -> Self {
        let mut files = vec![File { path: document.file_name(), value: Some(root.clone()), lost: None }];
        for (index, part) in parts.iter().enumerate() {
            let (value, lost) = match &part.text {
                Ok(source) => (read(source, &part.path, index, sink), None),
                Err(lost) => (None, Some(lost)),
            };
            files.push(File { path: &part.path, value, lost });
        }
        let ids = files.iter().filter_map(|file| file.value.as_ref()).flat_map(ids::ids).collect();
        let by_path = files.iter().enumerate().map(|(index, file)| (file.path, index)).collect();
        Self {
            files,
            by_path,
            homes: HashMap::new(),
            taken: HashMap::new(),
            queue: VecDeque::new(),
            places: Places::default(),
            lost,
            ids,
            within: Vec::new(),
            budget: MOST_NODES,
            sink,
        }
    }

    /// Adds the components that were made on the way; they may bring others.
    fn place_components(&mut self, root: &mut Value) {
        while let Some(Component { kind, section, name, from }) = self.queue.pop_front() {
            let Some(mut value) = self.value(&from).cloned() else { continue };
            if !self.pay(&value, &from) {
                return;
            }
            let at = Pointer::root().child("components").child(section).child(&name);
            self.places.by_place.insert(at.clone(), from.clone());
            self.node(kind, &mut value, &from, &at);
            let members = |value: &'_ mut Value| value.as_object_mut().map(std::mem::take);
            let home = member(root, "components").and_then(|components| member(components, section));
            if let Some(home) = home
                && let Some(mut map) = members(home)
            {
                map.insert(name, value);
                *home = Value::Object(map);
            }
        }
    }

    /// Pays for a copy; `false` when there is nothing left to pay with.
    fn pay(&mut self, value: &Value, from: &Spot) -> bool {
        if self.budget == 0 {
            return false;
        }
        self.budget = self.budget.saturating_sub(size(value));
        if self.budget == 0 {
            let message =
                format!("the document and the files that it refers to have more than {MOST_NODES} nodes");
            let help = "move what is referred to often to `components`";
            self.report(Code::TooLarge, from, message, Some(help.to_owned()));
        }
        self.budget > 0
    }

    fn value(&self, spot: &Spot) -> Option<&Value> {
        self.files[spot.file].value.as_ref()?.pointer(spot.at.as_str())
    }

    fn report(&mut self, code: Code, at: &Spot, message: String, help: Option<String>) {
        let mut diagnostic = match at.file.checked_sub(1) {
            None => Diagnostic::new(code, &at.at, message),
            Some(other) => Diagnostic::in_other(other as u16, code, &at.at, message),
        };
        diagnostic.help = help;
        self.sink.report(diagnostic);
    }
}

/// A file of the description as a tree.
fn read(source: &Source, path: &str, index: usize, sink: &mut Sink) -> Option<Value> {
    if parts::is_prose(path) {
        return Some(Value::String(source.body().to_owned()));
    }
    let mut found = Sink::new();
    let value = load::read(source, &mut found);
    for diagnostic in found.finish() {
        sink.report(diagnostic.moved(crate::diag::File::Other(index as u16)));
    }
    value
}

/// A member that is an object, made if it is missing.
fn member<'a>(value: &'a mut Value, name: &str) -> Option<&'a mut Value> {
    Some(value.as_object_mut()?.entry(name).or_insert_with(|| Value::Object(Map::new())))
}
