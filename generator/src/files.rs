//! The output as text: a map from relative paths to contents, and the marks that tell generated text from text of people.
//!
//! A file is either written wholly by the generator, and then carries a stamp in its first lines with a hash of the rest;
//! or it belongs to people and holds generated parts between marker lines (`parts`). Nothing here touches a disk.

use std::collections::BTreeMap;

pub use parts::{has_parts, splice};
pub use settings::{Setting, set};
pub use stamp::{Stamp, examine, stamp};

mod parts;
mod settings;
mod stamp;

/// Files by their path relative to the SDK's folder, with `/` between parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files(BTreeMap<String, String>);

impl Files {
    /// Adds a file. Two files of one path are a bug of ours.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) {
        let path = path.into();
        let old = self.0.insert(path.clone(), text.into());
        assert!(old.is_none(), "two files for the path `{path}`");
    }

    /// The files in order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The text of a file.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(String::as_str)
    }

    /// How many files.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Stamps every file that the generator writes wholly; those with generated parts belong to people. `from` is the
    /// name of the document, without a path: the output must not depend on where it was made.
    #[must_use]
    pub fn stamped(self, from: &str) -> Self {
        let files = self.0.into_iter().map(|(path, text)| {
            let text = if has_parts(&text) { text } else { stamp(&path, &text, from) };
            (path, text)
        });
        Self(files.collect())
    }
}
