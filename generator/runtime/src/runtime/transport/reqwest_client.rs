//! The transport over a `reqwest::Client`: one made elsewhere, or one with settings that only `reqwest` has.

use http::header::HeaderValue;

use super::super::error::{TransportError, TransportErrorKind};
use super::super::future::{BoxError, BoxFuture};
use super::body::{Incoming, Outgoing};
use super::failure::{Failed, broken_off, classify};
use super::settings::Settings;
#[cfg(any(feature = "rustls-no-provider", feature = "native-tls"))]
use super::settings::is_pem;
use super::{HttpRequest, HttpResponse, Transport};

/// Changes the settings of the HTTP client before it is made.
pub(crate) type Configure = Box<dyn FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send>;

/// A pool of connections. Somebody else has set it up, so it may follow redirects.
pub(crate) struct ReqwestClient(pub(crate) reqwest::Client);

impl ReqwestClient {
    /// A client with these settings. What is decided above it is switched off.
    pub(crate) fn configured(settings: &Settings, configure: Vec<Configure>) -> Result<Self, BoxError> {
        // `reqwest` has no provider of its own here; whoever is faster has installed one.
        #[cfg(all(feature = "rustls-no-provider", not(feature = "native-tls")))]
        if rustls::crypto::CryptoProvider::get_default().is_none() {
            let provider = super::tls::provider()?;
            let _ = rustls::crypto::CryptoProvider::clone(&provider).install_default();
        }
        let limits = &settings.limits;
        let mut http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .connect_timeout(limits.connect)
            .pool_max_idle_per_host(limits.idle_connections);
        if settings.direct {
            http = http.no_proxy();
        }
        if let Some(proxy) = &settings.proxy {
            http = http.proxy(reqwest::Proxy::all(proxy.as_str()).map_err(reqwest::Error::without_url)?);
        }
        #[cfg(feature = "http2")]
        if settings.http2_only {
            http = http.http2_prior_knowledge();
        }
        http = encryption(http, settings)?;
        let http = configure.into_iter().fold(http, |http, configure| configure(http));
        Ok(Self(http.build().map_err(reqwest::Error::without_url)?))
    }
}

#[cfg(any(feature = "rustls-no-provider", feature = "native-tls"))]
fn encryption(http: reqwest::ClientBuilder, settings: &Settings) -> Result<reqwest::ClientBuilder, BoxError> {
    use reqwest::{Certificate, Identity};
    let mut roots = Vec::new();
    for root in &settings.roots {
        if is_pem(root) {
            roots.extend(Certificate::from_pem_bundle(root)?);
        } else {
            roots.push(Certificate::from_der(root)?);
        }
    }
    let http = http.tls_certs_merge(roots);
    let Some(identity) = &settings.identity else { return Ok(http) };
    #[cfg(feature = "native-tls")]
    let identity = Identity::from_pkcs8_pem(identity, identity)?;
    #[cfg(not(feature = "native-tls"))]
    let identity = Identity::from_pem(identity)?;
    Ok(http.identity(identity))
}

#[cfg(not(any(feature = "rustls-no-provider", feature = "native-tls")))]
fn encryption(http: reqwest::ClientBuilder, _: &Settings) -> Result<reqwest::ClientBuilder, BoxError> {
    Ok(http)
}

impl Transport for ReqwestClient {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        let response = sent(request).map(|(request, secret)| (self.0.execute(request), secret));
        Box::pin(async move {
            let (response, secret) = response?;
            let response = response.await.map_err(failed)?;
            if secret.is_some_and(|url| response.url().origin() != url.origin()) {
                return Err(TransportError::new(
                    TransportErrorKind::Redirect,
                    "the given `reqwest::Client` followed a redirect to another host and took the credentials along; \
                     build it with `redirect::Policy::none()`",
                ));
            }
            let (parts, body) = http::Response::<reqwest::Body>::from(response).into_parts();
            let failed = |error: reqwest::Error| {
                let error = error.without_url();
                let late = error.is_timeout();
                broken_off(error.into(), late)
            };
            let body = Box::pin(Incoming { body, failed });
            Ok(HttpResponse { status: parts.status, headers: parts.headers, body })
        })
    }
}

/// The request, and its URL if it has credentials.
fn sent(request: HttpRequest) -> Result<(reqwest::Request, Option<reqwest::Url>), TransportError> {
    let HttpRequest { method, url, headers, body, .. } = request;
    let url = reqwest::Url::parse(url.as_str()).map_err(|error| {
        TransportError::new(TransportErrorKind::Other, "the URL cannot be sent").with_source(error)
    })?;
    let secret = headers.values().any(HeaderValue::is_sensitive).then(|| url.clone());
    let mut sent = reqwest::Request::new(method, url);
    *sent.headers_mut() = headers;
    #[cfg(feature = "gzip")]
    super::accept_gzip(sent.headers_mut());
    *sent.body_mut() = match Outgoing::from(body) {
        Outgoing::Bytes(bytes) => bytes.map(reqwest::Body::from),
        stream @ Outgoing::Stream { .. } => Some(reqwest::Body::wrap(stream)),
    };
    Ok((sent, secret))
}

/// Says what a failure before the response means. The URL is taken out: its query may hold a key.
fn failed(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    if error.is_redirect() {
        let message = "the redirect is not followed";
        return TransportError::new(TransportErrorKind::Redirect, message).with_source(error);
    }
    let failed = Failed { connecting: error.is_connect(), late: error.is_timeout() };
    classify(error.into(), failed)
}
