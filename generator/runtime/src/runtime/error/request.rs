//! A call that could not be sent.

use std::borrow::Cow;
use std::fmt;

use super::super::future::BoxError;
use super::context::prefix;

/// What the caller has to change before the call can be sent.
pub struct RequestError {
    kind: RequestErrorKind,
    operation: String,
    message: Cow<'static, str>,
    retryable: bool,
    source: Option<BoxError>,
}

/// What was wrong with a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RequestErrorKind {
    /// A parameter in the path or query.
    Parameter,
    /// A header or cookie.
    Header,
    /// The body.
    Body,
    /// A file to be uploaded.
    File,
    /// The URL.
    Url,
    /// Credentials are missing, or no access token could be had.
    Credentials,
    /// How the client was set up.
    Configuration,
}

impl RequestError {
    /// An error of this kind; the message is lowercase and ends in what to do.
    #[must_use]
    pub fn new(kind: RequestErrorKind, message: impl Into<Cow<'static, str>>) -> Self {
        Self { kind, operation: String::new(), message: message.into(), retryable: false, source: None }
    }

    /// Adds what caused it.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<BoxError>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// Marks it as something that may pass: a token endpoint that is down, for example.
    pub(crate) fn retryable(mut self, retryable: bool) -> Self {
        self.retryable = retryable;
        self
    }

    pub(super) fn set_operation(&mut self, operation: &str) {
        operation.clone_into(&mut self.operation);
    }

    /// What was wrong.
    #[must_use]
    pub fn kind(&self) -> RequestErrorKind {
        self.kind
    }

    /// The operation that was called.
    #[must_use]
    pub fn operation(&self) -> &str {
        &self.operation
    }

    /// What was wrong, in words.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    pub(super) fn is_retryable(&self) -> bool {
        self.retryable
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        prefix(f, &self.operation)?;
        f.write_str(&self.message)?;
        match &self.source {
            Some(source) => write!(f, ": {source}"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestError")
            .field("kind", &self.kind)
            .field("operation", &self.operation)
            .field("message", &self.message)
            .field("source", &self.source)
            .finish()
    }
}

impl std::error::Error for RequestError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn std::error::Error + 'static))
    }
}
