//! A second reading of OpenAPI, written apart from the generator's, so that a mistake made there is not made here again.
//!
//! In: documents as untyped JSON, and functions that send a body through a type. Out: bodies that fit the schemas of a document,
//! the same bodies as tomorrow's API would send them, and what did not come back equal. Must not know the generator, nor files
//! other than the document.

pub mod document;
pub mod family;
pub mod forward_compat;
pub mod judge;
pub mod made;
pub mod mutate;
pub mod mutate_diagnostics;
pub mod mutate_diff;
pub mod mutate_learn;
pub mod pattern;
pub mod percent;
pub mod same;
pub mod sweep;
pub mod synth;
pub mod walk;
pub mod xml;
