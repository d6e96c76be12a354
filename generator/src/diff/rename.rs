//! Which of the things that are gone came back under another name.

use std::collections::HashSet;

use super::notes::text;
use crate::ir::Docs;
use crate::word;

/// A thing with a name: its name, its documentation, and its place among its kind.
pub(super) struct Named<'a> {
    pub(super) name: String,
    pub(super) docs: &'a Docs,
    pub(super) at: usize,
}

/// Whether what is in both sequences stands in another order.
pub(super) fn reordered(before: &[usize], after: &[usize]) -> bool {
    let common = |of: &[usize], other: &[usize]| -> Vec<usize> {
        of.iter().filter(|at| other.contains(at)).copied().collect()
    };
    common(before, after) != common(after, before)
}

/// Pairs what is gone with what is new: `fits` says whether two could be the same by their types. Names must share a word,
/// or be spelled alike, or have the same documentation.
pub(super) fn renamed(
    gone: &[Named<'_>],
    new: &[Named<'_>],
    fits: impl Fn(usize, usize) -> bool,
) -> Vec<(usize, usize)> {
    let mut scores: Vec<(f64, usize, usize)> = Vec::new();
    for a in gone {
        for b in new.iter().filter(|b| fits(a.at, b.at)) {
            let score = score(a, b);
            if score >= 0.5 {
                scores.push((score, a.at, b.at));
            }
        }
    }
    scores.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
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

fn score(a: &Named<'_>, b: &Named<'_>) -> f64 {
    let (own, other) = (text(a.docs), text(b.docs));
    let same_docs = !own.is_empty() && own == other && own.len() > 12;
    let (x, y) = (word::words(&a.name), word::words(&b.name));
    if x == y {
        return 2.0;
    }
    // `id` and `session_id`: one says all that the other does
    let within = |a: &[String], b: &[String]| !a.is_empty() && a.iter().all(|word| b.contains(word));
    let contained = if within(&x, &y) || within(&y, &x) { 0.5 } else { 0.0 };
    // `id` and `type` are in every other name
    let telling = |words: &[String]| -> HashSet<String> {
        words
            .iter()
            .filter(|word| !matches!(word.as_str(), "id" | "type" | "name" | "at" | "is"))
            .cloned()
            .collect()
    };
    let (x, y) = (telling(&x), telling(&y));
    let shared = x.intersection(&y).count();
    let words = if shared == 0 { 0.0 } else { 0.5 + 0.5 * shared as f64 / x.union(&y).count() as f64 };
    let spelled = strsim::normalized_levenshtein(&a.name, &b.name);
    let spelled = if spelled >= 0.6 { spelled } else { 0.0 };
    words.max(spelled).max(contained) + if same_docs { 1.0 } else { 0.0 }
}
