//! Responses that a test makes.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use serde_core::Serialize;

use super::super::clock;
use super::super::error::{TransportError, TransportErrorKind};
use super::super::transport::HttpResponse;

/// A response.
#[derive(Clone, Debug, Default)]
pub struct Canned {
    status: StatusCode,
    headers: HeaderMap,
    chunks: Vec<Bytes>,
    breaks: bool,
    delay: Option<Duration>,
}

impl Canned {
    /// A response without a body. A number that is no status counts as 500.
    #[must_use]
    pub fn status(status: u16) -> Self {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self { status, ..Self::default() }
    }

    /// A JSON response.
    #[must_use]
    pub fn json(status: u16, body: impl Into<Bytes>) -> Self {
        Self::body(status, "application/json", body)
    }

    /// A JSON response, made from a value of any type of serde: `json!({..})`, a struct, a model.
    ///
    /// # Panics
    ///
    /// When the value has no form in JSON.
    #[must_use]
    pub fn value(status: u16, body: impl Serialize) -> Self {
        let json =
            serde_json::to_vec(&body).unwrap_or_else(|error| panic!("the response is no JSON: {error}"));
        Self::json(status, json)
    }

    /// A response of another media type.
    #[must_use]
    pub fn body(status: u16, media: &str, body: impl Into<Bytes>) -> Self {
        let mut response = Self::status(status).header(CONTENT_TYPE.as_str(), media);
        response.chunks.push(body.into());
        response
    }

    /// A response whose body comes in pieces.
    #[must_use]
    pub fn chunks<B: Into<Bytes>>(status: u16, media: &str, chunks: impl IntoIterator<Item = B>) -> Self {
        let mut response = Self::status(status).header(CONTENT_TYPE.as_str(), media);
        response.chunks.extend(chunks.into_iter().map(Into::into));
        response
    }

    /// Adds a header. One that cannot be sent is left out.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            self.headers.append(name, value);
        }
        self
    }

    /// The response takes this long to begin. On a paused clock that costs no time.
    #[must_use]
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = Some(delay);
        self
    }

    /// The connection breaks after the body.
    #[must_use]
    pub fn breaking_off(mut self) -> Self {
        self.breaks = true;
        self
    }

    /// The same response with the first status of success for which this holds.
    #[doc(hidden)]
    #[must_use]
    pub fn with_first_status(mut self, fits: fn(u16) -> bool) -> Self {
        let first =
            (200..300).find(|status| fits(*status)).and_then(|status| StatusCode::from_u16(status).ok());
        self.status = first.unwrap_or(self.status);
        self
    }

    /// Takes as long as it should, and becomes what the transport gives.
    pub(super) async fn deliver(self) -> HttpResponse {
        if let Some(delay) = self.delay {
            clock::sleep(delay).await;
        }
        let mut chunks: VecDeque<_> = self.chunks.into_iter().map(Ok).collect();
        if self.breaks {
            let broken = "the response broke off";
            chunks.push_back(Err(TransportError::new(TransportErrorKind::Truncated, broken)));
        }
        HttpResponse { status: self.status, headers: self.headers, body: Box::pin(Chunks(chunks)) }
    }
}

struct Chunks(VecDeque<Result<Bytes, TransportError>>);

impl Stream for Chunks {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.pop_front())
    }
}
