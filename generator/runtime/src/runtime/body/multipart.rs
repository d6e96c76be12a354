//! `multipart/form-data` (RFC 7578).

use bytes::Bytes;
use serde_json::Value;

use super::super::error::{RequestError, RequestErrorKind};
use super::super::model::Upload;
use super::super::random;
use super::super::wire::attachment;
use super::{Opened, file, media_type, unfit};

/// One part of a form.
#[derive(Clone)]
pub(crate) struct Part {
    name: String,
    content: Content,
}

#[derive(Clone)]
enum Content {
    Text(String),
    Json(String),
    File(Upload),
}

impl Part {
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn file(&self) -> Option<&Upload> {
        match &self.content {
            Content::File(file) => Some(file),
            Content::Text(_) | Content::Json(_) => None,
        }
    }

    fn head(&self, boundary: &str) -> String {
        let mut head =
            format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"", quoted(&self.name));
        match &self.content {
            Content::Text(_) => {}
            Content::Json(_) => head.push_str("\r\nContent-Type: application/json"),
            Content::File(file) => {
                // Without a file name many servers take a part for a text field.
                let name = file.name();
                let name = name.as_deref().unwrap_or("file");
                head.push_str(&format!(
                    "; filename=\"{}\"\r\nContent-Type: {}",
                    quoted(name),
                    media_type(file)
                ));
            }
        }
        head.push_str("\r\n\r\n");
        head
    }
}

/// Names as browsers write them.
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

/// The members of an object as parts: lists repeat their name, objects are JSON, null is left out. Files stand in the
/// object as marks.
pub(crate) fn parts(value: &Value, files: &[Upload]) -> Result<Vec<Part>, RequestError> {
    let Value::Object(members) = value else {
        return Err(problem("a multipart body must be an object; give its members names".to_owned()));
    };
    let mut parts = Vec::new();
    for (name, value) in members {
        match value {
            Value::Array(items) => {
                for item in items {
                    part(name, item, files, &mut parts)?;
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => {
                part(name, value, files, &mut parts)?;
            }
        }
    }
    Ok(parts)
}

fn part(name: &str, value: &Value, files: &[Upload], parts: &mut Vec<Part>) -> Result<(), RequestError> {
    let content = match value {
        Value::Null => return Ok(()),
        Value::String(text) => Content::Text(text.clone()),
        Value::Bool(_) | Value::Number(_) => Content::Text(value.to_string()),
        Value::Array(_) | Value::Object(_) => match attachment(value).and_then(|index| files.get(index)) {
            Some(file) => Content::File(file.clone()),
            None if holds_file(value) => {
                return Err(problem(format!(
                    "a file inside of the part `{name}` cannot be sent; only a part itself can be a file"
                )));
            }
            None => Content::Json(value.to_string()),
        },
    };
    if let Content::File(file) = &content
        && let Some(unfit) = unfit(&media_type(file))
    {
        return Err(problem(unfit));
    }
    parts.push(Part { name: name.to_owned(), content });
    Ok(())
}

fn holds_file(value: &Value) -> bool {
    attachment(value).is_some()
        || match value {
            Value::Array(items) => items.iter().any(holds_file),
            Value::Object(members) => members.values().any(holds_file),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
        }
}

fn problem(message: String) -> RequestError {
    RequestError::new(RequestErrorKind::Body, message)
}

/// Opens the files and puts the parts together.
pub(super) async fn open(parts: &[Part]) -> Result<Opened, RequestError> {
    let boundary = format!("{:016x}{:016x}", random::bits(), random::bits());
    let mut segments = Vec::new();
    let mut text = String::new();
    for part in parts {
        text.push_str(&part.head(&boundary));
        match &part.content {
            Content::Text(content) | Content::Json(content) => text.push_str(content),
            Content::File(upload) => {
                segments.push(file::Segment::Bytes(Bytes::from(std::mem::take(&mut text))));
                segments.push(file::open(upload).await?);
            }
        }
        text.push_str("\r\n");
    }
    text.push_str(&format!("--{boundary}--\r\n"));
    segments.push(file::Segment::Bytes(Bytes::from(text)));
    let media = format!("multipart/form-data; boundary={boundary}");
    Ok(Opened { media: Some(media.into()), body: file::assemble(segments) })
}
