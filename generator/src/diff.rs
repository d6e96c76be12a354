//! What a new version of a document means for those who use the SDK.
//!
//! In: two [`Sdk`]s. Out: [`Changes`], plain data: each with the Rust
//! item, what happened to it, its class, why, and its place in both documents. Pure: no text is located or rendered here.
//!
//! The classes: *breaking* is what keeps code from compiling, or makes it mean something else, or JSON that the old version
//! wrote read as something else. *Addition* is what code need not know, the open rules included: a new value, variant or
//! optional member was always to be expected. *Fix* is all else: documentation, and what only the wire sees.

use crate::sdk::Sdk;
use both::Both;

pub use announce::Announcement;
pub use change::{Change, Changes, Class, Verdict};
pub use kind::Kind;
pub use spell::public_names;

mod announce;
mod auth;
mod behaviour;
mod both;
mod calls;
mod change;
mod client;
mod documentation;
mod headers;
mod json;
mod kind;
mod likeness;
mod members;
mod notes;
mod pair;
mod params;
mod picks;
mod rename;
mod responses;
mod same;
mod spell;
mod types;
mod xml;

/// Compares what two versions of an SDK offer.
pub fn diff(old: &Sdk, new: &Sdk) -> Changes {
    let pairs = pair::pair(old, new);
    let mut out = Vec::new();
    let mut both = Both { old, new, pairs: &pairs, out: &mut out };
    client::client(&mut both);
    types::types(&mut both);
    calls::calls(&mut both);
    xml::xml(&mut both);
    out.sort_by(|a, b| {
        let key = |change: &Change| (std::cmp::Reverse(change.class), change.item.clone(), change.kind);
        key(a).cmp(&key(b)).then_with(|| a.cmp(b))
    });
    out.dedup();
    let operations =
        pairs.operations.iter().map(|(a, b)| (old.operations[a].route(), new.operations[b].route()));
    Changes { operations: operations.collect(), list: out, equal: types::equal(new) }
}
