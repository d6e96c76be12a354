//! What the values of a property or part are, as far as it matters for how they are written.

use std::collections::HashSet;

use crate::ir::{Api, Format, PartOf, Shape, Ty, TypeId};

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
    let mut found = Values::default();
    found.collect(api, body, of, &mut HashSet::new(), true);
    found.held
}

/// Whether a property is never an array or object.
pub(super) fn is_scalar(api: &Api, body: &Ty, of: &PartOf) -> bool {
    let mut found = Values::default();
    found.collect(api, body, of, &mut HashSet::new(), false);
    !found.held.is_empty() && found.held.iter().all(|one| matches!(one, Held::Text | Held::Encoded))
}

/// What was found so far. No type is looked at twice, so unions in unions cost no more than there are types.
#[derive(Default)]
struct Values {
    held: Vec<Held>,
    seen: HashSet<TypeId>,
}

impl Values {
    /// Collects what the branches of a body say of a property; of an array, what its items are, if `by_item`.
    fn collect(&mut self, api: &Api, body: &Ty, of: &PartOf, seen: &mut HashSet<TypeId>, by_item: bool) {
        match (body, of) {
            (Ty::Map(value), PartOf::Property(_)) => self.put(api, value, by_item),
            (Ty::List(value), PartOf::Item(_) | PartOf::Items) => self.put(api, value, by_item),
            (Ty::Tuple(items), PartOf::Item(index)) => {
                if let Some(ty) = items.get(*index as usize) {
                    self.put(api, ty, by_item);
                }
            }
            // A form may be an array of objects, for the order of its parts.
            (Ty::Nullable(inner) | Ty::List(inner), _) => self.collect(api, inner, of, seen, by_item),
            (Ty::Tuple(items), PartOf::Property(_)) => {
                items.iter().for_each(|ty| self.collect(api, ty, of, seen, by_item));
            }
            (Ty::Named(id), _) if seen.insert(*id) => match (&api.types[id].shape, of) {
                (Shape::Struct(shape), PartOf::Property(name)) => {
                    let member = shape.members.iter().find(|member| member.wire == *name);
                    if let Some(ty) = member.map(|member| &member.ty).or(shape.additional.as_ref()) {
                        self.put(api, ty, by_item);
                    }
                }
                (Shape::Union(union), _) => {
                    union.variants.iter().for_each(|one| self.collect(api, &one.ty, of, seen, by_item));
                }
                (Shape::Wrapper(inner) | Shape::Alias(inner), _) => {
                    self.collect(api, inner, of, seen, by_item);
                }
                _ => {}
            },
            _ => {}
        }
    }

    fn put(&mut self, api: &Api, ty: &Ty, by_item: bool) {
        let held = match ty {
            Ty::Bool | Ty::Int(_) | Ty::Float | Ty::String | Ty::Secret | Ty::Unit => Held::Text,
            Ty::Format(Format::Binary) => Held::File,
            Ty::Format(Format::Base64 | Format::Base64Url) => Held::Encoded,
            Ty::Format(_) => Held::Text,
            Ty::Any | Ty::Foreign(_) => Held::Anything,
            Ty::List(item) if by_item => return self.put(api, item, false),
            Ty::Object | Ty::Map(_) | Ty::List(_) | Ty::Tuple(_) => Held::Structure,
            Ty::Nullable(inner) | Ty::Boxed(inner) => return self.put(api, inner, by_item),
            Ty::Named(id) => match &api.types[id].shape {
                Shape::Enum(_) => Held::Text,
                Shape::Struct(_) | Shape::Wrapper(_) => Held::Structure,
                Shape::Union(_) | Shape::Alias(_) if !self.seen.insert(*id) => return,
                Shape::Alias(inner) => return self.put(api, inner, by_item),
                Shape::Union(union) => {
                    return union.variants.iter().for_each(|variant| self.put(api, &variant.ty, by_item));
                }
            },
        };
        if !self.held.contains(&held) {
            self.held.push(held);
        }
    }
}

/// Whether a body may have properties that are not declared.
pub(super) fn is_open(api: &Api, body: &Ty) -> bool {
    matches!(body.behind(&api.types), Ty::Any | Ty::Object | Ty::Map(_) | Ty::List(_))
}

/// Whether all values are objects or arrays.
pub(super) fn is_structured(held: &[Held]) -> bool {
    !held.is_empty() && held.iter().all(|one| *one == Held::Structure)
}

/// The properties or items of a body that are bytes in base64.
pub(super) fn encoded_bytes(api: &Api, body: &Ty) -> Vec<PartOf> {
    let mut candidates = Vec::new();
    properties(api, body, &mut HashSet::new(), &mut candidates);
    candidates.retain(|of| self::of(api, body, of) == [Held::Encoded]);
    candidates
}

/// The properties and items that have bytes in base64 in some branch.
fn properties(api: &Api, body: &Ty, seen: &mut HashSet<TypeId>, out: &mut Vec<PartOf>) {
    let mut push = |of: PartOf, ty: &Ty| {
        let mut values = Values::default();
        values.put(api, ty, true);
        if values.held.contains(&Held::Encoded) && !out.contains(&of) {
            out.push(of);
        }
    };
    match body {
        Ty::Nullable(inner) => properties(api, inner, seen, out),
        Ty::List(item) => push(PartOf::Items, item),
        Ty::Tuple(items) => {
            items.iter().enumerate().for_each(|(index, ty)| push(PartOf::Item(index as u32), ty));
        }
        Ty::Named(id) if seen.insert(*id) => match &api.types[id].shape {
            Shape::Struct(shape) => {
                shape.members.iter().for_each(|one| push(PartOf::Property(one.wire.clone()), &one.ty));
            }
            Shape::Union(union) => {
                union.variants.iter().for_each(|variant| properties(api, &variant.ty, seen, out));
            }
            Shape::Wrapper(inner) | Shape::Alias(inner) => properties(api, inner, seen, out),
            Shape::Enum(_) => {}
        },
        _ => {}
    }
}
