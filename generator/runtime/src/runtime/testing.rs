//! An in-memory transport for users' own tests: the whole client runs, and nothing leaves the process.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use http::{Method, StatusCode};

use super::error::{TransportError, TransportErrorKind};
use super::future::BoxFuture;
use super::transport::{HttpRequest, HttpResponse, Transport};
use super::url::Url;

/// Answers requests from memory and remembers them. Clones share both.
///
/// Responses that were given in order come first; when they are used up, the handler answers; without one, the request
/// fails as if there were no connection.
#[derive(Clone, Default)]
pub struct InMemory(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    queue: VecDeque<Planned>,
    handler: Option<Handler>,
    seen: Vec<Seen>,
}

type Handler = Arc<dyn Fn(&Seen) -> Canned + Send + Sync>;

enum Planned {
    Response(Canned),
    Failure(TransportErrorKind),
}

/// A request that was sent.
#[derive(Clone)]
#[non_exhaustive]
pub struct Seen {
    /// Method.
    pub method: Method,
    /// URL.
    pub url: Url,
    /// Headers, credentials included.
    pub headers: HeaderMap,
    /// Body.
    pub body: Bytes,
}

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
}

impl InMemory {
    /// A transport without responses.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A transport that asks a function for each response.
    #[must_use]
    pub fn handler(handler: impl Fn(&Seen) -> Canned + Send + Sync + 'static) -> Self {
        let transport = Self::new();
        transport.lock().handler = Some(Arc::new(handler));
        transport
    }

    /// Adds the response to the next request that has none yet.
    pub fn answer(&self, response: Canned) -> &Self {
        self.lock().queue.push_back(Planned::Response(response));
        self
    }

    /// Lets the next request that has no response yet fail.
    pub fn failure(&self, kind: TransportErrorKind) -> &Self {
        self.lock().queue.push_back(Planned::Failure(kind));
        self
    }

    /// All requests so far.
    #[must_use]
    pub fn requests(&self) -> Vec<Seen> {
        self.lock().seen.clone()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self, seen: Seen) -> Result<Canned, TransportError> {
        let mut state = self.lock();
        state.seen.push(seen.clone());
        match state.queue.pop_front() {
            Some(Planned::Response(response)) => return Ok(response),
            Some(Planned::Failure(kind)) => {
                return Err(TransportError::new(kind, "a failure made by the test"));
            }
            None => {}
        }
        let handler = state.handler.clone();
        // The handler may look at the requests so far.
        drop(state);
        let handler = handler.ok_or_else(|| {
            TransportError::new(
                TransportErrorKind::Other,
                "the in-memory transport has no response left; give it one",
            )
        })?;
        Ok(handler(&seen))
    }
}

impl Transport for InMemory {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        Box::pin(async move {
            let HttpRequest { method, url, headers, body } = request;
            let body = body
                .collect()
                .await
                .map_err(|error| TransportError::new(TransportErrorKind::Upload, error.to_string()))?;
            let canned = self.take(Seen { method, url, headers, body })?;
            if let Some(delay) = canned.delay {
                tokio::time::sleep(delay).await;
            }
            let mut chunks: VecDeque<_> = canned.chunks.into_iter().map(Ok).collect();
            if canned.breaks {
                let broken = "the response broke off";
                chunks.push_back(Err(TransportError::new(TransportErrorKind::Truncated, broken)));
            }
            Ok(HttpResponse {
                status: canned.status,
                headers: canned.headers,
                body: Box::pin(Chunks(chunks)),
            })
        })
    }
}

struct Chunks(VecDeque<Result<Bytes, TransportError>>);

impl futures_core::Stream for Chunks {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(self.0.pop_front())
    }
}

impl Seen {
    /// A header as text; empty if it is not there.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

impl fmt::Debug for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Seen")
            .field("method", &self.method)
            .field("url", &super::transport::shown(&self.url))
            .field("body", &self.body.len())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for InMemory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InMemory").field("requests", &self.lock().seen.len()).finish_non_exhaustive()
    }
}
