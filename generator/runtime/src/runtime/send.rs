//! The only loop: sends a call, again if the policy says so, until there is a response or an error.
//!
//! In: a [`Call`]. Out: a [`Reply`] with a success status, or an [`Error`]. What to do is decided by pure functions
//! ([`RetryPolicy::decide`](super::retry::RetryPolicy::decide), [`redirect::step`]); here it is done. Not generic, so
//! it is compiled once.

mod ahead;
mod attempt;
mod coding;
mod failure;
mod prepare;
mod receive;
mod record;
mod redirect;
mod traced;

use std::time::Duration;

use super::call::Call;
use super::clock;
use super::error::Error;
use super::limit::Deadline;
use super::random;
use super::reply::{Mode, Reply, Replying};
use super::retry::{Decision, Facts, Outcome, Stop};
use super::trace;

pub(crate) use ahead::ahead;
pub(crate) use prepare::request_url;

use attempt::attempt;
use failure::Failure;
use prepare::{head, prepare};
use traced::traced;

/// Sends a call. Nothing happens before the future is polled; dropping it ends the call.
pub(crate) fn start(call: Call, mode: fn(u16) -> Mode) -> Replying {
    let name = call.route.name;
    let span = trace::call(name, call.method(), call.route.path);
    trace::within(span.clone(), async move {
        let mut attempts = 0;
        let outcome = run(call, mode, &mut attempts).await;
        let outcome = outcome.map_err(|error| error.within(name, attempts));
        span.call_ended(&traced(outcome.as_ref()), attempts);
        outcome.map(|mut reply| {
            reply.span = span;
            reply
        })
    })
}

async fn run(call: Call, mode: fn(u16) -> Mode, attempts: &mut u32) -> Result<Reply, Error> {
    let shared = call.core.shared();
    let options = &call.parts.options;
    let deadline = Deadline::after(options.timeout.or(shared.limits.total));
    let prepared = prepare(&call)?;
    let mut first = Some(head(&call, &prepared)?);
    let policy = options.retry.as_ref().unwrap_or(&shared.retry);
    // The semaphore is never closed.
    let slot = match shared.slots.clone() {
        Some(slots) => deadline.bound(Duration::MAX, slots.acquire_owned()).await?.ok(),
        None => None,
    };
    let mut withdrawal = None;
    let mut refreshed = false;
    loop {
        let head = first.take().map_or_else(|| head(&call, &prepared), Ok)?;
        *attempts += 1;
        let failure = match attempt(&call, &prepared, head, *attempts, &deadline, mode).await {
            Ok(mut reply) => {
                shared.budget.deposit(withdrawal);
                if mode(reply.status()) != Mode::Whole {
                    reply.slot = slot;
                    reply.call = Some(call);
                }
                return Ok(reply);
            }
            Err(failure) => failure,
        };
        let Failure { error, outcome, hints, tokens } = failure;
        let consumed = call.parts.payload.consumed();
        if outcome == Outcome::Status(401) && !tokens.is_empty() && !refreshed && !consumed {
            // The server looked at the token and at nothing else.
            refreshed = true;
            for (cache, generation) in tokens {
                // Somebody else may be fetching one, which can take longer than this call has.
                deadline.bound(Duration::MAX, cache.refused(generation)).await?;
            }
            continue;
        }
        let facts = Facts {
            attempts: *attempts,
            repeatable: prepared.repeatable,
            consumed,
            outcome,
            hints,
            remaining: deadline.remaining(),
        };
        match policy.decide(&facts, random::unit()) {
            Decision::Stop(stop) => {
                if stop == Stop::Final && matches!(outcome, Outcome::Status(_)) {
                    // A response, if not the one that was hoped for: the server is well.
                    shared.budget.deposit(withdrawal);
                }
                trace::stopped(stop);
                return Err(error);
            }
            Decision::Retry(wait) => {
                let Some(reserved) = shared.budget.reserve(outcome == Outcome::TimedOut) else {
                    trace::stopped(Stop::Budget);
                    return Err(error);
                };
                trace::waiting(wait, &error);
                clock::sleep(wait).await;
                withdrawal = reserved.spend();
            }
        }
    }
}
