//! Keeps a token until it expires; one refresh at a time.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Mutex;

use super::super::clock::Instant;
use super::super::error::{Error, RequestError, RequestErrorKind};
use super::super::future::BoxError;
use super::super::model::Secret;
use super::token::TokenSource;

/// A token is refreshed this long before it expires, or after nine tenths of its life if that is later.
const MARGIN: Duration = Duration::from_secs(60);

/// A token with the source of the next one.
pub(crate) struct TokenCache {
    source: Arc<dyn TokenSource>,
    state: Mutex<CacheState>,
}

#[derive(Default)]
struct CacheState {
    token: Option<(Secret, Option<Instant>)>,
    /// Counts tokens, so that one that is refused late does not throw away its successor.
    generation: u64,
    failure: Option<(Instant, Arc<Refusal>)>,
}

/// Why no token could be had; shared by all who waited for the same response.
struct Refusal {
    message: String,
    retryable: bool,
}

impl TokenCache {
    pub(crate) fn shared(source: Arc<dyn TokenSource>) -> Arc<Self> {
        Arc::new(Self { source, state: Mutex::default() })
    }

    /// The token, fetched if need be. Whoever holds the lock fetches; the others wait and find the result. When the
    /// fetching call is dropped, the next one in line takes over.
    pub(crate) async fn token(&self) -> Result<(Secret, u64), Error> {
        let asked = Instant::now();
        let mut state = self.state.lock().await;
        if let Some((token, refresh)) = &state.token
            && refresh.is_none_or(|refresh| Instant::now() < refresh)
        {
            return Ok((token.clone(), state.generation));
        }
        if let Some((failed, refusal)) = &state.failure
            && *failed > asked
        {
            return Err(refusal.error());
        }
        match self.source.token().await {
            Ok(token) => {
                // One that lives longer than can be counted lives until it is refused.
                let refresh = token.lifetime.and_then(|lifetime| {
                    let good = lifetime.saturating_sub(MARGIN).max(lifetime / 10 * 9);
                    Instant::now().checked_add(good)
                });
                state.generation += 1;
                state.failure = None;
                state.token = Some((token.value.clone(), refresh));
                Ok((token.value, state.generation))
            }
            Err(error) => {
                let refusal = Arc::new(Refusal::new(&error));
                state.failure = Some((Instant::now(), refusal.clone()));
                Err(refusal.error())
            }
        }
    }

    /// Drops a token the server refused, unless there is a newer one already.
    pub(crate) async fn refused(&self, generation: u64) {
        let mut state = self.state.lock().await;
        if state.generation == generation {
            state.token = None;
        }
    }
}

impl Refusal {
    fn new(error: &BoxError) -> Self {
        let retryable = error.downcast_ref::<Error>().is_some_and(Error::is_retryable);
        Self { message: error.to_string(), retryable }
    }

    fn error(&self) -> Error {
        let message = format!("no access token: {}", self.message);
        RequestError::new(RequestErrorKind::Credentials, message).retryable(self.retryable).into()
    }
}
