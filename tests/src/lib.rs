//! Helpers of the tests: a second reading of OpenAPI, written apart from the generator's, so that a mistake made there is
//! not made here again.

pub mod document;
pub mod judge;
pub mod mutate;
pub mod pattern;
pub mod percent;
pub mod same;
pub mod server;
pub mod synth;
pub mod walk;

use std::path::{Path, PathBuf};

/// The checkout that the tests belong to.
pub fn checkout() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(PathBuf::new, Path::to_path_buf)
}
