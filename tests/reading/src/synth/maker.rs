//! Makes one value for a schema, by following it.

use super::Mode;
use super::shape::Shape;
use crate::document::{Dialect, Document, local};
use crate::judge::Side;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Nodes visited for one body before it is given up.
const MAX_STEPS: usize = 40_000;
/// Nested schemas, references included, before only what is required is made.
const LEAN_DEPTH: usize = 24;
/// Nested schemas before a body is given up.
const MAX_DEPTH: usize = 90;

/// The state of one schema's bodies.
pub(super) struct Maker<'d> {
    pub(super) document: &'d Document,
    pub(super) side: Side,
    pub(super) mode: Mode,
    /// How many nodes may still be made freely; without it only what is required is made.
    pub(super) fuel: usize,
    /// Places of the references that are being followed.
    stack: Vec<String>,
    /// Parents whose children are being made.
    inside: Vec<String>,
    depth: usize,
    steps: usize,
    /// Where there is something to choose: how often it was chosen, from how many.
    sites: BTreeMap<String, Site>,
    root: String,
    random: u64,
}

#[derive(Default)]
struct Site {
    turns: usize,
    of: usize,
}

impl<'d> Maker<'d> {
    pub(super) fn new(document: &'d Document, side: Side, root: &str) -> Self {
        // FNV: the same schema gets the same bodies everywhere.
        let seed = root.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Self {
            document,
            side,
            mode: Mode::Smallest,
            fuel: 0,
            stack: Vec::new(),
            inside: Vec::new(),
            depth: 0,
            steps: 0,
            sites: BTreeMap::new(),
            root: root.to_owned(),
            random: seed | 1,
        }
    }

    /// One body.
    pub(super) fn body(&mut self, mode: Mode, fuel: usize) -> Option<Value> {
        (self.mode, self.fuel, self.steps, self.depth) = (mode, fuel, 0, 0);
        self.stack = vec![self.root.clone()];
        self.value(&self.stack.clone())
    }

    /// How many turns of the schema's own choices were taken.
    pub(super) fn covered(&self) -> usize {
        self.own().map(|site| site.turns.min(site.of)).sum()
    }

    /// Whether each of the schema's own choices had all its turns.
    pub(super) fn all_covered(&self) -> bool {
        self.own().all(|site| site.turns >= site.of)
    }

    fn own(&self) -> impl Iterator<Item = &Site> {
        self.sites.iter().filter(|(place, _)| place.starts_with(&self.root)).map(|(_, site)| site)
    }

    /// Whether only what is required should be made here.
    pub(super) fn lean(&self) -> bool {
        self.mode == Mode::Smallest || self.fuel == 0 || self.depth > LEAN_DEPTH
    }

    /// The next number of a fixed sequence, below `n`.
    pub(super) fn random(&mut self, n: usize) -> usize {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        (self.random >> 11) as usize % n.max(1)
    }

    /// Chooses one of `n`: the first when lean, in turn when full, by chance when varied.
    pub(super) fn choose(&mut self, place: &str, n: usize, attempt: usize) -> usize {
        if n <= 1 {
            return 0;
        }
        if self.lean() {
            return attempt % n;
        }
        if self.mode == Mode::Varied {
            return self.random(n);
        }
        let site = self.sites.entry(place.to_owned()).or_default();
        site.of = n;
        site.turns += 1;
        (site.turns - 1) % n
    }

    /// A value that fits all schemas at these places.
    pub(super) fn value(&mut self, places: &[String]) -> Option<Value> {
        self.steps += 1;
        if self.steps > MAX_STEPS || self.depth >= MAX_DEPTH {
            return None;
        }
        if self.mode == Mode::Nulls && self.depth > 0 && places.iter().all(|place| self.nullable(place, 0)) {
            return Some(Value::Null);
        }
        self.fuel = self.fuel.saturating_sub(1);
        self.depth += 1;
        let kept = self.stack.len();
        let mut made = None;
        for attempt in 0..8 {
            let mut shape = Shape::default();
            let fits = places.iter().all(|place| self.gather(place, attempt, &mut shape));
            made = fits.then(|| self.fit(&shape)).flatten();
            self.stack.truncate(kept);
            if made.is_some() || shape.unions == 0 {
                break;
            }
        }
        self.depth -= 1;
        made
    }

    /// Gathers everything that the schema at this place demands, with unions decided.
    fn gather(&mut self, place: &str, attempt: usize, shape: &mut Shape<'d>) -> bool {
        let document = self.document;
        let map = match document.at(place) {
            Some(Value::Object(map)) => map,
            Some(Value::Bool(allowed)) => return *allowed,
            _ => return false,
        };
        if let Some(target) = map.get("$ref").and_then(Value::as_str).and_then(local) {
            let limit = if self.lean() { 1 } else { 2 };
            let again = self.stack.iter().filter(|open| **open == target).count() >= limit;
            if again && !self.inside.contains(&target) {
                return false;
            }
            self.stack.push(target.clone());
            if !self.gather(&target, attempt, shape) {
                return false;
            }
            if document.dialect() == Dialect::V30 {
                return true;
            }
        }
        if let Some(done) = self.inherit(place, attempt, shape) {
            return done;
        }
        shape.add(place, map);
        for (i, branch) in list(map, "allOf").iter().enumerate() {
            let target = branch.get("$ref").and_then(Value::as_str).and_then(local);
            let parent = target.filter(|target| document.families().extends(place, target));
            let kept = self.inside.len();
            self.inside.extend(parent);
            let fits = self.gather(&format!("{place}/allOf/{i}"), attempt, shape);
            self.inside.truncate(kept);
            if !fits {
                return false;
            }
        }
        // A child of the parent is being made.
        let is_bare = document.families().lists(place) && self.inside.iter().any(|parent| parent == place);
        is_bare || ["oneOf", "anyOf"].iter().all(|key| self.branch(place, map, key, attempt, shape))
    }

    /// A parent is one of its children, where none of them is being made already.
    fn inherit(&mut self, place: &str, attempt: usize, shape: &mut Shape<'d>) -> Option<bool> {
        let family = self.document.families().at(place)?;
        if self.inside.iter().any(|parent| parent == place) {
            return None;
        }
        shape.unions += usize::from(family.children.len() > 1);
        let chosen = self.choose(&format!("{place}/children"), family.children.len(), attempt);
        let (tag, child) = family.children.get(chosen)?;
        shape.tags.push((family.property.clone(), Value::from(tag.as_str())));
        let kept = self.inside.len();
        self.inside.push(place.to_owned());
        let fits = self.gather(child, attempt, shape);
        self.inside.truncate(kept);
        Some(fits)
    }

    /// Decides a union, if there is one here.
    fn branch(
        &mut self,
        place: &str,
        map: &'d Map<String, Value>,
        key: &str,
        attempt: usize,
        shape: &mut Shape<'d>,
    ) -> bool {
        let branches = list(map, key);
        let open: Vec<usize> =
            (0..branches.len()).filter(|i| !only_null(&branches[*i]) || branches.len() == 1).collect();
        if open.is_empty() {
            return branches.is_empty();
        }
        shape.unions += usize::from(open.len() > 1);
        let chosen = open[self.choose(&format!("{place}/{key}"), open.len(), attempt)];
        if let Some(tag) = self.tag(map, &branches[chosen], place) {
            shape.tags.push(tag);
        }
        self.gather(&format!("{place}/{key}/{chosen}"), attempt, shape)
    }

    /// The discriminator's member and the value that leads to this branch.
    fn tag(&mut self, map: &Map<String, Value>, branch: &Value, place: &str) -> Option<(String, Value)> {
        let discriminator = map.get("discriminator")?;
        let name = discriminator["propertyName"].as_str()?;
        let reference = branch["$ref"].as_str()?;
        let component = reference.rsplit('/').next()?;
        let leads_here = |target: &Value| target == reference || target == component;
        if discriminator.get("defaultMapping").is_some_and(leads_here) {
            return None;
        }
        let mapping = discriminator["mapping"].as_object();
        let keys: Vec<&String> = mapping
            .into_iter()
            .flatten()
            .filter(|(_, target)| leads_here(target))
            .map(|(key, _)| key)
            .collect();
        let chosen = match keys.len() {
            0 => component.to_owned(),
            n => keys[self.choose(&format!("{place}/discriminator/{component}"), n, 0)].clone(),
        };
        Some((name.to_owned(), Value::String(chosen)))
    }

    /// Whether null fits the schema at this place.
    pub(super) fn nullable(&self, place: &str, hops: usize) -> bool {
        let Some(Value::Object(map)) = self.document.at(place) else { return false };
        if hops > 20 {
            return false;
        }
        if let Some(target) = map.get("$ref").and_then(Value::as_str).and_then(local) {
            return self.nullable(&target, hops + 1);
        }
        if map.get("nullable") == Some(&Value::Bool(true)) {
            return true;
        }
        let by_type = match map.get("type") {
            Some(Value::Array(types)) => types.iter().any(|t| t == "null"),
            Some(one) => one == "null",
            // What the keywords speak of is what is meant, though to JSON Schema everything else fits them too.
            None => {
                let mut shape = Shape::default();
                shape.add(place, map);
                shape.implied().is_none()
            }
        };
        let by_value = map.get("enum").and_then(Value::as_array).is_none_or(|e| e.contains(&Value::Null))
            && map.get("const").is_none_or(Value::is_null);
        let all = |key: &str| {
            (0..list(map, key).len()).all(|i| self.nullable(&format!("{place}/{key}/{i}"), hops + 1))
        };
        let any = |key: &str| {
            let count = list(map, key).len();
            count == 0 || (0..count).any(|i| self.nullable(&format!("{place}/{key}/{i}"), hops + 1))
        };
        by_type && by_value && all("allOf") && any("anyOf") && any("oneOf") && !map.contains_key("not")
    }
}

/// The list under a keyword; empty if there is none.
pub(super) fn list<'a>(map: &'a Map<String, Value>, key: &str) -> &'a [Value] {
    map.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn only_null(schema: &Value) -> bool {
    schema["type"] == "null" || schema.get("const") == Some(&Value::Null)
}
