//! What all call values of emitted code have in common.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use http::{HeaderMap, StatusCode};
use serde_json::Value;

use super::super::encode::Style;
use super::super::error::Error;
use super::super::rate::RateLimit;
use super::super::reply::{Reply, Replying};
use super::super::retry::RetryPolicy;
use super::super::send;
use super::raw::{RawResponse, Undecoded};
use super::{Answer, Call};

/// A call that can be sent. Implemented by the `operation!` macro.
pub trait Operation: Sized {
    /// What awaiting the call gives.
    type Output: Send + 'static;

    /// How its response is read.
    type Answer: Answer<Output = Self::Output>;

    /// The call inside.
    #[doc(hidden)]
    fn call(&self) -> &Call;

    /// The call inside, taken out.
    #[doc(hidden)]
    fn into_call(self) -> Call;

    /// Puts a call in.
    #[doc(hidden)]
    fn from_call(call: Call) -> Self;

    /// Changes the call inside.
    #[doc(hidden)]
    #[must_use]
    fn map_call(self, change: impl FnOnce(Call) -> Call) -> Self {
        Self::from_call(change(self.into_call()))
    }

    /// Sends it.
    fn sending(self) -> Sending<Self::Output> {
        Sending::new::<Self::Answer>(self.into_call())
    }
}

/// Options of a single call. All begin with `with_`, so that no parameter of an API can clash with them.
pub trait CallOptions: Operation {
    /// Longest time for the call, all attempts included; for responses that are streams, until they begin; of a list, for each
    /// page.
    #[must_use]
    fn with_timeout(self, total: Duration) -> Self {
        self.map_call(|mut call| {
            call.parts.options.timeout = Some(total);
            call
        })
    }

    /// Longest time for each attempt of the call, instead of the client's `attempt_timeout`.
    #[must_use]
    fn with_attempt_timeout(self, attempt: Duration) -> Self {
        self.map_call(|mut call| {
            call.parts.options.attempt_timeout = Some(attempt);
            call
        })
    }

    /// A header, in the place of others of the same name: of the document (`accept`, `content-type`), of the client, of this call.
    #[must_use]
    fn with_header(self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.map_call(|call| call.add_header(name.as_ref(), value.as_ref()))
    }

    /// A header beside others of the same name, which goes out as often as it is given.
    #[must_use]
    fn with_added_header(self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.map_call(|call| call.repeat_header(name.as_ref(), value.as_ref()))
    }

    /// No header of this name, be it of the document, of the client or of a credential. What HTTP itself needs is sent anyway.
    #[must_use]
    fn without_header(self, name: impl AsRef<str>) -> Self {
        self.map_call(|call| call.remove_header(name.as_ref()))
    }

    /// A query parameter, in the place of others of the same name: of the client, of this call.
    #[must_use]
    fn with_query(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.map_call(|call| {
            call.set_query(name.into().into(), Style::FormExplode, &Value::String(value.into()))
        })
    }

    /// When this call is sent again.
    #[must_use]
    fn with_retry(self, policy: RetryPolicy) -> Self {
        self.map_call(|mut call| {
            call.parts.options.retry = Some(policy);
            call
        })
    }

    /// A key by which the server knows a call it has seen before. The call may then be sent again whatever its method.
    #[must_use]
    fn with_idempotency_key(self, key: impl Into<String>) -> Self {
        self.map_call(|mut call| {
            call.parts.options.idempotency_key = Some(key.into());
            call
        })
    }

    /// Sends this call to another server.
    #[must_use]
    fn with_base_url(self, url: impl Into<String>) -> Self {
        self.map_call(|mut call| {
            call.parts.options.base_url = Some(url.into());
            call
        })
    }

    /// Sends it, and gives status and headers beside the value.
    fn send_with_response(self) -> SendingWithResponse<Self::Output> {
        SendingWithResponse(self.sending())
    }

    /// Sends it, and gives a success as it came: status, headers and bytes, whatever the document promises.
    fn send_raw(self) -> Sending<RawResponse> {
        Sending::new::<Undecoded>(self.into_call())
    }

    /// Sends it and waits, from a thread that runs no asynchronous code.
    ///
    /// # Errors
    ///
    /// Those of the call; and one if the thread does run asynchronous code, which waiting would bring to a halt.
    #[cfg(feature = "blocking")]
    fn send_blocking(self) -> Result<Self::Output, Error> {
        super::super::blocking::wait(self.sending())?
    }
}

impl<O: Operation> CallOptions for O {}

/// A value with what came beside it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Response<T> {
    /// Status.
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    /// The id the server gave the request.
    pub request_id: Option<String>,
    /// How many requests it took.
    pub attempts: u32,
    /// The value.
    pub value: T,
}

impl<T> Response<T> {
    /// What the headers say about the rate limit.
    #[must_use]
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::of(&self.headers)
    }
}

/// What makes a value of a response.
pub(crate) type Decode<T> = fn(Reply) -> Result<T, Error>;

/// A call on its way; resolves to its value. Nothing is sent before it is polled; dropping it ends the call.
#[must_use = "a call is sent when it is awaited"]
pub struct Sending<T> {
    reply: Replying,
    decode: Decode<T>,
}

/// Like [`Sending`]; resolves to the value with status and headers.
#[must_use = "a call is sent when it is awaited"]
#[derive(Debug)]
pub struct SendingWithResponse<T>(Sending<T>);

impl<T> Sending<T> {
    /// Sends a call whose response is of kind `A`.
    pub fn new<A: Answer<Output = T>>(call: Call) -> Self {
        Self { reply: send::start(call, A::mode), decode: A::decode }
    }

    /// The response to come, and what makes a value of it.
    pub(crate) fn into_parts(self) -> (Replying, Decode<T>) {
        (self.reply, self.decode)
    }
}

/// The value of a response.
pub(crate) fn decoded<T>(reply: Reply, decode: Decode<T>) -> Result<T, Error> {
    let span = reply.span.clone();
    decode(reply).inspect_err(|error| span.undecoded(error))
}

impl<T> Future for Sending<T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let reply = ready!(self.reply.as_mut().poll(context));
        Poll::Ready(reply.and_then(|reply| decoded(reply, self.decode)))
    }
}

impl<T> Future for SendingWithResponse<T> {
    type Output = Result<Response<T>, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let reply = ready!(self.0.reply.as_mut().poll(context));
        let decode = self.0.decode;
        Poll::Ready(reply.and_then(|reply| {
            let source = reply.source.clone();
            Ok(Response {
                status: source.status,
                request_id: source.request_id(),
                headers: source.headers,
                attempts: source.attempts,
                value: decoded(reply, decode)?,
            })
        }))
    }
}

impl<T> fmt::Debug for Sending<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sending")
    }
}
