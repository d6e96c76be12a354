//! Calls the operations of a generated SDK with arguments given as JSON.
//!
//! In: arguments by their place in the document. Out: what came back, as JSON, text or bytes. The functions that call the
//! single operations are written by the build script (`build/drivers.rs`); they decode the arguments through the SDK's own types, and
//! all they have in common stands here.

use std::any::Any;
use std::future::Future;
use std::pin::Pin;

use http::HeaderMap;
use serde_json::Value;

#[cfg(feature = "events")]
use crate::runtime::call::Events;
use crate::runtime::call::{Lines, SendingWithResponse};
use crate::runtime::error::{ApiError, Error, TransportError, TransportErrorKind};
use crate::runtime::future::BoxFuture;
use crate::runtime::model;
use crate::runtime::stream::ByteStream;
use crate::runtime::transport::{HttpClient, HttpRequest, HttpResponse, Settings, Transport, Url};
use crate::runtime::wire::Wire;

/// The SDK of a document, ready to be called.
#[derive(Clone, Copy)]
pub struct Sdk {
    /// What the document is called.
    pub name: &'static str,
    /// Makes a client with a credential for each scheme, for the server at this URL.
    pub open: fn(&str) -> Result<Client, Error>,
    /// The calls.
    pub calls: &'static [Driver],
}

/// A client of some SDK.
pub type Client = Box<dyn Any + Send + Sync>;

/// Calls one operation in one way.
#[derive(Clone, Copy)]
pub struct Driver {
    /// HTTP method in capitals.
    pub method: &'static str,
    /// Path template as in the document.
    pub path: &'static str,
    /// The media type it sends; the first one where the body is optional.
    pub media: Option<&'static str>,
    /// Whether it takes a body as an argument, so that there is none without.
    pub takes_body: bool,
    /// Starts the call.
    pub start: Start,
    /// The same, asking for another media type: by that media type.
    pub others: &'static [(&'static str, Start)],
    /// How the typed body of an error status is had, by status key.
    pub errors: &'static [(&'static str, ErrorBody)],
}

/// Starts a call.
pub type Start = fn(&Client, &Given) -> Result<Driven, String>;

/// Takes the typed body out of an error, encoded again.
pub type ErrorBody = fn(&ApiError) -> Option<Vec<u8>>;

/// A call on its way.
pub type Driven = Pin<Box<dyn Future<Output = Result<Told, Error>> + Send>>;

/// The arguments of a call.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// Location in lower case, name, value.
    pub params: Vec<(&'static str, String, Value)>,
    /// The body; bytes as a text.
    pub body: Option<Value>,
}

impl Given {
    /// The value of a parameter that must be there.
    pub fn need<T: Wire>(&self, place: &str, name: &str) -> Result<T, String> {
        self.want(place, name)?.ok_or_else(|| format!("the {place} parameter `{name}` is not given"))
    }

    /// The value of a parameter.
    pub fn want<T: Wire>(&self, place: &str, name: &str) -> Result<Option<T>, String> {
        let found = self.params.iter().find(|(at, known, _)| *at == place && known == name);
        let Some((_, _, value)) = found else { return Ok(None) };
        decode(value).map(Some).map_err(|why| format!("the {place} parameter `{name}`: {why}"))
    }

    /// The body.
    pub fn body<T: Wire>(&self) -> Result<Option<T>, String> {
        let value = self.body.as_ref().map(decode).transpose();
        value.map_err(|why| format!("the body: {why}"))
    }

    /// A body that is text or bytes.
    pub fn text(&self) -> Option<String> {
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        self.body.as_ref().map(text)
    }
}

fn decode<T: Wire>(value: &Value) -> Result<T, String> {
    model::from_slice(value.to_string().as_bytes()).map_err(|error| error.to_string())
}

/// Sends everything to one server, also what the document has elsewhere (servers of single operations, token endpoints).
pub(crate) struct Home {
    client: Result<HttpClient, String>,
    home: Option<Url>,
}

impl Home {
    /// The server at this URL.
    pub(crate) fn new(url: &str) -> Self {
        let client = HttpClient::new(&Settings::default()).map_err(|error| error.to_string());
        Self { client, home: Url::parse(url).ok() }
    }
}

impl Transport for Home {
    fn send(&self, mut request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        if let Some(home) = &self.home {
            let mut url = home.clone();
            url.set_path(request.url.path());
            url.set_query(request.url.query());
            request.url = url;
        }
        match &self.client {
            Ok(client) => client.send(request),
            Err(error) => {
                let error = TransportError::new(TransportErrorKind::Other, error.clone());
                Box::pin(std::future::ready(Err(error)))
            }
        }
    }
}

/// What a method says when it has no body to send.
pub(crate) fn bodiless() -> String {
    "a body is needed".to_owned()
}

/// What a call gave.
#[derive(Clone, Debug)]
pub struct Told {
    /// Status.
    pub status: u16,
    /// Headers.
    pub headers: HeaderMap,
    /// The value.
    pub value: Got,
}

/// A value that a call gave.
#[derive(Clone, Debug, PartialEq)]
pub enum Got {
    /// `()`, or `None`.
    Nothing,
    /// A value, encoded again.
    Json(Vec<u8>),
    /// The values of a stream, encoded again.
    Many(Vec<Vec<u8>>),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A variant of a choice that the document knows nothing about.
    Unknown,
}

/// A value on its way to [`Got`].
pub(crate) type Getting = Pin<Box<dyn Future<Output = Result<Got, Error>> + Send>>;

/// Sends a call, and takes what it gives.
pub(crate) fn told<T: Send + 'static>(sending: SendingWithResponse<T>, get: fn(T) -> Getting) -> Driven {
    Box::pin(async move {
        let response = sending.await?;
        let (status, headers) = (response.status.as_u16(), response.headers);
        Ok(Told { status, headers, value: get(response.value).await? })
    })
}

fn at_once(got: Got) -> Getting {
    Box::pin(std::future::ready(Ok(got)))
}

pub(crate) fn nothing(_: ()) -> Getting {
    at_once(Got::Nothing)
}

#[allow(dead_code, reason = "for choices of SDKs that are crates of their own")]
pub(crate) fn unknown() -> Getting {
    at_once(Got::Unknown)
}

pub(crate) fn json<T: Wire>(value: T) -> Getting {
    at_once(Got::Json(model::to_vec(&value)))
}

pub(crate) fn text(value: String) -> Getting {
    at_once(Got::Text(value))
}

pub(crate) fn maybe<T>(value: Option<T>, get: fn(T) -> Getting) -> Getting {
    value.map_or_else(|| at_once(Got::Nothing), get)
}

/// More than any test sends.
const MOST: usize = 16 * 1024 * 1024;

pub(crate) fn bytes(value: ByteStream) -> Getting {
    Box::pin(async move { Ok(Got::Bytes(value.collect(MOST).await?.to_vec())) })
}

pub(crate) fn lines<T: Wire + Send + 'static>(mut value: Lines<T>) -> Getting {
    Box::pin(async move {
        let mut all = Vec::new();
        while let Some(line) = value.try_next().await? {
            all.push(model::to_vec(&line));
        }
        Ok(Got::Many(all))
    })
}

#[cfg(feature = "events")]
pub(crate) fn events<T: Wire + Send + 'static>(mut value: Events<T>) -> Getting {
    Box::pin(async move {
        let mut all = Vec::new();
        while let Some(event) = value.try_next().await? {
            all.push(model::to_vec(&event));
        }
        Ok(Got::Many(all))
    })
}

/// The typed body of an error, encoded again.
pub(crate) fn error_body<T: Wire + 'static>(error: &ApiError) -> Option<Vec<u8>> {
    error.body::<T>().map(model::to_vec)
}
