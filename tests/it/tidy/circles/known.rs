//! The circles that there are.
//!
//! The list is a ratchet: take an entry out, or files out of an entry, when a circle is gone. What stays in the end is
//! inherent recursion, and ARCHITECTURE.md names it.

/// Each with the `src` folder of its crate, its files, and the reason why it is there.
pub(super) const KNOWN: &[(&str, &str, &str)] = &[];
