//! What an error of the HTTP client below means: whether the request was sent, whether the server may have acted.

use super::super::body::UploadFailed;
use super::super::error::{TransportError, TransportErrorKind};
use super::super::future::BoxError;

/// Says what it means that a response broke off. `late`: the client has run out of time.
pub(super) fn broken_off(error: BoxError, late: bool) -> TransportError {
    let late = late || causes(&*error).any(is_late);
    // What the connection itself has to say, it says by `hyper`.
    let unpacking = !late && !causes(&*error).any(|cause| cause.is::<hyper::Error>());
    let kind = if late { TransportErrorKind::Timeout } else { TransportErrorKind::Truncated };
    let message = if unpacking { "the response could not be decompressed" } else { "the response broke off" };
    TransportError::new(kind, message).with_source(error)
}

/// What the HTTP client says about its error.
pub(super) struct Failed {
    /// There is no connection yet.
    pub(super) connecting: bool,
    /// It has run out of time.
    pub(super) late: bool,
}

/// Says what a failure before the response means.
pub(super) fn classify(error: BoxError, failed: Failed) -> TransportError {
    let (kind, message) = match causes(&*error).find_map(|it| it.downcast_ref::<UploadFailed>()) {
        Some(upload) => return TransportError::new(TransportErrorKind::Upload, upload.to_string()),
        None => meaning(&*error, failed),
    };
    TransportError::new(kind, message).with_source(error)
}

fn meaning(error: Cause<'_>, failed: Failed) -> (TransportErrorKind, &'static str) {
    let Failed { connecting, late } = failed;
    let late = late || causes(error).any(is_late);
    if connecting && late {
        (TransportErrorKind::Connect, "no connection in time; the client's `connect_timeout` changes that")
    } else if connecting && !broke(error) && causes(error).any(is_tls) {
        (TransportErrorKind::Tls, "no encrypted connection")
    } else if causes(error).any(wants_certificate) {
        (TransportErrorKind::Tls, "the server does not accept the client without another certificate")
    } else if connecting {
        (TransportErrorKind::Connect, "no connection")
    } else if late {
        (TransportErrorKind::Timeout, "no response in time")
    } else if causes(error).any(turned_away) {
        (TransportErrorKind::TurnedAway, "the server turned the request away unseen")
    } else if broke(error) {
        (TransportErrorKind::Reset, "the connection broke before a response")
    } else {
        (TransportErrorKind::Other, "the request failed")
    }
}

/// Has something run out of time?
fn is_late(cause: Cause<'_>) -> bool {
    let io = cause.downcast_ref::<std::io::Error>();
    let hyper = cause.downcast_ref::<hyper::Error>();
    cause.is::<tokio::time::error::Elapsed>()
        || io.is_some_and(|error| error.kind() == std::io::ErrorKind::TimedOut)
        || hyper.is_some_and(hyper::Error::is_timeout)
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
    #[cfg(feature = "rustls-no-provider")]
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
    #[cfg(feature = "rustls-no-provider")]
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
fn broke(error: Cause<'_>) -> bool {
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
