//! The parts of a request, as far as a call determines them.

use std::borrow::Cow;
use std::time::Duration;

use http::{HeaderMap, HeaderName, Method};

use super::super::body::Payload;
use super::super::error::RequestErrorKind;
use super::super::retry::RetryPolicy;

/// The arguments, encoded.
#[derive(Clone, Default)]
pub(crate) struct Parts {
    /// Method and path of an endpoint the document does not know.
    pub(crate) method: Option<Method>,
    pub(crate) path: Cow<'static, str>,
    /// The whole URL, where a page led to it: instead of server, path and query.
    pub(crate) url: Option<super::super::url::Url>,
    /// Name, and `name=value` as often as it takes.
    pub(crate) query: Vec<(Cow<'static, str>, String)>,
    pub(crate) headers: HeaderMap,
    pub(crate) cookies: Vec<(Cow<'static, str>, Vec<String>)>,
    pub(crate) payload: Payload,
    /// The data at which streams of events end.
    #[cfg(feature = "events")]
    pub(crate) ends: Option<Vec<String>>,
    /// What counts as an error of streams: names of events, and JSON pointers into the data.
    pub(crate) errors: Option<Vec<String>>,
    pub(crate) options: Options,
    pub(crate) problem: Option<(RequestErrorKind, String)>,
}

/// Choices for a single call.
#[derive(Clone, Default)]
pub(crate) struct Options {
    pub(crate) timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    /// Headers beside others of the same name.
    pub(crate) added: HeaderMap,
    /// Headers that are not sent.
    pub(crate) removed: Vec<HeaderName>,
    pub(crate) retry: Option<RetryPolicy>,
    pub(crate) idempotency_key: Option<String>,
    pub(crate) base_url: Option<String>,
}
