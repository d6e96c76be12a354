//! A small document cut out of a large one: a few paths, and what they refer to. So thousands of changes of documents of megabytes
//! can be tried in minutes.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::numbers::Numbers;

/// Components that are taken along; what is behind them becomes an object of any kind.
const MOST: usize = 60;

/// A few paths of the document with what they refer to.
pub fn slice(whole: &Value, numbers: &mut Numbers<'_>) -> Value {
    let mut out = Map::new();
    for (key, value) in whole.as_object().into_iter().flatten() {
        let kept = match key.as_str() {
            "paths" | "webhooks" => some(value, numbers),
            "components" | "tags" => continue,
            _ => value.clone(),
        };
        out.insert(key.clone(), kept);
    }
    let mut taken = BTreeSet::new();
    let mut open = Vec::new();
    for value in out.values() {
        references(value, &mut open);
    }
    let mut components = Map::new();
    if let Some(schemes) = whole.pointer("/components/securitySchemes") {
        components.insert("securitySchemes".to_owned(), schemes.clone());
    }
    while let Some(reference) = open.pop() {
        let Some(place) = reference.strip_prefix("#/components/") else { continue };
        let Some((section, key)) = place.split_once('/') else { continue };
        let key = key.split('/').next().unwrap_or_default();
        if !taken.insert(format!("{section}/{key}")) {
            continue;
        }
        let Some(found) = whole.pointer(&format!("/components/{section}/{key}")) else { continue };
        let value = if taken.len() > MOST { json!({"type": "object"}) } else { found.clone() };
        references(&value, &mut open);
        let key = key.replace("~1", "/").replace("~0", "~");
        if let Some(section) = components.entry(section).or_insert_with(|| json!({})).as_object_mut() {
            section.insert(key, value);
        }
    }
    out.insert("components".to_owned(), Value::Object(components));
    Value::Object(out)
}

/// One to three members of a mapping.
fn some(value: &Value, numbers: &mut Numbers<'_>) -> Value {
    let Some(members) = value.as_object().filter(|members| !members.is_empty()) else { return value.clone() };
    let chosen: BTreeSet<usize> = (0..=numbers.below(3)).map(|_| numbers.below(members.len())).collect();
    let kept = members.iter().enumerate().filter(|(index, _)| chosen.contains(index));
    Value::Object(kept.map(|(_, (key, value))| (key.clone(), value.clone())).collect())
}

fn references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                match value {
                    Value::String(text) if key == "$ref" || text.starts_with("#/components/") => {
                        found.push(text.clone())
                    }
                    _ => references(value, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}
