//! What we decide about an API: names, boxes, modules, pages, features. The last stage that can refuse.
//!
//! In: the [`Api`]. Out: the [`Sdk`], the model of the Rust API that everything after it reads.

use crate::arena::Id;
use crate::config::Config;
use crate::diag::Sink;
use crate::ir::{Api, Operation, Shape, Type, TypeId};
use crate::sdk::{Ident, ModuleId, Sdk};
use rayon::prelude::*;

use behaviour::{file, outcome, page, stream, wait, way};
use decided::{OpNames, OpPlan, ResourcePlan, TypePlan, VariantPlan};
pub(crate) use identifiers::identifiers;
use layout::{cycle, derive, home, share};
pub(crate) use lock::lock;
use naming::{credential, member, method, resource, types, variant, xml};
pub(crate) use text::{names, untyped, untyped_and_free_form};

mod assemble;
mod behaviour;
mod choice;
mod decided;
mod identifiers;
mod layout;
mod lock;
mod locked;
mod naming;
mod package;
mod place;
mod text;
mod walk;

/// Decides everything that is left to decide. `None` if an error was reported, here or before.
pub(crate) fn plan(mut api: Api, config: &Config, sink: &mut Sink) -> Option<Sdk> {
    cycle::cut_aliases(&mut api, sink);
    choice::choose(&mut api, config, sink);
    lock::reorder(&mut api, &config.lock);
    let places = place::types(&api);
    let resource::Resources { plans: resources, methods: mut scopes } =
        resource::resources(&api, config, sink);
    let methods = method::methods(&api, config, &mut scopes, sink);
    let context = types::Context { resources: &resources, methods: &methods, places: &places };
    let names = types::types(&api, config, &context, sink);
    share::share(&mut api, &names, &places, config);
    let waits = wait::names(&api, config, &methods, &mut scopes, sink);
    let op_names = method::operations(&api, (&methods, waits), config, &mut scopes, &resources, sink);
    way::check(&api, config, sink);
    let operations = op_plans(&api, op_names, &resources, config, sink);
    if sink.has_errors() {
        return None;
    }
    let before = home::Before { lock: &config.lock, places: &places };
    let (modules, module_of) = home::homes(&api, &names, &resources, &before);
    let types = type_plans(&api, &names, &module_of, &before, sink);
    let credentials = credential::credentials(&api, &config.lock);
    let (needs, package) = (derive::needs(&api), package::package(&api, config));
    let xml = xml::xml(&mut api, &names);
    let mut types = assemble::types(api.types, types, places);
    file::mark(&mut types, config, sink);
    if sink.has_errors() {
        return None;
    }
    Some(Sdk {
        package,
        info: api.info,
        servers: api.servers,
        credentials,
        types,
        modules,
        operations: assemble::operations(api.operations, operations),
        resources: assemble::resources(api.resources, resources),
        foreign: api.foreign,
        xml,
        needs,
        schemas: api.bodies,
        untyped: api.untyped,
        free_form: api.free,
    })
}

fn type_plans(
    api: &Api,
    names: &[Ident],
    module_of: &[ModuleId],
    before: &home::Before<'_>,
    sink: &mut Sink,
) -> Vec<TypePlan> {
    let (sides, total) = (derive::sides(api), derive::total(api));
    let planned: Vec<(TypePlan, Sink)> = (0..api.types.len())
        .into_par_iter()
        .map(|at| {
            let mut found = Sink::new();
            let locked = locked::Locked::new(before.lock, &before.places[at]);
            let mut plan =
                type_plan(&api.types[TypeId::new(at)], (at, names), sides[at], &locked, &mut found);
            (plan.module, plan.is_eq) = (module_of[at], total[at]);
            (plan, found)
        })
        .collect();
    let mut plans = Vec::with_capacity(planned.len());
    for (plan, found) in planned {
        found.finish().into_iter().for_each(|diagnostic| sink.report(diagnostic));
        plans.push(plan);
    }
    let variants: Vec<&[VariantPlan]> = plans.iter().map(|plan| &plan.variants[..]).collect();
    let kept = |id: TypeId| locked::Locked::new(before.lock, &before.places[id.index()]).boxes();
    for boxed in cycle::boxes(api, names, &variants, kept) {
        let plan = &mut plans[boxed.ty.index()];
        match &api.types[boxed.ty].shape {
            Shape::Struct(_) => plan.members[boxed.slot].is_boxed = true,
            Shape::Union(_) => plan.variants[boxed.slot].is_boxed = true,
            Shape::Wrapper(_) => plan.is_boxed = true,
            Shape::Enum(_) | Shape::Alias(_) => {}
        }
    }
    plans
}

/// What a type decides for itself.
fn type_plan(
    ty: &Type,
    (at, names): (usize, &[Ident]),
    side: decided::Side,
    locked: &locked::Locked<'_>,
    sink: &mut Sink,
) -> TypePlan {
    let mut plan = TypePlan {
        name: names[at].clone(),
        module: ModuleId(0),
        is_unwritten: share::is_unwritten(ty, &names[at]),
        is_in_request: side.request,
        is_eq: false,
        members: Vec::new(),
        additional: None,
        is_boxed: false,
        variants: Vec::new(),
        unknown: None,
    };
    match &ty.shape {
        Shape::Struct(shape) => {
            (plan.members, plan.additional) = member::members(ty, shape, side, locked, sink)
        }
        Shape::Enum(shape) => {
            let (variants, unknown) = variant::values(ty, shape, locked, sink);
            (plan.variants, plan.unknown) = (variants, Some(unknown));
        }
        Shape::Union(shape) => {
            let (variants, unknown) = variant::variants(ty, &names[at], shape, names, locked, sink);
            (plan.variants, plan.unknown) = (variants, Some(unknown));
        }
        Shape::Alias(_) | Shape::Wrapper(_) => {}
    }
    plan
}

fn op_plans(
    api: &Api,
    names: Vec<OpNames>,
    resources: &[ResourcePlan],
    config: &Config,
    sink: &mut Sink,
) -> Vec<OpPlan> {
    let plan = |(op, names): (&Operation, OpNames)| {
        let outcome = outcome::outcome(op, &names.choice);
        OpPlan {
            label: method::label(api, op, resources, &names.methods[0].name),
            paging: page::paging(api, op, &outcome, config, sink),
            wait: wait::waiting(api, op, &outcome, &names, config, sink),
            streams: stream::marks(op, api, config, sink),
            names,
            outcome,
        }
    };
    api.operations.iter().zip(names).map(plan).collect()
}

#[cfg(test)]
pub(crate) mod tests;
