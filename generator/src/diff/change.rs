//! A change, its class, and what all changes mean for the version number.

use super::kind::Kind;
use crate::pointer::Pointer;

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
