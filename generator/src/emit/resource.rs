//! A resource: its handle, the way to its children, and its operations.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::ResourceId;
use crate::sdk::{Operation, Outcome, Sdk};

use super::item::{Content, Item};
use super::scope::{Scope, View, ident};
use super::{docs, operation, page};

/// The file of a resource.
pub(super) fn resource(sdk: &Sdk, id: ResourceId) -> Content<'_> {
    let of = &sdk.resources[id];
    let mut scope = Scope::new(sdk, View::Outside(page::depth(sdk, id)), taken(sdk, id));
    let handle = ident(&of.handle);
    let core = scope.runtime("client", "Core");

    let mut methods = TokenStream::new();
    let mut modules = Vec::new();
    for child in &of.children {
        let (module, accessor) = child_of(sdk, *child);
        methods.extend(accessor);
        modules.push((sdk.resources[child].module.as_str(), Item::Code(module)));
    }
    modules.sort_by_key(|(name, _)| *name);
    let receiver = quote!(self.core);
    let mut calls = Vec::new();
    for op in &of.operations {
        let op = &sdk.operations[op];
        methods.extend(operation::methods(&mut scope, op, &receiver));
        operation::call(&mut scope, op, of.handle.as_str(), &mut calls);
    }

    let what = docs::sentence(&docs::words(&of.wire));
    let text = docs::lines(&of.docs, &what, &[]);
    let way = format!("`{}`", sdk.handle_expression(id));
    let handle_docs = docs::attributes(&[format!("The operations of {way}.")]);
    let mut items: Vec<Item> = modules.into_iter().map(|(_, item)| item).collect();
    items.push(Item::Code(quote! {
        #handle_docs
        #[derive(Clone, Copy, Debug)]
        pub struct #handle<'a> {
            pub(super) core: &'a #core,
        }
    }));
    items.push(Item::Code(quote!(impl<'a> #handle<'a> { #methods })));
    items.append(&mut calls);

    let mut module_docs = text;
    module_docs.extend([String::new(), format!("Reached by {way}.")]);
    Content { docs: module_docs, imports: scope.imports, items }
}

/// `pub mod steps;` and the method that leads there.
fn child_of(sdk: &Sdk, id: ResourceId) -> (TokenStream, TokenStream) {
    let of = &sdk.resources[id];
    let (module, handle, accessor) = (ident(&of.module), ident(&of.handle), ident(&of.accessor));
    let text = docs::first(&of.docs, &format!("Operations of `{}`.", sdk.handle_expression(id)));
    let docs = docs::attributes(&text);
    let method = quote! {
        #docs
        pub fn #accessor(&self) -> #module::#handle<'a> {
            #module::#handle { core: self.core }
        }
    };
    (quote!(pub mod #module;), method)
}

/// Names that the module of a resource gives to things of its own.
pub(super) fn taken(sdk: &Sdk, id: ResourceId) -> HashSet<&str> {
    let of = &sdk.resources[id];
    let mut out: HashSet<&str> = of.operations.iter().flat_map(|op| names_of(&sdk.operations[op])).collect();
    out.extend(of.children.iter().map(|child| sdk.resources[child].module.as_str()));
    out.insert(of.handle.as_str());
    out
}

fn names_of(op: &Operation) -> Vec<&str> {
    let mut out = vec![op.call.as_str()];
    if let Outcome::Choice { name, .. } = &op.outcome {
        out.push(name.as_str());
    }
    out
}
