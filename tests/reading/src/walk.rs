//! A body and its schema walked together.
//!
//! In: a document, its judge, the pointer of a schema, and a value that fits it. Out: for every value inside, the schemas that
//! apply to it. Unions are decided by their tag, else by the judge.

use crate::document::{Dialect, Document, escape, local};
use crate::judge::Judge;
use serde_json::{Map, Value};

/// A value inside a body with the schemas that apply to it.
#[derive(Debug)]
pub struct Visit<'d> {
    /// JSON pointer inside the body.
    pub path: String,
    /// Place and keywords of each schema that applies.
    pub nodes: Vec<(String, &'d Map<String, Value>)>,
    /// Members that tell the variants of a union at this place apart.
    pub tags: Vec<String>,
    /// Whether a union without a tag was decided here.
    pub untagged: bool,
    /// Whether a tag that the document does not know leads to a variant all the same (`defaultMapping`).
    pub has_default: bool,
}

impl Visit<'_> {
    /// Whether any of the schemas has this keyword.
    pub fn has(&self, key: &str) -> bool {
        self.nodes.iter().any(|(_, map)| map.contains_key(key))
    }

    /// Whether any of the schemas types this keyword with a schema of its own (rather than `true` or `false`).
    pub fn types(&self, key: &str) -> bool {
        self.nodes.iter().any(|(_, map)| map.get(key).is_some_and(|value| !value.is_boolean()))
    }
}

/// All values of a body, outermost first.
pub fn walk<'d>(document: &'d Document, judge: &Judge, pointer: &str, body: &Value) -> Vec<Visit<'d>> {
    let mut visits = Vec::new();
    if let Some((place, _)) = document.resolve(pointer) {
        Walk { document, judge, visits: &mut visits, inside: Vec::new() }.value(
            &[place],
            String::new(),
            body,
        );
    }
    visits
}

struct Walk<'a, 'd> {
    document: &'d Document,
    judge: &'a Judge,
    visits: &'a mut Vec<Visit<'d>>,
    /// Parents whose children are being read.
    inside: Vec<String>,
}

impl<'d> Walk<'_, 'd> {
    fn value(&mut self, places: &[String], path: String, value: &Value) {
        let mut visit = Visit {
            path: path.clone(),
            nodes: Vec::new(),
            tags: Vec::new(),
            untagged: false,
            has_default: false,
        };
        for place in places {
            self.gather(place, value, &mut visit, 0);
        }
        let nodes: Vec<(String, &Map<String, Value>)> = visit.nodes.clone();
        self.visits.push(visit);
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    self.value(&member_places(&nodes, name), format!("{path}/{}", escape(name)), member);
                }
            }
            Value::Array(items) => {
                for (i, item) in items.iter().enumerate() {
                    self.value(&item_places(&nodes, i), format!("{path}/{i}"), item);
                }
            }
            _ => {}
        }
    }

    fn gather(&mut self, place: &str, value: &Value, visit: &mut Visit<'d>, hops: usize) {
        let Some(Value::Object(map)) = self.document.at(place) else { return };
        if hops > 64 {
            return;
        }
        if let Some(target) = map.get("$ref").and_then(Value::as_str).and_then(local) {
            if let Some((target, _)) = self.document.resolve(&target) {
                self.gather(&target, value, visit, hops + 1);
            }
            if self.document.dialect() == Dialect::V30 {
                return;
            }
        }
        visit.nodes.push((place.to_owned(), map));
        let count = |key: &str| map.get(key).and_then(Value::as_array).map_or(0, Vec::len);
        for (i, branch) in map.get("allOf").and_then(Value::as_array).into_iter().flatten().enumerate() {
            let target = branch.get("$ref").and_then(Value::as_str).and_then(local);
            let kept = self.inside.len();
            self.inside.extend(target.filter(|target| self.document.families().extends(place, target)));
            self.gather(&format!("{place}/allOf/{i}"), value, visit, hops + 1);
            self.inside.truncate(kept);
        }
        if self.document.families().lists(place) && self.inside.iter().any(|parent| parent == place) {
            return;
        }
        for key in ["oneOf", "anyOf"] {
            let branches: Vec<String> = (0..count(key)).map(|i| format!("{place}/{key}/{i}")).collect();
            if branches.len() > 1 {
                self.union(map, &branches, value, visit, hops);
            } else if let Some(only) = branches.first() {
                self.gather(only, value, visit, hops + 1);
            }
        }
    }

    fn union(
        &mut self,
        map: &Map<String, Value>,
        branches: &[String],
        value: &Value,
        visit: &mut Visit<'d>,
        hops: usize,
    ) {
        // The judge knows the list of children of a parent under another keyword.
        let target = |branch: &String| Some(self.document.resolve(branch)?.0);
        let fits = |branch: &&String| {
            self.judge.check(branch, value).is_ok()
                || target(branch).is_some_and(|at| self.judge.check(&at, value).is_ok())
        };
        let fitting: Vec<&String> = branches.iter().filter(fits).collect();
        let tag = map.get("discriminator").and_then(|d| d["propertyName"].as_str()).map(str::to_owned);
        let tag = tag.or_else(|| self.constant_tag(branches));
        let said = |tag: &String| match value.get(tag)? {
            Value::String(text) => Some((tag.clone(), text.clone())),
            other => (other.is_i64() || other.is_boolean()).then(|| (tag.clone(), other.to_string())),
        };
        let Some((tag, said)) = tag.as_ref().and_then(said) else {
            visit.untagged |= branches.len() > fitting.len() || fitting.len() > 1;
            fitting.iter().for_each(|branch| self.gather(branch, value, visit, hops + 1));
            return;
        };
        let discriminator = map.get("discriminator");
        visit.has_default |= discriminator.is_some_and(|one| one.get("defaultMapping").is_some());
        let mapped = discriminator.and_then(|one| one["mapping"].get(&said)).and_then(Value::as_str);
        let by_mapping = branches.iter().find(|branch| {
            let reference = self.document.at(branch).and_then(|b| b["$ref"].as_str());
            let component = reference.and_then(|r| r.rsplit('/').next());
            let target = Some(mapped.unwrap_or(&said));
            reference == target || component == target
        });
        visit.tags.push(tag);
        if let Some(branch) = by_mapping.or_else(|| fitting.first().copied()) {
            self.gather(branch, value, visit, hops + 1);
        }
    }

    /// A member that is required in each branch with a constant of its own.
    fn constant_tag(&self, branches: &[String]) -> Option<String> {
        let objects: Vec<&Value> = branches
            .iter()
            .filter_map(|branch| self.document.resolve(branch))
            .map(|(_, schema)| schema)
            .filter(|schema| schema["type"] != "null")
            .collect();
        let mut names = objects.first()?["properties"].as_object()?.keys();
        names
            .find(|name| {
                let constants: Vec<Option<&str>> = objects
                    .iter()
                    .map(|o| constant(&o["properties"][name.as_str()]).and_then(Value::as_str))
                    .collect();
                let distinct = |i: usize| constants[i].is_some() && !constants[..i].contains(&constants[i]);
                objects.len() > 1 && (0..constants.len()).all(distinct)
            })
            .cloned()
    }
}

/// The only value of a schema.
pub fn constant(schema: &Value) -> Option<&Value> {
    schema.get("const").or_else(|| match schema.get("enum")?.as_array()?.as_slice() {
        [only] => Some(only),
        _ => None,
    })
}

fn member_places(nodes: &[(String, &Map<String, Value>)], name: &str) -> Vec<String> {
    let mut places = Vec::new();
    for (place, map) in nodes {
        if map.get("properties").is_some_and(|properties| properties.get(name).is_some()) {
            places.push(format!("{place}/properties/{}", escape(name)));
        } else if let Some(key) =
            ["additionalProperties", "unevaluatedProperties"].iter().find(|key| map.contains_key(**key))
        {
            places.push(format!("{place}/{key}"));
        }
    }
    places
}

fn item_places(nodes: &[(String, &Map<String, Value>)], index: usize) -> Vec<String> {
    let mut places = Vec::new();
    for (place, map) in nodes {
        let prefix = map.get("prefixItems").and_then(Value::as_array).map_or(0, Vec::len);
        if index < prefix {
            places.push(format!("{place}/prefixItems/{index}"));
        } else if map.contains_key("items") {
            places.push(format!("{place}/items"));
        }
    }
    places
}
