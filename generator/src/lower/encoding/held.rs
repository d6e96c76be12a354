//! What the values of a property or part are, as far as it matters for how they are written.

use crate::ir::{Api, Format, PartOf, Shape, Ty};

/// Unions and arrays in one another.
const MOST_LEVELS: usize = 16;

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Held {
    /// A string, a number or a boolean.
    Text,
    /// Bytes in base64.
    Encoded,
    /// A file.
    File,
    /// An object or an array.
    Structure,
    /// Perhaps any of these.
    Anything,
}

/// The values of a property or item, those of an array by its items, in all branches of a body; nothing where there is no such
/// property.
pub(super) fn of(api: &Api, body: &Ty, of: &PartOf) -> Vec<Held> {
    let mut out = Vec::new();
    collect(api, body, of, 0, &mut |ty| values(api, item(api, ty), 0, &mut out));
    out
}

/// Whether a property is never an array or object.
pub(super) fn is_scalar(api: &Api, body: &Ty, of: &PartOf) -> bool {
    let mut held = Vec::new();
    collect(api, body, of, 0, &mut |ty| values(api, ty, 0, &mut held));
    !held.is_empty() && held.iter().all(|one| matches!(one, Held::Text | Held::Encoded))
}

fn collect(api: &Api, body: &Ty, of: &PartOf, depth: usize, values: &mut dyn FnMut(&Ty)) {
    if depth > MOST_LEVELS {
        return;
    }
    match (behind(api, body), of) {
        (Ty::Map(value), PartOf::Property(_)) => values(value),
        (Ty::List(value), PartOf::Item(_) | PartOf::Items) => values(value),
        (Ty::Tuple(items), PartOf::Item(index)) => {
            if let Some(ty) = items.get(*index as usize) {
                values(ty);
            }
        }
        // A form may be an array of objects, for the order of its parts.
        (Ty::Nullable(inner) | Ty::List(inner), _) => collect(api, inner, of, depth + 1, values),
        (Ty::Tuple(items), PartOf::Property(_)) => {
            items.iter().for_each(|ty| collect(api, ty, of, depth + 1, values));
        }
        (Ty::Named(id), _) => match (&api.types[id.0 as usize].shape, of) {
            (Shape::Struct(shape), PartOf::Property(name)) => {
                match shape.members.iter().find(|member| member.wire == *name) {
                    Some(member) => values(&member.ty),
                    None => shape.additional.iter().for_each(values),
                }
            }
            (Shape::Union(union), _) => {
                union.variants.iter().for_each(|variant| collect(api, &variant.ty, of, depth + 1, values));
            }
            (Shape::Wrapper(inner), _) => collect(api, inner, of, depth + 1, values),
            _ => {}
        },
        _ => {}
    }
}

fn values(api: &Api, ty: &Ty, depth: usize, out: &mut Vec<Held>) {
    match behind(api, ty) {
        Ty::Bool | Ty::Int(_) | Ty::Float | Ty::String | Ty::Secret | Ty::Unit => out.push(Held::Text),
        Ty::Format(Format::Binary) => out.push(Held::File),
        Ty::Format(Format::Base64 | Format::Base64Url) => out.push(Held::Encoded),
        Ty::Format(_) => out.push(Held::Text),
        Ty::Any | Ty::Foreign(_) => out.push(Held::Anything),
        Ty::Object | Ty::Map(_) | Ty::List(_) | Ty::Tuple(_) => out.push(Held::Structure),
        Ty::Nullable(inner) => values(api, inner, depth, out),
        Ty::Named(id) => match &api.types[id.0 as usize].shape {
            Shape::Enum(_) => out.push(Held::Text),
            Shape::Union(union) if depth <= MOST_LEVELS => {
                union.variants.iter().for_each(|variant| values(api, &variant.ty, depth + 1, out));
            }
            Shape::Union(_) | Shape::Alias(_) => out.push(Held::Anything),
            Shape::Struct(_) | Shape::Wrapper(_) => out.push(Held::Structure),
        },
    }
}

/// The items of an array; anything else itself.
fn item<'a>(api: &'a Api, ty: &'a Ty) -> &'a Ty {
    match behind(api, ty) {
        Ty::List(item) => item,
        Ty::Nullable(inner) => match behind(api, inner) {
            Ty::List(item) => item,
            _ => ty,
        },
        _ => ty,
    }
}

fn behind<'a>(api: &'a Api, ty: &'a Ty) -> &'a Ty {
    let mut ty = ty;
    // Aliases that lead round are found later.
    for _ in 0..=api.types.len() {
        match ty {
            Ty::Named(id) => match &api.types[id.0 as usize].shape {
                Shape::Alias(target) => ty = target,
                _ => return ty,
            },
            _ => return ty,
        }
    }
    ty
}

/// Whether a body may have properties that are not declared.
pub(super) fn is_open(api: &Api, body: &Ty) -> bool {
    matches!(behind(api, body), Ty::Any | Ty::Object | Ty::Map(_) | Ty::List(_))
}

/// Whether all values are objects or arrays.
pub(super) fn is_structured(held: &[Held]) -> bool {
    !held.is_empty() && held.iter().all(|one| *one == Held::Structure)
}

/// The properties or items of a body that are bytes in base64.
pub(super) fn encoded_bytes(api: &Api, body: &Ty) -> Vec<PartOf> {
    let mut candidates = Vec::new();
    properties(api, body, 0, &mut candidates);
    let is_encoded = |of: &PartOf| {
        let held = self::of(api, body, of);
        !held.is_empty() && held.iter().all(|one| *one == Held::Encoded)
    };
    candidates.retain(is_encoded);
    candidates
}

fn properties(api: &Api, body: &Ty, depth: usize, out: &mut Vec<PartOf>) {
    let mut push = |of: PartOf| {
        if !out.contains(&of) {
            out.push(of);
        }
    };
    match behind(api, body) {
        _ if depth > MOST_LEVELS => {}
        Ty::Nullable(inner) => properties(api, inner, depth + 1, out),
        Ty::List(_) => push(PartOf::Items),
        Ty::Tuple(items) => (0..items.len()).for_each(|index| push(PartOf::Item(index as u32))),
        Ty::Named(id) => match &api.types[id.0 as usize].shape {
            Shape::Struct(shape) => {
                shape.members.iter().for_each(|member| push(PartOf::Property(member.wire.clone())));
            }
            Shape::Union(union) => {
                union.variants.iter().for_each(|variant| properties(api, &variant.ty, depth + 1, out));
            }
            Shape::Wrapper(inner) => properties(api, inner, depth + 1, out),
            Shape::Enum(_) | Shape::Alias(_) => {}
        },
        _ => {}
    }
}
