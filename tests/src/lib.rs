//! Helpers of the tests: case folders, a server that knows its document, and the goldens of all cases, mounted as modules. What
//! a document says is read by [`reading`], apart from the generator.

pub mod conform;
#[cfg_attr(
    any(not(feature = "mounted"), feature = "judges"),
    allow(dead_code, reason = "what calls it is mounted, and of a single document not all of it")
)]
pub mod drive;
pub mod requests;
pub mod server;

pub use reading::{
    document, forward_compat, judge, made, mutate, mutate_diff, pattern, percent, same, sweep, synth, walk,
    xml,
};

// The runtime that the mounted SDKs share; it documents itself.
#[path = "../../generator/runtime/src/runtime/mod.rs"]
pub mod runtime;

/// The case folders of this checkout.
pub mod case {
    pub use folders::{Case, Output, compare, generate, is_update, settle};

    /// All cases in order of their names.
    pub fn cases() -> Result<Vec<Case>, String> {
        folders::cases(&crate::checkout())
    }
}

/// Generated SDKs as modules of this library, put here by the build script.
pub mod mounts {
    include!(concat!(env!("OUT_DIR"), "/mounts.rs"));
}

use std::path::{Path, PathBuf};

/// A round trip through the type of a schema.
pub type RoundTrip = fn(&[u8]) -> Result<Vec<u8>, String>;

/// What can be made of the types of an SDK: as [`made::Row`], and a function that makes it of leaves by pointer.
pub type MadeRow = (
    &'static str,
    &'static str,
    Option<(&'static str, &'static str, bool)>,
    fn(&serde_json::Map<String, serde_json::Value>, bool) -> Result<Vec<u8>, String>,
);

/// Makes every value that mounted types offer, and judges it.
pub fn make_rows(document: &document::Document, leaves: &[&str], rows: &[MadeRow]) -> made::Tally {
    let judge = made::judge(document).unwrap_or_else(|e| panic!("{e}"));
    let leaves: Vec<String> = leaves.iter().map(|leaf| (*leaf).to_owned()).collect();
    let leaves = made::leaves(document, &judge, &leaves);
    let named: Vec<made::Row<'_>> = rows.iter().map(|(at, what, tag, _)| (*at, *what, *tag)).collect();
    made::tally(document, &judge, &named, &mut |row, full| rows[row].3(&leaves, full))
}

/// The checkout that the tests belong to.
pub fn checkout() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(PathBuf::new, Path::to_path_buf)
}

/// Sends every body that can be had through mounted types and back.
pub fn sweep_rows(document: &document::Document, rows: &[(&str, RoundTrip)]) -> sweep::Tally {
    let pointers: Vec<&str> = rows.iter().map(|(pointer, _)| *pointer).collect();
    let mut echo = |pointer: &str, body: &[u8]| {
        let row = rows.iter().find(|(known, _)| *known == pointer);
        row.ok_or_else(|| "the schema has no type".to_owned()).and_then(|(_, echo)| echo(body))
    };
    sweep::sweep(document, &pointers, &mut echo, &mut || ()).unwrap_or_else(|e| panic!("{e}"))
}
