//! Types of other crates.

use std::collections::BTreeSet;

use crate::arena::id;

/// A type that comes from elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foreign {
    /// Its path; `None` for the runtime's number that keeps all digits.
    pub path: Option<String>,
    /// A module that serializes and deserializes it.
    pub with: Option<String>,
    /// The JSON types its values have in the document.
    pub kinds: BTreeSet<JsonType>,
}

/// A type of JSON values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum JsonType {
    /// The document does not say.
    Any,
    /// An array.
    Array,
    /// `true` or `false`.
    Bool,
    /// A number.
    Number,
    /// An object.
    Object,
    /// A string.
    String,
}

impl JsonType {
    /// Whether its values are neither objects nor arrays.
    pub fn is_scalar(self) -> bool {
        matches!(self, Self::Bool | Self::Number | Self::String)
    }
}

/// The last name in the path of a type.
pub(crate) fn last_word(path: &str) -> &str {
    let plain = path.split('<').next().unwrap_or_default();
    plain.rsplit("::").next().unwrap_or_default().trim()
}

id! {
    /// Index of a [`Foreign`] in [`Api::foreign`](super::Api::foreign).
    ForeignId;
}
