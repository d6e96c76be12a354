//! Inline types that are equal.
//!
//! In: the IR and the names of its types. Out: of several inline types that are equal, one stays and the others become
//! aliases of it.
//!
//! Large documents write the same object or the same list of values in place a thousand times, and what that costs is the
//! build time of the SDK. Each place keeps its own name, so that nothing is renamed when its schema goes its own way
//! later; which of the names is the type itself follows from the names alone, not from the order of the document. Equal
//! are types that a reader could not tell apart: same members, in any order, with the same documentation. What was a type of
//! its own in earlier runs stays one. A name that is too long for anybody to write is kept for the day its schema goes its own way,
//! but until then the place names the type itself.

use std::collections::HashMap;

use crate::config::Config;
use crate::ir::{Access, Api, Docs, EnumRepr, Presence, Shape, Struct, Tagging, Ty, Type, TypeId, TypeName};
use crate::lock::Section;
use crate::plan::naming::name;
use crate::plan::naming::types;
use crate::pointer::Pointer;
use crate::sdk::Ident;

/// All that tells types apart.
#[derive(PartialEq, Eq, Hash)]
enum Key<'a> {
    Struct(Vec<MemberKey<'a>>, Option<Ty>, bool),
    Enum(EnumRepr, Vec<(&'a str, Option<&'a str>, &'a Docs)>),
    Union(&'a Tagging, Vec<(Ty, &'a [String], &'a Docs)>),
}

#[derive(PartialEq, Eq, Hash)]
struct MemberKey<'a> {
    wire: &'a str,
    ty: Ty,
    presence: Presence,
    default: Option<&'a str>,
    constant: Option<&'a str>,
    docs: &'a Docs,
}

/// Leaves one of each group of equal inline types, and makes the others aliases of it.
pub(in crate::plan) fn share(api: &mut Api, names: &[Ident], places: &[String], config: &Config) {
    let pinned: Vec<Pointer> = config.names.keys().map(|at| Pointer::from(at.as_str())).collect();
    let mut same: Vec<TypeId> = (0..api.types.len() as u32).map(TypeId).collect();
    let mut groups: HashMap<Key<'_>, Vec<TypeId>> = HashMap::new();
    // What stands inside of a type comes before it.
    for id in types::by_depth(api).into_iter().rev().flat_map(|(_, ids)| ids) {
        let ty = &api.types[id];
        if matches!(ty.name, TypeName::Component(_)) || pinned.contains(&ty.origin) {
            continue;
        }
        if let Some(key) = key(api, ty, &same) {
            let group = groups.entry(key).or_default();
            group.push(id);
            same[id.index()] = group[0];
        }
    }
    let lock = &config.lock;
    let was_own = |id: &TypeId| {
        let place = &places[id.index()];
        !lock.get(Section::Types, place).is_empty() && lock.get(Section::Shared, place).is_empty()
    };
    let rank = |id: &TypeId| {
        let name = names[id.index()].as_str();
        (!was_own(id), name.len(), name)
    };
    let chosen: Vec<(TypeId, TypeId)> = groups
        .into_values()
        .filter_map(|group| group.iter().copied().min_by_key(rank).map(|first| (first, group)))
        .flat_map(|(first, group)| group.into_iter().map(move |id| (id, first)))
        .filter(|(id, first)| id != first && !was_own(id))
        .collect();
    for (id, first) in chosen {
        api.types[id].shape = Shape::Alias(Ty::Named(first));
    }
}

/// Whether the name of a type is only kept: another name for an equal type, and too long.
pub(in crate::plan) fn is_unwritten(ty: &Type, name: &Ident) -> bool {
    let is_shared = matches!((&ty.name, &ty.shape), (TypeName::Inline { .. }, Shape::Alias(Ty::Named(_))));
    is_shared && name.as_str().chars().count() > name::LONG
}

/// `None` for what is never shared.
fn key<'a>(api: &'a Api, ty: &'a Type, same: &[TypeId]) -> Option<Key<'a>> {
    let mapped = |ty: &Ty| mapped(api, ty, same);
    match &ty.shape {
        Shape::Struct(of) if is_one_sided(of) => None,
        Shape::Struct(of) => {
            let members = of.members.iter().map(|member| MemberKey {
                wire: &member.wire,
                ty: mapped(&member.ty),
                presence: member.presence,
                default: member.default.as_deref(),
                constant: member.constant.as_deref(),
                docs: &member.docs,
            });
            let mut members: Vec<MemberKey<'_>> = members.collect();
            members.sort_by_key(|member| member.wire);
            Some(Key::Struct(members, of.additional.as_ref().map(mapped), of.open))
        }
        Shape::Enum(of) => {
            let values = of.values.iter().map(|value| (&value.wire[..], value.name.as_deref(), &*value.docs));
            Some(Key::Enum(of.repr, values.collect()))
        }
        Shape::Union(of) => {
            let variants = of.variants.iter().map(|one| (mapped(&one.ty), &one.tags[..], &*one.docs));
            Some(Key::Union(&of.tagging, variants.collect()))
        }
        Shape::Alias(_) | Shape::Wrapper(_) => None,
    }
}

/// What a member may be depends on whether the type is used in requests, so it must not be used in other places too.
fn is_one_sided(of: &Struct) -> bool {
    of.members.iter().any(|member| member.access != Access::ReadWrite)
}

/// A use with one type in place of all that are known to be equal, and no aliases.
fn mapped(api: &Api, ty: &Ty, same: &[TypeId]) -> Ty {
    match crate::plan::walk::behind(api, ty) {
        Ty::Named(id) => Ty::Named(same[id.index()]),
        other => other.map_parts(&mut |part| mapped(api, part, same)),
    }
}

#[cfg(test)]
mod tests;
