//! What the emitters of types offer to make values with, as data for programs that use an SDK.

use crate::ir::{Format, Shape, Struct, TagKind, Tagging, Ty, Type, TypeId, Union};
use crate::models::{Form, Model, Part, Slot, Variant};
use crate::plan::{Plan, TypePlan, text_in};

use super::structs::{Field, fields};

/// All types, by [`TypeId`].
pub(crate) fn models(plan: &Plan) -> Vec<Model> {
    let ids = (0..plan.api.types.len() as u32).map(TypeId);
    ids.map(|id| model(plan, id, &plan.api.types[id])).collect()
}

fn model(plan: &Plan, id: TypeId, of: &Type) -> Model {
    let own = plan.ty(id);
    let form = match &of.shape {
        Shape::Struct(_) if !own.in_request => Form::Received,
        Shape::Struct(of) => structure(plan, own, of),
        Shape::Enum(_) => match own.variants.first() {
            Some(first) => Form::Value(first.name.as_str().to_owned()),
            None => Form::Received,
        },
        Shape::Union(of) => union(plan, own, of),
        Shape::Alias(ty) => Form::Alias(part(plan, ty)),
        Shape::Wrapper(ty) => Form::Wrapper(part(plan, ty), own.boxed),
    };
    Model {
        ty: text_in(plan, &Ty::Named(id), "types", "model"),
        pointer: of.origin.as_str().to_owned(),
        form,
    }
}

fn structure(plan: &Plan, own: &TypePlan, of: &Struct) -> Form {
    let fields = fields(of, own);
    let slot = |name: &str, field: &Field<'_>| Slot {
        name: name.to_owned(),
        pointer: field.member.origin.as_str().to_owned(),
        part: part(plan, &field.member.ty),
        wire: field.member.wire.clone(),
    };
    let arguments = fields.iter().filter(|field| field.is_argument());
    let setters = fields.iter().filter_map(|field| Some(slot(field.plan.setter.as_ref()?.as_str(), field)));
    Form::Struct {
        arguments: arguments.map(|field| slot(field.plan.field.as_str(), field)).collect(),
        setters: setters.collect(),
    }
}

fn union(plan: &Plan, own: &TypePlan, of: &Union) -> Form {
    let tag = match &of.tagging {
        Tagging::Member(property) => Some(property.clone()),
        Tagging::External | Tagging::Shape => None,
    };
    let variants = of.variants.iter().zip(&own.variants).enumerate();
    let variants = variants.map(|(index, (variant, own))| Variant {
        name: own.name.as_str().to_owned(),
        pointer: variant.origin.as_str().to_owned(),
        part: part(plan, &variant.ty),
        boxed: own.boxed,
        tag: variant.tags.first().filter(|_| variant.tags.len() > 1).map(|tag| match of.tag {
            TagKind::String => serde_json::Value::from(tag.as_str()).to_string(),
            TagKind::Integer | TagKind::Boolean => tag.clone(),
        }),
        is_default: of.default == Some(index),
    });
    Form::Union { tag, variants: variants.collect() }
}

fn part(plan: &Plan, ty: &Ty) -> Part {
    let inner = |ty: &Ty| Box::new(part(plan, ty));
    let example = match ty {
        Ty::List(item) => return Part::List(inner(item)),
        Ty::Map(value) => return Part::Map(inner(value)),
        Ty::Tuple(parts) => return Part::Tuple(parts.iter().map(|ty| part(plan, ty)).collect()),
        Ty::Nullable(ty) => return Part::Nullable(inner(ty)),
        Ty::Named(id) => return Part::Model(id.index()),
        Ty::Unit => return Part::Unit,
        Ty::Bool => "true",
        Ty::Int(_) => "1",
        Ty::Float => "1.5",
        Ty::String | Ty::Secret | Ty::Any | Ty::Foreign(_) => "\"text\"",
        Ty::Object => "{}",
        Ty::Format(Format::DateTime) => "\"2026-05-09T12:30:00Z\"",
        Ty::Format(Format::Date) => "\"2026-05-09\"",
        Ty::Format(Format::Time) => "\"12:30:00\"",
        Ty::Format(Format::Uuid) => "\"6f1c3a52-9d1e-4c1b-8a57-0e2d4f6b8a90\"",
        Ty::Format(Format::Base64) => "\"aGVsbG8=\"",
        Ty::Format(Format::Base64Url) => "\"aGVsbG8\"",
        Ty::Format(Format::Binary) => "\"content\"",
        Ty::Format(Format::Decimal) => "\"12.50\"",
    };
    Part::Leaf(text_in(plan, ty, "types", "model"), example)
}
