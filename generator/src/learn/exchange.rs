//! What a recording holds: requests and their responses.

use serde_json::Value;

use crate::media;
use crate::pointer::Pointer;

/// A request with its response, or one of them.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// The entry of the recording, as evidence: `traffic.har: entry 12`. It must not hold a secret.
    pub entry: String,
    /// What was called.
    pub target: Target,
    /// The request body.
    pub request: Option<Body>,
    /// The response.
    pub response: Option<Response>,
}

/// What was called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A URL, as it was requested.
    Url {
        /// The method.
        method: String,
        /// The absolute URL.
        url: String,
    },
    /// An operation of the document.
    Operation {
        /// The method.
        method: String,
        /// The path, as the document writes it.
        path: String,
    },
    /// No operation: the response is a value of the schema at this pointer of the document.
    Schema(Pointer),
}

/// A response.
#[derive(Clone, Debug)]
pub struct Response {
    /// The status; `None` if the recording does not say it.
    pub status: Option<u16>,
    /// The body.
    pub body: Body,
}

/// A body.
#[derive(Clone, Debug)]
pub struct Body {
    /// The media type, if the recording says it.
    pub media: Option<String>,
    /// The content.
    pub content: Content,
}

/// The content of a body.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// Nothing.
    Empty,
    /// A JSON value.
    Json(Value),
    /// JSON values one after the other: events, or lines.
    Several(Vec<Value>),
    /// Something that is not JSON.
    Other,
    /// The recording holds a part of it, or nothing, so it is not compared.
    Unknown,
}

impl Body {
    /// Makes a body without content.
    pub fn empty() -> Self {
        Self { media: None, content: Content::Empty }
    }

    /// Reads the text of a body of a media type. JSON is recognised by the media type; without one, by the text.
    pub fn text(media: Option<&str>, text: &str) -> Self {
        let essence = media.map(media::essence);
        let content = match essence.as_deref() {
            _ if text.trim().is_empty() => Content::Empty,
            Some(essence) if media::is_events(essence) => events(text),
            Some(essence) if media::is_lines(essence) => lines(text),
            Some(essence) if !media::is_json(essence) => Content::Other,
            Some(_) | None => serde_json::from_str(text).map_or(Content::Other, Content::Json),
        };
        Self { media: media.map(str::to_owned), content }
    }

    /// The JSON values in it.
    pub(super) fn values(&self) -> &[Value] {
        match &self.content {
            Content::Json(value) => std::slice::from_ref(value),
            Content::Several(values) => values,
            Content::Empty | Content::Other | Content::Unknown => &[],
        }
    }
}

/// The data of server-sent events, where it is JSON.
fn events(text: &str) -> Content {
    let mut values = Vec::new();
    let mut data = String::new();
    for line in text.lines().chain([""]) {
        match line.strip_prefix("data:") {
            Some(more) => data.push_str(more),
            None if line.is_empty() => {
                values.extend(serde_json::from_str(&data));
                data.clear();
            }
            None => {}
        }
    }
    Content::Several(values)
}

fn lines(text: &str) -> Content {
    Content::Several(
        text.lines().filter_map(|line| serde_json::from_str(line.trim_matches('\u{1e}')).ok()).collect(),
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Body, Content};

    #[test]
    fn bodies_are_read_by_their_media_type() {
        let read = |media: Option<&str>, text: &str| Body::text(media, text).content;
        assert_eq!(read(Some("application/problem+json; charset=utf-8"), "{}"), Content::Json(json!({})));
        assert_eq!(read(Some("application/json"), "<html>"), Content::Other);
        assert_eq!(read(Some("text/html"), "{}"), Content::Other);
        assert_eq!(read(None, "[1]"), Content::Json(json!([1])));
        assert_eq!(read(Some("application/json"), " \n"), Content::Empty);
        let events = "event: a\ndata: {\"x\":\ndata: 1}\n\ndata: [DONE]\n\ndata: 2";
        assert_eq!(
            read(Some("text/event-stream"), events),
            Content::Several(vec![json!({"x": 1}), json!(2)])
        );
        assert_eq!(
            read(Some("application/x-ndjson"), "1\n\n{}\n"),
            Content::Several(vec![json!(1), json!({})])
        );
    }
}
