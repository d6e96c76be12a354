//! What is said about the values of a schema, as words for the documentation.

use serde_json::{Map, Value};

use crate::markdown::code_span;

/// The keywords that are put into words, in that order, however the document has them: equal schemas have equal docs.
const KEYS: [&str; 11] = [
    "minimum",
    "maximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
];

/// Whether a keyword is put into words.
pub(super) fn is_constraint(key: &str) -> bool {
    KEYS.contains(&key)
}

/// Bounds, lengths and patterns in words.
pub(super) fn constraints(schema: &Map<String, Value>) -> Vec<String> {
    let exclusive = |key: &str| schema.get(key).and_then(Value::as_bool).unwrap_or(false);
    let mut out = Vec::new();
    for (key, value) in KEYS.iter().filter_map(|key| Some((*key, schema.get(*key)?))) {
        let words = match key {
            "minimum" if exclusive("exclusiveMinimum") => format!("greater than {}", plain(value)),
            "minimum" => format!("at least {}", plain(value)),
            "maximum" if exclusive("exclusiveMaximum") => format!("less than {}", plain(value)),
            "maximum" => format!("at most {}", plain(value)),
            "multipleOf" => format!("a multiple of {}", plain(value)),
            "minLength" => format!("at least {} characters", plain(value)),
            "maxLength" => format!("at most {} characters", plain(value)),
            "minItems" => format!("at least {} items", plain(value)),
            "maxItems" => format!("at most {} items", plain(value)),
            "minProperties" => format!("at least {} properties", plain(value)),
            "maxProperties" => format!("at most {} properties", plain(value)),
            "uniqueItems" if value.as_bool() == Some(true) => "items are unique".to_owned(),
            "pattern" => match value.as_str() {
                Some(pattern) => format!("pattern {}", code_span(pattern)),
                None => continue,
            },
            _ => continue,
        };
        out.push(words);
    }
    out
}

/// A number as people write it: `300`, not `300.0`.
fn plain(value: &Value) -> String {
    match value.as_f64() {
        Some(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        _ => value.to_string(),
    }
}
