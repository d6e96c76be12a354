//! The codec through what emitted code and users see of it.
#![allow(unreachable_pub, reason = "the macros make public methods, here on private types")]

mod errors;
mod grammar;
mod members;
mod models;
mod scalars;
mod serde;
mod survival;
mod unions;
