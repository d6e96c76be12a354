//! Calls of endpoints the document does not know, with the client's credentials, retries and errors.

use std::borrow::Cow;
use std::marker::PhantomData;

use http::Method;
use serde_core::de::DeserializeOwned;
use serde_core::ser::Serialize;

#[cfg(feature = "events")]
use super::call::Events;
use super::call::{Answer, Binary, Call, Core, Lines, Operation, Raw, Reply, Sending, Text};
use super::encode::Style;
use super::error::{Error, RequestErrorKind};
use super::model::{Upload, Value};
use super::route::Route;
use super::stream::ByteStream;
use super::wire::{DecodeError, Failure, Wire};

/// A call of any endpoint: `client.request(Method::GET, "/v1/new").json::<Value>().await?`. The options of other calls
/// (`with_timeout` and so on) are there as well.
#[must_use = "a call is sent when its response is awaited"]
#[derive(Clone, Debug)]
pub struct Request(Call);

impl Request {
    /// A call of this path below the base URL. The path may have a query; it is not encoded again.
    pub fn new(core: &Core, route: &'static Route, method: Method, path: impl Into<String>) -> Self {
        let mut call = Call::new(core, route);
        call.parts.method = Some(method);
        call.parts.path = Cow::Owned(path.into().replace('{', "%7B").replace('}', "%7D"));
        // Nothing is known of what the data may hold.
        call.parts.errors = Some(vec!["error".to_owned()]);
        Self(call)
    }

    /// A query parameter: a text, a number, a list. Given twice, the last one counts; a list gives it several times.
    pub fn query(self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        Self(self.0.set_query(Cow::Owned(name.into()), Style::FormExplode, &value.into()))
    }

    /// A header.
    pub fn header(self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        Self(self.0.add_header(name.as_ref(), value.as_ref()))
    }

    /// A JSON body: a model, `json!`, or any other type of serde.
    pub fn body<T: Serialize + ?Sized>(self, body: &T) -> Self {
        match serde_json::to_value(body) {
            Ok(body) => Self(self.0.json(&body)),
            Err(error) => {
                Self(self.0.refuse(RequestErrorKind::Body, format!("the body cannot be sent: {error}")))
            }
        }
    }

    /// A body from a file, bytes or stream.
    pub fn upload(self, file: impl Into<Upload>) -> Self {
        Self(self.0.upload("application/octet-stream", file))
    }

    /// Sends it; the response is JSON: of a model, of `serde_json::Value`, or of any other type of serde.
    pub fn json<T: DeserializeOwned + Send + 'static>(self) -> Sending<T> {
        Sending::new::<Serde<T>>(self.0)
    }

    /// Sends it; the response is text.
    pub fn text(self) -> Sending<String> {
        Sending::new::<Text>(self.0)
    }

    /// Sends it; the response is bytes in memory.
    pub fn bytes(self) -> Sending<bytes::Bytes> {
        Sending::new::<Raw>(self.0)
    }

    /// Sends it; the response is one JSON text per line.
    pub fn lines<T: Wire + Send + 'static>(self) -> Sending<Lines<T>> {
        Sending::new::<Lines<T>>(self.0)
    }

    /// Sends it; the response is server-sent events. They are over at an event whose data is `[DONE]`, unless
    /// [`Self::ends_at`] says else.
    #[cfg(feature = "events")]
    pub fn events<T: Wire + Send + 'static>(self) -> Sending<Events<T>> {
        Sending::new::<Events<T>>(self.0)
    }

    /// The data of events at which a stream of them is over, instead of `[DONE]`; with none, it is over where the server
    /// ends it.
    #[cfg(feature = "events")]
    pub fn ends_at<S: Into<String>>(mut self, marks: impl IntoIterator<Item = S>) -> Self {
        self.0.parts.ends = Some(marks.into_iter().map(Into::into).collect());
        self
    }

    /// What counts as an error that the server reports in a stream: names of events, and JSON pointers into the data, which
    /// begin with a slash. Without a choice these are events named `error`; data that does not fit and has an `error` is one
    /// anyway.
    pub fn errors_at<S: Into<String>>(mut self, marks: impl IntoIterator<Item = S>) -> Self {
        self.0.parts.errors = Some(marks.into_iter().map(Into::into).collect());
        self
    }

    /// Sends it; the response is bytes as they come.
    pub fn stream(self) -> Sending<ByteStream> {
        Sending::new::<Binary>(self.0)
    }
}

/// JSON of a type of serde. It is read as free JSON first, so that numbers are the same as in models.
enum Serde<T> {
    #[expect(dead_code, reason = "only the type is used")]
    Is(PhantomData<fn() -> T>),
}

impl<T: DeserializeOwned + Send + 'static> Answer for Serde<T> {
    type Output = T;

    fn decode(reply: Reply) -> Result<T, Error> {
        T::deserialize(reply.json::<Value>()?).map_err(|error| {
            let (expected, found) = (std::any::type_name::<T>().into(), error.to_string().into());
            reply.no_json(reply.bytes(), DecodeError::new(Failure { expected, found, ..Failure::default() }))
        })
    }
}

/// So that the options of calls are here too; the output is the body as it came.
impl Operation for Request {
    type Output = bytes::Bytes;
    type Answer = Raw;

    fn call(&self) -> &Call {
        &self.0
    }

    fn into_call(self) -> Call {
        self.0
    }

    fn from_call(call: Call) -> Self {
        Self(call)
    }
}
