//! How much two types are alike, from 0 to 1, whatever they are called.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use crate::ir::{Ty, TypeId, TypeName};
use crate::sdk::{Sdk, Shape, Union};
use crate::word;

/// Levels of members that are looked into.
pub(super) const DEPTH: usize = 3;

/// Puts the pairs that are most alike first; of equals, those that come first in their versions.
pub(super) fn most_alike_first<T: Ord>(scores: &mut [(f64, T, T)]) {
    scores.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then_with(|| (&a.1, &a.2).cmp(&(&b.1, &b.2))));
}

/// Two versions, with the types that are known to be the same.
pub(super) struct Likeness<'a> {
    pub(super) old: &'a Sdk,
    pub(super) new: &'a Sdk,
    pub(super) known: &'a HashMap<TypeId, TypeId>,
}

impl Likeness<'_> {
    /// How much two uses are alike.
    pub(super) fn uses(&self, old: &Ty, new: &Ty, depth: usize) -> f64 {
        let (old, new) = (self.old.behind(old), self.new.behind(new));
        match (old, new) {
            (Ty::Named(a), Ty::Named(b)) => self.types(*a, *b, depth),
            (Ty::List(a), Ty::List(b)) | (Ty::Map(a), Ty::Map(b)) | (Ty::Nullable(a), Ty::Nullable(b)) => {
                0.2 + 0.8 * self.uses(a, b, depth)
            }
            (Ty::Nullable(a), b) => 0.9 * self.uses(a, b, depth),
            (a, Ty::Nullable(b)) => 0.9 * self.uses(a, b, depth),
            // a list that was put into an envelope, or taken out of one
            (Ty::List(a), Ty::Named(b)) => listed(self.new, *b).map_or(0.0, |b| 0.8 * self.uses(a, b, depth)),
            (Ty::Named(a), Ty::List(b)) => listed(self.old, *a).map_or(0.0, |a| 0.8 * self.uses(a, b, depth)),
            (Ty::Tuple(a), Ty::Tuple(b)) if a.len() == b.len() => 0.8,
            (Ty::Foreign(a), Ty::Foreign(b)) => {
                let (a, b) = (&self.old.foreign[a], &self.new.foreign[b]);
                if a.path == b.path { 1.0 } else { 0.0 }
            }
            (a, b) if a == b => 1.0,
            _ => 0.0,
        }
    }

    /// How much two types are alike.
    pub(super) fn types(&self, old: TypeId, new: TypeId, depth: usize) -> f64 {
        match self.known.get(&old) {
            Some(known) if *known == new => return 1.0,
            Some(_) => return 0.0,
            None => {}
        }
        let (old, new) = (shared(self.old, old), shared(self.new, new));
        if self.known.get(&old) == Some(&new) {
            return 1.0;
        }
        match (&self.old.types[old].shape, &self.new.types[new].shape) {
            (Shape::Struct(a), Shape::Struct(b)) => {
                let mut score = 0.0;
                let mut shared = 0;
                for old in &a.fields {
                    let Some(new) = b.fields.iter().find(|new| new.wire == old.wire) else { continue };
                    shared += 1;
                    let inner = if depth == 0 { 1.0 } else { self.uses(&old.ty, &new.ty, depth - 1) };
                    score += 0.5 + 0.5 * inner;
                }
                match a.fields.len() + b.fields.len() - shared {
                    0 => 1.0,
                    all => score / all as f64,
                }
            }
            (Shape::Enum(a), Shape::Enum(b)) => {
                overlap(a.values.iter().map(|value| &value.wire), b.values.iter().map(|value| &value.wire))
            }
            (Shape::Union(a), Shape::Union(b)) => {
                let tags = |of: &Union| -> Vec<String> {
                    of.variants.iter().flat_map(|variant| variant.tags.clone()).collect()
                };
                let (tags_a, tags_b) = (tags(a), tags(b));
                if tags_a.is_empty() && tags_b.is_empty() {
                    let known = |ty: &Ty| match ty {
                        Ty::Named(id) => self.known.get(id).map(|id| Ty::Named(*id)),
                        other => Some(other.clone()),
                    };
                    let old: Vec<Option<Ty>> = a.variants.iter().map(|variant| known(&variant.ty)).collect();
                    let new: Vec<Option<Ty>> =
                        b.variants.iter().map(|variant| Some(variant.ty.clone())).collect();
                    return overlap(old.iter(), new.iter());
                }
                overlap(tags_a.iter(), tags_b.iter())
            }
            (Shape::Alias(a), Shape::Alias(b)) | (Shape::Wrapper(a), Shape::Wrapper(b)) => {
                self.uses(a, b, depth)
            }
            _ => 0.0,
        }
    }
}

/// The type that an inline schema is equal to, which is only its first place in the document; else the type itself.
pub(super) fn shared(sdk: &Sdk, id: TypeId) -> TypeId {
    match (&sdk.types[id].source, &sdk.types[id].shape) {
        (TypeName::Inline { .. }, Shape::Alias(Ty::Named(of))) => *of,
        _ => id,
    }
}

/// The items of an object that has one list in it.
fn listed(sdk: &Sdk, id: TypeId) -> Option<&Ty> {
    let Shape::Struct(shape) = &sdk.types[id].shape else { return None };
    let items = |ty| match sdk.behind(ty) {
        Ty::List(item) => Some(&**item),
        _ => None,
    };
    let mut lists = shape.fields.iter().filter_map(|member| items(&member.ty));
    lists.next().filter(|_| lists.next().is_none())
}

/// What two sets share, of all that is in them.
pub(super) fn overlap<T: Eq + Hash>(a: impl Iterator<Item = T>, b: impl Iterator<Item = T>) -> f64 {
    let (a, b): (HashSet<T>, HashSet<T>) = (a.collect(), b.collect());
    let shared = a.intersection(&b).count();
    match a.len() + b.len() - shared {
        0 => 1.0,
        all => shared as f64 / all as f64,
    }
}

/// What two sequences share in the same order, of the longer one.
pub(super) fn sequence<T: PartialEq>(a: &[T], b: &[T]) -> f64 {
    let mut row = vec![0_usize; b.len() + 1];
    for x in a {
        let mut before = 0;
        for (at, y) in b.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if x == y { before + 1 } else { above.max(row[at]) };
            before = above;
        }
    }
    match a.len().max(b.len()) {
        0 => 1.0,
        all => row[b.len()] as f64 / all as f64,
    }
}

/// Words of names of types that say nothing of what they hold.
const EMPTY: [&str; 12] = [
    "request", "response", "model", "dto", "type", "item", "list", "object", "data", "info", "input",
    "output",
];

/// What two names of types share, of all words that say something in either; all, if one says whatever the other does.
pub(super) fn same_words(a: &str, b: &str) -> f64 {
    let words = |name: &str| -> HashSet<String> {
        let all = word::words(name).into_iter();
        all.map(|word| word::singular(&word).to_owned())
            .filter(|word| !EMPTY.contains(&word.as_str()))
            .collect()
    };
    let (a, b) = (words(a), words(b));
    let is_within = |a: &HashSet<String>, b: &HashSet<String>| !a.is_empty() && a.is_subset(b);
    if is_within(&a, &b) || is_within(&b, &a) {
        return 1.0;
    }
    overlap(a.iter(), b.iter())
}
