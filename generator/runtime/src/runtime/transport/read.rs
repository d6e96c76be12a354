//! Reads the body of a response, with bounds on size and silence.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;

use super::super::clock::{self, Instant, Sleep};
use super::super::error::{TransportError, TransportErrorKind};
use super::super::future::next;
use super::ResponseBody;

/// A body that fails when nothing comes for too long, and ends at its first error.
pub(crate) struct Guarded {
    body: Option<ResponseBody>,
    idle: Duration,
    /// Made when the body first has nothing to give; many never need it.
    alarm: Option<Pin<Box<Sleep>>>,
    waiting: bool,
    /// What was looked at before its time.
    peeked: Option<Result<Bytes, TransportError>>,
}

impl Guarded {
    pub(crate) fn new(body: ResponseBody, idle: Duration) -> Self {
        Self { body: Some(body), idle, alarm: None, waiting: false, peeked: None }
    }

    /// The beginning of the body, which is still there afterwards; nothing where it has none or broke off.
    pub(crate) async fn peek(&mut self) -> Bytes {
        self.peeked = next(self).await;
        self.peeked.as_ref().and_then(|begun| begun.as_ref().ok()).cloned().unwrap_or_default()
    }

    /// Starts the clock if it is not running, and looks at it.
    fn overdue(&mut self, context: &mut Context<'_>) -> bool {
        let Some(at) = Instant::now().checked_add(self.idle) else { return false };
        let alarm = match &mut self.alarm {
            Some(alarm) => {
                if !self.waiting {
                    alarm.as_mut().reset(at);
                }
                alarm
            }
            None => self.alarm.insert(Box::pin(clock::sleep_until(at))),
        };
        self.waiting = true;
        alarm.as_mut().poll(context).is_ready()
    }
}

impl Stream for Guarded {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        if let Some(peeked) = this.peeked.take() {
            return Poll::Ready(Some(peeked));
        }
        let Some(body) = &mut this.body else { return Poll::Ready(None) };
        match body.as_mut().poll_next(context) {
            Poll::Ready(item) => {
                this.waiting = false;
                if !matches!(item, Some(Ok(_))) {
                    this.body = None;
                }
                Poll::Ready(item)
            }
            Poll::Pending if this.overdue(context) => {
                this.body = None;
                let message =
                    format!("nothing came for {:?}; the client's `read_timeout` changes that", this.idle);
                Poll::Ready(Some(Err(TransportError::new(TransportErrorKind::Timeout, message))))
            }
            Poll::Pending => Poll::Pending,
        }
    }
}

impl fmt::Debug for Guarded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Guarded")
    }
}

/// A body, read as far as the limit allows.
pub(crate) struct Whole {
    pub(crate) bytes: Bytes,
    pub(crate) too_large: bool,
}

/// A body that broke off, with what came before.
pub(crate) struct Broken {
    pub(crate) bytes: Bytes,
    pub(crate) error: TransportError,
}

/// Reads a body into memory, at most `limit` bytes of it. `expected` is the length that the server announced.
pub(crate) async fn read_whole(
    body: Guarded,
    limit: usize,
    expected: Option<usize>,
) -> Result<Whole, Broken> {
    let mut body = body;
    // Most responses come in one piece, which is then not copied.
    let mut first = Bytes::new();
    let mut all = Vec::new();
    while let Some(chunk) = next(&mut body).await {
        let chunk = match chunk {
            Ok(chunk) => chunk,
            Err(error) => return Err(Broken { bytes: joined(first, all), error }),
        };
        let room = limit - first.len() - all.len();
        let too_large = chunk.len() > room;
        let chunk = if too_large { chunk.slice(..room) } else { chunk };
        if first.is_empty() && all.is_empty() {
            first = chunk;
        } else {
            if !first.is_empty() {
                let both = first.len() + chunk.len();
                grow(&mut all, both, limit, expected);
                all.extend_from_slice(&std::mem::take(&mut first));
            }
            grow(&mut all, chunk.len(), limit, expected);
            all.extend_from_slice(&chunk);
        }
        if too_large {
            return Ok(Whole { bytes: joined(first, all), too_large: true });
        }
    }
    Ok(Whole { bytes: joined(first, all), too_large: false })
}

/// Makes room for `more` bytes, and for others to come: a quarter of what is there, since doubling would let a body take
/// twice its size. An announced length is believed as far as the server has earned it.
pub(crate) fn grow(all: &mut Vec<u8>, more: usize, limit: usize, expected: Option<usize>) {
    const LEAST: usize = 64 << 10;
    const BELIEVED: usize = 16;
    let needed = all.len().saturating_add(more);
    if needed <= all.capacity() {
        return;
    }
    let believed = needed.saturating_mul(BELIEVED).max(LEAST);
    let ahead = match expected.filter(|expected| *expected >= needed) {
        Some(expected) => expected.min(believed),
        None => needed.saturating_add((needed / 4).max(LEAST)),
    };
    all.reserve_exact(ahead.min(limit).max(needed) - all.len());
}

fn joined(first: Bytes, all: Vec<u8>) -> Bytes {
    if all.is_empty() { first } else { Bytes::from(all) }
}
