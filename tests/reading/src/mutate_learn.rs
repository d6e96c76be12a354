//! Lies put into documents that bodies contradict: what `learn` must find.
//!
//! In: a document, and a body that fits one of its schemas. Out: changed documents, each with what the body contradicts. A change that
//! the body does not contradict after all (another branch of a union fits) is the caller's to notice, by the judge.

use crate::document::{Document, escape, unescape};
use crate::judge::Judge;
use crate::walk::{Visit, walk};
use serde_json::{Map, Value, json};

/// How a document lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lie {
    /// A property that is sent is not listed.
    Unlisted,
    /// A scalar or an array has another type.
    Retyped,
    /// A property that is not sent is required.
    Required,
    /// A value that is sent is not in the enum.
    Value,
    /// Null is sent where it is not allowed.
    Null,
    /// A string that is no UUID has that format.
    Format,
    /// A tag that is sent is of no branch.
    Tag,
}

impl Lie {
    /// All kinds.
    pub const ALL: [Self; 7] =
        [Self::Unlisted, Self::Retyped, Self::Required, Self::Value, Self::Null, Self::Format, Self::Tag];

    /// The kind of finding that it must give.
    pub fn finding(self) -> &'static str {
        match self {
            Self::Unlisted => "property",
            Self::Retyped => "type",
            Self::Required => "missing",
            Self::Value => "value",
            Self::Null => "null",
            Self::Format => "format",
            Self::Tag => "tag",
        }
    }

    /// Whether a validator of JSON Schema sees it.
    pub fn is_judged(self) -> bool {
        !matches!(self, Self::Unlisted | Self::Format)
    }
}

/// A changed document.
#[derive(Clone, Debug)]
pub struct Mutant {
    /// What was changed.
    pub lie: Lie,
    /// The document.
    pub root: Value,
    /// Pointers that a finding may have: of the changed schema, or of another that holds at the same place.
    pub places: Vec<String>,
    /// The property, value or tag.
    pub name: Option<String>,
    /// Where in the body.
    pub path: String,
}

/// The changes that a body contradicts, one at a time.
pub fn mutants(document: &Document, judge: &Judge, pointer: &str, body: &Value) -> Vec<Mutant> {
    let mut all = Vec::new();
    let visits = walk(document, judge, pointer, body);
    // There another branch may fit, so that nothing is contradicted, or something else.
    let loose: Vec<String> = visits
        .iter()
        .filter(|visit| visit.untagged || visit.has_default)
        .map(|visit| visit.path.clone())
        .collect();
    let tags: Vec<String> = visits
        .iter()
        .flat_map(|visit| visit.tags.iter().map(|tag| format!("{}/{}", visit.path, escape(tag))))
        .collect();
    for visit in &visits {
        let Some(value) = body.pointer(&visit.path) else { continue };
        let is_inside = |above: &String| {
            visit
                .path
                .strip_prefix(above.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        if loose.iter().any(is_inside) || tags.contains(&visit.path) {
            continue;
        }
        for (place, map) in visit.nodes.iter().filter(|(place, _)| is_read(document, place)) {
            let mut of = Of { document, visit, place, map, value, all: &mut all };
            of.unlisted();
            of.retyped();
            of.required();
            of.value();
            of.null();
            of.format();
            of.tag();
        }
    }
    all
}

/// Whether a value that does not fit is refused: not where it may as well be a property of another kind.
fn is_read(document: &Document, place: &str) -> bool {
    if ["/patternProperties", "/unevaluatedProperties"].iter().any(|key| place.contains(key)) {
        return false;
    }
    let above = place.split("/additionalProperties").next().unwrap_or_default();
    above == place
        || document.at(above).is_some_and(|schema| {
            ["properties", "patternProperties"].iter().all(|key| schema.get(*key).is_none())
        })
}

/// One schema that applies to one value.
struct Of<'a, 'd> {
    document: &'a Document,
    visit: &'a Visit<'d>,
    place: &'a str,
    map: &'a Map<String, Value>,
    value: &'a Value,
    all: &'a mut Vec<Mutant>,
}

impl Of<'_, '_> {
    fn add(&mut self, lie: Lie, name: Option<String>, change: impl FnOnce(&mut Map<String, Value>)) {
        let mut root = self.document.root().clone();
        let Some(Value::Object(schema)) = root.pointer_mut(self.place) else { return };
        change(schema);
        let mut places: Vec<String> = vec![self.place.to_owned()];
        places.extend(self.visit.nodes.iter().map(|(at, _)| at.clone()));
        self.all.push(Mutant { lie, root, places, name, path: self.visit.path.clone() });
    }

    fn unlisted(&mut self) {
        let (Some(properties), Some(members)) =
            (self.map.get("properties").and_then(Value::as_object), self.value.as_object())
        else {
            return;
        };
        let (visit, place) = (self.visit, self.place);
        // Further properties are described, or the last listed one goes and nothing is.
        let is_open = ["additionalProperties", "patternProperties", "unevaluatedProperties"]
            .iter()
            .any(|key| visit.has(key));
        let is_elsewhere = |name: &String| {
            let others = visit.nodes.iter().filter(|(at, _)| at != place);
            others
                .into_iter()
                .any(|(_, map)| map.get("properties").is_some_and(|all| all.get(name).is_some()))
        };
        if is_open || properties.len() < 2 {
            return;
        }
        for name in properties.keys().filter(|name| members.contains_key(*name)) {
            if is_elsewhere(name) || visit.tags.contains(name) {
                continue;
            }
            self.add(Lie::Unlisted, Some(name.clone()), |schema| {
                if let Some(Value::Object(all)) = schema.get_mut("properties") {
                    all.shift_remove(name);
                }
                if let Some(Value::Array(names)) = schema.get_mut("required") {
                    names.retain(|one| one != name);
                }
            });
        }
    }

    fn retyped(&mut self) {
        let is_plain = !["enum", "const", "default", "oneOf", "anyOf", "allOf", "$ref"]
            .iter()
            .any(|key| self.map.contains_key(*key));
        let new = match (self.map.get("type").and_then(Value::as_str), self.value) {
            (Some("string"), Value::String(_)) => "integer",
            (Some("integer" | "number"), Value::Number(_)) => "boolean",
            (Some("boolean"), Value::Bool(_)) | (Some("array"), Value::Array(_)) => "string",
            _ => return,
        };
        // Where several schemas hold, the first type counts.
        let is_alone = self.visit.nodes.iter().filter(|(_, map)| map.contains_key("type")).count() == 1;
        if is_plain && is_alone {
            self.add(Lie::Retyped, None, |schema| {
                ["items", "prefixItems", "minItems", "maxItems", "format", "example", "examples"]
                    .iter()
                    .for_each(|key| drop(schema.shift_remove(*key)));
                schema.insert("type".to_owned(), json!(new));
            });
        }
    }

    fn required(&mut self) {
        if !self.value.is_object() || !self.map.contains_key("properties") {
            return;
        }
        self.add(Lie::Required, Some("zz_required".to_owned()), |schema| {
            if let Some(Value::Object(all)) = schema.get_mut("properties") {
                all.insert("zz_required".to_owned(), json!({"type": "string"}));
            }
            let names = schema.entry("required").or_insert_with(|| json!([]));
            if let Some(names) = names.as_array_mut() {
                names.push(json!("zz_required"));
            }
        });
    }

    fn value(&mut self) {
        let Some(values) = self.map.get("enum").and_then(Value::as_array) else { return };
        let is_scalar = self.value.is_string() || self.value.is_number();
        let is_list = self.map.get("type").is_some_and(Value::is_array);
        if values.len() < 2 || !values.contains(self.value) || !is_scalar || is_list {
            return;
        }
        let name = self.value.as_str().map_or_else(|| self.value.to_string(), str::to_owned);
        let value = self.value;
        self.add(Lie::Value, Some(name), |schema| {
            if let Some(Value::Array(values)) = schema.get_mut("enum") {
                values.retain(|one| one != value);
            }
        });
    }

    fn null(&mut self) {
        // A null in the enum is enough.
        if !self.value.is_null() || self.visit.has("enum") {
            return;
        }
        if self.map.get("nullable") == Some(&json!(true)) && self.map.contains_key("type") {
            self.add(Lie::Null, None, |schema| drop(schema.shift_remove("nullable")));
        }
        let types = self.map.get("type").and_then(Value::as_array).cloned().unwrap_or_default();
        if let [one, null] = types.as_slice()
            && null == "null"
        {
            self.add(Lie::Null, None, |schema| drop(schema.insert("type".to_owned(), one.clone())));
        }
    }

    fn format(&mut self) {
        let is_plain = !["enum", "const", "format", "default", "example", "examples", "pattern"]
            .iter()
            .any(|key| self.map.contains_key(*key));
        let is_string = self.map.get("type").is_some_and(|ty| ty == "string") && self.value.is_string();
        if is_plain && is_string && !["format", "enum", "const"].iter().any(|key| self.visit.has(key)) {
            self.add(Lie::Format, Some("uuid".to_owned()), |schema| {
                drop(schema.insert("format".to_owned(), json!("uuid")))
            });
        }
    }

    /// Takes out a branch with its entry in `mapping`.
    fn tag(&mut self) {
        let Some(discriminator) = self.map.get("discriminator").and_then(Value::as_object) else { return };
        let property = discriminator.get("propertyName").and_then(Value::as_str).unwrap_or_default();
        let Some(tag) = self.value.get(property).and_then(Value::as_str) else { return };
        let target = discriminator.get("mapping").and_then(|all| all.get(tag)).and_then(Value::as_str);
        let key = ["oneOf", "anyOf"].into_iter().find(|key| self.map.contains_key(*key));
        let (Some(target), Some(key)) = (target, key) else { return };
        let is_target = |branch: &Value| branch.get("$ref").and_then(Value::as_str) == Some(target);
        let count = self.map[key].as_array().map_or(0, |all| all.iter().filter(|one| is_target(one)).count());
        let uses = discriminator["mapping"]
            .as_object()
            .map_or(0, |all| all.values().filter(|one| one.as_str() == Some(target)).count());
        if count != 1 || uses != 1 || self.map[key].as_array().is_some_and(|all| all.len() < 3) {
            return;
        }
        self.add(Lie::Tag, Some(tag.to_owned()), |schema| {
            if let Some(Value::Array(branches)) = schema.get_mut(key) {
                branches.retain(|branch| !is_target(branch));
            }
            schema["discriminator"]["mapping"].as_object_mut().map(|all| all.shift_remove(tag));
        });
    }
}

/// Applies an edit to a document: sets the node at a pointer, or removes it. `false` if its parent is missing.
pub fn edit(root: &mut Value, at: &str, value: Option<&Value>) -> bool {
    let Some((up, last)) = at.rsplit_once('/') else { return false };
    let last = unescape(last);
    match (root.pointer_mut(up), value) {
        (Some(Value::Object(members)), Some(value)) => {
            members.insert(last, value.clone());
            true
        }
        (Some(Value::Object(members)), None) => members.shift_remove(&last).is_some(),
        (Some(Value::Array(items)), Some(value)) if last == "-" => {
            items.push(value.clone());
            true
        }
        (Some(Value::Array(items)), Some(value)) => {
            match last.parse::<usize>().ok().and_then(|at| items.get_mut(at)) {
                Some(item) => {
                    *item = value.clone();
                    true
                }
                None => false,
            }
        }
        _ => false,
    }
}

/// The pointer of a component schema.
pub fn component(name: &str) -> String {
    format!("/components/schemas/{}", escape(name))
}
