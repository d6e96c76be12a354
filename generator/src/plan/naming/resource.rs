//! Names of resources: modules, handles, accessors, cargo features.
//!
//! In: the resource tree. Out: a [`ResourcePlan`] each, and the scope of methods of each handle with its accessors in it.

use crate::config::Config;
use crate::diag::Sink;
use crate::ir::{Api, Resource, ResourceId};
use crate::lock::{Lock, Section};
use crate::plan::decided::ResourcePlan;
use crate::plan::naming::name::clash;
use crate::plan::naming::name::{Assigned, Claim, Scope, rank};
use crate::plan::naming::reserved;
use crate::plan::naming::xml;
use crate::plan::place;
use crate::plan::walk;
use crate::sdk::Ident;
use crate::word::{self, Case};
use std::collections::HashSet;

/// The names of all resources.
pub(in crate::plan) struct Resources {
    pub(in crate::plan) plans: Vec<ResourcePlan>,
    /// By [`ResourceId`]: methods of the handle.
    pub(in crate::plan) methods: Vec<Scope>,
}

/// Names the resources.
pub(in crate::plan) fn resources(api: &Api, config: &Config, sink: &mut Sink) -> Resources {
    let lock = &config.lock;
    let count = api.resources.len();
    let mut methods: Vec<Scope> = (0..count).map(|at| method_scope(at == 0)).collect();
    let mut plans: Vec<ResourcePlan> = api.resources.iter().map(|of| unnamed(of, lock)).collect();
    hold(api, config, &mut methods);
    for (at, resource) in api.resources.iter().enumerate() {
        let modules = modules(api, at == 0, &resource.children, config);
        let children = resource.children.iter().map(|child| &api.resources[child]);
        let claim = |of| accessor(&methods[at], of).locked(lock.name(Section::Resources, &of.full, 0));
        let claims: Vec<Claim<'_>> = children.map(claim).collect();
        let accessors = methods[at].settle(&claims);
        for ((child, module), accessor) in resource.children.iter().zip(modules).zip(accessors) {
            let plan = &mut plans[child.index()];
            if module.numbered || accessor.numbered {
                let wire = &api.resources[child].full;
                clash(
                    sink,
                    &crate::pointer::Pointer::root().child("tags"),
                    "resource",
                    wire,
                    &accessor.ident,
                );
            }
            plan.module = module.ident;
            plan.accessor = accessor.ident;
        }
    }
    features(api, lock, &mut plans);
    Resources { plans, methods }
}

/// A resource whose module and accessor are not named yet; those of the root, which is the client, never will be.
fn unnamed(resource: &Resource, lock: &Lock) -> ResourcePlan {
    if resource.parent.is_none() {
        let handle =
            Scope::default().settle_one(Claim::new("handle", Case::Camel).candidate(rank::PLAIN, "Client"));
        let module =
            Scope::default().settle_one(Claim::new("module", Case::Snake).candidate(rank::PLAIN, "client"));
        return ResourcePlan { accessor: module.clone(), module, handle, feature: None };
    }
    let mut scope = Scope::new(&[reserved::CALLS]);
    let handle = Claim::new("handle", Case::Camel).wire(&resource.wire);
    let chosen = resource.name.iter().map(|name| word::join(&word::words(name), Case::Camel));
    let handle = chosen.fold(handle, |claim, name| claim.candidate(rank::PINNED, &name));
    let api = word::join_camel(&word::join(&word::words(&resource.wire), Case::Camel), "Api");
    let handle =
        handle.candidate(rank::CONTEXT, &api).locked(lock.name(Section::Resources, &resource.full, 2));
    let handle = scope.settle_one(handle);
    ResourcePlan { module: handle.clone(), accessor: handle.clone(), handle, feature: None }
}

/// Keeps the names of earlier runs for those who had them: accessors and methods share a scope.
fn hold(api: &Api, config: &Config, methods: &mut [Scope]) {
    let lock = &config.lock;
    for (resource, scope) in api.resources.iter().zip(methods) {
        let children = resource.children.iter().map(|child| &api.resources[child]);
        let accessors = children.filter_map(|of| lock.name(Section::Resources, &of.full, 0));
        accessors.for_each(|name| scope.hold(name));
        for op in resource.operations.iter().map(|id| &api.operations[id]) {
            let choice = op.id.as_ref().and_then(|id| config.operations.get(id)?.name.as_ref());
            let place = op.route();
            let own = lock.name(Section::Operations, &place, 0).filter(|_| choice.is_none());
            own.iter().for_each(|name| scope.hold(name));
            for content in op.body.iter().flat_map(|body| &body.contents) {
                let more = lock.name(Section::Methods, &place::content(&op.route(), &content.media), 0);
                more.iter().for_each(|name| scope.hold(name));
            }
            let wait = lock.name(Section::Methods, &place::wait(&op.route()), 0);
            wait.iter().for_each(|name| scope.hold(name));
        }
    }
}

fn method_scope(root: bool) -> Scope {
    Scope::new(if root { &[reserved::METHODS, reserved::CLIENT_METHODS] } else { &[reserved::METHODS] })
}

fn accessor<'a>(scope: &Scope, resource: &'a Resource) -> Claim<'a> {
    let claim = Claim::new(resource.wire.as_str(), Case::Snake).wire(&resource.wire);
    let claim = resource.name.iter().fold(claim, |claim, name| claim.candidate(rank::PINNED, name));
    scope.with_suffix(claim, "api")
}

/// Modules are files too: rustc finds only those with names in ASCII by itself.
fn modules(api: &Api, root: bool, children: &[ResourceId], config: &Config) -> Vec<Assigned> {
    let own = if root { reserved::ROOT_MODULES } else { reserved::MODULES };
    let mut scope = Scope::new(&[own, reserved::FILES]);
    if root && xml::bodies(api).next().is_some() {
        scope.reserve("xml");
    }
    if root {
        config.package.modules.iter().for_each(|name| scope.reserve(name));
    }
    let lock = &config.lock;
    let children = children.iter().map(|child| &api.resources[child]);
    let claim = |of: &'_ Resource| lock.name(Section::Resources, &of.full, 1).map(str::to_owned);
    let claims: Vec<Claim<'_>> =
        children.map(|of| accessor(&scope, of).ascii().locked(claim(of).as_deref())).collect();
    scope.settle(&claims)
}

/// Each resource has the feature of the top-level resource it is below: the kebab form of that one's module.
fn features(api: &Api, lock: &Lock, plans: &mut [ResourcePlan]) {
    let mut tops: Vec<ResourceId> =
        api.resources.first().map(|root| root.children.clone()).unwrap_or_default();
    tops.sort_by(|a, b| plans[a.index()].module.cmp(&plans[b.index()].module));
    let mut used: HashSet<String> = reserved::FEATURES.iter().map(|name| (*name).to_string()).collect();
    used.extend(xml::bodies(api).next().map(|_| "xml".to_owned()));
    let locked = |top: &ResourceId| lock.name(Section::Resources, &api.resources[top].full, 3);
    for top in &tops {
        let name = locked(top).filter(|name| used.insert((*name).to_owned()));
        plans[top.index()].feature = name.map(str::to_owned);
    }
    tops.retain(|top| plans[top.index()].feature.is_none());
    for top in tops {
        let mut name = kebab(&plans[top.index()].module);
        while !used.insert(name.clone()) {
            name.push_str("-api");
        }
        plans[top.index()].feature = Some(name);
    }
    for at in 0..plans.len() {
        let top = walk::chain(api, ResourceId(at as u32)).first().copied();
        plans[at].feature = top.and_then(|top| plans[top.index()].feature.clone());
    }
}

fn kebab(module: &Ident) -> String {
    module.as_str().trim_end_matches('_').replace('_', "-")
}

#[cfg(test)]
mod tests;
