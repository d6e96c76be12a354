//! Whether a valid instance contradicts the type that a schema implies.
//!
//! `properties` without `type: object` says nothing about an array, so the suite calls the array valid. In a description of an API
//! such a schema means an object, and becomes a struct. To tell this from a fault, the schema is reduced to what is about types
//! (`type`, members, items, references, alternatives), with the implied types written out: a valid instance that does
//! not fit this skeleton is of another type than the one implied.

use jsonschema::Validator;
use serde_json::{Map, Value, json};

/// A schema reduced to types.
pub(super) struct Skeleton(Option<Validator>);

impl Skeleton {
    /// Of a schema of the suite.
    pub(super) fn new(schema: &Value) -> Self {
        let options = jsonschema::options().with_draft(jsonschema::Draft::Draft202012);
        Self(options.should_validate_formats(true).build(&skeleton(schema)).ok())
    }

    /// Where and how the instance contradicts the implied type.
    pub(super) fn contradicts(&self, instance: &Value) -> Option<String> {
        let error = self.0.as_ref()?.iter_errors(instance).next()?;
        Some(format!("{error}"))
    }
}

fn skeleton(schema: &Value) -> Value {
    let Value::Object(map) = schema else { return schema.clone() };
    let mut out = Map::new();
    for (key, value) in map {
        let value = match key.as_str() {
            "$id" | "$anchor" | "$ref" | "type" => value.clone(),
            "format" if is_typed(value) => value.clone(),
            "contentEncoding" if value == "base64" => {
                out.insert("pattern".to_owned(), "^[A-Za-z0-9+/\\s]*=*$".into());
                out.insert("minLength".to_owned(), 4.into());
                continue;
            }
            "items" | "additionalProperties" => skeleton(value),
            "properties" | "patternProperties" | "$defs" => each(value),
            "prefixItems" | "allOf" => list(value),
            "anyOf" | "oneOf" => {
                // Either way one branch must fit; which one is not the question here.
                let all = out.entry("allOf").or_insert_with(|| json!([]));
                all.as_array_mut().into_iter().for_each(|all| all.push(json!({"anyOf": list(value)})));
                continue;
            }
            _ => continue,
        };
        match (key.as_str(), out.get_mut("allOf"), value) {
            ("allOf", Some(Value::Array(all)), Value::Array(more)) => all.extend(more),
            (_, _, value) => drop(out.insert(key.clone(), value)),
        }
    }
    if !map.contains_key("type")
        && !map.contains_key("enum")
        && !map.contains_key("const")
        && let Some(implied) = implied(map)
    {
        out.insert("type".to_owned(), Value::from(implied));
    }
    Value::Object(out)
}

/// Formats that are types of their own.
fn is_typed(format: &Value) -> bool {
    ["date", "date-time", "uuid"].iter().any(|name| format == name)
}

/// The type that the keywords are about.
fn implied(map: &Map<String, Value>) -> Option<&'static str> {
    let says = |keys: &[&str]| keys.iter().any(|key| map.contains_key(*key));
    if says(&["properties", "patternProperties", "additionalProperties", "unevaluatedProperties"]) {
        Some("object")
    } else if says(&["items", "prefixItems"]) {
        Some("array")
    } else if says(&["pattern", "minLength", "maxLength", "format", "contentEncoding", "contentMediaType"]) {
        Some("string")
    } else {
        None
    }
}

fn each(value: &Value) -> Value {
    let members = value.as_object().into_iter().flatten();
    Value::Object(members.map(|(key, value)| (key.clone(), skeleton(value))).collect())
}

fn list(value: &Value) -> Value {
    value.as_array().into_iter().flatten().map(skeleton).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_implied_types_are_contradicted() {
        let contradicts = |schema: Value, data: Value| Skeleton::new(&schema).contradicts(&data).is_some();
        let members = json!({"properties": {"a": {"items": {"type": "string"}}}, "required": ["a"]});
        assert!(contradicts(members.clone(), json!([])));
        assert!(contradicts(members.clone(), json!({"a": 1})));
        assert!(!contradicts(members.clone(), json!({"a": ["x"]})));
        assert!(!contradicts(members, json!({})));
        assert!(!contradicts(json!({"minimum": 3}), json!("text")));
        assert!(contradicts(json!({"type": "string", "format": "date"}), json!("06/19/1963")));
        assert!(contradicts(json!({"type": "string", "contentEncoding": "base64"}), json!("{}")));
        assert!(!contradicts(json!({"type": "string", "contentEncoding": "base64"}), json!("eyJ9Cg==")));
        assert!(!contradicts(json!({"oneOf": [{"minLength": 1}, {"type": "integer"}]}), json!(1)));
        assert!(contradicts(json!({"oneOf": [{"minLength": 1}, {"type": "integer"}]}), json!([])));
    }
}
