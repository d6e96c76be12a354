//! An answer with an error status.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde_json::Value;

use super::super::call::unmarked;
use super::super::redact::Scrub;
use super::super::retry;
use super::super::route::{AnyBody, Route};

/// Longest message taken over from a body, in characters.
const LONGEST: usize = 300;

/// The server answered with an error status.
pub struct ApiError {
    operation: &'static str,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    typed: Option<AnyBody>,
    message: String,
    request_id: Option<String>,
    retry_after: Option<Duration>,
    attempts: u32,
    scrub: Scrub,
}

impl ApiError {
    pub(crate) fn new(
        route: &'static Route,
        status: StatusCode,
        headers: HeaderMap,
        body: Bytes,
        scrub: Scrub,
    ) -> Self {
        let typed = route.error_body(status.as_u16(), unmarked(&body));
        let message = message(unmarked(&body), &scrub);
        let request_id = request_id(&headers).map(|id| scrub.clean(id));
        let retry_after = retry::Hints::read(&headers, std::time::SystemTime::now()).retry_after;
        Self {
            operation: route.name,
            status,
            headers,
            body,
            typed,
            message,
            request_id,
            retry_after,
            attempts: 1,
            scrub,
        }
    }

    pub(super) fn set_attempts(&mut self, attempts: u32) {
        self.attempts = attempts;
    }

    /// The operation that was called.
    #[must_use]
    pub fn operation(&self) -> &str {
        self.operation
    }

    /// Status of the answer.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Headers of the answer.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The id the server gave the request.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// What the server said, in words, as far as it could be found in the body: one line, bounded.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The body as the document describes it for this status; `None` when the document describes another type, or the
    /// server sent something else.
    #[must_use]
    pub fn body<T: 'static>(&self) -> Option<&T> {
        self.typed.as_ref().and_then(|body| body.downcast_ref())
    }

    /// The body as it came, whatever it is.
    #[must_use]
    pub fn raw_body(&self) -> &Bytes {
        &self.body
    }

    /// How many requests were sent for this call.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// How long the server asks to wait.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }

    /// Could the same call succeed later?
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        matches!(self.status.as_u16(), 408 | 429 | 500..)
    }
}

/// The header that carries the id of a request, in the spellings servers use.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    ["x-request-id", "request-id", "x-amzn-requestid", "x-correlation-id"]
        .iter()
        .find_map(|name| headers.get(*name))
        .and_then(|value| value.to_str().ok())
}

/// What an error body says to people.
fn message(body: &[u8], scrub: &Scrub) -> String {
    let spoken = serde_json::from_slice::<Value>(body).ok().and_then(|value| spoken(&value));
    scrub.excerpt(spoken.as_ref().map_or(body, |text| text.as_bytes()), LONGEST)
}

/// Looks where APIs put their words: `message`, `error`, `detail` (FastAPI), `title` (RFC 9457), `errors`.
fn spoken(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Array(items) => {
            let first = spoken(items.first()?)?;
            Some(if items.len() > 1 { format!("{first} (and {} more)", items.len() - 1) } else { first })
        }
        Value::Object(members) => {
            let words = ["message", "error", "detail", "msg", "error_description", "title", "errors"]
                .iter()
                .find_map(|name| members.get(*name).and_then(spoken))?;
            let place = members.get("loc").and_then(Value::as_array).map(|steps| {
                steps
                    .iter()
                    .map(|step| step.as_str().map_or_else(|| step.to_string(), str::to_owned))
                    .collect::<Vec<_>>()
            });
            Some(place.map_or(words.clone(), |place| format!("{}: {words}", place.join("."))))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        super::prefix(f, self.operation)?;
        write!(f, "{}", self.status.as_u16())?;
        if let Some(reason) = self.status.canonical_reason() {
            write!(f, " {reason}")?;
        }
        if !self.message.is_empty() {
            write!(f, ": {}", self.message)?;
        }
        super::suffix(f, self.request_id.as_deref(), self.attempts)
    }
}

impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("operation", &self.operation)
            .field("status", &self.status.as_u16())
            .field("message", &self.message)
            .field("request_id", &self.request_id)
            .field("attempts", &self.attempts)
            .field("headers", &self.scrub.headers(&self.headers))
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}

impl std::error::Error for ApiError {}
