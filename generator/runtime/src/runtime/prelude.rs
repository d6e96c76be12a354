//! The traits that give calls and models their methods: `use <sdk>::prelude::*`.

pub use super::call::{CallOptions, Operation};
pub use super::model::Model;
