//! The response that an error is about.

use std::fmt;

use http::{HeaderMap, StatusCode};

use super::super::redact::Scrub;
use super::super::route::Route;

/// The origin of a response: what each error about it needs to say.
#[derive(Clone)]
pub(crate) struct Source {
    pub(crate) route: &'static Route,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) attempts: u32,
    pub(crate) scrub: Scrub,
}

impl Source {
    /// The id the server gave the request.
    pub(crate) fn request_id(&self) -> Option<String> {
        request_id(&self.headers).map(|id| self.scrub.clean(id))
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Source")
            .field("operation", &self.route.name)
            .field("status", &self.status.as_u16())
            .field("headers", &self.scrub.headers(&self.headers))
            .finish()
    }
}

/// The header with the id of a request, in the spellings servers use.
pub(crate) const REQUEST_IDS: [&str; 4] =
    ["x-request-id", "request-id", "x-amzn-requestid", "x-correlation-id"];

/// The id of a request.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    REQUEST_IDS.iter().find_map(|name| headers.get(*name)).and_then(|value| value.to_str().ok())
}
