//! Unions: an enum of payloads and the table of its tags.

use std::collections::{HashMap, HashSet};

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use crate::ir::{TagKind, Tagging, Ty};
use crate::sdk::{self, Type, Under, Union, Variant};
use crate::word::{self, Case};

use super::docs;
use super::item::Item;
use super::scope::{Scope, ident};
use super::structs;
use super::ty::ty;

/// The items of a union.
pub(super) fn union(
    scope: &mut Scope<'_>,
    own: &Type,
    of: &Union,
    type_docs: TokenStream,
    out: &mut Vec<Item>,
) {
    let name = ident(&own.name);
    let mut variants = TokenStream::new();
    let mut table = TokenStream::new();
    for (index, variant) in of.variants.iter().enumerate() {
        let (docs, payload) = (docs::attributes(&variant_docs(variant)), payload(scope, variant));
        let name = ident(&variant.name);
        variants.extend(quote!(#docs #name #payload,));
        let tags = &variant.tags;
        let index = Literal::usize_unsuffixed(index);
        table.extend(match of.tagging {
            Tagging::Member(_) => quote!(#index #name #payload = #(#tags)|*;),
            Tagging::External => quote!(#index #name #payload = #(#tags)*;),
            Tagging::Shape => quote!(#index #name #payload,),
        });
    }
    let unknown = of.is_tagged().then(|| ident(&of.unknown));
    if unknown.is_some() {
        let keeps = scope.runtime("model", "UnknownVariant");
        variants.extend(quote! {
            /// A variant that this version does not know.
            #[doc(hidden)]
            #unknown(#keeps),
        });
    }
    let call = match &of.tagging {
        Tagging::Member(member) => {
            let call = scope.call("tagged_union");
            let json = (of.tag != TagKind::String).then(|| quote!(json));
            let default = of.default.map(Literal::usize_unsuffixed).map(|index| quote!(, default #index));
            quote!(#call!(#name, #member #json, #unknown { #table } #default);)
        }
        Tagging::External => {
            let call = scope.call("external_union");
            quote!(#call!(#name, #unknown { #table });)
        }
        Tagging::Shape => {
            let call = scope.call("untagged_union");
            quote!(#call!(#name { #table });)
        }
    };
    let total = structs::total(own.is_eq);
    out.push(Item::Code(quote! {
        #type_docs
        #[derive(Clone, Debug, PartialEq)]
        #total
        #[non_exhaustive]
        pub enum #name { #variants }
    }));
    out.push(Item::Call(call));
    out.push(Item::Call(methods(scope, own, of)));
}

/// What a variant holds, in parentheses.
fn payload(scope: &mut Scope<'_>, variant: &Variant) -> TokenStream {
    if variant.ty == Ty::Unit {
        return TokenStream::new();
    }
    let of = ty(scope, &variant.full_type());
    quote!((#of))
}

/// `variants!(Name { is_a: A, as_a into_a(): Payload; … } { A: Payload; … });`
fn methods(scope: &mut Scope<'_>, own: &Type, of: &Union) -> TokenStream {
    let (call, name) = (scope.call("variants"), ident(&own.name));
    let payloads: Vec<String> = of.variants.iter().map(|one| spelled(scope, &one.ty)).collect();
    let itself = format!("types::{}", own.name);
    let mut count: HashMap<&str, usize> = HashMap::from([(itself.as_str(), 2)]);
    payloads.iter().for_each(|payload| *count.entry(payload).or_default() += 1);
    let (mut rows, mut ways) = (TokenStream::new(), Vec::new());
    let mut taken = HashSet::new();
    for variant in &of.variants {
        let name = ident(&variant.name);
        let Some([is, get, take]) = names(&variant.name, &mut taken) else { continue };
        if variant.ty == Ty::Unit {
            rows.extend(quote!(#is: #name;));
            continue;
        }
        let of = ty(scope, &variant.ty);
        let star = variant.is_boxed.then(|| quote!(*));
        rows.extend(quote!(#is: #name, #get #take(#star): #of;));
    }
    for (variant, payload) in of.variants.iter().zip(&payloads) {
        // Whoever chose a type of another crate may have chosen one that is here already.
        let is_own = !matches!(scope.sdk.behind(&variant.ty), Ty::Foreign(_));
        if variant.ty != Ty::Unit && count[payload.as_str()] == 1 && is_own {
            let (name, of) = (ident(&variant.name), ty(scope, &variant.ty));
            ways.push(quote!(#name: #of));
        }
    }
    if of.is_tagged() {
        let (name, keeps) = (ident(&of.unknown), scope.runtime("model", "UnknownVariant"));
        if let Some([is, get, take]) = names(&of.unknown, &mut taken) {
            rows.extend(quote!(#is: #name, #get #take(): #keeps;));
        }
        ways.push(quote!(#name: #keeps));
    }
    let from = (!ways.is_empty()).then(|| quote!({ #(#ways;)* }));
    quote!(#call!(#name { #rows } #from);)
}

/// The methods of a variant: `is_…`, `as_…`, `into_…`; none where another variant has them.
fn names(variant: &sdk::Ident, taken: &mut HashSet<String>) -> Option<[Ident; 3]> {
    let snake = word::join(&word::words(variant.as_str()), Case::Snake);
    let snake = snake.trim_matches('_');
    let method = |prefix: &str| Ident::new(&format!("{prefix}_{snake}"), Span::call_site());
    taken.insert(snake.to_owned()).then(|| ["is", "as", "into"].map(method))
}

/// A payload without the names of aliases: the same text is the same Rust type.
fn spelled(scope: &Scope<'_>, of: &Ty) -> String {
    scope.sdk.spell(&scope.sdk.without_aliases(of), &mut Under::modules())
}

fn variant_docs(variant: &Variant) -> Vec<String> {
    let tags: Vec<String> = variant.tags.iter().filter_map(|tag| docs::code(tag)).collect();
    let fallback =
        if tags.is_empty() { "One of several types.".to_owned() } else { format!("{}.", tags.join(" or ")) };
    let notes: Vec<String> = docs::deprecation(&variant.docs).into_iter().collect();
    docs::lines(&variant.docs, &fallback, &notes)
}
