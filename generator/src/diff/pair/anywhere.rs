//! Types that stand in no common place, but say the same under names that do.

use super::super::likeness::{DEPTH, most_alike_first, same_words};
use super::context::Known;
use crate::ir::{Ty, TypeId, TypeName};
use crate::sdk::{Sdk, Shape};

/// How alike they must be.
const ALIKE: f64 = 0.75;
/// How much their names must share.
const SAME_WORDS: f64 = 0.5;
/// Pairs of types that are compared at most.
const MOST_PAIRS: usize = 2_000_000;

/// Pairs components that are alike and called alike. The names of inline types come from their places, so they tell nothing.
pub(super) fn types(known: &mut Known<'_>) -> bool {
    let component = |sdk: &Sdk, id: &TypeId| {
        !matches!(sdk.types[id].source, TypeName::Inline { .. }) && says_something(sdk, *id)
    };
    let old: Vec<TypeId> = known.old.types.ids().filter(|id| !known.types.contains_key(id)).collect();
    let new: Vec<TypeId> = known.new.types.ids().filter(|id| !known.taken.contains(id)).collect();
    if old.len() * new.len() > MOST_PAIRS {
        return false;
    }
    let mut scores: Vec<(f64, TypeId, TypeId)> = Vec::new();
    for a in old.iter().filter(|id| component(known.old, id)) {
        for b in new.iter().filter(|id| component(known.new, id)) {
            let words = same_words(known.old.types[*a].name.as_str(), known.new.types[*b].name.as_str());
            if words >= SAME_WORDS {
                let score = known.likeness().types(*a, *b, DEPTH);
                if score >= ALIKE {
                    scores.push((score + words, *a, *b));
                }
            }
        }
    }
    most_alike_first(&mut scores);
    let mut found = false;
    for (score, a, b) in &scores {
        let rival = scores.iter().any(|(other, x, y)| {
            let other_of_one = (x == a) != (y == b);
            other_of_one && other == score && known.is_free(*x, *y)
        });
        if !rival {
            found |= known.pair_types(*a, *b);
        }
    }
    found
}

/// Whether a type has enough in it to be known again.
fn says_something(sdk: &Sdk, id: TypeId) -> bool {
    match &sdk.types[id].shape {
        Shape::Struct(shape) => shape.fields.len() >= 3,
        Shape::Enum(shape) => shape.values.len() >= 3,
        Shape::Union(shape) => shape.variants.len() >= 2,
        Shape::Alias(to) => matches!(sdk.behind(to), Ty::Named(_)),
        Shape::Wrapper(_) => true,
    }
}
