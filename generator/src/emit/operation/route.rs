//! The static route of an operation: what the runtime must know of it before anything is sent.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::arguments::gate;
use super::outcome::status;
use super::style::is_standard;
use crate::emit::scope::{Scope, ident, scheme_static};
use crate::emit::ty::ty;
use crate::ir::{ContentKind, Demand, SchemeKind};
use crate::sdk::Operation;

pub(super) fn route(scope: &mut Scope<'_>, op: &Operation) -> TokenStream {
    let (route, method) = (scope.runtime("route", "Route"), scope.runtime("route", "Method"));
    let (name, label, path) = (ident(&op.route), &op.label, &op.path);
    // Other methods are said where the call is made.
    let verb = if is_standard(&op.method) { op.method.as_str() } else { "POST" };
    let verb = Ident::new(verb, Span::call_site());
    let accept = accept(op);
    let option = |text: &Option<String>| match text {
        Some(text) => quote!(Some(#text)),
        None => quote!(None),
    };
    let (idempotency, server) = (option(&op.idempotency), option(&op.server));
    let mut auth = Vec::new();
    for all in &op.security {
        let names: Vec<TokenStream> = all
            .iter()
            .map(|demand| {
                let name = scheme_static(&scope.sdk.credentials[demand.scheme]);
                let name = scope.client(&name);
                let scopes = asked(scope, demand);
                if scopes.is_empty() { quote!(&#name) } else { quote!(&#name.scoped(&[#(#scopes),*])) }
            })
            .collect();
        auth.push(quote!(&[#(#names),*]));
    }
    let mut errors = Vec::new();
    for response in &op.errors {
        if let Some(ContentKind::Json(of)) = response.content.as_ref().map(|content| &content.kind) {
            let (status, body, of) =
                (status(scope, response.status), scope.runtime("route", "error_body"), ty(scope, of));
            errors.push(quote!((#status, #body::<#of>)));
        }
        for (at, content) in response.contents().enumerate() {
            if let ContentKind::Xml(body) = &content.kind {
                let (status, document) = (status(scope, response.status), scope.document(body));
                let gate = (at > 0).then(|| gate(content));
                errors.push(quote!(#gate (#status, crate::runtime::xml::error_body::<#document>)));
            }
        }
    }
    quote! {
        static #name: #route = #route {
            name: #label,
            method: #method::#verb,
            path: #path,
            accept: #accept,
            auth: &[#(#auth),*],
            idempotency: #idempotency,
            errors: &[#(#errors),*],
            server: #server,
        };
    }
}

/// The scopes that a token is asked for, sorted. None where the user brings the token, and none that only people can give.
fn asked(scope: &Scope<'_>, demand: &Demand) -> BTreeSet<String> {
    match &scope.sdk.credentials[demand.scheme].kind {
        SchemeKind::ClientCredentials { foreign, .. } => {
            demand.scopes.iter().filter(|scope| !foreign.contains(scope)).cloned().collect()
        }
        _ => BTreeSet::new(),
    }
}

/// The media types of the success responses, each once.
fn accept(op: &Operation) -> String {
    let mut out: Vec<&str> = Vec::new();
    for content in op.responses.iter().filter_map(|response| response.content.as_ref()) {
        if !out.contains(&content.media.as_str()) {
            out.push(&content.media);
        }
    }
    if out.is_empty() { "*/*".to_owned() } else { out.join(", ") }
}
