//! How a command ends: an exit code, or a failure.

use std::path::Path;

use crate::diag::Diagnostic;
use crate::source::Source;

/// The exit code of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// The command succeeded.
    Fine = 0,
    /// Problems were found, or something is stale.
    Problems = 1,
    /// The command line is invalid.
    Usage = 2,
}

/// An error that stops a command.
#[derive(Debug)]
pub struct Failure {
    /// The message: lowercase, with the thing in backticks.
    pub message: String,
    /// The fix.
    pub help: Option<String>,
    /// The diagnostic and its source, if a text is wrong.
    pub found: Option<Box<(Diagnostic, Source)>>,
    /// Problems of the configuration that may have led to this, and its text. They are shown first.
    pub causes: Option<Box<(Vec<Diagnostic>, Source)>>,
}

impl Failure {
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None, found: None, causes: None }
    }

    pub fn found(message: impl Into<String>, diagnostic: Diagnostic, source: Source) -> Self {
        Self { found: Some(Box::new((diagnostic, source))), ..Self::new(message) }
    }

    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub fn write(path: &Path, error: &std::io::Error) -> Self {
        Self::new(format!("cannot write `{}`: {error}", path.display())).help("nothing was replaced")
    }
}
