//! The results of groups and instances.

use super::read::Group;
use super::wrap::Made;

/// The result of an instance.
#[derive(Debug)]
pub(super) enum Verdict {
    /// It round-tripped.
    Equal,
    /// Its JSON type is valid only because the schema has no `type`; the generated type follows the keywords of the schema.
    Implied(String),
    /// It is invalid and was refused.
    Declined,
    /// The group has no type.
    Untried,
    /// It should have round-tripped, and did not.
    Failed(String),
}

/// A group with the results of its instances.
pub(super) struct Tried<'s> {
    pub(super) group: &'s Group,
    pub(super) made: &'s Made,
    pub(super) verdicts: Vec<Verdict>,
}
