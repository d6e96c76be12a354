//! Text as it comes from the caller, with the name to show for it.

/// A named text: the document or `sdk.toml`.
#[derive(Clone, Debug)]
pub struct Source {
    /// What to call it in reports: a path as the user gave it.
    pub label: String,
    /// Its content.
    pub text: String,
}
