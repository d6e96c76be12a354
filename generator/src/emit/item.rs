//! What stands in a file.

use proc_macro2::TokenStream;

use super::scope::Imports;

/// The content of a part of a file.
pub(crate) struct Content<'a> {
    /// Lines of the module's own documentation.
    pub(crate) docs: Vec<String>,
    /// What it imports.
    pub(crate) imports: Imports<'a>,
    /// Its items, in order.
    pub(crate) items: Vec<Item>,
}

/// An item of a file.
pub(crate) enum Item {
    /// An inner attribute of the file.
    Inner(TokenStream),
    /// Ordinary Rust.
    Code(TokenStream),
    /// The call of one of the runtime's macros; what is inside is not Rust.
    Call(TokenStream),
}
