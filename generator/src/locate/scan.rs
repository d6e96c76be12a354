//! One scan of a text for all pointers.

use super::{Place, Wanted, json, toml, yaml};
use crate::pointer::Pointer;
use crate::source::{Format, Source};

/// Where the nodes at these pointers stand; `None` only where the text cannot be scanned at all.
pub fn locate(source: &Source, pointers: &[&Pointer]) -> Vec<Option<Place>> {
    let mut wanted = Wanted::default();
    let ids: Vec<usize> = pointers.iter().map(|pointer| wanted.add(pointer)).collect();
    match source.format() {
        Format::Json => json::scan(source.body(), &mut wanted),
        Format::Yaml => yaml::scan(source.body(), &mut wanted),
        Format::Toml => toml::scan(source.body(), &mut wanted),
    }
    ids.into_iter().map(|id| wanted.place(id)).collect()
}
