//! A transport with responses in a row.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::super::error::{TransportError, TransportErrorKind};
use super::super::future::BoxFuture;
use super::super::transport::{HttpRequest, HttpResponse, Transport};
use super::{Canned, Seen};

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
            let canned = self.take(Seen::of(request).await?)?;
            Ok(canned.deliver().await)
        })
    }
}

impl fmt::Debug for InMemory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InMemory").field("requests", &self.lock().seen.len()).finish_non_exhaustive()
    }
}
