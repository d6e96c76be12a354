//! One scan of a text for all pointers.

use super::{Location, Wanted, json, toml, yaml};
use crate::pointer::Pointer;
use crate::source::{Format, Source};

/// Locates the nodes at these pointers. `None` means that the text cannot be scanned at all.
pub fn locate(source: &Source, pointers: &[&Pointer]) -> Vec<Option<Location>> {
    let mut wanted = Wanted::default();
    let ids: Vec<usize> = pointers.iter().map(|pointer| wanted.add(pointer)).collect();
    match source.format() {
        Format::Json => json::scan(source.body(), &mut wanted),
        Format::Yaml => yaml::scan(source.body(), &mut wanted),
        Format::Toml => toml::scan(source.body(), &mut wanted),
    }
    ids.into_iter().map(|id| wanted.location(id)).collect()
}
