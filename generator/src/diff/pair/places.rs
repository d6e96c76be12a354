//! Types that stand in the same place of what belongs together.
//!
//! Each pair of operations or types is looked into once, and proposes the types that it holds in the same place. Of all
//! proposals for a type the best is taken, not the first.

use std::collections::{BTreeMap, HashSet};

use super::super::likeness::{DEPTH, same_words, shared};
use super::super::rename::{self, renamed};
use super::context::Known;
use super::route::{answered, sent};
use crate::ir::{Content, OpId, Response, Ty, TypeId, TypeName};
use crate::sdk::{Operation, Shape, Struct, Union};

/// How alike types in the same place must be whose names say the same, or whose names come from their places.
const IN_PLACE: f64 = 0.34;
/// How alike types in the same place must be whose names say nothing.
const UNNAMED: f64 = 0.5;
/// Variants of a union that are all compared with each other.
const MOST_VARIANTS: usize = 64;

/// The proposals of what was looked into.
#[derive(Default)]
pub(super) struct Places {
    operations: HashSet<(OpId, OpId)>,
    types: HashSet<(TypeId, TypeId)>,
    /// How often two types stand in the same place.
    proposals: BTreeMap<(TypeId, TypeId), usize>,
}

impl Places {
    /// Pairs types in the same place until there are no more.
    pub(super) fn settle(&mut self, known: &mut Known<'_>) {
        loop {
            self.look(known);
            if !self.assign(known) {
                return;
            }
        }
    }

    fn look(&mut self, known: &Known<'_>) {
        for pair in &known.operations {
            if self.operations.insert(*pair) {
                self.operation((&known.old.operations[pair.0], &known.new.operations[pair.1]), known);
            }
        }
        for (a, b) in &known.types {
            if self.types.insert((*a, *b)) {
                self.insides(known, (*a, *b));
            }
        }
    }

    /// Takes the best of the proposals.
    fn assign(&mut self, known: &mut Known<'_>) -> bool {
        self.proposals.retain(|(a, b), _| known.is_free(*a, *b));
        let name = |old: bool, id: TypeId| match old {
            true => known.old.types[id].name.as_str(),
            false => known.new.types[id].name.as_str(),
        };
        let inline = |source: &TypeName| matches!(source, TypeName::Inline { .. });
        let mut scores = Vec::new();
        for ((a, b), count) in &self.proposals {
            let named_by_place = inline(&known.old.types[*a].source) || inline(&known.new.types[*b].source);
            let speaks = named_by_place || same_words(name(true, *a), name(false, *b)) > 0.0;
            let score = known.likeness().types(*a, *b, DEPTH);
            if score >= if speaks { IN_PLACE } else { UNNAMED } {
                let close = strsim::jaro_winkler(name(true, *a), name(false, *b));
                scores.push((score, close, *count, *a, *b));
            }
        }
        scores.sort_unstable_by(|x, y| {
            y.0.total_cmp(&x.0)
                .then(y.1.total_cmp(&x.1))
                .then(y.2.cmp(&x.2))
                .then((x.3, x.4).cmp(&(y.3, y.4)))
        });
        let mut found = false;
        for (.., a, b) in scores {
            found |= known.pair_types(a, b);
        }
        found
    }

    fn operation(&mut self, (old, new): (&Operation, &Operation), known: &Known<'_>) {
        for param in &old.params {
            let mut all = new.params.iter();
            let same = all.find(|other| (&other.wire, other.location) == (&param.wire, param.location));
            if let Some(other) = same {
                self.uses(known, &param.ty, &other.ty);
            }
        }
        let contents = |op: &'_ Operation| -> Vec<Content> {
            op.body.iter().flat_map(|body| body.contents.clone()).collect()
        };
        for content in &contents(old) {
            if let Some(other) = contents(new).iter().find(|other| other.media == content.media) {
                self.contents(known, content, other);
            }
        }
        let responses =
            |op: &'_ Operation| -> Vec<Response> { op.responses.iter().chain(&op.errors).cloned().collect() };
        for response in &responses(old) {
            let same = responses(new).into_iter().find(|other| other.status == response.status);
            if let (Some(a), Some(b)) = (&response.content, same.and_then(|other| other.content)) {
                self.contents(known, a, &b);
            }
        }
        for one in &old.others {
            if let Some(other) = new.others.iter().find(|other| other.content.media == one.content.media) {
                self.contents(known, &one.content, &other.content);
            }
        }
        for (a, b) in [(answered(old), answered(new)), (sent(old), sent(new))] {
            if let (Some(a), Some(b)) = (a, b) {
                self.uses(known, a, b);
            }
        }
    }

    fn contents(&mut self, known: &Known<'_>, a: &Content, b: &Content) {
        if let (Some(a), Some(b)) = (a.ty(), b.ty()) {
            self.uses(known, a, b);
        }
    }

    /// Proposes the types in two uses of the same place.
    fn uses(&mut self, known: &Known<'_>, a: &Ty, b: &Ty) {
        match (a, b) {
            (Ty::Named(a), Ty::Named(b)) if known.is_free(*a, *b) => {
                *self.proposals.entry((*a, *b)).or_default() += 1;
            }
            (Ty::Nullable(a), b) => self.uses(known, a, b),
            (a, Ty::Nullable(b)) => self.uses(known, a, b),
            (Ty::Boxed(a), b) => self.uses(known, a, b),
            (a, Ty::Boxed(b)) => self.uses(known, a, b),
            (Ty::List(a), Ty::List(b)) | (Ty::Map(a), Ty::Map(b)) => self.uses(known, a, b),
            (Ty::Tuple(a), Ty::Tuple(b)) => a.iter().zip(b).for_each(|(a, b)| self.uses(known, a, b)),
            _ => {}
        }
    }

    fn insides(&mut self, known: &Known<'_>, (a, b): (TypeId, TypeId)) {
        // Which of equal inline schemas stands for all of them is an accident.
        if shared(known.old, a) != a || shared(known.new, b) != b {
            return;
        }
        match (&known.old.types[a].shape, &known.new.types[b].shape) {
            (Shape::Struct(old), Shape::Struct(new)) => self.members(known, old, new),
            (Shape::Union(old), Shape::Union(new)) => self.variants(known, old, new),
            (Shape::Alias(a), Shape::Alias(b)) | (Shape::Wrapper(a), Shape::Wrapper(b)) => {
                self.uses(known, a, b);
            }
            _ => {}
        }
    }

    /// Members of one name, and those that look renamed.
    fn members(&mut self, known: &Known<'_>, old: &Struct, new: &Struct) {
        let (gone, fresh) = rename::members(&old.fields, &new.fields);
        let fits = |x: usize, y: usize| {
            let uses = known.likeness().uses(&old.fields[x].ty, &new.fields[y].ty, DEPTH);
            old.fields[x].constant.is_none() && new.fields[y].constant.is_none() && uses >= UNNAMED
        };
        for (x, y) in renamed(&gone, &fresh, fits) {
            self.uses(known, &old.fields[x].ty, &new.fields[y].ty);
        }
        for member in &old.fields {
            if let Some(other) = new.fields.iter().find(|other| other.wire == member.wire) {
                self.uses(known, &member.ty, &other.ty);
            }
        }
        if let (Some(a), Some(b)) = (&old.additional, &new.additional) {
            self.uses(known, &a.ty, &b.ty);
        }
    }

    /// Variants of one tag; all others could be each other.
    fn variants(&mut self, known: &Known<'_>, old: &Union, new: &Union) {
        let (mut gone, mut fresh) = (Vec::new(), (0..new.variants.len()).collect::<Vec<_>>());
        for variant in &old.variants {
            let same = |at: &usize| {
                let tags = &new.variants[*at].tags;
                variant.tags.iter().any(|tag| tags.contains(tag))
            };
            match fresh.iter().position(same) {
                Some(found) => self.uses(known, &variant.ty, &new.variants[fresh.remove(found)].ty),
                None => gone.push(&variant.ty),
            }
        }
        if gone.len() * fresh.len() <= MOST_VARIANTS {
            for a in gone {
                fresh.iter().for_each(|b| self.uses(known, a, &new.variants[*b].ty));
            }
        }
    }
}
