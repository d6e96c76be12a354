//! Inheritance: components with a discriminator and no alternatives, and the components that extend them by `allOf`.
//!
//! The tag in a body of the parent says which child the body must fit (OpenAPI 3.1, section 4.8.25). JSON Schema does not know
//! that, so the judge is told by conditions, and bodies are made of the children.

use crate::document::{local, unescape};
use crate::judge::{condition, fragment};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Where component schemas stand.
const SCHEMAS: &str = "/components/schemas/";
/// Where the judge finds parents without their conditions, for the children that extend them.
const BARE: &str = "/components/x-bare/";

/// A parent.
#[derive(Clone, Debug, Default)]
pub struct Family {
    /// The member that tells the children apart.
    pub property: String,
    /// Tags, each with the pointer of the component that it leads to.
    pub children: Vec<(String, String)>,
}

/// The parents of a document, by pointer.
#[derive(Clone, Debug, Default)]
pub struct Families(BTreeMap<String, Family>);

impl Families {
    /// Finds them.
    pub fn find(root: &Value) -> Self {
        let Some(schemas) = root.pointer("/components/schemas").and_then(Value::as_object) else {
            return Self::default();
        };
        let mut parents: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, schema) in schemas {
            let mut found = Vec::new();
            extended(schema, &mut found, 0);
            parents.insert(component(name), found);
        }
        let mut all = BTreeMap::new();
        for (name, schema) in schemas {
            let alternatives = ["oneOf", "anyOf", "$ref"].iter().any(|key| schema.get(key).is_some());
            let Some(property) = schema["discriminator"]["propertyName"].as_str().filter(|_| !alternatives)
            else {
                continue;
            };
            let at = component(name);
            let children = children(schemas, &at, property, &schema["discriminator"]["mapping"], &parents);
            if children.iter().any(|(_, child)| *child != at) {
                all.insert(at, Family { property: property.to_owned(), children });
            }
        }
        Self(all)
    }

    /// The parent at this pointer.
    pub fn at(&self, pointer: &str) -> Option<&Family> {
        self.0.get(pointer)
    }

    /// Whether the schema at `place`, which stands in a component, is part of a child of the parent.
    pub fn extends(&self, place: &str, parent: &str) -> bool {
        let Some(family) = self.0.get(parent) else { return false };
        let component = place.splitn(5, '/').take(4).collect::<Vec<_>>().join("/");
        family.children.iter().any(|(_, child)| *child == component)
    }

    /// Tells a validator what the tags mean, in a document whose schemas are JSON Schema already.
    pub fn judge(&self, root: &mut Value) {
        let Some(Value::Object(schemas)) = root.pointer_mut("/components/schemas") else { return };
        for (name, schema) in schemas.iter_mut() {
            self.make_bare(&component(name), schema, 0);
        }
        let mut bare = Map::new();
        for (at, family) in &self.0 {
            let name = unescape(at.strip_prefix(SCHEMAS).unwrap_or_default());
            let Some(Value::Object(parent)) = schemas.get_mut(&name) else { continue };
            bare.insert(name, Value::Object(parent.clone()));
            let conditions = family
                .children
                .iter()
                .filter(|(_, child)| child != at)
                .map(|(tag, child)| condition(&family.property, tag, &format!("#{}", fragment(child))));
            if let Value::Array(all) = parent.entry("allOf").or_insert_with(|| json!([])) {
                all.extend(conditions);
            }
        }
        root["components"]["x-bare"] = Value::Object(bare);
    }

    /// Lets a child extend its parents without their conditions, which would lead back to the child.
    fn make_bare(&self, at: &str, schema: &mut Value, depth: usize) {
        let branches = schema.get_mut("allOf").and_then(Value::as_array_mut).filter(|_| depth < 8);
        for branch in branches.into_iter().flatten() {
            let target = branch.get("$ref").and_then(Value::as_str).and_then(local);
            match target {
                Some(target) if self.extends(at, &target) => {
                    branch["$ref"] = json!(format!("#{}", fragment(&target.replacen(SCHEMAS, BARE, 1))));
                }
                Some(_) => {}
                None => self.make_bare(at, branch, depth + 1),
            }
        }
    }
}

fn component(name: &str) -> String {
    format!("{SCHEMAS}{}", crate::document::escape(name))
}

/// The components that a schema extends, by pointer.
fn extended(schema: &Value, found: &mut Vec<String>, depth: usize) {
    for branch in schema["allOf"].as_array().into_iter().flatten().filter(|_| depth < 8) {
        match branch.get("$ref").and_then(Value::as_str) {
            Some(reference) => found.extend(local(reference)),
            None => extended(branch, found, depth + 1),
        }
    }
}

/// The tags of a parent: what the mapping says, and each child that it does not name by its own constant or its name.
fn children(
    schemas: &Map<String, Value>,
    parent: &str,
    property: &str,
    mapping: &Value,
    parents: &BTreeMap<String, Vec<String>>,
) -> Vec<(String, String)> {
    let mut heirs = vec![parent.to_owned()];
    let mut next = 0;
    while let Some(one) = heirs.get(next).cloned() {
        let more = parents.iter().filter(|(child, of)| of.contains(&one) && !heirs.contains(child));
        let more: Vec<String> = more.map(|(child, _)| child.clone()).collect();
        heirs.extend(more);
        next += 1;
    }
    let mut found: Vec<(String, String)> = Vec::new();
    for (tag, target) in mapping.as_object().into_iter().flatten() {
        let Some(target) = target.as_str() else { continue };
        let target = if schemas.contains_key(target) { Some(component(target)) } else { local(target) };
        found.extend(target.filter(|target| heirs.contains(target)).map(|target| (tag.clone(), target)));
    }
    for heir in heirs.iter().skip(1) {
        let name = unescape(heir.strip_prefix(SCHEMAS).unwrap_or_default());
        if found.iter().any(|(_, child)| child == heir) || is_alias(&schemas[&name]) {
            continue;
        }
        for tag in constants(&schemas[&name], property).unwrap_or_else(|| vec![name.clone()]) {
            if !found.iter().any(|(known, _)| *known == tag) {
                found.push((tag, heir.clone()));
            }
        }
    }
    found
}

/// Whether a component is nothing but another name of what it extends.
fn is_alias(schema: &Value) -> bool {
    let says = |key: &String| !matches!(key.as_str(), "allOf" | "description" | "title" | "deprecated");
    let several = schema["allOf"].as_array().is_none_or(|all| all.len() != 1 || all[0].get("$ref").is_none());
    !several && !schema.as_object().is_some_and(|map| map.keys().any(says))
}

/// The tags that a child gives itself.
fn constants(schema: &Value, property: &str) -> Option<Vec<String>> {
    let own = std::iter::once(schema).chain(schema["allOf"].as_array().into_iter().flatten());
    let member = own.filter_map(|one| one.get("properties")?.get(property));
    let mut values = member.filter_map(|member| match member.get("const") {
        Some(value) => Some(vec![value.clone()]),
        None => member.get("enum")?.as_array().cloned(),
    });
    values.next()?.iter().map(|value| value.as_str().map(str::to_owned)).collect()
}
