//! The same document in another order or another spelling.

use super::random;
use serde_json::Value;
use std::fmt::Write as _;

/// A document with every map in another order.
pub fn shuffled(value: Value, seed: &mut u64) -> Value {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<(usize, String, Value)> = map
                .into_iter()
                .map(|(key, value)| (random(seed, usize::MAX), key, shuffled(value, seed)))
                .collect();
            entries.sort_by_key(|(rank, ..)| *rank);
            entries.into_iter().map(|(_, key, value)| (key, value)).collect()
        }
        Value::Array(items) => items.into_iter().map(|item| shuffled(item, seed)).collect(),
        other => other,
    }
}

/// A document as YAML, in block style; texts are written as JSON writes them.
pub fn yaml(value: &Value) -> String {
    let mut out = String::new();
    block(value, 0, &mut out);
    out
}

fn block(value: &Value, indent: usize, out: &mut String) {
    match value {
        Value::Object(map) if !map.is_empty() => {
            for (key, value) in map {
                let _ = write!(out, "\n{:indent$}{}:", "", Value::from(key.as_str()));
                block(value, indent + 2, out);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for item in items {
                let _ = write!(out, "\n{:indent$}-", "");
                block(item, indent + 2, out);
            }
        }
        scalar => {
            let _ = write!(out, " {scalar}");
        }
    }
}
