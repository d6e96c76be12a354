//! Where access tokens come from.

use std::time::Duration;

use super::super::future::{BoxError, BoxFuture};
use super::super::model::Secret;

/// Fetches access tokens. The client keeps a token until shortly before it expires, drops it when the server refuses
/// it, and never asks twice at a time.
pub trait TokenSource: Send + Sync + 'static {
    /// A new token.
    fn token(&self) -> BoxFuture<'_, Result<Token, BoxError>>;
}

/// An access token.
#[derive(Clone, Debug)]
pub struct Token {
    pub(crate) value: Secret,
    pub(crate) lifetime: Option<Duration>,
}

impl Token {
    /// A token that is good until the server refuses it.
    #[must_use]
    pub fn new(value: impl Into<Secret>) -> Self {
        Self { value: value.into(), lifetime: None }
    }

    /// Says how long it is good.
    #[must_use]
    pub fn expires_in(mut self, lifetime: Duration) -> Self {
        self.lifetime = Some(lifetime);
        self
    }
}
