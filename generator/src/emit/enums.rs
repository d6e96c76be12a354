//! Lists of scalars: an enum and the table of its values.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::ir::EnumRepr;
use crate::sdk::{Enum, Type, Value};

use super::docs;
use super::item::Item;
use super::scope::{Scope, ident};

/// The items of an enum.
pub(super) fn enumeration(
    scope: &mut Scope<'_>,
    ty: &Type,
    of: &Enum,
    type_docs: TokenStream,
    out: &mut Vec<Item>,
) {
    let (name, unknown) = (ident(&ty.name), ident(&of.unknown));
    let mut variants = TokenStream::new();
    let mut table = Vec::new();
    for value in &of.values {
        let (docs, variant) = (docs::attributes(&value_docs(value)), ident(&value.name));
        variants.extend(quote!(#docs #variant,));
        let wire = wire(of.repr, &value.wire);
        table.push(quote!(#variant = #wire));
    }
    let (keeps, call) = match of.repr {
        EnumRepr::String => (scope.runtime("model", "UnknownValue"), scope.call("string_enum")),
        EnumRepr::Integer => (scope.runtime("model", "UnknownInteger"), scope.call("integer_enum")),
    };
    out.push(Item::Code(quote! {
        #type_docs
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum #name {
            #variants
            /// A value that this version does not know.
            #[doc(hidden)]
            #unknown(#keeps),
        }
    }));
    out.push(Item::Call(quote!(#call!(#name, #unknown { #(#table),* });)));
}

fn wire(repr: EnumRepr, text: &str) -> TokenStream {
    match repr {
        EnumRepr::String => quote!(#text),
        EnumRepr::Integer => {
            let number = Literal::i64_unsuffixed(text.parse().unwrap_or_default());
            quote!(#number)
        }
    }
}

fn value_docs(value: &Value) -> Vec<String> {
    let wire = docs::code(&value.wire);
    let fallback = match &wire {
        Some(wire) => format!("{wire}."),
        None if value.wire.is_empty() => "The empty string.".to_owned(),
        None => docs::sentence(&docs::words(&value.wire)),
    };
    let is_documented = value.docs.summary.is_some() || value.docs.description.is_some();
    let mut notes: Vec<String> =
        wire.filter(|_| is_documented).map(|wire| format!("({wire})")).into_iter().collect();
    notes.extend(docs::deprecation(&value.docs));
    docs::lines(&value.docs, &fallback, &notes)
}
