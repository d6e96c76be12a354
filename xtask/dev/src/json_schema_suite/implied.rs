//! Detects valid instances that contradict the type that a schema implies.
//!
//! `properties` without `type: object` does not restrict arrays, so the suite calls arrays valid. In an OpenAPI document such a
//! schema means an object, and becomes a struct. To distinguish this from a bug, the schema is reduced to a skeleton: types,
//! properties, items, references and alternatives, with the implied types added. A valid instance that does not match the
//! skeleton has another type than the implied one.

use jsonschema::Validator;
use serde_json::{Map, Value, json};

/// A schema reduced to its types.
pub(super) struct Skeleton(Option<Validator>);

impl Skeleton {
    /// Reduces a schema of the suite.
    pub(super) fn new(schema: &Value) -> Self {
        let options = jsonschema::options().with_draft(jsonschema::Draft::Draft202012);
        Self(options.should_validate_formats(true).build(&skeleton(schema)).ok())
    }

    /// Returns where and how the instance contradicts the implied type.
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
                // At least one branch must match; which one does not matter here.
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

/// Returns whether a format has its own type.
fn is_typed(format: &Value) -> bool {
    ["date", "date-time", "uuid"].iter().any(|name| format == name)
}

/// Returns the type that the keywords apply to.
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
    let properties = value.as_object().into_iter().flatten();
    Value::Object(properties.map(|(key, value)| (key.clone(), skeleton(value))).collect())
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
        let properties = json!({"properties": {"a": {"items": {"type": "string"}}}, "required": ["a"]});
        assert!(contradicts(properties.clone(), json!([])));
        assert!(contradicts(properties.clone(), json!({"a": 1})));
        assert!(!contradicts(properties.clone(), json!({"a": ["x"]})));
        assert!(!contradicts(properties, json!({})));
        assert!(!contradicts(json!({"minimum": 3}), json!("text")));
        assert!(contradicts(json!({"type": "string", "format": "date"}), json!("06/19/1963")));
        assert!(contradicts(json!({"type": "string", "contentEncoding": "base64"}), json!("{}")));
        assert!(!contradicts(json!({"type": "string", "contentEncoding": "base64"}), json!("eyJ9Cg==")));
        assert!(!contradicts(json!({"oneOf": [{"minLength": 1}, {"type": "integer"}]}), json!(1)));
        assert!(contradicts(json!({"oneOf": [{"minLength": 1}, {"type": "integer"}]}), json!([])));
    }
}
