//! The generated files, and the stamps and markers that distinguish generated text from other text.
//!
//! A file is either generated as a whole, with a stamp in its first lines that has a hash of the rest, or it
//! belongs to the user and has generated parts between marker lines (`parts`). Nothing here accesses the
//! disk.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use parts::{has_parts, splice};
pub use settings::{Setting, set};
pub use stamp::{Stamp, examine, is_stamped, stamp};
pub(crate) use stamp::{hash, restamped};
pub use tables::settle;

mod parts;
mod settings;
mod stamp;
mod tables;

/// Files by path relative to the folder of the SDK, with `/` as separator.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files {
    /// They are shared with what is compared with the disk and written.
    texts: BTreeMap<String, Arc<str>>,
    /// The files with generated parts. They are listed, since a document could contain text like a marker.
    parted: BTreeSet<String>,
    /// Hashes that are known without reading the text.
    hashes: BTreeMap<String, u64>,
}

impl Files {
    /// Adds a file. Panics if the path exists, which is a bug in the generator.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<Arc<str>>) {
        let path = path.into();
        let old = self.texts.insert(path.clone(), text.into());
        assert!(old.is_none(), "two files for the path `{path}`");
    }

    /// Adds a file with the hash of its text.
    pub(crate) fn add_hashed(&mut self, path: String, text: impl Into<Arc<str>>, hash: u64) {
        self.hashes.insert(path.clone(), hash);
        self.add(path, text);
    }

    /// Adds a file that belongs to the user, except for its generated parts.
    pub fn add_with_parts(&mut self, path: impl Into<String>, text: impl Into<Arc<str>>) {
        let path = path.into();
        self.parted.insert(path.clone());
        self.add(path, text);
    }

    /// Returns the files in order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.shared().map(|(path, text)| (path, &**text))
    }

    /// Returns the same, with texts that can be kept.
    pub(crate) fn shared(&self) -> impl Iterator<Item = (&str, &Arc<str>)> {
        self.texts.iter().map(|(path, text)| (path.as_str(), text))
    }

    /// Returns the text of a file.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.texts.get(path).map(|text| &**text)
    }

    /// Returns the number of files.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Returns whether there are no files.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// Stamps every file that is generated as a whole. `from` is the file name of the document; the output
    /// must not depend on its folder.
    #[must_use]
    pub fn stamped(self, from: &str) -> Self {
        let Self { texts, parted, hashes } = self;
        let texts = texts.into_iter().map(|(path, text)| {
            let hash = || hashes.get(&path).copied().unwrap_or_else(|| hash(&text));
            let text = if parted.contains(&path) {
                text
            } else {
                stamp::stamp_hashed(&path, &text, from, hash).into()
            };
            (path, text)
        });
        Self { texts: texts.collect(), parted, hashes: BTreeMap::new() }
    }
}
