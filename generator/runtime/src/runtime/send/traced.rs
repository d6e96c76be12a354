//! What traces record of an outcome.

use super::super::error::Error;
use super::super::reply::Reply;
use super::super::trace::Traced;

/// What is recorded of an outcome.
pub(super) fn traced<'a>(outcome: Result<&Reply, &'a Error>) -> Traced<'a> {
    if !cfg!(feature = "tracing") {
        return Traced { status: None, request_id: None, error: None };
    }
    match outcome {
        Ok(reply) => {
            Traced { status: Some(reply.status()), request_id: reply.source.request_id(), error: None }
        }
        Err(error) => Traced {
            status: error.received().map(|status| status.as_u16()),
            request_id: error.request_id().map(str::to_owned),
            error: Some(error),
        },
    }
}
