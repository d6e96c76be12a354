//! A place for users' own code before and after each attempt.

use std::time::Duration;

use http::header::{CONTENT_TYPE, HeaderMap};

pub use super::transport::Attempt;

use super::error::Error;
use super::future::BoxFuture;
use super::redact::Scrub;
use super::transport::HttpRequest;

/// Sees each attempt. What takes time belongs into the functions that give futures; the attempt waits for them.
///
/// What changes how requests are sent belongs into a transport around the client's own; see
/// [`wrap`](super::client::Builder::wrap).
pub trait Hook: Send + Sync + 'static {
    /// Before a request goes out, complete with credentials. It may be changed. Must not block.
    ///
    /// # Errors
    ///
    /// An error ends the call with it; nothing is sent.
    fn before(&self, attempt: &Attempt, request: &mut HttpRequest) -> Result<(), Error> {
        let _ = (attempt, request);
        Ok(())
    }

    /// The same for code that waits, such as for a signature; calls [`Self::before`] by itself.
    fn before_async<'a>(
        &'a self,
        attempt: &'a Attempt,
        request: &'a mut HttpRequest,
    ) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move { self.before(attempt, request) })
    }

    /// After an attempt, whatever came of it. Must not block.
    fn after(&self, attempt: &Attempt, ended: &Ended<'_>) {
        let _ = (attempt, ended);
    }

    /// The same for code that waits, such as for a file; calls [`Self::after`] by itself.
    fn after_async<'a>(&'a self, attempt: &'a Attempt, ended: &'a Ended<'a>) -> BoxFuture<'a, ()> {
        Box::pin(async move { self.after(attempt, ended) })
    }

    /// How many bytes of each body [`Ended::exchange`] shows. None by default, since bodies may be private.
    fn body_limit(&self) -> usize {
        0
    }
}

/// A closure as a hook.
pub(crate) struct After<F>(pub(crate) F);

impl<F: Fn(&Attempt, &Ended<'_>) + Send + Sync + 'static> Hook for After<F> {
    fn after(&self, attempt: &Attempt, ended: &Ended<'_>) {
        (self.0)(attempt, ended);
    }
}

/// How an attempt ended.
#[derive(Debug)]
#[non_exhaustive]
pub struct Ended<'a> {
    /// Status of the response, where there was one.
    pub status: Option<u16>,
    /// The failure, where it failed.
    pub error: Option<&'a Error>,
    /// How long it took.
    pub elapsed: Duration,
    /// What was sent and received, where anything was sent.
    pub exchange: Option<&'a Exchange>,
}

/// A request and its response as people may read them: without credentials, and without values whose names say that they are
/// secret, such as `password`.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Exchange {
    /// Method.
    pub method: String,
    /// URL with its query.
    pub url: String,
    /// The request.
    pub request: Message,
    /// The response, where there was one.
    pub response: Option<Message>,
}

/// Headers and the beginning of a body, without secrets.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Message {
    /// Headers, in lowercase.
    pub headers: Vec<(String, String)>,
    /// The body as text, as far as [`Hook::body_limit`] allows; empty for one that is a stream.
    pub body: String,
    /// Length of the body in bytes, where it is known.
    pub length: Option<u64>,
}

impl Message {
    /// A header; empty if it is not there.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map_or("", |(_, value)| value)
    }

    pub(crate) fn new(
        scrub: &Scrub,
        headers: &HeaderMap,
        body: Option<&[u8]>,
        length: Option<u64>,
        most: usize,
    ) -> Self {
        let media = headers.get(CONTENT_TYPE).and_then(|media| media.to_str().ok()).unwrap_or_default();
        let body = body.filter(|_| most > 0).map(|body| scrub.body(body, media, most));
        Self { headers: scrub.headers(headers).into_pairs(), body: body.unwrap_or_default(), length }
    }
}
