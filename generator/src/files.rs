//! The output as text: a map from relative paths to contents, and the marks that tell generated text from text of people.
//!
//! A file is either written wholly by the generator, and then carries a stamp in its first lines with a hash of the rest;
//! or it belongs to people and holds generated parts between marker lines (`parts`). Nothing here touches a disk.

use std::collections::{BTreeMap, BTreeSet};

pub use parts::{has_parts, splice};
pub use settings::{Setting, set};
pub use stamp::{Stamp, examine, stamp};

mod parts;
mod settings;
mod stamp;

/// Files by their path relative to the SDK's folder, with `/` between parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files {
    texts: BTreeMap<String, String>,
    /// Files with generated parts. What a text says is no reason to be one: a document can say anything.
    parted: BTreeSet<String>,
}

impl Files {
    /// Adds a file. Two files of one path are a bug of ours.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) {
        let path = path.into();
        let old = self.texts.insert(path.clone(), text.into());
        assert!(old.is_none(), "two files for the path `{path}`");
    }

    /// Adds a file that belongs to people but for its generated parts.
    pub fn add_with_parts(&mut self, path: impl Into<String>, text: impl Into<String>) {
        let path = path.into();
        self.parted.insert(path.clone());
        self.add(path, text);
    }

    /// The files in order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.texts.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The text of a file.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.texts.get(path).map(String::as_str)
    }

    /// How many files.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// Stamps every file that the generator writes wholly; those with generated parts belong to people. `from` is the
    /// name of the document, without a path: the output must not depend on where it was made.
    #[must_use]
    pub fn stamped(self, from: &str) -> Self {
        let Self { texts, parted } = self;
        let texts = texts.into_iter().map(|(path, text)| {
            let text = if parted.contains(&path) { text } else { stamp(&path, &text, from) };
            (path, text)
        });
        Self { texts: texts.collect(), parted }
    }
}
