//! Names in dumps.

/// A name as it is if it is an ordinary word, else in quotes.
pub(super) fn quoted(name: &str) -> String {
    let ordinary = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/');
    if !name.is_empty() && name.chars().all(ordinary) { name.to_string() } else { format!("{name:?}") }
}
