//! Multipart bodies as the Encoding Object asks for them: the parts that must be sent for a value, and those that were.

use super::form::{Property, Written, properties, styled};
use super::{scalar, strict};
use crate::document::{Dialect, Document, Media, essence, is_json};
use crate::server::{Section, covers, parameter};
use serde_json::Value;

/// A part that must be sent.
struct Part<'a> {
    property: &'a Property<'a>,
    name: String,
    value: Written,
    media: Type<'a>,
}

/// The media type that a part must have.
#[derive(Debug)]
enum Type<'a> {
    /// One of these, as the document lists them.
    Listed(&'a str),
    Json,
    /// Text, which needs none.
    Text,
    /// Bytes, of whatever type the caller says.
    Bytes,
}

/// Whether a multipart body is as it should be, or what is wrong with it; nothing where the document leaves open how it is written.
pub fn parts(
    document: &Document,
    media: &Media,
    (body, sent): (&Value, &str),
    found: &[Section],
) -> Option<Result<(), String>> {
    let (properties, ordered) = properties(document, media, body)?;
    let mut wanted = Vec::new();
    for property in &properties {
        wanted.extend(of(document, media, property)?);
    }
    let is_named = media.essence() == "multipart/form-data";
    if is_named && !ordered {
        // Only its own readers know an order then.
        return None;
    }
    let names: Vec<&str> = wanted.iter().map(|part| part.name.as_str()).collect();
    if names.len() != found.len() {
        return Some(Err(format!("there should be the parts {names:?}, but there are {}", found.len())));
    }
    let wrong = wanted.iter().zip(found).find_map(|(part, section)| part.differs(section, is_named));
    let is_related = media.essence() == "multipart/related";
    let wrong = wrong.or_else(|| root(sent, found).filter(|_| is_related));
    Some(wrong.map_or(Ok(()), Err))
}

/// What is wrong with how a related body names its root.
fn root(sent: &str, found: &[Section]) -> Option<String> {
    let first = found.first()?;
    let kind = first.media().map(essence).unwrap_or_default();
    match (parameter(sent, "type"), parameter(sent, "start")) {
        (None, _) => Some("a related body says the `type` of its root".to_owned()),
        (Some(of), _) if essence(of) != kind => Some(format!("the root is `{kind}`, not `{of}`")),
        (_, Some(start)) if first.header("content-id") != Some(start) => {
            Some(format!("the root `{start}` is not the first part"))
        }
        _ => None,
    }
}

/// The parts of one property; `None` where nothing says how they are written.
fn of<'a>(document: &Document, media: &Media, property: &'a Property<'a>) -> Option<Vec<Part<'a>>> {
    let is_form = media.essence() == "multipart/form-data" && document.dialect() != Dialect::V30;
    if let Some(encoding) = property.encoding.filter(|encoding| encoding.is_styled() && is_form) {
        let all = styled(property.name, encoding, property.value)?;
        return Some(
            all.into_iter().map(|(name, value)| Part { property, name, value, media: Type::Text }).collect(),
        );
    }
    let listed = property.encoding.and_then(|encoding| encoding.content_type.as_deref());
    let schema =
        format!("{}/properties/{}", media.schema.as_deref()?, crate::document::escape(property.name));
    let one = |value: &Value, schema: &str| {
        let is_bytes = is_bytes(document, schema);
        let media = match (listed, value) {
            (Some(listed), _) => Type::Listed(listed),
            (None, Value::Object(_) | Value::Array(_)) => Type::Json,
            _ if is_bytes => Type::Bytes,
            _ => Type::Text,
        };
        let as_json = matches!(media, Type::Json) || listed.is_some_and(is_json);
        let value = match value {
            value if as_json => Written::Json(value.clone()),
            value => Written::Encoded(strict(&scalar(value)?)),
        };
        Some(Part { property, name: property.name.to_owned(), value, media })
    };
    match property.value {
        // Whether it is one part or one for each item is not said.
        Value::Array(_) if listed.is_some_and(is_json) => None,
        Value::Array(items) => items.iter().map(|item| one(item, &format!("{schema}/items"))).collect(),
        value => one(value, &schema).map(|part| vec![part]),
    }
}

/// Whether a value can be sent in parts: no null, and texts where the document has bytes.
pub fn can_be_parts(document: &Document, schema: &str, value: &Value) -> bool {
    let fits = |schema: &str, value: &Value| match value {
        Value::Null => false,
        Value::Array(items) if items.is_empty() => false,
        Value::Array(items) => {
            let schema = format!("{schema}/items");
            items.iter().all(|item| !item.is_null() && (item.is_string() || !is_bytes(document, &schema)))
        }
        Value::Object(members) => !members.is_empty() && !is_bytes(document, schema),
        _ => value.is_string() || !is_bytes(document, schema),
    };
    match value {
        Value::Object(members) => {
            let place = |name: &str| format!("{schema}/properties/{}", crate::document::escape(name));
            let is_known = |name: &str| document.resolve(&place(name)).is_some();
            !members.is_empty()
                && members.iter().all(|(name, value)| {
                    if is_known(name) { fits(&place(name), value) } else { !value.is_null() }
                })
        }
        Value::Array(items) => {
            let place = |at: usize| {
                let prefixed = format!("{schema}/prefixItems/{at}");
                if document.resolve(&prefixed).is_some() { prefixed } else { format!("{schema}/items") }
            };
            !items.is_empty() && items.iter().enumerate().all(|(at, item)| fits(&place(at), item))
        }
        _ => false,
    }
}

/// Whether a schema stands for bytes: text of a binary format, or in OpenAPI 3.1 anything without a type.
fn is_bytes(document: &Document, schema: &str) -> bool {
    let Some((_, node)) = document.resolve(schema) else { return true };
    let says = |key: &str| node.get(key).is_some();
    let binary = ["binary", "byte", "base64"].contains(&node["format"].as_str().unwrap_or_default());
    let untyped = !["type", "enum", "const", "allOf", "anyOf", "oneOf"].iter().any(|key| says(key));
    binary
        || says("contentEncoding")
        || says("contentMediaType")
        || untyped && document.dialect() != Dialect::V30
}

impl Part<'_> {
    /// What is wrong with the part that was sent for this one.
    fn differs(&self, section: &Section, is_named: bool) -> Option<String> {
        let name = &self.name;
        let disposition = section.header("content-disposition").unwrap_or_default();
        if is_named && (section.name.as_deref() != Some(name) || !disposition.starts_with("form-data")) {
            return Some(format!("the part of `{name}` is called `{disposition}`"));
        }
        if section.name.as_ref().is_some_and(|found| found != name) {
            return Some(format!("the part `{disposition}` stands in the place of `{name}`"));
        }
        if !self.media.allows(section.media()) {
            return Some(format!("`{name}` should be {:?}, but is {:?}", self.media, section.media()));
        }
        if !self.value.is_bytes(&section.bytes) {
            let found = String::from_utf8_lossy(&section.bytes);
            return Some(format!("`{name}` should be {:?}, but is `{found}`", self.value));
        }
        let headers = self.property.encoding.into_iter().flat_map(|encoding| &encoding.headers);
        let missing = |(header, required, _): &&(String, bool, Option<String>)| {
            *required && section.header(&header.to_ascii_lowercase()).is_none()
        };
        let mut headers = headers.filter(missing);
        headers.next().map(|(header, ..)| format!("`{name}` lacks the header `{header}`"))
    }
}

impl Type<'_> {
    fn allows(&self, found: Option<&str>) -> bool {
        let kind = found.map(essence);
        match self {
            // Of a range the caller chooses; one who says nothing sends bytes.
            Self::Listed(listed) if kind.as_deref() == Some("application/octet-stream") => {
                listed.split(',').all(|one| one.contains('*')) || listed.contains("octet-stream")
            }
            Self::Listed(listed) => {
                let same = |one: &str| one.chars().filter(|c| !c.is_whitespace()).collect::<String>();
                listed.split(',').map(str::trim).any(|one| match found {
                    // What it says besides the type belongs to it.
                    Some(found) if one.contains(';') => same(one).eq_ignore_ascii_case(&same(found)),
                    Some(found) => covers(&essence(one), &essence(found)),
                    None => essence(one) == "text/plain",
                })
            }
            Self::Json => kind.is_some_and(|kind| is_json(&kind)),
            Self::Text => kind.is_none_or(|kind| kind == "text/plain"),
            Self::Bytes => true,
        }
    }
}
