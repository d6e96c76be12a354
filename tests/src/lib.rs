//! Helpers of the tests: a second reading of OpenAPI, written apart from the generator's, so that a mistake made there is
//! not made here again; and the goldens of all cases, mounted as modules.

pub mod case;
pub mod conform;
pub mod document;
pub mod drive;
pub mod judge;
pub mod mutate;
pub mod pattern;
pub mod percent;
pub mod same;
pub mod server;
pub mod sweep;
pub mod synth;
pub mod walk;

// The runtime that the mounted SDKs share; it documents itself.
#[path = "../../generator/runtime/src/runtime/mod.rs"]
pub mod runtime;

/// Generated SDKs as modules of this library, put here by the build script.
pub mod mounts {
    include!(concat!(env!("OUT_DIR"), "/mounts.rs"));
}

use std::path::{Path, PathBuf};

/// The checkout that the tests belong to.
pub fn checkout() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(PathBuf::new, Path::to_path_buf)
}
