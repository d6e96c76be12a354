//! What a server says about the rate at which it takes requests.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::HeaderMap;

use super::clock;
use super::retry::Hints;

/// What the headers of a response say about the rate limit: `RateLimit` (both forms of the IETF's draft), `RateLimit-Limit`,
/// `-Remaining` and `-Reset`, the same with `X-`, and `Retry-After`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// Requests that are allowed in the current window.
    pub limit: Option<u64>,
    /// Requests that are left of them.
    pub remaining: Option<u64>,
    /// Time until the window ends. Points in time are compared with the `Date` of the response.
    pub reset: Option<Duration>,
    /// Time that the server asks to wait.
    pub retry_after: Option<Duration>,
}

impl RateLimit {
    /// Reads the headers of a response that has just come.
    pub(crate) fn of(headers: &HeaderMap) -> Option<Self> {
        Self::read(headers, clock::now())
    }

    /// Reads the headers; nothing where none of them is there. `now` stands for a `Date` that is missing.
    #[must_use]
    pub fn read(headers: &HeaderMap, now: SystemTime) -> Option<Self> {
        let one = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
        let now = one("date").and_then(|date| httpdate::parse_http_date(date).ok()).unwrap_or(now);
        let named = |what: &str| {
            ["ratelimit-{}", "x-ratelimit-{}", "x-rate-limit-{}", "x-ratelimit-{}-requests"]
                .iter()
                .find_map(|name| one(&name.replace("{}", what)))
        };
        let (field, policy) =
            (one("ratelimit").unwrap_or_default(), one("ratelimit-policy").unwrap_or_default());
        let within = |field: &'static [&str], text: &str| {
            let mut parts = text.split([',', ';']).filter_map(|part| part.split_once('='));
            parts.find(|(name, _)| field.contains(&name.trim())).and_then(|(_, value)| number(value))
        };
        let limit = within(&["limit"], field).or_else(|| within(&["q"], policy));
        let reset = within(&["reset", "t"], field).map(Duration::from_secs);
        let found = Self {
            limit: limit.or_else(|| named("limit").and_then(number)),
            remaining: within(&["remaining", "r"], field).or_else(|| named("remaining").and_then(number)),
            reset: reset.or_else(|| named("reset").and_then(|text| until(text, now))),
            retry_after: Hints::read(headers, now).retry_after,
        };
        (found != Self::default()).then_some(found)
    }
}

/// The number at the beginning: `100, 100;w=60` says 100.
fn number(text: &str) -> Option<u64> {
    let text = text.trim();
    text[..text.bytes().take_while(u8::is_ascii_digit).count()].parse().ok()
}

/// The time until a window ends: seconds, a point in time in seconds or milliseconds since 1970, an HTTP date, or `1m30s`.
fn until(text: &str, now: SystemTime) -> Option<Duration> {
    // No window is so long in seconds, and no time in milliseconds so early.
    const SECONDS: f64 = 1e9;
    const MILLISECONDS: f64 = 1e12;
    let left = |at: SystemTime| at.duration_since(now).unwrap_or_default();
    let since =
        |seconds: f64| Some(left(UNIX_EPOCH.checked_add(Duration::try_from_secs_f64(seconds).ok()?)?));
    match text.parse::<f64>() {
        Ok(number) if number >= MILLISECONDS => since(number / 1e3),
        Ok(number) if number >= SECONDS => since(number),
        Ok(number) => Duration::try_from_secs_f64(number).ok(),
        Err(_) => httpdate::parse_http_date(text).ok().map(left).or_else(|| spelled(text)),
    }
}

/// A time with units: `6m0s`, `20ms`, `1h`.
fn spelled(text: &str) -> Option<Duration> {
    let mut total = 0.0;
    let mut rest = text;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (amount, after) = rest.split_at(digits);
        let end = after.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(after.len());
        let (unit, after) = after.split_at(end);
        let unit = match unit {
            "ms" => 1e-3,
            "s" => 1.0,
            "m" => 60.0,
            "h" => 3600.0,
            "d" => 86400.0,
            _ => return None,
        };
        total += amount.parse::<f64>().ok()? * unit;
        rest = after;
    }
    (!text.is_empty()).then(|| Duration::try_from_secs_f64(total).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use http::{HeaderMap, HeaderName, HeaderValue};

    use super::RateLimit;

    /// Limit, what is left, seconds until the reset, seconds to wait.
    type Found = (Option<u64>, Option<u64>, Option<u64>, Option<u64>);

    fn read(headers: &[(&'static str, &'static str)]) -> Option<Found> {
        let headers: HeaderMap = headers
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect();
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        let seconds = |time: Option<Duration>| time.map(|time| time.as_secs());
        let found = RateLimit::read(&headers, now)?;
        Some((found.limit, found.remaining, seconds(found.reset), seconds(found.retry_after)))
    }

    #[test]
    fn the_usual_headers() {
        let all = (Some(100), Some(7), Some(30), None);
        for headers in [
            &[("ratelimit-limit", "100, 100;w=60"), ("ratelimit-remaining", "7"), ("ratelimit-reset", "30")]
                [..],
            &[
                ("x-ratelimit-limit", "100"),
                ("x-ratelimit-remaining", "7"),
                ("x-ratelimit-reset", "1700000030"),
            ],
            &[
                ("x-rate-limit-limit", "100"),
                ("x-rate-limit-remaining", "7"),
                ("x-rate-limit-reset", "1700000030000"),
            ],
            &[
                ("x-ratelimit-limit-requests", "100"),
                ("x-ratelimit-remaining-requests", "7"),
                ("x-ratelimit-reset-requests", "0m30s"),
            ],
            &[("ratelimit", "limit=100, remaining=7, reset=30")],
            &[("ratelimit", "\"default\";r=7;t=30"), ("ratelimit-policy", "\"default\";q=100;w=60")],
            &[
                ("x-ratelimit-limit", "100"),
                ("x-ratelimit-remaining", "7"),
                ("date", "Tue, 14 Nov 2023 22:13:20 GMT"),
                ("x-ratelimit-reset", "Tue, 14 Nov 2023 22:13:50 GMT"),
            ],
        ] {
            assert_eq!(read(headers), Some(all), "{headers:?}");
        }
    }

    #[test]
    fn what_is_not_there_is_not_made_up() {
        assert_eq!(read(&[("x-request-id", "r")]), None);
        assert_eq!(read(&[("retry-after", "5")]), Some((None, None, None, Some(5))));
        assert_eq!(read(&[("x-ratelimit-remaining", "0")]), Some((None, Some(0), None, None)));
        assert_eq!(read(&[("x-ratelimit-reset", "soon"), ("x-ratelimit-limit", "many")]), None);
        assert_eq!(read(&[("x-ratelimit-reset", "1600000000")]), Some((None, None, Some(0), None)));
    }
}
