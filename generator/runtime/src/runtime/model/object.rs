//! What all objects of the API have in common.

use super::{Members, RawJson, Wire, to_string};
use crate::runtime::wire::UnknownMembers;

/// A model that is an object.
pub trait Model: Wire {
    /// Where the object keeps what has no field.
    #[doc(hidden)]
    fn members(&self) -> &Members;

    /// The same, to change it.
    #[doc(hidden)]
    fn members_mut(&mut self) -> &mut Members;

    /// Members that this version does not know, in the order they came.
    fn unknown_members(&self) -> UnknownMembers<'_> {
        self.members().unknown()
    }

    /// The member of this name, if this version does not know it.
    fn unknown_member(&self, name: &str) -> Option<&RawJson> {
        self.members().find_unknown(name)
    }

    /// Sends a member that this version does not know. Under the name of a known member, it is sent in its place.
    fn set_unknown_member(&mut self, name: &str, value: impl Wire) {
        self.members_mut().set_unknown(name, RawJson::checked(&to_string(&value)));
    }
}
