//! Unions: tags and variants that are not listed.

use serde_json::{Map, Value, json};

use super::context::{Repairs, causes};
use crate::learn::collect::Found;
use crate::pointer::Pointer;

impl Repairs<'_> {
    /// A tag that no variant has, at the pointer of the union or of the parent.
    pub(super) fn tag(&mut self, at: &Pointer, (index, one): &(usize, &Found)) {
        let (Some(tag), Some(property)) = (&one.name, &one.tag) else { return };
        let Some(node) = self.object(at) else { return };
        let key = ["oneOf", "anyOf"].into_iter().find(|key| node.get(*key).is_some_and(Value::is_array));
        let has_mapping = node.get("discriminator").is_some_and(|of| of.get("mapping").is_some());
        let has_discriminator = node.contains_key("discriminator");
        let variant = variant(&one.values.schema(self.is_30), property, tag);
        let mapping = at.child("discriminator").child("mapping").child(tag);
        match key {
            Some(key) if !has_discriminator => {
                self.set(at.child(key).child("-"), titled(variant, tag), vec![*index]);
            }
            Some(key) => {
                let name = self.component(at, tag, !has_mapping);
                let Some(target) = self.add(&name, variant, *index) else { return };
                self.set(at.child(key).child("-"), json!({"$ref": target}), vec![*index]);
                has_mapping.then(|| self.set(mapping, Value::from(target), vec![*index]));
            }
            None => {
                let parent = json!({"$ref": at.to_string()});
                let name = self.component(at, tag, !has_mapping);
                let Some(target) = self.add(&name, json!({"allOf": [parent, variant]}), *index) else {
                    return;
                };
                has_mapping.then(|| self.set(mapping, Value::from(target), vec![*index]));
            }
        }
    }

    /// Adds a component, and returns the reference to it.
    fn add(&mut self, name: &str, schema: Value, cause: usize) -> Option<String> {
        let at = Pointer::from("/components/schemas").child(name);
        self.names.push(name.to_owned());
        self.set(at.clone(), schema, vec![cause]).then(|| at.to_string())
    }

    /// The name of a component for a tag: the tag itself if that is what tells variants apart, else the tag in words.
    fn component(&self, at: &Pointer, tag: &str, is_tag: bool) -> String {
        let is_name = tag.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c));
        if is_tag && is_name {
            return tag.to_owned();
        }
        let base = at.as_str().strip_prefix("/components/schemas/").filter(|rest| !rest.contains('/'));
        let name = format!("{}{}", base.map_or_else(String::new, pascal), pascal(tag));
        let is_free = |name: &String| {
            !self.names.contains(name)
                && self.node(&Pointer::from("/components/schemas").child(name)).is_none()
        };
        let numbered = (2..).map(|number| format!("{name}{number}"));
        std::iter::once(name.clone()).chain(numbered).find(is_free).unwrap_or(name)
    }

    /// A value that no variant allows, at the pointer of the alternatives.
    pub(super) fn variant(&mut self, at: &Pointer, group: &[(usize, &Found)]) {
        let Some((_, first)) = group.first() else { return };
        let schema = first.values.schema(self.is_30);
        if self.node(at).is_some_and(Value::is_array) {
            self.set(at.child("-"), schema, causes(group));
            return;
        }
        // The alternatives are written as an array of types.
        let types = at.parent().child("type");
        if self.node(&types).is_some_and(Value::is_array) {
            for kind in first.values.kinds() {
                self.set(types.child("-"), json!(kind), causes(group));
            }
        } else {
            self.widen(&at.parent(), vec![schema], causes(group));
        }
    }
}

/// The schema of a variant: the values that were seen, with the tag as the only value of its property.
fn variant(seen: &Value, property: &str, tag: &str) -> Value {
    let mut schema = seen.as_object().cloned().unwrap_or_default();
    schema.insert("type".to_owned(), json!("object"));
    schema.shift_remove("additionalProperties");
    let properties = schema.entry("properties").or_insert_with(|| Value::Object(Map::new()));
    if let Some(properties) = properties.as_object_mut() {
        properties.insert(property.to_owned(), json!({"type": "string", "enum": [tag]}));
    }
    schema.insert("required".to_owned(), json!([property]));
    Value::Object(schema)
}

fn titled(mut schema: Value, tag: &str) -> Value {
    if let Some(map) = schema.as_object_mut() {
        map.insert("title".to_owned(), Value::from(pascal(tag)));
    }
    schema
}

/// `hil_evaluation` as `HilEvaluation`.
fn pascal(text: &str) -> String {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words
        .flat_map(|word| word[..1].to_ascii_uppercase().chars().chain(word[1..].chars()).collect::<Vec<_>>())
        .collect()
}
