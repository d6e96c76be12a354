//! Where types are written, and where they hold themselves.

pub(super) mod cycle;
pub(super) mod derive;
pub(super) mod home;
pub(super) mod share;
