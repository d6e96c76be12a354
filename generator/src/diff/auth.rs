//! Changes of what lets a call in: which credentials, and what they must be allowed to do.

use std::collections::{BTreeMap, BTreeSet};

use super::both::{At, Both};
use super::kind::Kind;
use crate::pointer::Pointer;
use crate::sdk::{Operation, Sdk};

/// The schemes of one alternative, each with its scopes.
type Way = BTreeMap<String, BTreeSet<String>>;

/// Which credentials are asked for. What was enough before must still be enough.
pub(super) fn security(both: &mut Both<'_>, (old, new): (&Operation, &Operation), item: &str, at: At<'_>) {
    let (was, is) = (ways(both.old, old), ways(both.new, new));
    if was == is {
        return;
    }
    let what = format!("requires credentials: {}, not {}", spelled(&is), spelled(&was));
    let is_open = |ways: &BTreeSet<Way>| ways.is_empty() || ways.iter().any(BTreeMap::is_empty);
    let is_enough = |had: &Way| is.iter().any(|way| meets(had, way));
    let still = is_open(&is) || (!is_open(&was) && was.iter().all(is_enough));
    if still {
        both.fix(Kind::AuthChanged, item, at, what, "clients that could call it still can");
    } else {
        let why = "clients that could call it may be refused";
        both.breaking(Kind::AuthChanged, item, at, what, why);
    }
}

fn ways(sdk: &Sdk, op: &Operation) -> BTreeSet<Way> {
    let way = |all: &Vec<crate::ir::Demand>| {
        let each = all.iter().map(|demand| {
            let key = sdk.credentials[demand.scheme].key.clone();
            (key, demand.scopes.iter().cloned().collect())
        });
        each.collect()
    };
    op.security.iter().map(way).collect()
}

/// Whether who has this is let in where that is asked for.
fn meets(had: &Way, asked: &Way) -> bool {
    asked.iter().all(|(key, scopes)| had.get(key).is_some_and(|own| scopes.is_subset(own)))
}

fn spelled(ways: &BTreeSet<Way>) -> String {
    let scheme = |(key, scopes): (&String, &BTreeSet<String>)| {
        let scopes: Vec<&str> = scopes.iter().map(String::as_str).collect();
        if scopes.is_empty() { key.clone() } else { format!("{key} ({})", scopes.join(", ")) }
    };
    let way = |way: &Way| match way.is_empty() {
        true => "none".to_owned(),
        false => way.iter().map(scheme).collect::<Vec<_>>().join(" + "),
    };
    match ways.is_empty() {
        true => "none".to_owned(),
        false => ways.iter().map(way).collect::<Vec<_>>().join(" or "),
    }
}

/// What is said of every operation with the same words is said once, of the client.
pub(super) fn gather(both: &mut Both<'_>, first: usize) {
    let count = both.pairs.operations.len();
    let said: Vec<usize> =
        (first..both.out.len()).filter(|at| both.out[*at].kind == Kind::AuthChanged).collect();
    let Some(of) = said.first().map(|at| both.out[*at].clone()) else { return };
    if count < 3 || said.len() < count || said.iter().any(|at| both.out[*at].what != of.what) {
        return;
    }
    let mut at = 0;
    both.out.retain(|change| {
        at += 1;
        at <= first || change.kind != Kind::AuthChanged
    });
    let security = Pointer::root().child("security");
    let place = At::both(&security, &security);
    both.say(Kind::AuthChanged, of.class, "Client", place, (format!("{}, for every call", of.what), &of.why));
}
