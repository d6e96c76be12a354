//! The kinds of problem.

use super::{Change, Kind, On};

mod messages;
mod operations;
mod references;
mod schemas;
mod values;

const fn k(
    name: &'static str,
    on: On,
    needs: &'static str,
    change: Change,
    codes: &'static [&'static str],
) -> Kind {
    Kind { name, on, needs, change, codes }
}

const SHAPE: &[&str] = &["wrong-shape", "sloppy"];
const UNKNOWN: &[&str] = &["keyword-unknown"];
const NOWHERE: &[&str] = &["unresolved-ref"];
const BOTH: &[&str] = &["contradiction"];
const UNUSED: &[&str] = &["keyword-ignored", "keyword-unknown"];
const CREDENTIAL: &[&str] = &["security-scheme"];

/// Every kind, in groups.
pub const KINDS: &[&[Kind]] =
    &[references::KINDS, operations::KINDS, messages::KINDS, schemas::KINDS, values::KINDS];
