//! Types of other crates.

use std::collections::BTreeSet;

use crate::arena::id;

/// A type that comes from elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foreign {
    /// Its path; empty for the runtime's number that keeps all digits.
    pub path: String,
    /// A module that serializes and deserializes it.
    pub with: Option<String>,
    /// The JSON types its values have in the document.
    pub kinds: BTreeSet<&'static str>,
}

/// The last name in the path of a type; the path of the runtime's own number is empty.
pub(crate) fn last_word(path: &str) -> &str {
    let plain = path.split('<').next().unwrap_or_default();
    plain.rsplit("::").next().map(str::trim).filter(|word| !word.is_empty()).unwrap_or("ExactNumber")
}

id! {
    /// Index of a [`Foreign`] in [`Api::foreign`](super::Api::foreign).
    ForeignId;
}
