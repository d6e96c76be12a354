//! A response with a success status, not yet decoded.

use bytes::Bytes;
use http::HeaderMap;
use serde_core::de::IgnoredAny;
use tokio::sync::OwnedSemaphorePermit;

use super::call::Call;
use super::encoding::essence;
use super::error::{Error, ResponseError, ResponseErrorKind, Source};
use super::future::BoxFuture;
use super::model;
use super::trace::Span;
use super::transport::Guarded;
use super::wire::{DecodeError, Kinds, Wire, unmarked};

/// Characters of a body that an error shows.
pub(crate) const EXCERPT: usize = 120;

/// How the body of a response is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// To its end, within the limit, before the call is over.
    Whole,
    /// By the user, piece by piece.
    Stream,
    /// The same, of server-sent events: what is plainly something else is an error before anybody reads.
    Events,
    /// The same, of JSON lines.
    Lines,
}

/// A response with a success status.
#[derive(Debug)]
pub struct Reply {
    pub(crate) source: Source,
    pub(crate) body: ReplyBody,
    /// The call, to go on with where a stream breaks off.
    pub(crate) call: Option<Call>,
    pub(crate) slot: Option<OwnedSemaphorePermit>,
    /// The span of the call, which hears of what cannot be decoded.
    pub(crate) span: Span,
}

/// A response to come.
pub(crate) type Replying = BoxFuture<'static, Result<Reply, Error>>;

/// The body of a response.
#[derive(Debug)]
pub(crate) enum ReplyBody {
    Whole(Bytes),
    Stream(Guarded),
}

impl Reply {
    /// A response with this body.
    pub(crate) fn new(source: Source, body: ReplyBody) -> Self {
        Self { source, body, call: None, slot: None, span: Span::default() }
    }

    /// Status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.source.status.as_u16()
    }

    /// Headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.source.headers
    }

    /// Is there certainly nothing in the body?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!(&self.body, ReplyBody::Whole(bytes) if bytes.is_empty())
    }

    /// The body as it came; empty if it is a stream.
    #[must_use]
    pub fn bytes(&self) -> Bytes {
        match &self.body {
            ReplyBody::Whole(bytes) => bytes.clone(),
            ReplyBody::Stream(_) => Bytes::new(),
        }
    }

    /// The body as a model.
    ///
    /// # Errors
    ///
    /// When it is empty, no JSON, or the JSON of something else.
    pub fn json<T: Wire>(&self) -> Result<T, Error> {
        let body = self.bytes();
        match model::from_slice(unmarked(&body)) {
            Ok(value) => Ok(value),
            Err(error) => self.quoted().ok_or_else(|| self.no_json(body, error)),
        }
    }

    /// Text where anything is expected, as the JSON of a text.
    #[cold]
    fn quoted<T: Wire>(&self) -> Option<T> {
        let body = self.bytes();
        let is_text = T::KINDS == Kinds::ANY && media_type(self.headers())?.starts_with("text/");
        if !is_text || body.is_empty() || serde_json::from_slice::<IgnoredAny>(unmarked(&body)).is_ok() {
            return None;
        }
        let text = match self.charset().as_deref() {
            Some("iso-8859-1") => latin(&body),
            _ => std::str::from_utf8(&body).ok()?.to_owned(),
        };
        model::from_str(&serde_json::Value::String(text).to_string()).ok()
    }

    /// Says why the body is not the JSON it should be, the likeliest reason first.
    #[cold]
    pub(crate) fn no_json(&self, body: Bytes, error: DecodeError) -> Error {
        if body.is_empty() {
            return self.fail(ResponseErrorKind::Empty, "the body is empty, JSON was expected").into();
        }
        let media = media_type(self.headers());
        let is_json = media.as_deref().is_none_or(|media| media.contains("json"));
        if !is_json && serde_json::from_slice::<IgnoredAny>(&body).is_err() {
            let message = format!(
                "the body is `{}`, JSON was expected: {}",
                media.unwrap_or_default(),
                self.source.scrub.excerpt(&body, EXCERPT)
            );
            return self.fail(ResponseErrorKind::ContentType, &message).into();
        }
        if std::str::from_utf8(&body).is_err() {
            return self.fail(ResponseErrorKind::Text, "the JSON is not valid UTF-8").into();
        }
        undecodable(&self.source, ResponseErrorKind::Json, "", body, error)
    }

    /// The body as text.
    ///
    /// # Errors
    ///
    /// When it is not valid in its charset.
    pub fn text(mut self) -> Result<String, Error> {
        // Taken out, so that the text takes over the memory of the body instead of a copy.
        let body = match std::mem::replace(&mut self.body, ReplyBody::Whole(Bytes::new())) {
            ReplyBody::Whole(body) => body,
            ReplyBody::Stream(_) => Bytes::new(),
        };
        if self.charset().as_deref() == Some("iso-8859-1") {
            return Ok(latin(&body));
        }
        String::from_utf8(body.into()).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            self.body = ReplyBody::Whole(error.into_bytes().into());
            self.fail(ResponseErrorKind::Text, &format!("the text is not valid UTF-8 at byte {at}")).into()
        })
    }

    /// An error for a success status that has no place in the response.
    #[must_use]
    pub fn unexpected_status(&self) -> Error {
        let message = format!("the status {} is not in the document", self.status());
        self.fail(ResponseErrorKind::Status, &message).into()
    }

    pub(crate) fn fail(&self, kind: ResponseErrorKind, message: &str) -> ResponseError {
        ResponseError::new(&self.source, kind, self.bytes(), message)
    }

    fn charset(&self) -> Option<String> {
        let value = self.headers().get(http::header::CONTENT_TYPE)?.to_str().ok()?.to_ascii_lowercase();
        let charset = value.split(';').find_map(|parameter| parameter.trim().strip_prefix("charset="))?;
        Some(charset.trim_matches('"').to_owned())
    }
}

/// Text of ISO 8859-1, where each byte is a character.
fn latin(body: &[u8]) -> String {
    let two_bytes = body.iter().filter(|byte| !byte.is_ascii()).count();
    let mut text = String::with_capacity(body.len() + two_bytes);
    text.extend(body.iter().copied().map(char::from));
    text
}

/// The media type, lowercase, without parameters.
pub(crate) fn media_type(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(http::header::CONTENT_TYPE)?.to_str().ok()?;
    Some(essence(value).to_ascii_lowercase())
}

/// An error for JSON that does not fit. Its excerpt is left out when a secret is in the JSON: the excerpt is cut, and a
/// piece of a secret would not be known for one.
#[cold]
pub(crate) fn undecodable(
    source: &Source,
    kind: ResponseErrorKind,
    intro: &str,
    json: Bytes,
    error: DecodeError,
) -> Error {
    if source.scrub.finds(&String::from_utf8_lossy(&json)) {
        let place = if error.path().is_empty() { "the body" } else { error.path() };
        let message = format!("{intro}`{place}`: expected {}", error.expected());
        return ResponseError::new(source, kind, json, &message).into();
    }
    let message = format!("{intro}{error}");
    ResponseError::new(source, kind, json, &message).with_source(error).into()
}
