//! What all calls of a client share.
//!
//! In: the choices of the [`Builder`]. Out: the [`Core`], which calls hold on to. It sends nothing itself.

mod builder;

use std::fmt;
use std::sync::Arc;

use http::HeaderMap;
use tokio::sync::Semaphore;

/// `reqwest` in the version that fits, for clients made elsewhere.
#[cfg(any(feature = "reqwest", target_family = "wasm"))]
pub use reqwest;

pub use builder::Builder;

use super::auth::Credentials;
use super::hook::Hook;
use super::limit::Limits;
use super::retry::{RetryBudget, RetryPolicy};
use super::transport::Transport;
use super::url::Url;

/// The shared part of a client. Cloning it is cheap, and clones share connections, tokens and the retry budget.
#[derive(Clone)]
pub struct Core(Arc<Shared>);

/// Adds headers to a request.
pub(crate) type Propagate = Arc<dyn Fn(&mut HeaderMap) + Send + Sync>;

pub(crate) struct Shared {
    pub(crate) base_url: Url,
    /// The base URL was chosen by the user, so it also stands for servers of single operations.
    pub(crate) base_url_given: bool,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) headers: HeaderMap,
    /// Query parameters of all calls: name, and `name=value` encoded.
    pub(crate) query: Vec<(String, String)>,
    pub(crate) credentials: Credentials,
    /// Calls go out without a credential that is not given.
    pub(crate) credentials_optional: bool,
    pub(crate) retry: RetryPolicy,
    pub(crate) budget: RetryBudget,
    pub(crate) limits: Limits,
    /// Adds the headers that carry the context of a trace.
    pub(crate) propagate: Option<Propagate>,
    pub(crate) hooks: Vec<Arc<dyn Hook>>,
    pub(crate) slots: Option<Arc<Semaphore>>,
}

impl Core {
    pub(crate) fn shared(&self) -> &Shared {
        &self.0
    }

    /// Where calls go.
    #[must_use]
    pub fn base_url(&self) -> &str {
        self.0.base_url.as_str()
    }

    /// What is left for retries.
    #[must_use]
    pub fn retry_budget(&self) -> &RetryBudget {
        &self.0.budget
    }
}

impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Core")
            .field("base_url", &super::transport::shown(&self.0.base_url))
            .field("credentials", &self.0.credentials.iter().map(|(id, _)| *id).collect::<Vec<_>>())
            .field("retry", &self.0.retry)
            .finish_non_exhaustive()
    }
}
