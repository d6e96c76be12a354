//! JSON texts.

/// Whether two texts are the same JSON, whatever the order of members.
pub(super) fn same_json(a: &str, b: &str) -> bool {
    let read = |text: &str| serde_json::from_str::<serde_json::Value>(text).ok();
    a == b || read(a).is_some_and(|value| Some(value) == read(b))
}
