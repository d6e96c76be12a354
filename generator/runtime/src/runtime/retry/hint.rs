//! What a server says about trying again.

use std::time::{Duration, SystemTime};

use http::HeaderMap;

/// What the headers of a response ask for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Hints {
    /// `retry-after-ms`, or else `Retry-After` in seconds or as a date.
    pub retry_after: Option<Duration>,
    /// `x-should-retry`.
    pub should_retry: Option<bool>,
}

impl Hints {
    /// Reads the headers. Dates are compared with the `Date` of the response, since clocks differ, and with `now` where there
    /// is none; one that is past says nothing. What cannot be understood is not there.
    #[must_use]
    pub fn read(headers: &HeaderMap, now: SystemTime) -> Self {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
        let now = || text("date").and_then(|date| httpdate::parse_http_date(date).ok()).unwrap_or(now);
        let retry_after = text("retry-after-ms").and_then(|value| duration(value, 1e-3)).or_else(|| {
            text("retry-after").and_then(|value| duration(value, 1.0).or_else(|| until(value, now())))
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
    // `f64` also reads words such as "inf" and "nan".
    let number: f64 = text.parse().ok().filter(|_| text.starts_with(|first: char| first.is_ascii_digit()))?;
    // Who asks for more than can be counted asks for no retry, which is not the same as asking for nothing.
    Some(Duration::try_from_secs_f64(number * unit).unwrap_or(Duration::MAX))
}

/// The time until an HTTP date. One that is past is no wish: the clocks may differ, and the backoff is there for that.
fn until(text: &str, now: SystemTime) -> Option<Duration> {
    httpdate::parse_http_date(text).ok()?.duration_since(now).ok()
}
