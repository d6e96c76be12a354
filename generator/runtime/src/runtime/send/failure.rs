//! How an attempt fails.

use super::super::auth::UsedTokens;
use super::super::error::{Error, TransportError, TransportErrorKind};
use super::super::retry::{Hints, Outcome};

/// A failed attempt, with what the policy needs to know.
pub(super) struct Failure {
    pub(super) error: Error,
    pub(super) outcome: Outcome,
    pub(super) hints: Hints,
    /// Tokens it was sent with.
    pub(super) tokens: UsedTokens,
}

impl Failure {
    pub(super) fn new(error: Error, outcome: Outcome) -> Self {
        Self { error, outcome, hints: Hints::default(), tokens: UsedTokens::new() }
    }
}

impl From<TransportError> for Failure {
    fn from(error: TransportError) -> Self {
        let outcome = match error.kind() {
            TransportErrorKind::Connect | TransportErrorKind::TurnedAway => Outcome::NeverSent,
            TransportErrorKind::Timeout => Outcome::TimedOut,
            TransportErrorKind::Reset | TransportErrorKind::Truncated => Outcome::Broken,
            TransportErrorKind::Tls
            | TransportErrorKind::Redirect
            | TransportErrorKind::Upload
            | TransportErrorKind::Other => Outcome::Failed,
        };
        Self::new(error.into(), outcome)
    }
}
