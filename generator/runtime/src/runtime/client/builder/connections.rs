//! How connections are made: proxies, certificates, and clients of `reqwest`.

use std::sync::Arc;

use super::super::super::error::{Error, RequestError, RequestErrorKind};
use super::super::super::limit::Limits;
#[cfg(all(feature = "reqwest", not(target_family = "wasm")))]
use super::super::super::transport::Configure;
#[cfg(any(feature = "reqwest", target_family = "wasm"))]
use super::super::super::transport::ReqwestClient;
use super::super::super::transport::Transport;
#[cfg(not(target_family = "wasm"))]
use super::super::super::transport::{HttpClient, Settings};
#[cfg(not(target_family = "wasm"))]
use super::tokens::invalid;

/// How connections are made.
#[derive(Default)]
pub(super) struct Http {
    #[cfg(not(target_family = "wasm"))]
    pub(super) settings: Settings,
    #[cfg(all(feature = "reqwest", not(target_family = "wasm")))]
    pub(super) configure: Vec<Configure>,
}

impl Http {
    /// What sends the requests of a client. `encrypted`: they go to an `https` URL.
    #[cfg(not(target_family = "wasm"))]
    pub(super) fn transport(self, limits: &Limits, encrypted: bool) -> Result<Arc<dyn Transport>, Error> {
        if encrypted && !cfg!(any(feature = "rustls-no-provider", feature = "native-tls")) {
            let message = "TLS is not compiled in; turn on the feature `rustls` or `native-tls`";
            return Err(invalid(message.to_owned()));
        }
        let refused = |error| {
            let message = "the HTTP client refuses its settings; see the proxy and the certificates";
            RequestError::new(RequestErrorKind::Configuration, message).with_source(error)
        };
        let settings = Settings { limits: limits.clone(), ..self.settings };
        #[cfg(feature = "reqwest")]
        if !self.configure.is_empty() {
            return Ok(Arc::new(ReqwestClient::configured(&settings, self.configure).map_err(refused)?));
        }
        Ok(Arc::new(HttpClient::new(&settings).map_err(refused)?))
    }

    /// The browser sends the requests of a client.
    #[cfg(target_family = "wasm")]
    pub(super) fn transport(self, _: &Limits, _: bool) -> Result<Arc<dyn Transport>, Error> {
        let client = reqwest::Client::builder().build().map_err(|error| {
            let message = "the browser cannot be asked to send requests";
            RequestError::new(RequestErrorKind::Configuration, message).with_source(error.to_string())
        })?;
        Ok(Arc::new(ReqwestClient(client)))
    }
}
