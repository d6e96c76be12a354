//! No response, or only a part of one.

use std::borrow::Cow;
use std::fmt;

use super::super::future::BoxError;
use super::context::{prefix, suffix};

/// A failure between the client and the server.
pub struct TransportError {
    kind: TransportErrorKind,
    operation: String,
    message: Cow<'static, str>,
    attempts: u32,
    request_id: Option<String>,
    source: Option<BoxError>,
}

/// Where the way to the server broke.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection: name look-up, refusal, no route. Nothing was sent.
    Connect,
    /// The TLS handshake failed. Nothing was sent.
    Tls,
    /// It took too long.
    Timeout,
    /// The server turned the request away unseen, as it can in HTTP/2, or because it is about to go. It has done nothing.
    TurnedAway,
    /// The connection broke before the response began. The server may have acted.
    Reset,
    /// The response began and broke off.
    Truncated,
    /// A redirect that is not followed.
    Redirect,
    /// The body to be sent could not be read.
    Upload,
    /// Anything else.
    Other,
}

impl TransportError {
    /// A failure of this kind. The message must not hold secrets; a URL may.
    #[must_use]
    pub fn new(kind: TransportErrorKind, message: impl Into<Cow<'static, str>>) -> Self {
        let (operation, message) = (String::new(), message.into());
        Self { kind, operation, message, attempts: 0, request_id: None, source: None }
    }

    /// Adds what caused it.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<BoxError>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// Adds the id that the server gave the request before the response broke off.
    pub(crate) fn with_request_id(mut self, id: Option<String>) -> Self {
        self.request_id = id;
        self
    }

    pub(super) fn set_context(&mut self, operation: &str, attempts: u32) {
        operation.clone_into(&mut self.operation);
        self.attempts = attempts;
    }

    /// Where it broke.
    #[must_use]
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// The operation that was called.
    #[must_use]
    pub fn operation(&self) -> &str {
        &self.operation
    }

    /// What happened, in words.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// How many requests were sent for this call.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The id the server gave the request, where a part of the response came.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// Is it certain that the server did nothing with the request?
    #[must_use]
    pub fn never_sent(&self) -> bool {
        matches!(
            self.kind,
            TransportErrorKind::Connect | TransportErrorKind::Tls | TransportErrorKind::TurnedAway
        )
    }

    /// Could the same call succeed later?
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self.kind {
            TransportErrorKind::Connect
            | TransportErrorKind::TurnedAway
            | TransportErrorKind::Timeout
            | TransportErrorKind::Reset
            | TransportErrorKind::Truncated => true,
            TransportErrorKind::Tls
            | TransportErrorKind::Redirect
            | TransportErrorKind::Upload
            | TransportErrorKind::Other => false,
        }
    }
}

/// The innermost cause says most; those between repeat each other.
fn root<'a>(error: &'a (dyn std::error::Error + 'static)) -> &'a (dyn std::error::Error + 'static) {
    let mut root = error;
    while let Some(source) = root.source() {
        root = source;
    }
    root
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        prefix(f, &self.operation)?;
        f.write_str(&self.message)?;
        if let Some(source) = &self.source {
            write!(f, ": {}", root(source.as_ref()))?;
        }
        suffix(f, None, self.attempts)
    }
}

impl fmt::Debug for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportError")
            .field("kind", &self.kind)
            .field("operation", &self.operation)
            .field("message", &self.message)
            .field("attempts", &self.attempts)
            .field("source", &self.source.as_ref().map(|source| root(source.as_ref()).to_string()))
            .finish()
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn std::error::Error + 'static))
    }
}
