//! Types that demand a value of themselves: whatever is sent or received, no value of them can be written down.

use std::collections::HashSet;

use crate::diag::{Code, Diagnostic, Sink};
use crate::ir::{Api, Presence, Shape, Ty, Type, TypeId, Types};
use crate::pointer::Pointer;

/// Reports each circle of types that demand one another, once.
pub(super) fn check(api: &Api, sink: &mut Sink) {
    let endless = endless(&api.types);
    let mut seen = HashSet::new();
    for id in api.types.ids().filter(|id| endless[id.index()]) {
        let (mut way, mut here) = (Vec::new(), id);
        while seen.insert(here) {
            let Some((next, property)) = demand(&api.types[here], &endless) else { break };
            way.push((here, property));
            here = next;
        }
        // The way ends where it was before, or at a type that has been reported.
        let Some(start) = way.iter().position(|(passed, _)| *passed == here) else { continue };
        let named: Vec<&(&str, &Pointer)> = way[start..].iter().filter_map(|(_, by)| by.as_ref()).collect();
        let path: Vec<&str> = named.iter().map(|(name, _)| *name).collect();
        // Types that are nothing but each other are a circle of references, which is reported as such.
        let Some((_, origin)) = named.first() else { continue };
        let message = format!(
            "no finite value exists: it requires `{}`, which requires the same type again",
            path.join(".")
        );
        let help = "make the property optional, nullable or an array";
        sink.report(Diagnostic::new(Code::NoFiniteValue, origin, message).help(help));
    }
}

/// The types of which no value is finite, by position.
fn endless(types: &Types) -> Vec<bool> {
    let mut endless = vec![true; types.len()];
    // Each type becomes finite once all that it demands is; who waits for it is looked at again.
    let mut waiting: Vec<Vec<TypeId>> = vec![Vec::new(); types.len()];
    let mut open: Vec<TypeId> = types.ids().collect();
    for (id, ty) in types.entries() {
        each_demand(ty, &mut |demanded| waiting[demanded.index()].push(id));
    }
    while let Some(id) = open.pop() {
        if endless[id.index()] && demand(&types[id], &endless).is_none() {
            endless[id.index()] = false;
            open.extend(&waiting[id.index()]);
        }
    }
    endless
}

/// The first endless type that each value of a type holds, with the property that holds it.
fn demand<'t>(ty: &'t Type, endless: &[bool]) -> Option<(TypeId, Option<(&'t str, &'t Pointer)>)> {
    match &ty.shape {
        Shape::Enum(_) => None,
        Shape::Alias(of) | Shape::Wrapper(of) => Some((held(of, endless)?, None)),
        Shape::Struct(of) => of.members.iter().find_map(|member| {
            let demanded = member.presence == Presence::Required && member.constant.is_none();
            let next = held(&member.ty, endless).filter(|_| demanded)?;
            Some((next, Some((member.wire.as_str(), &member.origin))))
        }),
        // One variant that ends is enough.
        Shape::Union(of) => {
            let held: Option<Vec<TypeId>> =
                of.variants.iter().map(|variant| held(&variant.ty, endless)).collect();
            held?.first().map(|next| (*next, None))
        }
    }
}

/// The endless type that each value of a use holds.
fn held(ty: &Ty, endless: &[bool]) -> Option<TypeId> {
    match ty {
        Ty::Named(id) => Some(*id).filter(|id| endless[id.index()]),
        Ty::Tuple(parts) => parts.iter().find_map(|part| held(part, endless)),
        _ => None,
    }
}

fn each_demand(ty: &Type, take: &mut impl FnMut(TypeId)) {
    match &ty.shape {
        Shape::Enum(_) => {}
        Shape::Alias(of) | Shape::Wrapper(of) => each_held(of, take),
        Shape::Struct(of) => of.members.iter().for_each(|member| each_held(&member.ty, take)),
        Shape::Union(of) => of.variants.iter().for_each(|variant| each_held(&variant.ty, take)),
    }
}

fn each_held(ty: &Ty, take: &mut impl FnMut(TypeId)) {
    match ty {
        Ty::Named(id) => take(*id),
        Ty::Tuple(parts) => parts.iter().for_each(|part| each_held(part, take)),
        _ => {}
    }
}
