//! The transport in a browser, over `reqwest` and `fetch`.
//!
//! The browser follows redirects, keeps connections and encrypts by itself. Bodies are sent and read whole.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
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
    let HttpRequest { method, url, headers, body } = request;
    let body = body
        .collect()
        .await
        .map_err(|error| TransportError::new(TransportErrorKind::Upload, error.to_string()))?;
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
    let bytes = response.bytes().await.map_err(|error| failed(error, "the response broke off"))?;
    Ok(HttpResponse { status, headers, body: Box::pin(Once(Some(bytes))) })
}

/// The browser does not say why.
fn failed(error: reqwest::Error, message: &'static str) -> TransportError {
    let kind = if error.is_timeout() { TransportErrorKind::Timeout } else { TransportErrorKind::Other };
    TransportError::new(kind, message).with_source(error.without_url().to_string())
}

struct Once(Option<Bytes>);

impl Stream for Once {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().map(Ok))
    }
}
