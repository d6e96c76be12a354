//! What follows from how types are used and what is in them: sides, `Eq`, and parts of the runtime.
//!
//! In: the IR. Out: tables by [`TypeId`], and the [`Needs`] of the API.

use super::member::Side;
use super::{walk, xml};
use crate::ir::{Access, Answer, Api, ContentKind, Format, Shape, Tagging, Ty, Type, TypeId};

/// Optional parts of the runtime.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Needs {
    /// `uuid::Uuid` occurs.
    pub uuid: bool,
    /// `rust_decimal::Decimal` occurs.
    pub decimal: bool,
    /// A multipart body occurs.
    pub multipart: bool,
    /// Server-sent events occur.
    pub events: bool,
    /// XML occurs.
    pub xml: bool,
    /// XML occurs where nothing else can be sent or asked for.
    pub only_xml: bool,
}

/// The sides of calls each type is used on. What a request may not send is not on the request side.
pub(super) fn sides(api: &Api) -> Vec<Side> {
    let sent = api.operations.iter().flat_map(walk::sent).flat_map(walk::named);
    let received = api.operations.iter().flat_map(walk::received).flat_map(walk::named);
    let request = reach(api, sent.collect(), writable);
    let response = reach(api, received.collect(), walk::uses);
    request.into_iter().zip(response).map(|(request, response)| Side { request, response }).collect()
}

fn writable(ty: &Type) -> Vec<&Ty> {
    match &ty.shape {
        Shape::Struct(shape) => {
            let members = shape.members.iter().filter(|member| member.access != Access::ReadOnly);
            members.map(|member| &member.ty).chain(&shape.additional).collect()
        }
        Shape::Enum(_) | Shape::Union(_) | Shape::Alias(_) | Shape::Wrapper(_) => walk::uses(ty),
    }
}

fn reach(api: &Api, roots: Vec<TypeId>, follow: fn(&Type) -> Vec<&Ty>) -> Vec<bool> {
    let mut reached = vec![false; api.types.len()];
    let mut open = roots;
    while let Some(id) = open.pop() {
        if !std::mem::replace(&mut reached[id.index()], true) {
            open.extend(follow(&api.types[id]).into_iter().flat_map(walk::named));
        }
    }
    reached
}

/// Which types can be `Eq` and `Hash`: enums, and unions told apart by shape whose variants all can. Structs keep unknown
/// members as raw JSON, and unions with tags unknown variants, for which equality would be of spelling.
pub(super) fn eq(api: &Api) -> Vec<bool> {
    let mut held_by: Vec<Vec<TypeId>> = vec![Vec::new(); api.types.len()];
    for (id, ty) in api.types.entries() {
        walk::uses(ty).into_iter().flat_map(walk::named).for_each(|held| held_by[held.index()].push(id));
    }
    let cannot = |ty: &Type| !may_be_eq(ty) || !walk::uses(ty).into_iter().all(uses_are_eq);
    let mut eq = vec![true; api.types.len()];
    let mut open: Vec<TypeId> = api.types.ids().filter(|id| cannot(&api.types[*id])).collect();
    // who holds one that cannot, cannot
    while let Some(id) = open.pop() {
        if std::mem::replace(&mut eq[id.index()], false) {
            open.extend(&held_by[id.index()]);
        }
    }
    eq
}

fn may_be_eq(ty: &Type) -> bool {
    match &ty.shape {
        Shape::Enum(_) | Shape::Alias(_) => true,
        Shape::Union(union) => union.tagging == Tagging::Shape,
        Shape::Struct(_) | Shape::Wrapper(_) => false,
    }
}

fn uses_are_eq(ty: &Ty) -> bool {
    let mut all = true;
    walk::each(ty, &mut |ty| {
        all &= match ty {
            Ty::Float | Ty::Secret | Ty::Any | Ty::Object | Ty::Foreign(_) => false,
            Ty::Format(format) => !matches!(format, Format::Base64 | Format::Base64Url | Format::Binary),
            Ty::Named(_)
            | Ty::Unit
            | Ty::Bool
            | Ty::Int(_)
            | Ty::String
            | Ty::List(_)
            | Ty::Map(_)
            | Ty::Tuple(_)
            | Ty::Nullable(_) => true,
        };
    });
    all
}

/// Parts of the runtime this API needs.
pub(super) fn needs(api: &Api) -> Needs {
    let mut needs = Needs::default();
    let in_types = api.types.iter().flat_map(walk::uses);
    let in_calls = api.operations.iter().flat_map(|op| walk::sent(op).into_iter().chain(walk::received(op)));
    for ty in in_types.chain(in_calls) {
        walk::each(ty, &mut |ty| match ty {
            Ty::Format(Format::Uuid) => needs.uuid = true,
            Ty::Format(Format::Decimal) => needs.decimal = true,
            _ => {}
        });
    }
    let bodies = api.operations.iter().filter_map(|op| op.body.as_ref()).flat_map(|body| &body.contents);
    needs.multipart = bodies.into_iter().any(|content| matches!(content.kind, ContentKind::Multipart(_)));
    let answers = api.operations.iter().flat_map(|op| &op.answers);
    needs.events =
        answers.flat_map(Answer::contents).any(|content| matches!(content.kind, ContentKind::Events(_)));
    needs.xml = xml::bodies(api).next().is_some();
    needs.only_xml = api.operations.iter().any(xml::is_only_xml);
    needs
}

#[cfg(test)]
mod tests;
