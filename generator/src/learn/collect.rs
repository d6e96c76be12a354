//! Merges the differences of many bodies: one finding per node of the document and name, with counts and evidence.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use super::compare::{Difference, Kind, Outcome};
use super::infer::Inferred;
use crate::pointer::Pointer;

/// Entries that are kept as evidence of one finding.
const MOST_EVIDENCE: usize = 3;
/// Objects that are kept to try other schemas on.
const MOST_SAMPLES: usize = 20;

/// Where a difference was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The entry of the recording.
    pub entry: String,
    /// What was called: `GET /runs/{id}`, and the status.
    pub call: String,
    /// The location in the body, as a JSON pointer with `*` for items; empty for the body itself.
    pub path: String,
}

/// A difference, merged.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) kind: Kind,
    pub(super) at: Pointer,
    pub(super) site: Option<Pointer>,
    pub(super) name: Option<String>,
    /// The property that tells variants apart.
    pub(super) tag: Option<String>,
    pub(super) breaks: bool,
    pub(super) count: usize,
    pub(super) evidence: Vec<Evidence>,
    /// What the values were.
    pub(super) values: Inferred,
    /// What was sent, for operations.
    pub(super) sent: Option<Inferred>,
    /// A scalar that may be written.
    pub(super) scalar: Option<Value>,
}

/// The values that a reference described.
#[derive(Clone, Debug, Default)]
pub(super) struct Use<'v> {
    pub(super) count: usize,
    pub(super) refused: usize,
    pub(super) samples: Vec<&'v Value>,
}

type Key = (Pointer, Kind, Option<String>, Option<Pointer>);

/// What all bodies of a recording show.
#[derive(Debug, Default)]
pub(super) struct Collected<'v> {
    found: BTreeMap<Key, Found>,
    /// How many values a schema was applied to; calls by operation, responses by declaration.
    seen: HashMap<Pointer, usize>,
    pub(super) uses: BTreeMap<Pointer, Use<'v>>,
    /// Bodies that were compared.
    pub(super) bodies: usize,
}

impl<'v> Collected<'v> {
    /// Adds what a body shows.
    pub(super) fn body(&mut self, outcome: Outcome<'v>, entry: &str, call: &str) {
        self.bodies += 1;
        outcome.seen.into_iter().for_each(|at| self.saw(at));
        for (site, is_refused, value) in outcome.uses {
            let of = self.uses.entry(site).or_default();
            of.count += 1;
            of.refused += usize::from(is_refused);
            if of.samples.len() < MOST_SAMPLES {
                of.samples.push(value);
            }
        }
        for difference in outcome.found {
            self.difference(difference, entry, call);
        }
    }

    pub(super) fn saw(&mut self, at: Pointer) {
        *self.seen.entry(at).or_default() += 1;
    }

    /// Adds a difference, and returns what it became part of.
    pub(super) fn difference(&mut self, one: Difference<'_>, entry: &str, call: &str) -> &mut Found {
        let key = (one.at.clone(), one.kind, one.name.clone(), one.site.clone());
        let found = self.found.entry(key).or_insert_with(|| Found {
            kind: one.kind,
            at: one.at,
            site: one.site,
            name: one.name,
            tag: None,
            breaks: false,
            count: 0,
            evidence: Vec::new(),
            values: Inferred::default(),
            sent: None,
            scalar: None,
        });
        found.count += 1;
        found.breaks |= one.breaks;
        found.tag = found.tag.take().or(one.tag);
        if let Some(sample) = one.sample {
            found.values.add(sample);
            if found.name.is_some() && !sample.is_object() && !sample.is_array() {
                found.scalar = Some(sample.clone());
            }
        }
        let evidence = Evidence { entry: entry.to_owned(), call: call.to_owned(), path: one.path };
        if found.evidence.len() < MOST_EVIDENCE && !found.evidence.contains(&evidence) {
            found.evidence.push(evidence);
        }
        found
    }

    /// How many values a schema was applied to.
    pub(super) fn count(&self, at: &Pointer) -> usize {
        self.seen.get(at).copied().unwrap_or(0)
    }

    /// The findings, in the order of the document's pointers.
    pub(super) fn found(&self) -> Vec<Found> {
        self.found.values().cloned().collect()
    }
}
