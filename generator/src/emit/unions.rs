//! Unions: an enum of payloads and the table of its tags.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Tagging, TypeId, Union, Variant};
use crate::plan::VariantPlan;

use super::Item;
use super::docs;
use super::scope::{Scope, ident};
use super::ty::ty;

/// The items of a union.
pub(super) fn union(
    scope: &mut Scope<'_>,
    id: TypeId,
    of: &Union,
    type_docs: TokenStream,
    out: &mut Vec<Item>,
) {
    let plan = scope.plan.ty(id);
    let name = ident(&plan.name);
    let mut variants = TokenStream::new();
    let mut table = TokenStream::new();
    for (variant, plan) in of.variants.iter().zip(&plan.variants) {
        let (docs, payload) = (docs::attributes(&variant_docs(variant)), payload(scope, variant, plan));
        let name = ident(&plan.name);
        variants.extend(quote!(#docs #name(#payload),));
        let tags = &variant.tags;
        table.extend(match of.tagging {
            Tagging::Member(_) => quote!(#name(#payload) = #(#tags)|*;),
            Tagging::Shape => quote!(#name(#payload),),
        });
    }
    let call = match &of.tagging {
        Tagging::Member(member) => {
            let (call, keeps) = (scope.call("tagged_union"), scope.runtime("model", "UnknownVariant"));
            let unknown = plan.unknown.as_ref().map(ident);
            variants.extend(quote! {
                /// A variant this version does not know: its tag and its JSON are kept.
                #unknown(#keeps),
            });
            quote!(#call!(#name, #member, #unknown { #table });)
        }
        Tagging::Shape => {
            let call = scope.call("untagged_union");
            quote!(#call!(#name { #table });)
        }
    };
    out.push(Item::Code(quote! {
        #type_docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name { #variants }
    }));
    out.push(Item::Call(call));
}

fn payload(scope: &mut Scope<'_>, variant: &Variant, plan: &VariantPlan) -> TokenStream {
    let of = ty(scope, &variant.ty);
    if plan.boxed { quote!(Box<#of>) } else { of }
}

fn variant_docs(variant: &Variant) -> Vec<String> {
    let tags: Vec<String> = variant.tags.iter().filter_map(|tag| docs::code(tag)).collect();
    let fallback =
        if tags.is_empty() { "One of the forms.".to_owned() } else { format!("{}.", tags.join(" or ")) };
    let notes: Vec<String> = docs::deprecation(&variant.docs).into_iter().collect();
    docs::lines(&variant.docs, &fallback, &notes)
}
