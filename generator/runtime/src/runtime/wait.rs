//! Waiting: asks again until a value is as it should be.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::time::Duration;

use tokio::time::Instant;

use super::call::Operation;
use super::error::{Error, TransportError, TransportErrorKind};
use super::future::BoxFuture;
use super::random;

/// Sends a call again and again until its value is final. Dropping the future ends the waiting.
#[must_use = "waiting begins when it is awaited"]
pub struct Wait<O: Operation> {
    operation: O,
    done: fn(&O::Output) -> bool,
    progress: Option<Progress<O::Output>>,
    total: Option<Duration>,
    first: Duration,
    longest: Duration,
}

type Progress<T> = Box<dyn FnMut(&T) + Send>;

impl<O: Operation + Clone> Wait<O> {
    /// Waits until `done` says so.
    pub fn new(operation: O, done: fn(&O::Output) -> bool) -> Self {
        let (first, longest) = (Duration::from_secs(1), Duration::from_secs(15));
        Self { operation, done, progress: None, total: None, first, longest }
    }

    /// Longest time to wait; none by default.
    pub fn with_timeout(mut self, total: Duration) -> Self {
        self.total = Some(total);
        self
    }

    /// The pause after the first call, and the longest pause; it grows by half each time.
    pub fn with_interval(mut self, first: Duration, longest: Duration) -> Self {
        (self.first, self.longest) = (first, longest);
        self
    }

    /// Sees each value, the last one included.
    pub fn with_progress(mut self, progress: impl FnMut(&O::Output) + Send + 'static) -> Self {
        self.progress = Some(Box::new(progress));
        self
    }

    async fn run(mut self) -> Result<O::Output, Error> {
        let name = self.operation.call().route.name;
        let limit = Limit { begun: Instant::now(), total: self.total, name };
        let mut pause = self.first;
        loop {
            let value = limit.within(self.operation.clone().sending()).await??;
            if let Some(progress) = &mut self.progress {
                progress(&value);
            }
            if (self.done)(&value) {
                return Ok(value);
            }
            // A little randomness keeps many waiters from asking all at once.
            let jittered = pause.mul_f64(0.9 + 0.2 * random::unit());
            limit.within(tokio::time::sleep(jittered)).await?;
            pause = pause.mul_f64(1.5).min(self.longest.max(self.first));
        }
    }
}

/// How long the waiting may take.
struct Limit {
    begun: Instant,
    total: Option<Duration>,
    name: &'static str,
}

impl Limit {
    async fn within<F: Future>(&self, part: F) -> Result<F::Output, Error> {
        let Some(total) = self.total else { return Ok(part.await) };
        let Some(at) = self.begun.checked_add(total) else { return Ok(part.await) };
        tokio::time::timeout_at(at, part).await.map_err(|_| {
            let message = format!("not finished after waiting for {total:?}; `with_timeout` changes that");
            let error = TransportError::new(TransportErrorKind::Timeout, message);
            Error::from(error).within(self.name, 0)
        })
    }
}

impl<O: Operation + Clone + Send + Sync + 'static> IntoFuture for Wait<O> {
    type Output = Result<O::Output, Error>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

impl<O: Operation> fmt::Debug for Wait<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wait")
            .field("call", self.operation.call())
            .field("total", &self.total)
            .finish_non_exhaustive()
    }
}
