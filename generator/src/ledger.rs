//! The coverage ledger: what became of every node of the input.
//!
//! An independent sum. The stages say nothing to it: it counts the nodes of the document as it came in, looks each up in
//! the keyword tables, and believes a claim only where there is a proof: what is used must still stand in the normal form,
//! what is left out must have been reported. What has neither is unaccounted for, and must not be.

mod proof;
mod sum;
mod walk;

use crate::tree::size;
pub(crate) use proof::Evidence;
pub use sum::{Count, Ledger, Row};

/// Sums up what became of every node.
pub(crate) fn ledger(evidence: &Evidence<'_>, untyped: Vec<(String, String)>) -> Ledger {
    let proof = proof::Proof::new(evidence);
    let mut ledger = Ledger { nodes: size(evidence.input), untyped, ..Ledger::default() };
    walk::walk(evidence.input, &proof, &mut ledger);
    for row in ledger.rows.values() {
        ledger.total.used += row.count.used;
        ledger.total.recorded += row.count.recorded;
        ledger.total.ignored += row.count.ignored;
        ledger.total.unaccounted += row.count.unaccounted;
    }
    ledger
}
