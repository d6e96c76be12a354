//! The books balance: everything of the API is in the plan, once.
//!
//! In: a finished plan. Out: nothing, or a panic with the place, for what does not hold here is a fault of ours.

use super::name::fold;
use super::{Ident, Plan};
use crate::ir::Shape;
use std::collections::HashSet;

macro_rules! holds {
    ($what:expr, $at:expr, $($text:tt)+) => {
        assert!($what, "bug in the generator at {}: {}; please report it", $at, format_args!($($text)+))
    };
}

/// Panics if the plan is not whole.
pub(super) fn verify(plan: &Plan) {
    types(plan);
    operations(plan);
    resources(plan);
}

fn types(plan: &Plan) {
    let api = &plan.api;
    holds!(plan.types.len() == api.types.len(), "#", "{} types, {} plans", api.types.len(), plan.types.len());
    let mut homes = vec![0; api.types.len()];
    for (at, home) in plan.homes.iter().enumerate() {
        for id in &home.types {
            homes[id.index()] += 1;
            let own = plan.ty(*id).home.index();
            holds!(own == at, api.types[id].origin, "listed in home {at}, planned for {own}");
        }
    }
    let mut names = HashSet::new();
    for ((ty, plan), homes) in api.types.iter().zip(&plan.types).zip(homes) {
        let written = usize::from(!plan.unwritten);
        holds!(homes == written, ty.origin, "`{}` is in {homes} homes", plan.name);
        holds!(names.insert(fold(plan.name.as_str())), ty.origin, "two types `{}`", plan.name);
        let (members, variants) = match &ty.shape {
            Shape::Struct(shape) => (shape.members.len(), 0),
            Shape::Enum(shape) => (0, shape.values.len()),
            Shape::Union(shape) => (0, shape.variants.len()),
            Shape::Alias(_) | Shape::Wrapper(_) => (0, 0),
        };
        let planned = (plan.members.len(), plan.variants.len());
        holds!(
            planned == (members, variants),
            ty.origin,
            "{planned:?} parts of {members} + {variants} planned"
        );
        let fields = plan.members.iter().map(|member| &member.field).chain(&plan.additional);
        holds!(distinct(fields), ty.origin, "two fields of one name");
        let variants = plan.variants.iter().map(|variant| &variant.name).chain(&plan.unknown);
        holds!(distinct(variants), ty.origin, "two variants of one name");
    }
}

fn operations(plan: &Plan) {
    let api = &plan.api;
    let (all, planned) = (api.operations.len(), plan.operations.len());
    holds!(planned == all, "#/paths", "{all} operations, {planned} plans");
    let mut listed = vec![0; all];
    for resource in &api.resources {
        resource.operations.iter().for_each(|id| listed[id.index()] += 1);
    }
    for ((op, plan), listed) in api.operations.iter().zip(&plan.operations).zip(listed) {
        holds!(listed == 1, op.origin, "`{}` is in {listed} resources", plan.label);
        let (params, names) = (op.params.len(), plan.params.len());
        holds!(names == params, op.origin, "{params} parameters, {names} names");
        holds!(op.body.is_some() == plan.body.is_some(), op.origin, "the body has no name");
        holds!(distinct(plan.params.iter().chain(&plan.body)), op.origin, "two arguments of one name");
        let contents = op.body.as_ref().map_or(1, |body| body.contents.len().max(1));
        holds!(
            plan.methods.len() == contents,
            op.origin,
            "{} methods for {contents} bodies",
            plan.methods.len()
        );
    }
}

fn resources(plan: &Plan) {
    let api = &plan.api;
    for (id, resource) in api.resources.entries() {
        let children = || resource.children.iter().map(|child| plan.resource(*child));
        let place = format!("resource `{}`", resource.full);
        holds!(distinct(children().map(|child| &child.module)), place, "two modules of one name");
        let accessors = children().map(|child| &child.accessor);
        let methods =
            resource.operations.iter().flat_map(|id| &plan.op(*id).methods).map(|method| &method.name);
        holds!(distinct(accessors.chain(methods)), place, "two methods of one name");
        let calls = resource.operations.iter().map(|id| &plan.op(*id).call);
        holds!(distinct(calls.chain([&plan.resources[id].handle])), place, "two types of one name");
        let routes = resource.operations.iter().map(|id| &plan.op(*id).route);
        holds!(distinct(routes), place, "two routes of one name");
    }
}

fn distinct<'a>(names: impl Iterator<Item = &'a Ident>) -> bool {
    // as written: `TYPE` and `type_` may stand in one list without being in one scope
    let mut seen = HashSet::new();
    names.into_iter().all(|name| seen.insert(name.as_str()))
}
