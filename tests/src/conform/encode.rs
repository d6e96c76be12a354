//! What a request must look like: parameters encoded as OpenAPI asks, in one canonical spelling, and requests brought into it.
//!
//! In: an operation and the values of its parameters. Out: path, query, headers and cookies. What OpenAPI leaves open (objects in
//! lists and the like) is not encoded; then only the decoder of the server judges.

mod form;
mod outside;
mod parts;

pub use form::{form, says_reserved};
pub use outside::{pairs_read, tree_read};
pub use parts::{can_be_parts, parts};

use crate::document::{Location, Operation, Param};
use crate::percent;
use crate::same::same;
use serde_json::Value;

/// A request without its body, in canonical spelling.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// The path.
    pub path: String,
    /// The pairs of the query, sorted by name; values of one name in their order.
    pub query: Vec<(String, String)>,
    /// The declared headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The cookies, sorted by name.
    pub cookies: Vec<(String, String)>,
}

/// Encodes parameters; `None` where OpenAPI does not say how.
pub fn shape(operation: &Operation, given: &[(Location, String, Value)]) -> Option<Shape> {
    let mut shape = Shape { path: operation.path.clone(), ..Shape::default() };
    for (location, name, value) in given {
        let param = operation.params.iter().find(|p| p.location == *location && p.name == *name)?;
        match location {
            Location::Path => {
                shape.path = shape.path.replacen(&format!("{{{name}}}"), &path(param, value)?, 1);
            }
            Location::Query => shape.query.extend(pairs(param, value)?),
            Location::Header => shape.headers.push((name.to_ascii_lowercase(), header(param, value)?)),
            Location::Cookie => shape.cookies.extend(pairs(param, value)?),
        }
    }
    shape.path = canonical(&shape.path);
    sort(&mut shape);
    Some(shape)
}

impl Shape {
    /// Whether another one says the same; a number may be spelled `0.0` for `0`.
    pub fn says(&self, other: &Self) -> bool {
        let alike = |ours: &[(String, String)], theirs: &[(String, String)]| {
            let same = |((a, x), (b, y)): (&(String, String), &(String, String))| a == b && same_text(x, y);
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(same)
        };
        self.path == other.path
            && alike(&self.query, &other.query)
            && alike(&self.headers, &other.headers)
            && alike(&self.cookies, &other.cookies)
    }
}

fn same_text(a: &str, b: &str) -> bool {
    let number = |text: &str| serde_json::from_str(text).ok().map(Value::Number);
    a == b || number(a).zip(number(b)).is_some_and(|(a, b)| same(&a, &b))
}

/// Sorts what has no order.
pub fn sort(shape: &mut Shape) {
    for pairs in [&mut shape.query, &mut shape.headers, &mut shape.cookies] {
        pairs.sort_by(|(a, _), (b, _)| a.cmp(b));
    }
}

/// Brings percent-encoded text into one spelling: what is unreserved stands for itself, the delimiters of OpenAPI's styles stay as they
/// are, and everything else is encoded.
pub fn canonical(text: &str) -> String {
    let mut out = String::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let escape = bytes.get(at..at + 3).filter(|three| three[0] == b'%');
        let decoded = escape
            .and_then(|three| std::str::from_utf8(three).ok())
            .and_then(|three| u8::from_str_radix(&three[1..], 16).ok());
        match decoded {
            Some(byte) => {
                push(&mut out, byte, b"");
                at += 3;
            }
            None => {
                push(&mut out, if bytes[at] == b'+' { b' ' } else { bytes[at] }, b"/,;=.");
                at += 1;
            }
        }
    }
    out
}

fn push(out: &mut String, byte: u8, kept: &[u8]) {
    if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || kept.contains(&byte) {
        out.push(char::from(byte));
    } else {
        out.push_str(&format!("%{byte:02X}"));
    }
}

/// Text with everything encoded that is not unreserved.
fn strict(text: &str) -> String {
    let mut out = String::new();
    text.bytes().for_each(|byte| push(&mut out, byte, b""));
    out
}

/// A scalar as text.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Encoded scalars of a list.
fn items(list: &[Value]) -> Option<Vec<String>> {
    list.iter().map(|item| scalar(item).map(|text| strict(&text))).collect()
}

/// Encoded members of an object; null members are left out.
fn members(value: &Value) -> Option<Vec<(String, String)>> {
    let members = value.as_object()?.iter().filter(|(_, member)| !member.is_null());
    members.map(|(key, member)| Some((strict(key), strict(&scalar(member)?)))).collect()
}

fn joined(value: &Value, explode: bool, separator: &str) -> Option<String> {
    Some(match value {
        Value::Array(list) => items(list)?.join(separator),
        Value::Object(_) => {
            let between = if explode { "=" } else { "," };
            let all: Vec<String> =
                members(value)?.into_iter().map(|(k, v)| format!("{k}{between}{v}")).collect();
            all.join(separator)
        }
        _ => strict(&scalar(value)?),
    })
}

fn path(param: &Param, value: &Value) -> Option<String> {
    if param.json {
        return Some(strict(&value.to_string()));
    }
    let name = strict(&param.name);
    match (param.style.as_str(), param.explode, value) {
        ("simple", explode, _) => joined(value, explode, ","),
        ("label", true, _) => joined(value, true, ".").map(|text| format!(".{text}")),
        ("label", false, _) => joined(value, false, ",").map(|text| format!(".{text}")),
        ("matrix", true, Value::Array(list)) => {
            Some(items(list)?.iter().map(|item| format!(";{name}={item}")).collect())
        }
        ("matrix", true, Value::Object(_)) => {
            Some(members(value)?.iter().map(|(key, member)| format!(";{key}={member}")).collect())
        }
        ("matrix", _, _) => match joined(value, false, ",")? {
            text if text.is_empty() => Some(format!(";{name}")),
            text => Some(format!(";{name}={text}")),
        },
        _ => None,
    }
}

fn header(param: &Param, value: &Value) -> Option<String> {
    if param.json {
        return Some(value.to_string());
    }
    // Nothing is encoded in headers.
    Some(match value {
        Value::Array(list) => list.iter().map(scalar).collect::<Option<Vec<_>>>()?.join(","),
        Value::Object(all) => {
            let between = if param.explode { "=" } else { "," };
            let member = |(key, value): (&String, &Value)| Some(format!("{key}{between}{}", scalar(value)?));
            all.iter()
                .filter(|(_, value)| !value.is_null())
                .map(member)
                .collect::<Option<Vec<_>>>()?
                .join(",")
        }
        _ => scalar(value)?,
    })
}

/// The pairs of a query parameter or cookie, in canonical spelling.
fn pairs(param: &Param, value: &Value) -> Option<Vec<(String, String)>> {
    let name = canonical(&strict(&param.name));
    if param.json {
        return Some(vec![(name, strict(&value.to_string()))]);
    }
    let one = |text: String| vec![(name.clone(), canonical(&text))];
    let many = |list: Vec<String>| list.into_iter().map(|text| (name.clone(), text)).collect();
    match (param.style.as_str(), param.explode, value) {
        ("deepObject", _, Value::Object(_)) => Some(
            members(value)?.into_iter().map(|(key, member)| (format!("{name}%5B{key}%5D"), member)).collect(),
        ),
        ("deepObject", ..) => None,
        (_, true, Value::Array(list)) => items(list).map(many),
        (_, true, Value::Object(_)) => members(value),
        (_, false, Value::Array(list)) if list.is_empty() => Some(Vec::new()),
        ("spaceDelimited", false, Value::Array(_)) => joined(value, false, "%20").map(one),
        ("pipeDelimited", false, Value::Array(_)) => joined(value, false, "%7C").map(one),
        ("form", false, Value::Array(_) | Value::Object(_)) => joined(value, false, ",").map(one),
        (_, _, Value::Array(_) | Value::Object(_)) => None,
        _ => scalar(value).map(|text| one(strict(&text))),
    }
}

/// The pairs of a query or of cookies as they came, in canonical spelling.
pub fn received(pairs: impl Iterator<Item = (String, String)>) -> Vec<(String, String)> {
    pairs.map(|(name, value)| (canonical(&strict(&percent::decode(&name))), canonical(&value))).collect()
}
