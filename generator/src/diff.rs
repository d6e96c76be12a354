//! What a new version of a document means for those who use the SDK.
//!
//! In: two [`Sdk`]s. Out: [`Changes`], plain data: each with the Rust
//! item, what happened to it, its class, why, and its place in both documents. Pure: no text is located or rendered here.
//!
//! The classes: *breaking* is what keeps code from compiling, or makes it mean something else, or JSON that the old version
//! wrote read as something else. *Addition* is what code need not know, the open rules included: a new value, variant or
//! optional member was always to be expected. *Fix* is all else: documentation, and what only the wire sees.

use crate::ir::{OpId, TypeId};
use crate::pointer::Pointer;
use crate::sdk::Sdk;

pub use announce::Announcement;
pub use kind::Kind;
pub use spell::public_names;

mod announce;
mod answers;
mod auth;
mod calls;
mod client;
mod headers;
mod kind;
mod likeness;
mod members;
mod notes;
mod onward;
mod pair;
mod params;
mod picks;
mod rename;
mod spell;
mod types;
mod xml;

/// How much a change matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Nothing of the API is touched.
    Fix,
    /// The API has more in it.
    Addition,
    /// Code that uses the API may have to change.
    Breaking,
}

impl Class {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fix => "fix",
            Self::Addition => "addition",
            Self::Breaking => "breaking",
        }
    }
}

/// Which part of the version number has to grow, by the rules of semantic versioning for versions from 1.0.0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Nothing changed.
    None,
    /// The third number.
    Patch,
    /// The second number.
    Minor,
    /// The first number.
    Major,
}

impl Verdict {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// How much it matters.
    pub class: Class,
    /// The Rust item it touches; its name in the old version, unless it is new.
    pub item: String,
    /// What kind of change.
    pub kind: Kind,
    /// What happened, to be read after the item.
    pub what: String,
    /// Why it has its class.
    pub why: String,
    /// Where it stands in the old document.
    pub old: Option<Pointer>,
    /// Where it stands in the new document.
    pub new: Option<Pointer>,
    /// Whether versions before it may be unable to read JSON of the new document, whatever the class: the open rules do not cover it.
    pub unread: bool,
}

/// Everything that changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The changes: breaking ones first, then by item.
    pub list: Vec<Change>,
    /// Operations that are in both: method and path, old and new.
    pub operations: Vec<(String, String)>,
    /// Schemas of the new document that are written in place and equal to another one, with the place of that.
    pub(crate) equal: Vec<(Pointer, Pointer)>,
}

impl Changes {
    /// What the version number has to say about it.
    pub fn verdict(&self) -> Verdict {
        match self.list.iter().map(|change| change.class).max() {
            None => Verdict::None,
            Some(Class::Fix) => Verdict::Patch,
            Some(Class::Addition) => Verdict::Minor,
            Some(Class::Breaking) => Verdict::Major,
        }
    }

    /// How many of a class.
    pub fn count(&self, class: Class) -> usize {
        self.list.iter().filter(|change| change.class == class).count()
    }
}

/// Compares what two versions of an SDK offer.
pub fn diff(old: &Sdk, new: &Sdk) -> Changes {
    let pairs = pair::pair(old, new);
    let mut out = Vec::new();
    let mut both = Both { old, new, pairs: &pairs, out: &mut out };
    client::client(&mut both);
    types::types(&mut both);
    calls::calls(&mut both);
    xml::xml(&mut both);
    out.sort_by(|a, b| {
        let key = |change: &Change| (std::cmp::Reverse(change.class), change.item.clone(), change.kind);
        key(a).cmp(&key(b)).then_with(|| a.cmp(b))
    });
    out.dedup();
    let operations =
        pairs.operations.iter().map(|(a, b)| (old.operations[a].route(), new.operations[b].route()));
    Changes { operations: operations.collect(), list: out, equal: types::equal(new) }
}

/// The two versions, what belongs together in them, and what was found so far.
struct Both<'a> {
    old: &'a Sdk,
    new: &'a Sdk,
    pairs: &'a pair::Pairs,
    out: &'a mut Vec<Change>,
}

/// The place of a thing in both documents.
#[derive(Clone, Copy)]
struct At<'a> {
    old: Option<&'a Pointer>,
    new: Option<&'a Pointer>,
}

impl<'a> At<'a> {
    fn both(old: &'a Pointer, new: &'a Pointer) -> Self {
        Self { old: Some(old), new: Some(new) }
    }

    fn old(old: &'a Pointer) -> Self {
        Self { old: Some(old), new: None }
    }

    fn new(new: &'a Pointer) -> Self {
        Self { old: None, new: Some(new) }
    }
}

impl Both<'_> {
    fn say(&mut self, kind: Kind, class: Class, item: &str, at: At<'_>, (what, why): (String, &str)) {
        self.out.push(Change {
            class,
            item: item.to_owned(),
            kind,
            what,
            why: why.to_owned(),
            old: at.old.cloned(),
            new: at.new.cloned(),
            unread: class == Class::Breaking && kind.is_whole(),
        });
    }

    /// What was just said is of JSON that older versions may be unable to read, or is not.
    fn mark_unread(&mut self, unread: bool) {
        if let Some(change) = self.out.last_mut() {
            change.unread = unread;
        }
    }

    /// Adds a remark to what was just said.
    fn remark(&mut self, remark: &str) {
        if let Some(change) = self.out.last_mut() {
            change.what += remark;
        }
    }

    fn breaking(&mut self, kind: Kind, item: &str, at: At<'_>, what: String, why: &str) {
        self.say(kind, Class::Breaking, item, at, (what, why));
    }

    fn addition(&mut self, kind: Kind, item: &str, at: At<'_>, what: String, why: &str) {
        self.say(kind, Class::Addition, item, at, (what, why));
    }

    fn fix(&mut self, kind: Kind, item: &str, at: At<'_>, what: String, why: &str) {
        self.say(kind, Class::Fix, item, at, (what, why));
    }
}
