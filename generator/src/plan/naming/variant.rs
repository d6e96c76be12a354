//! Variants of enums and unions.
//!
//! In: the values of an enum, or the variants of a union and the names of types. Out: their names, and the name of the
//! variant that keeps what this version does not know, which gives way to all others.

use crate::diag::Sink;
use crate::ir::{Enum, Format, IntKind, TagKind, Ty, Type, Union, Variant};
use crate::plan::decided::VariantPlan;
use crate::plan::locked::Locked;
use crate::plan::naming::name::clash;
use crate::plan::naming::name::{Assigned, Claim, Scope, rank};
use crate::sdk::Ident;
use crate::word::{self, Case};
use std::collections::HashMap;

/// Names the values of an enum.
pub(in crate::plan) fn values(
    ty: &Type,
    shape: &Enum,
    locked: &Locked<'_>,
    sink: &mut Sink,
) -> (Vec<VariantPlan>, Ident) {
    let claims: Vec<Claim<'_>> = shape
        .values
        .iter()
        .map(|value| {
            let claim = Claim::new(value.wire.as_str(), Case::Camel).wire(&value.wire);
            let named = value.name.as_ref().map(|name| word::join(&word::words(name), Case::Camel));
            let claim = named.iter().fold(claim, |claim, name| claim.candidate(rank::PINNED, name));
            claim.locked(locked.variant(&value.wire).filter(|_| value.name.is_none()))
        })
        .collect();
    let (variants, unknown) = settle(&claims, locked);
    for (value, assigned) in shape.values.iter().zip(&variants).filter(|(_, assigned)| assigned.numbered) {
        clash(sink, &ty.origin, "value", &value.wire, &assigned.ident);
    }
    (plans(variants), unknown)
}

/// Names the variants of a union: by tag, else by what they hold.
pub(in crate::plan) fn variants(
    ty: &Type,
    own: &Ident,
    shape: &Union,
    names: &[Ident],
    locked: &Locked<'_>,
    sink: &mut Sink,
) -> (Vec<VariantPlan>, Ident) {
    let held = shape.variants.iter().map(|variant| (&variant.tags[..], &variant.ty));
    let each = shape.variants.iter().zip(keys(held, names)).enumerate();
    let claims: Vec<Claim<'_>> = each
        .map(|(at, (v, keys))| {
            let claim = claim(shape, at, own, names);
            let kept = keys.iter().find_map(|key| locked.variant(key));
            // what people choose goes before what was
            if v.name.is_some() { chosen(v, claim) } else { claim.locked(kept) }
        })
        .collect();
    let (variants, unknown) = settle(&claims, locked);
    for (variant, assigned) in shape.variants.iter().zip(&variants).filter(|(_, assigned)| assigned.numbered)
    {
        clash(sink, &ty.origin, "variant", &variant.origin.to_string(), &assigned.ident);
    }
    (plans(variants), unknown)
}

fn chosen<'a>(variant: &'a Variant, claim: Claim<'a>) -> Claim<'a> {
    variant.name.iter().fold(claim, |claim, name| claim.candidate(rank::PINNED, name))
}

fn claim<'a>(of: &'a Union, at: usize, own: &Ident, names: &[Ident]) -> Claim<'a> {
    let variant = &of.variants[at];
    let held = held(&variant.ty, names);
    let tag = || {
        let tag = variant.tags.iter().min().map_or("", String::as_str);
        Claim::new(tag, Case::Camel).qualified(tag).candidate(rank::CONTEXT + 2, &held)
    };
    // Of several tags none is the name of its variant, and a number or a boolean is no name: then the types name the variants.
    let is_named = of.tag == TagKind::String && of.variants.iter().all(|one| one.tags.len() == 1);
    let is_type = matches!(variant.ty, Ty::Named(_));
    if variant.tags.is_empty() || (!is_named && is_type) {
        by_payload(variant, at, own, &held)
    } else {
        tag()
    }
}

/// The name of a variant by what it holds.
fn by_payload<'a>(variant: &Variant, at: usize, own: &Ident, held: &str) -> Claim<'a> {
    let claim = Claim::new(format!("{held} {at:06}"), Case::Camel);
    let claim = match without_owner(held, own) {
        Some(rest) => claim.candidate(rank::PLAIN, rest).candidate(rank::CONTEXT, held),
        // A type of the document keeps its name; what has none of its own gives way.
        None if matches!(variant.ty, Ty::Named(_)) => claim.candidate(rank::PLAIN, held),
        None => claim.candidate(rank::CONTEXT, held),
    };
    match other_word(&variant.ty) {
        Some(word) => claim.candidate(rank::CONTEXT + 1, word),
        None => claim,
    }
}

/// `TargetBlock` in the union `Target` is `Block`.
fn without_owner<'a>(held: &'a str, own: &Ident) -> Option<&'a str> {
    held.strip_prefix(own.as_str()).filter(|rest| rest.starts_with(|c: char| c.is_uppercase()))
}

/// Another word for what a variant holds.
fn other_word(ty: &Ty) -> Option<&'static str> {
    Some(match ty {
        Ty::Int(IntKind::I32) => "I32",
        Ty::Int(IntKind::I64) => "I64",
        Ty::Int(IntKind::U32) => "U32",
        Ty::Int(IntKind::U64) => "U64",
        Ty::Bool => "Boolean",
        Ty::Float => "Float",
        Ty::String => "String",
        Ty::Object => "OtherObject",
        _ => return None,
    })
}

/// A word for what a variant holds.
fn held(ty: &Ty, names: &[Ident]) -> String {
    let word = match ty {
        Ty::Unit => "Unit",
        Ty::Bool => "Bool",
        Ty::Int(_) => "Integer",
        Ty::Float => "Number",
        Ty::String => "Text",
        Ty::Secret => "Secret",
        Ty::Format(Format::DateTime) => "DateTime",
        Ty::Format(Format::Date) => "Date",
        Ty::Format(Format::Time) => "Time",
        Ty::Format(Format::Uuid) => "Uuid",
        Ty::Format(Format::Base64 | Format::Base64Url) => "Bytes",
        Ty::Format(Format::Binary) => "File",
        Ty::Format(Format::Decimal) => "Decimal",
        Ty::Any => "Value",
        Ty::Object => "Object",
        Ty::Foreign(_) => "Custom",
        Ty::List(item) => return format!("{}List", held(item, names)),
        Ty::Map(value) => return format!("{}Map", held(value, names)),
        Ty::Tuple(items) => return items.iter().map(|item| held(item, names)).collect::<String>() + "Tuple",
        Ty::Nullable(inner) | Ty::Boxed(inner) => return held(inner, names),
        Ty::Named(id) => names[id.index()].as_str().trim_end_matches('_'),
    };
    word.to_string()
}

/// What tells the variants of a union apart for `names.lock`: tags, else what they hold. By each of several tags a
/// variant is known again, whichever are added or taken away; and by what it holds where there are no tags any more.
pub(in crate::plan) fn keys<'a>(
    variants: impl Iterator<Item = (&'a [String], &'a Ty)> + Clone,
    names: &[Ident],
) -> Vec<Vec<String>> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let key = |(tags, ty): (&[String], &Ty)| {
        let held = held(ty, names);
        let count = seen.entry(held.clone()).or_default();
        *count += 1;
        let held = if *count == 1 { held } else { format!("{held}~{count}") };
        let mut keys = tags.to_vec();
        keys.sort_unstable();
        // a tag may be spelled like a type
        if tags.is_empty() || !variants.clone().any(|(others, _)| others.contains(&held)) {
            keys.push(held);
        }
        keys
    };
    variants.clone().map(key).collect()
}

fn settle(claims: &[Claim<'_>], locked: &Locked<'_>) -> (Vec<Assigned>, Ident) {
    let mut scope = Scope::default();
    let kept = locked.unknown();
    kept.iter().for_each(|name| scope.hold(name));
    let variants = scope.settle(claims);
    let unknown = ["Unknown", "Unrecognized", "UnknownValue", "NotKnown"].iter().enumerate();
    let claim =
        unknown.fold(Claim::new("", Case::Camel), |claim, (at, name)| claim.candidate(at as u8, name));
    (variants, scope.settle_one(claim.locked(kept)))
}

fn plans(assigned: Vec<Assigned>) -> Vec<VariantPlan> {
    assigned.into_iter().map(|assigned| VariantPlan { name: assigned.ident, is_boxed: false }).collect()
}

#[cfg(test)]
mod tests;
