//! A call: an operation with its arguments, encoded when they are given, sent when it is awaited.
//!
//! In: the arguments of emitted methods. Out: a [`Call`], which the loop of `send` sends. Nothing here fails: what
//! is wrong with an argument is remembered, and is the call's error before anything is sent.

mod decode;
mod form;
mod header;
mod instead;
mod operation;
mod option;
mod parts;
mod raw;

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use http::Method;
use serde_json::Value;

pub use decode::{Answer, Binary, Empty, Json, Maybe, Raw, Text};
pub use instead::Instead;
pub use operation::{CallOptions, Operation, Response, Sending, SendingWithResponse};
pub use option::{Given, IntoOption, Perhaps};
pub use raw::RawResponse;

pub(crate) use operation::{Decode, decoded};

pub use super::client::Core;
pub use super::encode::Style;
pub use super::encoding::Encoding;
pub use super::rate::RateLimit;
pub use super::reply::{Mode, Reply};
pub use super::stream::Lines;

#[cfg(feature = "events")]
pub use super::stream::Events;

use parts::Parts;

use super::body::{self, Payload};
use super::encode;
use super::error::{RequestError, RequestErrorKind};
use super::head::header;
use super::model::{Upload, try_to_string};
use super::route::Route;
use super::wire::{Node, Wire, Writer};

/// The JSON text of an argument, or why there is none.
type Encoded = Result<String, String>;

/// An operation with its arguments. `Debug` shows names and sizes, never values.
#[derive(Clone)]
pub struct Call {
    pub(crate) core: Core,
    pub(crate) route: &'static Route,
    pub(crate) parts: Box<Parts>,
}

impl Call {
    /// A call of an operation, without arguments.
    #[must_use]
    pub fn new(core: &Core, route: &'static Route) -> Self {
        let parts = Parts { path: Cow::Borrowed(route.path), ..Parts::default() };
        Self { core: core.clone(), route, parts: Box::new(parts) }
    }

    /// Another method than that of the route: one that has no constant.
    #[must_use]
    pub fn verb(mut self, verb: &'static str) -> Self {
        match Method::from_bytes(verb.as_bytes()) {
            Ok(method) => {
                self.parts.method = Some(method);
                self
            }
            Err(_) => self.refuse(RequestErrorKind::Parameter, format!("`{verb}` is no method of HTTP")),
        }
    }

    /// The data of events at which a stream of them is over, instead of `[DONE]`.
    #[cfg(feature = "events")]
    #[must_use]
    pub fn ends_at(mut self, marks: &'static [&'static str]) -> Self {
        self.parts.ends = Some(marks.iter().map(|mark| (*mark).to_owned()).collect());
        self
    }

    /// What counts as an error that the server reports in a stream, instead of events named `error` and data with an `error`:
    /// names of events, and JSON pointers into the data.
    #[must_use]
    pub fn errors_at(mut self, marks: &'static [&'static str]) -> Self {
        self.parts.errors = Some(marks.iter().map(|mark| (*mark).to_owned()).collect());
        self
    }

    /// A path parameter.
    #[must_use]
    pub fn path<T: Wire>(self, name: &str, value: &T) -> Self {
        self.path_as(name, Style::Simple, value)
    }

    /// A path parameter in another style.
    #[must_use]
    pub fn path_as<T: Wire>(self, name: &str, style: Style, value: &T) -> Self {
        self.set_path(name, style, try_to_string(value), false)
    }

    /// A path parameter whose reserved characters stay as they are, but for those that have a meaning in the path.
    #[must_use]
    pub fn path_reserved<T: Wire>(self, name: &str, style: Style, value: &T) -> Self {
        self.set_path(name, style, try_to_string(value), true)
    }

    /// A query parameter; given twice, the last one counts.
    #[must_use]
    pub fn query<T: Wire>(self, name: &'static str, value: &T) -> Self {
        self.query_as(name, Style::FormExplode, value)
    }

    /// A query parameter in another style.
    #[must_use]
    pub fn query_as<T: Wire>(self, name: &'static str, style: Style, value: &T) -> Self {
        self.set_query_text(Cow::Borrowed(name), style, try_to_string(value))
    }

    /// A header.
    #[must_use]
    pub fn header<T: Wire>(self, name: &str, value: &T) -> Self {
        self.header_as(name, Style::Simple, value)
    }

    /// A header in another style.
    #[must_use]
    pub fn header_as<T: Wire>(self, name: &str, style: Style, value: &T) -> Self {
        self.set_header(name, style, try_to_string(value))
    }

    /// A cookie.
    #[must_use]
    pub fn cookie<T: Wire>(self, name: &'static str, value: &T) -> Self {
        self.cookie_as(name, Style::FormExplode, value)
    }

    /// A cookie in another style.
    #[must_use]
    pub fn cookie_as<T: Wire>(self, name: &'static str, style: Style, value: &T) -> Self {
        self.set_cookie(name, style, try_to_string(value))
    }

    /// Adds the value of a parameter, given as JSON text. One that cannot be encoded is remembered as the problem of the call.
    fn encoded(
        self,
        what: &'static str,
        name: &str,
        text: Encoded,
        add: impl FnOnce(Self, &Node<'_>) -> Self,
    ) -> Self {
        let text = text.as_deref().map_err(Clone::clone);
        match text.and_then(|text| Node::parse(text).map_err(|error| error.to_string())) {
            Ok(value) => add(self, &value),
            Err(problem) => {
                let kind = match what {
                    "header" | "cookie" => RequestErrorKind::Header,
                    _ => RequestErrorKind::Parameter,
                };
                self.refuse(kind, format!("the {what} `{name}` cannot be sent: {problem}"))
            }
        }
    }

    /// A JSON body.
    #[must_use]
    pub fn json<T: Wire>(self, body: &T) -> Self {
        self.json_as("application/json", body)
    }

    /// A JSON body of another media type.
    #[must_use]
    pub fn json_as<T: Wire>(self, media: &'static str, body: &T) -> Self {
        let mut writer = Writer::new();
        body.write(&mut writer);
        self.written(writer, |text, _| Ok(whole(media, text.into_bytes())))
    }

    /// A text body.
    #[must_use]
    pub fn text(self, text: impl Into<String>) -> Self {
        self.text_as("text/plain; charset=utf-8", text)
    }

    /// A text body of another media type.
    #[must_use]
    pub fn text_as(mut self, media: &'static str, text: impl Into<String>) -> Self {
        self.parts.payload = whole(media, text.into().into_bytes());
        self
    }

    /// A body from a file, bytes or stream. The file's own media type goes before this one; where this is a range, the ending of its
    /// name may say more.
    #[must_use]
    pub fn upload(self, media: &'static str, file: impl Into<Upload>) -> Self {
        self.put_file(media, file.into())
    }

    fn put_file(mut self, media: &'static str, file: Upload) -> Self {
        let media = Cow::Owned(body::of_file(&file, &[media]).into_owned());
        if let Some(problem) = body::unfit(&media) {
            return self.refuse(RequestErrorKind::Body, problem);
        }
        self.parts.payload = Payload::File { media, file };
        self
    }

    fn set_path(self, name: &str, style: Style, text: Encoded, keep: bool) -> Self {
        self.encoded("path parameter", name, text, |mut call, value| {
            match encode::path(style, name, value, keep) {
                Ok(text) => {
                    if let Some((before, after)) = around(&call.parts.path, name) {
                        call.parts.path = Cow::Owned([before, &text, after].concat());
                    }
                    call
                }
                Err(why) => {
                    let message = format!("the path parameter `{name}` {why}; give another value");
                    call.refuse(RequestErrorKind::Parameter, message)
                }
            }
        })
    }

    pub(crate) fn set_query(self, name: Cow<'static, str>, style: Style, value: &Value) -> Self {
        self.set_query_text(name, style, try_to_string(value))
    }

    fn set_query_text(mut self, name: Cow<'static, str>, style: Style, text: Encoded) -> Self {
        self.parts.query.retain(|(known, _)| *known != name);
        let shown = name.clone();
        self.encoded("query parameter", &shown, text, |mut call, value| {
            if let Some(text) = encode::query(style, &name, value) {
                call.parts.query.push((name, text));
            }
            call
        })
    }

    fn set_header(self, name: &str, style: Style, text: Encoded) -> Self {
        self.encoded("header", name, text, |call, value| match encode::header(style, value) {
            Some(value) => call.add_header(name, &value),
            None => call,
        })
    }

    pub(crate) fn add_header(mut self, name: &str, value: &str) -> Self {
        match header(name, value) {
            Ok((name, value)) => {
                self.parts.options.removed.retain(|removed| *removed != name);
                self.parts.options.added.remove(&name);
                self.parts.headers.insert(name, value);
                self
            }
            Err(error) => self.refuse(error.kind(), error.message().to_owned()),
        }
    }

    fn set_cookie(mut self, name: &'static str, style: Style, text: Encoded) -> Self {
        self.parts.cookies.retain(|(known, _)| *known != name);
        self.encoded("cookie", name, text, |mut call, value| match encode::cookie(style, name, value) {
            Ok(pairs) => {
                call.parts.cookies.push((Cow::Borrowed(name), pairs));
                call
            }
            Err(why) => {
                let message = format!("the value of the cookie `{name}` {why}");
                call.refuse(RequestErrorKind::Header, message)
            }
        })
    }

    /// Takes over what was written, unless something could not be written.
    fn written(
        mut self,
        writer: Writer,
        payload: impl FnOnce(String, Vec<Upload>) -> Result<Payload, RequestError>,
    ) -> Self {
        if let Some(problem) = writer.problem() {
            let problem = problem.to_owned();
            return self.refuse(RequestErrorKind::Body, problem);
        }
        let (text, files) = writer.into_parts();
        match payload(text, files) {
            Ok(payload) => {
                self.parts.payload = payload;
                self
            }
            Err(error) => self.refuse(error.kind(), error.message().to_owned()),
        }
    }

    /// Remembers the first thing that is wrong.
    pub(crate) fn refuse(mut self, kind: RequestErrorKind, message: String) -> Self {
        self.parts.problem.get_or_insert((kind, message));
        self
    }

    pub(crate) fn method(&self) -> &Method {
        self.parts.method.as_ref().unwrap_or(&self.route.method)
    }
}

/// What stands before and after `{name}` in the template of a path.
fn around<'p>(path: &'p str, name: &str) -> Option<(&'p str, &'p str)> {
    path.match_indices('{').find_map(|(at, _)| {
        let after = path[at + 1..].strip_prefix(name)?.strip_prefix('}')?;
        Some((&path[..at], after))
    })
}

fn whole(media: &'static str, bytes: Vec<u8>) -> Payload {
    Payload::Whole { media: Cow::Borrowed(media), bytes: Bytes::from(bytes) }
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = &self.parts;
        f.debug_struct("Call")
            .field("operation", &self.route.name)
            .field("method", self.method())
            .field("path", &self.route.path)
            .field("query", &parts.query.iter().map(|(name, _)| name).collect::<Vec<_>>())
            .field("headers", &parts.headers.keys().map(http::HeaderName::as_str).collect::<Vec<_>>())
            .field("body", &parts.payload)
            .finish()
    }
}
