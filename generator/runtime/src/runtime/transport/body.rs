//! Bodies on their way out and in, as the HTTP clients below see them.

use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http_body::{Frame, SizeHint};

use super::super::body::Body;
use super::super::error::TransportError;
use super::super::future::{BoxError, BoxStream};

/// A body to be sent.
pub(super) enum Outgoing {
    /// Nothing, once it is sent.
    Bytes(Option<Bytes>),
    /// The mutex is never locked; it makes the stream `Sync`, which nobody makes use of.
    Stream { stream: Mutex<BoxStream<Result<Bytes, BoxError>>>, length: Option<u64> },
}

impl From<Body> for Outgoing {
    fn from(body: Body) -> Self {
        let length = body.length();
        match body.into_bytes() {
            Ok(bytes) => Self::Bytes(Some(bytes).filter(|bytes| !bytes.is_empty())),
            Err(stream) => Self::Stream { stream: Mutex::new(stream), length },
        }
    }
}

impl http_body::Body for Outgoing {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        match &mut *self {
            Self::Bytes(bytes) => Poll::Ready(bytes.take().map(|bytes| Ok(Frame::data(bytes)))),
            Self::Stream { stream, .. } => {
                let stream = stream.get_mut().unwrap_or_else(PoisonError::into_inner);
                stream.as_mut().poll_next(context).map(|chunk| chunk.map(|chunk| chunk.map(Frame::data)))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Self::Bytes(None))
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Bytes(bytes) => SizeHint::with_exact(bytes.as_ref().map_or(0, |bytes| bytes.len() as u64)),
            Self::Stream { length, .. } => length.map_or_else(SizeHint::new, SizeHint::with_exact),
        }
    }
}

/// A body that comes, and what its errors mean.
pub(super) struct Incoming<B: http_body::Body> {
    pub(super) body: B,
    pub(super) failed: fn(B::Error) -> TransportError,
}

impl<B: http_body::Body<Data = Bytes> + Unpin> Stream for Incoming<B> {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match Pin::new(&mut self.body).poll_frame(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Ready(Some(Err(error))) => return Poll::Ready(Some(Err((self.failed)(error)))),
                Poll::Ready(Some(Ok(frame))) => {
                    // Trailers are not used.
                    if let Ok(data) = frame.into_data() {
                        return Poll::Ready(Some(Ok(data)));
                    }
                }
            }
        }
    }
}
