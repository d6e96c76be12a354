//! Other names for types.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Ty, TypeId};

use super::Item;
use super::scope::{Scope, ident};
use super::ty::ty;

/// The item of an alias.
pub(super) fn alias(scope: &mut Scope<'_>, id: TypeId, of: &Ty, type_docs: TokenStream, out: &mut Vec<Item>) {
    let name = ident(&scope.plan.ty(id).name);
    let of = ty(scope, of);
    out.push(Item::Code(quote!(#type_docs pub type #name = #of;)));
}
