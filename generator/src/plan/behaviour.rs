//! What calls give, and what comes after the first response: pages, waiting, streams.

pub(super) mod file;
pub(super) mod outcome;
pub(super) mod page;
pub(super) mod stream;
pub(super) mod wait;
pub(super) mod way;
