//! Ways through the IR that several parts of the stage share.

use super::{OpPlan, Plan, ResourcePlan, TypePlan};
use crate::ir::{
    Answer, Api, Content, ContentKind, Location, OpId, Operation, Param, ResourceId, Shape, Ty, Type, TypeId,
};

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
pub(super) fn each<'a>(ty: &'a Ty, visit: &mut impl FnMut(&'a Ty)) {
    visit(ty);
    match ty {
        Ty::List(inner) | Ty::Map(inner) | Ty::Nullable(inner) => each(inner, visit),
        Ty::Tuple(items) => items.iter().for_each(|item| each(item, visit)),
        Ty::Bool
        | Ty::Int(_)
        | Ty::Float
        | Ty::String
        | Ty::Secret
        | Ty::Format(_)
        | Ty::Any
        | Ty::Object
        | Ty::Foreign(_)
        | Ty::Unit => {}
        Ty::Named(_) => {}
    }
}

impl Plan {
    /// The plan of a type.
    pub(crate) fn ty(&self, id: TypeId) -> &TypePlan {
        &self.types[id]
    }

    /// The plan of an operation.
    pub(crate) fn op(&self, id: OpId) -> &OpPlan {
        &self.operations[id]
    }

    /// The plan of a resource.
    pub(crate) fn resource(&self, id: ResourceId) -> &ResourcePlan {
        &self.resources[id]
    }
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

/// What a content carries in a type.
pub(super) fn carried(content: &Content) -> Option<&Ty> {
    match &content.kind {
        ContentKind::Json(ty)
        | ContentKind::Form(ty)
        | ContentKind::Multipart(ty)
        | ContentKind::Events(ty)
        | ContentKind::Lines(ty) => Some(ty),
        ContentKind::Xml(body) => Some(&body.ty),
        ContentKind::Text | ContentKind::Bytes => None,
    }
}

/// What an operation sends.
pub(super) fn sent(op: &Operation) -> Vec<&Ty> {
    let body = op.body.iter().flat_map(|body| &body.contents).filter_map(carried);
    op.params.iter().map(|param| &param.ty).chain(body).collect()
}

/// What an operation receives.
pub(super) fn received(op: &Operation) -> Vec<&Ty> {
    let answers = op.answers.iter().chain(&op.errors);
    answers.flat_map(Answer::contents).filter_map(carried).collect()
}

/// Follows aliases to a use that is no alias.
pub(crate) fn behind<'a>(api: &'a Api, ty: &'a Ty) -> &'a Ty {
    ty.behind(&api.types)
}

/// A use without the names of aliases, all the way down.
pub(crate) fn without_aliases(api: &Api, ty: &Ty) -> Ty {
    let inner = |ty: &Ty| Box::new(without_aliases(api, ty));
    match behind(api, ty) {
        Ty::List(item) => Ty::List(inner(item)),
        Ty::Map(value) => Ty::Map(inner(value)),
        Ty::Nullable(of) => Ty::Nullable(inner(of)),
        Ty::Tuple(items) => Ty::Tuple(items.iter().map(|item| without_aliases(api, item)).collect()),
        other => other.clone(),
    }
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
pub(crate) fn required(op: &Operation) -> Vec<usize> {
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
