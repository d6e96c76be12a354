//! What an operation is, as data: one `static` per operation in the emitted code.
//!
//! It knows names and shapes; it sends nothing.

use std::any::Any;

pub use http::Method;

pub use super::scheme::{Scheme, SchemeKind};
use super::wire::Wire;

/// An operation of the API.
#[derive(Debug)]
pub struct Route {
    /// Name for people, in errors and traces: `workflows.runs.get`.
    pub name: &'static str,
    /// Method.
    pub method: Method,
    /// Path template: `/v1/runs/{run_id}`.
    pub path: &'static str,
    /// Media types the response may have; empty sends no `Accept` header.
    pub accept: &'static str,
    /// Alternatives of combinations of schemes. Empty: none is needed. An empty combination: none is needed either.
    pub auth: &'static [&'static [&'static Scheme]],
    /// Header that takes an idempotency key.
    pub idempotency: Option<&'static str>,
    /// Bodies of declared errors.
    pub errors: &'static [(Status, ErrorBody)],
    /// Server of this operation, where it is not the one of the client.
    pub server: Option<&'static str>,
}

/// A key of `responses` in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// `404`.
    Code(u16),
    /// `4XX`: its first digit.
    Range(u8),
    /// `default`.
    Default,
}

/// A decoded error body, whatever its type.
pub type AnyBody = Box<dyn Any + Send + Sync>;

/// Decodes an error body; `None` when it is something else than declared.
pub type ErrorBody = fn(&[u8]) -> Option<AnyBody>;

/// Decodes an error body as `T`.
#[must_use]
pub fn error_body<T: Wire + Send + Sync + 'static>(body: &[u8]) -> Option<AnyBody> {
    match super::model::from_slice::<T>(body) {
        Ok(value) => Some(Box::new(value)),
        Err(_) => None,
    }
}

impl Route {
    /// The decoded body of an error, as the document declares it for the exact status, else for its range, else by default.
    /// Where one of these may be of several media types, the first that the body is of counts.
    pub(crate) fn error_body(&self, status: u16, body: &[u8]) -> Option<AnyBody> {
        let range = Status::Range(u8::try_from(status / 100).unwrap_or(0));
        let keys = [Status::Code(status), range, Status::Default];
        let all = |wanted: Status| self.errors.iter().filter(move |(key, _)| *key == wanted);
        let declared = keys.into_iter().find(|key| all(*key).next().is_some())?;
        all(declared).find_map(|(_, decode)| decode(body))
    }
}
