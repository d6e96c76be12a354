//! The names of a finished plan, judged.
//!
//! In: the plan. Out: every type, method, field and variant, with what a reader would object to.

use super::{Plan, walk};
use crate::identifiers::{Fault, Identifier, IdentifierKind, faults};
use crate::ir::{OpId, Owner, Segment, Shape, TypeId, TypeName, Union};

/// All identifiers that are judged: types with their parts, then methods.
pub(crate) fn identifiers(plan: &Plan) -> Vec<Identifier> {
    let written = plan.types.ids().filter(|id| !plan.types[*id].unwritten);
    let types = written.flat_map(|id| of_type(plan, id));
    let methods = plan.operations.ids().flat_map(|id| of_operation(plan, id));
    types.chain(methods).collect()
}

fn of_type(plan: &Plan, id: TypeId) -> Vec<Identifier> {
    let (ty, names) = (&plan.api.types[id], plan.ty(id));
    let own = names.name.as_str();
    let texts = texts(plan, id);
    let mut found = vec![identifier(IdentifierKind::Type, own.to_owned(), faults(own, &texts, &[]))];
    let mut part = |kind, name: &str, texts: &[&str]| {
        found.push(identifier(kind, format!("{own}::{name}"), faults(name, texts, &[])));
    };
    match &ty.shape {
        Shape::Struct(shape) => {
            for (member, names) in shape.members.iter().zip(&names.members) {
                part(IdentifierKind::Field, names.field.as_str(), &[&member.wire]);
            }
        }
        Shape::Enum(shape) => {
            for (value, names) in shape.values.iter().zip(&names.variants) {
                let texts: Vec<&str> = value.name.iter().chain([&value.wire]).map(String::as_str).collect();
                part(IdentifierKind::Variant, names.name.as_str(), &texts);
            }
        }
        Shape::Union(shape) => {
            for (at, names) in names.variants.iter().enumerate() {
                part(IdentifierKind::Variant, names.name.as_str(), &variant_texts(plan, shape, at));
            }
        }
        Shape::Alias(_) | Shape::Wrapper(_) => {}
    }
    found
}

fn of_operation(plan: &Plan, id: OpId) -> Vec<Identifier> {
    let op = &plan.api.operations[id];
    let chain = walk::chain(&plan.api, op.resource);
    let resources: Vec<&str> = chain.iter().map(|id| plan.api.resources[id].wire.as_str()).collect();
    let texts = operation_texts(plan, id);
    let way: String = chain.iter().map(|id| format!("{}.", plan.resource(*id).accessor.as_str())).collect();
    let methods = plan.op(id).methods.iter().map(|method| method.name.as_str());
    methods
        .map(|name| {
            identifier(IdentifierKind::Method, format!("{way}{name}"), faults(name, &texts, &resources))
        })
        .collect()
}

fn identifier(kind: IdentifierKind, path: String, faults: Vec<Fault>) -> Identifier {
    Identifier { kind, path, faults }
}

/// What the document calls an operation.
fn operation_texts(plan: &Plan, id: OpId) -> Vec<&str> {
    let op = &plan.api.operations[id];
    let resource = plan.api.resources[op.resource].full.as_str();
    let sent = op.body.iter().flat_map(|body| &body.contents).chain(op.others());
    let names = op.id.as_deref().into_iter().chain([op.path.as_str(), resource]);
    names.chain(sent.map(|content| content.media.as_str())).collect()
}

/// What the document calls a type and all that it stands in. Statuses and positions are no names.
fn texts(plan: &Plan, id: TypeId) -> Vec<&str> {
    let mut texts = Vec::new();
    let mut at = id;
    for _ in 0..=plan.api.types.len() {
        let (owner, path, title) = match &plan.api.types[at].name {
            TypeName::Component(key) => {
                texts.push(key.as_str());
                return texts;
            }
            TypeName::Inline { owner, path, title } => (owner, path, title),
        };
        texts.extend(path.iter().filter_map(segment_text));
        texts.extend(title.as_deref());
        match owner {
            Owner::Type(up) => at = *up,
            Owner::Operation(op) => {
                texts.extend(operation_texts(plan, *op));
                return texts;
            }
            Owner::Component(key) => {
                texts.push(key.as_str());
                return texts;
            }
        }
    }
    texts
}

fn segment_text(segment: &Segment) -> Option<&str> {
    match segment {
        Segment::Member(wire) | Segment::Param(wire) | Segment::Form(wire) => Some(wire),
        Segment::Variant(tag) => Some(tag.as_str()).filter(|tag| tag.parse::<u32>().is_err()),
        Segment::Item | Segment::Value | Segment::Position(_) | Segment::Request | Segment::Response(_) => {
            None
        }
    }
}

fn variant_texts<'a>(plan: &'a Plan, shape: &'a Union, at: usize) -> Vec<&'a str> {
    let variant = &shape.variants[at];
    let own = variant.name.iter().chain(&variant.tags).map(String::as_str);
    own.chain(walk::named(&variant.ty).into_iter().flat_map(|id| texts(plan, id))).collect()
}
