//! A schema for values that were seen. It accepts all of them, and requires nothing: what was seen is not all that can come.

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use super::compare::kind_of;
use super::secret;

/// Properties of an object from which on it is a map.
const MOST_PROPERTIES: usize = 60;
/// Levels that are described.
const MOST_LEVELS: usize = 10;

/// What was seen at a location.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Inferred {
    is_null: bool,
    /// JSON types of scalars, in the order of their first value.
    scalars: Vec<&'static str>,
    items: Option<Box<Inferred>>,
    object: Option<Object>,
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Object {
    properties: IndexMap<String, Inferred>,
    /// Values whose keys are data.
    others: Option<Box<Inferred>>,
}

impl Inferred {
    pub(super) fn add(&mut self, value: &Value) {
        self.add_at(value, 0);
    }

    fn add_at(&mut self, value: &Value, level: usize) {
        match value {
            Value::Null => self.is_null = true,
            Value::Array(items) => {
                let of = self.items.get_or_insert_default();
                items.iter().filter(|_| level < MOST_LEVELS).for_each(|item| of.add_at(item, level + 1));
            }
            Value::Object(members) => {
                let of = self.object.get_or_insert_default();
                for (key, value) in members.iter().filter(|_| level < MOST_LEVELS) {
                    let known = of.properties.len();
                    if secret::is_name(key) && (known < MOST_PROPERTIES || of.properties.contains_key(key)) {
                        of.properties.entry(key.clone()).or_default().add_at(value, level + 1);
                    } else {
                        of.others.get_or_insert_default().add_at(value, level + 1);
                    }
                }
            }
            Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                let kind = kind_of(value);
                if !self.scalars.contains(&kind) {
                    self.scalars.push(kind);
                }
            }
        }
    }

    /// The JSON types that were seen, without `null`; a number may be an integer.
    pub(super) fn kinds(&self) -> Vec<&'static str> {
        let is_number = self.scalars.contains(&"number");
        let mut kinds: Vec<&'static str> =
            self.scalars.iter().copied().filter(|kind| *kind != "integer" || !is_number).collect();
        kinds.extend(self.items.as_ref().map(|_| "array"));
        kinds.extend(self.object.as_ref().map(|_| "object"));
        kinds
    }

    /// The schema, in the words of OpenAPI 3.0, or of later versions.
    pub(super) fn schema(&self, is_30: bool) -> Value {
        let kinds = self.kinds();
        match kinds.as_slice() {
            [] => json!({}),
            [kind] => self.one(kind, is_30, self.is_null),
            kinds => {
                let mut branches: Vec<Value> =
                    kinds.iter().map(|kind| self.one(kind, is_30, false)).collect();
                if self.is_null && !is_30 {
                    branches.push(json!({"type": "null"}));
                }
                let mut schema = Map::from_iter([("anyOf".to_owned(), Value::Array(branches))]);
                if self.is_null && is_30 {
                    schema.insert("nullable".to_owned(), Value::Bool(true));
                }
                Value::Object(schema)
            }
        }
    }

    fn one(&self, kind: &str, is_30: bool, is_nullable: bool) -> Value {
        let mut schema = Map::new();
        let ty = if is_nullable && !is_30 { json!([kind, "null"]) } else { json!(kind) };
        schema.insert("type".to_owned(), ty);
        if is_nullable && is_30 {
            schema.insert("nullable".to_owned(), Value::Bool(true));
        }
        match (kind, &self.items, &self.object) {
            ("array", Some(items), _) => {
                schema.insert("items".to_owned(), items.schema(is_30));
            }
            ("object", _, Some(object)) => object.describe(&mut schema, is_30),
            _ => {}
        }
        Value::Object(schema)
    }
}

impl Object {
    fn describe(&self, schema: &mut Map<String, Value>, is_30: bool) {
        match &self.others {
            // Keys that are data make a map, whatever else is there.
            Some(others) => {
                let mut all = others.as_ref().clone();
                self.properties.values().for_each(|one| all.merge(one));
                schema.insert("additionalProperties".to_owned(), all.schema(is_30));
            }
            None if self.properties.is_empty() => {}
            None => {
                let properties = self.properties.iter().map(|(name, of)| (name.clone(), of.schema(is_30)));
                schema.insert("properties".to_owned(), Value::Object(properties.collect()));
            }
        }
    }
}

impl Inferred {
    pub(super) fn merge(&mut self, other: &Self) {
        self.is_null |= other.is_null;
        for kind in &other.scalars {
            if !self.scalars.contains(kind) {
                self.scalars.push(kind);
            }
        }
        if let Some(items) = &other.items {
            self.items.get_or_insert_default().merge(items);
        }
        if let Some(object) = &other.object {
            let own = self.object.get_or_insert_default();
            for (name, of) in &object.properties {
                own.properties.entry(name.clone()).or_default().merge(of);
            }
            if let Some(others) = &object.others {
                own.others.get_or_insert_default().merge(others);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Inferred;

    fn of(values: &[Value], is_30: bool) -> Value {
        let mut inferred = Inferred::default();
        values.iter().for_each(|value| inferred.add(value));
        inferred.schema(is_30)
    }

    #[test]
    fn a_schema_accepts_what_was_seen() {
        let values = [json!({"a": 1, "b": null, "c": [{"d": true}]}), json!({"a": 1.5, "b": "x", "c": []})];
        let nullable = json!({"type": "string", "nullable": true});
        let items = json!({"type": "object", "properties": {"d": {"type": "boolean"}}});
        let expected = json!({"type": "object", "properties": {
            "a": {"type": "number"}, "b": nullable, "c": {"type": "array", "items": items}}});
        assert_eq!(of(&values, true), expected);
        assert_eq!(of(&values, false)["properties"]["b"], json!({"type": ["string", "null"]}));
        assert_eq!(
            of(&[json!(1), json!("x"), Value::Null], false),
            json!({"anyOf": [{"type": "integer"}, {"type": "string"}, {"type": "null"}]})
        );
        assert_eq!(of(&[Value::Null], true), json!({}));
        assert_eq!(of(&[json!([])], true), json!({"type": "array", "items": {}}));
    }

    #[test]
    fn keys_that_are_data_make_a_map() {
        let values = [json!({"wf_8d1c2b3a4f5e6d7c8b9a": 1, "name": "x"})];
        let expected = json!({"type": "object", "additionalProperties": {"anyOf": [{"type": "integer"}, {"type": "string"}]}});
        assert_eq!(of(&values, true), expected);
    }
}
