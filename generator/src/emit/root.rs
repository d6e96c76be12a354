//! The crate root, the `types` module and the files below it.

use std::ops::Range;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::ir::{Docs, JsonType, Owner, Segment, TypeName};
use crate::sdk::{Module, ModuleId, Sdk, Shape, Type};

use super::item::{Content, Item};
use super::page::Build;
use super::scope::{Imports, Scope, View, foreign, ident, tokens};
use super::{aliases, args, docs, enums, example, manifest, structs, testing, tour, unions};

/// `lib.rs`.
pub(super) fn lib(sdk: &Sdk) -> Content<'_> {
    let mut items =
        vec![Item::Inner(quote!(#![forbid(unsafe_code)])), Item::Inner(quote!(#![warn(missing_docs)]))];
    items.push(Item::Inner(quote!(#![cfg_attr(docsrs, feature(doc_cfg))])));
    let mut modules: Vec<(String, TokenStream)> = vec![
        (
            "client".to_owned(),
            quote!(
                pub mod client;
            ),
        ),
        (
            "runtime".to_owned(),
            quote!(
                #[doc(hidden)]
                pub mod runtime;
            ),
        ),
        (
            "types".to_owned(),
            quote!(
                pub mod types;
            ),
        ),
    ];
    if sdk.needs.xml {
        let is_gated = sdk.modules.iter().any(|module| module.feature.is_some());
        let allow = is_gated.then(
            || quote!(#[allow(dead_code, unused_imports, reason = "the documents depend on the features")]),
        );
        let module = quote!(
            #[cfg(feature = "xml")]
            #allow
            pub mod xml;
        );
        modules.push(("xml".to_owned(), module));
    }
    for child in &sdk.root().children {
        let names = &sdk.resources[child];
        let (module, gate) = (ident(&names.module), manifest::gate(names.feature.as_deref()));
        modules.push((names.module.as_str().to_owned(), quote!(#gate pub mod #module;)));
    }
    for name in &sdk.package.modules {
        let module = Ident::new(name, Span::call_site());
        modules.push((name.clone(), quote!(pub mod #module;)));
    }
    modules.sort_by(|a, b| a.0.cmp(&b.0));
    // A resource of this name goes first; `runtime::webhooks` is there all the same.
    let has_webhooks = modules.iter().any(|(name, _)| name == "webhooks");
    items.extend(modules.into_iter().map(|(_, tokens)| Item::Code(tokens)));
    items.extend(uses(has_webhooks).into_iter().map(Item::Code));
    Content { docs: crate_docs(sdk), imports: Imports::default(), items }
}

/// What users name of the runtime.
fn uses(has_webhooks: bool) -> Vec<TokenStream> {
    let mut out = vec![
        quote!(
            pub use crate::runtime::names::*;
        ),
        quote!(
            pub use crate::runtime::prelude;
        ),
        quote!(
            #[cfg(feature = "blocking")]
            pub use crate::runtime::blocking;
        ),
        quote!(
            #[cfg(all(feature = "record", not(target_family = "wasm")))]
            pub use crate::runtime::record as har;
        ),
        quote!(
            #[cfg(feature = "testing")]
            pub use crate::runtime::testing;
        ),
    ];
    if !has_webhooks {
        out.push(quote!(
            #[cfg(feature = "webhook-signatures")]
            pub use crate::runtime::webhooks;
        ));
    }
    out.push(quote!(
        pub use client::{Client, ClientBuilder};
    ));
    out
}

fn crate_docs(sdk: &Sdk) -> Vec<String> {
    let info = &sdk.info;
    let title = docs::clean_line(&info.title);
    let title = if title.is_empty() { "An API".to_owned() } else { title };
    let is_client = !sdk.operations.is_empty();
    let what = if is_client { "Client" } else { "Types" };
    let mut out =
        vec![format!("{what} of {title}, version {}.", docs::code(&info.version).unwrap_or_default())];
    if info.version.trim().is_empty() {
        out = vec![format!("{what} of {title}.")];
    }
    let text =
        Docs { summary: info.summary.clone(), description: info.description.clone(), ..Docs::default() };
    if text.summary.is_some() || text.description.is_some() {
        out.push(String::new());
        out.extend(docs::lines(&text, "", &[]));
    }
    if is_client {
        out.extend(example::start(sdk));
        out.extend(tour::rustdoc(sdk));
    }
    out
}

/// `types.rs`.
pub(super) fn types(sdk: &Sdk) -> Content<'_> {
    let mut modules = Vec::new();
    let mut uses = Vec::new();
    let mut parts: Vec<&Module> = sdk.modules.iter().filter(|module| !module.types.is_empty()).collect();
    parts.sort_by_key(|module| module.name.as_str());
    for part in parts {
        let (gate, module) = (manifest::module_gate(sdk, part), ident(&part.name));
        modules.push(Item::Code(quote!(#gate mod #module;)));
        uses.push(Item::Code(quote!(#gate pub use #module::*;)));
    }
    modules.append(&mut uses);
    modules.extend(args(sdk));
    let mut scope = Scope::new(sdk, View::Outside(1), Default::default());
    for of in &sdk.foreign {
        let Some(path) = of.path.as_deref().filter(|path| !is_known(path)) else { continue };
        let (call, path) = (scope.call("foreign"), tokens(&foreign(path)));
        let kinds = of.kinds.iter().map(|kind| Ident::new(kinds_constant(*kind), Span::call_site()));
        let with = of.with.as_deref().map(|with| tokens(&foreign(with))).map(|with| quote!(, #with));
        modules.push(Item::Call(quote!(#call!(#path = #(#kinds)|* #with);)));
    }
    Content { docs: vec!["The types of the API.".to_owned()], imports: scope.imports, items: modules }
}

/// The module `types::args`.
fn args(sdk: &Sdk) -> Option<Item> {
    let mut parts: Vec<(&str, TokenStream)> = Vec::new();
    for (id, module) in sdk.modules.entries() {
        let (gate, name) = (manifest::module_gate(sdk, module), ident(&module.name));
        if args::is_needed(sdk, id, Build::Every) {
            parts.push((module.name.as_str(), quote!(#gate pub use super::#name::args::*;)));
        }
        if args::is_needed(sdk, id, Build::Testing) {
            let testing = manifest::gate(Some("testing"));
            let part = quote!(#gate #testing pub use super::#name::testing::args::*;);
            parts.push((module.name.as_str(), part));
        }
    }
    parts.sort_by_key(|(name, _)| *name);
    let parts: Vec<TokenStream> = parts.into_iter().map(|(_, part)| part).collect();
    (!parts.is_empty()).then(|| {
        Item::Code(quote! {
            /// The arguments of `new`, by name, where two of them could be mistaken for each other.
            pub mod args { #(#parts)* }
        })
    })
}

/// The constant of the runtime's `Kinds`.
fn kinds_constant(kind: JsonType) -> &'static str {
    match kind {
        JsonType::Any => "ANY",
        JsonType::Array => "ARRAY",
        JsonType::Bool => "BOOL",
        JsonType::Number => "NUMBER",
        JsonType::Object => "OBJECT",
        JsonType::String => "STRING",
    }
}

/// Types that travel without further ado.
fn is_known(path: &str) -> bool {
    const KNOWN: [&str; 12] = [
        "String",
        "std::string::String",
        "bool",
        "f64",
        "i32",
        "i64",
        "u32",
        "u64",
        "chrono::DateTime<chrono::Utc>",
        "chrono::NaiveDate",
        "serde_json::Value",
        "uuid::Uuid",
    ];
    KNOWN.contains(&path) || path.starts_with("crate::") || path == "rust_decimal::Decimal"
}

/// A part of a file of types.
pub(super) fn module<'a>(sdk: &'a Sdk, id: ModuleId, part: Range<usize>, clashes: &[&'a str]) -> Content<'a> {
    let module = &sdk.modules[id];
    let mut scope = Scope::new(sdk, View::Module(id), clashes.iter().copied().collect());
    let mut items = Vec::new();
    if part.start == 0 {
        items.extend(below(sdk, id));
    }
    for id in &module.types[part] {
        type_items(&mut scope, &sdk.types[id], &mut items);
    }
    let what = match &module.feature {
        Some(feature) if sdk.payloads() == Some(feature) => {
            format!("Types that only webhooks and callbacks use, behind the feature `{feature}`.")
        }
        Some(feature) => format!("Types that only `{feature}` uses."),
        None => "Types that more than one resource uses.".to_owned(),
    };
    Content { docs: vec![what], imports: scope.imports, items }
}

/// The modules below a module of types.
fn below(sdk: &Sdk, id: ModuleId) -> Vec<Item> {
    let mut out = Vec::new();
    if args::is_needed(sdk, id, Build::Every) {
        out.push(Item::Code(quote!(
            pub(super) mod args;
        )));
    }
    if testing::is_needed(sdk, id) {
        let gate = manifest::gate(Some("testing"));
        out.push(Item::Code(quote!(#gate pub(super) mod testing;)));
    }
    out
}

fn type_items(scope: &mut Scope<'_>, ty: &Type, out: &mut Vec<Item>) {
    let notes: Vec<String> = docs::deprecation(&ty.docs).into_iter().collect();
    let mut text = docs::lines(&ty.docs, &fallback(scope.sdk, ty), &notes);
    if let Shape::Union(of) = &ty.shape {
        text.extend(example::union(scope.sdk, ty, of));
    }
    let docs = docs::attributes(&text);
    match &ty.shape {
        Shape::Struct(of) => structs::structure(scope, ty, of, docs, out),
        Shape::Enum(of) => enums::enumeration(scope, ty, of, docs, out),
        Shape::Union(of) => unions::union(scope, ty, of, docs, out),
        Shape::Alias(of) => aliases::alias(scope, ty, of, docs, out),
        Shape::Wrapper(of) => aliases::wrapper(scope, ty, of, docs, out),
    }
}

/// A sentence for a type that the document says nothing about.
fn fallback(sdk: &Sdk, ty: &Type) -> String {
    let code = |text: &str| docs::code(text).unwrap_or_else(|| "this name".to_owned());
    match &ty.source {
        TypeName::Component(key) => format!("The schema {}.", code(key)),
        TypeName::Inline { owner, path, title } => {
            let what = match title.as_deref().map(docs::clean_line).filter(|title| !title.is_empty()) {
                Some(title) => title,
                None => path.iter().rev().find_map(segment).unwrap_or_else(|| "A schema".to_owned()),
            };
            let owner = match owner {
                Owner::Type(id) => format!("`{}`", sdk.types[sdk.written(*id)].name),
                Owner::Operation(id) => format!("`{}`", sdk.operations[id].label),
                Owner::Component(key) => code(key),
            };
            format!("{what} of {owner}.")
        }
    }
}

fn segment(segment: &Segment) -> Option<String> {
    match segment {
        Segment::Member(name) | Segment::Param(name) => Some(docs::words(name)),
        Segment::Variant(tag) => Some(format!("Variant {}", docs::code(tag)?)),
        Segment::Form(member) => Some(format!("Variant with {}", docs::code(member)?)),
        Segment::Request => Some("Request body".to_owned()),
        Segment::Response(status) => Some(format!("Response with status {}", docs::code(status)?)),
        Segment::Item | Segment::Value | Segment::Position(_) => None,
    }
}
