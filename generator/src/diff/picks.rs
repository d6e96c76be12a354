//! Which variant of an untagged union a body is read as.
//!
//! The runtime tries all variants of the JSON type. It takes the one that leaves the fewest properties unknown, then the one
//! that knows the most, then the first. So the order matters where two variants can explain one body equally well.

use super::{At, Both, Kind, TypeId};
use crate::ir::{Api, Format, Member, Presence, Shape, Struct, Tagging, Ty, Union};
use crate::plan::behind;

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
    if old.tagging != Tagging::Shape || new.tagging != Tagging::Shape {
        return;
    }
    for (index, (x, y)) in pairs.iter().enumerate() {
        for (other, behind) in &pairs[index + 1..] {
            if behind < y && is_tie(&both.old.api, &old.variants[*x].ty, &old.variants[*other].ty) {
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
        let api = &self.new.api;
        let is_it = |ty: &Ty| behind(api, ty) == &Ty::Named(id);
        let all = (0..api.types.len() as u32).map(TypeId);
        all.into_iter().find(|union| {
            // A new union says by itself that it is new.
            let Shape::Union(of) = &api.types[union.0 as usize].shape else { return false };
            of.tagging == Tagging::Shape
                && self.pairs.new_types.contains(union)
                && of.variants.iter().any(|variant| is_it(&variant.ty))
                && of
                    .variants
                    .iter()
                    .any(|other| !is_it(&other.ty) && share(api, &Ty::Named(id), &other.ty, DEPTH))
        })
    }
}

/// Whether two types may explain one body equally well.
fn is_tie(api: &Api, a: &Ty, b: &Ty) -> bool {
    match (object(api, a), object(api, b)) {
        (Some(a), Some(b)) if a.additional.is_none() && b.additional.is_none() => {
            share_members(api, a, b, DEPTH) && are_balanced(a, b)
        }
        _ => share(api, a, b, DEPTH),
    }
}

fn object<'a>(api: &'a Api, ty: &'a Ty) -> Option<&'a Struct> {
    let Ty::Named(id) = behind(api, ty) else { return None };
    match &api.types[id.0 as usize].shape {
        Shape::Struct(of) => Some(of),
        _ => None,
    }
}

/// Whether there is a body of which both know as many properties: what both require, and some that one of them may have.
fn are_balanced(a: &Struct, b: &Struct) -> bool {
    let requires =
        |of: &Struct, wire: &str| of.members.iter().any(|member| member.wire == wire && is_required(member));
    let has = |of: &Struct, wire: &str| of.members.iter().any(|member| member.wire == wire);
    let needed = |wire: &str| requires(a, wire) || requires(b, wire);
    let count = |of: &Struct, fits: &dyn Fn(&str) -> bool| {
        of.members.iter().filter(|member| fits(&member.wire)).count()
    };
    let (in_a, in_b) = (count(a, &needed), count(b, &needed));
    let (only_a, only_b) =
        (count(a, &|wire| !needed(wire) && !has(b, wire)), count(b, &|wire| !needed(wire) && !has(a, wire)));
    if in_a > in_b { in_a - in_b <= only_b } else { in_b - in_a <= only_a }
}

fn is_required(member: &Member) -> bool {
    matches!(member.presence, Presence::Required | Presence::Nullable) && member.constant.is_none()
}

/// Whether some JSON may be read as both types.
fn share(api: &Api, a: &Ty, b: &Ty, depth: u8) -> bool {
    if depth == 0 {
        return true;
    }
    if kinds(api, a, depth) & kinds(api, b, depth) == 0 {
        return false;
    }
    match (object(api, a), object(api, b)) {
        (Some(a), Some(b)) => return share_members(api, a, b, depth),
        // A map of something else explains no property, so an object that requires one comes first.
        (Some(of), None) | (None, Some(of)) if kinds(api, a, depth) & kinds(api, b, depth) == OBJECT => {
            return !of.members.iter().any(is_required);
        }
        _ => {}
    }
    match (behind(api, a), behind(api, b)) {
        (Ty::Format(a), Ty::Format(b)) => a == b || [a, b].iter().any(|format| is_loose(**format)),
        _ => true,
    }
}

/// Whether many texts have the format.
fn is_loose(format: Format) -> bool {
    matches!(format, Format::Base64 | Format::Base64Url | Format::Binary)
}

/// Whether no property that both require keeps a body from being read as both.
fn share_members(api: &Api, a: &Struct, b: &Struct, depth: u8) -> bool {
    a.members.iter().all(|member| {
        let Some(other) = b.members.iter().find(|other| other.wire == member.wire) else { return true };
        match (&member.constant, &other.constant) {
            (Some(a), Some(b)) => super::members::same_json(a, b),
            (None, None) if is_required(member) && is_required(other) => {
                let nullable = |of: &Member| of.presence == Presence::Nullable;
                (nullable(member) && nullable(other)) || share(api, &member.ty, &other.ty, depth - 1)
            }
            _ => true,
        }
    })
}

/// The JSON types of the values of a type.
fn kinds(api: &Api, ty: &Ty, depth: u8) -> u8 {
    match behind(api, ty) {
        _ if depth == 0 => ANY,
        Ty::Unit => STRING,
        Ty::Bool => BOOL,
        Ty::Int(_) | Ty::Float => NUMBER,
        Ty::Format(Format::Decimal) => STRING | NUMBER,
        Ty::String | Ty::Secret | Ty::Format(_) => STRING,
        Ty::Object | Ty::Map(_) => OBJECT,
        Ty::List(_) | Ty::Tuple(_) => ARRAY,
        Ty::Any | Ty::Foreign(_) => ANY,
        Ty::Nullable(inner) => NULL | kinds(api, inner, depth - 1),
        Ty::Named(id) => match &api.types[id.0 as usize].shape {
            Shape::Struct(_) => OBJECT,
            Shape::Enum(of) if of.repr == crate::ir::EnumRepr::String => STRING,
            Shape::Enum(_) => NUMBER,
            Shape::Union(of) if of.tagging == Tagging::Shape => {
                of.variants.iter().fold(0, |all, variant| all | kinds(api, &variant.ty, depth - 1))
            }
            Shape::Union(of) if of.tagging == Tagging::External => STRING | OBJECT,
            Shape::Union(_) => OBJECT,
            Shape::Alias(of) | Shape::Wrapper(of) => kinds(api, of, depth - 1),
        },
    }
}
