//! Inheritance: components that others extend by `allOf`, where the parent stands for its children.
//!
//! A parent with a discriminator and no alternatives: the tag in a body of the parent says which child the body must fit (OpenAPI 3.1,
//! section 4.8.25). JSON Schema does not know that, so the judge is told by conditions, and bodies are made of the children.
//!
//! A parent that lists its children by `oneOf` or `anyOf`: to JSON Schema the parent and the child refer to each other without end. In
//! a listed child the parent means its own members only.

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
    /// All components that extend it, and the parent itself; also those that belong to a child with another discriminator.
    heirs: Vec<String>,
}

/// The parents of a document, by pointer.
#[derive(Clone, Debug, Default)]
pub struct Families {
    /// Those with a discriminator.
    tagged: BTreeMap<String, Family>,
    /// Those that list children of theirs, with these children.
    listing: BTreeMap<String, Vec<String>>,
}

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
        let mut all = Self::default();
        let discriminators: BTreeMap<String, &Value> = schemas
            .iter()
            .filter(|(_, schema)| !has_alternatives(schema, 0))
            .filter_map(|(name, schema)| Some((component(name), discriminator(schema, 0)?)))
            .collect();
        for (name, schema) in schemas {
            let at = component(name);
            let heirs = heirs(&at, &parents);
            let listed: Vec<String> = listed(schema).filter(|child| heirs[1..].contains(child)).collect();
            if !listed.is_empty() {
                all.listing.insert(at, listed);
            } else if let Some(discriminator) = discriminators.get(&at) {
                let property = discriminator["propertyName"].as_str().unwrap_or_default();
                let hidden = hidden(&at, property, &discriminators, &parents);
                let children = children(schemas, &heirs, &hidden, property, &discriminator["mapping"]);
                if children.iter().any(|(_, child)| *child != at) {
                    all.tagged.insert(at, Family { property: property.to_owned(), children, heirs });
                }
            }
        }
        all
    }

    /// The parent with a discriminator at this pointer.
    pub fn at(&self, pointer: &str) -> Option<&Family> {
        self.tagged.get(pointer)
    }

    /// Whether the component at this pointer lists children that extend it.
    pub fn lists(&self, pointer: &str) -> bool {
        self.listing.contains_key(pointer)
    }

    /// Whether the schema at `place`, which stands in a component, is part of a child of the parent, so that the parent means its own
    /// members only.
    pub fn extends(&self, place: &str, parent: &str) -> bool {
        let component = place.splitn(5, '/').take(4).collect::<Vec<_>>().join("/");
        let tagged = self.tagged.get(parent).map(|family| &family.heirs);
        let children = tagged.or_else(|| self.listing.get(parent));
        component != parent && children.is_some_and(|all| all.contains(&component))
    }

    /// Tells a validator what the tags mean, in a document whose schemas are JSON Schema already.
    pub fn judge(&self, root: &mut Value) {
        let Some(Value::Object(schemas)) = root.pointer_mut("/components/schemas") else { return };
        for (name, schema) in schemas.iter_mut() {
            self.make_bare(&component(name), schema, 0);
        }
        let mut bare = Map::new();
        for (at, family) in &self.tagged {
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
        for (at, children) in &self.listing {
            let name = unescape(at.strip_prefix(SCHEMAS).unwrap_or_default());
            let Some(Value::Object(whole)) = schemas.get_mut(&name) else { continue };
            let mut parent = whole.clone();
            // Children that only add what is optional fit each other's bodies: the list says who they are, not that no two fit.
            if !whole.contains_key("anyOf")
                && let Some(branches) = whole.remove("oneOf")
            {
                whole.insert("anyOf".to_owned(), branches);
            }
            parent.retain(|key, _| !matches!(key.as_str(), "oneOf" | "anyOf" | "discriminator"));
            if let Some(all) = parent.get_mut("allOf").and_then(Value::as_array_mut) {
                // The conditions of the discriminator lead back to the children.
                let target = |one: &Value| one["then"]["$ref"].as_str().and_then(local);
                all.retain(|one| target(one).is_none_or(|target| !children.contains(&target)));
            }
            bare.insert(name, Value::Object(parent));
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

/// The parts of a schema that are written in place.
fn parts(schema: &Value, depth: usize) -> impl Iterator<Item = &Value> {
    let parts = schema["allOf"].as_array().into_iter().flatten();
    parts.filter(move |part| depth < 8 && part.get("$ref").is_none())
}

fn has_alternatives(schema: &Value, depth: usize) -> bool {
    ["oneOf", "anyOf", "$ref"].iter().any(|key| schema.get(key).is_some())
        || parts(schema, depth).any(|part| has_alternatives(part, depth + 1))
}

/// A discriminator that names a member, of the schema or of a part.
fn discriminator(schema: &Value, depth: usize) -> Option<&Value> {
    let own = schema.get("discriminator").filter(|one| one["propertyName"].is_string());
    own.or_else(|| parts(schema, depth).find_map(|part| discriminator(part, depth + 1)))
}

/// The components that a schema lists as its alternatives, by pointer.
fn listed(schema: &Value) -> impl Iterator<Item = String> {
    let groups = ["oneOf", "anyOf"].into_iter().filter_map(|key| schema.get(key)?.as_array());
    groups.flatten().filter_map(|branch| branch.get("$ref")?.as_str().and_then(local))
}

/// The parent and all that extend it, also by way of others.
fn heirs(parent: &str, parents: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    let mut heirs = vec![parent.to_owned()];
    let mut next = 0;
    while let Some(one) = heirs.get(next).cloned() {
        let more = parents.iter().filter(|(child, of)| of.contains(&one) && !heirs.contains(child));
        let more: Vec<String> = more.map(|(child, _)| child.clone()).collect();
        heirs.extend(more);
        next += 1;
    }
    heirs
}

/// What extends a child with a discriminator of another member: it is told apart by that.
fn hidden(
    parent: &str,
    property: &str,
    discriminators: &BTreeMap<String, &Value>,
    parents: &BTreeMap<String, Vec<String>>,
) -> Vec<String> {
    let other = |child: &String| {
        child != parent && discriminators.get(child).is_some_and(|one| one["propertyName"] != property)
    };
    let children = heirs(parent, parents);
    children
        .iter()
        .filter(|child| other(child))
        .flat_map(|child| heirs(child, parents).split_off(1))
        .collect()
}

/// The tags of a parent: what the mapping says, and each child that it does not name by its own constant or its name.
fn children(
    schemas: &Map<String, Value>,
    heirs: &[String],
    hidden: &[String],
    property: &str,
    mapping: &Value,
) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for (tag, target) in mapping.as_object().into_iter().flatten() {
        let Some(target) = target.as_str() else { continue };
        let target = if schemas.contains_key(target) { Some(component(target)) } else { local(target) };
        found.extend(target.filter(|target| heirs.contains(target)).map(|target| (tag.clone(), target)));
    }
    for heir in heirs.iter().skip(1) {
        let name = unescape(heir.strip_prefix(SCHEMAS).unwrap_or_default());
        let is_known = found.iter().any(|(_, child)| child == heir) || hidden.contains(heir);
        if is_known || is_alias(&schemas[&name]) {
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
