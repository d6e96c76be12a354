//! Objects: a struct, the table of its members, and for requests `new` and setters.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::ir::{Member, Presence, Shape, Struct, TypeId};
use crate::plan::{MemberPlan, PathStep, Plan, TypePlan};

use super::Item;
use super::docs;
use super::scope::{Scope, ident};
use super::ty::{argument, default, ty};

/// What a member is for the codec.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Required,
    Optional,
    Nullable,
    Defaulted,
    Constant,
}

/// A member with its decisions.
pub(super) struct Field<'a> {
    index: usize,
    pub(super) member: &'a Member,
    pub(super) plan: &'a MemberPlan,
    kind: Kind,
}

impl Field<'_> {
    /// Whether `new` takes it. What is required has no other value to begin with.
    pub(super) fn is_argument(&self) -> bool {
        self.plan.in_new || self.kind == Kind::Required
    }

    /// Whether the field is an `Option`.
    fn is_option(&self) -> bool {
        match self.kind {
            Kind::Optional | Kind::Nullable => true,
            Kind::Defaulted => self.plan.presence == Presence::OptionalNullable,
            Kind::Required | Kind::Constant => false,
        }
    }
}

/// The field of a member, and whether it is an `Option`.
pub(super) fn field(plan: &Plan, step: &PathStep) -> (proc_macro2::Ident, bool) {
    let of = plan.ty(step.of);
    let Shape::Struct(shape) = &plan.api.types[step.of.0 as usize].shape else {
        panic!("a way leads through `{}`, which is no struct", of.name.as_str());
    };
    let field = &fields(shape, of)[step.member];
    (ident(&field.plan.field), field.is_option())
}

/// The members with their decisions.
pub(super) fn fields<'a>(of: &'a Struct, plan: &'a TypePlan) -> Vec<Field<'a>> {
    let kind = |member: &Member, plan: &MemberPlan| match plan.presence {
        _ if member.constant.is_some() => Kind::Constant,
        Presence::Required => Kind::Required,
        Presence::Nullable => Kind::Nullable,
        Presence::Optional | Presence::OptionalNullable if member.default.is_some() => Kind::Defaulted,
        Presence::Optional | Presence::OptionalNullable => Kind::Optional,
    };
    let pairs = of.members.iter().zip(&plan.members).enumerate();
    pairs.map(|(index, (member, plan))| Field { index, member, plan, kind: kind(member, plan) }).collect()
}

/// The items of a struct.
pub(super) fn structure(
    scope: &mut Scope<'_>,
    id: TypeId,
    of: &Struct,
    type_docs: TokenStream,
    out: &mut Vec<Item>,
) {
    let plan = scope.plan.ty(id);
    let fields = fields(of, plan);
    out.push(Item::Code(definition(scope, plan, of, &fields, type_docs)));
    let body = constants(&fields);
    let builders = if plan.in_request { builders(scope, plan, &fields) } else { TokenStream::new() };
    if !body.is_empty() || !builders.is_empty() {
        let name = ident(&plan.name);
        out.push(Item::Code(quote!(impl #name { #body #builders })));
    }
    let empty_new = plan.in_request && !fields.iter().any(Field::is_argument);
    if empty_new {
        let name = ident(&plan.name);
        out.push(Item::Code(quote! {
            impl Default for #name {
                fn default() -> Self {
                    Self::new()
                }
            }
        }));
    }
    out.push(Item::Call(table(scope, plan, &fields, of.open)));
}

fn definition(
    scope: &mut Scope<'_>,
    plan: &TypePlan,
    of: &Struct,
    fields: &[Field<'_>],
    type_docs: TokenStream,
) -> TokenStream {
    let name = ident(&plan.name);
    let members = scope.runtime("model", "Members");
    let mut body = TokenStream::new();
    for field in fields.iter().filter(|field| field.kind != Kind::Constant) {
        let (docs, name) = (docs::attributes(&member_docs(field)), ident(&field.plan.field));
        let mut of = ty(scope, &field.member.ty);
        if field.plan.boxed {
            of = quote!(Box<#of>);
        }
        if field.is_option() {
            of = quote!(Option<#of>);
        }
        body.extend(quote!(#docs pub #name: #of,));
    }
    if let (Some(field), Some(value)) = (&plan.additional, &of.additional) {
        let (field, map, value) = (ident(field), scope.map(), ty(scope, value));
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

fn member_docs(field: &Field<'_>) -> Vec<String> {
    let docs = &field.member.docs;
    let notes: Vec<String> = docs::deprecation(docs).into_iter().collect();
    docs::lines(docs, &docs::sentence(&docs::words(&field.member.wire)), &notes)
}

/// Constants of scalar type can be named.
fn constants(fields: &[Field<'_>]) -> TokenStream {
    let mut out = TokenStream::new();
    for field in fields {
        let Some(json) = field.member.constant.as_deref() else { continue };
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
        let name = ident(&field.plan.field);
        let wire = docs::code(&field.member.wire).unwrap_or_else(|| "this property".to_owned());
        let fallback = format!("The constant value of {wire}.");
        let docs = docs::attributes(&docs::lines(&field.member.docs, &fallback, &[]));
        out.extend(quote!(#docs pub const #name: #of = #value;));
    }
    out
}

/// `new` and the setters.
fn builders(scope: &mut Scope<'_>, plan: &TypePlan, fields: &[Field<'_>]) -> TokenStream {
    let mut arguments = TokenStream::new();
    let mut body = TokenStream::new();
    for field in fields.iter().filter(|field| field.kind != Kind::Constant) {
        let name = ident(&field.plan.field);
        let value = if field.is_argument() {
            let argument = argument(scope, &field.member.ty, &name);
            let (accepts, mut value) = (argument.accepts, argument.value);
            arguments.extend(quote!(#name: #accepts,));
            if field.plan.boxed {
                value = quote!(Box::new(#value));
            }
            // The tag of a union, where several tags lead here.
            if field.is_option() { quote!(Some(#value)) } else { value }
        } else {
            absent(scope, field)
        };
        let short = name == value.to_string();
        body.extend(if short { quote!(#name,) } else { quote!(#name: #value,) });
    }
    if let Some(field) = &plan.additional {
        let (field, map) = (ident(field), scope.map());
        body.extend(quote!(#field: #map::new(),));
    }
    let members = scope.runtime("model", "Members");
    let constants: Vec<Literal> = fields
        .iter()
        .filter(|f| f.kind == Kind::Constant)
        .map(|f| Literal::usize_unsuffixed(f.index))
        .collect();
    let docs = if arguments.is_empty() {
        quote!(#[doc = " Creates a value with nothing set."])
    } else if fields.iter().any(|field| field.plan.setter.is_some()) {
        quote!(#[doc = " Creates a value with the required properties; the others are absent."])
    } else {
        quote!(#[doc = " Creates a value with all properties."])
    };
    let mut out = quote! {
        #docs
        pub fn new(#arguments) -> Self {
            Self { #body members_: #members::new(&[#(#constants),*]) }
        }
    };
    for field in fields {
        out.extend(setters(scope, field));
    }
    out
}

/// The value of a field that is not an argument of `new`.
fn absent(scope: &mut Scope<'_>, field: &Field<'_>) -> TokenStream {
    match (&field.member.default, field.kind) {
        (Some(json), Kind::Defaulted) => {
            let value = default(scope, &field.member.ty, json);
            let value = if field.plan.boxed { quote!(Box::new(#value)) } else { value };
            if field.is_option() { quote!(Some(#value)) } else { value }
        }
        _ if field.is_option() => quote!(None),
        _ => {
            let name = ident(&field.plan.field);
            quote!(#name)
        }
    }
}

fn setters(scope: &mut Scope<'_>, field: &Field<'_>) -> TokenStream {
    let Some(setter) = &field.plan.setter else { return TokenStream::new() };
    let (name, setter) = (ident(&field.plan.field), ident(setter));
    let index = Literal::usize_unsuffixed(field.index);
    let argument = argument(scope, &field.member.ty, &name);
    let (accepts, mut value) = (argument.accepts, argument.value);
    if field.plan.boxed {
        value = quote!(Box::new(#value));
    }
    if field.is_option() {
        value = quote!(Some(#value));
    }
    let mark = (field.kind == Kind::Defaulted).then(|| quote!(self.members_.mark(#index);));
    let docs = format!(" Sets [`Self::{}`].", field.plan.field.as_str());
    let deprecated = docs::deprecated_attribute(&field.member.docs);
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
    if let Some(clear) = &field.plan.clear {
        let clear = ident(clear);
        let docs = match docs::code(&field.member.wire) {
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
fn table(scope: &mut Scope<'_>, plan: &TypePlan, fields: &[Field<'_>], open: bool) -> TokenStream {
    let (object, name) = (scope.call("object"), ident(&plan.name));
    let groups = fields.chunks(GROUP).map(|group| {
        let rows = group.iter().map(row);
        quote!({ #(#rows)* })
    });
    let groups: Vec<TokenStream> = groups.collect();
    let rest = plan.additional.as_ref().map(|field| {
        let field = ident(field);
        if open { quote!(, open #field) } else { quote!(, rest #field) }
    });
    quote!(#object!(#name #(#groups)* #rest);)
}

fn row(field: &Field<'_>) -> TokenStream {
    let (index, wire) = (Literal::usize_unsuffixed(field.index), &field.member.wire);
    let name = ident(&field.plan.field);
    match field.kind {
        Kind::Required => quote!(#index required #name = #wire;),
        Kind::Optional => quote!(#index optional #name = #wire;),
        Kind::Nullable => quote!(#index nullable #name = #wire;),
        Kind::Defaulted => {
            let json = field.member.default.as_deref().unwrap_or("null");
            quote!(#index defaulted #name = #wire, #json;)
        }
        Kind::Constant => {
            let json = field.member.constant.as_deref().unwrap_or("null");
            quote!(#index constant #wire, #json;)
        }
    }
}
