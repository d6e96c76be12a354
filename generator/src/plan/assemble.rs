//! From decisions to the model: joins what the document says with what was decided about it.
//!
//! In: the [`Api`] and a decision for each of its parts. Out: the [`Sdk`]. Every part is taken apart by name, so one that is
//! forgotten does not compile.

use crate::arena::Arena;
use crate::ir::{self, Location, OpId, Presence, ResourceId, TypeId};
use crate::plan::decided::OpNames;
use crate::plan::decided::ResourcePlan;
use crate::plan::decided::TypePlan;
use crate::plan::decided::VariantPlan;
use crate::plan::decided::{MemberPlan, OpPlan};
use crate::plan::walk;
use crate::sdk::{
    Additional, Alternative, Argument, Body, Enum, Field, FieldKind, Ident, Method, Operation, Param,
    Resource, Shape, Struct, Type, Union, Value, Variant,
};

/// The two halves of something; they are of one length, or there is a fault of ours.
fn pairs<A, B>(document: Vec<A>, decided: Vec<B>) -> impl Iterator<Item = (A, B)> {
    assert_eq!(
        document.len(),
        decided.len(),
        "bug in the generator: a part of the API has no decision; please report it"
    );
    document.into_iter().zip(decided)
}

/// All types.
pub(super) fn types(
    document: ir::Types,
    decided: Vec<TypePlan>,
    locations: Vec<String>,
) -> Arena<TypeId, Type> {
    let document: Vec<ir::Type> = document.into_iter().collect();
    pairs(pairs(document, decided).collect(), locations)
        .map(|((ty, plan), location)| one_type(ty, plan, location))
        .collect()
}

fn one_type(of: ir::Type, plan: TypePlan, location: String) -> Type {
    let ir::Type { origin, name: source, docs, shape, example, xml } = of;
    let TypePlan {
        name,
        module,
        is_unwritten,
        is_in_request,
        is_eq,
        members,
        additional,
        is_boxed,
        variants,
        unknown,
    } = plan;
    let boxed = |ty: ir::Ty| if is_boxed { ir::Ty::Boxed(Box::new(ty)) } else { ty };
    let unknown = move || unknown.unwrap_or_else(|| Ident::checked("Unknown".to_owned()));
    let shape = match shape {
        ir::Shape::Struct(ir::Struct { members: properties, additional: values, open }) => {
            Shape::Struct(Struct {
                fields: pairs(properties, members).map(|(member, plan)| field(member, plan)).collect(),
                additional: values.zip(additional).map(|(ty, name)| Additional { name, ty, is_open: open }),
                // Added when all types are there: `behaviour/file.rs`.
                file: None,
            })
        }
        ir::Shape::Enum(ir::Enum { repr, values }) => Shape::Enum(Enum {
            repr,
            values: pairs(values, variants).map(value).collect(),
            unknown: unknown(),
        }),
        ir::Shape::Union(ir::Union { tagging, tag, variants: held, default }) => Shape::Union(Union {
            tagging,
            tag,
            variants: pairs(held, variants).map(variant).collect(),
            default,
            unknown: unknown(),
        }),
        ir::Shape::Alias(ty) => Shape::Alias(ty),
        ir::Shape::Wrapper(ty) => Shape::Wrapper(boxed(ty)),
    };
    Type {
        name,
        module,
        is_unwritten,
        is_in_request,
        is_eq,
        origin,
        location,
        source,
        docs,
        example,
        xml,
        shape,
    }
}

fn field(of: ir::Member, plan: MemberPlan) -> Field {
    let ir::Member {
        wire,
        origin,
        name: _,
        ty,
        presence: declared,
        default,
        constant,
        is_tag: _,
        access,
        docs,
        xml,
    } = of;
    let MemberPlan { field: name, in_new, setter, clear, test_setter, test_clear, presence, is_boxed } = plan;
    let kind = match presence {
        _ if constant.is_some() => FieldKind::Constant,
        Presence::Required => FieldKind::Required,
        Presence::Nullable => FieldKind::Nullable,
        Presence::Optional | Presence::OptionalNullable if default.is_some() => FieldKind::Defaulted,
        Presence::Optional | Presence::OptionalNullable => FieldKind::Optional,
    };
    let is_option = match kind {
        FieldKind::Optional | FieldKind::Nullable => true,
        FieldKind::Defaulted => presence == Presence::OptionalNullable,
        FieldKind::Required | FieldKind::Constant => false,
    };
    // What is required has no other value to begin with.
    let is_argument = in_new || kind == FieldKind::Required;
    Field {
        name,
        wire,
        origin,
        ty,
        is_option,
        is_boxed,
        kind,
        declared,
        presence,
        default,
        constant,
        is_argument,
        setter,
        clear,
        test_setter,
        test_clear,
        access,
        docs,
        xml,
    }
}

fn value((of, plan): (ir::EnumValue, VariantPlan)) -> Value {
    let ir::EnumValue { wire, name: hint, docs } = of;
    Value { name: plan.name, wire, hint, docs }
}

fn variant((of, plan): (ir::Variant, VariantPlan)) -> Variant {
    let ir::Variant { origin, name: hint, ty, tags, docs } = of;
    Variant { name: plan.name, origin, hint, ty, is_boxed: plan.is_boxed, tags, docs }
}

/// All operations.
pub(super) fn operations(
    document: Arena<OpId, ir::Operation>,
    decided: Vec<OpPlan>,
) -> Arena<OpId, Operation> {
    pairs(document.into_iter().collect(), decided).map(|(op, plan)| operation(op, plan)).collect()
}

fn operation(of: ir::Operation, plan: OpPlan) -> Operation {
    let required = walk::required(&of);
    let others: Vec<ir::Content> = of.others().cloned().collect();
    let ir::Operation {
        origin,
        id,
        identity,
        resource,
        method,
        path,
        docs,
        params,
        body,
        responses,
        errors,
        security,
        idempotency,
        server,
    } = of;
    let OpPlan { label, names, outcome, paging, streams, wait } = plan;
    let OpNames {
        methods,
        call,
        route,
        params: arguments,
        body: body_name,
        others: other_names,
        wait: _,
        choice: _,
    } = names;
    let is_sent_by_setter = methods.first().is_none_or(|method| method.content.is_none());
    let has_content = body.as_ref().is_some_and(|body| !body.contents.is_empty());
    let all = required.iter().copied().map(Argument::Param);
    let methods = methods.into_iter().map(|method| Method {
        name: method.name,
        arguments: all.clone().chain(method.content.map(Argument::Body)).collect(),
    });
    let params: Vec<Param> = pairs(params, arguments).map(param).collect();
    let optional = params.iter().enumerate().filter(|(_, param)| !param.is_argument);
    let setters = optional.map(|(at, _)| Argument::Param(at));
    let setters = setters.chain((is_sent_by_setter && has_content).then_some(Argument::Body(0))).collect();
    Operation {
        methods: methods.collect(),
        setters,
        params,
        body: body.zip(body_name).map(|(body, name)| {
            let ir::Body { origin, required: is_required, contents, docs } = body;
            Body { name, origin, is_required, contents, docs }
        }),
        others: pairs(others, other_names).map(|(content, name)| Alternative { name, content }).collect(),
        origin,
        id,
        identity,
        resource,
        label,
        method,
        path,
        docs,
        call,
        route,
        responses,
        errors,
        outcome,
        paging,
        streams,
        wait,
        security,
        idempotency,
        server,
    }
}

fn param((of, name): (ir::Param, Ident)) -> Param {
    let ir::Param {
        wire,
        origin,
        location,
        ty,
        nullable: is_nullable,
        required: is_required,
        style,
        explode,
        allow_reserved,
        default,
        docs,
    } = of;
    let is_argument = is_required || location == Location::Path;
    Param {
        name,
        is_argument,
        wire,
        origin,
        location,
        ty,
        is_nullable,
        is_required,
        style,
        explode,
        allow_reserved,
        default,
        docs,
    }
}

/// All resources.
pub(super) fn resources(
    document: Arena<ResourceId, ir::Resource>,
    decided: Vec<ResourcePlan>,
) -> Arena<ResourceId, Resource> {
    let one = |(of, plan): (ir::Resource, ResourcePlan)| {
        let ir::Resource { parent, wire, full, name: _, docs, operations, children } = of;
        let ResourcePlan { module, handle, accessor, feature } = plan;
        Resource { parent, wire, full, docs, operations, children, module, handle, accessor, feature }
    };
    pairs(document.into_iter().collect(), decided).map(one).collect()
}
