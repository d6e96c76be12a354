//! Schemas of values: presence, null, types, formats, properties, enums.

use serde_json::{Map, Value, json};

use super::context::{MOST_NEW, Repairs, causes};
use crate::learn::collect::Found;
use crate::learn::infer::Inferred;
use crate::learn::schema::INTEGERS;
use crate::learn::toml::is_writable;
use crate::pointer::Pointer;

/// Keywords beside `type` that do not depend on it.
const NEUTRAL: [&str; 8] =
    ["title", "description", "deprecated", "readOnly", "writeOnly", "nullable", "externalDocs", "xml"];

impl Repairs<'_> {
    /// `required`, at its own pointer.
    pub(super) fn missing(&mut self, at: &Pointer, group: &[(usize, &Found)]) {
        let names: Vec<&str> = group.iter().filter_map(|(_, one)| one.name.as_deref()).collect();
        match self.node(at) {
            Some(Value::Array(listed)) => {
                let is_kept = |one: &&Value| one.as_str().is_none_or(|name| !names.contains(&name));
                let kept: Vec<Value> = listed.iter().filter(is_kept).cloned().collect();
                if kept.is_empty() {
                    self.remove(at.clone(), causes(group));
                } else {
                    self.set(at.clone(), Value::Array(kept), causes(group));
                }
            }
            // Some write it at the property.
            _ => {
                for (index, one) in group {
                    let name = one.name.as_deref().unwrap_or_default();
                    let flag = at.parent().child("properties").child(name).child("required");
                    if self.node(&flag) == Some(&Value::Bool(true)) {
                        self.remove(flag, vec![*index]);
                    }
                }
            }
        }
    }

    pub(super) fn null(&mut self, at: &Pointer, group: &[(usize, &Found)]) {
        let Some(node) = self.object(at) else { return };
        if self.is_30 {
            self.set(at.child("nullable"), Value::Bool(true), causes(group));
            return;
        }
        let is_bare =
            !["enum", "const", "$ref", "allOf", "oneOf", "anyOf"].iter().any(|key| node.contains_key(*key));
        let union = ["anyOf", "oneOf"].into_iter().find(|key| node.get(*key).is_some_and(Value::is_array));
        let is_union = node.keys().all(|key| Some(key.as_str()) == union || NEUTRAL.contains(&key.as_str()));
        let done = match (node.get("type"), union) {
            (Some(Value::String(kind)), _) if is_bare => {
                let both = json!([kind, "null"]);
                self.set(at.child("type"), both, causes(group))
            }
            (Some(Value::Array(_)), _) if is_bare => {
                self.set(at.child("type").child("-"), json!("null"), causes(group))
            }
            (None, Some(key)) if is_union => {
                self.set(at.child(key).child("-"), json!({"type": "null"}), causes(group))
            }
            _ => self.widen(at, vec![json!({"type": "null"})], causes(group)),
        };
        if !done {
            // A `default` or `enum` with null cannot be written in TOML, so the schema cannot be repeated.
            self.set(at.child("nullable"), Value::Bool(true), causes(group));
        }
    }

    /// `format`, at its own pointer, or `contentEncoding`, or a spelling of `type` that implies it.
    pub(super) fn format(&mut self, at: &Pointer, group: &[(usize, &Found)]) {
        match at.keys().last().as_deref() {
            Some("format" | "contentEncoding") if self.node(at).is_some() => {
                self.remove(at.clone(), causes(group));
            }
            _ => {
                self.set(at.parent().child("type"), json!("string"), causes(group));
            }
        }
    }

    /// A schema at its own pointer, or at that of the reference that leads to it.
    pub(super) fn types(&mut self, at: &Pointer, group: &[(usize, &Found)]) {
        let Some((_, first)) = group.first() else { return };
        let mut seen = Inferred::default();
        group.iter().for_each(|(_, one)| seen.merge(&one.values));
        let count: usize = group.iter().map(|(_, one)| one.count).sum();
        let total = (self.count)(first.site.as_ref().unwrap_or(&first.at)).max(count);
        let kinds = seen.kinds();
        let other = self.wrapped(at, first, &kinds).unwrap_or_else(|| seen.schema(self.is_30));
        let Some(node) = self.object(at) else { return };
        if first.site.is_some() {
            if count == total {
                self.set(at.clone(), other, causes(group));
            } else {
                self.widen(at, vec![other], causes(group));
            }
            return;
        }
        let is_plain = node
            .keys()
            .all(|key| NEUTRAL.contains(&key.as_str()) || ["type", "format"].contains(&key.as_str()));
        let is_scalar = |kind: &str| !matches!(kind, "object" | "array");
        let documented = node.get("type").and_then(Value::as_str);
        match (documented, kinds.as_slice()) {
            (Some("integer" | "number"), ["number"]) => {
                let format = node.get("format").and_then(Value::as_str).unwrap_or_default();
                let drop_format = INTEGERS.contains(&format);
                let is_number = documented == Some("number");
                if is_number || self.set(at.child("type"), json!("number"), causes(group)) {
                    drop_format.then(|| self.remove(at.child("format"), causes(group)));
                }
            }
            (Some(_), [kind]) if count == total && is_plain => {
                let mut new: Map<String, Value> = match other {
                    Value::Object(map) if !is_scalar(kind) => map,
                    _ => Map::from_iter([("type".to_owned(), json!(kind))]),
                };
                let kept = node.iter().filter(|(key, _)| NEUTRAL.contains(&key.as_str()));
                kept.for_each(|(key, value)| drop(new.insert(key.clone(), value.clone())));
                if is_scalar(kind) && !node.contains_key("format") {
                    self.set(at.child("type"), json!(kind), causes(group));
                } else {
                    self.set(at.clone(), Value::Object(new), causes(group));
                }
            }
            (Some(documented), kinds)
                if is_plain
                    && !self.is_30
                    && is_scalar(documented)
                    && kinds.iter().all(|kind| is_scalar(kind)) =>
            {
                let mut all = vec![json!(documented)];
                all.extend(kinds.iter().map(|kind| json!(kind)));
                self.set(at.child("type"), Value::Array(all), causes(group));
            }
            (None, kinds) if node.get("type").is_some_and(Value::is_array) => {
                kinds
                    .iter()
                    .for_each(|kind| _ = self.set(at.child("type").child("-"), json!(kind), causes(group)));
            }
            (_, kinds) => {
                // What cannot be written in TOML cannot be repeated.
                let is_done = self.widen(at, vec![other], causes(group));
                if let ([kind], false, true) = (kinds, is_done, count == total) {
                    self.set(at.child("type"), json!(kind), causes(group));
                }
            }
        }
    }

    /// An array of what should be one, or one of what should be an array.
    fn wrapped(&self, at: &Pointer, first: &Found, kinds: &[&str]) -> Option<Value> {
        let site = self.object(at)?;
        let shape = match &first.site {
            Some(_) => self.object(&(self.origin)(&first.at))?,
            None => site,
        };
        let documented =
            shape.get("type").and_then(Value::as_str).or(shape.get("properties").map(|_| "object"))?;
        match (documented, kinds) {
            ("object", ["array"]) => Some(json!({"type": "array", "items": site})),
            ("array", ["object"]) => shape.get("items").filter(|items| items.get("$ref").is_some()).cloned(),
            _ => None,
        }
    }

    /// Properties that are not listed, at the pointer of the object.
    pub(super) fn properties(&mut self, at: &Pointer, group: &[(usize, &Found)]) {
        let Some(node) = self.object(at) else { return };
        let is_map = group.len() > MOST_NEW || group.iter().any(|(_, one)| one.name.is_none());
        if is_map {
            self.set(at.child("additionalProperties"), Value::Bool(true), causes(group));
            return;
        }
        let is_30 = self.is_30;
        let named = |(_, one): &(usize, &Found)| Some((one.name.clone()?, one.values.schema(is_30)));
        if node.get("properties").is_some_and(Value::is_object) {
            for one in group {
                if let Some((name, schema)) = named(one) {
                    self.set(at.child("properties").child(name), schema, vec![one.0]);
                }
            }
        } else {
            let all: Map<String, Value> = group.iter().filter_map(named).collect();
            self.set(at.child("properties"), Value::Object(all), causes(group));
        }
    }

    /// `enum`, at its own pointer, or the `const` that it is written as.
    pub(super) fn values(&mut self, at: &Pointer, group: &[(usize, &Found)]) {
        let values: Option<Vec<Value>> = group.iter().map(|(_, one)| one.scalar.clone()).collect();
        let is_const = at.keys().last().as_deref() == Some("const");
        match values.filter(|values| values.len() <= MOST_NEW && values.iter().all(is_writable)) {
            Some(new) if is_const => {
                let old = self.node(at).cloned().unwrap_or_default();
                let all: Vec<Value> = std::iter::once(old).chain(new).collect();
                if self.set(at.parent().child("enum"), Value::Array(all), causes(group)) {
                    self.remove(at.clone(), causes(group));
                }
            }
            Some(new) => {
                let places = vec![at.child("-"); new.len()];
                for ((place, value), one) in places.into_iter().zip(new).zip(group) {
                    self.set(place, value, vec![one.0]);
                }
            }
            // Values that must not be shown are data.
            None => {
                self.remove(at.clone(), causes(group));
            }
        }
    }

    /// A reference that means another schema.
    pub(super) fn schema(&mut self, at: &Pointer, group: &[(usize, &Found)]) {
        let Some((_, first)) = group.first() else { return };
        match &first.name {
            Some(name) => {
                let target = Pointer::root().child("components").child("schemas").child(name);
                self.set(at.child("$ref"), Value::from(target.to_string()), causes(group));
            }
            None => {
                self.set(at.clone(), first.values.schema(self.is_30), causes(group));
            }
        }
    }
}
