//! Values for a gathered shape: the choice of type, objects and arrays.

use super::Mode;
use super::maker::{Maker, list};
use super::shape::Shape;
use crate::document::escape;
use crate::judge::Side;
use crate::pattern;
use serde_json::{Map, Value, json};

impl<'d> Maker<'d> {
    /// A value for everything that was gathered.
    pub(super) fn fit(&mut self, shape: &Shape<'d>) -> Option<Value> {
        let first = shape.nodes.first().map_or_else(String::new, |(place, _)| place.clone());
        if let Some(mut values) = shape.values() {
            if values.len() > 1 {
                values.retain(|value| !value.is_null());
            }
            // The place of the enum itself, so that its values take turns wherever it is used.
            let place =
                shape.nodes.iter().find(|(_, map)| map.contains_key("enum")).map(|(place, _)| place.clone());
            let chosen = self.choose(&format!("{}/enum", place.unwrap_or(first)), values.len(), 0);
            return values.into_iter().nth(chosen);
        }
        let types = shape.types();
        if types.is_empty() && shape.all("type").next().is_some() {
            return None;
        }
        let chosen = self.choose(&format!("{first}/type"), types.len(), 0);
        match types.get(chosen).map(String::as_str).or_else(|| shape.implied()) {
            Some("object") => self.object(shape),
            Some("array") => self.array(shape),
            Some("string") => self.string(shape).map(Value::String),
            Some("integer") => self.integer(shape),
            Some("number") => self.number(shape),
            Some("boolean") => Some(Value::Bool(self.choose(&format!("{first}/boolean"), 2, 0) == 0)),
            Some("null") => Some(Value::Null),
            Some(_) => None,
            None => Some(self.anything()),
        }
    }

    /// A value for a schema that says nothing.
    pub(super) fn anything(&mut self) -> Value {
        let kinds = [
            json!("anything"),
            json!({"free": ["form", 1, 2.5, null], "nested": {"deep": true}}),
            json!(7),
            json!([]),
            json!([{"a": {}}, "b"]),
            json!(false),
            json!(-1.5e-3),
        ];
        let chosen = if self.lean() { 0 } else { self.random(kinds.len()) };
        kinds[chosen].clone()
    }

    fn object(&mut self, shape: &Shape<'d>) -> Option<Value> {
        let required: Vec<&str> =
            shape.all("required").filter_map(Value::as_array).flatten().filter_map(Value::as_str).collect();
        let mut members = self.members(shape);
        for name in &required {
            if !members.iter().any(|(known, _)| known == name) {
                members.push(((*name).to_owned(), further(shape)));
            }
        }
        for (name, _) in &shape.tags {
            if !members.iter().any(|(known, _)| known == name) {
                members.push((name.clone(), Vec::new()));
            }
        }
        let lean = self.lean();
        let tagged = |name: &str| shape.tags.iter().any(|(tag, _)| tag == name);
        let varied = self.mode == Mode::Varied;
        members.retain(|(name, _)| {
            required.contains(&name.as_str()) || tagged(name) || (!lean && (!varied || self.random(3) > 0))
        });
        if let Some(most) = shape.least("maxProperties") {
            members.sort_by_key(|(name, _)| !required.contains(&name.as_str()));
            members.truncate(most as usize);
        }
        let mut out = Map::new();
        let mut pool = self.fuel;
        for (i, (name, places)) in members.iter().enumerate() {
            let share = pool / (members.len() - i);
            self.fuel = share;
            let value = self.member(shape, name, places);
            pool -= share - self.fuel.min(share);
            match value {
                Some(value) => drop(out.insert(name.clone(), value)),
                None if required.contains(&name.as_str()) => return None,
                None => {}
            }
        }
        self.fuel = pool;
        self.extras(shape, &mut out);
        Some(Value::Object(out))
    }

    /// Names and schemas of the declared members, without those of the other side of a call.
    fn members(&self, shape: &Shape<'d>) -> Vec<(String, Vec<String>)> {
        let mut members: Vec<(String, Vec<String>)> = Vec::new();
        for (place, map) in &shape.nodes {
            let Some(properties) = map.get("properties").and_then(Value::as_object) else { continue };
            for (name, schema) in properties {
                let other = match self.side {
                    Side::Request => schema["readOnly"] == true,
                    Side::Response => schema["writeOnly"] == true,
                    Side::Both => false,
                };
                if other || schema == &Value::Bool(false) {
                    continue;
                }
                let here = format!("{place}/properties/{}", escape(name));
                match members.iter_mut().find(|(known, _)| known == name) {
                    Some((_, places)) => places.push(here),
                    None => members.push((name.clone(), vec![here])),
                }
            }
        }
        // A schema that is closed shuts out what its neighbours in an `allOf` declare.
        for (_, map) in &shape.nodes {
            if map.get("additionalProperties") == Some(&Value::Bool(false))
                && !map.contains_key("patternProperties")
            {
                let own = map.get("properties").and_then(Value::as_object);
                members.retain(|(name, _)| own.is_some_and(|own| own.contains_key(name)));
            }
        }
        members
    }

    fn member(&mut self, shape: &Shape<'d>, name: &str, places: &[String]) -> Option<Value> {
        let Some((_, tag)) = shape.tags.iter().find(|(known, _)| known == name) else {
            return self.value(places);
        };
        let schemas =
            || places.iter().filter_map(|place| self.document.resolve(place)).map(|(_, schema)| schema);
        let is_other = schemas().any(|schema| schema["type"] == "integer" || schema["type"] == "boolean");
        // Keys of a mapping are text, whatever the tag is.
        let tag = match tag.as_str() {
            Some(text) if is_other => serde_json::from_str(text).unwrap_or_else(|_| tag.clone()),
            _ => tag.clone(),
        };
        // The schema's own word on the tag stands above the name that the mapping gives.
        let own = schemas().find_map(|schema| {
            let one = schema.get("const").map(std::slice::from_ref);
            one.or_else(|| schema.get("enum").and_then(Value::as_array).map(Vec::as_slice))
        });
        match own {
            Some(values) if !values.contains(&tag) => self.value(places),
            _ => Some(tag),
        }
    }

    /// Members that the schema types without naming them.
    fn extras(&mut self, shape: &Shape<'d>, out: &mut Map<String, Value>) {
        let least = shape.count("minProperties").unwrap_or(0);
        let most = shape.least("maxProperties").map_or(usize::MAX, |n| n as usize);
        let declared = shape.all("properties").next().is_some();
        let closed = shape.all("additionalProperties").any(|value| value == &Value::Bool(false));
        let wanted = if self.lean() || (declared && further(shape).is_empty() && least == 0) { 0 } else { 2 };
        let patterns: Vec<(String, String)> = shape
            .nodes
            .iter()
            .filter_map(|(place, map)| Some((place, map.get("patternProperties")?.as_object()?)))
            .flat_map(|(place, map)| {
                map.keys().map(move |key| (key.clone(), format!("{place}/patternProperties/{}", escape(key))))
            })
            .collect();
        for turn in
            0..least.max(out.len() + wanted).saturating_sub(out.len()).min(most.saturating_sub(out.len()))
        {
            let (name, places) = match patterns.get(turn % patterns.len().max(1)) {
                Some((pattern, place)) => {
                    let Some(name) = pattern::string(pattern, true, &mut |n| self.random(n)) else {
                        continue;
                    };
                    (name, vec![place.clone()])
                }
                None if closed => return,
                None => (self.further_name(shape, turn), further(shape)),
            };
            if out.contains_key(&name) {
                continue;
            }
            if let Some(value) = self.value(&places) {
                out.insert(name, value);
            }
        }
    }

    /// A name for a member that is not declared.
    fn further_name(&mut self, shape: &Shape<'d>, turn: usize) -> String {
        let names = shape.all("propertyNames").next();
        if let Some(values) = names.and_then(|n| n["enum"].as_array()).filter(|values| !values.is_empty()) {
            return values[turn % values.len()].as_str().unwrap_or_default().to_owned();
        }
        let pattern = names.and_then(|n| n["pattern"].as_str());
        let made = pattern.and_then(|pattern| pattern::string(pattern, true, &mut |n| self.random(n)));
        made.unwrap_or_else(|| {
            ["extra", "further key/2", "ключ", "x-4", "5"][turn % 5].to_owned() + &"'".repeat(turn / 5)
        })
    }

    fn array(&mut self, shape: &Shape<'d>) -> Option<Value> {
        let prefix: Vec<String> = shape
            .nodes
            .iter()
            .flat_map(|(place, map)| {
                (0..list(map, "prefixItems").len()).map(move |i| format!("{place}/prefixItems/{i}"))
            })
            .collect();
        let items: Vec<String> = shape
            .nodes
            .iter()
            .filter(|(_, map)| map.contains_key("items"))
            .map(|(place, _)| format!("{place}/items"))
            .collect();
        let closed = shape.all("items").any(|value| value == &Value::Bool(false));
        let least = shape.count("minItems").unwrap_or(0).max(if self.lean() { 0 } else { prefix.len() });
        let most = shape.least("maxItems").map_or(usize::MAX, |n| n as usize);
        let wanted = match self.mode {
            _ if self.lean() => least,
            Mode::Varied => least + self.random(3),
            _ => least.max(prefix.len() + 2),
        };
        let wanted = wanted.min(most).min(if closed { prefix.len() } else { 1_000 });
        let unique = shape.all("uniqueItems").any(|value| value == &Value::Bool(true));
        let mut out: Vec<Value> = Vec::new();
        let mut pool = self.fuel;
        for attempt in 0..wanted * if unique { 4 } else { 1 } {
            if out.len() >= wanted {
                break;
            }
            let share = pool / (wanted - out.len());
            self.fuel = share;
            let place = prefix.get(out.len()).map(|place| vec![place.clone()]);
            let value = match self.value(&place.unwrap_or_else(|| items.clone())) {
                Some(Value::Null) if self.mode != Mode::Nulls && attempt > 0 && unique => None,
                value => value,
            };
            pool -= share - self.fuel.min(share);
            match value {
                Some(value) if unique && out.contains(&value) => {}
                Some(value) => out.push(value),
                None if out.len() < least => return None,
                None => break,
            }
        }
        self.fuel = pool;
        Some(Value::Array(out))
    }
}

/// The schemas of members that are not declared.
fn further(shape: &Shape<'_>) -> Vec<String> {
    let keys = ["additionalProperties", "unevaluatedProperties"];
    let typed = |map: &Map<String, Value>, key: &str| map.get(key).is_some_and(|value| !value.is_boolean());
    let all = shape.nodes.iter().flat_map(|(place, map)| {
        keys.iter().filter(move |key| typed(map, key)).map(move |key| format!("{place}/{key}"))
    });
    all.collect()
}
