//! Where types are written.
//!
//! In: the IR, the names of types and the plans of resources. Out: the files that hold types, and the file of each.
//!
//! A type that only one top-level resource can reach lives with it, behind its feature; so do the payloads of webhooks and
//! callbacks that no operation can reach. All others, and those nobody can reach, are shared. So a feature never needs
//! another.

use crate::arena::Arena;
use crate::ir::{Api, Owner, ResourceId, TypeId, TypeName};
use crate::lock::{Lock, Section};
use crate::plan::decided::ResourcePlan;
use crate::plan::layout::share;
use crate::plan::naming::name::{Claim, Scope};
use crate::plan::naming::reserved;
use crate::plan::naming::types;
use crate::plan::walk;
use crate::sdk::Ident;
use crate::sdk::{Module, ModuleId};
use crate::word::Case;

/// Who can reach a type.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    Nobody,
    One(ResourceId),
    /// Only requests that the server makes.
    Server,
    Many,
}

/// Where types were in earlier runs: whoever could name a type then can do so still.
pub(in crate::plan) struct Before<'a> {
    pub(in crate::plan) lock: &'a Lock,
    /// By [`TypeId`].
    pub(in crate::plan) places: &'a [String],
}

/// The homes, and by [`TypeId`] the home of each type.
pub(in crate::plan) fn homes(
    api: &Api,
    names: &[Ident],
    resources: &[ResourcePlan],
    before: &Before<'_>,
) -> (Arena<ModuleId, Module>, Vec<ModuleId>) {
    let reach = reach(api, resources, before);
    let mut scope = Scope::new(&[reserved::FILES]);
    let shared = scope.settle_one(Claim::new("", Case::Snake).wire("shared"));
    let mut modules = Arena::<ModuleId, Module>::default();
    let first = modules.push(Module { name: shared, feature: None, types: Vec::new() });
    let mut tops: Vec<ResourceId> =
        api.resources.first().map(|root| root.children.clone()).unwrap_or_default();
    tops.sort_by(|a, b| resources[a.index()].module.cmp(&resources[b.index()].module));
    let mut of = vec![first; api.types.len()];
    let is_written = |id: &TypeId| !share::is_unwritten(&api.types[id], &names[id.index()]);
    let tops = tops.into_iter().map(|top| {
        let plan = &resources[top.index()];
        (Reach::One(top), plan.module.as_str(), plan.feature.clone())
    });
    let server = (Reach::Server, reserved::PAYLOADS_MODULE, Some(reserved::PAYLOADS.to_owned()));
    for (by, module, feature) in tops.chain([server]) {
        let its: Vec<TypeId> = api.types.ids().filter(|id| reach[id.index()] == by).collect();
        if !its.iter().any(is_written) {
            continue;
        }
        let claim =
            Claim::new(module, Case::Snake).candidate(1, module).candidate(2, &format!("{module}_types"));
        let module = modules.push(Module { name: scope.settle_one(claim), feature, types: Vec::new() });
        its.into_iter().for_each(|id| of[id.index()] = module);
    }
    for id in api.types.ids().filter(is_written) {
        modules[of[id.index()]].types.push(id);
    }
    for module in &mut modules {
        module.types.sort_by_cached_key(|id| order(api, names, *id));
    }
    (modules, of)
}

/// By name, inline types behind the component they stand in: a document that is only reordered changes no file.
fn order(api: &Api, names: &[Ident], id: TypeId) -> Vec<String> {
    let mut chain = vec![names[id.index()].as_str().to_string()];
    let mut at = id;
    while let TypeName::Inline { owner: Owner::Type(up), .. } = &api.types[at].name {
        if chain.len() > api.types.len() {
            break;
        }
        chain.push(names[up.index()].as_str().to_string());
        at = *up;
    }
    chain.reverse();
    chain
}

fn reach(api: &Api, resources: &[ResourcePlan], before: &Before<'_>) -> Vec<Reach> {
    let mut reach = vec![Reach::Nobody; api.types.len()];
    let mut open: Vec<(TypeId, Reach)> = Vec::new();
    let tops = api.resources.first().map(|root| &root.children[..]).unwrap_or_default();
    for (at, place) in before.places.iter().enumerate() {
        let by = match before.lock.get(Section::Types, place) {
            [] => continue,
            [_, feature, ..] if feature == reserved::PAYLOADS => Some(Reach::Server),
            [_, feature, ..] => {
                let top = |top: &&ResourceId| resources[top.index()].feature.as_ref() == Some(feature);
                // a resource that is gone took its feature with it
                tops.iter().find(top).map(|top| Reach::One(*top))
            }
            [_] => Some(Reach::Many),
        };
        open.extend(by.map(|by| (TypeId(at as u32), by)));
    }
    for op in &api.operations {
        // the client's own operations are always compiled
        let by = walk::chain(api, op.resource).first().map_or(Reach::Many, |top| Reach::One(*top));
        let uses = walk::sent(op).into_iter().chain(walk::received(op));
        open.extend(uses.flat_map(walk::named).map(|id| (id, by)));
    }
    // where there is no operation at all, the payloads are what the crate is for
    if !api.operations.is_empty() {
        open.extend(api.payloads.iter().map(|id| (*id, Reach::Server)));
    }
    spread(api, &mut reach, open);
    let mut reach = with_owners(api, reach);
    // what nobody reaches is always compiled, and everywhere all that stands in a type is there with it
    let inner = |(id, ty)| {
        let id: TypeId = id;
        let by = if reach[id.index()] == Reach::Nobody { Reach::Many } else { reach[id.index()] };
        walk::uses(ty).into_iter().flat_map(walk::named).map(move |id| (id, by))
    };
    let open = api.types.entries().flat_map(inner).collect();
    spread(api, &mut reach, open);
    reach
}

/// Carries what reaches a type on to what stands in it.
fn spread(api: &Api, reach: &mut [Reach], mut open: Vec<(TypeId, Reach)>) {
    while let Some((id, by)) = open.pop() {
        let at = &mut reach[id.index()];
        let now = match *at {
            Reach::Nobody => by,
            same if same == by => continue,
            Reach::Many => continue,
            Reach::One(_) | Reach::Server => Reach::Many,
        };
        *at = now;
        open.extend(walk::uses(&api.types[id]).into_iter().flat_map(walk::named).map(|id| (id, now)));
    }
}

/// An inline type that is not reached itself (another name for an equal one) stands with what it was written in.
fn with_owners(api: &Api, mut reach: Vec<Reach>) -> Vec<Reach> {
    for id in types::by_depth(api).into_values().flatten() {
        if let TypeName::Inline { owner: Owner::Type(up), .. } = &api.types[id].name
            && reach[id.index()] == Reach::Nobody
        {
            reach[id.index()] = reach[up.index()];
        }
    }
    reach
}

#[cfg(test)]
mod tests;
