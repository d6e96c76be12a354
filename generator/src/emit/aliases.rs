//! Other names for types, and types of their own around others.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::Ty;
use crate::sdk::Type;

use super::item::Item;
use super::scope::{Scope, ident};
use super::structs;
use super::ty::ty;

/// The item of an alias.
pub(super) fn alias(scope: &mut Scope<'_>, own: &Type, of: &Ty, type_docs: TokenStream, out: &mut Vec<Item>) {
    let (name, of) = (ident(&own.name), ty(scope, of));
    out.push(Item::Code(quote!(#type_docs pub type #name = #of;)));
}

/// The items of a wrapper.
pub(super) fn wrapper(
    scope: &mut Scope<'_>,
    own: &Type,
    of: &Ty,
    type_docs: TokenStream,
    out: &mut Vec<Item>,
) {
    let (name, of) = (ident(&own.name), ty(scope, of));
    let (call, total) = (scope.call("wrapper"), structs::total(own.is_eq));
    out.push(Item::Code(quote! {
        #type_docs
        #[derive(Clone, Debug, PartialEq)]
        #total
        pub struct #name(pub #of);
    }));
    out.push(Item::Call(quote!(#call!(#name(#of));)));
}
