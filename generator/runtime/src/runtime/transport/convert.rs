//! Responses of other HTTP clients.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http_body::Body;

use super::super::error::{TransportError, TransportErrorKind};
use super::super::future::BoxError;
use super::HttpResponse;

impl HttpResponse {
    /// The response of another HTTP client: of `hyper` as it is, of `reqwest` by `http::Response::from(response)`.
    pub fn from_http<B>(response: http::Response<B>) -> Self
    where
        B: Body<Data = Bytes, Error: Into<BoxError>> + Send + 'static,
    {
        let (parts, body) = response.into_parts();
        Self { status: parts.status, headers: parts.headers, body: Box::pin(Pieces(Box::pin(body))) }
    }
}

/// The pieces of a body; trailers are not used.
struct Pieces<B>(Pin<Box<B>>);

impl<B: Body<Data = Bytes, Error: Into<BoxError>>> Stream for Pieces<B> {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            return Poll::Ready(match std::task::ready!(self.0.as_mut().poll_frame(context)) {
                None => None,
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(data) => Some(Ok(data)),
                    Err(_) => continue,
                },
                Some(Err(error)) => {
                    let broken = TransportError::new(TransportErrorKind::Truncated, "the response broke off");
                    Some(Err(broken.with_source(error)))
                }
            });
        }
    }
}
