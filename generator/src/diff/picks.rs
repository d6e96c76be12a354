//! Which variant of an untagged union a body is read as.
//!
//! The runtime tries all variants of the JSON type. It takes the one that leaves the fewest properties unknown, then the one
//! that knows the most, then the first. So the order matters where two variants can explain one body equally well.

use super::both::{At, Both};
use super::kind::Kind;
use crate::ir::{EnumRepr, Format, Presence, Tagging, Ty, TypeId};
use crate::sdk::{Field, Sdk, Shape, Struct, Union};

/// How many unions in unions and lists are looked into.
const DEPTH: u8 = 16;

/// JSON types, as bits.
const NULL: u8 = 1;
const BOOL: u8 = 2;
const NUMBER: u8 = 4;
const STRING: u8 = 8;
const ARRAY: u8 = 16;
const OBJECT: u8 = 32;
const ANY: u8 = 63;

/// Reports variants that changed places, if a body may be read as either; `pairs` are old and new positions.
pub(super) fn order(
    both: &mut Both<'_>,
    (old, new): (&Union, &Union),
    pairs: &[(usize, usize)],
    names: impl Fn(usize) -> String,
    (item, at): (&str, At<'_>),
) {
    if old.is_tagged() || new.is_tagged() {
        return;
    }
    for (index, (x, y)) in pairs.iter().enumerate() {
        for (other, behind) in &pairs[index + 1..] {
            if behind < y && is_tie(both.old, &old.variants[*x].ty, &old.variants[*other].ty) {
                let what = format!("tries `{}` before `{}`", names(*other), names(*x));
                let why = "a body that matches both is decoded as another variant";
                both.breaking(Kind::VariantsReordered, item, at, what, why);
                return;
            }
        }
    }
}

impl Both<'_> {
    /// The union in which a new property of this type may change what a body is read as.
    pub(super) fn picks(&self, id: TypeId) -> Option<TypeId> {
        let sdk = self.new;
        let is_it = |ty: &Ty| sdk.behind(ty) == &Ty::Named(id);
        sdk.types.ids().find(|union| {
            // A new union says by itself that it is new.
            let Shape::Union(of) = &sdk.types[union].shape else { return false };
            of.tagging == Tagging::Shape
                && self.pairs.new_types.contains(union)
                && of.variants.iter().any(|variant| is_it(&variant.ty))
                && of
                    .variants
                    .iter()
                    .any(|other| !is_it(&other.ty) && share(sdk, &Ty::Named(id), &other.ty, DEPTH))
        })
    }
}

/// Whether two types may explain one body equally well.
fn is_tie(sdk: &Sdk, a: &Ty, b: &Ty) -> bool {
    match (object(sdk, a), object(sdk, b)) {
        (Some(a), Some(b)) if a.additional.is_none() && b.additional.is_none() => {
            share_members(sdk, a, b, DEPTH) && are_balanced(a, b)
        }
        _ => share(sdk, a, b, DEPTH),
    }
}

fn object<'a>(sdk: &'a Sdk, ty: &'a Ty) -> Option<&'a Struct> {
    let Ty::Named(id) = sdk.behind(ty) else { return None };
    match &sdk.types[id].shape {
        Shape::Struct(of) => Some(of),
        _ => None,
    }
}

/// Whether there is a body of which both know as many properties: what both require, and some that one of them may have.
fn are_balanced(a: &Struct, b: &Struct) -> bool {
    let requires =
        |of: &Struct, wire: &str| of.fields.iter().any(|member| member.wire == wire && is_required(member));
    let has = |of: &Struct, wire: &str| of.fields.iter().any(|member| member.wire == wire);
    let needed = |wire: &str| requires(a, wire) || requires(b, wire);
    let count = |of: &Struct, fits: &dyn Fn(&str) -> bool| {
        of.fields.iter().filter(|member| fits(&member.wire)).count()
    };
    let (in_a, in_b) = (count(a, &needed), count(b, &needed));
    let (only_a, only_b) =
        (count(a, &|wire| !needed(wire) && !has(b, wire)), count(b, &|wire| !needed(wire) && !has(a, wire)));
    if in_a > in_b { in_a - in_b <= only_b } else { in_b - in_a <= only_a }
}

fn is_required(member: &Field) -> bool {
    matches!(member.declared, Presence::Required | Presence::Nullable) && member.constant.is_none()
}

/// Whether some JSON may be read as both types.
fn share(sdk: &Sdk, a: &Ty, b: &Ty, depth: u8) -> bool {
    if depth == 0 {
        return true;
    }
    if kinds(sdk, a, depth) & kinds(sdk, b, depth) == 0 {
        return false;
    }
    match (object(sdk, a), object(sdk, b)) {
        (Some(a), Some(b)) => return share_members(sdk, a, b, depth),
        // A map of something else explains no property, so an object that requires one comes first.
        (Some(of), None) | (None, Some(of)) if kinds(sdk, a, depth) & kinds(sdk, b, depth) == OBJECT => {
            return !of.fields.iter().any(is_required);
        }
        _ => {}
    }
    match (sdk.behind(a), sdk.behind(b)) {
        (Ty::Format(a), Ty::Format(b)) => a == b || [a, b].iter().any(|format| is_loose(**format)),
        _ => true,
    }
}

/// Whether many texts have the format.
fn is_loose(format: Format) -> bool {
    matches!(format, Format::Base64 | Format::Base64Url | Format::Binary)
}

/// Whether no property that both require keeps a body from being read as both.
fn share_members(sdk: &Sdk, a: &Struct, b: &Struct, depth: u8) -> bool {
    a.fields.iter().all(|member| {
        let Some(other) = b.fields.iter().find(|other| other.wire == member.wire) else { return true };
        match (&member.constant, &other.constant) {
            (Some(a), Some(b)) => super::json::same_json(a, b),
            (None, None) if is_required(member) && is_required(other) => {
                let nullable = |of: &Field| of.declared == Presence::Nullable;
                (nullable(member) && nullable(other)) || share(sdk, &member.ty, &other.ty, depth - 1)
            }
            _ => true,
        }
    })
}

/// The JSON types of the values of a type.
fn kinds(sdk: &Sdk, ty: &Ty, depth: u8) -> u8 {
    match sdk.behind(ty) {
        _ if depth == 0 => ANY,
        Ty::Unit => STRING,
        Ty::Bool => BOOL,
        Ty::Int(_) | Ty::Float => NUMBER,
        Ty::Format(Format::Decimal) => STRING | NUMBER,
        Ty::String | Ty::Secret | Ty::Format(_) => STRING,
        Ty::Object | Ty::Map(_) => OBJECT,
        Ty::List(_) | Ty::Tuple(_) => ARRAY,
        Ty::Any | Ty::Foreign(_) => ANY,
        Ty::Boxed(inner) => kinds(sdk, inner, depth - 1),
        Ty::Nullable(inner) => NULL | kinds(sdk, inner, depth - 1),
        Ty::Named(id) => match &sdk.types[id].shape {
            Shape::Struct(_) => OBJECT,
            Shape::Enum(of) if of.repr == EnumRepr::String => STRING,
            Shape::Enum(_) => NUMBER,
            Shape::Union(of) if of.tagging == Tagging::Shape => {
                of.variants.iter().fold(0, |all, variant| all | kinds(sdk, &variant.ty, depth - 1))
            }
            Shape::Union(of) if of.tagging == Tagging::External => STRING | OBJECT,
            Shape::Union(_) => OBJECT,
            Shape::Alias(of) | Shape::Wrapper(of) => kinds(sdk, of, depth - 1),
        },
    }
}
