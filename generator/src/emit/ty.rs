//! Types as tokens: where they stand, as arguments, and as defaults.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::ir::{EnumRepr, Ty};
use crate::sdk::{Accepts, Sdk, Shape};

use super::scope::{Scope, ident, tokens};

/// A type.
pub(super) fn ty(scope: &mut Scope<'_>, of: &Ty) -> TokenStream {
    tokens(&scope.sdk.spell(of, scope))
}

/// The type of an argument that takes a value of some type.
pub(super) fn accepts(scope: &mut Scope<'_>, of: &Ty) -> TokenStream {
    let sdk = scope.sdk;
    tokens(&sdk.spell_argument(of, scope))
}

/// An argument of a function that takes a value of some type.
pub(super) struct Argument {
    /// The type of the argument.
    pub(super) accepts: TokenStream,
    /// The value, made of the argument.
    pub(super) value: TokenStream,
    /// The type of the value where it has to be named, because `value` converts.
    pub(super) into: Option<TokenStream>,
    /// Whether `value` is better given a name of its own than used in place.
    pub(super) is_long: bool,
}

/// How a value of this type is taken as the argument `name`. What must be an object is taken as any JSON: the server says the rest.
pub(super) fn argument(scope: &mut Scope<'_>, of: &Ty, name: &TokenStream) -> Argument {
    let (accepts, sdk) = (accepts(scope, of), scope.sdk);
    let (value, is_long) = value(sdk, of, name);
    let into = match sdk.accepts(of) {
        Accepts::Value => None,
        Accepts::Object => Some(ty(scope, &Ty::Any)),
        Accepts::Into | Accepts::Items(_) | Accepts::Entries(_) => Some(ty(scope, of)),
    };
    Argument { accepts, value, into, is_long }
}

/// The value that is made of an argument, and whether that is long.
fn value(sdk: &Sdk, of: &Ty, name: &TokenStream) -> (TokenStream, bool) {
    match sdk.accepts(of) {
        Accepts::Value => (name.clone(), false),
        Accepts::Into | Accepts::Object => (quote!(#name.into()), false),
        Accepts::Items(item) => {
            let convert = sdk.converts(item).then(|| quote!(.map(Into::into)));
            (quote!(#name.into_iter() #convert .collect()), true)
        }
        Accepts::Entries(value) => {
            let value = if sdk.converts(value) { quote!(value.into()) } else { quote!(value) };
            (quote!(#name.into_iter().map(|(name, value)| (name.into(), #value)).collect()), true)
        }
    }
}

/// How the value of an optional parameter is taken as the argument `name`, or nothing; and the type parameters that this needs.
pub(super) fn optional(
    scope: &mut Scope<'_>,
    of: &Ty,
    name: &TokenStream,
) -> (Argument, Option<TokenStream>) {
    let sdk = scope.sdk;
    let (accepts, needs_mark) = sdk.spell_optional(of, scope);
    let value = match sdk.accepts(of) {
        Accepts::Value => quote!(#name.into()),
        Accepts::Into if needs_mark => quote!(#name.into_option()),
        _ => return (argument(scope, of, name), None),
    };
    // With a mark the bound says what it becomes.
    let into = (!needs_mark).then(|| ty(scope, of)).map(|of| quote!(Option<#of>));
    let argument = Argument { accepts: tokens(&accepts), value, into, is_long: false };
    (argument, needs_mark.then(|| quote!(<M>)))
}

impl Argument {
    /// Gives a long value its name before the expression that uses it.
    pub(super) fn bind(&mut self, name: &proc_macro2::Ident) -> TokenStream {
        if !self.is_long {
            return TokenStream::new();
        }
        let (of, value) = (self.into.take(), std::mem::replace(&mut self.value, quote!(#name)));
        self.is_long = false;
        quote!(let #name: #of = #value;)
    }
}

/// Whether the style of a parameter of this type makes no difference.
pub(super) fn is_scalar(scope: &Scope<'_>, of: &Ty) -> bool {
    match scope.sdk.behind(of) {
        Ty::Bool | Ty::Int(_) | Ty::Float | Ty::String | Ty::Secret | Ty::Format(_) => true,
        Ty::Nullable(inner) | Ty::Boxed(inner) => is_scalar(scope, inner),
        Ty::Named(id) => matches!(&scope.sdk.types[id].shape, Shape::Enum(_)),
        Ty::Foreign(id) => {
            let kinds = &scope.sdk.foreign[id].kinds;
            kinds.iter().all(|kind| kind.is_scalar())
        }
        Ty::Any | Ty::Object | Ty::List(_) | Ty::Map(_) | Ty::Tuple(_) | Ty::Unit => false,
    }
}

/// A default, given as JSON text, as an expression.
pub(super) fn default(scope: &mut Scope<'_>, of: &Ty, json: &str) -> TokenStream {
    if let Some(expression) = literal(scope, of, json.trim()) {
        return expression;
    }
    let (default, target) = (scope.runtime("model", "default"), ty(scope, of));
    quote!(#default::<#target>(#json))
}

/// The defaults that read better as Rust.
fn literal(scope: &mut Scope<'_>, of: &Ty, json: &str) -> Option<TokenStream> {
    match scope.sdk.behind(of).clone() {
        Ty::Bool => match json {
            "true" => Some(quote!(true)),
            "false" => Some(quote!(false)),
            _ => None,
        },
        Ty::Int(_) => json.parse::<i64>().ok().map(Literal::i64_unsuffixed).map(|number| quote!(#number)),
        Ty::String if json == "\"\"" => Some(quote!(String::new())),
        Ty::String => serde_json::from_str::<String>(json).ok().map(|text| quote!(#text.to_owned())),
        Ty::List(_) if json == "[]" => Some(quote!(Vec::new())),
        Ty::Map(_) if json == "{}" => {
            let map = scope.map();
            Some(quote!(#map::new()))
        }
        Ty::Named(id) => {
            let Shape::Enum(values) = &scope.sdk.types[id].shape else { return None };
            let text = match values.repr {
                EnumRepr::String => serde_json::from_str::<String>(json).ok()?,
                EnumRepr::Integer => json.to_owned(),
            };
            let at = values.values.iter().position(|value| value.wire == text)?;
            let (name, variant) = (scope.named(id), ident(&values.values[at].name));
            Some(quote!(#name::#variant))
        }
        _ => None,
    }
}
