//! When a request is sent again: a pure policy.
//!
//! In: what happened to an attempt, as [`Facts`], and a random number. Out: a [`Decision`]. It knows no clock, no
//! socket and no client; the loop of `send` asks it and does what it says.
//!
//! A request is repeated only when that is safe: its method is idempotent, it has an idempotency key, or it never
//! left the machine, or was turned away unseen.

mod budget;
mod hint;

use std::time::Duration;

pub use budget::RetryBudget;
pub use hint::Hints;

/// How often and when a request is sent again. A value: make one, change it, give it to the client or to one call.
#[derive(Clone, Debug, PartialEq)]
pub struct RetryPolicy {
    max_attempts: u32,
    base: Duration,
    cap: Duration,
    longest_wait: Duration,
    conflicts: bool,
    any_method: bool,
    jitter: bool,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_attempts: 3,
            base: Duration::from_millis(500),
            cap: Duration::from_secs(8),
            longest_wait: Duration::from_secs(60),
            conflicts: false,
            any_method: false,
            jitter: true,
        }
    }
}

impl RetryPolicy {
    /// Three attempts; half a second, doubled each time, up to eight; full jitter.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// One attempt and no more.
    #[must_use]
    pub fn never() -> Self {
        Self::default().with_max_attempts(1)
    }

    /// At most this many attempts, the first one included; 0 counts as 1.
    #[must_use]
    pub fn with_max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts.max(1);
        self
    }

    /// The wait before the second attempt, doubled before each further one, and its upper bound.
    #[must_use]
    pub fn with_backoff(mut self, base: Duration, cap: Duration) -> Self {
        (self.base, self.cap) = (base, cap);
        self
    }

    /// When the server asks to wait for longer than this, the call ends instead; its error says how long the server
    /// asked for.
    #[must_use]
    pub fn with_longest_wait(mut self, longest: Duration) -> Self {
        self.longest_wait = longest;
        self
    }

    /// Also retries 409, for APIs that mean "locked, try again" by it.
    #[must_use]
    pub fn with_conflicts(mut self, retried: bool) -> Self {
        self.conflicts = retried;
        self
    }

    /// Treats every method as idempotent. Only for calls the server may safely receive twice.
    #[must_use]
    pub fn with_any_method(mut self, retried: bool) -> Self {
        self.any_method = retried;
        self
    }

    /// Waits exactly as long as the backoff says instead of a random part of it. For tests.
    #[must_use]
    pub fn without_jitter(mut self) -> Self {
        self.jitter = false;
        self
    }

    /// What to do after a failed attempt. `random` is at least 0 and below 1.
    #[doc(hidden)]
    #[must_use]
    pub fn decide(&self, facts: &Facts, random: f64) -> Decision {
        if !self.may_pass(facts) {
            return Decision::Stop(Stop::Final);
        }
        if facts.consumed {
            return Decision::Stop(Stop::Consumed);
        }
        let safe = facts.repeatable || self.any_method || facts.outcome == Outcome::NeverSent;
        if !safe {
            return Decision::Stop(Stop::Unsafe);
        }
        if facts.attempts >= self.max_attempts {
            return Decision::Stop(Stop::Attempts);
        }
        let wait = match facts.hints.retry_after {
            Some(wait) if wait > self.longest_wait => return Decision::Stop(Stop::Wait),
            Some(wait) => wait,
            None => self.backoff(facts.attempts, random),
        };
        match facts.remaining {
            Some(remaining) if wait >= remaining => Decision::Stop(Stop::Deadline),
            Some(_) | None => Decision::Retry(wait),
        }
    }

    /// Is it a failure of the kind that may pass?
    fn may_pass(&self, facts: &Facts) -> bool {
        let by_itself = match facts.outcome {
            Outcome::NeverSent | Outcome::Broken | Outcome::TimedOut => return true,
            Outcome::Failed => return false,
            Outcome::Status(status) => match status {
                // 501 says that the server cannot do it, which no waiting changes.
                408 | 429 | 500 | 502..=599 => true,
                409 => self.conflicts,
                _ => false,
            },
        };
        facts.hints.should_retry.unwrap_or(by_itself)
    }

    /// Full jitter: anything between nothing and the backoff.
    fn backoff(&self, attempts: u32, random: f64) -> Duration {
        let doubled = 2_u32.checked_pow(attempts.saturating_sub(1)).unwrap_or(u32::MAX);
        let most = self.base.saturating_mul(doubled).min(self.cap);
        if !self.jitter {
            return most;
        }
        // Nearly the longest time there is may round to more than that.
        Duration::try_from_secs_f64(most.as_secs_f64() * random.clamp(0.0, 1.0)).unwrap_or(most)
    }
}

/// What is known after a failed attempt.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Facts {
    /// Attempts made so far; 1 after the first.
    pub attempts: u32,
    /// The method is idempotent, or a key makes the request so.
    pub repeatable: bool,
    /// The body was a stream and is gone.
    pub consumed: bool,
    /// How the attempt ended.
    pub outcome: Outcome,
    /// What the server asked for.
    pub hints: Hints,
    /// Time left until the deadline of the call.
    pub remaining: Option<Duration>,
}

impl Facts {
    /// The facts about a first attempt that ended like this, repeatable and without hints or a deadline.
    #[must_use]
    pub fn new(outcome: Outcome) -> Self {
        Self {
            attempts: 1,
            repeatable: true,
            consumed: false,
            outcome,
            hints: Hints::default(),
            remaining: None,
        }
    }
}

/// How an attempt ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// The server saw nothing of it, or turned it away unseen.
    NeverSent,
    /// The connection broke after the request, or part of it, was sent.
    Broken,
    /// It took too long.
    TimedOut,
    /// A response with an error status.
    Status(u16),
    /// A failure that would come again.
    Failed,
}

/// What to do after a failed attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Send it again after this time.
    Retry(Duration),
    /// Give up.
    Stop(Stop),
}

/// Why a request is not sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stop {
    /// It would fail again, or the server says not to try.
    Final,
    /// The body was a stream and is gone.
    Consumed,
    /// The server may have acted, and would act twice.
    Unsafe,
    /// The attempts are used up.
    Attempts,
    /// The server asks to wait longer than the policy allows.
    Wait,
    /// The deadline would pass before the next attempt.
    Deadline,
    /// The budget shared by all calls of the client is used up.
    Budget,
}

/// Is a request with this method the same when sent twice (RFC 9110, section 9.2.2)?
pub(crate) fn idempotent(method: &http::Method) -> bool {
    matches!(method.as_str(), "GET" | "HEAD" | "OPTIONS" | "TRACE" | "PUT" | "DELETE" | "QUERY")
}
