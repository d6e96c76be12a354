//! Requests that were sent in a test.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, Method};
use serde_core::de::DeserializeOwned;

use super::super::error::{TransportError, TransportErrorKind};
use super::super::transport::{Attempt, HttpRequest, shown};
use super::super::url::Url;

/// A request that was sent.
#[derive(Clone)]
#[non_exhaustive]
pub struct Seen {
    /// The call it was sent for.
    pub attempt: Attempt,
    /// Method.
    pub method: Method,
    /// URL.
    pub url: Url,
    /// Headers, credentials included.
    pub headers: HeaderMap,
    /// Body.
    pub body: Bytes,
}

impl Seen {
    /// Reads the body of a request to its end.
    pub(super) async fn of(request: HttpRequest) -> Result<Self, TransportError> {
        let HttpRequest { attempt, method, url, headers, body } = request;
        let body = body
            .collect()
            .await
            .map_err(|error| TransportError::new(TransportErrorKind::Upload, error.to_string()))?;
        Ok(Self { attempt, method, url, headers, body })
    }

    /// The operation: `workflows.runs.get`.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.attempt.operation
    }

    /// The path of the URL, percent-encoded.
    #[must_use]
    pub fn path(&self) -> &str {
        self.url.path()
    }

    /// A query parameter, decoded; of several with the name the first.
    #[must_use]
    pub fn query(&self, name: &str) -> Option<String> {
        self.url.query_pairs().find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
    }

    /// A header as text; empty if it is not there.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The body as text; what is not UTF-8 in it is replaced.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON: a model, a `serde_json::Value`, any type of serde.
    ///
    /// # Panics
    ///
    /// When it is something else.
    #[must_use]
    pub fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| {
            panic!("the body of `{}` does not fit: {error}\n{}", self.operation(), self.text())
        })
    }
}

impl fmt::Debug for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Seen")
            .field("operation", &self.attempt.operation)
            .field("method", &self.method)
            .field("url", &shown(&self.url))
            .field("body", &self.body.len())
            .finish_non_exhaustive()
    }
}
