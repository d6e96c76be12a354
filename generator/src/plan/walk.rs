//! Ways through the IR that several parts of the stage share.

use crate::ir::{Api, Content, Location, Operation, Param, ResourceId, Response, Shape, Ty, Type, TypeId};

/// The uses of types in the shape of a type.
pub(super) fn uses(ty: &Type) -> Vec<&Ty> {
    match &ty.shape {
        Shape::Struct(s) => s.members.iter().map(|member| &member.ty).chain(&s.additional).collect(),
        Shape::Enum(_) => Vec::new(),
        Shape::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
        Shape::Alias(ty) | Shape::Wrapper(ty) => vec![ty],
    }
}

/// Calls `visit` for a use and everything inside it.
pub(super) fn each<'t>(ty: &'t Ty, visit: &mut impl FnMut(&'t Ty)) {
    visit(ty);
    ty.parts().iter().for_each(|part| each(part, visit));
}

/// The named types in a use.
pub(super) fn named(ty: &Ty) -> Vec<TypeId> {
    let mut found = Vec::new();
    each(ty, &mut |ty| {
        if let Ty::Named(id) = ty {
            found.push(*id);
        }
    });
    found
}

/// What an operation sends.
pub(super) fn sent(op: &Operation) -> Vec<&Ty> {
    let body = op.body.iter().flat_map(|body| &body.contents).filter_map(Content::ty);
    op.params.iter().map(|param| &param.ty).chain(body).collect()
}

/// What an operation receives.
pub(super) fn received(op: &Operation) -> Vec<&Ty> {
    let responses = op.responses.iter().chain(&op.errors);
    responses.flat_map(Response::contents).filter_map(Content::ty).collect()
}

/// Follows aliases to a use that is no alias.
pub(super) fn behind<'a>(api: &'a Api, ty: &'a Ty) -> &'a Ty {
    ty.behind(&api.types)
}

/// The chain of resources from the top-level one down to this; empty for the root.
pub(super) fn chain(api: &Api, id: ResourceId) -> Vec<ResourceId> {
    let mut chain = Vec::new();
    let mut at = id;
    while let Some(parent) = api.resources[at].parent {
        chain.push(at);
        at = parent;
    }
    chain.reverse();
    chain
}

/// Positions of the required parameters: those of the path in its order, then the others.
pub(super) fn required(op: &Operation) -> Vec<usize> {
    let place = |param: &Param| op.path.find(&format!("{{{}}}", param.wire)).unwrap_or(usize::MAX);
    let of = |location_is_path: bool| {
        let params = op.params.iter().enumerate();
        params.filter(move |(_, param)| {
            let path = param.location == Location::Path;
            path == location_is_path && (path || param.required)
        })
    };
    let mut path: Vec<usize> = of(true).map(|(at, _)| at).collect();
    path.sort_by_key(|at| place(&op.params[*at]));
    path.extend(of(false).map(|(at, _)| at));
    path
}
