//! A place for users' own code before and after each attempt.

use std::time::Duration;

use super::error::Error;
use super::transport::HttpRequest;

/// Sees each attempt. Must not block.
pub trait Hook: Send + Sync + 'static {
    /// Before a request goes out, complete with credentials. It may be changed.
    ///
    /// # Errors
    ///
    /// An error ends the call with it; nothing is sent.
    fn before(&self, attempt: &Attempt, request: &mut HttpRequest) -> Result<(), Error> {
        let _ = (attempt, request);
        Ok(())
    }

    /// After an attempt, whatever came of it.
    fn after(&self, attempt: &Attempt, ended: &Ended<'_>) {
        let _ = (attempt, ended);
    }
}

/// Which attempt of which call.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attempt {
    /// The operation: `workflows.runs.get`.
    pub operation: &'static str,
    /// Counted from 1.
    pub number: u32,
}

/// How an attempt ended.
#[derive(Debug)]
#[non_exhaustive]
pub struct Ended<'a> {
    /// Status of the response, where there was one.
    pub status: Option<u16>,
    /// The failure, where it failed.
    pub error: Option<&'a Error>,
    /// How long it took.
    pub elapsed: Duration,
}

impl<'a> Ended<'a> {
    pub(crate) fn new(status: Option<u16>, error: Option<&'a Error>, elapsed: Duration) -> Self {
        Self { status, error, elapsed }
    }
}
