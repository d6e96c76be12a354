//! Types as tokens: where they stand, as arguments, and as defaults.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::ir::{EnumRepr, Format, IntKind, Shape, Ty};

use super::scope::{Scope, ident};

/// A type.
pub(super) fn ty(scope: &mut Scope<'_>, of: &Ty) -> TokenStream {
    match of {
        Ty::Unit => quote!(()),
        Ty::Bool => quote!(bool),
        Ty::Int(IntKind::I32) => quote!(i32),
        Ty::Int(IntKind::I64) => quote!(i64),
        Ty::Int(IntKind::U32) => quote!(u32),
        Ty::Int(IntKind::U64) => quote!(u64),
        Ty::Float => quote!(f64),
        Ty::String => quote!(String),
        Ty::Secret => scope.runtime("model", "Secret"),
        Ty::Format(format) => self::format(scope, *format),
        Ty::Any => scope.runtime("model", "Value"),
        Ty::Object => scope.runtime("model", "Object"),
        Ty::List(item) => {
            let item = ty(scope, item);
            quote!(Vec<#item>)
        }
        Ty::Map(value) => {
            let (map, value) = (scope.map(), ty(scope, value));
            quote!(#map<String, #value>)
        }
        Ty::Tuple(parts) => {
            let parts = parts.iter().map(|part| ty(scope, part));
            quote!((#(#parts,)*))
        }
        Ty::Nullable(inner) => {
            let inner = ty(scope, inner);
            quote!(Option<#inner>)
        }
        Ty::Named(id) => scope.named(*id),
        Ty::Foreign(id) => match scope.plan.api.foreign[id.0 as usize].path.as_deref() {
            None => scope.runtime("model", "ExactNumber"),
            Some(path) => foreign(path),
        },
    }
}

/// The path of a type of another crate, so that nothing of this crate can be meant.
pub(super) fn foreign(path: &str) -> TokenStream {
    let mut out = String::new();
    let mut begins = true;
    for part in path.split_inclusive(['<', ',', '>', ' ']) {
        let word = part.trim_start();
        // One word is of the language or its prelude: `u32`, `Vec<`.
        if begins && word.contains("::") && !word.starts_with("crate") {
            out.push_str("::");
        }
        out.push_str(part);
        begins = part.ends_with(['<', ',']) || (begins && word.is_empty());
    }
    out.parse().unwrap_or_default()
}

fn format(scope: &mut Scope<'_>, format: Format) -> TokenStream {
    match format_name(format) {
        Some(name) => scope.runtime("model", name),
        None => {
            let (moment, zone) = (scope.runtime("model", "DateTime"), scope.runtime("model", "Utc"));
            quote!(#moment<#zone>)
        }
    }
}

/// The type of a format by one name; `None` for `DateTime<Utc>`, which takes two.
fn format_name(format: Format) -> Option<&'static str> {
    match format {
        Format::DateTime => None,
        Format::Date => Some("NaiveDate"),
        Format::Time => Some("NaiveTime"),
        Format::Uuid => Some("Uuid"),
        Format::Base64 => Some("Base64"),
        Format::Base64Url => Some("Base64Url"),
        Format::Binary => Some("Upload"),
        Format::Decimal => Some("Decimal"),
    }
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

/// How a value of this type is taken as the argument `name`.
pub(super) fn argument(scope: &mut Scope<'_>, of: &Ty, name: &proc_macro2::Ident) -> Argument {
    let target = ty(scope, of);
    match scope.context.resolve(of).clone() {
        Ty::List(item) if is_convertible(scope, &item) => {
            let item = ty(scope, &item);
            Argument {
                accepts: quote!(impl IntoIterator<Item = impl Into<#item>>),
                value: quote!(#name.into_iter().map(Into::into).collect()),
                into: Some(target),
                is_long: true,
            }
        }
        inner if is_convertible(scope, &inner) => {
            let accepts = quote!(impl Into<#target>);
            Argument { accepts, value: quote!(#name.into()), into: Some(target), is_long: false }
        }
        _ => Argument { accepts: target, value: quote!(#name), into: None, is_long: false },
    }
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

/// Whether callers usually have something else in hand: `&str` for strings, secrets and string enums, numbers for the
/// others.
fn is_convertible(scope: &Scope<'_>, of: &Ty) -> bool {
    match scope.context.resolve(of) {
        Ty::String | Ty::Secret => true,
        Ty::Named(id) => matches!(&scope.plan.api.types[id.0 as usize].shape, Shape::Enum(_)),
        _ => false,
    }
}

/// Whether the style of a parameter of this type makes no difference.
pub(super) fn is_scalar(scope: &Scope<'_>, of: &Ty) -> bool {
    match scope.context.resolve(of) {
        Ty::Bool | Ty::Int(_) | Ty::Float | Ty::String | Ty::Secret | Ty::Format(_) => true,
        Ty::Nullable(inner) => is_scalar(scope, inner),
        Ty::Named(id) => matches!(&scope.plan.api.types[id.0 as usize].shape, Shape::Enum(_)),
        Ty::Foreign(id) => {
            let kinds = &scope.plan.api.foreign[id.0 as usize].kinds;
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
    match scope.context.resolve(of).clone() {
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
            let Shape::Enum(values) = &scope.plan.api.types[id.0 as usize].shape else { return None };
            let text = match values.repr {
                EnumRepr::String => serde_json::from_str::<String>(json).ok()?,
                EnumRepr::Integer => json.to_owned(),
            };
            let at = values.values.iter().position(|value| value.wire == text)?;
            let (name, variant) = (scope.named(id), ident(&scope.plan.ty(id).variants[at].name));
            Some(quote!(#name::#variant))
        }
        _ => None,
    }
}
