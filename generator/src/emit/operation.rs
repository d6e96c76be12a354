//! An operation: the method that starts a call, the type of the call with its setters, and the route.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::Ty;
use crate::sdk::{Argument as Given, Operation};

use super::item::Item;
use super::scope::{self, Scope, ident};
use super::{alias, docs, example, structs};

mod arguments;
mod encoding;
mod notes;
mod outcome;
mod route;
mod style;
mod wait;

use arguments::{Arguments, arguments};
use outcome::{outcome, paged};
use route::route;
use style::is_standard;

pub(super) use wait::sentence as waits_until;

/// The methods of the handle that start the call, one per way to send a body.
pub(super) fn methods(scope: &mut Scope<'_>, op: &Operation, core: &TokenStream) -> TokenStream {
    let (call, name, route) = (scope.runtime("call", "Call"), ident(&op.call), ident(&op.route));
    let deprecated = docs::deprecated_attribute(&op.docs);
    let mut out = TokenStream::new();
    let mut alias = Some(alias::attribute(op));
    for method in &op.methods {
        let alias = alias.take();
        let Arguments { declared, before, steps, gate, .. } = arguments(scope, op, &method.arguments);
        let mut text = method_docs(scope, op);
        text.extend(example::operation(scope.sdk, op, method));
        let verb = (!is_standard(&op.method)).then(|| {
            let verb = &op.method;
            quote!(.verb(#verb))
        });
        let ends = op.streams.ends.as_ref().map(|ends| quote!(.ends_at(&[#(#ends),*])));
        let errors = op.streams.errors.as_ref().map(|errors| quote!(.errors_at(&[#(#errors),*])));
        let (docs, method) = (docs::attributes(&text), ident(&method.name));
        out.extend(quote! {
            #docs
            #alias
            #deprecated
            #gate
            pub fn #method(&self, #declared) -> #name {
                #before
                #name(#call::new(#core, &#route) #verb #ends #errors #steps)
            }
        });
    }
    out.extend(wait::method(scope, op));
    out
}

fn method_docs(scope: &mut Scope<'_>, op: &Operation) -> Vec<String> {
    let route = docs::route(&op.method, &op.path);
    let mut text = docs::lines(&op.docs, &format!("{route}."), &[]);
    if !text[0].starts_with(&route) {
        text.extend([String::new(), route]);
    }
    let line = |given: &Given| {
        let of = match (given, &op.body) {
            (Given::Param(at), _) => &op.params[*at].docs,
            (Given::Body(_), Some(body)) => &body.docs,
            (Given::Body(_), None) => return None,
        };
        let words = docs::clean_line(of.description.as_deref().or(of.summary.as_deref())?);
        (!words.is_empty()).then(|| format!("- `{}`: {}", op.name_of(*given), docs::sentence(&words)))
    };
    // A body that is no argument has its setter to say it.
    let described: Vec<String> = op.methods[0].arguments.iter().filter_map(line).collect();
    if !described.is_empty() {
        text.push(String::new());
        text.extend(described);
    }
    text.extend(notes::scopes(op));
    text.extend(notes::ranges(op).into_iter().flatten());
    text.extend(notes::part_headers(op));
    text.extend(notes::headers(op));
    let errors = op.typed_errors().filter_map(|(status, ty)| match ty {
        Ty::Named(id) => {
            let name = &scope.sdk.types[scope.sdk.written(*id)].name;
            Some(format!("- `{status}`: [`types::{name}`]"))
        }
        _ => None,
    });
    let errors: Vec<String> = errors.collect();
    if !errors.is_empty() {
        text.extend([String::new(), "# Errors".to_owned(), String::new()]);
        text.push("Responses with these statuses have a typed body:".to_owned());
        text.extend(errors);
    }
    text
}

/// The call type, its setters, its response, its paging and its route.
pub(super) fn call(scope: &mut Scope<'_>, op: &Operation, handle: &str, out: &mut Vec<Item>) {
    let (call, name) = (scope.runtime("call", "Call"), ident(&op.call));
    let first = &op.methods[0].name;
    let fallback = docs::route(&op.method, &op.path);
    let docs = docs::attributes(&docs::summary(&op.docs, &fallback, &format!("see [`{handle}::{first}`]")));
    out.push(Item::Code(quote! {
        #docs
        #[must_use = "a call is sent when it is awaited"]
        #[derive(Clone, Debug)]
        pub struct #name(#[doc(hidden)] pub #call);
    }));
    let mut setters: TokenStream = op.setters.iter().map(|given| setter(scope, op, *given)).collect();
    setters.extend(outcome::others(scope, op));
    setters.extend(wait::of_call(scope, op));
    if !setters.is_empty() {
        out.push(Item::Code(quote!(impl #name { #setters })));
    }
    let response = outcome(scope, op, out);
    let operation = scope.call("operation");
    let of = ident(&op.route);
    out.push(Item::Call(quote!(#operation!(#name: #of => #response);)));
    if let Some(paging) = &op.paging {
        out.push(Item::Call(paged(scope, op, paging)));
    }
    out.push(Item::Code(route(scope, op)));
}

fn setter(scope: &mut Scope<'_>, op: &Operation, given: Given) -> TokenStream {
    let Arguments { generics, declared, before, steps, .. } = arguments::setter(scope, op, given);
    let name = scope::raw(op.name_of(given));
    let (docs, deprecated, operator) = match (given, &op.body) {
        (Given::Param(at), _) => {
            let param = &op.params[at];
            let default = param.default.as_deref().and_then(docs::code);
            let notes: Vec<String> =
                default.map(|json| format!("The server's default is {json}.")).into_iter().collect();
            let text = docs::lines(&param.docs, &docs::sentence(&docs::words(&param.wire)), &notes);
            let operator = structs::operator(&name.to_string());
            (docs::attributes(&text), docs::deprecated_attribute(&param.docs), operator)
        }
        (Given::Body(_), Some(body)) => {
            let docs = docs::attributes(&docs::lines(&body.docs, "The request body.", &[]));
            (docs, quote!(), quote!())
        }
        (Given::Body(_), None) => return quote!(),
    };
    quote! {
        #docs
        #deprecated
        #operator
        pub fn #name #generics (self, #declared) -> Self {
            #before
            Self(self.0 #steps)
        }
    }
}
