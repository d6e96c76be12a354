//! What we decide about an API: names, boxes, homes, pages, features. The last stage that can refuse.
//!
//! In: the [`Api`]. Out: the [`Plan`], which holds the API and one table entry for each of its parts. Emitters read
//! both and decide nothing.

use crate::arena::{Arena, Id, id};
use crate::config::Config;
use crate::diag::Sink;
use crate::ir::{Api, OpId, Operation, ResourceId, SchemeId, Shape, Ty, Type, TypeId};
use rayon::prelude::*;

pub(crate) use call::{calls, credentials};
pub(crate) use credential::CredentialPlan;
pub(crate) use derive::Needs;
pub(crate) use identifiers::identifiers;
pub(crate) use lock::lock;
pub(crate) use name::Ident;
use name::clash;
pub(crate) use reserved::PAYLOADS;
pub(crate) use text::{census, names, text_in, untyped};
pub(crate) use wait::{Waiting, Watched};
pub(crate) use walk::{behind, required, without_aliases};

mod call;
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
mod page;
mod place;
mod reserved;
mod resource;
mod share;
mod stream;
mod text;
mod types;
mod variant;
mod verify;
mod wait;
mod walk;
mod way;
mod xml;

/// Everything the emitters need to know.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// What the document says.
    pub api: Api,
    /// By [`TypeId`].
    pub types: Arena<TypeId, TypePlan>,
    /// By [`OpId`].
    pub operations: Arena<OpId, OpPlan>,
    /// By [`ResourceId`]; the root too.
    pub resources: Arena<ResourceId, ResourcePlan>,
    /// By [`HomeId`]: the files that hold types. Index 0 is `shared`, always compiled.
    pub homes: Arena<HomeId, Home>,
    /// Names of the credential setters of the client builder, by `SchemeId`.
    pub credentials: Arena<SchemeId, CredentialPlan>,
    /// Optional parts of the runtime this API needs.
    pub needs: Needs,
    /// By [`TypeId`]: places as `names.lock` writes them.
    pub places: Vec<String>,
    /// The documents of XML.
    pub xml: xml::XmlPlan,
}

id! {
    /// Index of a [`Home`].
    HomeId;
}

/// A private module below `types` that holds types; all are re-exported flat as `types::Name`.
#[derive(Clone, Debug)]
pub(crate) struct Home {
    /// Module and file name.
    pub module: Ident,
    /// Cargo feature that gates it: the top-level resource all of whose types are here; `None` for `shared`.
    pub feature: Option<String>,
    /// Its types, in the order they are written.
    pub types: Vec<TypeId>,
}

/// Decisions about a type.
#[derive(Clone, Debug)]
pub(crate) struct TypePlan {
    /// Its Rust name, unique among all types.
    pub name: Ident,
    /// Where it is written.
    pub home: HomeId,
    /// Another name for an equal type, too long to be written; the type itself is named instead.
    pub unwritten: bool,
    /// Reachable from a parameter or request body: structs get `new` and setters.
    pub in_request: bool,
    /// May derive `Eq` and `Hash` (no floats, no open values below it).
    pub eq: bool,
    /// Structs: by position in `Struct::members`.
    pub members: Vec<MemberPlan>,
    /// Structs with typed additional properties: the field that holds them.
    pub additional: Option<Ident>,
    /// Wrappers: what is inside is boxed because a cycle is cut here.
    pub boxed: bool,
    /// Enums and unions: by position of the value or variant.
    pub variants: Vec<VariantPlan>,
    /// Enums and unions: the variant that keeps what this version does not know (unused by unions told apart by shape).
    pub unknown: Option<Ident>,
}

/// Decisions about a member of a struct.
#[derive(Clone, Debug)]
pub(crate) struct MemberPlan {
    /// Field; for constants the name (in capitals) of the associated constant.
    pub field: Ident,
    /// Argument of `new`: required, writable, not constant, and the struct is used in requests.
    pub in_new: bool,
    /// Setter, for what is not in `new`; only for structs used in requests and members that are not read-only.
    pub setter: Option<Ident>,
    /// Says null on purpose: `clear_<field>`, where there is a setter and the member is nullable and has no default.
    pub clear: Option<Ident>,
    /// `Required` is relaxed to `Optional` where a read-only member stands in a request type (or `sdk.toml` says so).
    pub presence: crate::ir::Presence,
    /// The field is boxed because a cycle is cut here.
    pub boxed: bool,
}

/// Decisions about an enum value or a union variant.
#[derive(Clone, Debug)]
pub(crate) struct VariantPlan {
    /// Variant name.
    pub name: Ident,
    /// The payload is boxed because a cycle is cut here.
    pub boxed: bool,
}

/// Decisions about an operation.
#[derive(Clone, Debug)]
pub(crate) struct OpPlan {
    /// Name for people, in errors and traces: `workflows.runs.get`.
    pub label: String,
    /// Method of the resource handle, one per way to send a body: the first for the first content (or none).
    pub methods: Vec<MethodPlan>,
    /// Type of the call value, unique in its resource module.
    pub call: Ident,
    /// Name of the static route, unique in its resource module.
    pub route: Ident,
    /// By position in `Operation::params`: name of the argument (required) or setter (optional).
    pub params: Vec<Ident>,
    /// Argument (required body) or setter (optional body); one name for all contents.
    pub body: Option<Ident>,
    /// Methods of the call value that ask for another media type, by position in `Operation::others`.
    pub others: Vec<Ident>,
    /// What awaiting the call gives.
    pub outcome: Outcome,
    /// How it is paged, if it is.
    pub paging: Option<Paging>,
    /// What ends its streams, and what in them is an error.
    pub streams: stream::StreamMarks,
    /// How it is waited for, if it can be.
    pub wait: Option<Waiting>,
}

/// A method of a resource handle that starts a call.
#[derive(Clone, Debug)]
pub(crate) struct MethodPlan {
    /// Its name.
    pub name: Ident,
    /// Position in `Body::contents` of what it sends; `None` without body, or where the body is optional (then the
    /// setter takes the first content).
    pub content: Option<usize>,
}

/// What awaiting a call gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The content of `Operation::answers[i]`, the same for every success status (`()` where it has none).
    One(usize),
    /// `Option<T>`: some success statuses carry the content of answer `i`, others nothing.
    Optional(usize),
    /// Different bodies: an enum with one variant per answer.
    Choice {
        /// Type of the enum, unique in its resource module.
        name: Ident,
        /// By position in `Operation::answers`: variant.
        variants: Vec<Ident>,
    },
}

/// How the answers of an operation are paged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Paging {
    /// How the next page is asked for.
    pub style: PageStyle,
    /// Position in `Operation::params` of the parameter that asks for it; none where a URL does.
    pub param: Option<usize>,
    /// Fields from the answer to the list of items; empty when the answer is the list.
    pub items: Vec<PathStep>,
    /// Type of one item.
    pub item: Ty,
    /// Fields from the answer to the next cursor or URL; empty where there is none.
    pub next: Vec<PathStep>,
    /// Fields from the answer to a boolean that says whether there is more; empty where there is none.
    pub more: Vec<PathStep>,
}

/// One field on the way into a struct.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PathStep {
    /// The struct.
    pub of: TypeId,
    /// Position in its members.
    pub member: usize,
}

/// How the next page is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum PageStyle {
    /// By a cursor taken from the answer.
    Cursor,
    /// By the id of the last item; `next` is then the way inside an item.
    LastItem,
    /// By page number; the first page has this one.
    Number(i64),
    /// By offset.
    Offset,
    /// By the URL in the header `Link`.
    Link,
    /// By a URL in the answer.
    Url,
}

/// Decisions about a resource.
#[derive(Clone, Debug)]
pub(crate) struct ResourcePlan {
    /// Module and file name (unused for the root).
    pub module: Ident,
    /// The handle type: `Runs`.
    pub handle: Ident,
    /// The method that leads here from the parent: `runs`.
    pub accessor: Ident,
    /// Cargo feature: the top-level resource it belongs to.
    pub feature: Option<String>,
}

/// Decides everything that is left to decide. `None` if an error was reported, here or before.
pub(crate) fn plan(mut api: Api, config: &Config, sink: &mut Sink) -> Option<Plan> {
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
    let (homes, home_of) = home::homes(&api, &names, &resources, &before);
    let plan = Plan {
        types: type_plans(&api, &names, &home_of, &before, sink).into(),
        operations: operations.into(),
        credentials: credential::credentials(&api, &config.lock).into(),
        needs: derive::needs(&api),
        xml: xml::xml(&api, &names),
        resources: resources.into(),
        homes: homes.into(),
        places,
        api,
    };
    verify::verify(&plan);
    Some(plan)
}

fn type_plans(
    api: &Api,
    names: &[Ident],
    home_of: &[HomeId],
    before: &home::Before<'_>,
    sink: &mut Sink,
) -> Vec<TypePlan> {
    let sides = derive::sides(api);
    let eq = derive::eq(api);
    let planned: Vec<(TypePlan, Sink)> = (0..api.types.len())
        .into_par_iter()
        .map(|at| {
            let mut found = Sink::new();
            let locked = lock::Locked::new(before.lock, &before.places[at]);
            let mut plan =
                type_plan(&api.types[TypeId::new(at)], (at, names), sides[at], &locked, &mut found);
            (plan.home, plan.eq) = (home_of[at], eq[at]);
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
            Shape::Struct(_) => plan.members[boxed.slot].boxed = true,
            Shape::Union(_) => plan.variants[boxed.slot].boxed = true,
            Shape::Wrapper(_) => plan.boxed = true,
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
        home: HomeId(0),
        unwritten: share::is_unwritten(ty, &names[at]),
        in_request: side.request,
        eq: false,
        members: Vec::new(),
        additional: None,
        boxed: false,
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
    names: Vec<method::OpNames>,
    resources: &[ResourcePlan],
    config: &Config,
    sink: &mut Sink,
) -> Vec<OpPlan> {
    let plan = |(op, names): (&Operation, method::OpNames)| {
        let outcome = outcome::outcome(op, &names.choice);
        OpPlan {
            label: method::label(api, op, resources, &names.methods[0].name),
            paging: page::paging(api, op, &outcome, config, sink),
            wait: wait::waiting(api, op, &outcome, &names, config, sink),
            streams: stream::marks(op, api, config, sink),
            methods: names.methods,
            call: names.call,
            route: names.route,
            params: names.params,
            body: names.body,
            others: names.others,
            outcome,
        }
    };
    api.operations.iter().zip(names).map(plan).collect()
}

#[cfg(test)]
pub(crate) mod tests;
