//! The seam to the network: one request out, one response back.
//!
//! The only asynchronous trait between the machinery and the world. It follows no redirects, retries nothing, and adds
//! no credentials; all that is decided above it.

#[cfg(target_family = "wasm")]
mod fetch;
#[cfg(not(target_family = "wasm"))]
mod http_client;
mod read;

use std::fmt;

pub use bytes::Bytes;
pub use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
pub use reqwest::Url;

use super::body::Body;
use super::error::TransportError;
use super::future::{BoxFuture, BoxStream};
use super::redact::Scrub;

#[cfg(target_family = "wasm")]
pub(crate) use fetch::HttpClient;
#[cfg(not(target_family = "wasm"))]
pub(crate) use http_client::HttpClient;
pub(crate) use read::{Broken, Guarded, Whole, grow, read_whole};

/// Sends requests.
pub trait Transport: Send + Sync + 'static {
    /// Sends a request and gives the response as soon as its headers are there. Dropping the future, or the body of the
    /// response, must close the connection.
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>>;
}

/// A request, complete with credentials. `Debug` shows neither its query nor its body.
pub struct HttpRequest {
    /// Method.
    pub method: Method,
    /// URL.
    pub url: Url,
    /// Headers; those with credentials are marked sensitive.
    pub headers: HeaderMap,
    /// Body.
    pub body: Body,
}

/// Chunks of the body of a response, as they come.
pub type ResponseBody = BoxStream<Result<Bytes, TransportError>>;

/// A response.
pub struct HttpResponse {
    /// Status.
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    /// Body.
    pub body: ResponseBody,
}

impl fmt::Debug for HttpRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpRequest")
            .field("method", &self.method)
            .field("url", &shown(&self.url))
            .field("headers", &Scrub::default().headers(&self.headers))
            .field("body", &self.body)
            .finish()
    }
}

impl fmt::Debug for HttpResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpResponse")
            .field("status", &self.status)
            .field("headers", &Scrub::default().headers(&self.headers))
            .finish_non_exhaustive()
    }
}

/// A URL without what may be secret: user, password and query.
pub(crate) fn shown(url: &Url) -> String {
    let query = if url.query().is_some() { "?…" } else { "" };
    format!("{}{}{query}", url.origin().ascii_serialization(), url.path())
}
