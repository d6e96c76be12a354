//! An operation: the method that starts a call, the type of the call with its setters, and the route.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use crate::ir::{
    Answer, Content, ContentKind, Demand, Docs, Location, OpId, Operation, Param, PartEncoding, SchemeKind,
    Status, Style, Ty,
};
use crate::plan::{self, OpPlan, Outcome, PageStyle, Paging, PathStep, required};

use super::scope::{Scope, ident};
use super::ty::{Argument, argument, is_scalar, ty};
use super::{Item, docs, example, manifest, structs};

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

/// The methods of the handle that start the call, one per way to send a body.
pub(super) fn methods(scope: &mut Scope<'_>, id: OpId, core: &TokenStream) -> TokenStream {
    let (op, plan) = (&scope.plan.api.operations[id.0 as usize], scope.plan.op(id));
    let (call, name, route) = (scope.runtime("call", "Call"), ident(&plan.call), ident(&plan.route));
    let deprecated = docs::deprecated_attribute(&op.docs);
    let mut out = TokenStream::new();
    for method in &plan.methods {
        let mut arguments = TokenStream::new();
        let mut before = TokenStream::new();
        let mut steps = TokenStream::new();
        for at in required(op) {
            let (param, name) = (&op.params[at], ident(&plan.params[at]));
            let mut argument = argument(scope, &param.ty, &name);
            before.extend(argument.bind(&name));
            let accepts = &argument.accepts;
            arguments.extend(quote!(#name: #accepts,));
            steps.extend(param_step(scope, param, &argument));
        }
        let mut gate = None;
        if let (Some(content), Some(name)) = (sent(op, method.content), &plan.body) {
            let name = ident(name);
            let body = body_step(scope, content, &name);
            // What is sent in the first place is always there.
            gate = (method.content != Some(0)).then(|| self::gate(content));
            let accepts = body.accepts;
            arguments.extend(quote!(#name: #accepts,));
            before.extend(body.before);
            steps.extend(body.step);
        }
        let mut text = method_docs(scope, op, plan);
        text.extend(example::operation(scope.context, id, method));
        let verb = (!is_standard(&op.method)).then(|| {
            let verb = &op.method;
            quote!(.verb(#verb))
        });
        let ends = plan.streams.ends.as_ref().map(|ends| quote!(.ends_at(&[#(#ends),*])));
        let errors = plan.streams.errors.as_ref().map(|errors| quote!(.errors_at(&[#(#errors),*])));
        let (docs, method) = (docs::attributes(&text), ident(&method.name));
        out.extend(quote! {
            #docs
            #deprecated
            #gate
            pub fn #method(&self, #arguments) -> #name {
                #before
                #name(#call::new(#core, &#route) #verb #ends #errors #steps)
            }
        });
    }
    out.extend(wait::method(scope, id));
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

/// What a method sends.
pub(super) fn sent(op: &Operation, content: Option<usize>) -> Option<&Content> {
    op.body.as_ref()?.contents.get(content?)
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
            untyped(quote!(impl Into<String>), step)
        }
        ContentKind::Bytes => {
            let upload = scope.runtime("model", "Upload");
            untyped(quote!(impl Into<#upload>), quote!(.upload(#media, #name)))
        }
    }
}

fn method_docs(scope: &mut Scope<'_>, op: &Operation, plan: &OpPlan) -> Vec<String> {
    let route = docs::route(&op.method, &op.path);
    let mut text = docs::lines(&op.docs, &format!("{route}."), &[]);
    if !text[0].starts_with(&route) {
        text.extend([String::new(), route]);
    }
    let line = |name: &str, of: &Docs| {
        let words = docs::clean_line(of.description.as_deref().or(of.summary.as_deref())?);
        (!words.is_empty()).then(|| format!("- `{name}`: {}", docs::sentence(&words)))
    };
    let params =
        required(op).into_iter().filter_map(|at| line(plan.params[at].as_str(), &op.params[at].docs));
    // A body that is no argument has its setter to say it.
    let is_argument = plan.methods.first().is_some_and(|method| method.content.is_some());
    let body = op.body.as_ref().zip(plan.body.as_ref()).filter(|_| is_argument);
    let body = body.and_then(|(body, name)| line(name.as_str(), &body.docs));
    let described: Vec<String> = params.chain(body).collect();
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
            let name = scope.plan.ty(scope.plan.written(*id)).name.as_str();
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
pub(super) fn call(scope: &mut Scope<'_>, id: OpId, handle: &str, out: &mut Vec<Item>) {
    let (op, plan) = (&scope.plan.api.operations[id.0 as usize], scope.plan.op(id));
    let (call, name) = (scope.runtime("call", "Call"), ident(&plan.call));
    let first = plan.methods.first().map_or("", |method| method.name.as_str());
    let fallback = docs::route(&op.method, &op.path);
    let docs = docs::attributes(&docs::summary(&op.docs, &fallback, &format!("see [`{handle}::{first}`]")));
    out.push(Item::Code(quote! {
        #docs
        #[must_use = "a call is sent when it is awaited"]
        #[derive(Clone, Debug)]
        pub struct #name(#call);
    }));
    let mut setters = setters(scope, op, plan);
    setters.extend(outcome::others(scope, op, plan));
    setters.extend(wait::of_call(scope, plan));
    if !setters.is_empty() {
        out.push(Item::Code(quote!(impl #name { #setters })));
    }
    let answer = outcome(scope, op, plan, out);
    let operation = scope.call("operation");
    out.push(Item::Call(quote!(#operation!(#name => #answer);)));
    if let Some(paging) = &plan.paging {
        out.push(Item::Call(paged(scope, op, plan, paging)));
    }
    out.push(Item::Code(route(scope, op, plan)));
}

fn setters(scope: &mut Scope<'_>, op: &Operation, plan: &OpPlan) -> TokenStream {
    let mut out = TokenStream::new();
    let optional = op.params.iter().zip(&plan.params);
    for (param, name) in optional.filter(|(param, _)| !param.required && param.location != Location::Path) {
        let name = ident(name);
        let mut argument = argument(scope, &param.ty, &name);
        let before = argument.bind(&name);
        let (accepts, step) = (&argument.accepts, param_step(scope, param, &argument));
        let default = param.default.as_deref().and_then(docs::code);
        let notes: Vec<String> =
            default.map(|json| format!("The server's default is {json}.")).into_iter().collect();
        let text = docs::lines(&param.docs, &docs::sentence(&docs::words(&param.wire)), &notes);
        let (docs, deprecated) = (docs::attributes(&text), docs::deprecated_attribute(&param.docs));
        let operator = structs::operator(&name.to_string());
        out.extend(quote! {
            #docs
            #deprecated
            #operator
            pub fn #name(self, #name: #accepts) -> Self {
                #before
                Self(self.0 #step)
            }
        });
    }
    let optional_body =
        op.body.as_ref().filter(|_| plan.methods.first().is_none_or(|method| method.content.is_none()));
    if let (Some(body), Some(name)) = (optional_body, &plan.body)
        && let Some(content) = body.contents.first()
    {
        let name = ident(name);
        let BodyStep { accepts, before, step } = body_step(scope, content, &name);
        let docs = docs::attributes(&docs::lines(&body.docs, "The request body.", &[]));
        out.extend(quote! {
            #docs
            pub fn #name(self, #name: #accepts) -> Self {
                #before
                Self(self.0 #step)
            }
        });
    }
    out
}
