//! Waiting: a method of the handle beside the one that calls, and one of the call itself.

use proc_macro2::TokenStream;
use quote::quote;

use super::arguments::arguments;
use crate::emit::scope::{self, Scope, ident};
use crate::emit::{docs, example};
use crate::sdk::{Operation, PathStep};
use crate::sdk::{Sdk, Waiting, Watched};

/// The method of the handle: calls, and waits.
pub(super) fn method(scope: &mut Scope<'_>, op: &Operation) -> TokenStream {
    let Some(waiting) = &op.wait else { return TokenStream::new() };
    let first = &op.methods[0];
    let declared = arguments(scope, op, &first.arguments).declared;
    let names = first.arguments.iter().map(|given| scope::raw(op.name_of(*given)));
    let mut text = vec![sentence(waiting), String::new()];
    text.push(format!("Calls [`Self::{}`] repeatedly, with increasing pauses.", first.name.plain()));
    text.extend(example::waiting(scope.sdk, op, first, waiting));
    let (docs, deprecated) = (docs::attributes(&text), docs::deprecated_attribute(&op.docs));
    let (wait, call) = (scope.runtime("wait", "Wait"), ident(&op.call));
    let (method, first) = (ident(&waiting.method), ident(&first.name));
    let allow = (!deprecated.is_empty())
        .then(|| quote!(#[allow(deprecated, reason = "the method that it calls is deprecated, too")]));
    quote! {
        #docs
        #deprecated
        #allow
        pub fn #method(&self, #declared) -> #wait<#call> {
            self.#first(#(#names),*).wait()
        }
    }
}

/// The method of the call.
pub(super) fn of_call(scope: &mut Scope<'_>, op: &Operation) -> TokenStream {
    let Some(waiting) = &op.wait else { return TokenStream::new() };
    let wait = scope.runtime("wait", "Wait");
    let docs = docs::attributes(&[sentence(waiting)]);
    let (look, is_option) = look(scope.sdk, quote!(response), false, &waiting.until, waiting.watched);
    let body = match (waiting.watched, &waiting.is[..], is_option) {
        (Watched::Bool, [only], true) if only == "false" => {
            quote!(new(self, |response| #look == Some(false)))
        }
        (Watched::Bool, [only], false) if only == "false" => quote!(new(self, |response| !#look)),
        (Watched::Bool, _, true) => quote!(new(self, |response| #look == Some(true))),
        (Watched::Bool, _, false) => quote!(new(self, |response| #look)),
        (Watched::Text | Watched::Enum | Watched::Tag, values, true) => {
            quote!(until(self, |response| #look, &[#(#values),*]))
        }
        (Watched::Text | Watched::Enum | Watched::Tag, values, false) => {
            quote!(until(self, |response| Some(#look), &[#(#values),*]))
        }
    };
    quote! {
        #docs
        pub fn wait(self) -> #wait<Self> {
            #wait::#body
        }
    }
}

/// When the waiting is over, in words.
pub(in super::super) fn sentence(waiting: &Waiting) -> String {
    let code =
        |text: &String| docs::code(text).unwrap_or_else(|| "one of the values in `sdk.toml`".to_owned());
    let all: Vec<String> = waiting.is.iter().map(code).collect();
    let values = match &all[..] {
        [others @ .., last] if !others.is_empty() => format!("{} or {last}", others.join(", ")),
        _ => all.concat(),
    };
    format!(
        "Waits until {} is {values}.",
        docs::code(&waiting.text).unwrap_or_else(|| "the response".to_owned())
    )
}

/// What is looked at, an expression over `at`, a place or a reference; and whether it is an `Option`.
fn look(
    sdk: &Sdk,
    at: TokenStream,
    is_reference: bool,
    steps: &[PathStep],
    watched: Watched,
) -> (TokenStream, bool) {
    let (place, is_reference, rest) = place(sdk, at, is_reference, steps);
    if watched == Watched::Text && rest.is_some_and(<[PathStep]>::is_empty) {
        return (quote!(#place.as_deref()), true);
    }
    if let Some(rest) = rest {
        return match look(sdk, quote!(it), true, rest, watched) {
            (inner, true) => (quote!(#place.as_ref().and_then(|it| #inner)), true),
            (inner, false) => (quote!(#place.as_ref().map(|it| #inner)), true),
        };
    }
    let found = match watched {
        Watched::Text | Watched::Enum => quote!(#place.as_str()),
        Watched::Tag => quote!(#place.kind()),
        Watched::Bool if is_reference => quote!(*#place),
        Watched::Bool => place,
    };
    (found, false)
}

/// The fields up to the first that is an `Option`, and the steps behind that.
fn place<'a>(
    sdk: &Sdk,
    at: TokenStream,
    is_reference: bool,
    steps: &'a [PathStep],
) -> (TokenStream, bool, Option<&'a [PathStep]>) {
    let Some((step, rest)) = steps.split_first() else { return (at, is_reference, None) };
    let (field, is_option) = (ident(&sdk.field(step).name), sdk.field(step).is_option);
    let at = quote!(#at.#field);
    if is_option { (at, false, Some(rest)) } else { place(sdk, at, false, rest) }
}
