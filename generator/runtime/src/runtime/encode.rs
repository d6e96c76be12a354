//! Parameters as they travel: the styles of OpenAPI 3.1, section 4.8.12, which are those of RFC 6570.
//!
//! In: a style, a name and a JSON value. Out: encoded text. Pure; knows no request. Null stands for "not given" and
//! is left out at every level. What the styles leave undefined (an object inside of a list, say) travels as JSON text,
//! except in `deepObject`, which nests.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

/// How a parameter is written. `Reserved` is the document's `allowReserved`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// `blue,black`; `R,100,G,200`: default of paths and headers.
    Simple,
    /// `blue,black`; `R=100,G=200`.
    SimpleExplode,
    /// `.blue,black`; `.R,100,G,200`.
    Label,
    /// `.blue.black`; `.R=100.G=200`.
    LabelExplode,
    /// `;color=blue,black`; `;color=R,100,G,200`.
    Matrix,
    /// `;color=blue;color=black`; `;R=100;G=200`.
    MatrixExplode,
    /// `color=blue,black`; `color=R,100,G,200`.
    Form,
    /// `color=blue&color=black`; `R=100&G=200`: default of queries and cookies.
    FormExplode,
    /// `color=blue%20black`.
    SpaceDelimited,
    /// `color=blue%7Cblack`.
    PipeDelimited,
    /// `color[R]=100&color[G]=200`.
    DeepObject,
    /// The value as JSON text.
    Json,
    /// Like [`Style::Form`], reserved characters kept.
    FormReserved,
    /// Like [`Style::FormExplode`], reserved characters kept.
    FormExplodeReserved,
    /// Like [`Style::SpaceDelimited`], reserved characters kept.
    SpaceDelimitedReserved,
    /// Like [`Style::PipeDelimited`], reserved characters kept.
    PipeDelimitedReserved,
    /// Like [`Style::DeepObject`], reserved characters kept.
    DeepObjectReserved,
    /// Like [`Style::Form`] in a cookie, nothing encoded.
    Cookie,
    /// Like [`Style::FormExplode`] in a cookie, nothing encoded.
    CookieExplode,
}

/// Everything but RFC 3986's unreserved characters.
const STRICT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Reserved characters kept, except those that would end the value or the query, or be read as a space.
const RESERVED: &AsciiSet = &STRICT
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// Percent-encodes everything but letters, digits and `-._~`.
pub(crate) fn strict(text: &str) -> String {
    Cow::from(utf8_percent_encode(text, STRICT)).into_owned()
}

/// Like [`strict`], but reserved characters and what is percent-encoded already stay.
fn reserved(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        out.extend(utf8_percent_encode(&rest[..at], RESERVED));
        let triplet = rest.get(at..at + 3).filter(|it| it.as_bytes()[1..].iter().all(u8::is_ascii_hexdigit));
        match triplet {
            Some(triplet) => out.push_str(triplet),
            None => out.push_str("%25"),
        }
        rest = &rest[at + triplet.map_or(1, str::len)..];
    }
    out.extend(utf8_percent_encode(rest, RESERVED));
    out
}

/// A value as one piece of text; `None` for null.
fn scalar(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(Cow::Borrowed(text)),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            Some(Cow::Owned(value.to_string()))
        }
    }
}

/// What the styles tell apart, text not yet encoded.
enum Shape<'a> {
    One(Cow<'a, str>),
    Many(Vec<Cow<'a, str>>),
    Pairs(Vec<(&'a str, Cow<'a, str>)>),
}

/// `None` for what is not there: null, and lists and objects without content.
fn shape(value: &Value) -> Option<Shape<'_>> {
    let shape = match value {
        Value::Array(items) => Shape::Many(items.iter().filter_map(scalar).collect()),
        Value::Object(members) => Shape::Pairs(
            members.iter().filter_map(|(name, value)| Some((name.as_str(), scalar(value)?))).collect(),
        ),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Shape::One(scalar(value)?),
    };
    match &shape {
        Shape::Many(items) if items.is_empty() => None,
        Shape::Pairs(pairs) if pairs.is_empty() => None,
        Shape::One(_) | Shape::Many(_) | Shape::Pairs(_) => Some(shape),
    }
}

/// Items, or names and values in turn, behind each other.
fn flat(shape: &Shape<'_>, separator: &str, encode: impl Fn(&str) -> String) -> String {
    let parts: Vec<String> = match shape {
        Shape::One(text) => return encode(text),
        Shape::Many(items) => items.iter().map(|item| encode(item)).collect(),
        Shape::Pairs(pairs) => pairs.iter().flat_map(|(name, value)| [encode(name), encode(value)]).collect(),
    };
    parts.join(separator)
}

/// Items, or `name=value`, behind each other.
fn exploded(shape: &Shape<'_>, separator: &str, encode: impl Fn(&str) -> String) -> String {
    match shape {
        Shape::Pairs(pairs) => {
            let pairs: Vec<String> =
                pairs.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
            pairs.join(separator)
        }
        Shape::One(_) | Shape::Many(_) => flat(shape, separator, encode),
    }
}

/// A path parameter, or why it cannot be one.
pub(crate) fn path(style: Style, name: &str, value: &Value) -> Result<String, &'static str> {
    let shape = shape(value).ok_or("is empty")?;
    let text = match style {
        Style::Label => format!(".{}", flat(&shape, ",", strict)),
        Style::LabelExplode => format!(".{}", exploded(&shape, ".", strict)),
        Style::Matrix | Style::MatrixExplode => matrix(style, name, &shape),
        Style::SimpleExplode => exploded(&shape, ",", strict),
        Style::Json => strict(&value.to_string()),
        // The styles of queries have no meaning in a path.
        _ => flat(&shape, ",", strict),
    };
    match text.as_str() {
        "" => Err("is empty"),
        // A URL parser would take these for steps in the path, encoded or not.
        "." | ".." => Err("is a step in the path (`.` or `..`)"),
        _ => Ok(text),
    }
}

fn matrix(style: Style, name: &str, shape: &Shape<'_>) -> String {
    let name = strict(name);
    let one = |text: &str| if text.is_empty() { format!(";{name}") } else { format!(";{name}={text}") };
    match (style, shape) {
        (Style::MatrixExplode, Shape::Many(items)) => items.iter().map(|item| one(&strict(item))).collect(),
        (Style::MatrixExplode, Shape::Pairs(_)) => format!(";{}", exploded(shape, ";", strict)),
        _ => one(&flat(shape, ",", strict)),
    }
}

/// A query parameter as `name=value`, joined by `&`; `None` when there is nothing to send.
pub(crate) fn query(style: Style, name: &str, value: &Value) -> Option<String> {
    let encode: fn(&str) -> String = match style {
        Style::FormReserved
        | Style::FormExplodeReserved
        | Style::SpaceDelimitedReserved
        | Style::PipeDelimitedReserved
        | Style::DeepObjectReserved => reserved,
        _ => strict,
    };
    if style == Style::Json {
        return (!value.is_null()).then(|| format!("{}={}", strict(name), strict(&value.to_string())));
    }
    if matches!(style, Style::DeepObject | Style::DeepObjectReserved) {
        let mut pairs = Vec::new();
        deep(name.to_owned(), value, encode, &mut pairs);
        return (!pairs.is_empty()).then(|| pairs.join("&"));
    }
    let shape = shape(value)?;
    let one = |value: String| format!("{}={value}", strict(name));
    Some(match (style, &shape) {
        (Style::SpaceDelimited | Style::SpaceDelimitedReserved, _) => one(flat(&shape, "%20", encode)),
        (Style::PipeDelimited | Style::PipeDelimitedReserved, _) => one(flat(&shape, "%7C", encode)),
        (Style::Form | Style::FormReserved | Style::Simple, _) => one(flat(&shape, ",", encode)),
        (_, Shape::One(text)) => one(encode(text)),
        (_, Shape::Many(items)) => items.iter().map(|item| one(encode(item))).collect::<Vec<_>>().join("&"),
        (_, Shape::Pairs(_)) => exploded(&shape, "&", encode),
    })
}

/// `name[member]=value`, at any depth; lists repeat the name.
fn deep(name: String, value: &Value, encode: fn(&str) -> String, pairs: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (member, value) in members {
                deep(format!("{name}[{member}]"), value, encode, pairs);
            }
        }
        Value::Array(items) => {
            for item in items {
                match item {
                    Value::Object(_) | Value::Array(_) => deep(format!("{name}[]"), item, encode, pairs),
                    Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                        deep(name.clone(), item, encode, pairs);
                    }
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            if let Some(text) = scalar(value) {
                pairs.push(format!("{}={}", strict(&name), encode(&text)));
            }
        }
    }
}

/// A header's value; `None` when there is nothing to send.
pub(crate) fn header(style: Style, value: &Value) -> Option<String> {
    if style == Style::Json {
        return (!value.is_null()).then(|| value.to_string());
    }
    let shape = shape(value)?;
    Some(match style {
        Style::SimpleExplode | Style::FormExplode => exploded(&shape, ",", str::to_owned),
        _ => flat(&shape, ",", str::to_owned),
    })
}

/// Cookies (none when there is nothing to send), or why the value cannot be one.
pub(crate) fn cookie(style: Style, name: &str, value: &Value) -> Result<Vec<String>, &'static str> {
    if !matches!(style, Style::Cookie | Style::CookieExplode) {
        let pairs = query(style, name, value);
        return Ok(pairs.iter().flat_map(|pairs| pairs.split('&')).map(str::to_owned).collect());
    }
    let Some(shape) = shape(value) else { return Ok(Vec::new()) };
    let pairs = match (style, &shape) {
        (Style::CookieExplode, Shape::Many(items)) => {
            items.iter().map(|item| format!("{name}={item}")).collect()
        }
        (Style::CookieExplode, Shape::Pairs(pairs)) => {
            pairs.iter().map(|(name, value)| format!("{name}={value}")).collect()
        }
        _ => vec![format!("{name}={}", flat(&shape, ",", str::to_owned))],
    };
    // Nothing is encoded in this style, so what would end the cookie or the header cannot be part of one.
    match pairs.iter().any(|pair: &String| pair.contains(|c: char| c == ';' || c.is_control())) {
        true => Err("holds what would end the cookie; encode it first"),
        false => Ok(pairs),
    }
}

/// An `application/x-www-form-urlencoded` body; `None` when the value is no object.
pub(crate) fn form(value: &Value) -> Option<String> {
    let members = value.as_object()?;
    let pairs: Vec<String> = members
        .iter()
        .filter_map(|(name, value)| match value {
            Value::Object(_) => query(Style::Json, name, value),
            _ => query(Style::FormExplode, name, value),
        })
        .collect();
    Some(pairs.join("&"))
}
