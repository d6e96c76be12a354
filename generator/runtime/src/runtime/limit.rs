//! Bounds of a call: how long each part may take, how large a response may be.

use std::time::Duration;

use super::clock::{self, Instant};
use super::error::{TransportError, TransportErrorKind};

/// Bounds of the calls of a client.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Limits {
    /// For a connection, TLS included.
    pub(crate) connect: Duration,
    /// Between two pieces of a response.
    pub(crate) idle: Duration,
    /// For one attempt: until the end of the response, or until its headers where it is a stream.
    pub(crate) attempt: Duration,
    /// For all attempts and the waits between them.
    pub(crate) total: Option<Duration>,
    /// Bytes of a response that is no stream; of a line or an event where it is.
    pub(crate) response: usize,
    /// Bytes of the body of an error, where that was chosen.
    pub(crate) error: Option<usize>,
    /// Connections kept open per host while nothing is sent.
    pub(crate) idle_connections: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            idle: Duration::from_secs(120),
            attempt: Duration::from_secs(600),
            total: None,
            response: 256 << 20,
            error: None,
            idle_connections: 64,
        }
    }
}

impl Limits {
    /// Bytes that are kept of the body of an error.
    pub(crate) fn errors(&self) -> usize {
        self.error.unwrap_or_else(|| self.response.min(1 << 20))
    }
}

/// When a call has to be over.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadline {
    at: Option<Instant>,
    total: Option<Duration>,
}

impl Deadline {
    /// Counts from now. A time too long to be represented is none.
    pub(crate) fn after(total: Option<Duration>) -> Self {
        Self { at: total.and_then(|total| Instant::now().checked_add(total)), total }
    }

    /// Time left.
    pub(crate) fn remaining(&self) -> Option<Duration> {
        self.at.map(|at| at.saturating_duration_since(Instant::now()))
    }

    /// Runs a part of the call, within its own bound and the deadline.
    pub(crate) async fn bound<F: Future>(
        &self,
        attempt: Duration,
        part: F,
    ) -> Result<F::Output, TransportError> {
        let own = Instant::now().checked_add(attempt);
        let (at, by_deadline) = match (own, self.at) {
            (Some(own), Some(deadline)) => (own.min(deadline), deadline <= own),
            (Some(own), None) => (own, false),
            (None, Some(deadline)) => (deadline, true),
            (None, None) => return Ok(part.await),
        };
        clock::timeout_at(at, part).await.map_err(|_| {
            let message = if by_deadline {
                format!(
                    "the deadline of {:?} passed; `with_timeout` changes it",
                    self.total.unwrap_or_default()
                )
            } else {
                format!(
                    "no complete response within {attempt:?}; `with_attempt_timeout` changes that, or the client's \
                     `attempt_timeout`"
                )
            };
            TransportError::new(TransportErrorKind::Timeout, message)
        })
    }
}
