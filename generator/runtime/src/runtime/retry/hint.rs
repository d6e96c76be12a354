//! What a server says about trying again.

use std::time::{Duration, SystemTime};

use http::HeaderMap;

/// What the headers of an answer ask for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Hints {
    /// `retry-after-ms`, or else `Retry-After` in seconds or as a date.
    pub retry_after: Option<Duration>,
    /// `x-should-retry`.
    pub should_retry: Option<bool>,
}

impl Hints {
    /// Reads the headers; dates are compared with `now`. What cannot be understood is not there.
    #[must_use]
    pub fn read(headers: &HeaderMap, now: SystemTime) -> Self {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
        let retry_after = text("retry-after-ms").and_then(|value| duration(value, 1e-3)).or_else(|| {
            text("retry-after").and_then(|value| duration(value, 1.0).or_else(|| until(value, now)))
        });
        let should_retry = match text("x-should-retry") {
            Some("true") => Some(true),
            Some("false") => Some(false),
            Some(_) | None => None,
        };
        Self { retry_after, should_retry }
    }
}

/// A number of units, fractions included.
fn duration(text: &str, unit: f64) -> Option<Duration> {
    // `f64` also reads "inf" and "nan"; neither passes the conversion.
    let number: f64 = text.parse().ok()?;
    Duration::try_from_secs_f64(number * unit).ok()
}

/// The time until an HTTP date; nothing when it is past.
fn until(text: &str, now: SystemTime) -> Option<Duration> {
    let date = httpdate::parse_http_date(text).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}
