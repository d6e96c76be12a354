//! What can go wrong with a call, in four kinds.
//!
//! In: what the machinery saw. Out: values that say operation, status and cause in one line, keep everything the
//! server sent, and show no secret. They know nothing of how a call is made.

mod api;
mod context;
mod request;
mod response;
mod source;
mod transport;

use std::fmt;
use std::time::Duration;

use http::StatusCode;

pub use super::rate::RateLimit;
use super::wire::DecodeError;
pub use api::ApiError;
pub(crate) use api::words_of;
pub use request::{RequestError, RequestErrorKind};
pub use response::{ResponseError, ResponseErrorKind};
#[cfg(all(feature = "record", not(target_family = "wasm")))]
pub(crate) use source::REQUEST_IDS;
pub(crate) use source::Source;
pub use transport::{TransportError, TransportErrorKind};

/// What calls give: a value, or why there is none.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a call gave no value.
#[non_exhaustive]
pub enum Error {
    /// The server answered with an error status, or reported an error in a stream.
    Api(Box<ApiError>),
    /// No response, or only a part of one.
    Transport(Box<TransportError>),
    /// A success that could not be understood. [`raw_body`](ResponseError::raw_body) has what came, as bytes, and
    /// [`decode_error`](ResponseError::decode_error) where it went wrong; [`send_raw`](super::call::CallOptions::send_raw) gives a
    /// response without decoding it.
    Decode(Box<ResponseError>),
    /// The call could not be sent: what the caller has to change.
    Request(Box<RequestError>),
}

impl Error {
    /// The operation that was called: `workflows.runs.get`. Empty for errors of the client itself.
    #[must_use]
    pub fn operation(&self) -> &str {
        match self {
            Self::Api(error) => error.operation(),
            Self::Transport(error) => error.operation(),
            Self::Decode(error) => error.operation(),
            Self::Request(error) => error.operation(),
        }
    }

    /// The status with which the server refused the call, 400 to 599. Other errors have none, not even that of a success which could
    /// not be decoded: [`ResponseError::status`] and [`ApiError::status`] say what was received.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.received().filter(|status| status.is_client_error() || status.is_server_error())
    }

    /// Status of the response, where there was one.
    pub(crate) fn received(&self) -> Option<StatusCode> {
        match self {
            Self::Api(error) => Some(error.status()),
            Self::Decode(error) => Some(error.status()),
            Self::Transport(_) | Self::Request(_) => None,
        }
    }

    /// The id the server gave the request, where it gave one. It is what the vendor's support asks for.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Api(error) => error.request_id(),
            Self::Decode(error) => error.request_id(),
            Self::Transport(error) => error.request_id(),
            Self::Request(_) => None,
        }
    }

    /// How many requests were sent for this call; 0 when none was.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        match self {
            Self::Api(error) => error.attempts(),
            Self::Transport(error) => error.attempts(),
            Self::Decode(error) => error.attempts(),
            Self::Request(_) => 0,
        }
    }

    /// Could the same call succeed later? Says nothing about whether sending it twice is safe.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Api(error) => error.is_retryable(),
            Self::Transport(error) => error.is_retryable(),
            Self::Request(error) => error.is_retryable(),
            Self::Decode(_) => false,
        }
    }

    /// Did the server refuse the call as malformed (400)?
    #[must_use]
    pub fn is_bad_request(&self) -> bool {
        self.is_api(StatusCode::BAD_REQUEST)
    }

    /// Are the credentials missing or wrong (401)?
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        self.is_api(StatusCode::UNAUTHORIZED)
    }

    /// Do the credentials not allow this (403)?
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        self.is_api(StatusCode::FORBIDDEN)
    }

    /// Is there no such thing (404)?
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.is_api(StatusCode::NOT_FOUND)
    }

    /// Does the state of the thing forbid it (409)?
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.is_api(StatusCode::CONFLICT)
    }

    /// Did the server read the call and find its values wrong (422)?
    #[doc(alias = "is_validation")]
    #[must_use]
    pub fn is_unprocessable(&self) -> bool {
        self.is_api(StatusCode::UNPROCESSABLE_ENTITY)
    }

    /// Were there too many calls (429)? [`Self::retry_after`] and [`Self::rate_limit`] say more.
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.is_api(StatusCode::TOO_MANY_REQUESTS)
    }

    /// Does the server blame the caller (400 to 499)?
    #[must_use]
    pub fn is_client_error(&self) -> bool {
        self.as_api().is_some_and(|error| error.status().is_client_error())
    }

    /// Does the server blame itself (500 to 599)?
    #[must_use]
    pub fn is_server_error(&self) -> bool {
        self.as_api().is_some_and(|error| error.status().is_server_error())
    }

    /// Was there no connection: no such host, a refusal, no TLS? The server has seen nothing of the call.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        let kinds = [TransportErrorKind::Connect, TransportErrorKind::Tls];
        matches!(self, Self::Transport(error) if kinds.contains(&error.kind()))
    }

    /// Did a response come that could not be understood?
    #[must_use]
    pub fn is_decode(&self) -> bool {
        matches!(self, Self::Decode(_))
    }

    /// Could the call not be sent as it is? The caller has to change something: an empty path parameter, a missing credential.
    #[must_use]
    pub fn is_request(&self) -> bool {
        matches!(self, Self::Request(_))
    }

    fn is_api(&self, status: StatusCode) -> bool {
        self.as_api().is_some_and(|error| error.status() == status)
    }

    /// Did a timeout or the deadline end the call?
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Transport(error) if error.kind() == TransportErrorKind::Timeout)
    }

    /// How long the server asks to wait before the next try.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Api(error) => error.retry_after(),
            Self::Transport(_) | Self::Decode(_) | Self::Request(_) => None,
        }
    }

    /// What the server said about its rate limit when it refused the call.
    #[must_use]
    pub fn rate_limit(&self) -> Option<RateLimit> {
        self.as_api().and_then(ApiError::rate_limit)
    }

    /// What the server reported as an error, if that is what this is.
    #[must_use]
    pub fn as_api(&self) -> Option<&ApiError> {
        match self {
            Self::Api(error) => Some(error),
            Self::Transport(_) | Self::Decode(_) | Self::Request(_) => None,
        }
    }

    /// Place and cause inside of the JSON of a response, where that is what failed.
    #[must_use]
    pub fn decode_error(&self) -> Option<&DecodeError> {
        match self {
            Self::Decode(error) => error.decode_error(),
            Self::Api(_) | Self::Transport(_) | Self::Request(_) => None,
        }
    }

    /// Names the operation and the number of attempts, which the places where errors begin do not know.
    pub(crate) fn within(mut self, operation: &str, attempts: u32) -> Self {
        match &mut self {
            Self::Api(error) => error.set_attempts(attempts),
            Self::Transport(error) => error.set_context(operation, attempts),
            Self::Decode(error) => error.set_attempts(attempts),
            Self::Request(error) => error.set_operation(operation),
        }
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Api(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
            Self::Request(error) => error.fmt(f),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Api(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
            Self::Request(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Api(_) => None,
            Self::Transport(error) => error.source(),
            Self::Decode(error) => error.source(),
            Self::Request(error) => error.source(),
        }
    }
}

impl From<RequestError> for Error {
    fn from(error: RequestError) -> Self {
        Self::Request(Box::new(error))
    }
}

impl From<TransportError> for Error {
    fn from(error: TransportError) -> Self {
        Self::Transport(Box::new(error))
    }
}

impl From<ResponseError> for Error {
    fn from(error: ResponseError) -> Self {
        Self::Decode(Box::new(error))
    }
}

impl From<ApiError> for Error {
    fn from(error: ApiError) -> Self {
        Self::Api(Box::new(error))
    }
}
