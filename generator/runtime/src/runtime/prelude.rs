//! The traits that give calls and models their methods, and the methods of HTTP: `use <sdk>::prelude::*`.
//!
//! The traits come without their names, so that the preludes of two SDKs and a type called like one of them go together. To name
//! one, take it from the root of the SDK.

pub use super::call::{CallOptions as _, Operation as _};
pub use super::model::Model as _;
#[doc(no_inline)]
pub use super::route::Method;
