//! The names of a finished plan, judged.
//!
//! In: the plan. Out: every type, method, field and variant, with what a reader would object to.

use crate::identifiers::{Fault, Identifier, IdentifierKind, faults};
use crate::ir::{Owner, Segment, TypeId, TypeName};
use crate::plan::walk;
use crate::sdk::{Operation, Sdk, Shape, Type, Variant};

/// All identifiers that are judged: types with their parts, then methods.
pub(crate) fn identifiers(sdk: &Sdk) -> Vec<Identifier> {
    let types = sdk.written_types().flat_map(|(id, ty)| of_type(sdk, id, ty));
    let methods = sdk.operations.iter().flat_map(|op| of_operation(sdk, op));
    types.chain(methods).collect()
}

fn of_type(sdk: &Sdk, id: TypeId, ty: &Type) -> Vec<Identifier> {
    let own = ty.name.as_str();
    let texts = texts(sdk, id);
    let mut found = vec![identifier(IdentifierKind::Type, own.to_owned(), faults(own, &texts, &[]))];
    let mut part = |kind, name: &str, texts: &[&str]| {
        found.push(identifier(kind, format!("{own}::{name}"), faults(name, texts, &[])));
    };
    match &ty.shape {
        Shape::Struct(shape) => {
            for field in &shape.fields {
                part(IdentifierKind::Field, field.name.as_str(), &[&field.wire]);
            }
        }
        Shape::Enum(shape) => {
            for value in &shape.values {
                let texts: Vec<&str> = value.hint.iter().chain([&value.wire]).map(String::as_str).collect();
                part(IdentifierKind::Variant, value.name.as_str(), &texts);
            }
        }
        Shape::Union(shape) => {
            for variant in &shape.variants {
                part(IdentifierKind::Variant, variant.name.as_str(), &variant_texts(sdk, variant));
            }
        }
        Shape::Alias(_) | Shape::Wrapper(_) => {}
    }
    found
}

fn of_operation(sdk: &Sdk, op: &Operation) -> Vec<Identifier> {
    let chain = sdk.chain(op.resource);
    let resources: Vec<&str> = chain.iter().map(|resource| resource.wire.as_str()).collect();
    let texts = operation_texts(sdk, op);
    let path: String = chain.iter().map(|resource| format!("{}.", resource.accessor)).collect();
    let names = op.methods.iter().map(|method| method.name.as_str());
    names
        .map(|name| {
            identifier(IdentifierKind::Method, format!("{path}{name}"), faults(name, &texts, &resources))
        })
        .collect()
}

fn identifier(kind: IdentifierKind, path: String, faults: Vec<Fault>) -> Identifier {
    Identifier { kind, path, faults }
}

/// What the document calls an operation.
fn operation_texts<'a>(sdk: &'a Sdk, op: &'a Operation) -> Vec<&'a str> {
    let resource = sdk.resources[op.resource].full.as_str();
    let others = op.others.iter().map(|other| &other.content);
    let sent = op.body.iter().flat_map(|body| &body.contents).chain(others);
    let names = op.id.as_deref().into_iter().chain([op.path.as_str(), resource]);
    names.chain(sent.map(|content| content.media.as_str())).collect()
}

/// What the document calls a type and all that it stands in. Statuses and positions are no names.
fn texts(sdk: &Sdk, id: TypeId) -> Vec<&str> {
    let mut texts = Vec::new();
    let mut at = id;
    for _ in 0..=sdk.types.len() {
        let (owner, path, title) = match &sdk.types[at].source {
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
                texts.extend(operation_texts(sdk, &sdk.operations[op]));
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

fn variant_texts<'a>(sdk: &'a Sdk, variant: &'a Variant) -> Vec<&'a str> {
    let own = variant.hint.iter().chain(&variant.tags).map(String::as_str);
    own.chain(walk::named(&variant.ty).into_iter().flat_map(|id| texts(sdk, id))).collect()
}
