//! What is known so far to belong together.

use std::collections::{HashMap, HashSet};

use super::super::likeness::Likeness;
use crate::ir::{OpId, Ty, TypeId};
use crate::sdk::Sdk;

/// The two versions, and the pairs found so far.
pub(super) struct Known<'a> {
    pub(super) old: &'a Sdk,
    pub(super) new: &'a Sdk,
    pub(super) types: HashMap<TypeId, TypeId>,
    /// New types that have an old one.
    pub(super) taken: HashSet<TypeId>,
    pub(super) operations: Vec<(OpId, OpId)>,
}

impl<'a> Known<'a> {
    pub(super) fn new(old: &'a Sdk, new: &'a Sdk) -> Self {
        Self { old, new, types: HashMap::new(), taken: HashSet::new(), operations: Vec::new() }
    }

    /// Pairs two types if both are free.
    pub(super) fn pair_types(&mut self, a: TypeId, b: TypeId) -> bool {
        let is_free = self.is_free(a, b);
        if is_free {
            self.types.insert(a, b);
            self.taken.insert(b);
        }
        is_free
    }

    /// Whether neither of two types has a counterpart.
    pub(super) fn is_free(&self, a: TypeId, b: TypeId) -> bool {
        !self.types.contains_key(&a) && !self.taken.contains(&b)
    }

    /// The operations without a counterpart, old and new.
    pub(super) fn unpaired(&self) -> (Vec<OpId>, Vec<OpId>) {
        let old: HashSet<OpId> = self.operations.iter().map(|(a, _)| *a).collect();
        let new: HashSet<OpId> = self.operations.iter().map(|(_, b)| *b).collect();
        let left =
            |sdk: &Sdk, taken: HashSet<OpId>| sdk.operations.ids().filter(|id| !taken.contains(id)).collect();
        (left(self.old, old), left(self.new, new))
    }

    /// How types resemble each other, by what is known.
    pub(super) fn likeness(&self) -> Likeness<'_> {
        Likeness { old: self.old, new: self.new, known: &self.types }
    }

    /// How much two things that may carry a type are alike; `None` if neither does.
    pub(super) fn uses(&self, a: Option<&Ty>, b: Option<&Ty>) -> Option<f64> {
        match (a, b) {
            (Some(a), Some(b)) => Some(self.likeness().uses(a, b, super::super::likeness::DEPTH)),
            (None, None) => None,
            _ => Some(0.0),
        }
    }
}
