//! Objects: a struct, the table of its members, and for requests `new` and setters.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use crate::ir::{Ty, TypeId};
use crate::sdk::{self, Accepts, Additional, Field, FieldKind, FileFields, FileForm, Struct, Type};

use super::args;
use super::docs;
use super::item::Item;
use super::scope::{Scope, ident};
use super::ty::{Argument, accepts, default, optional, ty};

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
    let builders = if of.is_in_request { builders(scope, of, shape) } else { TokenStream::new() };
    if !body.is_empty() || !builders.is_empty() {
        out.push(Item::Code(quote!(impl #name { #body #builders })));
    }
    if of.is_in_request && shape.arguments().next().is_none() {
        out.push(Item::Code(default_by_new(&quote!(#name))));
    }
    if let Some(fields) = shape.file {
        out.push(Item::Code(from_upload(scope, of, shape, fields)));
    }
    out.push(Item::Call(table(scope, of, shape)));
}

/// `From<Upload>`.
fn from_upload(scope: &mut Scope<'_>, of: &Type, shape: &Struct, file: FileFields) -> TokenStream {
    let (name, members) = (ident(&of.name), scope.runtime("model", "Members"));
    let (upload, in_json) = (scope.runtime("model", "Upload"), scope.runtime("body", "FileInJson"));
    let mut body = TokenStream::new();
    let mut marked = Vec::new();
    for (index, field) in shape.fields.iter().enumerate() {
        let name = ident(&field.name);
        let given = if index == file.content {
            Some(match (file.form, &field.ty) {
                (FileForm::DataUrl, _) => quote!(file.data_url()),
                (FileForm::Base64, Ty::String) => quote!(file.base64()),
                (FileForm::Base64, _) => quote!(file.bytes().into()),
            })
        } else if Some(index) == file.name {
            Some(quote!(file.name()))
        } else {
            (Some(index) == file.media_type).then(|| quote!(file.media_type()))
        };
        if field.kind == FieldKind::Constant || (given.is_some() && field.kind == FieldKind::Defaulted) {
            marked.push(Literal::usize_unsuffixed(index));
        }
        if field.kind == FieldKind::Constant {
            continue;
        }
        let value = match given {
            Some(_) if field.is_option && Some(index) == file.name => quote!(file.known_name()),
            Some(given) if field.is_option => quote!(Some(#given)),
            Some(given) => given,
            None => absent(scope, field),
        };
        body.extend(quote!(#name: #value,));
    }
    if let Some(of) = &shape.additional {
        let (field, map) = (ident(&of.name), scope.map());
        body.extend(quote!(#field: #map::new(),));
    }
    let content = &shape.fields[file.content].wire;
    quote! {
        impl From<#upload> for #name {
            /// Reads the file at once. If it cannot be read, or is a stream, that is the error of the call that sends it.
            fn from(file: #upload) -> Self {
                let mut members_ = #members::new(&[#(#marked),*]);
                let file = #in_json::read(file, &mut members_, #content);
                Self { #body members_ }
            }
        }
    }
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
    let total = total(of.is_eq);
    quote! {
        #type_docs
        #[derive(Clone, PartialEq)]
        #total
        #[non_exhaustive]
        pub struct #name {
            #body
            members_: #members,
        }
    }
}

/// What a type derives whose equality is total. Only tests have it: a float more would take it away.
pub(super) fn total(is_eq: bool) -> TokenStream {
    if is_eq { quote!(#[cfg_attr(feature = "testing", derive(Eq, Hash))]) } else { TokenStream::new() }
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
fn builders(scope: &mut Scope<'_>, of: &Type, shape: &Struct) -> TokenStream {
    let mut out = constructor(scope, of, shape);
    for (index, field) in shape.fields.iter().enumerate() {
        out.extend(setters(scope, index, field, (&field.setter, &field.clear)));
    }
    out
}

/// What a type has for tests.
pub(super) fn for_tests(scope: &mut Scope<'_>, id: TypeId, shape: &Struct, out: &mut Vec<Item>) {
    let (of, name) = (&scope.sdk.types[id], scope.named(id));
    let mut body = TokenStream::new();
    if !of.is_in_request {
        body.extend(constructor(scope, of, shape));
    }
    for (index, field) in shape.fields.iter().enumerate() {
        body.extend(setters(scope, index, field, (&field.test_setter, &field.test_clear)));
    }
    out.push(Item::Code(quote!(impl #name { #body })));
    if !of.is_in_request && shape.arguments().next().is_none() {
        out.push(Item::Code(default_by_new(&name)));
    }
}

fn default_by_new(name: &TokenStream) -> TokenStream {
    quote! {
        impl Default for #name {
            fn default() -> Self {
                Self::new()
            }
        }
    }
}

/// `new`.
fn constructor(scope: &mut Scope<'_>, of: &Type, shape: &Struct) -> TokenStream {
    let fields = &shape.fields;
    let by_name = scope.sdk.takes_names(shape);
    let mut arguments = TokenStream::new();
    let mut body = TokenStream::new();
    let mut checks = false;
    for field in fields.iter().filter(|field| field.kind != FieldKind::Constant) {
        let name = ident(&field.name);
        let value = if field.is_argument {
            let given = if by_name { quote!(args.#name) } else { quote!(#name) };
            let mut value = taken(scope, field, &given, quote!(members_));
            if !by_name {
                let accepts = accepts(scope, &field.ty);
                arguments.extend(quote!(#name: #accepts,));
            }
            checks |= scope.sdk.accepts(&field.ty) == Accepts::Object;
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
    let has_setters = fields.iter().any(|field| field.setter.is_some() || field.test_setter.is_some());
    let docs = if shape.arguments().next().is_none() {
        quote! ( # [ doc = " Creates a value with nothing set." ] )
    } else if has_setters {
        quote! ( # [ doc = " Creates a value with the required properties; the others are absent." ] )
    } else {
        quote!(#[doc = " Creates a value with all properties."])
    };
    if by_name {
        let accepted = args::accepted(scope, of, shape);
        arguments = quote!(args: #accepted);
    }
    let members = quote!(#members::new(&[#(#constants),*]));
    let made = match checks {
        true => quote!(let mut members_ = #members; Self { #body members_ }),
        false => quote!(Self { #body members_: #members }),
    };
    quote! {
        #docs
        pub fn new(#arguments) -> Self { #made }
    }
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

/// The value of a field, made of an argument. Iterators are collected by one function for all fields, since each closure costs the
/// compiler time.
fn taken(scope: &mut Scope<'_>, field: &Field, given: &TokenStream, members: TokenStream) -> TokenStream {
    let accepts = scope.sdk.accepts(&field.ty);
    let wire = &field.wire;
    match accepts {
        Accepts::Value => given.clone(),
        Accepts::Into => quote!(#given.into()),
        Accepts::Object => quote!(#members.object(#wire, #given.into())),
        Accepts::Items(_) | Accepts::Entries(_) => {
            let of = scope.runtime("model", "Members");
            let collect = if matches!(accepts, Accepts::Items(_)) { quote!(items) } else { quote!(entries) };
            quote!(#of::#collect(#given))
        }
    }
}

/// The setter of a field, and what sends null, under these names.
fn setters(
    scope: &mut Scope<'_>,
    index: usize,
    field: &Field,
    (setter, clear): (&Option<sdk::Ident>, &Option<sdk::Ident>),
) -> TokenStream {
    let Some(setter) = setter else { return TokenStream::new() };
    let (name, setter) = (ident(&field.name), ident(setter));
    let index = Literal::usize_unsuffixed(index);
    let (accepts, generics, assigned) = assigned(scope, &index, field, &name);
    let docs = format!(" Sets [`Self::{}`].", field.name.as_str());
    let deprecated = docs::deprecated_attribute(&field.docs);
    let operator = operator(&setter.to_string());
    let mut out = quote! {
        #[doc = #docs]
        #deprecated
        #operator
        pub fn #setter #generics(mut self, #name: #accepts) -> Self {
            #assigned
            self
        }
    };
    if let Some(clear) = clear {
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

/// What the setter of a field takes, the type parameters that this needs, and how it sets the field. Nothing leaves a default.
fn assigned(
    scope: &mut Scope<'_>,
    index: &Literal,
    field: &Field,
    name: &Ident,
) -> (TokenStream, Option<TokenStream>, TokenStream) {
    let given = quote!(#name);
    let is_defaulted = field.kind == FieldKind::Defaulted;
    let mark = is_defaulted.then(|| quote!(self.members_.mark(#index);));
    let boxed = |value| if field.is_boxed { quote!(Box::new(#value)) } else { value };
    let whole = |value| if field.is_option { quote!(Some(#value)) } else { value };
    if !scope.sdk.takes_option(&field.ty) || !(field.is_option || is_defaulted) {
        let value = whole(boxed(taken(scope, field, &given, quote!(self.members_))));
        return (accepts(scope, &field.ty), None, quote!(self.#name = #value; #mark));
    }
    let (Argument { accepts, value, .. }, generics) = optional(scope, &field.ty, &given);
    let assigned = if is_defaulted {
        let inner = whole(boxed(given));
        quote!(if let Some(#name) = #value { self.#name = #inner; #mark })
    } else {
        let boxed = field.is_boxed.then(|| quote!(.map(Box::new)));
        quote!(self.#name = #value #boxed;)
    };
    (accepts, generics, assigned)
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
