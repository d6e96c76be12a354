//! Forms as the Encoding Object asks for them: the pairs that must be sent for a value, and those that were.
//!
//! The rules are those of the tables in the specification. What has a style, `explode` or `allowReserved` of its own is written as a
//! query parameter; anything else by its media type, which is JSON for objects and text for scalars where none is written. Lists are
//! written item by item. Objects in a `deepObject`, about which the specification says nothing, go on in brackets, lists by place.

use super::{canonical, pairs, scalar, strict};
use crate::document::{Document, Encoding, Location, Media, Param, is_json};
use crate::percent::{decode, decode_form};
use crate::same::difference;
use serde_json::Value;

/// How the value of a pair or part is written.
#[derive(Clone, Debug)]
pub(super) enum Written {
    /// As this text, in canonical spelling.
    Encoded(String),
    /// As this text, reserved characters standing for themselves.
    Reserved(String),
    /// As JSON.
    Json(Value),
}

/// A property, what is said of it, and its value.
pub(super) struct Property<'a> {
    pub(super) name: &'a str,
    pub(super) encoding: Option<&'a Encoding>,
    pub(super) value: &'a Value,
}

/// The properties of a body, and whether they have an order: that of the document, as far as it is plain.
pub(super) fn properties<'a>(
    document: &Document,
    media: &'a Media,
    body: &'a Value,
) -> Option<(Vec<Property<'a>>, bool)> {
    let (_, schema) = document.resolve(media.schema.as_deref()?)?;
    let order: Vec<&String> =
        schema["properties"].as_object().into_iter().flatten().map(|(name, _)| name).collect();
    let is_plain = ["allOf", "anyOf", "oneOf", "$ref"].iter().all(|key| schema.get(key).is_none());
    let place = |name: &str| order.iter().position(|known| *known == name).unwrap_or(usize::MAX);
    let mut all: Vec<Property<'a>> = (body.as_object()?.iter())
        .filter(|(_, value)| !value.is_null())
        .map(|(name, value)| {
            let encoding = media.encoding.iter().find(|encoding| encoding.property == *name);
            Property { name, encoding, value }
        })
        .collect();
    all.sort_by_key(|property| place(property.name));
    Some((all, is_plain))
}

/// Whether a form is as it should be, or what is wrong with it; nothing where the document leaves open how it is written.
pub fn form(document: &Document, media: &Media, body: &Value, sent: &[u8]) -> Option<Result<(), String>> {
    let (properties, ordered) = properties(document, media, body)?;
    let mut expected = Vec::new();
    for property in &properties {
        expected.extend(written(property)?);
    }
    let text = String::from_utf8_lossy(sent);
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    let mut found: Vec<(String, &str)> = pairs
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(n, v)| (decode_form(n), v))
        .collect();
    if !ordered {
        expected.sort_by(|(a, _), (b, _)| a.cmp(b));
        found.sort_by(|(a, _), (b, _)| a.cmp(b));
    }
    let names = |of: &mut dyn Iterator<Item = &String>| of.cloned().collect::<Vec<_>>().join("&");
    let (wanted, sent) =
        (names(&mut expected.iter().map(|(n, _)| n)), names(&mut found.iter().map(|(n, _)| n)));
    if wanted != sent {
        return Some(Err(format!("the form should have `{wanted}`, but has `{sent}`")));
    }
    let wrong = expected.iter().zip(&found).find(|((_, written), (_, raw))| !written.is(raw));
    let why = |((name, written), (_, raw)): (&(String, Written), &(String, &str))| {
        format!("`{name}` should be {written:?}, but is `{raw}`")
    };
    Some(wrong.map_or(Ok(()), |pair| Err(why(pair))))
}

/// The pairs of one property; `None` where nothing says how they are written.
pub(super) fn written(property: &Property<'_>) -> Option<Vec<(String, Written)>> {
    let Property { name, encoding, value } = property;
    if let Some(encoding) = encoding.filter(|encoding| encoding.is_styled()) {
        return styled(name, encoding, value);
    }
    let media = encoding.and_then(|encoding| encoding.content_type.as_deref());
    let one = |value: &Value| Some(((*name).to_owned(), plain(value, media)?));
    match value {
        // Whether it is one text or one for each item is not said.
        Value::Array(_) if media.is_some() => None,
        Value::Array(items) => items.iter().map(one).collect(),
        _ => one(value).map(|pair| vec![pair]),
    }
}

/// A value by its media type.
fn plain(value: &Value, media: Option<&str>) -> Option<Written> {
    match (media, value) {
        (Some(media), _) if is_json(media) => Some(Written::Json(value.clone())),
        (None, Value::Object(_) | Value::Array(_)) => Some(Written::Json(value.clone())),
        _ => scalar(value).map(|text| Written::Encoded(strict(&text))),
    }
}

pub(super) fn styled(name: &str, encoding: &Encoding, value: &Value) -> Option<Vec<(String, Written)>> {
    if encoding.style() == "deepObject" && (value.is_object() || value.is_array()) {
        let mut all = Vec::new();
        deep(name, value, &mut all)?;
        return Some(all);
    }
    if encoding.allow_reserved == Some(true) {
        return reserved(name, encoding, value);
    }
    let param = Param {
        pointer: String::new(),
        name: name.to_owned(),
        location: Location::Query,
        required: false,
        style: encoding.style().to_owned(),
        explode: encoding.explode(),
        schema: None,
        json: false,
        allow_reserved: false,
    };
    let found = pairs(&param, value)?;
    Some(found.into_iter().map(|(name, text)| (decode(&name), Written::Encoded(text))).collect())
}

fn reserved(name: &str, encoding: &Encoding, value: &Value) -> Option<Vec<(String, Written)>> {
    let one = |value: &Value| Some((name.to_owned(), Written::Reserved(scalar(value)?)));
    match value {
        Value::Array(items) if encoding.explode() => items.iter().map(one).collect(),
        Value::Object(all) if encoding.explode() && encoding.style() == "form" => {
            let member =
                |(key, value): (&String, &Value)| Some((key.clone(), Written::Reserved(scalar(value)?)));
            all.iter().filter(|(_, value)| !value.is_null()).map(member).collect()
        }
        Value::Array(_) | Value::Object(_) => None,
        _ => one(value).map(|pair| vec![pair]),
    }
}

fn deep(name: &str, value: &Value, all: &mut Vec<(String, Written)>) -> Option<()> {
    match value {
        Value::Object(object) => {
            let mut members = object.iter().filter(|(_, value)| !value.is_null());
            members.try_for_each(|(key, value)| deep(&format!("{name}[{key}]"), value, all))
        }
        Value::Array(items) => {
            let mut items = items.iter().enumerate();
            items.try_for_each(|(at, item)| deep(&format!("{name}[{at}]"), item, all))
        }
        _ => {
            all.push((name.to_owned(), Written::Encoded(strict(&scalar(value)?))));
            Some(())
        }
    }
}

/// Whether a still encoded text says another one, reserved characters standing for themselves.
pub fn says_reserved(text: &str, raw: &str) -> bool {
    Written::Reserved(text.to_owned()).is(raw)
}

/// Whether two texts say the same, piece by piece; a number may be spelled `0.0` for `0`.
fn same_pieces(a: &str, b: &str) -> bool {
    let alike = |separator: &str| {
        let (a, b): (Vec<&str>, Vec<&str>) = (a.split(separator).collect(), b.split(separator).collect());
        a.len() == b.len() && a.iter().zip(b).all(|(a, b)| super::same_text(a, b))
    };
    [",", "%2C", "%7C", "%20"].iter().any(|separator| alike(separator))
}

/// Reserved characters that a form may hold as they are, and that `allowReserved` therefore does not encode.
const KEPT: &str = ":/?@!$'()*,;";

impl Written {
    /// Whether a still encoded text says it.
    fn is(&self, raw: &str) -> bool {
        match self {
            Self::Encoded(text) => same_pieces(&canonical(raw), text),
            Self::Json(value) => {
                let found = serde_json::from_str(&decode_form(raw));
                found.is_ok_and(|found| difference(value, &found).is_none())
            }
            Self::Reserved(text) => {
                let escaped = |c: char| raw.to_ascii_uppercase().contains(&format!("%{:02X}", c as u32));
                // What is encoded already passes as it is.
                let plain = decode(text);
                let plain_too = KEPT.chars().filter(|c| !text.contains(&format!("%{:02X}", *c as u32)));
                decode_form(raw) == plain && !plain_too.filter(|c| text.contains(*c)).any(escaped)
            }
        }
    }

    /// Whether the bytes of a part, which are not encoded, say it.
    pub(super) fn is_bytes(&self, bytes: &[u8]) -> bool {
        let text = String::from_utf8_lossy(bytes);
        match self {
            Self::Encoded(wanted) => same_pieces(&strict(&text), &strict(&decode(wanted))),
            Self::Reserved(wanted) => text == *wanted,
            Self::Json(value) => {
                serde_json::from_str(&text).is_ok_and(|found: Value| difference(value, &found).is_none())
            }
        }
    }
}
