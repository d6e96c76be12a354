//! Server-sent events with typed data.
//!
//! The framing is `sse-stream`'s. Here are decoding, the end marks that APIs put into the data (`[DONE]`), errors that the
//! server reports in the stream, and going on with `Last-Event-ID` after a break, where asking again is safe.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use sse_stream::Sse;

use super::super::call::Call;
use super::super::clock;
use super::super::error::{Error, ResponseError, ResponseErrorKind, Source};
use super::super::future::next;
use super::super::model;
use super::super::reply::{Mode, Reply, Replying, undecodable};
use super::super::retry::{Decision, Facts, Outcome, idempotent};
use super::super::wire::{DecodeError, Wire};
use super::super::{random, send};
use super::input::Frames;
use super::reported::{self, ErrorMarks};

/// Events whose data is of type `T`.
///
/// An event that cannot be decoded is an error, after which the next event follows, and so is one by which the server reports
/// an error ([`Error::Api`], with the server's words). The last event counts also where the server ends the stream without the
/// empty line behind it, unlike in browsers. When the connection breaks and the
/// server numbers its events, the call is sent again from the last one on, as far as the retry policy allows; else the
/// break is an error and the last item.
#[must_use = "a stream does nothing unless it is read"]
pub struct Events<T> {
    reader: EventReader,
    item: PhantomData<fn() -> T>,
}

/// What stood beside the data of an event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event {
    /// `event`; `message` where none was given.
    pub name: String,
    /// `id`, which holds until another one comes.
    pub id: String,
    /// `retry`: the wait the server asks for before a new connection.
    pub retry: Option<Duration>,
}

/// Longest wait before a new connection, whatever the server asks for.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

struct EventReader {
    state: Connection,
    source: Source,
    call: Option<Call>,
    limit: usize,
    ends: Vec<String>,
    errors: ErrorMarks,
    last: Event,
    /// Connections made since the last event.
    attempts: u32,
}

enum Connection {
    Open(Box<Frames>),
    /// The connection broke; the next one is on its way.
    Again(Replying),
    Done,
}

impl<T: Wire> Events<T> {
    pub(crate) fn new(reply: Reply) -> Self {
        let limit = reply.call.as_ref().map_or(usize::MAX, |call| call.core.shared().limits.response);
        let ends = reply.call.as_ref().and_then(|call| call.parts.ends.clone());
        let errors = reply.call.as_ref().and_then(|call| call.parts.errors.clone());
        let bytes = reply.into_stream();
        let reader = EventReader {
            source: bytes.source().clone(),
            call: bytes.call().cloned(),
            state: Connection::Open(Box::new(Frames::new(bytes, limit))),
            limit,
            ends: ends.unwrap_or_else(|| vec!["[DONE]".to_owned()]),
            errors: ErrorMarks::new(errors),
            last: Event::default(),
            attempts: 0,
        };
        Self { reader, item: PhantomData }
    }

    /// Also ends at an event whose data is exactly this.
    pub fn ending_at(mut self, data: impl Into<String>) -> Self {
        self.reader.ends.push(data.into());
        self
    }

    /// The next value; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        next(self).await
    }

    /// The next value; `None` at the end.
    ///
    /// # Errors
    ///
    /// When an event cannot be decoded, or the connection breaks.
    pub async fn try_next(&mut self) -> Result<Option<T>, Error> {
        next(self).await.transpose()
    }

    /// What stood beside the data of the last event.
    #[must_use]
    pub fn last_event(&self) -> &Event {
        &self.reader.last
    }
}

impl EventReader {
    /// The data of the next event that has any.
    fn poll_data(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<String, Error>>> {
        loop {
            let frames = match &mut self.state {
                Connection::Done => return Poll::Ready(None),
                Connection::Open(frames) => frames,
                Connection::Again(reply) => match ready!(reply.as_mut().poll(context)) {
                    Ok(reply) => {
                        self.state = Connection::Open(Box::new(Frames::new(reply.into_stream(), self.limit)));
                        continue;
                    }
                    Err(error) => return self.finish(error),
                },
            };
            match ready!(Pin::new(&mut frames.blocks).poll_next(context)) {
                None => {
                    self.state = Connection::Done;
                    return Poll::Ready(None);
                }
                Some(Ok(frame)) => {
                    let is_bad = frames.is_bad();
                    match self.accept(frame) {
                        Some(data) if is_bad => return Poll::Ready(Some(Err(self.no_text(&data)))),
                        Some(data) if self.is_end(&data) => self.state = Connection::Done,
                        Some(data) => return Poll::Ready(Some(self.reported(data))),
                        None => {}
                    }
                }
                Some(Err(error)) => {
                    let error = self.broken(error);
                    match self.again(error) {
                        Ok(reply) => self.state = Connection::Again(reply),
                        Err(error) => return self.finish(error),
                    }
                }
            }
        }
    }

    fn finish(&mut self, error: Error) -> Poll<Option<Result<String, Error>>> {
        self.state = Connection::Done;
        Poll::Ready(Some(Err(error)))
    }

    /// Takes over id and wait; gives the data, if there is any.
    fn accept(&mut self, frame: Sse) -> Option<String> {
        self.attempts = 0;
        if let Some(id) = frame.id {
            self.last.id = id;
        }
        self.last.retry = frame.retry.map(Duration::from_millis).or(self.last.retry);
        let data = frame.data?;
        self.last.name = frame.event.filter(|name| !name.is_empty()).unwrap_or_else(|| "message".to_owned());
        Some(data)
    }

    /// Blanks around the mark do not matter: the servers that put them there mean the same.
    fn is_end(&self, data: &str) -> bool {
        let data = data.trim();
        self.ends.iter().any(|end| end.trim() == data)
    }

    /// The data, unless it is an error that the server reports.
    fn reported(&self, data: String) -> Result<String, Error> {
        let is_named = self.errors.names(&self.last.name);
        let found = self.errors.find(data.as_bytes());
        if is_named || found.is_some() {
            return Err(reported::error(&self.source, data.into(), found.as_ref()));
        }
        Ok(data)
    }

    #[cold]
    fn no_text(&self, data: &str) -> Error {
        let message = format!("the data of an event `{}` is not valid UTF-8", self.last.name);
        let data = Bytes::copy_from_slice(data.as_bytes());
        ResponseError::new(&self.source, ResponseErrorKind::Text, data, &message).into()
    }

    /// The failure of the connection, or of the framing.
    fn broken(&self, error: sse_stream::Error) -> Error {
        match error {
            sse_stream::Error::Body(error) => match error.downcast::<Error>() {
                Ok(error) => *error,
                Err(error) => self.unreadable(&error.to_string()),
            },
            error => self.unreadable(&error.to_string()),
        }
    }

    fn unreadable(&self, why: &str) -> Error {
        let message = format!("the event stream cannot be read: {why}");
        ResponseError::new(&self.source, ResponseErrorKind::Event, Bytes::new(), &message).into()
    }

    /// The same call from the last event on, after a wait; where that is safe, and of use.
    fn again(&mut self, error: Error) -> Result<Replying, Error> {
        let Some(call) = self.call.clone() else { return Err(error) };
        self.attempts += 1;
        let id = http::HeaderValue::from_str(&self.last.id);
        if self.last.id.is_empty()
            || id.is_err()
            || !idempotent(call.method())
            || !matches!(error, Error::Transport(_))
        {
            return Err(error);
        }
        let shared = call.core.shared();
        let policy = call.parts.options.retry.as_ref().unwrap_or(&shared.retry);
        let facts = Facts { attempts: self.attempts, ..Facts::new(Outcome::Broken) };
        let Decision::Retry(wait) = policy.decide(&facts, random::unit()) else { return Err(error) };
        let wait = self.last.retry.map_or(wait, |asked| asked.min(LONGEST_WAIT));
        let call = call.add_header("last-event-id", &self.last.id);
        Ok(Box::pin(async move {
            let core = call.core.clone();
            let budget = &core.shared().budget;
            let Some(reserved) = budget.reserve(error.is_timeout()) else { return Err(error) };
            clock::sleep(wait).await;
            let withdrawal = reserved.spend();
            let reply = send::start(call, |_| Mode::Events).await?;
            // Or else a stream that breaks once an hour would leave nothing to all other calls in time.
            budget.deposit(withdrawal);
            Ok(reply)
        }))
    }

    #[cold]
    fn bad(&self, data: String, error: DecodeError) -> Error {
        if let Some(found) = reported::likely(data.as_bytes()) {
            return reported::error(&self.source, data.into(), Some(&found));
        }
        let intro = format!("the data of an event `{}` does not fit: ", self.last.name);
        undecodable(&self.source, ResponseErrorKind::Event, &intro, Bytes::from(data), error)
    }
}

/// Data is JSON, or else plain text for those that take text.
fn decode<T: Wire>(data: &str) -> Result<T, DecodeError> {
    model::from_str(data).or_else(|error| {
        let quoted = serde_json::Value::String(data.to_owned()).to_string();
        model::from_str(&quoted).map_err(|_| error)
    })
}

impl<T: Wire> Stream for Events<T> {
    type Item = Result<T, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            let data = match ready!(this.reader.poll_data(context)) {
                Some(Ok(data)) => data,
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            };
            match decode(&data) {
                Ok(value) => return Poll::Ready(Some(Ok(value))),
                // A sign of life.
                Err(_) if data.is_empty() => {}
                Err(error) => return Poll::Ready(Some(Err(this.reader.bad(data, error)))),
            }
        }
    }
}

impl<T> fmt::Debug for Events<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events").field("last", &self.reader.last).finish_non_exhaustive()
    }
}
