//! Diagnostics: what is wrong with the user's input, where, and how to fix it.
//!
//! A problem of the input is a [`Diagnostic`]; a broken invariant of the generator is a panic. Stages report
//! into a [`Sink`] and go on, so that one run reports every problem. Lines and columns are only computed when
//! a report is rendered.

use crate::locate::Span;
use crate::pointer::Pointer;

pub use code::{Code, Severity};
pub(crate) use cut::Cut;
pub use problem::{Problem, problems};
pub(crate) use render::counted;
pub use render::{Output, Style, is_hidden, render, summary, visible};
pub use report::report;
pub use sink::{LintLevel, Sink, Strictness};
pub use suggest::suggest;

mod code;
mod cut;
mod located;
mod problem;
mod render;
mod report;
mod sink;
mod suggest;
#[cfg(test)]
mod tests;

/// The text that a label points into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum File {
    /// The OpenAPI document.
    Document,
    /// `sdk.toml`.
    Config,
    /// Another text by index: a file that the document refers to, an overlay, or `names.lock`.
    Other(u16),
}

/// The part of a node that a label underlines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Underline {
    /// The key of the property (for array items and the root, the value).
    Key,
    /// The second occurrence of the key in its mapping.
    Repeated,
    /// The value.
    Value,
}

/// A location with an optional text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Label {
    /// The text.
    pub file: File,
    /// The pointer of the node (also in `sdk.toml`: `/fixup/0/at`).
    pub at: Pointer,
    /// The part of the node to underline.
    pub part: Underline,
    /// The text next to the carets; may be empty.
    pub text: String,
    /// The bytes to underline if no pointer can express them (syntax errors); else they are found by the
    /// pointer.
    pub span: Option<Span>,
    /// The file and pointer where the node is written, if it was inserted from another file.
    pub written: Option<(u16, Pointer)>,
}

impl Label {
    pub(crate) fn new(file: File, at: &Pointer, part: Underline, text: impl Into<String>) -> Self {
        Self { file, at: at.clone(), part, text: text.into(), span: None, written: None }
    }

    /// Returns the text that the label points into, and the pointer in it.
    pub(crate) fn location(&self) -> (File, &Pointer) {
        match &self.written {
            Some((file, at)) => (File::Other(*file), at),
            None => (self.file, &self.at),
        }
    }
}

/// A problem of the input.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// The kind of the problem.
    pub code: Code,
    /// The severity.
    pub severity: Severity,
    /// The message: one line, lowercase, with the thing in backticks.
    pub message: String,
    /// The main location.
    pub primary: Label,
    /// Related locations.
    pub secondary: Vec<Label>,
    /// How the node was rewritten before it was read.
    pub notes: Vec<String>,
    /// The fix.
    pub help: Option<String>,
}

impl Diagnostic {
    /// Makes a diagnostic with the severity of its code, pointing at the value of `at` in the document.
    pub fn new(code: Code, at: &Pointer, message: impl Into<String>) -> Self {
        Self::of(File::Document, code, at, message)
    }

    /// Makes a diagnostic on `sdk.toml`, such as at `Pointer::root().child("names").child("…")`.
    pub fn in_config(code: Code, at: &Pointer, message: impl Into<String>) -> Self {
        Self::of(File::Config, code, at, message)
    }

    /// Makes a diagnostic on another text.
    pub(crate) fn in_other(file: u16, code: Code, at: &Pointer, message: impl Into<String>) -> Self {
        Self::of(File::Other(file), code, at, message)
    }

    pub(crate) fn of(file: File, code: Code, at: &Pointer, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: message.into(),
            primary: Label::new(file, at, Underline::Value, ""),
            secondary: Vec::new(),
            notes: Vec::new(),
            help: None,
        }
    }

    /// Moves the diagnostic to the same pointers of another text.
    #[must_use]
    pub(crate) fn moved(mut self, file: File) -> Self {
        self.primary.file = file;
        self.secondary.iter_mut().for_each(|label| label.file = file);
        self
    }

    /// Underlines the key instead of the value.
    #[must_use]
    pub fn at_key(mut self) -> Self {
        self.primary.part = Underline::Key;
        self
    }

    /// Underlines the second occurrence of the key.
    #[must_use]
    pub fn at_repeated_key(mut self) -> Self {
        self.primary.part = Underline::Repeated;
        self
    }

    /// Underlines these bytes instead of the node at the pointer.
    #[must_use]
    pub fn at_span(mut self, span: Span) -> Self {
        self.primary.span = Some(span);
        self
    }

    /// Changes the spans of its labels.
    pub(crate) fn each_span(&mut self, change: impl Fn(Span) -> Span) {
        for label in std::iter::once(&mut self.primary).chain(&mut self.secondary) {
            label.span = label.span.map(&change);
        }
    }

    /// Sets the text next to the carets.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.primary.text = text.into();
        self
    }

    /// Adds a related location in the document.
    #[must_use]
    pub fn also(mut self, at: &Pointer, text: impl Into<String>) -> Self {
        self.secondary.push(Label::new(File::Document, at, Underline::Key, text));
        self
    }

    /// Adds these bytes of the document as a related location.
    #[must_use]
    pub fn also_span(mut self, span: Span, text: impl Into<String>) -> Self {
        let label = Label::new(File::Document, &Pointer::root(), Underline::Value, text);
        self.secondary.push(Label { span: Some(span), ..label });
        self
    }

    /// Adds a related location in `sdk.toml`.
    #[must_use]
    pub fn also_in_config(mut self, at: &Pointer, text: impl Into<String>) -> Self {
        self.secondary.push(Label::new(File::Config, at, Underline::Key, text));
        self
    }

    /// Returns the help text, or a general one if none is set.
    pub(crate) fn advice(&self) -> String {
        match (&self.help, self.severity, self.code.severity()) {
            (Some(help), ..) => help.clone(),
            (None, Severity::Warning, Severity::Warning) => {
                format!(
                    "if this is intended, set `{} = \"allow\"` under `[lints]` in `sdk.toml`",
                    self.code.as_str()
                )
            }
            (None, ..) => format!("see `sdkgen explain {}`", self.code.as_str()),
        }
    }

    /// Sets the help text.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }
}
