//! What `learn` returns.

use super::call::Matched;
use super::collect::Evidence;
use super::compare::Kind;
use crate::config::Fixup;
use crate::diag::Diagnostic;
use crate::pointer::Pointer;

/// What a recording shows.
#[derive(Clone, Debug, Default)]
pub struct Learned {
    /// The differences, those that the generated code refuses first.
    pub findings: Vec<Finding>,
    /// The fixups that make it read the recording, to be appended to `sdk.toml`.
    pub fixups: Vec<LearnedFixup>,
    /// How many of the exchanges belong to the document.
    pub matched: Matched,
    /// JSON values that were compared.
    pub bodies: usize,
}

/// A difference between the recording and the document.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The kind.
    pub kind: Kind,
    /// The location in the document, with the message. An error if the generated code refuses what was recorded.
    pub diagnostic: Diagnostic,
    /// The pointer of the node, in the document after bundling and edits.
    pub at: Pointer,
    /// The property, value, tag, status, media type or parameter; `None` if it must not be shown.
    pub name: Option<String>,
    /// Whether the generated code refuses what was recorded.
    pub breaks: bool,
    /// How often it was seen.
    pub count: usize,
    /// Of how many values, or calls.
    pub of: usize,
    /// Where it was seen, for the first few.
    pub evidence: Vec<Evidence>,
    /// The fixups that repair it, by index.
    pub fixups: Vec<usize>,
}

/// A fixup, with the reason in its evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct LearnedFixup {
    /// The fixup.
    pub fixup: Fixup,
    /// As text for `sdk.toml`, with evidence as a comment.
    pub text: String,
}

impl Learned {
    /// The number of findings that the generated code refuses.
    pub fn breaking(&self) -> usize {
        self.findings.iter().filter(|finding| finding.breaks).count()
    }

    /// All fixups as text for `sdk.toml`.
    pub fn toml(&self) -> String {
        self.fixups.iter().map(|one| one.text.as_str()).collect::<Vec<_>>().join("\n")
    }
}
