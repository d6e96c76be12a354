//! Which of the things that are gone came back under another name.
//!
//! A name that shares words with another one is a hint, no proof: `html_url` is not the new name of `git_url`. So there must
//! be a second witness: the same place among its neighbours, or the same documentation; and documentation that says
//! something else is a witness against it.

use std::collections::HashSet;

use super::documentation::text;
use super::likeness::{most_alike_first, overlap};
use crate::ir::Docs;
use crate::sdk::Field;
use crate::word;

/// Words that are in every other name.
const COMMON: [&str; 12] =
    ["id", "type", "name", "at", "is", "url", "date", "count", "number", "status", "value", "data"];
/// Bytes of a documentation that tells something.
const TELLING: usize = 12;

/// A thing with a name: its name, its documentation, and its place among its kind.
pub(super) struct Named<'a> {
    pub(super) name: String,
    pub(super) docs: &'a Docs,
    pub(super) at: usize,
    pub(super) between: Between,
}

/// What stands before and after a thing, of what is in both versions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Between {
    before: Option<String>,
    after: Option<String>,
}

impl Between {
    /// The nearest on both sides of a position that are in both versions.
    pub(super) fn of(names: &[String], others: &[String], at: usize) -> Self {
        let both = |name: &&String| others.contains(name);
        Self {
            before: names[..at].iter().rev().find(both).cloned(),
            after: names[at + 1..].iter().find(both).cloned(),
        }
    }

    /// Whether something follows: what is new is often put at the end, whatever it is.
    fn is_within(&self) -> bool {
        self.after.is_some()
    }
}

/// Whether what is in both sequences stands in another order.
pub(super) fn reordered(before: &[usize], after: &[usize]) -> bool {
    let common = |of: &[usize], other: &[usize]| -> Vec<usize> {
        of.iter().filter(|at| other.contains(at)).copied().collect()
    };
    common(before, after) != common(after, before)
}

/// What is only in the old list and what is only in the new one.
pub(super) fn apart<'a>(
    old: &[(String, &'a Docs)],
    new: &[(String, &'a Docs)],
) -> (Vec<Named<'a>>, Vec<Named<'a>>) {
    let names = |of: &[(String, &Docs)]| of.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    let (before, after) = (names(old), names(new));
    let only = |of: &[(String, &'a Docs)], own: &[String], others: &[String]| {
        let all = of.iter().enumerate().filter(|(_, (name, _))| !others.contains(name));
        let one = |(at, (name, docs)): (usize, &(String, &'a Docs))| Named {
            name: name.clone(),
            docs,
            at,
            between: Between::of(own, others, at),
        };
        all.map(one).collect()
    };
    (only(old, &before, &after), only(new, &after, &before))
}

/// The fields that are only in one version.
pub(super) fn members<'a>(old: &'a [Field], new: &'a [Field]) -> (Vec<Named<'a>>, Vec<Named<'a>>) {
    let named = |of: &'a [Field]| of.iter().map(|of| (of.wire.clone(), &*of.docs)).collect::<Vec<_>>();
    apart(&named(old), &named(new))
}

/// Pairs what is gone with what is new: `fits` says whether two could be the same by their types.
pub(super) fn renamed(
    gone: &[Named<'_>],
    new: &[Named<'_>],
    fits: impl Fn(usize, usize) -> bool,
) -> Vec<(usize, usize)> {
    let mut scores: Vec<(f64, usize, usize)> = Vec::new();
    for a in gone {
        for b in new {
            if let Some(score) = score(a, b).filter(|_| fits(a.at, b.at)) {
                scores.push((score, a.at, b.at));
            }
        }
    }
    most_alike_first(&mut scores);
    let (mut old, mut fresh) = (HashSet::new(), HashSet::new());
    let mut pairs = Vec::new();
    for (score, a, b) in &scores {
        let rival = |(other, x, y): &(f64, usize, usize)| {
            other == score
                && ((x == a && y != b && !fresh.contains(y)) || (y == b && x != a && !old.contains(x)))
        };
        if old.contains(a) || fresh.contains(b) || scores.iter().any(rival) {
            continue;
        }
        old.insert(*a);
        fresh.insert(*b);
        pairs.push((*a, *b));
    }
    pairs.sort_unstable();
    pairs
}

/// How likely one is the new name of the other, if it is likely at all.
fn score(a: &Named<'_>, b: &Named<'_>) -> Option<f64> {
    let (x, y) = (word::words(&a.name), word::words(&b.name));
    let close = strsim::normalized_levenshtein(&a.name, &b.name);
    // Spelled in another way, or in the plural.
    if x == y || (x.len() == y.len() && x.iter().zip(&y).all(|(x, y)| word::same_noun(x, y))) {
        return Some(3.0 + close);
    }
    let docs = documented(a.docs, b.docs);
    let same_place = a.between == b.between;
    let is_sure = same_place && a.between.is_within();
    let shared = overlap(x.iter(), y.iter());
    let name = alike(&x, &y);
    let is_likely = match (name, docs) {
        // What says the same in other words, and is not said of the neighbours.
        (_, Some(docs)) if docs >= 1.0 => true,
        (Name::Same, None) => is_sure || text(a.docs) == text(b.docs),
        (Name::Common, None) => same_place && text(a.docs) == text(b.docs),
        (Name::Close, None) => is_sure,
        (Name::Same | Name::Common, Some(docs)) => docs >= 0.5 || (is_sure && docs >= 0.15),
        (Name::Close, Some(docs)) => (docs >= 0.5 && shared >= 0.5) || (is_sure && docs >= 0.15),
        (Name::Other, _) => false,
    };
    let name = match name {
        Name::Same => 1.0,
        Name::Close | Name::Common => 0.5,
        Name::Other => 0.0,
    };
    let place = if same_place { 0.5 } else { 0.0 };
    is_likely.then(|| name + shared + docs.unwrap_or_default() + place + 0.1 * close)
}

/// How much two names say the same.
#[derive(Clone, Copy)]
enum Name {
    /// One says all that the other does: `run_id` and `workflow_run_id`.
    Same,
    /// The same, but in words that are in every other name: `id` and `session_id`.
    Common,
    /// They share a word that tells something, or are spelled almost alike.
    Close,
    /// They share nothing.
    Other,
}

fn alike(x: &[String], y: &[String]) -> Name {
    let telling = |words: &[String]| -> HashSet<String> {
        words.iter().filter(|word| !COMMON.contains(&word.as_str())).cloned().collect()
    };
    let within = |a: &[String], b: &[String]| a.iter().all(|word| b.contains(word));
    let close = strsim::normalized_levenshtein(&x.join("_"), &y.join("_"));
    let tells = |words: &[String]| words.len() > 1 || !telling(words).is_empty();
    if within(x, y) || within(y, x) {
        if tells(x) && tells(y) { Name::Same } else { Name::Common }
    } else if close >= 0.7 || !telling(x).is_disjoint(&telling(y)) {
        Name::Close
    } else {
        Name::Other
    }
}

/// How much two documentations say the same; `None` if one says nothing.
fn documented(a: &Docs, b: &Docs) -> Option<f64> {
    let (a, b) = (text(a), text(b));
    if a.len() <= TELLING || b.len() <= TELLING {
        return None;
    }
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.len() > 2)
            .map(str::to_lowercase)
            .collect()
    };
    Some(if a == b { 1.0 } else { 0.99 * overlap(words(&a).iter(), words(&b).iter()) })
}
