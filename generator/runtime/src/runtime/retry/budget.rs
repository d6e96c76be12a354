//! A token bucket shared by all clones of a client, so that an outage is not made worse by everybody trying again.

use std::sync::Mutex;

/// Tokens a retry costs.
const RETRY: u32 = 5;

/// Tokens a retry after a timeout costs: those hurt the server most.
const TIMEOUT: u32 = 10;

/// Tokens a call that succeeds at once gives back.
const SUCCESS: u32 = 1;

/// How much a client may retry. Each retry takes tokens out, each success puts some back.
#[derive(Debug)]
pub struct RetryBudget {
    capacity: u32,
    available: Mutex<u32>,
}

/// Tokens taken for one retry; given back when it succeeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Withdrawal(u32);

/// Tokens taken for a retry that is still to come. A call that is dropped while it waits has cost the server nothing, so
/// they go back.
#[derive(Debug)]
pub(crate) struct Reserved<'a> {
    budget: &'a RetryBudget,
    withdrawal: Option<Withdrawal>,
}

impl Reserved<'_> {
    /// The retry begins.
    pub(crate) fn spend(mut self) -> Option<Withdrawal> {
        self.withdrawal.take()
    }
}

impl Drop for Reserved<'_> {
    fn drop(&mut self) {
        if let Some(withdrawal) = self.withdrawal {
            self.budget.deposit(Some(withdrawal));
        }
    }
}

impl RetryBudget {
    /// A full bucket of this size. A retry costs 5 (10 after a timeout), a success at once gives back 1.
    #[must_use]
    pub fn new(capacity: u32) -> Self {
        Self { capacity, available: Mutex::new(capacity) }
    }

    /// Tokens left.
    #[must_use]
    pub fn available(&self) -> u32 {
        *self.lock()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, u32> {
        // A number cannot be left half-written.
        self.available.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Takes the tokens for a retry; `None` when there are too few.
    pub(crate) fn reserve(&self, timed_out: bool) -> Option<Reserved<'_>> {
        let cost = if timed_out { TIMEOUT } else { RETRY };
        let mut available = self.lock();
        *available = available.checked_sub(cost)?;
        Some(Reserved { budget: self, withdrawal: Some(Withdrawal(cost)) })
    }

    /// A call succeeded: gives back what its last retry took, or a little when there was none.
    pub(crate) fn deposit(&self, last: Option<Withdrawal>) {
        let tokens = last.map_or(SUCCESS, |withdrawal| withdrawal.0);
        let mut available = self.lock();
        *available = available.saturating_add(tokens).min(self.capacity);
    }
}

impl Default for RetryBudget {
    fn default() -> Self {
        Self::new(500)
    }
}
