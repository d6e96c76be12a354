//! Which proxy a request goes through.

use http::header::HeaderValue;
use http::uri::{Scheme, Uri};
use hyper_util::client::proxy::matcher::{Intercept, Matcher};

use super::super::future::BoxError;
use super::settings::Settings;

/// The proxies of a client.
pub(super) struct Proxies(Matcher);

impl Proxies {
    /// The given one, or those that the usual environment variables name.
    pub(super) fn new(settings: &Settings) -> Result<Self, BoxError> {
        let Some(proxy) = &settings.proxy else {
            let none = || Matcher::builder().build();
            return Ok(Self(if settings.direct { none() } else { Matcher::from_system() }));
        };
        let matcher = Matcher::builder().all(proxy.as_str()).build();
        // What the matcher cannot read it leaves out.
        if matcher.intercept(&Uri::from_static("http://a.test")).is_none() {
            return Err("the proxy is no URL like `http://user:password@host:port`".into());
        }
        Ok(Self(matcher))
    }

    /// The proxy on the way to a server.
    pub(super) fn on_way(&self, to: &Uri) -> Option<Intercept> {
        self.0.intercept(to)
    }

    /// What the proxy wants to know, where it sees the request itself: with TLS, it is told when it is asked for a tunnel.
    pub(super) fn credentials(&self, to: &Uri) -> Option<HeaderValue> {
        if to.scheme() != Some(&Scheme::HTTP) {
            return None;
        }
        self.on_way(to)?.basic_auth().cloned()
    }
}
