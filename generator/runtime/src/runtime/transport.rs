//! The seam to the network: one request out, one response back.
//!
//! The only asynchronous trait between the machinery and the world. It follows no redirects, retries nothing, and adds
//! no credentials; all that is decided above it.

#[cfg(not(target_family = "wasm"))]
mod body;
#[cfg(not(target_family = "wasm"))]
mod connect;
mod convert;
#[cfg(not(target_family = "wasm"))]
mod failure;
#[cfg(target_family = "wasm")]
mod fetch;
#[cfg(not(target_family = "wasm"))]
mod http_client;
#[cfg(not(target_family = "wasm"))]
mod io;
#[cfg(not(target_family = "wasm"))]
mod proxy;
mod read;
#[cfg(all(feature = "reqwest", not(target_family = "wasm")))]
mod reqwest_client;
#[cfg(not(target_family = "wasm"))]
mod settings;
#[cfg(not(target_family = "wasm"))]
mod tls;

use std::fmt;
use std::sync::Arc;

pub use bytes::Bytes;
pub use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};

use super::body::Body;
use super::error::TransportError;
use super::future::{BoxFuture, BoxStream};
use super::redact::Scrub;
pub use super::url::{InvalidUrl, Url};

#[cfg(target_family = "wasm")]
pub(crate) use fetch::ReqwestClient;
#[cfg(not(target_family = "wasm"))]
pub(crate) use http_client::HttpClient;
pub(crate) use read::{Broken, Guarded, Whole, grow, read_whole};
#[cfg(all(feature = "reqwest", not(target_family = "wasm")))]
pub(crate) use reqwest_client::{Configure, ReqwestClient};
#[cfg(not(target_family = "wasm"))]
pub(crate) use settings::Settings;

/// Sends requests.
pub trait Transport: Send + Sync + 'static {
    /// Sends a request and gives the response as soon as its headers are there. Dropping the future, or the body of the
    /// response, must close the connection.
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>>;
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        (**self).send(request)
    }
}

/// Which attempt of which call.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attempt {
    /// The operation: `workflows.runs.get`.
    pub operation: &'static str,
    /// Its path template: `/v1/workflows/runs/{run_id}`; empty where the document knows no operation.
    pub template: &'static str,
    /// Counted from 1.
    pub number: u32,
}

impl Attempt {
    /// An attempt of an operation.
    #[must_use]
    pub fn new(operation: &'static str, template: &'static str, number: u32) -> Self {
        Self { operation, template, number }
    }
}

/// A request, complete with credentials. `Debug` shows neither its query nor its body.
pub struct HttpRequest {
    /// The call it is sent for.
    pub attempt: Attempt,
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
            .field("attempt", &self.attempt)
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
    let (scheme, server) = url.origin();
    format!("{scheme}://{server}{}{query}", url.path())
}

/// Lets the server compress the response, unless a part of it is asked for, which would be one of the compressed one.
#[cfg(all(feature = "gzip", not(target_family = "wasm")))]
fn accept_gzip(headers: &mut HeaderMap) {
    use http::header::{ACCEPT_ENCODING, RANGE};
    if !headers.contains_key(ACCEPT_ENCODING) && !headers.contains_key(RANGE) {
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
    }
}
