//! Parameters in their wire format: the styles of OpenAPI 3.1, section 4.8.12, which are those of RFC 6570.
//!
//! In: a style, a name and a JSON value. Out: encoded text. Pure; knows no request. Null stands for "not given" and
//! is left out at every level. What the styles leave undefined (an object inside of an array, say) becomes JSON text,
//! except in `deepObject`, which nests: properties by name, items by index.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

pub use super::encoding::Style;

use super::encoding::Encoding;
use super::wire::{Node, NodeKind};

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

/// What the path of a URL allows beside unreserved characters: no separator of segments, no beginning of a query or fragment.
const IN_PATH: &AsciiSet = &RESERVED.remove(b'&').remove(b'+').add(b'/').add(b'?');

/// Everything but what the URL standard leaves in forms; the space becomes a plus sign.
const FORM: &AsciiSet = &NON_ALPHANUMERIC.remove(b'*').remove(b'-').remove(b'.').remove(b'_').remove(b' ');

/// What becomes of the characters of names and values.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Escape {
    /// Everything is percent-encoded but unreserved characters.
    Strict,
    /// Reserved characters stay in values.
    Reserved,
    /// Nothing is encoded.
    Nothing,
}

impl Escape {
    fn of(style: Style) -> Self {
        match style {
            Style::FormReserved
            | Style::FormExplodeReserved
            | Style::SpaceDelimitedReserved
            | Style::PipeDelimitedReserved
            | Style::DeepObjectReserved => Self::Reserved,
            _ => Self::Strict,
        }
    }

    fn name(self, text: &str) -> String {
        match self {
            Self::Strict | Self::Reserved => strict(text),
            Self::Nothing => text.to_owned(),
        }
    }

    fn value(self, text: &str) -> String {
        match self {
            Self::Strict => strict(text),
            Self::Reserved => reserved(text, RESERVED),
            Self::Nothing => text.to_owned(),
        }
    }

    /// What stands between items: this character, encoded where others are.
    fn separator(self, plain: &'static str, encoded: &'static str) -> &'static str {
        match self {
            Self::Strict | Self::Reserved => encoded,
            Self::Nothing => plain,
        }
    }
}

/// Percent-encodes everything but letters, digits and `-._~`.
pub(crate) fn strict(text: &str) -> String {
    Cow::from(utf8_percent_encode(text, STRICT)).into_owned()
}

/// Encodes as the URL standard does for forms.
fn form_text(text: &str) -> String {
    utf8_percent_encode(text, FORM).to_string().replace(' ', "+")
}

/// Like [`strict`], but reserved characters and what is percent-encoded already stay.
fn reserved(text: &str, encoded: &'static AsciiSet) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        out.extend(utf8_percent_encode(&rest[..at], encoded));
        let triplet = rest.get(at..at + 3).filter(|it| it.as_bytes()[1..].iter().all(u8::is_ascii_hexdigit));
        match triplet {
            Some(triplet) => out.push_str(triplet),
            None => out.push_str("%25"),
        }
        rest = &rest[at + triplet.map_or(1, str::len)..];
    }
    out.extend(utf8_percent_encode(rest, encoded));
    out
}

/// A value as one piece of text; `None` for null.
pub(crate) fn scalar<'n>(value: &'n Node<'_>) -> Option<Cow<'n, str>> {
    match &value.kind {
        NodeKind::Null => None,
        NodeKind::String(text) => Some(Cow::Borrowed(text)),
        NodeKind::Literal(text) => Some(Cow::Borrowed(text)),
        NodeKind::Array(_) | NodeKind::Object(_) => Some(value.json()),
    }
}

/// What the styles tell apart, text not yet encoded.
enum Shape<'a> {
    One(Cow<'a, str>),
    Many(Vec<Cow<'a, str>>),
    Pairs(Vec<(&'a str, Cow<'a, str>)>),
}

/// `None` for what is not there: null, and arrays and objects without content.
fn shape<'n>(value: &'n Node<'_>) -> Option<Shape<'n>> {
    let shape = match &value.kind {
        NodeKind::Array(items) => Shape::Many(items.iter().filter_map(scalar).collect()),
        NodeKind::Object(properties) => Shape::Pairs(
            properties.iter().filter_map(|(name, value)| Some((&**name, scalar(value)?))).collect(),
        ),
        NodeKind::Null | NodeKind::Literal(_) | NodeKind::String(_) => Shape::One(scalar(value)?),
    };
    match &shape {
        Shape::Many(items) if items.is_empty() => None,
        Shape::Pairs(pairs) if pairs.is_empty() => None,
        Shape::One(_) | Shape::Many(_) | Shape::Pairs(_) => Some(shape),
    }
}

/// Items, or names and values in turn, behind each other.
fn flat(shape: &Shape<'_>, separator: &str, encode: &dyn Fn(&str) -> String) -> String {
    let parts: Vec<String> = match shape {
        Shape::One(text) => return encode(text),
        Shape::Many(items) => items.iter().map(|item| encode(item)).collect(),
        Shape::Pairs(pairs) => pairs.iter().flat_map(|(name, value)| [encode(name), encode(value)]).collect(),
    };
    parts.join(separator)
}

/// Items, or `name=value`, behind each other.
fn exploded(shape: &Shape<'_>, separator: &str, encode: &dyn Fn(&str) -> String) -> String {
    match shape {
        Shape::Pairs(pairs) => {
            let pairs: Vec<String> =
                pairs.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
            pairs.join(separator)
        }
        Shape::One(_) | Shape::Many(_) => flat(shape, separator, encode),
    }
}

/// A path parameter, or why it cannot be one. `keep` leaves reserved characters that a segment of a path may have.
pub(crate) fn path(style: Style, name: &str, value: &Node<'_>, keep: bool) -> Result<String, &'static str> {
    let shape = shape(value).ok_or("is empty")?;
    let encode = |text: &str| if keep { reserved(text, IN_PATH) } else { strict(text) };
    let text = match style {
        Style::Label => format!(".{}", flat(&shape, ",", &encode)),
        Style::LabelExplode => format!(".{}", exploded(&shape, ".", &encode)),
        Style::Matrix | Style::MatrixExplode => matrix(style, name, &shape, &encode),
        Style::SimpleExplode => exploded(&shape, ",", &encode),
        Style::Json => strict(&value.json()),
        // The styles of queries have no meaning in a path.
        _ => flat(&shape, ",", &encode),
    };
    // Only where triplets are kept can a dot be encoded.
    let plain = match keep {
        true => Cow::Owned(text.replace("%2e", ".").replace("%2E", ".")),
        false => Cow::Borrowed(text.as_str()),
    };
    match &*plain {
        "" => Err("is empty"),
        // A URL parser would take these for steps in the path, encoded or not.
        "." | ".." => Err("is a step in the path (`.` or `..`)"),
        _ => Ok(text),
    }
}

fn matrix(style: Style, name: &str, shape: &Shape<'_>, encode: &dyn Fn(&str) -> String) -> String {
    let name = strict(name);
    let one = |text: &str| if text.is_empty() { format!(";{name}") } else { format!(";{name}={text}") };
    match (style, shape) {
        (Style::MatrixExplode, Shape::Many(items)) => items.iter().map(|item| one(&encode(item))).collect(),
        (Style::MatrixExplode, Shape::Pairs(_)) => format!(";{}", exploded(shape, ";", encode)),
        _ => one(&flat(shape, ",", encode)),
    }
}

/// A query parameter as `name=value`, joined by `&`; `None` when there is nothing to send.
pub(crate) fn query(style: Style, name: &str, value: &Node<'_>) -> Option<String> {
    let pairs = pairs(style, name, value, Escape::of(style));
    (!pairs.is_empty()).then(|| joined(pairs))
}

fn joined(pairs: Vec<(String, String)>) -> String {
    let pairs: Vec<String> = pairs.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
    pairs.join("&")
}

/// The names and values that a property or query parameter becomes; none when there is nothing to send.
pub(crate) fn pairs(style: Style, name: &str, value: &Node<'_>, escape: Escape) -> Vec<(String, String)> {
    let one = |value: String| vec![(escape.name(name), value)];
    let mut out = Vec::new();
    match style {
        Style::Json if matches!(value.kind, NodeKind::Null) => return out,
        Style::Json => return one(escape.value(&value.json())),
        Style::DeepObject | Style::DeepObjectReserved => {
            deep(name.to_owned(), value, escape, &mut out);
            return out;
        }
        _ => {}
    }
    let Some(shape) = shape(value) else { return out };
    let encode = |text: &str| escape.value(text);
    match (style, &shape) {
        (Style::SpaceDelimited | Style::SpaceDelimitedReserved, _) => {
            one(flat(&shape, escape.separator(" ", "%20"), &encode))
        }
        (Style::PipeDelimited | Style::PipeDelimitedReserved, _) => {
            one(flat(&shape, escape.separator("|", "%7C"), &encode))
        }
        (Style::Form | Style::FormReserved | Style::Simple, _) => one(flat(&shape, ",", &encode)),
        (_, Shape::One(text)) => one(encode(text)),
        (_, Shape::Many(items)) => items.iter().map(|item| (escape.name(name), encode(item))).collect(),
        (_, Shape::Pairs(pairs)) => {
            pairs.iter().map(|(name, value)| (escape.name(name), encode(value))).collect()
        }
    }
}

/// `name[property]=value` and `name[index]=value`, at any depth.
fn deep(name: String, value: &Node<'_>, escape: Escape, out: &mut Vec<(String, String)>) {
    match &value.kind {
        NodeKind::Object(properties) => {
            for (property, value) in properties {
                deep(format!("{name}[{property}]"), value, escape, out);
            }
        }
        NodeKind::Array(items) => {
            let given = items.iter().filter(|item| !matches!(item.kind, NodeKind::Null));
            for (index, item) in given.enumerate() {
                deep(format!("{name}[{index}]"), item, escape, out);
            }
        }
        NodeKind::Null => {}
        NodeKind::Literal(text) => out.push((escape.name(&name), escape.value(text))),
        NodeKind::String(text) => out.push((escape.name(&name), escape.value(text))),
    }
}

/// A header's value; `None` when there is nothing to send.
pub(crate) fn header(style: Style, value: &Node<'_>) -> Option<String> {
    if style == Style::Json {
        return (!matches!(value.kind, NodeKind::Null)).then(|| value.json().into_owned());
    }
    let shape = shape(value)?;
    Some(match style {
        Style::SimpleExplode | Style::FormExplode => exploded(&shape, ",", &str::to_owned),
        _ => flat(&shape, ",", &str::to_owned),
    })
}

/// Cookies (none when there is nothing to send), or why the value cannot be one.
pub(crate) fn cookie(style: Style, name: &str, value: &Node<'_>) -> Result<Vec<String>, &'static str> {
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
        _ => vec![format!("{name}={}", flat(&shape, ",", &str::to_owned))],
    };
    // Nothing is encoded in this style, so what would end the cookie or the header cannot be part of one.
    match pairs.iter().any(|pair: &String| pair.contains(|c: char| c == ';' || c.is_control())) {
        true => Err("holds what would end the cookie; encode it first"),
        false => Ok(pairs),
    }
}

/// An `application/x-www-form-urlencoded` body; `None` when the value is no object.
///
/// A property that the table gives a style is written like a query parameter. The others are written by their media type (each item of
/// an array by itself), and encoded as the URL standard does it for forms.
pub(crate) fn form(value: &Node<'_>, table: &[Encoding]) -> Option<String> {
    let NodeKind::Object(properties) = &value.kind else { return None };
    let mut out = Vec::new();
    for (name, value) in properties {
        let encoding = Encoding::of(table, name);
        if let Some(style) = encoding.and_then(Encoding::by_style) {
            out.extend(pairs(style, name, value, Escape::of(style)));
            continue;
        }
        let items = match &value.kind {
            NodeKind::Array(items) => &items[..],
            _ => std::slice::from_ref(value),
        };
        let is_json = encoding.is_some_and(Encoding::is_json);
        for item in items.iter().filter(|item| !matches!(item.kind, NodeKind::Null)) {
            let text = if is_json { Some(item.json()) } else { scalar(item) };
            out.extend(text.map(|text| (form_text(name), form_text(&text))));
        }
    }
    Some(joined(out))
}
