//! What belongs together in two versions.
//!
//! Types of one name are one type: that is what users write. Operations are one by their `operationId` (or the extension that
//! `sdk.toml` names), else by their route. What is left over is paired by evidence, so that a move or a new name is not
//! taken for a removal and an addition: types that stand in the same place, operations whose resource moved, operations that
//! are alike. Two candidates that are equally good are none: nothing said is better than a wrong hint.

use std::collections::{HashMap, HashSet};

use crate::ir::{OpId, TypeId};
use crate::sdk::{Operation, Sdk};
use context::Known;
use places::Places;

mod anywhere;
mod context;
mod places;
mod relocation;
mod resembling;
mod route;

/// What belongs together.
pub(super) struct Pairs {
    pub(super) types: HashMap<TypeId, TypeId>,
    pub(super) new_types: HashSet<TypeId>,
    pub(super) operations: Vec<(OpId, OpId)>,
}

/// Finds what belongs together.
pub(super) fn pair(old: &Sdk, new: &Sdk) -> Pairs {
    let mut known = Known::new(old, new);
    types_by_name(&mut known);
    operations_by_id(&mut known);
    let mut places = Places::default();
    // What one pair tells helps to find the next; the better evidence goes first.
    loop {
        places.settle(&mut known);
        let found = relocation::operations(&mut known)
            || resembling::operations(&mut known)
            || anywhere::types(&mut known);
        if !found {
            break;
        }
    }
    known.operations.sort_unstable();
    Pairs { types: known.types, new_types: known.taken, operations: known.operations }
}

fn types_by_name(known: &mut Known<'_>) {
    let names = known.new.types.entries();
    let names: HashMap<&str, TypeId> = names.map(|(id, ty)| (ty.name.as_str(), id)).collect();
    for (id, ty) in known.old.types.entries() {
        if let Some(new) = names.get(ty.name.as_str()) {
            known.pair_types(id, *new);
        }
    }
}

fn operations_by_id(known: &mut Known<'_>) {
    type Key = fn(&Operation) -> Option<String>;
    let keys: [Key; 5] = [
        |op| op.identity.clone(),
        |op| Some(format!("{} {} {}", op.id.as_deref()?, op.method, op.path)),
        |op| op.id.clone(),
        |op| Some(op.route()),
        |op| Some(format!("{} {}", op.method, route::shape(&op.path))),
    ];
    for key in keys {
        let (old, new) = known.unpaired();
        let by_key = |sdk: &Sdk, ids: &[OpId]| {
            let mut found: HashMap<String, Option<OpId>> = HashMap::new();
            for id in ids {
                if let Some(key) = key(&sdk.operations[id]) {
                    // what two have tells nothing
                    found.entry(key).and_modify(|id| *id = None).or_insert(Some(*id));
                }
            }
            found
        };
        let (old, new) = (by_key(known.old, &old), by_key(known.new, &new));
        let same = old.iter().filter_map(|(key, a)| Some(((*a)?, (*new.get(key)?)?)));
        known.operations.extend(same);
        known.operations.sort_unstable();
    }
}
