//! The names that users write, for the root of an SDK. What is not here is machinery of generated code.
//!
//! Words that people search stand at the `use`: rustdoc drops those of an item that is shown somewhere else.

#[doc(alias("api key", "authentication", "bearer"))]
pub use super::auth::Credential;
pub use super::auth::Token;
#[doc(alias("oauth", "refresh token"))]
pub use super::auth::TokenSource;
#[cfg(feature = "blocking")]
pub use super::blocking::Blocking;
pub use super::body::Body;
#[doc(alias("timeout", "header", "idempotency key"))]
pub use super::call::CallOptions;
pub use super::call::{Operation, RawResponse, Response, Sending, SendingWithResponse};
#[cfg(feature = "reqwest")]
#[doc(no_inline)]
pub use super::client::reqwest;
#[doc(alias("exception", "status code"))]
pub use super::error::Error;
#[doc(alias("rate limit", "429", "throttling"))]
pub use super::error::RateLimit;
pub use super::error::{
    ApiError, RequestError, RequestErrorKind, ResponseError, ResponseErrorKind, Result, TransportError,
    TransportErrorKind,
};
pub use super::future::{BoxError, BoxFuture, BoxStream};
#[doc(alias("logging", "interceptor", "middleware"))]
pub use super::hook::Hook;
pub use super::hook::{Attempt, Ended, Exchange, Message};
pub use super::model::{Base64, Base64Url, ExactNumber, Model, Object, Secret, UnknownInteger, UnknownValue};
#[doc(alias("pagination", "paging"))]
pub use super::page::{Items, Pages};
pub use super::request::Request;
pub use super::retry::RetryBudget;
#[doc(alias("retry", "retries", "backoff", "max_retries"))]
pub use super::retry::RetryPolicy;
#[doc(alias("download", "streaming"))]
pub use super::stream::ByteStream;
#[cfg(feature = "events")]
pub use super::stream::Event;
#[cfg(feature = "events")]
#[doc(alias("sse", "server-sent events", "streaming"))]
pub use super::stream::Events;
#[doc(alias("ndjson", "jsonl", "streaming"))]
pub use super::stream::Lines;
#[doc(alias("middleware", "tower", "http client"))]
pub use super::transport::Transport;
#[doc(no_inline)]
pub use super::transport::{Bytes, HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
pub use super::transport::{HttpRequest, HttpResponse, InvalidUrl, Url};
#[doc(alias("file", "multipart"))]
pub use super::upload::Upload;
#[doc(alias("poll", "polling"))]
pub use super::wait::Wait;
pub use super::wait::{Updates, WaitError};
pub use super::wire::{DecodeError, UnknownVariant};
