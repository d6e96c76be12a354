//! Why bodies have no form in XML.

use crate::pointer::Pointer;

/// Why a body has no form in XML.
#[derive(Clone, Debug)]
pub(super) struct Problem {
    pub(super) why: String,
    pub(super) help: &'static str,
    /// Where, if that is not the whole body.
    pub(super) at: Option<Pointer>,
}

/// Why a body has no form in XML, and what would give it one.
pub(super) type Reason = (&'static str, &'static str);

pub(super) const NAMELESS: Reason = ("its element has no name", "give the schema an `xml.name`");
pub(super) const MANY: Reason = (
    "a document must be one element, and this schema is not an element",
    "set `xml.wrapped: true` (`nodeType: element` in OpenAPI 3.2) and `xml.name`",
);

pub(super) const UNTAGGED: Reason = ("it is an untagged union", "add a `discriminator`");

impl Problem {
    pub(super) fn of((why, help): Reason) -> Self {
        Self { why: why.to_owned(), help, at: None }
    }
}

pub(super) fn problem<T>(why: impl Into<String>, help: &'static str) -> Result<T, Problem> {
    Err(Problem { why: why.into(), help, at: None })
}
