//! Parameters read from a request by their style, and judged by their schema.

use super::http::Request;
use crate::document::{Document, Location, Operation, Param, escape};
use crate::judge::Judge;
use crate::percent::{decode, decode_form};
use serde_json::{Map, Value};

/// The places of a request where parameters can be.
pub(super) struct Given<'a> {
    pub(super) path: &'a [(String, String)],
    pub(super) query: &'a [(String, String)],
    pub(super) cookies: &'a [(String, String)],
    pub(super) request: &'a Request,
}

/// Turns text into values by a schema.
pub(super) struct Decoder<'a> {
    pub(super) document: &'a Document,
    pub(super) judge: &'a Judge,
}

/// The still encoded values of the variables in a path template, if the path fits it.
pub(super) fn match_path(template: &str, path: &str) -> Option<Vec<(String, String)>> {
    let (template, path): (Vec<_>, Vec<_>) = (template.split('/').collect(), path.split('/').collect());
    let mut values = Vec::new();
    (template.len() == path.len()).then_some(())?;
    for (pattern, segment) in template.iter().zip(&path) {
        match_segment(pattern, segment, &mut values)?;
    }
    Some(values)
}

fn match_segment(pattern: &str, segment: &str, values: &mut Vec<(String, String)>) -> Option<()> {
    let Some((before, rest)) = pattern.split_once('{') else {
        return (decode(pattern) == decode(segment)).then_some(());
    };
    let (name, after) = rest.split_once('}')?;
    let segment = segment.strip_prefix(before)?;
    // The variable ends where the literal text after it begins.
    let literal = after.split('{').next().unwrap_or_default();
    let end = if literal.is_empty() { segment.len() } else { segment.find(literal)? };
    if end == 0 {
        return None;
    }
    values.push((name.to_owned(), segment[..end].to_owned()));
    match_segment(after, &segment[end..], values)
}

/// The pairs of a query, still encoded if not `decoded`.
pub(super) fn pairs(query: &str, decoded: bool) -> Vec<(String, String)> {
    let value = |text: &str| if decoded { decode_form(text) } else { text.to_owned() };
    let split = |pair: &str| {
        let (name, text) = pair.split_once('=').unwrap_or((pair, ""));
        (decode_form(name), value(text))
    };
    query.split('&').filter(|pair| !pair.is_empty()).map(split).collect()
}

impl Decoder<'_> {
    /// All declared parameters that are given.
    pub(super) fn all(
        &self,
        operation: &Operation,
        given: &Given<'_>,
        keys: &[String],
        problems: &mut Vec<String>,
    ) -> Vec<(Location, String, Value)> {
        let mut used: Vec<&str> = keys.iter().map(String::as_str).collect();
        let mut found = Vec::new();
        for param in &operation.params {
            let label = format!("{:?} parameter `{}`", param.location, param.name).to_lowercase();
            match self.one(param, given, &mut used) {
                Some(value) => {
                    if let Some(reason) = self.refusal(param.schema.as_deref(), &value) {
                        problems.push(format!("{label}: {reason}"));
                    }
                    found.push((param.location, param.name.clone(), value));
                }
                None if param.required => problems.push(format!("{label} is missing")),
                None => {}
            }
        }
        let unknown = given.query.iter().filter(|(name, _)| !used.contains(&name.as_str()));
        problems.extend(unknown.map(|(name, _)| format!("query parameter `{name}` is not declared")));
        found
    }

    /// Why a value does not fit a schema, if it does not.
    pub(super) fn refusal(&self, schema: Option<&str>, value: &Value) -> Option<String> {
        let (place, _) = self.document.resolve(schema?)?;
        self.judge.check(&place, value).err()
    }

    fn one<'a>(&self, param: &Param, given: &Given<'a>, used: &mut Vec<&'a str>) -> Option<Value> {
        let named = |pairs: &'a [(String, String)]| {
            pairs.iter().filter(|(name, _)| *name == param.name).map(|(_, value)| value.as_str()).collect()
        };
        let texts: Vec<&str> = match param.location {
            Location::Path => named(given.path),
            Location::Cookie => named(given.cookies),
            Location::Header => given.request.header(&param.name).into_iter().collect(),
            Location::Query => {
                if let Some(object) = self.spread(param, given, used) {
                    return Some(object);
                }
                used.extend(
                    given.query.iter().map(|(name, _)| name.as_str()).filter(|name| *name == param.name),
                );
                named(given.query)
            }
        };
        let (first, schema) = (texts.first()?, param.schema.as_deref());
        if param.json {
            return serde_json::from_str(&decode(first)).ok().or_else(|| Some(Value::String(decode(first))));
        }
        let unescape = |text: &str| match param.location {
            Location::Header => text.to_owned(),
            Location::Query => decode_form(text),
            Location::Path | Location::Cookie => decode(text),
        };
        let (separator, text) = unwrap(param, first);
        if texts.len() > 1 {
            return Some(self.list(schema, texts.iter().map(|text| unescape(text)).collect()));
        }
        let whole = self.scalar(schema, &unescape(text));
        if self.refusal(schema, &whole).is_none() || schema.is_none() {
            return Some(whole);
        }
        // Exploded matrix style names every item.
        let again = format!("{}=", param.name);
        let bare = |piece: &'a str| piece.strip_prefix(&again).unwrap_or(piece);
        let pieces: Vec<String> = split(text, separator).into_iter().map(|p| unescape(bare(p))).collect();
        let object = self.object(schema, param.explode, &pieces);
        let list = self.list(schema, pieces);
        let fits = |value: &Value| self.refusal(schema, value).is_none();
        Some(match object.filter(fits) {
            Some(object) => object,
            None if fits(&list) => list,
            None => whole,
        })
    }

    /// An object whose members are parameters of their own: exploded form, or `deepObject`.
    fn spread<'a>(&self, param: &Param, given: &Given<'a>, used: &mut Vec<&'a str>) -> Option<Value> {
        let (place, schema) = self.document.resolve(param.schema.as_deref()?)?;
        let mut object = Map::new();
        if param.style == "deepObject" {
            let mut whole = Value::Null;
            for (name, text) in given.query {
                let Some(inner) = name.strip_prefix(&format!("{}[", param.name)) else { continue };
                used.push(name);
                deep(&mut whole, inner, &decode_form(text), (self, &place));
            }
            return (!whole.is_null()).then_some(whole);
        } else if param.style == "form" && param.explode {
            for (name, text) in given.query {
                if schema["properties"].get(name).is_some() {
                    used.push(name);
                    put(&mut object, name, &decode_form(text), self, &place);
                }
            }
        }
        (!object.is_empty()).then_some(Value::Object(object))
    }

    /// The schema of a property, also where it stands in a branch.
    pub(super) fn property(&self, schema: &str, name: &str, depth: usize) -> Option<String> {
        let (place, node) = self.document.resolve(schema)?;
        let direct = format!("{place}/properties/{}", escape(name));
        if self.document.at(&direct).is_some() {
            return Some(direct);
        }
        let branches = ["allOf", "anyOf", "oneOf"].into_iter().flat_map(|key| {
            let count = node[key].as_array().map_or(0, Vec::len);
            let place = &place;
            (0..count).map(move |i| format!("{place}/{key}/{i}"))
        });
        let mut found = branches.filter_map(|branch| self.property(&branch, name, depth + 1));
        (depth < 8).then(|| found.next()).flatten()
    }

    /// A list or an object whose items stand in one text, still encoded.
    pub(super) fn joined(&self, schema: &str, style: &str, text: &str) -> Value {
        let separator = match style {
            "spaceDelimited" => "%20",
            "pipeDelimited" => "|",
            _ => ",",
        };
        let text = if style == "spaceDelimited" { text.replace('+', "%20") } else { text.to_owned() };
        let pieces: Vec<String> = split(&text, separator).into_iter().map(decode_form).collect();
        let fits = |value: &Value| self.refusal(Some(schema), value).is_none();
        match self.object(Some(schema), false, &pieces).filter(fits) {
            Some(object) => object,
            None if self.items(schema, 0).is_some() => self.list(Some(schema), pieces),
            None => self.scalar(Some(schema), &decode_form(&text)),
        }
    }

    fn list(&self, schema: Option<&str>, texts: Vec<String>) -> Value {
        let items = schema.and_then(|schema| self.items(schema, 0));
        Value::Array(texts.iter().map(|text| self.scalar(items.as_deref(), text)).collect())
    }

    /// The schema of the items of a list, also where the list is one branch of several.
    pub(super) fn items(&self, schema: &str, depth: usize) -> Option<String> {
        let (place, node) = self.document.resolve(schema)?;
        if node.get("items").is_some() {
            return Some(format!("{place}/items"));
        }
        let branches = ["anyOf", "oneOf", "allOf"].into_iter().flat_map(|key| {
            let count = node[key].as_array().map_or(0, Vec::len);
            let place = &place;
            (0..count).map(move |i| format!("{place}/{key}/{i}"))
        });
        (depth < 8).then(|| branches.into_iter().find_map(|branch| self.items(&branch, depth + 1))).flatten()
    }

    fn object(&self, schema: Option<&str>, explode: bool, pieces: &[String]) -> Option<Value> {
        let (place, _) = self.document.resolve(schema?)?;
        let mut object = Map::new();
        if explode {
            for piece in pieces {
                let (name, text) = piece.split_once('=')?;
                put(&mut object, name, text, self, &place);
            }
        } else {
            for pair in pieces.chunks(2) {
                put(&mut object, &pair[0], pair.get(1)?, self, &place);
            }
        }
        Some(Value::Object(object))
    }

    /// A text as the value that its schema means.
    pub(super) fn scalar(&self, schema: Option<&str>, text: &str) -> Value {
        let string = Value::String(text.to_owned());
        if schema.is_none() || self.refusal(schema, &string).is_none() {
            return string;
        }
        match serde_json::from_str::<Value>(text) {
            Ok(value) if self.refusal(schema, &value).is_none() => value,
            _ => string,
        }
    }
}

/// Puts a member into an object by its schema; a name that comes again makes a list.
pub(super) fn put(
    object: &mut Map<String, Value>,
    name: &str,
    text: &str,
    decoder: &Decoder<'_>,
    place: &str,
) {
    let schema = decoder.property(place, name, 0);
    let items = schema.as_deref().and_then(|schema| decoder.items(schema, 0));
    let value = decoder.scalar(items.as_deref().or(schema.as_deref()), text);
    match object.get_mut(name) {
        Some(Value::Array(list)) => list.push(value),
        Some(one) => *one = Value::Array(vec![one.take(), value]),
        None if items.is_some() => drop(object.insert(name.to_owned(), Value::Array(vec![value]))),
        None => drop(object.insert(name.to_owned(), value)),
    }
}

/// A member of an object by its path in brackets (`a][0][b]`). Numbers are places in a list where there is a list.
pub(super) fn deep(into: &mut Value, path: &str, text: &str, (decoder, place): (&Decoder<'_>, &str)) {
    /// No list is longer.
    const MOST: usize = 1_000;
    let (key, rest) = path.split_once(']').unwrap_or((path, ""));
    if let (Some(items), Ok(at)) = (decoder.items(place, 0), key.parse::<usize>()) {
        if !into.is_array() {
            *into = Value::Array(Vec::new());
        }
        let Value::Array(list) = into else { return };
        match rest.strip_prefix('[') {
            Some(rest) => {
                list.resize(list.len().max(at + 1).min(MOST), Value::Null);
                let Some(item) = list.get_mut(at) else { return };
                deep(item, rest, text, (decoder, &items));
            }
            None => list.push(decoder.scalar(Some(&items), text)),
        }
        return;
    }
    if !into.is_object() {
        *into = Value::Object(Map::new());
    }
    let Value::Object(object) = into else { return };
    match rest.strip_prefix('[') {
        Some(rest) => {
            let below = decoder.property(place, key, 0).unwrap_or_default();
            deep(object.entry(key).or_insert(Value::Null), rest, text, (decoder, &below));
        }
        None => put(object, key, text, decoder, place),
    }
}

/// Takes the decoration of a style away; what is left is split at the separator.
fn unwrap<'a>(param: &Param, text: &'a str) -> (&'static str, &'a str) {
    match param.style.as_str() {
        "label" => (if param.explode { "." } else { "," }, text.strip_prefix('.').unwrap_or(text)),
        "matrix" => {
            let bare = text.strip_prefix(';').unwrap_or(text);
            let start = format!("{}=", param.name);
            (if param.explode { ";" } else { "," }, bare.strip_prefix(&start).unwrap_or(bare))
        }
        "spaceDelimited" => ("%20", text),
        "pipeDelimited" => ("|", text),
        _ => (",", text),
    }
}

/// Splits still encoded text; some clients encode the separator too.
fn split<'a>(text: &'a str, separator: &str) -> Vec<&'a str> {
    let encoded = match separator {
        "|" => "%7C",
        "%20" => "+",
        "," => "%2C",
        _ => separator,
    };
    if text.contains(separator) { text.split(separator).collect() } else { text.split(encoded).collect() }
}
