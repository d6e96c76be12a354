//! The branches of a union that count: those that are the union itself go, and those of another type than what stands beside it.

use std::collections::{HashMap, HashSet};

use crate::lower::context::Lower;
use crate::resolve::{Additional, Conjunction, Node, Place};

/// Unions in each other that are looked through for circles.
const MOST_VISITED: usize = 10_000;

/// What the branches of a union lead to.
struct Circles<'d> {
    /// The branches of those that are nothing but a union.
    inner: HashMap<Conjunction<'d>, Vec<Conjunction<'d>>>,
    /// Those that are the union, or lead to it.
    leading: HashSet<Conjunction<'d>>,
}

impl<'d> Lower<'d, '_> {
    /// The branches without those that lead back to the union. A branch that is the union itself adds nothing; one that is a union
    /// of which this one is a branch adds its other branches.
    pub(super) fn without_circles(
        &mut self,
        ways: Vec<Conjunction<'d>>,
        conjunction: &[Place<'d>],
    ) -> Vec<Conjunction<'d>> {
        let Circles { inner, leading } = self.circles(&ways, conjunction);
        if !ways.iter().any(|branch| leading.contains(branch)) {
            return ways;
        }
        let mut out: Vec<Conjunction<'d>> = Vec::new();
        let mut seen: HashSet<Conjunction<'d>> = HashSet::new();
        let mut open: Vec<Conjunction<'d>> = ways.into_iter().rev().collect();
        while let Some(branch) = open.pop() {
            if !seen.insert(branch.clone()) || seen.len() > MOST_VISITED || self.is_same(&branch, conjunction)
            {
                continue;
            }
            match inner.get(&branch).filter(|_| leading.contains(&branch)) {
                Some(inner) => open.extend(inner.iter().rev().cloned()),
                None => out.push(branch),
            }
        }
        out
    }

    /// Looks through the branches, theirs and so on, each once, up to those that are the union.
    fn circles(&mut self, ways: &[Conjunction<'d>], conjunction: &[Place<'d>]) -> Circles<'d> {
        let mut inner: HashMap<Conjunction<'d>, Vec<Conjunction<'d>>> = HashMap::new();
        let mut holders: HashMap<Conjunction<'d>, Vec<Conjunction<'d>>> = HashMap::new();
        let mut seen: HashSet<Conjunction<'d>> = HashSet::new();
        let mut open = ways.to_vec();
        let mut found = Vec::new();
        while let Some(branch) = open.pop() {
            if seen.len() >= MOST_VISITED || !seen.insert(branch.clone()) {
                continue;
            }
            if self.is_same(&branch, conjunction) {
                found.push(branch);
                continue;
            }
            let Some(branches) = self.inner(&branch) else { continue };
            for one in &branches {
                holders.entry(one.clone()).or_default().push(branch.clone());
            }
            open.extend(branches.iter().cloned());
            inner.insert(branch, branches);
        }
        let mut leading = HashSet::new();
        while let Some(branch) = found.pop() {
            if leading.insert(branch.clone()) {
                found.extend(holders.remove(&branch).unwrap_or_default());
            }
        }
        Circles { inner, leading }
    }

    /// Whether a branch leads to the schema that holds the union.
    fn is_same(&self, branch: &[Place<'d>], conjunction: &[Place<'d>]) -> bool {
        let end = self.end(branch);
        branch == conjunction || end.is_some_and(|end| conjunction.len() == 1 && conjunction[0] == end)
    }

    /// The branches of a branch that is nothing but a union.
    fn inner(&mut self, branch: &[Place<'d>]) -> Option<Vec<Conjunction<'d>>> {
        let doc = self.doc;
        let has_union = |value: &serde_json::Value| {
            ["oneOf", "anyOf", "$ref", "allOf"].iter().any(|key| value.get(*key).is_some())
        };
        if !branch.iter().all(|place| has_union(place.value)) {
            return None;
        }
        let node = doc.node(branch, self.sink);
        match node.unions.as_slice() {
            [only] if !Self::says_more(&node) => Some(only.clone()),
            _ => None,
        }
    }

    /// The component that a branch is another name of, at the end of all references. A component that extends another one by being
    /// listed there is no other name of it.
    pub(super) fn end(&self, branch: &[Place<'d>]) -> Option<Place<'d>> {
        let mut place = self.doc.reference(branch)?.target;
        for _ in 0..crate::reference::MOST {
            match self.doc.reference(std::slice::from_ref(&place)) {
                Some(next) if !self.is_child(&next.target.at, &place.at) => place = next.target,
                _ => break,
            }
        }
        Some(place)
    }

    /// The branches that can be of the type which the rest of the schema demands; `None` where what is left says nothing more.
    pub(super) fn narrowed(
        &mut self,
        ways: Vec<Conjunction<'d>>,
        node: &Node<'d>,
    ) -> Option<Vec<Conjunction<'d>>> {
        let Some(kind) = node.kind.filter(|kind| *kind != "object") else { return Some(ways) };
        let mut kept = Vec::with_capacity(ways.len());
        for branch in ways {
            let own = self.doc.node(&branch, self.sink);
            // Without a type, keywords about objects say nothing of an array or a scalar.
            let says_nothing = own.unions.is_empty()
                && own.values.is_none()
                && own.items.is_none()
                && own.prefix.is_empty()
                && (own.kind.is_none() || own.kind == Some(kind))
                && own.format.is_none();
            if says_nothing {
                return None;
            }
            let may_be = match own.kind {
                Some(of) => of == kind || (kind == "number" && of == "integer"),
                None => {
                    own.values.as_ref().is_none_or(|values| values.iter().any(|value| is_of(value, kind)))
                }
            };
            if may_be {
                // Items that may be anything, where the schema beside the union knows them.
                let plain_array = kind == "array" && own.items.is_some() && node.items.is_some();
                if plain_array && own.unions.is_empty() && self.is_anything(own.items.as_ref()) {
                    return None;
                }
                kept.push(branch);
            }
        }
        (!kept.is_empty()).then_some(kept)
    }

    fn is_anything(&mut self, items: Option<&Conjunction<'d>>) -> bool {
        items.is_some_and(|items| {
            let item = self.doc.node(items, self.sink);
            item.kind.is_none() && item.unions.is_empty() && item.values.is_none() && !item.has_members()
        })
    }

    /// Whether a schema says anything that goes into each of its branches.
    pub(in crate::lower) fn says_more(node: &Node<'_>) -> bool {
        node.has_members()
            || !node.required.is_empty()
            || node.items.is_some()
            || !node.prefix.is_empty()
            || matches!(node.additional, Additional::Typed(_))
    }

    /// Whether a branch says all by itself that stands beside the union: the same properties, or narrower ones.
    pub(in crate::lower) fn covers(&mut self, own: &Node<'d>, outer: &Node<'d>) -> bool {
        let tag = outer.discriminator.and_then(|map| map.get("propertyName")?.as_str());
        let declares =
            |name: &&&str| own.properties.contains_key(**name) || outer.properties.contains_key(**name);
        let requires = outer
            .required
            .iter()
            .filter(declares)
            .all(|name| own.requires(name) || (tag == Some(*name) && own.properties.contains_key(name)));
        let same_items = outer.items.is_none() || outer.items == own.items;
        let additional =
            !matches!(outer.additional, Additional::Typed(_)) || outer.additional == own.additional;
        requires
            && same_items
            && outer.prefix.is_empty()
            && additional
            && outer.properties.iter().all(|(name, places)| {
                let Some(mine) = own.properties.get(name) else { return false };
                places.iter().all(|place| mine.contains(place)) || self.is_narrower(mine, places)
            })
    }

    /// Whether a property says at least what another one does: a constant of a list of values, a type of its own beside a plain one.
    fn is_narrower(&mut self, mine: &Conjunction<'d>, other: &Conjunction<'d>) -> bool {
        let (mine, other) = (self.doc.node(mine, self.sink), self.doc.node(other, self.sink));
        let values = match (&mine.values, &other.values) {
            (_, None) => true,
            (Some(mine), Some(other)) => mine.iter().all(|value| other.contains(value)),
            (None, Some(_)) => false,
        };
        values
            && (other.kind.is_none() || mine.kind == other.kind || mine.values.is_some())
            && (other.format.is_none() || mine.format == other.format)
            && !other.has_members()
            && other.unions.is_empty()
            && other.items.is_none()
            && other.prefix.is_empty()
            && !matches!(other.additional, Additional::Typed(_))
            && (mine.nullable || !other.nullable)
    }
}

/// Whether a value is of a type.
fn is_of(value: &serde_json::Value, kind: &str) -> bool {
    match kind {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        _ => value.is_object(),
    }
}
