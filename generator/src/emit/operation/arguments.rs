//! The arguments and setters of a call: what they take, and the steps of the call that they are.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::emit::manifest;
use crate::emit::scope::{self, Scope};
use crate::emit::ty::{Argument, argument, is_scalar, optional};
use crate::ir::{Content, ContentKind, Location, PartEncoding, Style};
use crate::sdk::{Argument as Given, Operation, Param};

use super::encoding;
use super::style::style;

/// A request body as an argument: what it accepts, and the step of the call that takes it.
struct BodyStep {
    accepts: TokenStream,
    before: TokenStream,
    step: TokenStream,
}

/// The arguments of a method: as they are declared, what is done before the call is made, and its steps.
pub(super) struct Arguments {
    pub(super) generics: TokenStream,
    pub(super) declared: TokenStream,
    pub(super) before: TokenStream,
    pub(super) steps: TokenStream,
    pub(super) gate: Option<TokenStream>,
}

/// The arguments of a method.
pub(super) fn arguments(scope: &mut Scope<'_>, op: &Operation, of: &[Given]) -> Arguments {
    let empty = TokenStream::new;
    let mut out =
        Arguments { generics: empty(), declared: empty(), before: empty(), steps: empty(), gate: None };
    for given in of {
        let name = scope::raw(op.name_of(*given));
        match (given, &op.body) {
            (Given::Param(at), _) => {
                let param = &op.params[*at];
                let mut argument = argument(scope, &param.ty, &quote!(#name));
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

/// The argument of a setter: a parameter may be given or not.
pub(super) fn setter(scope: &mut Scope<'_>, op: &Operation, given: Given) -> Arguments {
    let Given::Param(at) = given else { return arguments(scope, op, &[given]) };
    let (param, name) = (&op.params[at], scope::raw(op.name_of(given)));
    let (mut argument, generics) = optional(scope, &param.ty, &quote!(#name));
    let before = argument.bind(&name);
    let (accepts, steps) = (&argument.accepts, param_step(scope, param, &argument));
    let declared = quote!(#name: #accepts,);
    Arguments { generics: generics.unwrap_or_default(), declared, before, steps, gate: None }
}

/// The gate of what is there beside another form.
pub(super) fn gate(content: &Content) -> TokenStream {
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

fn body_step(scope: &mut Scope<'_>, content: &Content, name: &Ident) -> BodyStep {
    let media = content.media.as_str();
    let essence = crate::media::essence(media);
    let typed = |scope: &mut Scope<'_>, of, method: &str, how: TokenStream| {
        let mut argument = argument(scope, of, &quote!(#name));
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
            let mut argument = argument(scope, &body.ty, &quote!(#name));
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
