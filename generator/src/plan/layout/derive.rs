//! What follows from how types are used and what is in them: sides, and parts of the runtime.
//!
//! In: the IR. Out: tables by [`TypeId`], and the [`Needs`] of the API.

use crate::ir::{Access, Api, ContentKind, Format, Response, Shape, Ty, Type, TypeId};
use crate::plan::decided::Side;
use crate::plan::naming::xml;
use crate::plan::walk;
use crate::sdk::Needs;

/// The sides of calls each type is used on. What a request may not send is not on the request side.
pub(in crate::plan) fn sides(api: &Api) -> Vec<Side> {
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

/// Which types are `Eq` and `Hash`: those without floats, files, and types of other crates.
pub(in crate::plan) fn total(api: &Api) -> Vec<bool> {
    let mut total = vec![true; api.types.len()];
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); api.types.len()];
    let mut lost = Vec::new();
    for (at, ty) in api.types.iter().enumerate() {
        for of in walk::uses(ty) {
            walk::each(of, &mut |part| match part {
                Ty::Float | Ty::Format(Format::Binary) => lost.push(at),
                Ty::Foreign(id) if api.foreign[id].path.is_some() => lost.push(at),
                Ty::Named(id) => users[id.index()].push(at),
                _ => {}
            });
        }
    }
    while let Some(at) = lost.pop() {
        if std::mem::replace(&mut total[at], false) {
            lost.append(&mut users[at]);
        }
    }
    total
}

/// Parts of the runtime this API needs.
pub(in crate::plan) fn needs(api: &Api) -> Needs {
    let mut needs = Needs::default();
    let in_types = api.types.iter().flat_map(walk::uses);
    let in_calls = api.operations.iter().flat_map(|op| walk::sent(op).into_iter().chain(walk::received(op)));
    for ty in in_types.chain(in_calls) {
        walk::each(ty, &mut |ty| match ty {
            Ty::Format(Format::Date | Format::DateTime) => needs.chrono = true,
            Ty::Format(Format::Uuid) => needs.uuid = true,
            Ty::Format(Format::Decimal) => needs.decimal = true,
            _ => {}
        });
    }
    let bodies = api.operations.iter().filter_map(|op| op.body.as_ref()).flat_map(|body| &body.contents);
    needs.multipart = bodies.into_iter().any(|content| matches!(content.kind, ContentKind::Multipart(_)));
    let responses = api.operations.iter().flat_map(|op| &op.responses);
    needs.events =
        responses.flat_map(Response::contents).any(|content| matches!(content.kind, ContentKind::Events(_)));
    needs.xml = xml::bodies(api).next().is_some();
    needs.only_xml = api.operations.iter().any(xml::is_only_xml);
    needs
}

#[cfg(test)]
mod tests;
