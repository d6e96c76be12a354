//! What an attempt sent and received, for hooks.

use std::sync::Arc;

use super::super::error::Error;
use super::super::hook::{Exchange, Hook, Message};
use super::super::redact::Scrub;
use super::super::reply::{Reply, ReplyBody};
use super::super::transport::HttpRequest;

/// The record of an attempt while it is under way.
pub(super) struct Record {
    exchange: Exchange,
    scrub: Scrub,
    most: usize,
}

impl Record {
    /// The request as it goes out, if there is a hook to see it.
    pub(super) fn of(hooks: &[Arc<dyn Hook>], request: &HttpRequest, scrub: &Scrub) -> Option<Self> {
        let most = hooks.iter().map(|hook| hook.body_limit()).max()?;
        let (headers, body) = (&request.headers, &request.body);
        let message = Message::new(scrub, headers, body.as_bytes(), body.length(), most);
        let exchange = Exchange {
            method: request.method.to_string(),
            url: scrub.url(&request.url),
            request: message,
            response: None,
        };
        Some(Self { exchange, scrub: scrub.clone(), most })
    }

    /// Adds the response, as far as there is one.
    pub(super) fn finish(self, outcome: Result<&Reply, &Error>) -> Exchange {
        let whole = |headers, body: &[u8]| {
            Message::new(&self.scrub, headers, Some(body), Some(body.len() as u64), self.most)
        };
        let response = match outcome {
            Ok(reply) => Some(match &reply.body {
                ReplyBody::Whole(body) => whole(reply.headers(), body),
                ReplyBody::Stream(_) => Message::new(&self.scrub, reply.headers(), None, None, 0),
            }),
            Err(Error::Api(error)) => Some(whole(error.headers(), error.raw_body())),
            Err(Error::Decode(error)) => Some(whole(error.headers(), error.raw_body())),
            Err(Error::Transport(_) | Error::Request(_)) => None,
        };
        Exchange { response, ..self.exchange }
    }
}
