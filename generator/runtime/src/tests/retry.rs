use std::time::{Duration, SystemTime};

use http::{HeaderMap, HeaderName, HeaderValue};

use crate::runtime::retry::{Decision, Facts, Hints, Outcome, RetryBudget, RetryPolicy, Stop, idempotent};

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    pairs
        .iter()
        .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_str(value).unwrap()))
        .collect()
}

fn after(text: &str) -> Option<Duration> {
    Hints::read(&headers(&[("retry-after", text)]), now()).retry_after
}

/// Sun, 06 Nov 1994 08:49:37 GMT.
fn now() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777)
}

#[test]
fn retry_after_in_all_forms() {
    assert_eq!(after("7"), Some(Duration::from_secs(7)));
    assert_eq!(after(" 7 "), Some(Duration::from_secs(7)));
    assert_eq!(after("0.25"), Some(Duration::from_millis(250)));
    assert_eq!(after("0"), Some(Duration::ZERO));
    assert_eq!(after("Sun, 06 Nov 1994 08:50:37 GMT"), Some(Duration::from_secs(60)));
    assert_eq!(after("Sunday, 06-Nov-94 08:50:37 GMT"), Some(Duration::from_secs(60)));
    assert_eq!(after("Sun Nov  6 08:50:37 1994"), Some(Duration::from_secs(60)));
    assert_eq!(after("Sun, 06 Nov 1994 08:00:00 GMT"), None, "a date that is past");
    for endless in ["99999999999999999999", &"9".repeat(400), "1e400"] {
        assert_eq!(after(endless), Some(Duration::MAX), "longer than anybody waits, but not nothing");
    }
    for nonsense in
        ["", "-1", "soon", "nan", "inf", "+inf", "infinity", "-9999999999999999999999", "2024-01-01"]
    {
        assert_eq!(after(nonsense), None, "{nonsense}");
    }
}

#[test]
fn dates_are_compared_with_the_clock_of_the_server() {
    let read =
        |date, until| Hints::read(&headers(&[("date", date), ("retry-after", until)]), now()).retry_after;
    let (eight, a_minute_later) = ("Sun, 06 Nov 1994 08:00:00 GMT", "Sun, 06 Nov 1994 08:01:00 GMT");
    assert_eq!(
        read(eight, a_minute_later),
        Some(Duration::from_secs(60)),
        "a clock that is 49 minutes behind"
    );
    assert_eq!(read(a_minute_later, eight), None);
    assert_eq!(read("soon", "Sun, 06 Nov 1994 08:50:37 GMT"), Some(Duration::from_secs(60)));
}

#[test]
fn nothing_overflows() {
    let policy = RetryPolicy::new().with_max_attempts(u32::MAX).with_backoff(Duration::MAX, Duration::MAX);
    for random in [0.0, 0.5, 1.0 - f64::EPSILON, 1.0, f64::NAN, f64::INFINITY] {
        let facts = Facts { attempts: u32::MAX - 1, ..Facts::new(Outcome::Broken) };
        assert!(matches!(policy.decide(&facts, random), Decision::Retry(_)), "{random}");
    }
    let hints = Hints { retry_after: Some(Duration::MAX), should_retry: None };
    let facts = Facts { hints, ..Facts::new(Outcome::Status(429)) };
    assert_eq!(RetryPolicy::new().decide(&facts, 0.0), Decision::Stop(Stop::Wait));
}

#[test]
fn milliseconds_win_over_seconds() {
    let hints = Hints::read(&headers(&[("retry-after", "9"), ("retry-after-ms", "1500")]), now());
    assert_eq!(hints.retry_after, Some(Duration::from_millis(1500)));
    let hints = Hints::read(&headers(&[("retry-after", "9"), ("retry-after-ms", "x")]), now());
    assert_eq!(hints.retry_after, Some(Duration::from_secs(9)));
}

#[test]
fn should_retry_is_a_plain_word() {
    let read = |text| Hints::read(&headers(&[("x-should-retry", text)]), now()).should_retry;
    assert_eq!(read("true"), Some(true));
    assert_eq!(read("false"), Some(false));
    assert_eq!(read("maybe"), None);
}

#[test]
fn the_backoff_doubles_up_to_its_cap_and_jitter_takes_a_part_of_it() {
    let policy = RetryPolicy::new().with_max_attempts(100);
    let wait = |attempts, random| {
        let decision = policy.decide(&Facts { attempts, ..Facts::new(Outcome::Broken) }, random);
        let Decision::Retry(wait) = decision else { panic!("{decision:?}") };
        wait.as_millis()
    };
    let full: Vec<u128> = (1..=7).map(|attempts| wait(attempts, 1.0)).collect();
    assert_eq!(full, [500, 1000, 2000, 4000, 8000, 8000, 8000]);
    assert_eq!([wait(3, 0.0), wait(3, 0.25), wait(3, 0.5)], [0, 500, 1000]);
    assert_eq!(wait(90, 1.0), 8000, "no overflow");
}

#[test]
fn reasons_to_stop() {
    let policy = RetryPolicy::new();
    let stop = |facts: Facts| match policy.decide(&facts, 0.5) {
        Decision::Stop(stop) => Some(stop),
        Decision::Retry(_) => None,
    };
    let facts = Facts::new(Outcome::Status(503));
    assert_eq!(stop(facts.clone()), None);
    assert_eq!(stop(Facts { attempts: 2, ..facts.clone() }), None);
    assert_eq!(stop(Facts { attempts: 3, ..facts.clone() }), Some(Stop::Attempts));
    assert_eq!(stop(Facts { repeatable: false, ..facts.clone() }), Some(Stop::Unsafe));
    assert_eq!(stop(Facts { consumed: true, ..facts.clone() }), Some(Stop::Consumed));
    assert_eq!(stop(Facts { outcome: Outcome::Failed, ..facts.clone() }), Some(Stop::Final));
    assert_eq!(stop(Facts { outcome: Outcome::Status(404), ..facts.clone() }), Some(Stop::Final));
    // The server will never be able to, whatever its method.
    assert_eq!(stop(Facts { outcome: Outcome::Status(501), ..facts.clone() }), Some(Stop::Final));
    for status in [408, 429, 500, 502, 504, 529] {
        assert_eq!(stop(Facts { outcome: Outcome::Status(status), ..facts.clone() }), None, "{status}");
    }
    let hint = |seconds| Hints { retry_after: Some(Duration::from_secs(seconds)), should_retry: None };
    assert_eq!(stop(Facts { hints: hint(61), ..facts.clone() }), Some(Stop::Wait));
    let remaining = Some(Duration::from_secs(10));
    assert_eq!(stop(Facts { hints: hint(10), remaining, ..facts.clone() }), Some(Stop::Deadline));
    assert_eq!(stop(Facts { hints: hint(9), remaining, ..facts }), None);
}

#[test]
fn a_consumed_body_is_not_replayed_even_when_nothing_was_sent() {
    let facts = Facts { consumed: true, ..Facts::new(Outcome::NeverSent) };
    assert_eq!(RetryPolicy::new().with_any_method(true).decide(&facts, 0.0), Decision::Stop(Stop::Consumed));
}

#[test]
fn the_budget_runs_dry_and_fills_up_again() {
    let budget = RetryBudget::new(12);
    let first = budget.reserve(false).unwrap().spend();
    assert!(budget.reserve(true).is_none(), "7 left, a timeout costs 10");
    drop(budget.reserve(false).unwrap());
    assert_eq!(budget.available(), 7, "a retry that does not come about costs nothing");
    budget.reserve(false).unwrap().spend();
    assert!(budget.reserve(false).is_none());
    budget.deposit(first);
    assert_eq!(budget.available(), 7);
    for _ in 0..100 {
        budget.deposit(None);
    }
    assert_eq!(budget.available(), 12, "never more than it holds");
}

#[test]
fn methods() {
    for method in ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE"] {
        assert!(idempotent(&method.parse().unwrap()), "{method}");
    }
    for method in ["POST", "PATCH", "CONNECT", "FROB"] {
        assert!(!idempotent(&method.parse().unwrap()), "{method}");
    }
}
