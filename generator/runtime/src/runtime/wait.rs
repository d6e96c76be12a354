//! Waiting: asks again until a value is as it should be.
//!
//! In: an operation, and when its value is final. Out: the final value, or all values on the way as a stream. A deadline
//! holds over all of it; when it passes, the last value that was seen is still there, in the [`WaitError`].

use std::fmt;
use std::future::{Future, IntoFuture};
use std::ops::Deref;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;

use super::call::Operation;
use super::clock::{self, Instant};
use super::error::{Error, TransportError, TransportErrorKind};
use super::future::{BoxFuture, next};
use super::random;

/// A pause that nobody waits out; a longer one could overflow when it grows.
const LONGEST_PAUSE: Duration = Duration::from_secs(u32::MAX as u64);

/// Calls that may fail one after the other, each with all its attempts, before waiting ends.
const MOST_FAILURES: u32 = 5;

/// Sends a call again and again until its value is final. Dropping the future ends the waiting.
///
/// A failure that may pass, as of a server that is being restarted, ends it only where no value was seen before, or where
/// as many as five calls have failed one after the other.
#[must_use = "waiting begins when it is awaited"]
pub struct Wait<O: Operation> {
    asking: Asking<O>,
    progress: Option<Progress<O::Output>>,
}

type Progress<T> = Box<dyn FnMut(&T) + Send>;

impl<O: Operation + Clone> Wait<O> {
    /// Waits until `done` says so. Options of the single calls are set on the operation; what is set here is for the
    /// waiting as a whole.
    pub fn new(operation: O, done: fn(&O::Output) -> bool) -> Self {
        Self::with(operation, Done::Test(done))
    }

    /// Waits until what `state` finds is one of these values.
    pub fn until(
        operation: O,
        state: fn(&O::Output) -> Option<&str>,
        values: &'static [&'static str],
    ) -> Self {
        Self::with(operation, Done::State { state, values, last: None })
    }

    fn with(operation: O, done: Done<O::Output>) -> Self {
        let (pause, longest) = (Duration::from_secs(1), Duration::from_secs(15));
        let (total, until, failures) = (None, None, Failures::default());
        let asking = Asking { operation, done, total, until, pause, longest, turn: Turn::First, failures };
        Self { asking, progress: None }
    }

    /// Longest time to wait; none by default.
    pub fn with_timeout(mut self, total: Duration) -> Self {
        self.asking.total = Some(total);
        self
    }

    /// The pause after the first call, and the longest pause (1 and 15 seconds by default); it grows by half each time.
    pub fn with_interval(mut self, first: Duration, longest: Duration) -> Self {
        let (first, longest) = (first.min(LONGEST_PAUSE), longest.min(LONGEST_PAUSE));
        (self.asking.pause, self.asking.longest) = (first, longest.max(first));
        self
    }

    /// Sees each value, the last one included.
    pub fn with_progress(mut self, progress: impl FnMut(&O::Output) + Send + 'static) -> Self {
        self.progress = Some(Box::new(progress));
        self
    }

    /// Each value as it comes, the final one last. For this, a function given to `with_progress` is not needed.
    pub fn updates(self) -> Updates<O> {
        Updates { state: State::Idle(Box::new(self)) }
    }

    /// Waits on this thread.
    ///
    /// # Errors
    ///
    /// Those of the calls, and one if the thread runs asynchronous code.
    #[cfg(feature = "blocking")]
    pub fn send_blocking(self) -> Result<O::Output, WaitError<O::Output>> {
        super::blocking::wait(self.run()).unwrap_or_else(|error| Err(WaitError { error, last: None }))
    }

    async fn run(mut self) -> Result<O::Output, WaitError<O::Output>> {
        let mut last = None;
        loop {
            match self.ask().await {
                Some(Ok(value)) => last = Some(Box::new(value)),
                Some(Err(error)) => return Err(WaitError { error, last }),
                None => break,
            }
        }
        // Without a value there was an error.
        last.map(|value| *value)
            .ok_or_else(|| WaitError { error: self.asking.late(Duration::ZERO), last: None })
    }

    /// The next value; `None` after the final one.
    async fn ask(&mut self) -> Option<Result<O::Output, Error>> {
        let asked = self.asking.ask().await?;
        if let (Ok(value), Some(progress)) = (&asked, &mut self.progress) {
            progress(value);
        }
        Some(asked)
    }
}

/// The calls of a [`Wait`], one after the other.
struct Asking<O: Operation> {
    operation: O,
    done: Done<O::Output>,
    total: Option<Duration>,
    /// When `total` is over; set when the waiting begins.
    until: Option<Instant>,
    pause: Duration,
    longest: Duration,
    turn: Turn,
    failures: Failures,
}

/// Calls that failed since the last value.
#[derive(Default)]
struct Failures {
    /// A value was seen.
    seen: bool,
    count: u32,
    last: Option<Error>,
}

impl Failures {
    /// Takes note of an outcome; gives it back if it matters to whoever waits.
    fn note<T>(&mut self, asked: Result<T, Error>) -> Option<Result<T, Error>> {
        match asked {
            Ok(value) => {
                *self = Self { seen: true, ..Self::default() };
                Some(Ok(value))
            }
            Err(error) if self.seen && error.is_retryable() && self.count + 1 < MOST_FAILURES => {
                (self.count, self.last) = (self.count + 1, Some(error));
                None
            }
            Err(error) => Some(Err(error)),
        }
    }
}

/// When the waiting is over.
enum Done<T> {
    Test(fn(&T) -> bool),
    State { state: fn(&T) -> Option<&str>, values: &'static [&'static str], last: Option<String> },
}

impl<T> Done<T> {
    fn is(&mut self, value: &T) -> bool {
        match self {
            Self::Test(test) => test(value),
            Self::State { state, values, last } => {
                let found = state(value);
                *last = found.map(str::to_owned);
                found.is_some_and(|found| values.contains(&found))
            }
        }
    }

    /// The state that was seen last, in words.
    fn last(&self) -> String {
        match self {
            Self::State { last: Some(last), .. } => format!(", still `{last}`"),
            Self::State { last: None, .. } | Self::Test(_) => String::new(),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    First,
    Later,
    Over,
}

impl<O: Operation + Clone> Asking<O> {
    async fn ask(&mut self) -> Option<Result<O::Output, Error>> {
        loop {
            let asked = match self.ask_once().await? {
                Ok(asked) => self.failures.note(asked),
                Err(late) => Some(Err(late)),
            };
            if let Some(asked) = asked {
                let over = asked.as_ref().map_or(true, |value| self.done.is(value));
                self.turn = if over { Turn::Over } else { Turn::Later };
                return Some(asked);
            }
            self.turn = Turn::Later;
        }
    }

    /// What a call gave, or that the time is over; `None` after the end.
    async fn ask_once(&mut self) -> Option<Result<Result<O::Output, Error>, Error>> {
        match self.turn {
            Turn::First => self.until = self.total.and_then(|total| Instant::now().checked_add(total)),
            Turn::Later => {
                // A little randomness keeps many waiters from asking all at once.
                let jittered = self.pause.mul_f64(0.9 + 0.2 * random::unit());
                self.pause = self.pause.mul_f64(1.5).min(self.longest);
                if let Err(error) = self.within(clock::sleep(jittered)).await {
                    return Some(Err(error));
                }
            }
            Turn::Over => return None,
        }
        let sending = self.operation.clone().sending();
        Some(self.within(sending).await)
    }

    async fn within<F: Future>(&mut self, part: F) -> Result<F::Output, Error> {
        let Some((until, total)) = self.until.zip(self.total) else { return Ok(part.await) };
        clock::timeout_at(until, part).await.map_err(|_| self.late(total))
    }

    #[cold]
    fn late(&mut self, total: Duration) -> Error {
        let last = self.done.last();
        let message = format!("not finished after waiting for {total:?}{last}; `with_timeout` changes that");
        let mut error = TransportError::new(TransportErrorKind::Timeout, message);
        if let Some(failure) = self.failures.last.take() {
            error = error.with_source(failure);
        }
        Error::from(error).within(self.operation.call().route.name, 0)
    }
}

impl<O: Operation + Clone + Send + Sync + 'static> IntoFuture for Wait<O> {
    type Output = Result<O::Output, WaitError<O::Output>>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

/// The values that a [`Wait`] sees, each as it comes. Dropping it ends the waiting.
#[must_use = "a stream does nothing unless it is read"]
pub struct Updates<O: Operation> {
    state: State<O>,
}

enum State<O: Operation> {
    Idle(Box<Wait<O>>),
    Busy(BoxFuture<'static, Asked<O>>),
    Over,
}

/// The waiting, given back after a value.
type Asked<O> = (Box<Wait<O>>, Option<Result<<O as Operation>::Output, Error>>);

impl<O: Operation + Clone + Send + Sync + 'static> Updates<O> {
    /// The next value; `None` after the final one.
    pub async fn next(&mut self) -> Option<Result<O::Output, Error>> {
        next(self).await
    }

    /// The next value; `None` after the final one.
    ///
    /// # Errors
    ///
    /// Those of the calls, and one when the time is over; nothing follows.
    pub async fn try_next(&mut self) -> Result<Option<O::Output>, Error> {
        next(self).await.transpose()
    }

    /// The values for a thread that runs no asynchronous code.
    #[cfg(feature = "blocking")]
    pub fn blocking(self) -> super::blocking::Blocking<Self> {
        super::blocking::iter(self)
    }
}

impl<O: Operation + Clone + Send + Sync + 'static> Stream for Updates<O> {
    type Item = Result<O::Output, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        if let State::Idle(_) = &this.state {
            let State::Idle(mut wait) = std::mem::replace(&mut this.state, State::Over) else {
                return Poll::Ready(None);
            };
            this.state = State::Busy(Box::pin(async move {
                let asked = wait.ask().await;
                (wait, asked)
            }));
        }
        let State::Busy(asking) = &mut this.state else { return Poll::Ready(None) };
        let (wait, asked) = ready!(asking.as_mut().poll(context));
        this.state = if asked.is_some() { State::Idle(wait) } else { State::Over };
        Poll::Ready(asked)
    }
}

impl<O: Operation> Unpin for Updates<O> {}

/// Why waiting ended without a final value. It derefs to the [`Error`], and `?` makes it one.
pub struct WaitError<T> {
    error: Error,
    last: Option<Box<T>>,
}

impl<T> WaitError<T> {
    /// What happened: a call failed, or the time was over ([`Error::is_timeout`]).
    #[must_use]
    pub fn error(&self) -> &Error {
        &self.error
    }

    /// The last value that was seen.
    #[must_use]
    pub fn last(&self) -> Option<&T> {
        self.last.as_deref()
    }

    /// Error and last value.
    #[must_use]
    pub fn into_parts(self) -> (Error, Option<T>) {
        (self.error, self.last.map(|value| *value))
    }
}

impl<T> Deref for WaitError<T> {
    type Target = Error;

    fn deref(&self) -> &Error {
        &self.error
    }
}

impl<T> From<WaitError<T>> for Error {
    fn from(error: WaitError<T>) -> Self {
        error.error
    }
}

impl<T> fmt::Display for WaitError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl<T> fmt::Debug for WaitError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WaitError")
            .field("error", &self.error)
            .field("last", &self.last.as_ref().map(|_| "_"))
            .finish()
    }
}

impl<T> std::error::Error for WaitError<T> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.error.source()
    }
}

impl<O: Operation> fmt::Debug for Wait<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wait")
            .field("call", self.asking.operation.call())
            .field("total", &self.asking.total)
            .finish_non_exhaustive()
    }
}

impl<O: Operation> fmt::Debug for Updates<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.state {
            State::Idle(wait) => f.debug_tuple("Updates").field(wait).finish(),
            State::Busy(_) => f.write_str("Updates(asking)"),
            State::Over => f.write_str("Updates(over)"),
        }
    }
}
