//! Other values for a keyword: such as keep the document valid where that is simple to say.

use sdkgen::keywords::Occurrence;
use serde_json::{Map, Value};

/// Values that some keywords can have, beside what can be made of the value they have.
const SAMPLES: &[(&str, &[&str])] = &[
    ("$id", &["https://schemas.example.com/other/parcel"]),
    ("contentEncoding", &["base64", "base64url"]),
    ("contentMediaType", &["application/octet-stream", "text/plain"]),
    ("contentType", &["text/csv", "application/json", "text/csv, text/plain"]),
    ("format", &["date-time", "date", "uuid", "int64", "int32", "double", "byte", "binary"]),
    ("openapi", &["3.0.3", "3.1.0", "3.2.0"]),
    ("scheme", &["basic", "bearer"]),
    ("type", &["string", "integer", "number", "boolean", "object"]),
];

/// Another text, and another member.
const OTHER: &str = "other";

/// How many places within a value are changed.
const PLACES: usize = 6;

/// The document with another value in the place of a keyword, once for each value that is tried, each with what was done.
pub(super) fn changes(document: &Value, found: &Occurrence) -> Vec<(String, Value)> {
    let at = found.at.as_str();
    let Some(value) = document.pointer(at) else { return Vec::new() };
    let mut values = others(document, found, value);
    values.dedup();
    let mut all: Vec<(String, Value)> = (values.into_iter())
        .filter_map(|other| {
            let mut changed = document.clone();
            let label = shortened(&other.to_string());
            *changed.pointer_mut(at)? = other;
            Some((label, changed))
        })
        .collect();
    all.extend(without(document, at).map(|changed| ("removed".to_owned(), changed)));
    all
}

/// Another value of the same type in every place of a value.
pub(super) fn all_other(value: &Value) -> Value {
    match value {
        Value::Null => Value::Null,
        Value::Bool(flag) => Value::Bool(!flag),
        Value::Number(number) => number.as_i64().map_or_else(|| value.clone(), |n| Value::from(n + 1)),
        Value::String(text) => Value::String(format!("{text}x")),
        Value::Array(items) => items.iter().map(all_other).collect(),
        Value::Object(members) => {
            let other = |(key, value): (&String, &Value)| {
                let keeps = ["$ref", "type", "in"].contains(&key.as_str());
                (key.clone(), if keeps { value.clone() } else { all_other(value) })
            };
            Value::Object(members.iter().map(other).collect())
        }
    }
}

/// The document without the member at a pointer.
pub(super) fn without(document: &Value, at: &str) -> Option<Value> {
    let mut changed = document.clone();
    let (parent, key) = at.rsplit_once('/')?;
    let key = key.replace("~1", "/").replace("~0", "~");
    changed.pointer_mut(parent)?.as_object_mut()?.shift_remove(&key)?;
    Some(changed)
}

fn others(document: &Value, found: &Occurrence, value: &Value) -> Vec<Value> {
    let mut all = Vec::new();
    let name = found.keyword.name;
    if let Value::String(text) = value {
        let samples = SAMPLES.iter().filter(|(known, _)| *known == name).flat_map(|(_, words)| *words);
        let words = found.keyword.words.iter().chain(samples).filter(|word| *word != text);
        all.extend(words.map(|word| Value::from(*word)));
        if name == "$ref" {
            return references(document, text);
        }
    }
    match value {
        Value::Array(items) => lists(items, &mut all),
        Value::Object(members) => objects(members, &mut all),
        _ => scalars(value, &mut all),
    }
    all
}

/// References to what stands beside the target.
fn references(document: &Value, text: &str) -> Vec<Value> {
    let Some((parent, name)) = text.rsplit_once('/') else { return Vec::new() };
    let siblings = parent.strip_prefix('#').and_then(|at| document.pointer(at)).and_then(Value::as_object);
    let names = siblings.into_iter().flat_map(Map::keys).filter(|other| *other != name);
    names.take(PLACES).map(|other| Value::String(format!("{parent}/{other}"))).collect()
}

fn scalars(value: &Value, all: &mut Vec<Value>) {
    match value {
        Value::Bool(flag) => all.push(Value::Bool(!flag)),
        Value::Number(number) => match number.as_i64() {
            Some(n) => all.extend([n + 1, (n - 1).max(0), 1, 2].map(Value::from)),
            None => all.extend(number.as_f64().map(|n| Value::from(n + 0.5))),
        },
        Value::String(text) => {
            all.extend([format!("{text}x"), format!("{OTHER}_{text}"), OTHER.to_owned()].map(Value::String));
        }
        Value::Null | Value::Array(_) | Value::Object(_) => {}
    }
}

fn lists(items: &[Value], all: &mut Vec<Value>) {
    for (place, item) in items.iter().enumerate().take(PLACES) {
        let mut inner = Vec::new();
        match item {
            Value::Object(members) => objects(members, &mut inner),
            Value::Array(items) => lists(items, &mut inner),
            _ => scalars(item, &mut inner),
        }
        let put = |other| {
            let mut changed = items.to_vec();
            changed[place] = other;
            Value::Array(changed)
        };
        all.extend(inner.into_iter().take(PLACES).map(put));
        let mut fewer = items.to_vec();
        fewer.remove(place);
        all.push(Value::Array(fewer));
    }
    if items.iter().all(Value::is_string) {
        all.push(items.iter().cloned().chain([Value::from(OTHER)]).collect());
    }
}

fn objects(members: &Map<String, Value>, all: &mut Vec<Value>) {
    for (key, value) in members.iter().take(PLACES) {
        let mut inner = Vec::new();
        match value {
            Value::Object(members) => objects(members, &mut inner),
            Value::Array(items) => lists(items, &mut inner),
            _ => scalars(value, &mut inner),
        }
        let put = |other| {
            let mut changed = members.clone();
            changed.insert(key.clone(), other);
            Value::Object(changed)
        };
        all.extend(inner.into_iter().take(PLACES).map(put));
        let mut fewer = members.clone();
        fewer.shift_remove(key);
        all.push(Value::Object(fewer));
    }
    if members.values().all(Value::is_string) {
        let mut more = members.clone();
        more.insert(OTHER.to_owned(), Value::from(OTHER));
        all.push(Value::Object(more));
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
