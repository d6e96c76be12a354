//! The transport over `reqwest`.

use std::pin::Pin;
use std::sync::Mutex;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http_body::{Frame, SizeHint};

use super::super::body::{Body, UploadFailed};
use super::super::error::{TransportError, TransportErrorKind};
use super::super::future::{BoxError, BoxFuture, BoxStream};
use super::super::limit::Limits;
use super::{HttpRequest, HttpResponse, ResponseBody, Transport};

/// A pool of connections.
pub(crate) struct HttpClient {
    client: reqwest::Client,
    /// Somebody else has set it up, so it may follow redirects.
    foreign: bool,
}

impl HttpClient {
    pub(crate) fn new(client: reqwest::Client, foreign: bool) -> Self {
        Self { client, foreign }
    }

    /// What is decided above it is switched off.
    pub(crate) fn settings(limits: &Limits) -> reqwest::ClientBuilder {
        reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .connect_timeout(limits.connect)
            .pool_max_idle_per_host(limits.idle_connections)
    }
}

impl Transport for HttpClient {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        let HttpRequest { method, url, headers, body } = request;
        let secret = self.foreign && headers.values().any(http::HeaderValue::is_sensitive);
        let origin = secret.then(|| url.origin());
        let mut sent = reqwest::Request::new(method, url);
        *sent.headers_mut() = headers;
        *sent.body_mut() = outgoing(body);
        let response = self.client.execute(sent);
        Box::pin(async move {
            let response = response.await.map_err(classify)?;
            if origin.is_some_and(|origin| response.url().origin() != origin) {
                return Err(TransportError::new(
                    TransportErrorKind::Redirect,
                    "the given `reqwest::Client` followed a redirect to another host and took the credentials along; \
                     build it with `redirect::Policy::none()`",
                ));
            }
            let (parts, body) = http::Response::<reqwest::Body>::from(response).into_parts();
            Ok(HttpResponse { status: parts.status, headers: parts.headers, body: incoming(body) })
        })
    }
}

fn outgoing(body: Body) -> Option<reqwest::Body> {
    let length = body.length();
    match body.into_bytes() {
        Ok(bytes) if bytes.is_empty() => None,
        Ok(bytes) => Some(bytes.into()),
        Err(stream) => Some(reqwest::Body::wrap(Outgoing { stream: Mutex::new(stream), length })),
    }
}

/// A stream as a body. The mutex is never locked; it makes the stream `Sync`, which nobody makes use of.
struct Outgoing {
    stream: Mutex<BoxStream<Result<Bytes, BoxError>>>,
    length: Option<u64>,
}

impl http_body::Body for Outgoing {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let stream = self.stream.get_mut().unwrap_or_else(std::sync::PoisonError::into_inner);
        stream.as_mut().poll_next(context).map(|chunk| chunk.map(|chunk| chunk.map(Frame::data)))
    }

    fn size_hint(&self) -> SizeHint {
        self.length.map_or_else(SizeHint::new, SizeHint::with_exact)
    }
}

struct Incoming(reqwest::Body);

fn incoming(body: reqwest::Body) -> ResponseBody {
    Box::pin(Incoming(body))
}

impl Stream for Incoming {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match http_body::Body::poll_frame(Pin::new(&mut self.0), context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Ready(Some(Err(error))) => return Poll::Ready(Some(Err(broken_off(error)))),
                Poll::Ready(Some(Ok(frame))) => {
                    // Trailers are not used.
                    if let Ok(data) = frame.into_data() {
                        return Poll::Ready(Some(Ok(data)));
                    }
                }
            }
        }
    }
}

fn broken_off(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    let kind = if error.is_timeout() { TransportErrorKind::Timeout } else { TransportErrorKind::Truncated };
    // What the connection itself has to say, it says by `hyper`.
    let unpacking = !error.is_timeout() && !causes(&error).any(|cause| cause.is::<hyper::Error>());
    let message = if unpacking { "the response could not be decompressed" } else { "the response broke off" };
    TransportError::new(kind, message).with_source(error)
}

/// Says what a failure before the response means. The URL is taken out: its query may hold a key.
fn classify(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    let (kind, message) = if let Some(upload) =
        causes(&error).find_map(|it| it.downcast_ref::<UploadFailed>())
    {
        return TransportError::new(TransportErrorKind::Upload, upload.to_string());
    } else if error.is_connect() && error.is_timeout() {
        (TransportErrorKind::Connect, "no connection in time; the client's `connect_timeout` changes that")
    } else if error.is_connect() && !broke(&error) && causes(&error).any(is_tls) {
        (TransportErrorKind::Tls, "no encrypted connection")
    } else if causes(&error).any(wants_certificate) {
        (TransportErrorKind::Tls, "the server does not accept the client without another certificate")
    } else if error.is_connect() {
        (TransportErrorKind::Connect, "no connection")
    } else if error.is_timeout() {
        (TransportErrorKind::Timeout, "no response in time")
    } else if causes(&error).any(turned_away) {
        (TransportErrorKind::TurnedAway, "the server turned the request away unseen")
    } else if broke(&error) {
        (TransportErrorKind::Reset, "the connection broke before a response")
    } else if error.is_redirect() {
        (TransportErrorKind::Redirect, "the redirect is not followed")
    } else {
        (TransportErrorKind::Other, "the request failed")
    };
    TransportError::new(kind, message).with_source(error)
}

type Cause<'a> = &'a (dyn std::error::Error + 'static);

/// An error and all behind it. One inside of an I/O error is no `source` of that: only what is behind it is.
fn causes(error: Cause<'_>) -> impl Iterator<Item = Cause<'_>> {
    std::iter::successors(Some(error), |error| {
        let inside = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        inside.map(|inside| inside as Cause<'_>).or_else(|| error.source())
    })
}

/// Is it a failure of TLS?
fn is_tls(cause: Cause<'_>) -> bool {
    #[cfg(any(feature = "rustls", feature = "rustls-ring"))]
    if cause.is::<rustls::Error>() {
        return true;
    }
    #[cfg(feature = "native-tls")]
    if cause.is::<native_tls::Error>() {
        return true;
    }
    let _ = cause;
    false
}

/// Does the server turn the client away for its certificate, or for having none? In TLS 1.3 it says so when the client
/// has long begun to send.
fn wants_certificate(cause: Cause<'_>) -> bool {
    #[cfg(any(feature = "rustls", feature = "rustls-ring"))]
    if let Some(rustls::Error::AlertReceived(alert)) = cause.downcast_ref() {
        use rustls::AlertDescription::{
            AccessDenied, BadCertificate, CertificateExpired, CertificateRequired, CertificateRevoked,
            CertificateUnknown, HandshakeFailure, UnknownCA, UnsupportedCertificate,
        };
        return matches!(
            alert,
            AccessDenied
                | BadCertificate
                | CertificateExpired
                | CertificateRequired
                | CertificateRevoked
                | CertificateUnknown
                | HandshakeFailure
                | UnknownCA
                | UnsupportedCertificate
        );
    }
    // HTTP/2 keeps nothing but the words of an I/O error, and OpenSSL has no types for it that could be asked.
    let is_io = cause.is::<std::io::Error>() || cfg!(feature = "native-tls");
    is_io && is_alert(&cause.to_string())
}

/// Are these the words for an alert about the client's certificate?
fn is_alert(words: &str) -> bool {
    let Some((_, alert)) = words.split_once("alert") else { return false };
    let alert = alert.replace(' ', "").to_ascii_lowercase();
    ["certificate", "unknownca", "accessdenied", "handshakefailure"]
        .iter()
        .any(|reason| alert.contains(reason))
}

/// Did the other side, or the way to it, end the connection?
fn broke(error: &reqwest::Error) -> bool {
    use std::io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, NotConnected, UnexpectedEof};
    causes(error).any(|cause| {
        if let Some(error) = cause.downcast_ref::<std::io::Error>() {
            return matches!(
                error.kind(),
                BrokenPipe | ConnectionAborted | ConnectionReset | NotConnected | UnexpectedEof
            );
        }
        if let Some(error) = cause.downcast_ref::<hyper::Error>() {
            return error.is_incomplete_message()
                || error.is_canceled()
                || error.is_closed()
                || error.is_body_write_aborted();
        }
        gave_up(cause)
    })
}

/// Did the server say that it did nothing with the request (RFC 9113, section 8.7)? Of a connection that is given up,
/// only those requests hear of it that came too late.
fn turned_away(cause: Cause<'_>) -> bool {
    #[cfg(feature = "http2")]
    if let Some(error) = cause.downcast_ref::<h2::Error>() {
        let refused = error.is_reset() && error.reason() == Some(h2::Reason::REFUSED_STREAM);
        return error.is_remote() && (error.is_go_away() || refused);
    }
    let _ = cause;
    false
}

/// Did either side give up a request or its connection by the means of HTTP/2?
fn gave_up(cause: Cause<'_>) -> bool {
    #[cfg(feature = "http2")]
    if let Some(error) = cause.downcast_ref::<h2::Error>() {
        // Who is told to use the older protocol would be told so again.
        let for_good = error.reason() == Some(h2::Reason::HTTP_1_1_REQUIRED);
        return error.is_io() || error.is_go_away() || (error.is_reset() && error.is_remote() && !for_good);
    }
    let _ = cause;
    false
}
