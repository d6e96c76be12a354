//! Changes of a text that may let a reader go on.

use crate::locate::Span;

/// Bytes of a text that others take the place of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    pub(super) at: usize,
    pub(super) had: usize,
    pub(super) new: String,
}

/// A change that may let the reader go on, and what is wrong if it does.
#[derive(Clone, Debug)]
pub(super) struct Attempt {
    pub(super) edits: Vec<Edit>,
    pub(super) error: SyntaxError,
    /// Where it begins what swallowed everything up to the place where the reader gave up.
    pub(super) begins: Option<usize>,
}

/// What is wrong, and where.
#[derive(Clone, Debug)]
pub(in crate::load) struct SyntaxError {
    /// Bytes of the text as it was given.
    pub(in crate::load) span: Span,
    pub(in crate::load) message: String,
    pub(in crate::load) help: &'static str,
    /// How many brackets are open at the end of the text, if it ends too early.
    pub(in crate::load) open: usize,
}

impl Attempt {
    pub(super) fn one(
        at: usize,
        had: usize,
        new: impl Into<String>,
        span: Span,
        message: impl Into<String>,
        help: &'static str,
    ) -> Self {
        let edits = vec![Edit { at, had, new: new.into() }];
        Self { edits, error: SyntaxError { span, message: message.into(), help, open: 0 }, begins: None }
    }
}
