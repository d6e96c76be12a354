//! Words by which the search of rustdoc finds an operation: its id and its route in the document.

use proc_macro2::TokenStream;
use quote::quote;

use crate::sdk::Operation;

use super::docs;

/// `#[doc(alias(…))]` for the first method of an operation.
pub(super) fn attribute(op: &Operation) -> TokenStream {
    let name = op.methods[0].name.as_str();
    let route = op.route();
    let words = op.id.as_deref().into_iter().chain([route.as_str()]);
    let words: Vec<&str> = words.filter(|word| *word != name && docs::is_alias(word)).collect();
    if words.is_empty() { TokenStream::new() } else { quote!(#[doc(alias(#(#words),*))]) }
}
