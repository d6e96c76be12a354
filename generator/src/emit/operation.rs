//! An operation: the method that starts a call, the type of the call with its setters, and the route.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use crate::ir::{
    Answer, Content, ContentKind, Demand, Location, PartEncoding, SchemeKind, Status, Style, Ty,
};
use crate::sdk::{self, Argument as Given, Operation, Outcome, PageStyle, Paging, Param, PathStep};

use super::scope::{Scope, ident};
use super::ty::{Argument, argument, is_scalar, ty};
use super::{Item, docs, example, manifest, scope, structs};

mod encoding;
mod notes;
mod outcome;
mod route;
mod wait;

use outcome::{outcome, paged, status};
use route::route;

pub(super) use wait::sentence as waits_until;

/// A request body as an argument: what it accepts, and the step of the call that takes it.
struct BodyStep {
    accepts: TokenStream,
    before: TokenStream,
    step: TokenStream,
}

/// The arguments of a method: as they are declared, what is done before the call is made, and its steps.
struct Arguments {
    declared: TokenStream,
    before: TokenStream,
    steps: TokenStream,
    gate: Option<TokenStream>,
}

/// The methods of the handle that start the call, one per way to send a body.
pub(super) fn methods(scope: &mut Scope<'_>, op: &Operation, core: &TokenStream) -> TokenStream {
    let (call, name, route) = (scope.runtime("call", "Call"), ident(&op.call), ident(&op.route));
    let deprecated = docs::deprecated_attribute(&op.docs);
    let mut out = TokenStream::new();
    for method in &op.methods {
        let Arguments { declared, before, steps, gate } = arguments(scope, op, &method.arguments);
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

fn arguments(scope: &mut Scope<'_>, op: &Operation, of: &[Given]) -> Arguments {
    let mut out = Arguments { declared: quote!(), before: quote!(), steps: quote!(), gate: None };
    for given in of {
        let name = scope::raw(op.name_of(*given));
        match (given, &op.body) {
            (Given::Param(at), _) => {
                let param = &op.params[*at];
                let mut argument = argument(scope, &param.ty, &name);
                out.before.extend(argument.bind(&name));
                let accepts = &argument.accepts;
                out.declared.extend(quote!(#name: #accepts,));
                out.steps.extend(param_step(scope, param, &argument));
            }
            (Given::Body(at), Some(body)) => {
                let content = &body.contents[*at];
                let BodyStep { accepts, before, step } = body_step(scope, content, &name);
                // What is sent in the first place is always there.
                out.gate = (*at != 0).then(|| gate(content));
                out.declared.extend(quote!(#name: #accepts,));
                out.before.extend(before);
                out.steps.extend(step);
            }
            (Given::Body(_), None) => {}
        }
    }
    out
}

/// Whether a method is one of those that have a constant.
fn is_standard(method: &str) -> bool {
    ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"].contains(&method)
}

/// The gate of what is there beside another form.
fn gate(content: &Content) -> TokenStream {
    manifest::gate(matches!(content.kind, ContentKind::Xml(_)).then_some("xml"))
}

fn param_step(scope: &mut Scope<'_>, param: &Param, argument: &Argument) -> TokenStream {
    let plain = match param.location {
        Location::Path | Location::Header => {
            param.style == Style::Simple && (!param.explode || is_scalar(scope, &param.ty))
        }
        Location::Query | Location::Cookie => {
            param.style == Style::Form && (param.explode || is_scalar(scope, &param.ty))
        }
    };
    let method = match (param.location, plain && !(param.allow_reserved && param.location == Location::Query))
    {
        (Location::Path, _) if param.allow_reserved => "path_reserved",
        (Location::Path, true) => "path",
        (Location::Path, false) => "path_as",
        (Location::Query, true) => "query",
        (Location::Query, false) => "query_as",
        (Location::Header, true) => "header",
        (Location::Header, false) => "header_as",
        (Location::Cookie, true) => "cookie",
        (Location::Cookie, false) => "cookie_as",
    };
    let style = method.contains('_').then(|| {
        let (style, name) = (scope.runtime("encode", "Style"), param_style(param));
        quote!(#style::#name,)
    });
    let (method, wire, value) = (Ident::new(method, Span::call_site()), &param.wire, &argument.value);
    let into = argument.into.as_ref().map(|of| quote!(::<#of>));
    quote!(.#method #into(#wire, #style &#value))
}

fn param_style(param: &Param) -> Ident {
    style(param.style, param.explode, param.allow_reserved && param.location == Location::Query)
}

/// Space- and pipe-delimited lists, exploded, are no different from exploded forms.
fn style(style: Style, explode: bool, reserved: bool) -> Ident {
    let (plain, with_reserved) = match (style, explode) {
        (Style::Simple, false) => ("Simple", "Simple"),
        (Style::Simple, true) => ("SimpleExplode", "SimpleExplode"),
        (Style::Label, false) => ("Label", "Label"),
        (Style::Label, true) => ("LabelExplode", "LabelExplode"),
        (Style::Matrix, false) => ("Matrix", "Matrix"),
        (Style::Matrix, true) => ("MatrixExplode", "MatrixExplode"),
        (Style::Form, false) => ("Form", "FormReserved"),
        (Style::Form | Style::SpaceDelimited | Style::PipeDelimited, true) => {
            ("FormExplode", "FormExplodeReserved")
        }
        (Style::SpaceDelimited, false) => ("SpaceDelimited", "SpaceDelimitedReserved"),
        (Style::PipeDelimited, false) => ("PipeDelimited", "PipeDelimitedReserved"),
        (Style::DeepObject, _) => ("DeepObject", "DeepObjectReserved"),
        (Style::Cookie, false) => ("Cookie", "Cookie"),
        (Style::Cookie, true) => ("CookieExplode", "CookieExplode"),
        (Style::Json, _) => ("Json", "Json"),
    };
    Ident::new(if reserved { with_reserved } else { plain }, Span::call_site())
}

fn body_step(scope: &mut Scope<'_>, content: &Content, name: &Ident) -> BodyStep {
    let media = content.media.as_str();
    let essence = crate::media::essence(media);
    let typed = |scope: &mut Scope<'_>, of, method: &str, how: TokenStream| {
        let mut argument = argument(scope, of, name);
        let before = argument.bind(name);
        let Argument { accepts, value, into, .. } = argument;
        let (method, into) = (Ident::new(method, Span::call_site()), into.map(|of| quote!(::<#of>)));
        BodyStep { accepts, before, step: quote!(.#method #into(#how &#value)) }
    };
    let untyped = |accepts, step| BodyStep { accepts, before: TokenStream::new(), step };
    match &content.kind {
        ContentKind::Json(of) | ContentKind::Events(of) | ContentKind::Lines(of)
            if essence == "application/json" && !media.contains(';') =>
        {
            typed(scope, of, "json", quote!())
        }
        ContentKind::Json(of) | ContentKind::Events(of) | ContentKind::Lines(of) => {
            typed(scope, of, "json_as", quote!(#media,))
        }
        ContentKind::Form(of) if !content.encoding.iter().any(PartEncoding::has_effect) => {
            typed(scope, of, "form", quote!())
        }
        ContentKind::Form(of) => {
            let table = encoding::table(scope, &content.encoding);
            typed(scope, of, "encoded_form", quote!(#table,))
        }
        ContentKind::Multipart(of) => {
            let media = encoding::multipart(media);
            if !content.encoding.iter().any(PartEncoding::has_effect) && media == "multipart/form-data" {
                return typed(scope, of, "multipart", quote!());
            }
            let table = encoding::table(scope, &content.encoding);
            typed(scope, of, "encoded_multipart", quote!(#media, #table,))
        }
        ContentKind::Xml(body) => {
            let mut argument = argument(scope, &body.ty, name);
            let before = argument.bind(name);
            let (document, Argument { accepts, value, .. }) = (scope.document(body), argument);
            BodyStep { accepts, before, step: quote!(.xml::<#document>(#media, &#value)) }
        }
        ContentKind::Text => {
            let media = crate::media::of_text(media);
            let step = match media.as_str() {
                "text/plain; charset=utf-8" => quote!(.text(#name.into())),
                media => quote!(.text_as(#media, #name.into())),
            };
            untyped(scope::tokens(&scope.sdk.spell_sent(content, scope)), step)
        }
        ContentKind::Bytes => {
            let accepts = scope::tokens(&scope.sdk.spell_sent(content, scope));
            untyped(accepts, quote!(.upload(#media, #name)))
        }
    }
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
    let mut errors = Vec::new();
    for answer in &op.errors {
        let of = match answer.content.as_ref().map(|content| &content.kind) {
            Some(ContentKind::Json(of)) => Some(of),
            Some(ContentKind::Xml(body)) => Some(&body.ty),
            _ => None,
        };
        if let Some(Ty::Named(id)) = of {
            let name = scope.sdk.types[scope.sdk.written(*id)].name.as_str();
            errors.push(format!("- `{}`: [`types::{name}`]", answer.status));
        }
    }
    if !errors.is_empty() {
        text.extend([String::new(), "# Errors".to_owned(), String::new()]);
        text.push("Responses with these statuses have a typed body:".to_owned());
        text.extend(errors);
    }
    text
}

/// The call type, its setters, its answer, its paging and its route.
pub(super) fn call(scope: &mut Scope<'_>, op: &Operation, handle: &str, out: &mut Vec<Item>) {
    let (call, name) = (scope.runtime("call", "Call"), ident(&op.call));
    let first = &op.methods[0].name;
    let fallback = docs::route(&op.method, &op.path);
    let docs = docs::attributes(&docs::summary(&op.docs, &fallback, &format!("see [`{handle}::{first}`]")));
    out.push(Item::Code(quote! {
        #docs
        #[must_use = "a call is sent when it is awaited"]
        #[derive(Clone, Debug)]
        pub struct #name(#call);
    }));
    let mut setters: TokenStream = op.setters.iter().map(|given| setter(scope, op, *given)).collect();
    setters.extend(outcome::others(scope, op));
    setters.extend(wait::of_call(scope, op));
    if !setters.is_empty() {
        out.push(Item::Code(quote!(impl #name { #setters })));
    }
    let answer = outcome(scope, op, out);
    let operation = scope.call("operation");
    out.push(Item::Call(quote!(#operation!(#name => #answer);)));
    if let Some(paging) = &op.paging {
        out.push(Item::Call(paged(scope, op, paging)));
    }
    out.push(Item::Code(route(scope, op)));
}

fn setter(scope: &mut Scope<'_>, op: &Operation, given: Given) -> TokenStream {
    let Arguments { declared, before, steps, .. } = arguments(scope, op, &[given]);
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
        pub fn #name(self, #declared) -> Self {
            #before
            Self(self.0 #steps)
        }
    }
}
