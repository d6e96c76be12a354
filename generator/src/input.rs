//! What a run reads: texts that the caller has, and how strict to be.

use crate::diag::Strictness;
use crate::parts::{self, Lost, Part};
use crate::source::Source;

/// What a run needs to know.
#[derive(Clone, Debug)]
pub struct Input {
    /// The OpenAPI document.
    pub document: Source,
    /// The files that the document refers to; [`Input::gather`] finds them.
    pub parts: Vec<Part>,
    /// `sdk.toml`, if there is one.
    pub config: Option<Source>,
    /// Package name that goes before the one in `sdk.toml`.
    pub name: Option<String>,
    /// `names.lock`, if there is one.
    pub lock: Option<Source>,
    /// The overlays that `sdk.toml` names, in that order.
    pub overlays: Vec<Source>,
    /// How strict to be.
    pub strictness: Strictness,
}

/// Stands for a text that is not there where others must keep their places.
static NOTHING: Source = Source { label: String::new(), text: String::new() };

impl Input {
    /// A document without choices.
    pub fn new(document: Source) -> Self {
        Self {
            document,
            parts: Vec::new(),
            config: None,
            name: None,
            lock: None,
            overlays: Vec::new(),
            strictness: Strictness::Default,
        }
    }

    /// Reads the files that the document refers to by `read`, which gets the path of a file from the folder of the document
    /// (with `/`; outside the folder it begins with `..`).
    pub fn gather(&mut self, read: impl FnMut(&str) -> Result<Source, Lost>) {
        self.parts = parts::gather(&self.document, read);
    }

    /// The texts as [`diag::render`] and [`diag::report`] want them.
    pub fn sources(&self) -> Vec<&Source> {
        let parts = self.parts.iter().map(|part| part.text.as_ref().unwrap_or(&NOTHING));
        let others: Vec<&Source> = parts.chain(&self.overlays).chain(&self.lock).collect();
        let placeholder = Some(&NOTHING).filter(|_| !others.is_empty());
        let config = self.config.as_ref().or(placeholder);
        std::iter::once(&self.document).chain(config).chain(others).collect()
    }
}
