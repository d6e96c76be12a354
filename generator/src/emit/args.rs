//! The arguments of `new` by name: a struct for each type whose arguments could be mistaken for each other.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::ir::TypeId;
use crate::sdk::{Accepts, Field, ModuleId, Sdk, Shape, Struct, Type};

use super::docs;
use super::item::{Content, Item};
use super::page::Build;
use super::scope::{Scope, View, ident};
use super::ty::ty;

/// The types of a module whose `new` takes its arguments by name.
fn types(sdk: &Sdk, id: ModuleId, build: Build) -> impl Iterator<Item = (&Type, &Struct)> {
    let of = move |id: &TypeId| match &sdk.types[id].shape {
        Shape::Struct(shape) => Some((&sdk.types[id], shape)),
        _ => None,
    };
    let types = sdk.modules[id].types.iter().filter_map(of);
    types.filter(move |(ty, shape)| ty.is_in_request == (build == Build::Every) && sdk.takes_names(shape))
}

/// Whether the module has such types.
pub(super) fn is_needed(sdk: &Sdk, id: ModuleId, build: Build) -> bool {
    types(sdk, id, build).next().is_some()
}

/// The file with their arguments.
pub(super) fn module<'a>(sdk: &'a Sdk, id: ModuleId, build: Build, clashes: &[&'a str]) -> Content<'a> {
    let depth = if build == Build::Every { 3 } else { 4 };
    let mut scope = Scope::new(sdk, View::Outside(depth), clashes.iter().copied().collect());
    let items = types(sdk, id, build).map(|(own, shape)| Item::Code(arguments(&mut scope, own, shape)));
    let items = items.collect();
    let what = "The arguments of `new`, by name, where two of them could be mistaken for each other.";
    Content { docs: vec![what.to_owned()], imports: scope.imports, items }
}

fn arguments(scope: &mut Scope<'_>, own: &Type, shape: &Struct) -> TokenStream {
    let name = ident(&own.name);
    let text = format!(" What `types::{}::new` takes.", own.name.plain());
    let (mut parameters, mut fields) = (Vec::new(), TokenStream::new());
    for field in shape.arguments() {
        let of = match scope.sdk.accepts(&field.ty) {
            Accepts::Value => ty(scope, &field.ty),
            Accepts::Into | Accepts::Object | Accepts::Items(_) | Accepts::Entries(_) => {
                let parameter = parameter(parameters.len());
                parameters.push(parameter.clone());
                quote!(#parameter)
            }
        };
        let (docs, field) = (docs::attributes(&docs_of(field)), ident(&field.name));
        fields.extend(quote!(#docs pub #field: #of,));
    }
    let parameters = (!parameters.is_empty()).then(|| quote!(<#(#parameters),*>));
    quote! {
        #[doc = #text]
        pub struct #name #parameters { #fields }
    }
}

/// The whole text stands at the field of the model.
fn docs_of(field: &Field) -> Vec<String> {
    let mut text = docs::lines(&field.docs, &docs::sentence(&docs::words(&field.wire)), &[]);
    text.truncate(1);
    text
}

/// A type parameter: `A`, `B`, …
fn parameter(at: usize) -> Ident {
    let letter = char::from(b'A' + (at % 26) as u8);
    let name = if at < 26 { letter.to_string() } else { format!("{letter}{}", at / 26) };
    Ident::new(&name, Span::call_site())
}

/// The type of the argument of `new`, for who calls it.
pub(super) fn accepted(scope: &mut Scope<'_>, own: &Type, shape: &Struct) -> TokenStream {
    let name = ident(&own.name);
    let mut parameters = Vec::new();
    for field in shape.arguments() {
        if scope.sdk.accepts(&field.ty) != Accepts::Value {
            parameters.push(super::ty::accepts(scope, &field.ty));
        }
    }
    let parameters = (!parameters.is_empty()).then(|| quote!(<#(#parameters),*>));
    quote!(args::#name #parameters)
}
