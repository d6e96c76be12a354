//! A resource: its handle, the way to its children, and its operations.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{OpId, ResourceId};
use crate::plan::{Outcome, Plan};

use super::scope::{Scope, View, ident};
use super::{Content, Context, Item, docs, operation, path};

/// The file of a resource.
pub(super) fn resource(context: Context<'_>, id: ResourceId) -> Content<'_> {
    let plan = context.plan;
    let of = &plan.api.resources[id];
    let names = plan.resource(id);
    let mut scope = Scope::new(context, View::Outside(path::depth(plan, id)), taken(plan, id));
    let handle = ident(&names.handle);
    let core = scope.runtime("client", "Core");

    let mut methods = TokenStream::new();
    let mut modules = Vec::new();
    for child in &of.children {
        let (module, accessor) = child_of(plan, *child);
        methods.extend(accessor);
        modules.push((plan.resource(*child).module.as_str(), Item::Code(module)));
    }
    modules.sort_by_key(|(name, _)| *name);
    let receiver = quote!(self.core);
    let mut calls = Vec::new();
    for op in &of.operations {
        methods.extend(operation::methods(&mut scope, *op, &receiver));
        operation::call(&mut scope, *op, names.handle.as_str(), &mut calls);
    }

    let what = docs::sentence(&docs::words(&of.wire));
    let text = docs::lines(&of.docs, &what, &[]);
    let way = format!("`{}`", path::expression(plan, id));
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
fn child_of(plan: &Plan, id: ResourceId) -> (TokenStream, TokenStream) {
    let names = plan.resource(id);
    let of = &plan.api.resources[id];
    let (module, handle, accessor) = (ident(&names.module), ident(&names.handle), ident(&names.accessor));
    let text = docs::first(&of.docs, &format!("Operations of `{}`.", path::expression(plan, id)));
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
pub(super) fn taken(plan: &Plan, id: ResourceId) -> HashSet<&str> {
    let of = &plan.api.resources[id];
    let mut out: HashSet<&str> = of.operations.iter().flat_map(|op| names_of(plan, *op)).collect();
    out.extend(of.children.iter().map(|child| plan.resource(*child).module.as_str()));
    out.insert(plan.resource(id).handle.as_str());
    out
}

fn names_of(plan: &Plan, op: OpId) -> Vec<&str> {
    let op = plan.op(op);
    let mut out = vec![op.call.as_str()];
    if let Outcome::Choice { name, .. } = &op.outcome {
        out.push(name.as_str());
    }
    out
}
