//! Operations that are alike: their routes, ids, documentation, responses and what they take.

use std::collections::{HashMap, HashSet};

use super::super::documentation::text;
use super::super::likeness::{most_alike_first, overlap, sequence};
use super::context::Known;
use super::route::{answered, id_words, is_item, same_action, sent, statics};
use crate::ir::{Location, OpId, Ty, TypeId};
use crate::sdk::{Operation, Sdk};
use crate::word;

/// How alike operations must be.
const ENOUGH: f64 = 0.6;
/// How alike they must be if nothing else comes near.
const ALONE: f64 = 0.5;
/// How much better than the next the best candidate must be.
const MARGIN: f64 = 0.04;
/// How much better it must be if nothing else comes near.
const FAR: f64 = 0.15;
/// From when on the types that two operations carry speak for them.
const ALIKE: f64 = 0.5;
/// Bytes of a documentation that tells an operation.
const TELLING: usize = 12;

/// Pairs operations that are alike.
pub(super) fn operations(known: &mut Known<'_>) -> bool {
    let (old, new) = known.unpaired();
    let facts = Facts::of(known, &old, &new);
    let mut scores: Vec<(f64, OpId, OpId)> = Vec::new();
    for a in &old {
        for b in &new {
            let score = facts.alike(known, *a, *b);
            if score >= ALONE - FAR {
                scores.push((score, *a, *b));
            }
        }
    }
    most_alike_first(&mut scores);
    let mut done: (HashSet<OpId>, HashSet<OpId>) = Default::default();
    let before = known.operations.len();
    for (score, a, b) in &scores {
        if *score < ALONE || done.0.contains(a) || done.1.contains(b) {
            continue;
        }
        let margin = if *score < ENOUGH { FAR } else { MARGIN };
        let rival = scores.iter().any(|(other, x, y)| {
            let same = (x == a && y != b && !done.1.contains(y)) || (y == b && x != a && !done.0.contains(x));
            same && *other > score - margin
        });
        if !rival {
            done.0.insert(*a);
            done.1.insert(*b);
            known.operations.push((*a, *b));
        }
    }
    known.operations.len() > before
}

/// What is read once of both versions.
struct Facts {
    /// How many operations give a type, in the old version.
    givers: HashMap<TypeId, usize>,
    old: HashMap<OpId, Traits>,
    new: HashMap<OpId, Traits>,
}

/// What an operation is known by.
struct Traits {
    /// The fixed parts of its path.
    path: Vec<String>,
    id: Option<Vec<String>>,
    /// Its documentation, if no other unpaired operation has the same.
    docs: Option<String>,
}

impl Facts {
    fn of(known: &Known<'_>, old: &[OpId], new: &[OpId]) -> Self {
        let mut givers = HashMap::new();
        for op in known.old.operations.iter() {
            if let Some(id) = given(known.old, op) {
                *givers.entry(id).or_default() += 1;
            }
        }
        Self { givers, old: traits(known.old, old), new: traits(known.new, new) }
    }

    /// How much two operations are alike; 0 if nothing says that they act on the same thing.
    fn alike(&self, known: &Known<'_>, a: OpId, b: OpId) -> f64 {
        let (x, y) = (&self.old[&a], &self.new[&b]);
        let (a, b) = (&known.old.operations[a], &known.new.operations[b]);
        if a.method != b.method {
            return 0.0;
        }
        let documented = x.docs.is_some() && x.docs == y.docs;
        let noun = is_item(a) == is_item(b) && same_end(&x.path, &y.path);
        let action = same_action(a, b);
        let tells = given(known.old, a).is_some_and(|id| self.givers.get(&id) == Some(&1));
        if !(documented || noun || action || tells) {
            return 0.0;
        }
        let response = known.uses(answered(a), answered(b));
        let body = known.uses(sent(a), sent(b));
        let carry = |least: f64| response.is_none_or(|of| of >= least) && body.is_none_or(|of| of >= least);
        let carries = (response.is_some() || body.is_some()) && carry(ALIKE);
        let same_thing = (noun && (x.path == y.path || action || carry(ALIKE)))
            || documented
            || (action && carries)
            || (tells && response.is_some_and(|of| of >= ALIKE));
        if !same_thing {
            return 0.0;
        }
        let path = sequence(&x.path, &y.path);
        let id = match (&x.id, &y.id) {
            (Some(a), Some(b)) => sequence(a, b),
            _ => path,
        };
        // A type that many operations give says little of one.
        let many = given(known.old, a).and_then(|id| self.givers.get(&id)).map_or(1, |count| *count);
        let mut parts = vec![(0.35, path), (0.25, id)];
        parts.extend(response.map(|of| (0.5 / (1 + many) as f64, of)));
        parts.extend(body.map(|of| (0.1, of)));
        parts.extend(params(a, b).map(|of| (0.05, of)));
        parts.extend(documented.then_some((0.3, 1.0)));
        let weight: f64 = parts.iter().map(|(weight, _)| weight).sum();
        parts.iter().map(|(weight, of)| weight * of).sum::<f64>() / weight
    }
}

fn traits(sdk: &Sdk, ids: &[OpId]) -> HashMap<OpId, Traits> {
    let mut count: HashMap<String, usize> = HashMap::new();
    ids.iter().for_each(|id| *count.entry(text(&sdk.operations[id].docs)).or_default() += 1);
    let one = |id: &OpId| {
        let op = &sdk.operations[id];
        let docs = Some(text(&op.docs)).filter(|docs| docs.len() > TELLING && count[docs] == 1);
        (*id, Traits { path: statics(&op.path), id: id_words(op), docs })
    };
    ids.iter().map(one).collect()
}

/// The named type of the first success.
fn given(sdk: &Sdk, op: &Operation) -> Option<TypeId> {
    match answered(op).map(|ty| sdk.behind(ty)) {
        Some(Ty::Named(id)) => Some(*id),
        _ => None,
    }
}

/// Whether two paths end in the same noun.
fn same_end(x: &[String], y: &[String]) -> bool {
    matches!((x.last(), y.last()), (Some(x), Some(y)) if word::same_noun(x, y))
}

/// How many parameters outside of the path two operations share; `None` if neither has one.
fn params(a: &Operation, b: &Operation) -> Option<f64> {
    let names = |op: &Operation| -> Vec<String> {
        let all = op.params.iter().filter(|param| param.location != Location::Path);
        all.map(|param| param.wire.clone()).collect()
    };
    let (a, b) = (names(a), names(b));
    (!a.is_empty() || !b.is_empty()).then(|| overlap(a.iter(), b.iter()))
}
