//! `type`: its spellings, lists of types, and keywords that do not go with a type.

use serde_json::{Map, Value};

use crate::diag::{Code, Diagnostic};
use crate::normalize::context::Cx;
use crate::normalize::keyword::{ObjectKind, family};
use crate::normalize::shape;
use crate::pointer::Path;

/// How a name of a type is spelled.
pub(super) enum Spelling {
    /// As the specification does.
    Exact,
    /// Another way, with the name (empty for any type) and the format it implies (or an empty one).
    Meant(&'static str, &'static str),
    /// Nobody knows.
    Unknown,
}

/// What a value of `type` is after the check.
pub(super) enum Fit {
    /// The name of one type.
    Plain,
    /// The name of one type, whose spelling implies a format.
    With(&'static str),
    /// A list, or `null`.
    Several,
    /// It has no value that could be used.
    Nothing,
}

/// What is meant by the name of a type.
pub(super) fn canonical(name: &str) -> Spelling {
    use Spelling::{Exact, Meant, Unknown};
    match name {
        "string" | "number" | "integer" | "boolean" | "object" | "array" | "null" => return Exact,
        _ => {}
    }
    match name.trim().to_ascii_lowercase().as_str() {
        "string" | "str" | "text" => Meant("string", ""),
        "date" => Meant("string", "date"),
        "datetime" | "date-time" | "timestamp" => Meant("string", "date-time"),
        "uuid" => Meant("string", "uuid"),
        "file" | "binary" => Meant("string", "binary"),
        "number" | "numeric" => Meant("number", ""),
        "float" => Meant("number", "float"),
        "double" => Meant("number", "double"),
        "integer" | "int" => Meant("integer", ""),
        "int32" => Meant("integer", "int32"),
        "int64" | "long" => Meant("integer", "int64"),
        "boolean" | "bool" => Meant("boolean", ""),
        "object" | "dict" | "map" => Meant("object", ""),
        "array" | "list" => Meant("array", ""),
        "null" | "none" | "nil" => Meant("null", ""),
        "any" | "mixed" => Meant("", ""),
        _ => Unknown,
    }
}

/// Checks and mends the value of `type`.
pub(super) fn fit(value: &mut Value, at: &Path<'_>, cx: &mut Cx<'_>) -> Fit {
    match value {
        Value::String(name) => match canonical(name) {
            Spelling::Exact if name == "null" => Fit::Several,
            Spelling::Exact => Fit::Plain,
            Spelling::Meant(meant, format) => {
                let read = if meant.is_empty() { "any type".to_owned() } else { format!("`{meant}`") };
                let message = format!("`{name}` is not a JSON type; it is read as {read}");
                cx.sloppy_value(at, message, &advice(meant, format));
                *value = Value::from(meant);
                match (meant, format) {
                    ("", _) => Fit::Nothing,
                    ("null", _) => Fit::Several,
                    (_, "") => Fit::Plain,
                    (_, format) => Fit::With(format),
                }
            }
            Spelling::Unknown => {
                unknown(name, at, cx);
                Fit::Nothing
            }
        },
        Value::Null => {
            cx.sloppy(
                at,
                "`type` has no value; it is read as the type `null`".to_owned(),
                "write `type: 'null'`",
            );
            *value = Value::from("null");
            Fit::Several
        }
        Value::Array(items) if items.is_empty() => {
            cx.sloppy(at, "`type` is empty".to_owned(), "any type is accepted; remove it");
            Fit::Nothing
        }
        Value::Array(items) => {
            shape::keep_items(items, at, cx, name_in_list);
            let any = items.iter().any(|item| item == "");
            if any || items.is_empty() { Fit::Nothing } else { Fit::Several }
        }
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => {
            cx.wrong(at, "the name of a JSON type, or an array of them", value);
            Fit::Nothing
        }
    }
}

fn name_in_list(item: &mut Value, at: &Path<'_>, cx: &mut Cx<'_>) -> bool {
    match fit(item, at, cx) {
        Fit::Plain | Fit::With(_) => true,
        Fit::Several => item.is_string(),
        Fit::Nothing => item == "",
    }
}

fn advice(meant: &str, format: &str) -> String {
    match (meant, format) {
        ("", _) => "remove `type` to allow any type".to_owned(),
        (_, "") => format!("write `{meant}`"),
        _ => format!("write `type: {meant}` and `format: {format}`"),
    }
}

fn unknown(name: &str, at: &Path<'_>, cx: &mut Cx<'_>) {
    let expected = "one of `string`, `number`, `integer`, `boolean`, `object`, `array`, `null`";
    let diagnostic =
        Diagnostic::new(Code::WrongShape, &cx.origin(at), format!("`{name}` is not a JSON type"))
            .label(format!("expected {expected}"))
            .help("choose one of them, or remove `type` to allow any type");
    cx.report(diagnostic);
}

/// Takes `null` out of `type`; a list of one becomes that one.
pub(super) fn nullable(map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) {
    let mut names: Vec<String> = match map.get("type") {
        Some(Value::Array(items)) => items.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        Some(Value::String(name)) => vec![name.clone()],
        _ => return,
    };
    let mut seen = std::collections::HashSet::new();
    names.retain(|name| seen.insert(name.clone()));
    if seen.remove("null") {
        names.retain(|name| name != "null");
        map.insert("nullable".to_owned(), Value::Bool(true));
    }
    match names.as_slice() {
        [] if map.get("nullable") == Some(&Value::Bool(true)) => {
            map.shift_remove("type");
            if !["enum", "anyOf", "oneOf", "allOf", "$ref", "properties"]
                .iter()
                .any(|key| map.contains_key(*key))
            {
                cx.made(path.key("enum").pointer(), &path.key("type"));
                map.insert("enum".to_owned(), Value::Array(vec![Value::Null]));
            }
        }
        [] => {
            map.shift_remove("type");
        }
        [one] => {
            map.insert("type".to_owned(), Value::from(one.as_str()));
        }
        several => {
            map.insert("type".to_owned(), several.iter().map(String::as_str).collect());
        }
    }
}

/// A list of types becomes a choice of schemas, each with the keywords that go with its type.
pub(super) fn spread(map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) {
    let Some(Value::Array(items)) = map.get("type") else { return };
    let mut names: Vec<String> = items.iter().filter_map(Value::as_str).map(str::to_owned).collect();
    if map.contains_key("anyOf") || map.contains_key("oneOf") {
        cx.drop_keyword(map, "type", "the alternatives next to it decide", path);
        return;
    }
    let mut shares = share_values(map, &mut names);
    if let [one] = names.as_slice() {
        map.insert("type".to_owned(), Value::from(one.as_str()));
        map.extend(shares.pop().map(|share| ("enum".to_owned(), share)));
        return;
    }
    map.shift_remove("type");
    let home = path.key("anyOf");
    let mut branches = Vec::new();
    for (at, name) in names.iter().enumerate() {
        cx.made(home.item(at).pointer(), path);
        branches.push(Map::from_iter([("type".to_owned(), Value::from(name.as_str()))]));
    }
    for (branch, share) in branches.iter_mut().zip(shares) {
        branch.insert("enum".to_owned(), share);
    }
    give_members(map, &names, &mut branches, path, cx);
    let all = ["string", "number", "boolean", "object", "array"];
    let bare = branches.iter().all(|branch| branch.len() == 1);
    if !bare || !all.iter().all(|ty| names.iter().any(|name| name == ty)) {
        map.insert("anyOf".to_owned(), branches.into_iter().map(Value::Object).collect());
    }
}

/// Moves the keywords that are about one type into the schema of that type.
fn give_members(
    map: &mut Map<String, Value>,
    names: &[String],
    branches: &mut [Map<String, Value>],
    path: &Path<'_>,
    cx: &mut Cx<'_>,
) {
    let home = path.key("anyOf");
    let keys: Vec<String> = map.keys().cloned().collect();
    for key in keys {
        let target = match key.as_str() {
            "format" => format_home(names, map.get("format").and_then(Value::as_str).unwrap_or_default()),
            _ => match ObjectKind::Schema.keyword(&key).map_or(0, |row| row.family) {
                0 => continue,
                bits => names.iter().position(|name| family::of(name) & bits != 0),
            },
        };
        let Some(at) = target else {
            cx.drop_keyword(map, &key, &format!("it does not apply to `{}`", names.join("`, `")), path);
            continue;
        };
        if let Some(value) = map.shift_remove(&key) {
            let rule = "an array of types becomes `anyOf`, each with its own keywords";
            cx.rewrite(&path.key(&key).pointer(), &home.item(at).key(&key).pointer(), rule);
            branches[at].insert(key, value);
        }
    }
}

/// Which of the types a format is about.
fn format_home(names: &[String], format: &str) -> Option<usize> {
    let numeric = matches!(format, "float" | "double" | "decimal" | "number")
        || format.strip_prefix('u').unwrap_or(format).starts_with("int");
    let (first, second) =
        if numeric { (family::NUMBER, family::STRING) } else { (family::STRING, family::NUMBER) };
    let find = |bits: u8| names.iter().position(|name| family::of(name) & bits != 0);
    find(first).or_else(|| find(second))
}

/// Splits the values of an `enum` by type; a type without values cannot occur. Empty if there is no `enum`.
fn share_values(map: &mut Map<String, Value>, names: &mut Vec<String>) -> Vec<Value> {
    let Some(Value::Array(values)) = map.get("enum") else { return Vec::new() };
    let fits = |name: &str| values.iter().any(|value| is_of(value, name));
    if !names.iter().any(|name| fits(name)) {
        return Vec::new();
    }
    names.retain(|name| fits(name));
    let Some(Value::Array(values)) = map.shift_remove("enum") else { return Vec::new() };
    let mut shares: Vec<Vec<Value>> = vec![Vec::new(); names.len()];
    for value in values {
        if let Some(at) = names.iter().position(|name| is_of(&value, name)) {
            shares[at].push(value);
        }
    }
    shares.into_iter().map(Value::Array).collect()
}

/// Whether a value is of a JSON type.
fn is_of(value: &Value, ty: &str) -> bool {
    match value {
        Value::Null => ty == "null",
        Value::Bool(_) => ty == "boolean",
        Value::Number(number) => ty == "number" || (ty == "integer" && !number.is_f64()),
        Value::String(_) => ty == "string",
        Value::Array(_) => ty == "array",
        Value::Object(_) => ty == "object",
    }
}

/// Takes out keywords that say nothing about values of the schema's type.
pub(super) fn inapplicable(families: u8, map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) {
    let Some(ty) = map.get("type").and_then(Value::as_str) else { return };
    let own = family::of(ty);
    if families & !own == 0 {
        return;
    }
    let foreign = |key: &&String| {
        ObjectKind::Schema.keyword(key).is_some_and(|row| row.family != 0 && row.family & own == 0)
    };
    let keys: Vec<String> = map.keys().filter(foreign).cloned().collect();
    let why = format!("it does not apply to the type `{ty}`");
    for key in keys {
        cx.drop_keyword(map, &key, &why, path);
    }
}
