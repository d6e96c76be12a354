//! Operations whose resource moved: what several of its operations show holds for the others, too.

use std::collections::{BTreeMap, HashMap};

use super::context::Known;
use super::route::{answered, id_words, is_item, same_action, statics};
use crate::ir::OpId;
use crate::sdk::{Operation, Sdk};

/// How many operations must show that a resource moved.
const WITNESSES: usize = 2;
/// How alike responses must be of operations at the new path that are not called alike.
const ALIKE: f64 = 0.34;

/// Where resources went: old beginnings of paths or ids, each with the new one.
type Moves = BTreeMap<Vec<String>, Vec<String>>;

/// Pairs operations whose resource moved.
pub(super) fn operations(known: &mut Known<'_>) -> bool {
    let by_id = moves(known, id_words);
    let by_path = moves(known, |op| Some(statics(&op.path)));
    let (old, new) = known.unpaired();
    let mut found = Vec::new();
    let mut wanted: HashMap<OpId, usize> = HashMap::new();
    for a in old {
        let op = &known.old.operations[a];
        let id = target(known.new, &new, op, &by_id, id_words);
        let path = target(known.new, &new, op, &by_path, |op| Some(statics(&op.path)));
        let path = path.filter(|b| {
            let other = &known.new.operations[*b];
            let alike = known.uses(answered(op), answered(other)).is_none_or(|alike| alike >= ALIKE);
            is_item(op) == is_item(other) && (same_action(op, other) || alike)
        });
        let b = match (id, path) {
            (Some(a), Some(b)) if a != b => continue,
            (Some(b), _) | (None, Some(b)) => b,
            (None, None) => continue,
        };
        *wanted.entry(b).or_default() += 1;
        found.push((a, b));
    }
    // what two would be is neither
    found.retain(|(_, b)| wanted[b] == 1);
    known.operations.extend(&found);
    !found.is_empty()
}

/// What pairs of operations show: where their paths or ids begin differently and end alike.
fn moves(known: &Known<'_>, parts: impl Fn(&Operation) -> Option<Vec<String>>) -> Moves {
    let mut seen: BTreeMap<Vec<String>, BTreeMap<Vec<String>, usize>> = BTreeMap::new();
    for (a, b) in &known.operations {
        let both = (parts(&known.old.operations[a]), parts(&known.new.operations[b]));
        let (Some(old), Some(new)) = both else { continue };
        let same = old.iter().rev().zip(new.iter().rev()).take_while(|(x, y)| x == y).count();
        let (from, to) = (&old[..old.len() - same], &new[..new.len() - same]);
        if !from.is_empty() && !to.is_empty() {
            *seen.entry(from.to_vec()).or_default().entry(to.to_vec()).or_default() += 1;
        }
    }
    let agreed = |(from, all): (Vec<String>, BTreeMap<Vec<String>, usize>)| {
        let sum: usize = all.values().sum();
        let (to, count) = all.into_iter().max_by_key(|(_, count)| *count)?;
        (count >= WITNESSES && count * 3 >= sum * 2).then_some((from, to))
    };
    seen.into_iter().filter_map(agreed).collect()
}

/// The only operation where this one would be if it moved along.
fn target(
    sdk: &Sdk,
    new: &[OpId],
    op: &Operation,
    moves: &Moves,
    parts: impl Fn(&Operation) -> Option<Vec<String>>,
) -> Option<OpId> {
    let own = parts(op)?;
    let (from, to) = (1..=own.len()).rev().find_map(|end| moves.get_key_value(&own[..end]))?;
    let moved: Vec<String> = to.iter().chain(&own[from.len()..]).cloned().collect();
    let fits = |id: &&OpId| {
        let other = &sdk.operations[*id];
        other.method == op.method && parts(other).is_some_and(|parts| parts == moved)
    };
    let mut all = new.iter().filter(fits);
    all.next().filter(|_| all.next().is_none()).copied()
}
