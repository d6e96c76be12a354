//! Words of ids and paths.

use crate::word::{same_noun, words};

/// First words of methods that fetch one thing.
pub(in crate::plan) const FETCHING: [&str; 8] =
    ["get", "retrieve", "fetch", "read", "show", "describe", "find", "poll"];

pub(in crate::plan) type Words = Vec<String>;

pub(super) fn same_words(a: &[String], b: &[String]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_noun(a, b))
}

pub(super) fn is_param(segment: &str) -> bool {
    segment.starts_with('{') && segment.ends_with('}')
}

pub(super) fn segment_words(segment: &str) -> Words {
    if segment.chars().any(char::is_alphanumeric) { words(segment) } else { Vec::new() }
}
