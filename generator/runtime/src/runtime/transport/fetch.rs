//! The transport in a browser, over `reqwest` and `fetch`.
//!
//! The browser follows redirects, keeps connections and encrypts by itself. Bodies are sent whole, since browsers take no streams
//! over HTTP/1.1; responses are read as they come.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http::header::{CONTENT_LENGTH, USER_AGENT};
use send_wrapper::SendWrapper;

use super::super::error::{TransportError, TransportErrorKind};
use super::super::future::BoxFuture;
use super::{HttpRequest, HttpResponse, Transport};

/// The browser.
pub(crate) struct ReqwestClient(pub(crate) reqwest::Client);

impl Transport for ReqwestClient {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        // There is one thread, so nothing is ever sent to another.
        Box::pin(SendWrapper::new(fetch(&self.0, request)))
    }
}

async fn fetch(client: &reqwest::Client, request: HttpRequest) -> Result<HttpResponse, TransportError> {
    let HttpRequest { method, url, mut headers, body, .. } = request;
    let body = body
        .collect()
        .await
        .map_err(|error| TransportError::new(TransportErrorKind::Upload, error.to_string()))?;
    // The browser says both itself; a server that is asked whether it takes them from elsewhere would refuse the call.
    headers.remove(USER_AGENT);
    headers.remove(CONTENT_LENGTH);
    let url = reqwest::Url::parse(url.as_str()).map_err(|error| {
        TransportError::new(TransportErrorKind::Other, "the URL cannot be sent").with_source(error)
    })?;
    let mut sent = reqwest::Request::new(method, url);
    *sent.headers_mut() = headers;
    if !body.is_empty() {
        *sent.body_mut() = Some(body.into());
    }
    let response = client.execute(sent).await.map_err(|error| failed(error, "the request failed"))?;
    let (status, headers) = (response.status(), response.headers().clone());
    let body = Incoming(SendWrapper::new(Box::pin(response.bytes_stream())));
    Ok(HttpResponse { status, headers, body: Box::pin(body) })
}

/// The browser does not say why: there was no connection, it broke, or the server does not allow the page to ask. The first two may
/// pass.
fn failed(error: reqwest::Error, message: &'static str) -> TransportError {
    let kind = if error.is_timeout() { TransportErrorKind::Timeout } else { TransportErrorKind::Reset };
    TransportError::new(kind, message).with_source(error.without_url().to_string())
}

/// The pieces of a response as the browser hands them over. Dropping it ends the request.
struct Incoming(SendWrapper<Pin<Box<dyn Stream<Item = reqwest::Result<Bytes>>>>>);

impl Stream for Incoming {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let chunk = self.0.as_mut().poll_next(context);
        chunk.map(|chunk| {
            chunk.map(|chunk| {
                let broken = |error: reqwest::Error| {
                    TransportError::new(TransportErrorKind::Truncated, "the response broke off")
                        .with_source(error.without_url().to_string())
                };
                chunk.map_err(broken)
            })
        })
    }
}
