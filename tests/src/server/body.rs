//! Request bodies, decoded by their media type and judged by their schema.

use super::File;
use super::http::Request;
use super::params::{Decoder, pairs, put};
use crate::document::{Media, Operation, escape, essence, is_json};
use crate::xml::is_xml;
use serde_json::{Map, Value};

/// A decoded body.
#[derive(Default)]
pub(super) struct Decoded {
    pub(super) value: Option<Value>,
    pub(super) files: Vec<File>,
}

/// Decodes and judges the body of a request.
pub(super) fn check(
    decoder: &Decoder<'_>,
    operation: &Operation,
    request: &Request,
    problems: &mut Vec<String>,
) -> Decoded {
    let Some(declared) = &operation.body else {
        if !request.body.is_empty() {
            problems.push("a body is sent where none is declared".to_owned());
        }
        return Decoded::default();
    };
    let Some(sent) = request.header("content-type") else {
        if declared.required || !request.body.is_empty() {
            problems.push("the body or its content type is missing".to_owned());
        }
        return Decoded::default();
    };
    let kind = essence(sent);
    let Some(media) = declared.media.iter().find(|media| covers(&media.essence(), &kind)) else {
        problems.push(format!("content type `{kind}` is not declared"));
        return Decoded::default();
    };
    match decode(decoder, media, &kind, sent, &request.body) {
        Ok(decoded) => {
            let refusal = decoded.value.as_ref().and_then(|v| decoder.refusal(media.schema.as_deref(), v));
            problems.extend(refusal.map(|reason| format!("body: {reason}")));
            decoded
        }
        Err(reason) => {
            problems.push(format!("body: {reason}"));
            Decoded::default()
        }
    }
}

/// Whether a declared media type, perhaps a range, covers one.
pub(super) fn covers(declared: &str, kind: &str) -> bool {
    declared == "*/*"
        || declared == kind
        || declared.strip_suffix("/*").is_some_and(|family| kind.split('/').next() == Some(family))
}

fn decode(
    decoder: &Decoder<'_>,
    media: &Media,
    kind: &str,
    sent: &str,
    body: &[u8],
) -> Result<Decoded, String> {
    if is_json(kind) {
        let value = serde_json::from_slice(body).map_err(|e| e.to_string())?;
        return Ok(Decoded { value: Some(value), files: vec![] });
    }
    match kind {
        "application/x-www-form-urlencoded" => form(decoder, media, body),
        "multipart/form-data" => multipart(decoder, media, sent, body),
        _ if is_xml(kind) => match &media.schema {
            Some(schema) => xml(decoder, schema, body),
            None => Ok(Decoded::default()),
        },
        _ if kind.starts_with("text/") => {
            let text = String::from_utf8(body.to_vec()).map_err(|e| e.to_string())?;
            Ok(Decoded { value: Some(Value::String(text)), files: vec![] })
        }
        // Bytes are compared by who knows them.
        _ => Ok(Decoded::default()),
    }
}

/// XML with a schema. Text that is no XML stands for what has no form in XML, and is compared by who knows it.
fn xml(decoder: &Decoder<'_>, schema: &str, body: &[u8]) -> Result<Decoded, String> {
    let text = std::str::from_utf8(body).map_err(|e| e.to_string())?;
    if !text.trim_start().starts_with('<') {
        return Ok(Decoded::default());
    }
    let value = crate::xml::read(decoder.document, schema, text)?;
    Ok(Decoded { value: Some(value), files: vec![] })
}

fn form(decoder: &Decoder<'_>, media: &Media, body: &[u8]) -> Result<Decoded, String> {
    let text = std::str::from_utf8(body).map_err(|e| e.to_string())?;
    let place = place(decoder, media);
    let mut object = Map::new();
    for (name, text) in pairs(text, true) {
        match name.split_once('[') {
            // `deepObject`, which some documents ask for by `encoding`.
            Some((outer, inner)) => {
                let below = format!("{place}/properties/{}", escape(outer));
                let inside = object.entry(outer).or_insert_with(|| Value::Object(Map::new()));
                if let Value::Object(inside) = inside {
                    put(inside, inner.trim_end_matches(']'), &text, decoder, &below);
                }
            }
            None => put(&mut object, &name, &text, decoder, &place),
        }
    }
    Ok(Decoded { value: Some(Value::Object(object)), files: vec![] })
}

fn place(decoder: &Decoder<'_>, media: &Media) -> String {
    let resolved = media.schema.as_deref().and_then(|schema| decoder.document.resolve(schema));
    resolved.map(|(place, _)| place).unwrap_or_default()
}

/// One part of a multipart body.
struct Section {
    name: String,
    file: Option<String>,
    media: Option<String>,
    bytes: Vec<u8>,
}

fn multipart(decoder: &Decoder<'_>, media: &Media, sent: &str, body: &[u8]) -> Result<Decoded, String> {
    let boundary = sent.split(';').skip(1).find_map(|p| p.trim().strip_prefix("boundary="));
    let boundary = boundary.ok_or("the content type has no boundary")?.trim_matches('"');
    let place = place(decoder, media);
    let mut decoded = Decoded::default();
    let mut object = Map::new();
    for section in sections(body, boundary)? {
        let schema = format!("{place}/properties/{}", escape(&section.name));
        let text = String::from_utf8_lossy(&section.bytes).into_owned();
        if let Some(name) = section.file {
            if name.contains(['\r', '\n', '/', '\\']) {
                return Err(format!("the file name `{name}` is a path"));
            }
            decoded.files.push(File {
                field: section.name.clone(),
                name,
                media: section.media,
                bytes: section.bytes,
            });
            // A file stands for a string in the schema, whatever its bytes are.
            put(&mut object, &section.name, &text, decoder, &place);
        } else if section.media.as_deref().is_some_and(is_json) {
            let value: Value =
                serde_json::from_str(&text).map_err(|e| format!("part `{}`: {e}", section.name))?;
            add(&mut object, &section.name, value, decoder, &schema);
        } else {
            put(&mut object, &section.name, &text, decoder, &place);
        }
    }
    decoded.value = Some(Value::Object(object));
    Ok(decoded)
}

/// Adds a JSON part; the parts of a list come one by one.
fn add(object: &mut Map<String, Value>, name: &str, value: Value, decoder: &Decoder<'_>, schema: &str) {
    let list = decoder.document.resolve(schema).is_some_and(|(_, node)| node.get("items").is_some());
    match object.get_mut(name) {
        Some(Value::Array(items)) => items.push(value),
        _ if list && !value.is_array() => drop(object.insert(name.to_owned(), Value::Array(vec![value]))),
        _ => drop(object.insert(name.to_owned(), value)),
    }
}

fn sections(body: &[u8], boundary: &str) -> Result<Vec<Section>, String> {
    let mark = format!("--{boundary}");
    let mut sections = Vec::new();
    let mut rest = after(body, mark.as_bytes()).ok_or("the first boundary is missing")?;
    loop {
        if rest.starts_with(b"--") {
            return Ok(sections);
        }
        let inner = rest.strip_prefix(b"\r\n").ok_or("a boundary does not end its line")?;
        let end = find(inner, format!("\r\n{mark}").as_bytes()).ok_or("the last boundary is missing")?;
        sections.push(section(&inner[..end])?);
        rest = &inner[end + 2 + mark.len()..];
    }
}

fn section(part: &[u8]) -> Result<Section, String> {
    let end = find(part, b"\r\n\r\n").ok_or("a part has no head")?;
    let head = String::from_utf8_lossy(&part[..end]).into_owned();
    let field = |wanted: &str| {
        head.split("\r\n")
            .filter_map(|line| line.split_once(':'))
            .find(|(name, _)| name.eq_ignore_ascii_case(wanted))
            .map(|(_, value)| value.trim().to_owned())
    };
    let disposition = field("content-disposition").ok_or("a part has no disposition")?;
    let param = |key: &str| {
        let start = format!("{key}=\"");
        let value = disposition.split("; ").find_map(|piece| piece.strip_prefix(&start))?;
        Some(value.trim_end_matches('"').replace("%22", "\"").replace("\\\"", "\""))
    };
    let extended = disposition.split("; ").find_map(|piece| piece.strip_prefix("filename*=UTF-8''"));
    Ok(Section {
        name: param("name").ok_or("a part has no name")?,
        file: extended.map(crate::percent::decode).or_else(|| param("filename")),
        media: field("content-type"),
        bytes: part[end + 4..].to_vec(),
    })
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

fn after<'a>(haystack: &'a [u8], needle: &[u8]) -> Option<&'a [u8]> {
    find(haystack, needle).map(|at| &haystack[at + needle.len()..])
}
