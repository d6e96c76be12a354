//! The names that users write, for the root of an SDK. What is not here is machinery of generated code.

pub use super::auth::{Credential, Token, TokenSource};
#[cfg(feature = "blocking")]
pub use super::blocking::Blocking;
pub use super::body::Body;
pub use super::call::{RawResponse, Response, Sending, SendingWithResponse};
pub use super::error::{
    ApiError, Error, RateLimit, RequestError, RequestErrorKind, ResponseError, ResponseErrorKind,
    TransportError, TransportErrorKind,
};
pub use super::future::{BoxError, BoxFuture, BoxStream};
pub use super::hook::{Attempt, Ended, Exchange, Hook, Message};
pub use super::model::{Base64, Base64Url, ExactNumber, Object, Secret, UnknownInteger, UnknownValue};
pub use super::page::{Items, Pages};
pub use super::prelude::{CallOptions, Model, Operation};
pub use super::request::Request;
pub use super::retry::{RetryBudget, RetryPolicy};
pub use super::stream::{ByteStream, Lines};
#[cfg(feature = "events")]
pub use super::stream::{Event, Events};
#[doc(no_inline)]
pub use super::transport::{Bytes, HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
pub use super::transport::{HttpRequest, HttpResponse, InvalidUrl, Transport, Url};
pub use super::upload::Upload;
pub use super::wait::{Updates, Wait, WaitError};
pub use super::wire::{DecodeError, UnknownVariant};
