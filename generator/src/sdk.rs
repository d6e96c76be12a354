//! The Rust API of an SDK: one owned value that says everything about it.
//!
//! Made by `plan`, the last stage that decides. Emitters, `diff`, `names.lock`, the README index and programs that are
//! written against an SDK read this model and nothing else: they print or compare, and decide nothing.
//!
//! What the document says stands beside what it became, so no table is parallel to another. A use of a type is a
//! [`Ty`](crate::ir::Ty); [`Paths`] says how its names are reached, and [`Sdk::spell`] is the only function that writes one.

mod ident;
mod lookup;
mod model;
mod operation;
mod resource;
mod spell;
mod types;

pub use ident::Ident;
pub use model::*;
pub use operation::*;
pub use resource::Resource;
pub use spell::{Accepts, Bare, Paths, Under};
pub use types::*;
