//! The traits that give calls and models their methods, and the methods of HTTP: `use <sdk>::prelude::*`.

pub use super::call::{CallOptions, Operation};
pub use super::model::Model;
#[doc(no_inline)]
pub use super::route::Method;
