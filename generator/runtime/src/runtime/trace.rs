//! Spans and events for `tracing`; with the feature off, nothing at all. Names, statuses and times are recorded,
//! never values.

use std::future::Future;
use std::time::Duration;

use http::Method;

use super::error::Error;
use super::future::BoxFuture;
use super::retry::Stop;

/// The span of a call.
#[cfg(feature = "tracing")]
pub(crate) type Span = tracing::Span;

/// The span of a call.
#[cfg(not(feature = "tracing"))]
pub(crate) struct Span;

/// Opens the span of a call.
#[cfg(feature = "tracing")]
pub(crate) fn call(operation: &str, method: &Method, route: &str) -> Span {
    tracing::info_span!(
        "call",
        operation,
        method = method.as_str(),
        route,
        status = tracing::field::Empty,
        attempts = tracing::field::Empty,
    )
}

#[cfg(not(feature = "tracing"))]
pub(crate) fn call(_: &str, _: &Method, _: &str) -> Span {
    Span
}

/// Runs a future inside of a span.
#[cfg(feature = "tracing")]
pub(crate) fn within<T>(
    span: Span,
    future: impl Future<Output = T> + Send + 'static,
) -> BoxFuture<'static, T> {
    Box::pin(tracing::Instrument::instrument(future, span))
}

#[cfg(not(feature = "tracing"))]
pub(crate) fn within<T>(_: Span, future: impl Future<Output = T> + Send + 'static) -> BoxFuture<'static, T> {
    Box::pin(future)
}

/// A call is over.
pub(crate) fn ended(status: Option<u16>, error: Option<&Error>, attempts: u32) {
    #[cfg(feature = "tracing")]
    {
        let span = tracing::Span::current();
        span.record("attempts", attempts);
        if let Some(status) = status {
            span.record("status", status);
        }
        if let Some(error) = error {
            tracing::debug!(%error, "call failed");
        }
    }
    #[cfg(not(feature = "tracing"))]
    let _ = (status, error, attempts);
}

/// An attempt is over.
pub(crate) fn attempt(number: u32, status: Option<u16>, elapsed: Duration) {
    #[cfg(feature = "tracing")]
    tracing::debug!(attempt = number, status, elapsed_ms = elapsed.as_secs_f64() * 1e3, "attempt ended");
    #[cfg(not(feature = "tracing"))]
    let _ = (number, status, elapsed);
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
