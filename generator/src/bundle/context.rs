//! What is known while a document is bundled: its files, and what became of them.

use std::collections::{HashMap, HashSet, VecDeque};

use serde_json::Value;

use super::ids::ids;
use crate::diag::{Code, Diagnostic, File as Text, Sink};
use crate::load;
use crate::normalize::keyword::ObjectKind;
use crate::parts::{self, Lost, Part};
use crate::pointer::Pointer;
use crate::source::Source;
use crate::tree::size;

/// How many nodes all that is taken in may have together.
pub(super) const MOST_NODES: usize = 8_000_000;
/// How many nodes may be taken in, each inside of the one before.
pub(super) const MOST_NESTED: usize = 64;

/// Where nodes of the bundled document are written.
#[derive(Debug, Default)]
pub(crate) struct Places {
    pub(super) by_place: HashMap<Pointer, Location>,
}

impl Places {
    /// The file (counted among the others) and the place in it; `None` for what stands in the document itself.
    pub(crate) fn written(&self, at: &Pointer) -> Option<(u16, Pointer)> {
        if self.by_place.is_empty() {
            return None;
        }
        let mut above = at.clone();
        loop {
            if let Some(location) = self.by_place.get(&above) {
                let rest = &at.as_str()[above.as_str().len()..];
                let place = Pointer::from(format!("{}{rest}", location.at.as_str()).as_str());
                return Some((u16::try_from(location.file.checked_sub(1)?).ok()?, place));
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
pub(super) struct Location {
    pub(super) file: usize,
    pub(super) at: Pointer,
}

/// The work on one document.
pub(super) struct Bundler<'i, 's> {
    /// The document as it was, then the parts.
    pub(super) files: Vec<File<'i>>,
    pub(super) by_path: HashMap<&'i str, usize>,
    /// Where in the bundled document what stands elsewhere has its home.
    pub(super) homes: HashMap<Location, Pointer>,
    /// Names of components that are in use, by section.
    pub(super) taken: HashMap<&'static str, HashSet<String>>,
    /// Components that are still to be placed.
    pub(super) queue: VecDeque<Component>,
    pub(super) places: Places,
    pub(super) lost: HashSet<String>,
    /// Last parts of all `$id`s: what refers to them is for `normalize`, which knows what they mean.
    pub(super) ids: HashSet<String>,
    /// What is being taken in, so that circles end.
    pub(super) within: Vec<Location>,
    pub(super) budget: usize,
    pub(super) sink: &'s mut Sink,
}

/// A text that was read.
pub(super) struct File<'i> {
    pub(super) path: &'i str,
    /// `None` where it could not be read.
    pub(super) value: Option<Value>,
    pub(super) lost: Option<&'i Lost>,
}

/// A node that becomes a component.
pub(super) struct Component {
    pub(super) kind: ObjectKind,
    pub(super) section: &'static str,
    pub(super) name: String,
    pub(super) from: Location,
}

/// What a reference means.
pub(super) enum Found {
    /// This node, which is no reference to another one.
    Node(Location),
    /// Nothing that is known; it has been reported.
    Nothing,
    /// A schema that has an `$id`.
    Identified,
}

impl<'i, 's> Bundler<'i, 's> {
    pub(super) fn new(
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
        let ids = files.iter().filter_map(|file| file.value.as_ref()).flat_map(ids).collect();
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

    /// Pays for a copy; `false` when there is nothing left to pay with.
    pub(super) fn pay(&mut self, value: &Value, from: &Location) -> bool {
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

    pub(super) fn value(&self, location: &Location) -> Option<&Value> {
        self.files[location.file].value.as_ref()?.pointer(location.at.as_str())
    }

    pub(super) fn report(&mut self, code: Code, at: &Location, message: String, help: Option<String>) {
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
        sink.report(diagnostic.moved(Text::Other(index as u16)));
    }
    value
}
