//! Successes that nobody has decoded yet.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde_core::de::DeserializeOwned;

use super::super::error::{Error, ResponseErrorKind, Source};
use super::super::rate::RateLimit;
use super::super::reply::{Reply, ReplyBody};
use super::super::wire::{Wire, unmarked};
use super::Answer;

/// A success as it came; see [`CallOptions::send_raw`](super::CallOptions::send_raw).
#[derive(Clone)]
#[non_exhaustive]
pub struct RawResponse {
    /// Status.
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    /// The id the server gave the request.
    pub request_id: Option<String>,
    /// How many requests it took.
    pub attempts: u32,
    /// The body.
    pub body: Bytes,
    source: Source,
}

impl RawResponse {
    /// The body as a model of this SDK.
    ///
    /// # Errors
    ///
    /// When it is empty, not JSON, or the JSON of something else.
    pub fn parse<T: Wire>(&self) -> Result<T, Error> {
        self.reply().json()
    }

    /// The body as any type of serde.
    ///
    /// # Errors
    ///
    /// When it is not JSON, or does not fit.
    pub fn json<U: DeserializeOwned>(&self) -> Result<U, Error> {
        serde_json::from_slice(unmarked(&self.body)).map_err(|error| {
            let message = format!("the JSON does not fit: {error}");
            self.reply().fail(ResponseErrorKind::Json, &message).into()
        })
    }

    /// The body as text.
    ///
    /// # Errors
    ///
    /// When it is not valid in its charset.
    pub fn text(&self) -> Result<String, Error> {
        self.reply().text()
    }

    /// What the headers say about the rate limit.
    #[must_use]
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::of(&self.headers)
    }

    fn reply(&self) -> Reply {
        Reply::new(self.source.clone(), ReplyBody::Whole(self.body.clone()))
    }
}

impl fmt::Debug for RawResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawResponse")
            .field("source", &self.source)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish_non_exhaustive()
    }
}

/// A response of any kind, read to its end and not decoded.
#[derive(Debug)]
pub(crate) enum Undecoded {}

impl Answer for Undecoded {
    type Output = RawResponse;

    fn decode(reply: Reply) -> Result<RawResponse, Error> {
        let (body, source) = (reply.bytes(), reply.source);
        Ok(RawResponse {
            status: source.status,
            headers: source.headers.clone(),
            request_id: source.request_id(),
            attempts: source.attempts,
            body,
            source,
        })
    }
}
