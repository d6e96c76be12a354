//! Diagnostics: what is wrong with the user's input, where, and what to do.
//!
//! A problem of the document is a [`Diagnostic`]; a broken invariant of ours is a panic. Stages report into a [`Sink`]
//! and go on, so that one run shows every problem. Nothing here knows lines and columns until a report is rendered.

use crate::locate::Span;
use crate::pointer::Pointer;

pub use code::Code;
pub use render::{Output, Style, is_hidden, render, summary, visible};
pub use report::report;
pub use sink::{Sink, Strictness};
pub use suggest::suggest;

mod code;
mod located;
mod render;
mod report;
mod sink;
mod suggest;
#[cfg(test)]
mod tests;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something was left out or decided that the user may want to know.
    Warning,
    /// No output is made.
    Error,
}

impl Severity {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Which text a label points into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum File {
    /// The OpenAPI document.
    Document,
    /// `sdk.toml`.
    Config,
    /// Another text: a file that the document refers to, or an overlay, by its position among them.
    Other(u16),
}

/// Which part of a node a label points at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The key of the member (the value, for items of arrays and the root).
    Key,
    /// The key where it stands a second time in its mapping.
    Repeated,
    /// The value.
    Value,
}

/// A place with an optional remark.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Label {
    /// The text.
    pub file: File,
    /// The node, as a JSON pointer (also in `sdk.toml`: `/fixup/0/at`).
    pub at: Pointer,
    /// The part of it.
    pub part: Part,
    /// What to say beside the carets; may be empty.
    pub text: String,
    /// The bytes meant, where no pointer can say it (syntax errors); else found by the pointer.
    pub span: Option<Span>,
    /// Where the node is written, if it came into the document from another file.
    pub written: Option<(u16, Pointer)>,
}

impl Label {
    pub(crate) fn new(file: File, at: &Pointer, part: Part, text: impl Into<String>) -> Self {
        Self { file, at: at.clone(), part, text: text.into(), span: None, written: None }
    }

    /// The text and the place in it that the label points at.
    pub(crate) fn location(&self) -> (File, &Pointer) {
        match &self.written {
            Some((file, at)) => (File::Other(*file), at),
            None => (self.file, &self.at),
        }
    }
}

/// One problem.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// What kind of problem.
    pub code: Code,
    /// How bad.
    pub severity: Severity,
    /// One line: lower case, names the thing in backticks.
    pub message: String,
    /// Where.
    pub primary: Label,
    /// Other places that matter.
    pub secondary: Vec<Label>,
    /// What was done to the node before it was read: the rules that touched it.
    pub notes: Vec<String>,
    /// What to do.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A diagnostic of the code's own severity, pointing at the value of `at` in the document.
    pub fn new(code: Code, at: &Pointer, message: impl Into<String>) -> Self {
        Self::of(File::Document, code, at, message)
    }

    /// The same for a place in `sdk.toml`: `Pointer::root().child("names").child("…")`.
    pub fn in_config(code: Code, at: &Pointer, message: impl Into<String>) -> Self {
        Self::of(File::Config, code, at, message)
    }

    /// The same for a place in another text.
    pub(crate) fn in_other(file: u16, code: Code, at: &Pointer, message: impl Into<String>) -> Self {
        Self::of(File::Other(file), code, at, message)
    }

    pub(crate) fn of(file: File, code: Code, at: &Pointer, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: message.into(),
            primary: Label::new(file, at, Part::Value, ""),
            secondary: Vec::new(),
            notes: Vec::new(),
            help: None,
        }
    }

    /// The same about the same places of another text.
    #[must_use]
    pub(crate) fn moved(mut self, file: File) -> Self {
        self.primary.file = file;
        self.secondary.iter_mut().for_each(|label| label.file = file);
        self
    }

    /// Points at the key instead of the value.
    #[must_use]
    pub fn at_key(mut self) -> Self {
        self.primary.part = Part::Key;
        self
    }

    /// Points at the key where it stands a second time.
    #[must_use]
    pub fn at_repeated_key(mut self) -> Self {
        self.primary.part = Part::Repeated;
        self
    }

    /// Points at these bytes of the text, whatever the pointer says.
    #[must_use]
    pub fn at_span(mut self, span: Span) -> Self {
        self.primary.span = Some(span);
        self
    }

    /// Changes the bytes that its labels point at, where they point at bytes.
    pub(crate) fn each_span(&mut self, change: impl Fn(Span) -> Span) {
        for label in std::iter::once(&mut self.primary).chain(&mut self.secondary) {
            label.span = label.span.map(&change);
        }
    }

    /// Remark beside the carets.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.primary.text = text.into();
        self
    }

    /// A second place in the document.
    #[must_use]
    pub fn also(mut self, at: &Pointer, text: impl Into<String>) -> Self {
        self.secondary.push(Label::new(File::Document, at, Part::Key, text));
        self
    }

    /// These bytes of the document as a second place.
    #[must_use]
    pub fn also_span(mut self, span: Span, text: impl Into<String>) -> Self {
        let label = Label::new(File::Document, &Pointer::root(), Part::Value, text);
        self.secondary.push(Label { span: Some(span), ..label });
        self
    }

    /// A second place in `sdk.toml`.
    #[must_use]
    pub fn also_in_config(mut self, at: &Pointer, text: impl Into<String>) -> Self {
        self.secondary.push(Label::new(File::Config, at, Part::Key, text));
        self
    }

    /// What to do: what was said, or what can always be done.
    pub(crate) fn advice(&self) -> String {
        match (&self.help, self.severity, self.code.severity()) {
            (Some(help), ..) => help.clone(),
            (None, Severity::Warning, Severity::Warning) => {
                format!(
                    "if this is intended, set `{} = \"allow\"` under `[lints]` in `sdk.toml`",
                    self.code.as_str()
                )
            }
            (None, ..) => format!("see `cargo xtask explain {}`", self.code.as_str()),
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }
}
