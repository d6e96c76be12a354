//! Changes of documents, as a tree or as text, that make them wrong.

use serde_json::{Value, json};

use crate::numbers::Numbers;
use crate::text::{any, name};

/// Keywords that mean something somewhere.
const KEYWORDS: &[&str] = &[
    "$ref",
    "$defs",
    "$anchor",
    "type",
    "format",
    "enum",
    "const",
    "properties",
    "required",
    "items",
    "prefixItems",
    "additionalProperties",
    "patternProperties",
    "allOf",
    "oneOf",
    "anyOf",
    "not",
    "if",
    "discriminator",
    "mapping",
    "propertyName",
    "nullable",
    "default",
    "example",
    "examples",
    "readOnly",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "pattern",
    "description",
    "title",
    "deprecated",
    "parameters",
    "requestBody",
    "responses",
    "content",
    "schema",
    "encoding",
    "headers",
    "in",
    "name",
    "style",
    "explode",
    "security",
    "servers",
    "variables",
    "url",
    "tags",
    "operationId",
    "callbacks",
    "links",
    "externalDocs",
    "x-enum-varnames",
    "get",
    "post",
    "200",
    "default",
    "application/json",
    "components",
    "schemas",
    "pathItems",
    "webhooks",
    "openapi",
    "info",
    "xml",
];
/// Values of the wrong kind, or that mean something.
const WORDS: &[&str] = &[
    "string",
    "object",
    "array",
    "integer",
    "number",
    "boolean",
    "null",
    "path",
    "query",
    "header",
    "cookie",
    "form",
    "deepObject",
    "#",
    "#/",
    "#/components/schemas/Pet",
    "#/paths",
    "#/components/schemas",
    "other.yaml#/x",
    "https://example.com/x.json",
    "3.1.0",
    "date-time",
    "uuid",
    "byte",
    "binary",
    "application/json",
    "apiKey",
    "http",
    "oauth2",
];

/// Makes one to four changes in a tree.
pub fn tree(root: &mut Value, numbers: &mut Numbers<'_>) {
    for _ in 0..=numbers.below(4) {
        if numbers.once_in(4) {
            tie(root, numbers);
            continue;
        }
        let donor = node(root, numbers).clone();
        change(root, donor, numbers);
    }
}

/// Makes one schema a reference to another, wherever it stands: into the middle of others, or to one around it.
fn tie(root: &mut Value, numbers: &mut Numbers<'_>) {
    let mut places = Vec::new();
    schemas(root, &mut String::new(), false, &mut places);
    if places.is_empty() {
        return;
    }
    let (from, to) = (numbers.pick(&places).clone(), numbers.pick(&places).clone());
    if let Some(place) = root.pointer_mut(&from) {
        *place = json!({"$ref": format!("#{to}")});
    }
}

/// The places of what stands where schemas stand.
fn schemas(at: &Value, way: &mut String, holds: bool, places: &mut Vec<String>) {
    let mut inside = |key: &str, value: &Value, is_schema: bool, holds: bool| {
        let length = way.len();
        way.push('/');
        way.push_str(&key.replace('~', "~0").replace('/', "~1"));
        if is_schema {
            places.push(way.clone());
        }
        schemas(value, way, holds, places);
        way.truncate(length);
    };
    match at {
        Value::Object(members) => members.iter().for_each(|(key, value)| {
            let one = holds || matches!(key.as_str(), "schema" | "items" | "additionalProperties" | "not");
            let several = matches!(key.as_str(), "schemas" | "properties" | "allOf" | "anyOf" | "oneOf");
            inside(key, value, one, several && !holds);
        }),
        Value::Array(items) => {
            items
                .iter()
                .enumerate()
                .for_each(|(index, value)| inside(&index.to_string(), value, holds, false));
        }
        _ => {}
    }
}

/// A node, by a walk that ends anywhere.
fn node<'v>(root: &'v mut Value, numbers: &mut Numbers<'_>) -> &'v mut Value {
    descend(root, numbers, 12)
}

fn descend<'v>(at: &'v mut Value, numbers: &mut Numbers<'_>, left: usize) -> &'v mut Value {
    let inside = match &*at {
        Value::Array(items) => items.len(),
        Value::Object(members) => members.len(),
        _ => 0,
    };
    if inside == 0 || left == 0 || numbers.once_in(9) {
        return at;
    }
    let index = numbers.below(inside);
    match at {
        Value::Array(items) => descend(&mut items[index], numbers, left - 1),
        Value::Object(members) => {
            let key = members.keys().nth(index).cloned().unwrap_or_default();
            descend(&mut members[&key], numbers, left - 1)
        }
        other => other,
    }
}

/// Makes one change at a random node.
fn change(root: &mut Value, donor: Value, numbers: &mut Numbers<'_>) {
    let at = node(root, numbers);
    match (numbers.below(8), &mut *at) {
        (0, Value::Object(members)) if !members.is_empty() => {
            let key = nth(members, numbers);
            members.shift_remove(&key);
        }
        (1, Value::Object(members)) if !members.is_empty() => {
            let key = nth(members, numbers);
            if let Some(value) = members.shift_remove(&key) {
                let new =
                    if numbers.once_in(2) { name(numbers) } else { (*numbers.pick(KEYWORDS)).to_owned() };
                members.insert(new, value);
            }
        }
        (2 | 3, Value::Object(members)) => {
            let value = if numbers.once_in(2) { donor } else { scalar(numbers) };
            members.insert((*numbers.pick(KEYWORDS)).to_owned(), value);
        }
        (0, Value::Array(items)) if !items.is_empty() => drop(items.remove(numbers.below(items.len()))),
        (1 | 2, Value::Array(items)) => items.push(donor),
        (3, Value::String(text)) => *text = any(numbers),
        (4, any) => *any = json!([any.take()]),
        (5, any) => *any = donor,
        (_, any) => *any = scalar(numbers),
    }
}

fn nth(members: &serde_json::Map<String, Value>, numbers: &mut Numbers<'_>) -> String {
    members.keys().nth(numbers.below(members.len())).cloned().unwrap_or_default()
}

fn scalar(numbers: &mut Numbers<'_>) -> Value {
    match numbers.below(12) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!({}),
        3 => json!([]),
        4 => json!(-1),
        5 => json!(0.5),
        6 => json!(u64::MAX),
        7 => json!(1e300),
        8 => json!(any(numbers)),
        _ => json!(numbers.pick(WORDS)),
    }
}

/// Makes one to four changes in a text; what comes out may be no text.
pub fn bytes(text: &mut Vec<u8>, numbers: &mut Numbers<'_>) {
    const PIECES: &[&[u8]] = &[
        b"{",
        b"}",
        b"[",
        b"]",
        b",",
        b":",
        b": ",
        b"\"",
        b"'",
        b"\\",
        b"\n",
        b"\n  ",
        b"\t",
        b"- ",
        b"? ",
        b"&a ",
        b"*a",
        b"<<: *a\n",
        b"|\n",
        b">\n",
        b"!!str ",
        b"!x ",
        b"%YAML 9\n",
        b"---\n",
        b"...\n",
        b"#",
        b"@",
        b"`",
        b"null",
        b"~",
        b".nan",
        b"0x1F",
        b"1e999",
        b"\x00",
        b"\xff",
        b"\xc3",
        b"\xef\xbb\xbf",
        b"$ref",
        b"\\u",
        b"\\ud800",
        b"//",
    ];
    for _ in 0..=numbers.below(4) {
        let (from, length) = (numbers.below(text.len()), numbers.below(24));
        let to = (from + length).min(text.len());
        match numbers.below(6) {
            0 => drop(text.drain(from..to)),
            1 | 2 => drop(text.splice(from..from, numbers.pick(PIECES).iter().copied())),
            3 => {
                let piece = text[from..to].to_vec();
                let at = numbers.below(text.len());
                text.splice(at..at, piece);
            }
            4 if from < text.len() => text[from] = u8::try_from(numbers.below(256)).unwrap_or(0),
            _ => text.truncate(to.max(1)),
        }
    }
}
