//! Spans and events for `tracing`; with the feature off, nothing at all. Names, statuses and times are recorded,
//! never values.
//!
//! Fields have the names of OpenTelemetry's conventions for HTTP clients, so that a bridge to it needs no mapping: the span of a call
//! is an internal one, and each attempt has a span of kind `client` inside of it.

use std::future::Future;
use std::time::Duration;

use http::Method;

use super::error::Error;
use super::future::BoxFuture;
use super::retry::Stop;
use super::url::Url;

/// The span of a call or of an attempt.
#[derive(Clone, Debug)]
pub(crate) struct Span(#[cfg(feature = "tracing")] tracing::Span);

/// What came of a call or an attempt.
#[cfg_attr(not(feature = "tracing"), allow(dead_code, reason = "without the feature nobody looks at it"))]
pub(crate) struct Traced<'a> {
    pub(crate) status: Option<u16>,
    pub(crate) request_id: Option<String>,
    pub(crate) error: Option<&'a Error>,
}

/// Opens the span of a call.
#[cfg(feature = "tracing")]
pub(crate) fn call(operation: &str, method: &Method, template: &str) -> Span {
    use tracing::field::Empty;

    Span(tracing::info_span!(
        "call",
        otel.name = operation,
        otel.kind = "internal",
        operation,
        http.request.method = method.as_str(),
        url.template = template,
        http.response.status_code = Empty,
        error.type = Empty,
        otel.status_code = Empty,
        request_id = Empty,
        attempts = Empty,
    ))
}

#[cfg(not(feature = "tracing"))]
pub(crate) fn call(_: &str, _: &Method, _: &str) -> Span {
    Span()
}

/// Opens the span of an attempt.
#[cfg(feature = "tracing")]
pub(crate) fn attempt(operation: &str, method: &Method, template: &str, url: &Url, number: u32) -> Span {
    use tracing::field::Empty;

    Span(tracing::info_span!(
        "attempt",
        otel.name = %format_args!("{method} {template}"),
        otel.kind = "client",
        operation,
        http.request.method = method.as_str(),
        url.template = template,
        server.address = url.host_str(),
        server.port = url.port().unwrap_or(if url.scheme() == "https" { 443 } else { 80 }),
        http.request.resend_count = (number > 1).then(|| number - 1),
        http.response.status_code = Empty,
        error.type = Empty,
        otel.status_code = Empty,
        request_id = Empty,
    ))
}

#[cfg(not(feature = "tracing"))]
pub(crate) fn attempt(_: &str, _: &Method, _: &str, _: &Url, _: u32) -> Span {
    Span()
}

/// Runs a future inside of a span.
pub(crate) fn within<T>(
    span: Span,
    future: impl Future<Output = T> + Send + 'static,
) -> BoxFuture<'static, T> {
    Box::pin(inside(span, future))
}

/// The same without a box.
#[cfg(feature = "tracing")]
pub(crate) fn inside<F: Future>(span: Span, future: F) -> impl Future<Output = F::Output> {
    tracing::Instrument::instrument(future, span.0)
}

#[cfg(not(feature = "tracing"))]
pub(crate) fn inside<F: Future>(_: Span, future: F) -> F {
    future
}

/// None.
impl Default for Span {
    fn default() -> Self {
        Self(
            #[cfg(feature = "tracing")]
            tracing::Span::none(),
        )
    }
}

impl Span {
    /// The response of the call could not be decoded.
    #[cold]
    pub(crate) fn undecoded(&self, error: &Error) {
        #[cfg(feature = "tracing")]
        {
            self.record(&Traced { status: None, request_id: None, error: Some(error) });
            self.0.in_scope(|| tracing::debug!(%error, "call failed"));
        }
        #[cfg(not(feature = "tracing"))]
        let _ = error;
    }

    /// A call is over.
    pub(crate) fn call_ended(&self, ended: &Traced<'_>, attempts: u32) {
        #[cfg(feature = "tracing")]
        {
            self.0.record("attempts", attempts);
            self.record(ended);
            if let Some(error) = ended.error {
                tracing::debug!(%error, "call failed");
            }
        }
        #[cfg(not(feature = "tracing"))]
        let _ = (ended, attempts);
    }

    /// An attempt is over.
    pub(crate) fn attempt_ended(&self, ended: &Traced<'_>, number: u32, elapsed: Duration) {
        #[cfg(feature = "tracing")]
        {
            self.record(ended);
            let elapsed_ms = elapsed.as_secs_f64() * 1e3;
            tracing::debug!(attempt = number, status = ended.status, elapsed_ms, "attempt ended");
        }
        #[cfg(not(feature = "tracing"))]
        let _ = (ended, number, elapsed);
    }

    #[cfg(feature = "tracing")]
    fn record(&self, ended: &Traced<'_>) {
        if let Some(status) = ended.status {
            self.0.record("http.response.status_code", status);
        }
        if let Some(id) = &ended.request_id {
            self.0.record("request_id", id.as_str());
        }
        if let Some(error) = ended.error {
            self.0.record("otel.status_code", "ERROR");
            self.0.record("error.type", kind(error).as_str());
        }
    }
}

/// A word for the error, of which there are few: the status as OpenTelemetry asks for, or its kind.
#[cfg(feature = "tracing")]
fn kind(error: &Error) -> String {
    match error {
        Error::Api(error) if error.is_in_stream() => "stream".to_owned(),
        Error::Api(error) => error.status().as_u16().to_string(),
        Error::Transport(error) => format!("{:?}", error.kind()).to_lowercase(),
        Error::Decode(_) => "decode".to_owned(),
        Error::Request(_) => "request".to_owned(),
    }
}

/// Another attempt follows after a wait.
pub(crate) fn waiting(wait: Duration, error: &Error) {
    #[cfg(feature = "tracing")]
    tracing::debug!(wait_ms = wait.as_secs_f64() * 1e3, %error, "retrying");
    #[cfg(not(feature = "tracing"))]
    let _ = (wait, error);
}

/// No other attempt follows.
pub(crate) fn stopped(stop: Stop) {
    #[cfg(feature = "tracing")]
    tracing::trace!(?stop, "not retrying");
    #[cfg(not(feature = "tracing"))]
    let _ = stop;
}
