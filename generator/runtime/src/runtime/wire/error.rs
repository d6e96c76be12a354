//! What is said when JSON does not fit the model.

use std::borrow::Cow;
use std::fmt;

use super::path;

/// JSON that could not be decoded: where it failed, what was expected there, and what stood there.
#[derive(Clone, PartialEq, Eq)]
pub struct DecodeError(Box<Failure>);

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Failure {
    /// Byte offset into the document.
    pub(crate) offset: usize,
    pub(crate) expected: Cow<'static, str>,
    pub(crate) found: Cow<'static, str>,
    /// The member that is missing from the object at `offset`.
    pub(crate) missing: Option<&'static str>,
    /// The value is a secret: nothing of it may be shown.
    pub(crate) secret: bool,
    /// Not a failure: the members are in an order that asks for the careful way of reading.
    pub(crate) restart: bool,
    /// Why each variant of a union was refused.
    pub(crate) causes: Vec<(&'static str, DecodeError)>,
    /// Filled in by [`DecodeError::locate`].
    pub(crate) path: String,
    pub(crate) excerpt: String,
}

impl DecodeError {
    #[cold]
    pub(crate) fn new(failure: Failure) -> Self {
        Self(Box::new(failure))
    }

    /// Where it failed: `data[3].lifecycle.kind`; empty for the document itself.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// What was expected there.
    #[must_use]
    pub fn expected(&self) -> &str {
        &self.0.expected
    }

    /// What stood there.
    #[must_use]
    pub fn found(&self) -> &str {
        &self.0.found
    }

    /// Byte offset of the failure in the document.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.0.offset
    }

    /// A short piece of the document at the place of the failure. Strings inside of objects and arrays are left out,
    /// since they may be secrets.
    #[must_use]
    pub fn excerpt(&self) -> &str {
        &self.0.excerpt
    }

    pub(crate) fn restart() -> Self {
        Self::new(Failure { restart: true, ..Failure::default() })
    }

    pub(crate) fn is_restart(&self) -> bool {
        self.0.restart
    }

    pub(crate) fn failure_mut(&mut self) -> &mut Failure {
        &mut self.0
    }

    /// Works out path and excerpt from the document. Decoding keeps only offsets, so success pays nothing for them.
    #[cold]
    pub(crate) fn locate(mut self, document: &[u8]) -> Self {
        let failure = &mut *self.0;
        failure.path = path::path(document, failure.offset);
        if let Some(member) = failure.missing {
            path::push_member(&mut failure.path, member);
        }
        failure.excerpt =
            if failure.secret { "[redacted]".into() } else { path::excerpt(document, failure.offset) };
        for (_, cause) in &mut failure.causes {
            *cause = std::mem::replace(cause, Self(Box::default())).locate(document);
        }
        self
    }

    fn describe(&self, f: &mut fmt::Formatter<'_>, base: &str) -> fmt::Result {
        let failure = &*self.0;
        let place =
            failure.path.strip_prefix(base).map_or(&*failure.path, |rest| rest.trim_start_matches('.'));
        if failure.missing.is_some() {
            return write!(f, "required member `{place}` is missing");
        }
        if !place.is_empty() {
            write!(f, "`{place}`: ")?;
        }
        write!(f, "expected {}", failure.expected)?;
        if !failure.found.is_empty() {
            write!(f, ", found {}", failure.found)?;
        }
        for (index, (variant, cause)) in failure.causes.iter().enumerate() {
            write!(f, "{}`{variant}`: ", if index == 0 { " (" } else { "; " })?;
            cause.describe(f, &failure.path)?;
        }
        if failure.causes.is_empty() { Ok(()) } else { f.write_str(")") }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.describe(f, "")?;
        write!(f, " at byte {}", self.0.offset)?;
        if self.0.excerpt.is_empty() { Ok(()) } else { write!(f, ", near `{}`", self.0.excerpt) }
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DecodeError({self})")
    }
}

impl std::error::Error for DecodeError {}
