//! Responses that come over time: bytes, JSON lines, server-sent events.
//!
//! Each is a `Stream` and has an inherent `next`, so that users need no crate of stream helpers. Dropping one closes the
//! connection.

#[cfg(feature = "events")]
mod events;
#[cfg(feature = "events")]
mod input;
mod lines;
mod reported;
#[cfg(not(target_family = "wasm"))]
mod save;

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http::HeaderMap;

#[cfg(feature = "events")]
pub use events::{Event, Events};
pub use lines::Lines;

use super::error::{Error, ResponseErrorKind, Source};
use super::future::next;
use super::reply::{Reply, ReplyBody};
use super::transport::grow;

/// The body of a response as it comes.
#[must_use = "a stream does nothing unless it is read"]
pub struct ByteStream {
    reply: Reply,
    /// Set while the body was read whole, because somebody asked for a stream of it anyway.
    rest: Option<Bytes>,
}

impl ByteStream {
    pub(crate) fn new(reply: Reply) -> Self {
        let rest = match &reply.body {
            ReplyBody::Whole(bytes) => Some(bytes.clone()),
            ReplyBody::Stream(_) => None,
        };
        Self { reply, rest }
    }

    /// The next bytes; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<Bytes, Error>> {
        next(self).await
    }

    /// The next bytes; `None` at the end.
    ///
    /// # Errors
    ///
    /// When the connection breaks, or is silent for too long.
    pub async fn try_next(&mut self) -> Result<Option<Bytes>, Error> {
        next(self).await.transpose()
    }

    /// Headers of the response.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.reply.headers()
    }

    /// The media type, where the server gave one.
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        self.headers().get(http::header::CONTENT_TYPE).and_then(|value| value.to_str().ok())
    }

    /// The length, where the server gave one.
    #[must_use]
    pub fn content_length(&self) -> Option<u64> {
        self.headers().get(http::header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
    }

    /// All of it in memory.
    ///
    /// # Errors
    ///
    /// When the connection breaks, or it is larger than `limit`.
    pub async fn collect(mut self, limit: usize) -> Result<Bytes, Error> {
        let expected = self.content_length().and_then(|length| length.try_into().ok());
        let mut all = Vec::new();
        while let Some(chunk) = self.try_next().await? {
            if all.len() + chunk.len() > limit {
                let message = format!("the body is larger than {limit} bytes, the limit given to `collect`");
                return Err(self.reply.fail(ResponseErrorKind::TooLarge, &message).into());
            }
            grow(&mut all, chunk.len(), limit, expected);
            all.extend_from_slice(&chunk);
        }
        Ok(all.into())
    }

    pub(crate) fn source(&self) -> &Source {
        &self.reply.source
    }

    #[cfg(feature = "events")]
    pub(crate) fn call(&self) -> Option<&super::call::Call> {
        self.reply.call.as_ref()
    }

    pub(crate) fn fail(
        &self,
        kind: ResponseErrorKind,
        body: Bytes,
        message: &str,
    ) -> super::error::ResponseError {
        super::error::ResponseError::new(self.source(), kind, body, message)
    }
}

impl Reply {
    /// The body as a stream of bytes.
    pub fn into_stream(self) -> ByteStream {
        ByteStream::new(self)
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        if let Some(rest) = this.rest.take_if(|rest| !rest.is_empty()) {
            return Poll::Ready(Some(Ok(rest)));
        }
        let ReplyBody::Stream(body) = &mut this.reply.body else { return Poll::Ready(None) };
        let source = &this.reply.source;
        let polled = Pin::new(body).poll_next(context);
        polled.map(|item| {
            item.map(|chunk| {
                chunk.map_err(|error| Error::from(error).within(source.route.name, source.attempts))
            })
        })
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByteStream").field("reply", &self.reply.source).finish_non_exhaustive()
    }
}
