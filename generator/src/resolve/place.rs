//! Schemas by where they stand.

use serde_json::Value;

use crate::pointer::Pointer;

/// A schema by its place in the normalised tree.
#[derive(Clone, Debug)]
pub(crate) struct Place<'d> {
    /// Where it stands.
    pub(crate) at: Pointer,
    /// What stands there.
    pub(crate) value: &'d Value,
    /// Only what stands beside its `oneOf` or `anyOf` is meant: the part that holds for each branch.
    pub(crate) beside: bool,
}

impl<'d> Place<'d> {
    pub(super) fn new(at: Pointer, value: &'d Value) -> Self {
        Self { at, value, beside: false }
    }
}

/// Places are the same when they are the same node, which is quicker to see than the same pointer.
impl PartialEq for Place<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.value, other.value) && self.beside == other.beside
    }
}

impl Eq for Place<'_> {}

impl std::hash::Hash for Place<'_> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (std::ptr::from_ref(self.value), self.beside).hash(state);
    }
}
