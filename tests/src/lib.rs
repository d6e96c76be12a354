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
    document, forward_compat, judge, made, mutate, mutate_diff, mutate_learn, pattern, percent, same, sweep,
    synth, walk, xml,
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

/// Generated SDKs as modules, put here by the build script. They are private, so that only what a table leads to becomes machine code:
/// a third of the whole. Clippy and rustdoc, which make none, see all of it as public and find what is dead or badly linked.
#[cfg_attr(
    not(any(clippy, doc)),
    allow(
        dead_code,
        unreachable_pub,
        unused_imports,
        reason = "users of an SDK reach more of it than its table"
    )
)]
mod mounted {
    include!(concat!(env!("OUT_DIR"), "/mounts.rs"));
}

/// The tables of the mounted SDKs, and the SDKs that tests call by name.
pub mod mounts {
    #[cfg(any(clippy, doc))]
    pub use crate::mounted::*;
    pub use crate::mounted::{MADE, ROUND_TRIPS, SDKS};
    #[cfg(all(feature = "mounted", not(feature = "judges")))]
    pub use crate::mounted::{
        answers_by_media, drift, drift_learned, enum_constants, enum_with_data, event_stream,
        inheritance_by_mapping, inheritance_nested, inheritance_nested_parts, json_lines, newer_version,
        nullable_by_reference, parent_union, parent_union_in_place, parent_union_plain, parent_union_shape,
        pet_shop, security, text_and_bytes, union_alias, union_all_of_object, union_beside_array,
        union_beside_members, union_default, union_in_files, union_in_union, union_integer_tags,
        union_many_tags, union_narrowed, union_no_property, union_of_itself, union_of_itself_alias,
        union_optional_constants, webhook_event, xml_32, xml_beside_json, xml_keywords,
    };
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
