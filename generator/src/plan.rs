//! What we decide about an API: names, boxes, modules, pages, features. The last stage that can refuse.
//!
//! In: the [`Api`]. Out: the [`Sdk`], the model of the Rust API that everything after it reads.

use crate::arena::Id;
use crate::config::Config;
use crate::diag::Sink;
use crate::ir::{Api, Operation, Shape, Type, TypeId, XmlObject};
use crate::sdk::{Ident, ModuleId, Outcome, PathStep, Sdk, XmlTables};
use rayon::prelude::*;

pub(crate) use identifiers::identifiers;
pub(crate) use lock::lock;
use method::OpNames;
use name::clash;
pub(crate) use text::{census, names, untyped};

mod assemble;
mod choice;
mod credential;
mod cycle;
mod derive;
mod home;
mod identifiers;
mod lock;
mod media;
mod member;
mod method;
mod name;
mod outcome;
mod package;
mod page;
mod place;
mod reserved;
mod resource;
mod share;
mod stream;
mod text;
mod types;
mod variant;
mod wait;
mod walk;
mod way;
mod xml;

/// Decisions about a type.
#[derive(Clone, Debug)]
struct TypePlan {
    /// Its Rust name, unique among all types.
    name: Ident,
    /// Where it is written.
    module: ModuleId,
    /// Another name for an equal type, too long to be written; the type itself is named instead.
    is_unwritten: bool,
    /// Reachable from a parameter or request body: structs get `new` and setters.
    is_in_request: bool,
    /// Structs: by position in `Struct::members`.
    members: Vec<MemberPlan>,
    /// Structs with typed additional properties: the field that holds them.
    additional: Option<Ident>,
    /// Wrappers: what is inside is boxed because a cycle is cut here.
    is_boxed: bool,
    /// Enums and unions: by position of the value or variant.
    variants: Vec<VariantPlan>,
    /// Enums and unions: the variant that keeps what this version does not know.
    unknown: Option<Ident>,
}

/// Decisions about a member of a struct.
#[derive(Clone, Debug)]
struct MemberPlan {
    /// Field; for constants the name (in capitals) of the associated constant.
    field: Ident,
    /// Argument of `new`: required, writable, not constant, and the struct is used in requests.
    in_new: bool,
    /// Setter, for what is not in `new`; only for structs used in requests and members that are not read-only.
    setter: Option<Ident>,
    /// Says null on purpose: `clear_<field>`, where there is a setter and the member is nullable and has no default.
    clear: Option<Ident>,
    /// `Required` is relaxed to `Optional` where a read-only member stands in a request type (or `sdk.toml` says so).
    presence: crate::ir::Presence,
    /// The field is boxed because a cycle is cut here.
    is_boxed: bool,
}

/// Decisions about an enum value or a union variant.
#[derive(Clone, Debug)]
struct VariantPlan {
    /// Variant name.
    name: Ident,
    /// The payload is boxed because a cycle is cut here.
    is_boxed: bool,
}

/// A method of a resource handle that starts a call.
#[derive(Clone, Debug)]
struct MethodPlan {
    /// Its name.
    name: Ident,
    /// Position in `Body::contents` of what it sends; `None` without body, or where the body is optional (then the
    /// setter takes the first content).
    content: Option<usize>,
}

/// Decisions about a resource.
#[derive(Clone, Debug)]
struct ResourcePlan {
    /// Module and file name (unused for the root).
    module: Ident,
    /// The handle type: `Runs`.
    handle: Ident,
    /// The method that leads here from the parent: `runs`.
    accessor: Ident,
    /// Cargo feature: the top-level resource it belongs to.
    feature: Option<String>,
}

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
    Some(Sdk {
        package,
        info: api.info,
        servers: api.servers,
        credentials,
        types: assemble::types(api.types, types, places),
        modules,
        operations: assemble::operations(api.operations, operations),
        resources: assemble::resources(api.resources, resources),
        foreign: api.foreign,
        xml,
        needs,
        schemas: api.bodies,
        untyped: api.census,
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
    let sides = derive::sides(api);
    let planned: Vec<(TypePlan, Sink)> = (0..api.types.len())
        .into_par_iter()
        .map(|at| {
            let mut found = Sink::new();
            let locked = lock::Locked::new(before.lock, &before.places[at]);
            let mut plan =
                type_plan(&api.types[TypeId::new(at)], (at, names), sides[at], &locked, &mut found);
            plan.module = module_of[at];
            (plan, found)
        })
        .collect();
    let mut plans = Vec::with_capacity(planned.len());
    for (plan, found) in planned {
        found.finish().into_iter().for_each(|diagnostic| sink.report(diagnostic));
        plans.push(plan);
    }
    let variants: Vec<&[VariantPlan]> = plans.iter().map(|plan| &plan.variants[..]).collect();
    let kept = |id: TypeId| lock::Locked::new(before.lock, &before.places[id.index()]).boxes();
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
    side: member::Side,
    locked: &lock::Locked<'_>,
    sink: &mut Sink,
) -> TypePlan {
    let mut plan = TypePlan {
        name: names[at].clone(),
        module: ModuleId(0),
        is_unwritten: share::is_unwritten(ty, &names[at]),
        is_in_request: side.request,
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
) -> Vec<assemble::OpPlan> {
    let plan = |(op, names): (&Operation, OpNames)| {
        let outcome = outcome::outcome(op, &names.choice);
        assemble::OpPlan {
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
