//! Turns an OpenAPI document into the files of a Rust SDK. Pure: no IO, no clock, no environment.

pub mod config;
pub mod diag;
pub mod files;
pub mod ir;
pub mod load;
pub mod pointer;
pub mod source;
pub mod tree;

mod embed;
mod emit;
pub mod fixup;
pub mod locate;
mod lower;
mod normalize;
mod plan;
mod render;
mod resolve;
mod word;
