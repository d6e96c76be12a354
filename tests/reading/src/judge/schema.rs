//! A document with all its schemas brought into JSON Schema 2020-12, in place, so that pointers stay as they are.

use super::Side;
use crate::document::{Dialect, Document};
use serde_json::{Map, Value, json};

/// Keywords whose value is a schema.
const ONE: [&str; 12] = [
    "items",
    "additionalProperties",
    "not",
    "if",
    "then",
    "else",
    "contains",
    "propertyNames",
    "unevaluatedProperties",
    "unevaluatedItems",
    "contentSchema",
    "additionalItems",
];
/// Keywords whose value is a list of schemas.
const LIST: [&str; 4] = ["allOf", "anyOf", "oneOf", "prefixItems"];
/// Keywords whose value is a map of schemas.
const MAP: [&str; 5] = ["properties", "patternProperties", "$defs", "definitions", "dependentSchemas"];

/// The document as a validator can use it.
pub(super) fn convert(document: &Document, side: Side) -> Value {
    let mut root = document.root().clone();
    let rules = Rules { dialect: document.dialect(), side };
    if let Some(schemas) = root.pointer_mut("/components/schemas").and_then(Value::as_object_mut) {
        schemas.values_mut().for_each(|schema| rules.schema(schema));
    }
    for section in
        ["parameters", "headers", "requestBodies", "responses", "pathItems", "callbacks", "mediaTypes"]
    {
        if let Some(section) = root.pointer_mut(&format!("/components/{section}")) {
            rules.search(section);
        }
    }
    for section in ["paths", "webhooks"] {
        if let Some(section) = root.get_mut(section) {
            rules.search(section);
        }
    }
    document.families().judge(&mut root);
    // Identifiers would move the base that references are read against.
    if let Some(map) = root.as_object_mut() {
        map.retain(|key, _| matches!(key.as_str(), "components" | "paths" | "webhooks"));
    }
    root
}

/// A reference with what no URI may hold escaped: people write paths into it as they are.
fn escaped(reference: &str) -> String {
    let mut out = String::with_capacity(reference.len());
    for c in reference.chars() {
        match c {
            '{' | '}' | ' ' | '"' | '<' | '>' | '`' | '^' | '|' | '\\' | '[' | ']' => {
                out.push_str(&format!("%{:02X}", u32::from(c)));
            }
            _ => out.push(c),
        }
    }
    out
}

struct Rules {
    dialect: Dialect,
    side: Side,
}

impl Rules {
    /// Converts every schema below a node that is no schema itself.
    fn search(&self, node: &mut Value) {
        match node {
            Value::Object(map) => {
                for (key, value) in map.iter_mut() {
                    match key.as_str() {
                        "schema" => self.schema(value),
                        "example" | "examples" | "x-codeSamples" => {}
                        _ => self.search(value),
                    }
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.search(item)),
            _ => {}
        }
    }

    fn schema(&self, node: &mut Value) {
        let Some(map) = node.as_object_mut() else { return };
        if self.dialect == Dialect::V30
            && let Some(reference) = map.get("$ref").and_then(Value::as_str)
        {
            *map = Map::from_iter([("$ref".to_owned(), Value::from(escaped(reference)))]);
            return;
        }
        if let Some(Value::String(reference)) = map.get_mut("$ref") {
            *reference = escaped(reference);
        }
        self.required(map);
        for (key, value) in map.iter_mut() {
            let key = key.as_str();
            if ONE.contains(&key) {
                self.schema(value);
            } else if LIST.contains(&key) {
                value.as_array_mut().into_iter().flatten().for_each(|one| self.schema(one));
            } else if MAP.contains(&key) {
                value.as_object_mut().into_iter().flat_map(Map::values_mut).for_each(|one| self.schema(one));
            }
        }
        for key in ["example", "examples", "default", "$schema", "$id"] {
            map.remove(key);
        }
        // The discriminator decides, whatever else would also fit.
        if map.contains_key("discriminator")
            && !map.contains_key("anyOf")
            && let Some(branches) = map.remove("oneOf")
        {
            map.insert("anyOf".to_owned(), branches);
        }
        tagged(map);
        // In 3.1 these spellings are wrong, but documents that were 3.0 once still have them.
        old_bounds(map);
        if map.remove("nullable") == Some(Value::Bool(true)) {
            nullable(map);
        }
    }

    /// Takes the members of the other side out of `required`, and what stands there twice.
    fn required(&self, map: &mut Map<String, Value>) {
        if let Some(required) = map.get_mut("required").and_then(Value::as_array_mut) {
            let mut seen = Vec::new();
            required.retain(|name| {
                !seen.contains(name) && {
                    seen.push(name.clone());
                    true
                }
            });
        }
        let mark = match self.side {
            Side::Request => "readOnly",
            Side::Response => "writeOnly",
            Side::Both => return,
        };
        let Some(properties) = map.get("properties").and_then(Value::as_object) else { return };
        let away: Vec<String> =
            properties.iter().filter(|(_, p)| p[mark] == true).map(|(name, _)| name.clone()).collect();
        if let Some(required) = map.get_mut("required").and_then(Value::as_array_mut) {
            required.retain(|name| !away.iter().any(|gone| name == gone));
        }
    }
}

/// Lets a schema accept null too, keeping every keyword where it stands: pointers into it must go on working.
fn nullable(map: &mut Map<String, Value>) {
    if let Some(reference) = map.remove("$ref") {
        map.insert("anyOf".to_owned(), json!([{"$ref": reference}, {"type": "null"}]));
        return;
    }
    if let Some(value) = map.remove("const") {
        map.insert("enum".to_owned(), json!([value]));
    }
    match map.get_mut("type") {
        Some(Value::Array(types)) => types.push(json!("null")),
        Some(one) => *one = json!([one, "null"]),
        None => {}
    }
    for (key, value) in map.iter_mut() {
        let Some(items) = value.as_array_mut() else { continue };
        match key.as_str() {
            "enum" => items.push(Value::Null),
            "anyOf" => items.push(json!({"type": "null"})),
            "oneOf" if !items.iter().any(takes_null) => items.push(json!({"type": "null"})),
            "allOf" => items.iter_mut().filter_map(Value::as_object_mut).for_each(nullable),
            _ => {}
        }
    }
}

fn takes_null(schema: &Value) -> bool {
    match &schema["type"] {
        Value::Array(types) => types.iter().any(|t| t == "null"),
        one => one == "null",
    }
}

/// The tag in a body says which branch of a union it must fit, where there is a mapping.
fn tagged(map: &mut Map<String, Value>) {
    let Some(branches) = map.get("anyOf").and_then(Value::as_array) else { return };
    let Some(property) = map.get("discriminator").and_then(|one| one["propertyName"].as_str()) else {
        return;
    };
    // By reference or by the name of a component.
    let find = |target: &Value| {
        let target = target.as_str().map(escaped)?;
        let component = format!("#/components/schemas/{target}");
        let reference = |branch: &Value| branch["$ref"].as_str().map(str::to_owned);
        branches.iter().filter_map(reference).find(|one| *one == target || *one == component)
    };
    let mut conditions = Vec::new();
    let mut tags = Vec::new();
    for (tag, target) in map["discriminator"]["mapping"].as_object().into_iter().flatten() {
        if let Some(reference) = find(target) {
            conditions.push(condition(property, tag, &reference));
            tags.extend(values(tag));
        }
    }
    if let Some(reference) = map["discriminator"].get("defaultMapping").and_then(find) {
        conditions.push(json!({"if": {"not": says(property, &tags)}, "then": {"$ref": reference}}));
    }
    if !conditions.is_empty()
        && let Value::Array(all) = map.entry("allOf").or_insert_with(|| json!([]))
    {
        all.extend(conditions);
    }
}

/// An object with this tag must fit that schema.
pub(crate) fn condition(property: &str, tag: &str, reference: &str) -> Value {
    json!({"if": says(property, &values(tag)), "then": {"$ref": reference}})
}

/// An object whose tag is one of these.
fn says(property: &str, tags: &[Value]) -> Value {
    json!({"type": "object", "required": [property], "properties": {property: {"enum": tags}}})
}

/// What a key of a mapping may stand for: keys are text, whatever the tag is.
fn values(tag: &str) -> Vec<Value> {
    let scalar = serde_json::from_str(tag).ok().filter(|value: &Value| value.is_i64() || value.is_boolean());
    [Value::from(tag)].into_iter().chain(scalar).collect()
}

/// `exclusiveMinimum: true` beside `minimum` becomes the number itself; the same for the maximum.
fn old_bounds(map: &mut Map<String, Value>) {
    for (bound, exclusive) in [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")] {
        match map.get(exclusive) {
            Some(Value::Bool(true)) => {
                let limit = map.remove(bound);
                map.remove(exclusive);
                if let Some(limit) = limit {
                    map.insert(exclusive.to_owned(), limit);
                }
            }
            Some(Value::Bool(false)) => {
                map.remove(exclusive);
            }
            _ => {}
        }
    }
}
