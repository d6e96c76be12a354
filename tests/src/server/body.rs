//! Request bodies, decoded by their media type and judged by their schema.

use super::File;
use super::http::Request;
use super::params::{Decoder, deep, pairs, put};
use super::parts::{Section, sections};
use crate::document::{Dialect, Encoding, Media, Operation, essence, is_json};
use crate::percent::decode_form;
use crate::xml::is_xml;
use serde_json::{Map, Value};

/// A decoded body.
#[derive(Default)]
pub(super) struct Decoded {
    pub(super) value: Option<Value>,
    pub(super) files: Vec<File>,
    pub(super) sections: Vec<Section>,
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
    // Bytes of which the caller says nothing more may be of any type in a range.
    let is_open = |media: &&Media| media.name.contains('*') && kind == "application/octet-stream";
    let found = declared.media.iter().find(|media| covers(&media.essence(), &kind));
    let Some(media) = found.or_else(|| declared.media.iter().find(is_open)) else {
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
pub(crate) fn covers(declared: &str, kind: &str) -> bool {
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
        return Ok(Decoded { value: Some(value), ..Decoded::default() });
    }
    match kind {
        "application/x-www-form-urlencoded" => form(decoder, media, body),
        "multipart/form-data" if !is_list(decoder, media) => multipart(decoder, media, sent, body),
        // Parts without names are compared by who knows what was given.
        _ if kind.starts_with("multipart/") => {
            Ok(Decoded { sections: sections(sent, body)?, ..Decoded::default() })
        }
        _ if is_xml(kind) => match &media.schema {
            Some(schema) => xml(decoder, schema, body),
            None => Ok(Decoded::default()),
        },
        _ if kind.starts_with("text/") => {
            let text = String::from_utf8(body.to_vec()).map_err(|e| e.to_string())?;
            Ok(Decoded { value: Some(Value::String(text)), ..Decoded::default() })
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
    Ok(Decoded { value: Some(value), ..Decoded::default() })
}

fn form(decoder: &Decoder<'_>, media: &Media, body: &[u8]) -> Result<Decoded, String> {
    let text = std::str::from_utf8(body).map_err(|e| e.to_string())?;
    let place = place(decoder, media);
    let mut object = Map::new();
    for (name, text) in pairs(text, false) {
        let encoding = media.encoding.iter().find(|encoding| encoding.property == name);
        let schema = decoder.property(&place, &name, 0).unwrap_or_default();
        match (encoding.filter(|encoding| encoding.is_styled()), name.split_once('[')) {
            // `deepObject`, which some documents ask for by `encoding`.
            (_, Some((outer, inner))) => {
                let below = decoder.property(&place, outer, 0).unwrap_or_default();
                let inside = object.entry(outer).or_insert(Value::Null);
                deep(inside, inner, &decode_form(&text), (decoder, &below));
            }
            (Some(encoding), None) if !encoding.explode() => {
                let value = decoder.joined(&schema, encoding.style(), &text);
                drop(object.insert(name, value));
            }
            (None, None) if encoding.and_then(|it| it.content_type.as_deref()).is_some_and(is_json) => {
                let value = serde_json::from_str(&decode_form(&text));
                let value = value.map_err(|e| format!("`{name}` is no JSON: {e}"))?;
                add(&mut object, &name, value, decoder, &schema);
            }
            _ => match spread(decoder, media, &place, &name) {
                Some((outer, below)) => {
                    let inside = object.entry(outer).or_insert_with(|| Value::Object(Map::new()));
                    if let Value::Object(inside) = inside {
                        put(inside, &name, &decode_form(&text), decoder, &below);
                    }
                }
                None => put(&mut object, &name, &decode_form(&text), decoder, &place),
            },
        }
    }
    Ok(Decoded { value: Some(Value::Object(object)), ..Decoded::default() })
}

/// The property whose members are pairs of their own, if this is one of them: an exploded object, and where its schema is.
fn spread(decoder: &Decoder<'_>, media: &Media, place: &str, name: &str) -> Option<(String, String)> {
    if decoder.property(place, name, 0).is_some() {
        return None;
    }
    let exploded =
        |encoding: &&Encoding| encoding.is_styled() && encoding.style() == "form" && encoding.explode();
    media.encoding.iter().filter(exploded).find_map(|encoding| {
        let schema = decoder.property(place, &encoding.property, 0)?;
        let (below, node) = decoder.document.resolve(&schema)?;
        node["properties"].get(name)?;
        Some((encoding.property.clone(), below))
    })
}

/// Whether the parts are items of a list, not properties.
fn is_list(decoder: &Decoder<'_>, media: &Media) -> bool {
    media.schema.as_deref().is_none_or(|schema| {
        decoder.items(schema, 0).is_some()
            || decoder.document.resolve(schema).is_some_and(|(_, node)| node.get("prefixItems").is_some())
    })
}

fn place(decoder: &Decoder<'_>, media: &Media) -> String {
    let resolved = media.schema.as_deref().and_then(|schema| decoder.document.resolve(schema));
    resolved.map(|(place, _)| place).unwrap_or_default()
}

fn multipart(decoder: &Decoder<'_>, media: &Media, sent: &str, body: &[u8]) -> Result<Decoded, String> {
    let place = place(decoder, media);
    let mut decoded = Decoded { sections: sections(sent, body)?, ..Decoded::default() };
    let mut object = Map::new();
    for section in &decoded.sections {
        let name = section.name.clone().ok_or("a part has no name")?;
        let schema = decoder.property(&place, &name, 0).unwrap_or_default();
        let text = String::from_utf8_lossy(&section.bytes).into_owned();
        let encoding = media.encoding.iter().find(|encoding| encoding.property == name);
        let styled = encoding.filter(|it| it.is_styled() && decoder.document.dialect() != Dialect::V30);
        for (header, _, schema) in encoding.iter().flat_map(|encoding| &encoding.headers) {
            let Some(found) = section.header(&header.to_ascii_lowercase()) else { continue };
            let value = decoder.scalar(schema.as_deref(), found);
            if let Some(reason) = decoder.refusal(schema.as_deref(), &value) {
                return Err(format!("the header `{header}` of `{name}`: {reason}"));
            }
        }
        if let Some((outer, inner)) = name.split_once('[').filter(|_| schema.is_empty()) {
            let below = decoder.property(&place, outer, 0).unwrap_or_default();
            deep(object.entry(outer).or_insert(Value::Null), inner, &text, (decoder, &below));
        } else if let Some(encoding) = styled.filter(|encoding| !encoding.explode()) {
            // Nothing is encoded in a part.
            let text = text.replace('%', "%25").replace('+', "%2B").replace(' ', "%20");
            object.insert(name, decoder.joined(&schema, encoding.style(), &text));
        } else if let Some(file) = &section.file {
            if file.contains(['\r', '\n', '/', '\\']) {
                return Err(format!("the file name `{file}` is a path"));
            }
            // A file stands for a string in the schema, whatever its bytes are.
            put(&mut object, &name, &text, decoder, &place);
            decoded.files.push(File {
                field: name,
                name: file.clone(),
                media: section.media().map(str::to_owned),
                bytes: section.bytes.clone(),
            });
        } else if section.media().is_some_and(is_json) {
            let value: Value = serde_json::from_str(&text).map_err(|e| format!("part `{name}`: {e}"))?;
            add(&mut object, &name, value, decoder, &schema);
        } else {
            put(&mut object, &name, &text, decoder, &place);
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
