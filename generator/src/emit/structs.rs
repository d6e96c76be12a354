//! Objects: a struct, the table of its members, and for requests `new` and setters.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::sdk::{Additional, Field, FieldKind, Struct, Type};

use super::docs;
use super::item::Item;
use super::scope::{Scope, ident};
use super::ty::{argument, default, ty};

/// The items of a struct.
pub(super) fn structure(
    scope: &mut Scope<'_>,
    of: &Type,
    shape: &Struct,
    type_docs: TokenStream,
    out: &mut Vec<Item>,
) {
    let name = ident(&of.name);
    out.push(Item::Code(definition(scope, of, shape, type_docs)));
    let body = constants(&shape.fields);
    let builders = if of.is_in_request { builders(scope, shape) } else { TokenStream::new() };
    if !body.is_empty() || !builders.is_empty() {
        out.push(Item::Code(quote!(impl #name { #body #builders })));
    }
    if of.is_in_request && shape.arguments().next().is_none() {
        out.push(Item::Code(quote! {
            impl Default for #name {
                fn default() -> Self {
                    Self::new()
                }
            }
        }));
    }
    out.push(Item::Call(table(scope, of, shape)));
}

fn definition(scope: &mut Scope<'_>, of: &Type, shape: &Struct, type_docs: TokenStream) -> TokenStream {
    let name = ident(&of.name);
    let members = scope.runtime("model", "Members");
    let mut body = TokenStream::new();
    for field in shape.fields.iter().filter(|field| field.kind != FieldKind::Constant) {
        let (docs, name) = (docs::attributes(&member_docs(field)), ident(&field.name));
        let of = ty(scope, &field.full_type());
        body.extend(quote!(#docs pub #name: #of,));
    }
    if let Some(Additional { name, ty: value, .. }) = &shape.additional {
        let (field, map, value) = (ident(name), scope.map(), ty(scope, value));
        body.extend(quote! {
            /// Members that have no field of their own.
            pub #field: #map<String, #value>,
        });
    }
    quote! {
        #type_docs
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub struct #name {
            #body
            members_: #members,
        }
    }
}

fn member_docs(field: &Field) -> Vec<String> {
    let docs = &field.docs;
    let notes: Vec<String> = docs::deprecation(docs).into_iter().collect();
    docs::lines(docs, &docs::sentence(&docs::words(&field.wire)), &notes)
}

/// Constants of scalar type can be named.
fn constants(fields: &[Field]) -> TokenStream {
    let mut out = TokenStream::new();
    for field in fields {
        let Some(json) = field.constant.as_deref() else { continue };
        let (of, value) = match serde_json::from_str(json) {
            Ok(serde_json::Value::String(text)) => (quote!(&'static str), quote!(#text)),
            Ok(serde_json::Value::Bool(value)) => (quote!(bool), quote!(#value)),
            Ok(serde_json::Value::Number(number)) => match number.as_i64() {
                Some(number) => {
                    let number = Literal::i64_unsuffixed(number);
                    (quote!(i64), quote!(#number))
                }
                None => continue,
            },
            _ => continue,
        };
        let name = ident(&field.name);
        let wire = docs::code(&field.wire).unwrap_or_else(|| "this property".to_owned());
        let fallback = format!("The constant value of {wire}.");
        let docs = docs::attributes(&docs::lines(&field.docs, &fallback, &[]));
        out.extend(quote!(#docs pub const #name: #of = #value;));
    }
    out
}

/// `new` and the setters.
fn builders(scope: &mut Scope<'_>, shape: &Struct) -> TokenStream {
    let fields = &shape.fields;
    let mut arguments = TokenStream::new();
    let mut body = TokenStream::new();
    for field in fields.iter().filter(|field| field.kind != FieldKind::Constant) {
        let name = ident(&field.name);
        let value = if field.is_argument {
            let argument = argument(scope, &field.ty, &name);
            let (accepts, mut value) = (argument.accepts, argument.value);
            arguments.extend(quote!(#name: #accepts,));
            if field.is_boxed {
                value = quote!(Box::new(#value));
            }
            // The tag of a union, where several tags lead here.
            if field.is_option { quote!(Some(#value)) } else { value }
        } else {
            absent(scope, field)
        };
        let short = name == value.to_string();
        body.extend(if short { quote!(#name,) } else { quote!(#name: #value,) });
    }
    if let Some(of) = &shape.additional {
        let (field, map) = (ident(&of.name), scope.map());
        body.extend(quote!(#field: #map::new(),));
    }
    let members = scope.runtime("model", "Members");
    let constants: Vec<Literal> = fields
        .iter()
        .enumerate()
        .filter(|(_, field)| field.kind == FieldKind::Constant)
        .map(|(index, _)| Literal::usize_unsuffixed(index))
        .collect();
    let docs = if arguments.is_empty() {
        quote! ( # [ doc = " Creates a value with nothing set." ] )
    } else if fields.iter().any(|field| field.setter.is_some()) {
        quote! ( # [ doc = " Creates a value with the required properties; the others are absent." ] )
    } else {
        quote!(#[doc = " Creates a value with all properties."])
    };
    let mut out = quote! {
        #docs
        pub fn new(#arguments) -> Self {
            Self { #body members_: #members::new(&[#(#constants),*]) }
        }
    };
    for (index, field) in fields.iter().enumerate() {
        out.extend(setters(scope, index, field));
    }
    out
}

/// The value of a field that is not an argument of `new`.
fn absent(scope: &mut Scope<'_>, field: &Field) -> TokenStream {
    match (&field.default, field.kind) {
        (Some(json), FieldKind::Defaulted) => {
            let value = default(scope, &field.ty, json);
            let value = if field.is_boxed { quote!(Box::new(#value)) } else { value };
            if field.is_option { quote!(Some(#value)) } else { value }
        }
        _ if field.is_option => quote!(None),
        _ => {
            let name = ident(&field.name);
            quote!(#name)
        }
    }
}

fn setters(scope: &mut Scope<'_>, index: usize, field: &Field) -> TokenStream {
    let Some(setter) = &field.setter else { return TokenStream::new() };
    let (name, setter) = (ident(&field.name), ident(setter));
    let index = Literal::usize_unsuffixed(index);
    let argument = argument(scope, &field.ty, &name);
    let (accepts, mut value) = (argument.accepts, argument.value);
    if field.is_boxed {
        value = quote!(Box::new(#value));
    }
    if field.is_option {
        value = quote!(Some(#value));
    }
    let mark = (field.kind == FieldKind::Defaulted).then(|| quote!(self.members_.mark(#index);));
    let docs = format!(" Sets [`Self::{}`].", field.name.as_str());
    let deprecated = docs::deprecated_attribute(&field.docs);
    let operator = operator(&setter.to_string());
    let mut out = quote! {
        #[doc = #docs]
        #deprecated
        #operator
        pub fn #setter(mut self, #name: #accepts) -> Self {
            self.#name = #value;
            #mark
            self
        }
    };
    if let Some(clear) = &field.clear {
        let clear = ident(clear);
        let docs = match docs::code(&field.wire) {
            Some(wire) => format!(" Sends {wire} as null."),
            None => " Sends this property as null.".to_owned(),
        };
        out.extend(quote! {
            #[doc = #docs]
            #deprecated
            pub fn #clear(mut self) -> Self {
                self.#name = None;
                self.members_.mark(#index);
                self
            }
        });
    }
    out
}

/// Clippy takes a method that is called like an operator for a forgotten trait; the document chose the name.
pub(super) fn operator(name: &str) -> TokenStream {
    let operators = ["add", "sub", "mul", "div", "rem", "shl", "shr", "bitand", "bitor", "bitxor"];
    if operators.contains(&name) {
        quote!(#[expect(clippy::should_implement_trait, reason = "the name is the document's")])
    } else {
        TokenStream::new()
    }
}

/// Members are read in groups of this many.
const GROUP: usize = 16;

/// `object!(Name { 0 required field = "wire"; … });`
fn table(scope: &mut Scope<'_>, of: &Type, shape: &Struct) -> TokenStream {
    let (object, name) = (scope.call("object"), ident(&of.name));
    let rows: Vec<TokenStream> =
        shape.fields.iter().enumerate().map(|(index, field)| row(index, field)).collect();
    let groups = rows.chunks(GROUP).map(|rows| quote!({ #(#rows)* }));
    let rest = shape.additional.as_ref().map(|of| {
        let field = ident(&of.name);
        if of.is_open { quote!(, open #field) } else { quote!(, rest #field) }
    });
    quote!(#object!(#name #(#groups)* #rest);)
}

fn row(index: usize, field: &Field) -> TokenStream {
    let (index, wire, name) = (Literal::usize_unsuffixed(index), &field.wire, ident(&field.name));
    let json = |text: &Option<String>| text.clone().unwrap_or_else(|| "null".to_owned());
    match field.kind {
        FieldKind::Required => quote!(#index required #name = #wire;),
        FieldKind::Optional => quote!(#index optional #name = #wire;),
        FieldKind::Nullable => quote!(#index nullable #name = #wire;),
        FieldKind::Defaulted => {
            let json = json(&field.default);
            quote!(#index defaulted #name = #wire, #json;)
        }
        FieldKind::Constant => {
            let json = json(&field.constant);
            quote!(#index constant #wire, #json;)
        }
    }
}
