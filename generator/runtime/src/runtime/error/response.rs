//! A response that could not be understood.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::super::future::BoxError;
use super::super::redact::Scrub;
use super::super::route::Route;
use super::super::wire::DecodeError;
use super::context::{prefix, suffix};
use super::source::Source;

/// A success by its status, but not what the document promises.
pub struct ResponseError {
    kind: ResponseErrorKind,
    route: &'static Route,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    request_id: Option<String>,
    message: String,
    attempts: u32,
    source: Option<BoxError>,
    scrub: Scrub,
}

/// What was wrong with a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ResponseErrorKind {
    /// The body is no JSON, or not the JSON of the type.
    Json,
    /// The body should be text and is not.
    Text,
    /// The body is of another media type.
    ContentType,
    /// The body is compressed in a way the client does not read.
    Encoding,
    /// There is no body.
    Empty,
    /// The body is larger than the client's limit.
    TooLarge,
    /// A success status the document does not know.
    Status,
    /// An event of an event stream.
    Event,
    /// A page that leads nowhere.
    Paging,
    /// The body is no XML, or not the XML of the type.
    Xml,
}

impl ResponseError {
    #[cold]
    pub(crate) fn new(from: &Source, kind: ResponseErrorKind, body: Bytes, message: &str) -> Self {
        Self {
            kind,
            route: from.route,
            status: from.status,
            request_id: from.request_id(),
            headers: from.headers.clone(),
            body,
            message: from.scrub.clean(message),
            attempts: from.attempts,
            source: None,
            scrub: from.scrub.clone(),
        }
    }

    /// Adds what caused it, unless that would show a secret.
    pub(crate) fn with_source(mut self, source: impl Into<BoxError>) -> Self {
        let source = source.into();
        if !self.scrub.finds(&source.to_string()) {
            self.source = Some(source);
        }
        self
    }

    /// Whether a document that says something else would help.
    fn is_of_document(&self) -> bool {
        use ResponseErrorKind::{ContentType, Empty, Json, Status, Xml};
        matches!(self.kind, ContentType | Empty | Json | Status | Xml) || self.decode_error().is_some()
    }

    pub(super) fn set_attempts(&mut self, attempts: u32) {
        self.attempts = attempts;
    }

    /// What was wrong.
    #[must_use]
    pub fn kind(&self) -> ResponseErrorKind {
        self.kind
    }

    /// The operation that was called.
    #[must_use]
    pub fn operation(&self) -> &str {
        self.route.name
    }

    /// Status of the response.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Headers of the response.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The id the server gave the request.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// What was wrong, in words.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The body as it came, as far as it was read.
    #[must_use]
    pub fn raw_body(&self) -> &Bytes {
        &self.body
    }

    /// Place and cause inside of the JSON, where that is what failed.
    #[must_use]
    pub fn decode_error(&self) -> Option<&DecodeError> {
        self.source.as_deref().and_then(|source| source.downcast_ref())
    }

    /// The JSON pointer of the response in the API's document: `#/paths/~1v1~1runs/get/responses/200`. If the server is right, this
    /// is what to correct. `None` for requests that are no operation of the document.
    #[must_use]
    pub fn pointer(&self) -> Option<String> {
        let Route { path, method, .. } = self.route;
        (!path.is_empty()).then(|| {
            let path = path.replace('~', "~0").replace('/', "~1");
            format!(
                "#/paths/{path}/{}/responses/{}",
                method.as_str().to_ascii_lowercase(),
                self.status.as_u16()
            )
        })
    }

    /// How many requests were sent for this call.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }
}

impl fmt::Display for ResponseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        prefix(f, self.route.name)?;
        write!(f, "the response ({}) could not be read: {}", self.status.as_u16(), self.message)?;
        suffix(f, self.request_id.as_deref(), self.attempts)?;
        match self.pointer().filter(|_| self.is_of_document()) {
            Some(pointer) => write!(f, "; in the API's document: `{pointer}`"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for ResponseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseError")
            .field("kind", &self.kind)
            .field("operation", &self.route.name)
            .field("status", &self.status.as_u16())
            .field("message", &self.message)
            .field("request_id", &self.request_id)
            .field("attempts", &self.attempts)
            .field("headers", &self.scrub.headers(&self.headers))
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}

impl std::error::Error for ResponseError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn std::error::Error + 'static))
    }
}
