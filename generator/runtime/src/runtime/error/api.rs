//! A response with an error status.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde_json::Value;

use super::super::clock;
use super::super::rate::RateLimit;
use super::super::redact::Scrub;
use super::super::retry;
use super::super::route::{AnyBody, Route};
use super::super::wire::unmarked;
use super::context::{prefix, suffix};
use super::source::{Source, request_id};

/// Longest message taken over from a body, in characters.
const LONGEST: usize = 300;

/// The server answered with an error status, or reported an error in a stream that had begun with a success.
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
        let message = words_of(&body, &scrub, LONGEST);
        let request_id = request_id(&headers).map(|id| scrub.clean(id));
        let retry_after = retry::Hints::read(&headers, clock::now()).retry_after;
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

    /// An error inside of a stream, in the words of what was found in its data, else of all data.
    #[cold]
    pub(crate) fn reported(from: &Source, data: Bytes, found: Option<&Value>) -> Self {
        let words = found.and_then(spoken);
        let message = match &words {
            Some(words) => from.scrub.excerpt(words.as_bytes(), LONGEST),
            None => words_of(&data, &from.scrub, LONGEST),
        };
        Self {
            operation: from.route.name,
            status: from.status,
            headers: from.headers.clone(),
            body: data,
            typed: None,
            message,
            request_id: from.request_id(),
            retry_after: None,
            attempts: from.attempts,
            scrub: from.scrub.clone(),
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

    /// Status of the response; one of success where the error was reported in a stream.
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

    /// What the headers say about the rate limit.
    #[must_use]
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::of(&self.headers)
    }

    /// Is it an error that the server reported in a stream, after a status of success?
    #[must_use]
    pub fn is_in_stream(&self) -> bool {
        self.status.is_success()
    }

    /// Could the same call succeed later?
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        matches!(self.status.as_u16(), 408 | 429 | 500 | 502..)
    }
}

/// What an error body says to people, in at most this many characters.
pub(crate) fn words_of(body: &[u8], scrub: &Scrub, most: usize) -> String {
    let body = unmarked(body);
    let spoken = serde_json::from_slice::<Value>(body).ok().and_then(|value| spoken(&value));
    scrub.excerpt(spoken.as_ref().map_or(body, |text| text.as_bytes()), most)
}

/// Looks where APIs put their words: `message`, `error`, `detail` (FastAPI), `title` (RFC 9457), `errors`. Of an OAuth2 endpoint
/// `error` is a mere code, and `error_description` says the rest (RFC 6749, section 5.2).
fn spoken(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Array(items) => {
            let first = spoken(items.first()?)?;
            Some(if items.len() > 1 { format!("{first} (and {} more)", items.len() - 1) } else { first })
        }
        Value::Object(members) => {
            if let (Some(Value::String(code)), Some(Value::String(words))) =
                (members.get("error"), members.get("error_description"))
                && !code.is_empty()
                && !words.is_empty()
            {
                return Some(format!("{code}: {words}"));
            }
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
        prefix(f, self.operation)?;
        if self.status.is_success() {
            f.write_str("the server reported an error in the stream")?;
        } else {
            write!(f, "{}", self.status.as_u16())?;
        }
        if let Some(reason) = self.status.canonical_reason().filter(|_| !self.status.is_success()) {
            write!(f, " {reason}")?;
        }
        if !self.message.is_empty() {
            write!(f, ": {}", self.message)?;
        }
        suffix(f, self.request_id.as_deref(), self.attempts)
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
