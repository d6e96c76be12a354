//! Identifiers.
/// A checked Rust identifier.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ident(String);

impl Ident {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
