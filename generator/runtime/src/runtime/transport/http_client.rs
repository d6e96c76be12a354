//! The transport over `hyper`: a pool of connections.

use std::sync::Arc;
use std::time::Duration;

use http::Uri;
use http::header::{ACCEPT, HeaderValue, PROXY_AUTHORIZATION};
use hyper_util::client::legacy::Client;
use hyper_util::rt::{TokioExecutor, TokioTimer};

use super::super::error::{TransportError, TransportErrorKind};
use super::super::future::{BoxError, BoxFuture};
use super::body::{Incoming, Outgoing};
use super::connect::Connector;
use super::failure::{Failed, broken_off, classify};
use super::proxy::Proxies;
use super::settings::Settings;
use super::tls::Tls;
use super::{HttpRequest, HttpResponse, Transport};

/// How long a connection is kept while nothing is sent.
const KEPT: Duration = Duration::from_secs(90);

/// A pool of connections.
pub(crate) struct HttpClient {
    client: Client<Connector, Outgoing>,
    proxies: Arc<Proxies>,
}

impl HttpClient {
    pub(crate) fn new(settings: &Settings) -> Result<Self, BoxError> {
        let proxies = Arc::new(Proxies::new(settings)?);
        let connector = Connector::new(proxies.clone(), Tls::new(settings)?, settings.limits.connect);
        let mut builder = Client::builder(TokioExecutor::new());
        builder
            .timer(TokioTimer::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(KEPT)
            .pool_max_idle_per_host(settings.limits.idle_connections);
        #[cfg(feature = "http2")]
        builder.http2_only(settings.http2_only);
        Ok(Self { client: builder.build(connector), proxies })
    }

    fn request(&self, request: HttpRequest) -> Result<http::Request<Outgoing>, TransportError> {
        let HttpRequest { method, mut url, headers, body, .. } = request;
        url.forget_user();
        let uri = Uri::try_from(String::from(url)).map_err(|error| {
            let message = "the URL cannot be sent; take out what it has to have encoded";
            TransportError::new(TransportErrorKind::Other, message).with_source(error)
        })?;
        let mut sent = http::Request::new(Outgoing::from(body));
        (*sent.method_mut(), *sent.headers_mut()) = (method, headers);
        let headers = sent.headers_mut();
        if !headers.contains_key(ACCEPT) {
            headers.insert(ACCEPT, HeaderValue::from_static("*/*"));
        }
        #[cfg(feature = "gzip")]
        super::accept_gzip(headers);
        if let Some(credentials) =
            self.proxies.credentials(&uri).filter(|_| !headers.contains_key(PROXY_AUTHORIZATION))
        {
            headers.insert(PROXY_AUTHORIZATION, credentials);
        }
        *sent.uri_mut() = uri;
        Ok(sent)
    }
}

impl Transport for HttpClient {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        let response = self.request(request).map(|request| self.client.request(request));
        Box::pin(async move {
            let response = response?.await.map_err(|error| {
                let connecting = error.is_connect();
                classify(error.into(), Failed { connecting, late: false })
            })?;
            let (parts, body) = response.into_parts();
            let body = Incoming { body, failed: |error: hyper::Error| broken_off(error.into(), false) };
            Ok(HttpResponse { status: parts.status, headers: parts.headers, body: Box::pin(body) })
        })
    }
}
