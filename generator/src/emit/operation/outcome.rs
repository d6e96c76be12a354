//! What awaiting a call gives: responses, choices between them, pages.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use super::arguments::gate;
use crate::emit::docs;
use crate::emit::item::Item;
use crate::emit::scope::{self, Scope, ident};
use crate::emit::ty::ty;
use crate::ir::{Content, ContentKind, Response, Status};
use crate::sdk::{self, Operation, Outcome, PageStyle, Paging, PathStep};

/// What awaiting the call gives, as the runtime's macro reads it; a choice is an enum of its own.
pub(super) fn outcome(scope: &mut Scope<'_>, op: &Operation, out: &mut Vec<Item>) -> TokenStream {
    match &op.outcome {
        Outcome::One(at) => response(scope, op.given(*at)),
        Outcome::Optional(at) => {
            let response = response(scope, op.given(*at));
            quote!(#response or Empty)
        }
        Outcome::Choice { name, variants } => {
            choice(scope, op, &ident(name), variants, out);
            let name = ident(name);
            quote!(#name)
        }
    }
}

/// The enum of the different responses, and how the status leads to one of them.
fn choice(scope: &mut Scope<'_>, op: &Operation, name: &Ident, variants: &[sdk::Ident], out: &mut Vec<Item>) {
    let mut body = TokenStream::new();
    let mut table = Vec::new();
    for ((at, of), variant) in op.responses.iter().enumerate().zip(variants) {
        let (variant, status) = (ident(variant), pattern(&op.responses, at));
        let fallback = format!("The response with status `{}`.", of.status);
        let docs = docs::attributes(&docs::lines(&of.docs, &fallback, &[]));
        match &of.content {
            Some(content) => {
                let (response, payload) = (kind(scope, content), payload(scope, content));
                body.extend(quote!(#docs #variant(#payload),));
                table.push(quote!(#variant(#response) = #status));
            }
            None => {
                body.extend(quote!(#docs #variant,));
                table.push(quote!(#variant = #status));
            }
        }
    }
    let text = format!(" The response of [`{}`], by status.", op.call.as_str());
    out.push(Item::Code(quote! {
        #[doc = #text]
        #[derive(Debug)]
        #[non_exhaustive]
        pub enum #name { #body }
    }));
    let choice = scope.call("choice");
    out.push(Item::Call(quote!(#choice!(#name { #(#table),* });)));
}

/// How a response is read. The names are the words of the macro `operation!`; they need no import there.
fn response(scope: &mut Scope<'_>, content: Option<&Content>) -> TokenStream {
    let mut typed = |name: &str, of| {
        let (name, of) = (Ident::new(name, Span::call_site()), ty(scope, of));
        quote!(#name<#of>)
    };
    match content.map(|content| &content.kind) {
        None => quote!(Empty),
        Some(ContentKind::Json(of) | ContentKind::Form(of) | ContentKind::Multipart(of)) => typed("Json", of),
        Some(ContentKind::Events(of)) => typed("Events", of),
        Some(ContentKind::Lines(of)) => typed("Lines", of),
        Some(ContentKind::Xml(body)) => {
            let (document, model) = (scope.document(body), ty(scope, &body.ty));
            quote!(Xml<#document, #model>)
        }
        Some(ContentKind::Text) => quote!(Text),
        Some(ContentKind::Bytes) => quote!(Binary),
    }
}

/// The methods that ask for another media type.
pub(super) fn others(scope: &mut Scope<'_>, op: &Operation) -> TokenStream {
    let mut out = TokenStream::new();
    for other in &op.others {
        let (content, media, name) = (&other.content, &other.content.media, ident(&other.name));
        // What is behind a feature is named by its path: its import would be unused without the feature.
        let instead = match &content.kind {
            ContentKind::Xml(_) => quote!(crate::runtime::call::Instead),
            _ => scope.runtime("call", "Instead"),
        };
        let of = kind(scope, content);
        let what = match &content.kind {
            ContentKind::Events(_) => "a stream of server-sent events",
            ContentKind::Lines(_) => "a stream of JSON lines",
            ContentKind::Xml(_) => "XML",
            ContentKind::Text => "text",
            ContentKind::Bytes => "a stream of bytes",
            ContentKind::Json(_) | ContentKind::Form(_) | ContentKind::Multipart(_) => "other JSON",
        };
        let media_code = docs::code(media).unwrap_or_default();
        let docs = docs::attributes(&[format!("Requests {media_code}: {what}.")]);
        let gate = gate(content);
        out.extend(quote! {
            #docs
            #gate
            pub fn #name(self) -> #instead<#of> {
                #instead::new(self.0, #media)
            }
        });
    }
    out
}

/// The kind of response as a type of the runtime.
fn kind(scope: &mut Scope<'_>, content: &Content) -> TokenStream {
    let mut typed = |name, of| {
        let (name, of) = (scope.runtime("call", name), ty(scope, of));
        quote!(#name<#of>)
    };
    match &content.kind {
        ContentKind::Json(of) | ContentKind::Form(of) | ContentKind::Multipart(of) => typed("Json", of),
        ContentKind::Events(of) => typed("Events", of),
        ContentKind::Lines(of) => typed("Lines", of),
        ContentKind::Xml(body) => {
            let document = scope.document(body);
            quote!(crate::runtime::xml::Xml<#document>)
        }
        ContentKind::Text => scope.runtime("call", "Text"),
        ContentKind::Bytes => scope.runtime("call", "Binary"),
    }
}

/// What a response with a body gives.
fn payload(scope: &mut Scope<'_>, content: &Content) -> TokenStream {
    scope::tokens(&scope.sdk.spell_received(content, scope))
}

/// The statuses of a response as a pattern over their numbers. A success that the document does not name is read as the one before
/// it, except where that would lose a body.
fn pattern(responses: &[Response], at: usize) -> TokenStream {
    let number = |code: u16| Literal::u16_unsuffixed(code);
    let range = |first, last| {
        let (start, end) = (number(first), number(last));
        if first == last { quote!(#start) } else { quote!(#start..=#end) }
    };
    match responses[at].status {
        Status::Code(code) => {
            let (first, last) = neighbours(responses, at, code);
            range(first, last)
        }
        Status::Range(digit) => range(u16::from(digit) * 100, u16::from(digit) * 100 + 99),
        Status::Default => quote!(_),
    }
}

/// The first and the last status that are read as this one.
fn neighbours(responses: &[Response], at: usize, code: u16) -> (u16, u16) {
    let is_success = |code: u16| (200..300).contains(&code);
    let others = responses.iter().map(|response| response.status);
    if !is_success(code) || others.clone().any(|status| !matches!(status, Status::Code(_))) {
        return (code, code);
    }
    let others = others.filter_map(|status| match status {
        Status::Code(other) => is_success(other).then_some(other),
        _ => None,
    });
    let has_content = |response: &Response| response.content.is_some();
    if !has_content(&responses[at]) {
        return (code, code);
    }
    let is_first = responses[..at].iter().all(|response| !has_content(response));
    let before = others.clone().filter(|other| *other < code).max();
    let first = if is_first { before.map_or(200, |before| before + 1) } else { code };
    let last = others.filter(|other| *other > code).min().map_or(299, |next| next - 1);
    (first, last)
}

pub(super) fn status(scope: &mut Scope<'_>, status: Status) -> TokenStream {
    let name = scope.runtime("route", "Status");
    match status {
        Status::Code(code) => {
            let code = Literal::u16_unsuffixed(code);
            quote!(#name::Code(#code))
        }
        Status::Range(digit) => {
            let digit = Literal::u8_unsuffixed(digit);
            quote!(#name::Range(#digit))
        }
        Status::Default => quote!(#name::Default),
    }
}

pub(super) fn paged(scope: &mut Scope<'_>, op: &Operation, paging: &Paging) -> TokenStream {
    let (call, paged) = (ident(&op.call), scope.call("paged"));
    let page = match &op.outcome {
        Outcome::One(at) | Outcome::Optional(at) => op.given(*at).map(|content| payload(scope, content)),
        Outcome::Choice { name, .. } => Some(ident(name)).map(|name| quote!(#name)),
    };
    let item = ty(scope, &paging.item);
    let param = paging.param.map_or("", |at| &op.params[at].wire);
    let way = |steps: &[PathStep]| {
        let steps = steps.iter().map(|step| {
            let field = scope.sdk.field(step);
            let name = ident(&field.name);
            if field.is_option { quote!(#name?) } else { quote!(#name) }
        });
        quote!([#(#steps).*])
    };
    let (items, next) = (way(&paging.items), way(&paging.next));
    let mut body = match paging.style {
        PageStyle::Cursor => quote!(cursor #param; items = #items; next = #next;),
        PageStyle::LastItem => quote!(last #param; items = #items; id = #next;),
        PageStyle::Number(1) => quote!(page #param; items = #items;),
        PageStyle::Number(first) => {
            let first = Literal::i64_unsuffixed(first);
            quote!(page #param #first; items = #items;)
        }
        PageStyle::Offset => quote!(offset #param; items = #items;),
        PageStyle::Link => quote!(link #param; items = #items;),
        PageStyle::Url => quote!(url #param; items = #items; next = #next;),
    };
    if !paging.more.is_empty() {
        let more = way(&paging.more);
        body.extend(quote!(more = #more;));
    }
    quote!(#paged!(#call: #page => #item { #body });)
}
