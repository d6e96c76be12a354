//! `xml.rs`: what bodies of XML look like, as tables for the runtime.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::ir::{Ty, XmlBody, XmlContent, XmlId, XmlKind, XmlNode, XmlProperty, XmlShape};
use crate::sdk::Sdk;

use super::item::{Content, Item};
use super::scope::{Scope, View, ident};
use super::ty::ty;
use super::{docs, manifest};

/// The file.
pub(super) fn xml(sdk: &Sdk) -> Content<'_> {
    let mut scope = Scope::new(sdk, View::Outside(1), Default::default());
    let mut items = Vec::new();
    for (name, body) in &sdk.xml.documents {
        document(&mut scope, &ident(name), body, &mut items);
    }
    for (name, object) in &sdk.xml.objects {
        table(&mut scope, &ident(name), &object.shape, &mut items);
    }
    let lines = vec![
        "How the types of the API are written in XML.".to_owned(),
        String::new(),
        "Calls use these tables; so do `runtime::xml::to_string` and `from_slice`.".to_owned(),
    ];
    Content { docs: lines, imports: scope.imports, items }
}

/// A type of document.
fn document(scope: &mut Scope<'_>, name: &Ident, body: &XmlBody, out: &mut Vec<Item>) {
    let (document, node_type) = (scope.runtime("xml", "Document"), scope.runtime("xml", "Node"));
    let (model, root) = (ty(scope, &body.ty), node(scope, &body.root));
    let element = docs::code(&body.root.name).unwrap_or_default();
    let docs = docs::attributes(&[format!("A document whose root element is {element}.")]);
    let gate = gate(scope, &body.ty);
    out.push(Item::Code(quote! {
        #docs
        #gate
        #[derive(Debug)]
        pub enum #name {}
    }));
    out.push(Item::Code(quote! {
        #gate
        impl #document for #name {
            type Model = #model;

            const ROOT: #node_type = #root;
        }
    }));
}

/// The gates of the types that are named.
fn gate(scope: &Scope<'_>, of: &Ty) -> TokenStream {
    let sdk = scope.sdk;
    match of {
        Ty::Named(id) => manifest::module_gate(sdk, &sdk.modules[sdk.types[sdk.written(*id)].module]),
        Ty::List(inner) | Ty::Map(inner) | Ty::Nullable(inner) => gate(scope, inner),
        Ty::Tuple(items) => items.iter().map(|item| gate(scope, item)).collect(),
        _ => TokenStream::new(),
    }
}

/// The table of a type, in a function so that tables may lead to each other.
fn table(scope: &mut Scope<'_>, name: &Ident, shape: &XmlShape, out: &mut Vec<Item>) {
    let (of, value) = match shape {
        XmlShape::Object(properties, rest) => {
            let of = scope.runtime("xml", "Object");
            let properties: Vec<TokenStream> =
                properties.iter().map(|property| self::property(scope, property)).collect();
            let rest = rest.as_ref().map(|rest| {
                let rest = node(scope, rest);
                quote!(.rest(&#rest))
            });
            (of.clone(), quote!(#of::new(&[#(#properties),*]) #rest))
        }
        XmlShape::Union(tag, variants) => {
            let (of, content) = (scope.runtime("xml", "Union"), scope.runtime("xml", "Content"));
            let variants: Vec<TokenStream> = variants
                .iter()
                .map(|(tag, id)| {
                    let table = ident(&scope.sdk.xml.objects[id].0);
                    quote!((#tag, #content::Object(#table)))
                })
                .collect();
            (of.clone(), quote!(#of::new(#tag, &[#(#variants),*])))
        }
    };
    out.push(Item::Code(quote! {
        fn #name() -> &'static #of {
            static TABLE: #of = #value;
            &TABLE
        }
    }));
}

fn property(scope: &mut Scope<'_>, property: &XmlProperty) -> TokenStream {
    let (of, node, name) = (scope.runtime("xml", "Property"), node(scope, &property.node), &property.name);
    let absent = property.absent.map(|json| quote!(.absent(#json)));
    quote!(#of::new(#name, #node) #absent)
}

fn node(scope: &mut Scope<'_>, node: &XmlNode) -> TokenStream {
    let (of, content, name) = (scope.runtime("xml", "Node"), content(scope, &node.content), &node.name);
    let made = match node.kind {
        XmlKind::Element => quote!(#of::element(#name, #content)),
        XmlKind::Attribute => quote!(#of::attribute(#name, #content)),
        XmlKind::Text => quote!(#of::text(#content)),
        XmlKind::Cdata => quote!(#of::cdata(#content)),
        XmlKind::None => quote!(#of::bare(#content)),
    };
    let (namespace, prefix) = (&node.namespace, &node.prefix);
    let within = (!namespace.is_empty()).then(|| quote!(.within(#namespace, #prefix)));
    quote!(#made #within)
}

fn content(scope: &mut Scope<'_>, content: &XmlContent) -> TokenStream {
    let of = scope.runtime("xml", "Content");
    let table = |scope: &Scope<'_>, id: &XmlId| ident(&scope.sdk.xml.objects[id].0);
    let plain = |name: &str| {
        let name = Ident::new(name, Span::call_site());
        quote!(#of::#name)
    };
    match content {
        XmlContent::Text => plain("Text"),
        XmlContent::Token => plain("Token"),
        XmlContent::Number => plain("Number"),
        XmlContent::Boolean => plain("Boolean"),
        XmlContent::Any => plain("Any"),
        XmlContent::Object(id) => {
            let table = table(scope, id);
            quote!(#of::Object(#table))
        }
        XmlContent::Union(id) => {
            let table = table(scope, id);
            quote!(#of::Union(#table))
        }
        XmlContent::Array(item) => {
            let item = node(scope, item);
            quote!(#of::Array(&#item))
        }
        XmlContent::Map(value) => {
            let value = node(scope, value);
            quote!(#of::Map(&#value))
        }
        XmlContent::Tuple(items) => {
            let items: Vec<TokenStream> = items.iter().map(|item| node(scope, item)).collect();
            quote!(#of::Tuple(&[#(#items),*]))
        }
    }
}
