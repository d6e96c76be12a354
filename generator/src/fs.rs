//! Documents from the disk, and SDKs to it.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::disk::{self, Plan, System, Target};
use crate::generator::{Generator, Sdk};
use crate::source::Source;

pub(crate) mod near;
pub(crate) mod parts;

impl Generator {
    /// Reads a document, and the files it refers to that are in its folder or below.
    ///
    /// # Errors
    ///
    /// If the document cannot be read or is not UTF-8. A missing file that it refers to is reported when an SDK is
    /// generated.
    pub fn from_file(path: impl AsRef<Path>) -> std::io::Result<Self> {
        let path = path.as_ref();
        let label = path.display().to_string().replace('\\', "/");
        let reader = parts::Reader::new(path, &label, false);
        Ok(Self::new(Source::new(label, std::fs::read_to_string(path)?)).parts(|part| reader.read(part)))
    }
}

impl Sdk {
    /// Writes the files below a folder, and removes generated files that are no longer wanted; all of it or nothing.
    /// An equal file keeps its modification time, so that nothing is built anew. Returns the number of changed files.
    ///
    /// # Errors
    ///
    /// If a file cannot be read or written, was edited after it was generated, or was not generated.
    pub fn write_to(&self, folder: impl AsRef<Path>) -> Result<usize, WriteError> {
        let folder = folder.as_ref();
        let target = |(path, text): (&str, &Arc<str>)| Target {
            path: folder.join(path),
            text: text.clone(),
            settings: Vec::new(),
        };
        let targets: Vec<Target> = self.shared().map(target).collect();
        let journal = folder.join(disk::JOURNAL);
        disk::recover(&journal, &System)?;
        let plan = disk::compare(&targets, &[folder.join(self.sources())])?;
        if let Some(error) = refused(&plan) {
            return Err(error);
        }
        disk::write(&plan, &journal, &System)?;
        Ok(plan.changes.len())
    }
}

fn refused(plan: &Plan) -> Option<WriteError> {
    let (change, refusal) = plan.refused(false).next()?;
    Some(WriteError {
        path: change.path.clone(),
        reason: format!("{}; {}", refusal.message(), refusal.help()),
    })
}

/// A file that could not be written. Nothing was changed.
#[derive(Debug)]
#[non_exhaustive]
pub struct WriteError {
    /// The file.
    pub path: PathBuf,
    /// The reason.
    pub reason: String,
}

impl From<disk::Trouble> for WriteError {
    fn from((path, error): disk::Trouble) -> Self {
        Self { path, reason: error.to_string() }
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot write `{}`: {}", self.path.display(), self.reason)
    }
}

impl std::error::Error for WriteError {}
