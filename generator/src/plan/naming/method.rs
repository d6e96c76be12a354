//! Names of operations: methods, call types, routes, arguments and setters.
//!
//! In: the operations, and per resource the scope of methods with the accessors in it. Out: the names of an [`OpPlan`].
//!
//! A method's name is the `operationId` without what the resource path already says (`workflows_runs_get_config` in
//! `workflows.runs` → `get_config`, `listPets` in `pets` → `list`); two that would be equal both keep the longer form.
//! Where there is no `operationId`, or one that was made from method and path, the name is made from method and path.

use crate::config::Config;
use crate::diag::{Code, Diagnostic, Sink, suggest};
use crate::ir::{Api, Content, Location, OpId, Operation, Resource, ResourceId};
use crate::lock::{Lock, Section};
use crate::plan::choice;
use crate::plan::decided::ResourcePlan;
use crate::plan::decided::{MethodPlan, OpNames};
use crate::plan::naming::media;
use crate::plan::naming::name::clash;
use crate::plan::naming::name::{Claim, Scope, rank};
use crate::plan::naming::reserved;
use crate::plan::place;
use crate::plan::walk;
use crate::pointer::Pointer;
use crate::sdk::Ident;
use crate::word::{self, Case};

mod said;
mod stem;
pub(in crate::plan) mod words;

use said::Said;

/// Names the first method of each operation, by [`OpId`]; names of types are made of it.
pub(in crate::plan) fn methods(
    api: &Api,
    config: &Config,
    scopes: &mut [Scope],
    sink: &mut Sink,
) -> Vec<Ident> {
    let mut names: Vec<Option<Ident>> = vec![None; api.operations.len()];
    pin(api, config, scopes, &mut names, sink);
    let prefix = stem::prefix(api);
    for (at, (resource, scope)) in api.resources.iter().zip(scopes).enumerate() {
        let said = stem::said(api, ResourceId(at as u32));
        let ids: Vec<OpId> =
            resource.operations.iter().copied().filter(|id| names[id.index()].is_none()).collect();
        let claims: Vec<Claim<'_>> =
            ids.iter().map(|id| method_claim(api, *id, (&said, prefix), &config.lock)).collect();
        for (id, assigned) in ids.iter().zip(scope.settle(&claims)) {
            let op = &api.operations[id];
            if assigned.numbered {
                clash(sink, &op.origin, "operation", &op.route(), &assigned.ident);
            }
            names[id.index()] = Some(assigned.ident);
        }
    }
    names.into_iter().flatten().collect()
}

fn pin(api: &Api, config: &Config, scopes: &mut [Scope], names: &mut [Option<Ident>], sink: &mut Sink) {
    for (id, choice) in &config.operations {
        let at = Pointer::root().child("operations").child(id);
        let Some((of, op)) = api.operations.find(|op| op.id.as_ref() == Some(id) || op.route() == *id) else {
            let message = format!("no operation has the operationId `{id}`");
            let known = api.operations.iter().filter_map(|op| op.id.as_deref());
            let help = match suggest(id, known) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "correct the operationId, or remove the entry from `[operations]`".to_owned(),
            };
            sink.report(Diagnostic::in_config(Code::ConfigTarget, &at, message).at_key().help(help));
            continue;
        };
        let Some(name) = &choice.name else { continue };
        match scopes[op.resource.index()].pin(name) {
            Some(ident) => names[of.index()] = Some(ident),
            None => {
                let message = format!("`{name}` cannot be the name of this method");
                let help = "choose an identifier that is not a keyword and not used by another method or child resource";
                let at = at.child("name");
                sink.report(Diagnostic::in_config(Code::ConfigTarget, &at, message).help(help));
            }
        }
    }
}

fn method_claim<'a>(api: &'a Api, id: OpId, (said, prefix): (&Said, usize), lock: &Lock) -> Claim<'a> {
    let op = &api.operations[id];
    let claim = Claim::new(op.route(), Case::Snake);
    let claim = claim.locked(lock.name(Section::Operations, &op.route(), 0));
    let stems = stem::stems(api, op, said, prefix).into_iter().enumerate();
    stems.fold(claim, |claim, (at, words)| {
        claim.candidate(rank::PLAIN + at as u8, &word::join(&words, Case::Snake))
    })
}

/// The accessors that lead to a method, and the method, for people: `workflows.runs.get`.
pub(in crate::plan) fn label(
    api: &Api,
    op: &Operation,
    resources: &[ResourcePlan],
    method: &Ident,
) -> String {
    let chain = walk::chain(api, op.resource);
    let way = chain.iter().map(|id| &resources[id.index()].accessor).chain([method]);
    way.map(|part| part.as_str().trim_end_matches('_')).collect::<Vec<_>>().join(".")
}

/// Names everything else about the operations of each resource, given their methods; by [`OpId`].
pub(in crate::plan) fn operations(
    api: &Api,
    (methods, mut waits): (&[Ident], Vec<Option<Ident>>),
    config: &Config,
    scopes: &mut [Scope],
    resources: &[ResourcePlan],
    sink: &mut Sink,
) -> Vec<OpNames> {
    let lock = &config.lock;
    let mut names: Vec<Option<OpNames>> = (0..api.operations.len()).map(|_| None).collect();
    for (at, resource) in api.resources.iter().enumerate() {
        let mut types = Scope::new(&[reserved::CALLS]);
        types.reserve(resources[at].handle.as_str());
        // modules of children are in the same namespace; they only meet types in scripts without case
        resource.children.iter().for_each(|child| types.reserve(resources[child.index()].module.as_str()));
        let kept: Vec<Kept<'_>> =
            resource.operations.iter().map(|id| Kept::new(&api.operations[id], lock)).collect();
        kept.iter().filter_map(|kept| kept.choice).for_each(|name| types.hold(name));
        let calls = claim_all(resource, methods, |method| call_claim(&types, method));
        let calls: Vec<Claim<'_>> =
            calls.into_iter().zip(&kept).map(|(claim, kept)| claim.locked(kept.call)).collect();
        let calls = types.settle(&calls);
        let choices = claim_all(resource, methods, choice_claim);
        let choices: Vec<Claim<'_>> =
            choices.into_iter().zip(&kept).map(|(claim, kept)| claim.locked(kept.choice)).collect();
        let choices = types.settle(&choices);
        let routes = Scope::default().settle(&claim_all(resource, methods, route_claim));
        let numbered = calls.into_iter().zip(choices).zip(routes);
        for (id, ((call, choice), route)) in resource.operations.iter().zip(numbered) {
            let op = &api.operations[id];
            let wait = waits[id.index()].take();
            let (params, body, others) = arguments(op, wait.is_some(), config, sink);
            let methods = contents(op, &methods[id.index()], lock, &mut scopes[at]);
            let (call, choice, route) = (call.ident, choice.ident, route.ident);
            names[id.index()] = Some(OpNames { methods, call, route, params, body, others, wait, choice });
        }
    }
    names.into_iter().flatten().collect()
}

/// The call and the choice of earlier runs.
struct Kept<'a> {
    call: Option<&'a str>,
    choice: Option<&'a str>,
}

impl<'a> Kept<'a> {
    fn new(op: &Operation, lock: &'a Lock) -> Self {
        let place = op.route();
        let name = |at| lock.name(Section::Operations, &place, at);
        Self { call: name(1), choice: name(2) }
    }
}

fn claim_all<'a>(
    resource: &Resource,
    methods: &'a [Ident],
    claim: impl Fn(&'a str) -> Claim<'a>,
) -> Vec<Claim<'a>> {
    resource.operations.iter().map(|id| claim(methods[id.index()].as_str())).collect()
}

fn call_claim<'a>(scope: &Scope, method: &'a str) -> Claim<'a> {
    let raw = word::join(&word::words(method), Case::Camel);
    // beside the reserved names, the handle may have it: `Search::search`
    let claim = Claim::new(method, Case::Camel).candidate(rank::PLAIN, &raw);
    scope.with_suffix(claim, "Call")
}

fn choice_claim(method: &str) -> Claim<'_> {
    let raw = word::join(&word::words(method), Case::Camel);
    Claim::new(method, Case::Camel).candidate(rank::PLAIN, &word::join_camel(&raw, "Answer"))
}

fn route_claim(method: &str) -> Claim<'_> {
    let raw = word::join(&word::words(method), Case::Screaming);
    let raw = if raw == word::join(&word::words(method), Case::Camel) { format!("{raw}_ROUTE") } else { raw };
    Claim::new(method, Case::Screaming).candidate(rank::PLAIN, &raw)
}

/// One method per way to send a body: the plain name for the first, the others with a word for their media type.
fn contents(op: &Operation, method: &Ident, lock: &Lock, scope: &mut Scope) -> Vec<MethodPlan> {
    let Some(body) = &op.body else { return vec![MethodPlan { name: method.clone(), content: None }] };
    let first = (body.required && !body.contents.is_empty()).then_some(0);
    let mut methods = vec![MethodPlan { name: method.clone(), content: first }];
    let bare = method.as_str().trim_end_matches('_');
    let claims: Vec<Claim<'_>> = body
        .contents
        .iter()
        .skip(1)
        .map(|content| {
            let name = |media: &[String]| format!("{bare}_{}", word::join(media, Case::Snake));
            Claim::new(content.media.as_str(), Case::Snake)
                .candidate(rank::PLAIN, &name(&media::words(content)))
                .candidate(rank::CONTEXT, &name(&word::words(&content.media)))
                .locked(lock.name(Section::Methods, &place::content(&op.route(), &content.media), 0))
        })
        .collect();
    let more = scope.settle(&claims).into_iter().enumerate();
    methods.extend(more.map(|(at, assigned)| MethodPlan { name: assigned.ident, content: Some(at + 1) }));
    methods
}

/// Parameters in the path keep the plain name before those in the query, then headers, then cookies, then the body, then
/// the methods that ask for another media type. A call that can be waited for has a method `wait`.
fn arguments(
    op: &Operation,
    waits: bool,
    config: &Config,
    sink: &mut Sink,
) -> (Vec<Ident>, Option<Ident>, Vec<Ident>) {
    let (lock, chosen) = (&config.lock, choice::arguments(op, config));
    let mut scope = Scope::new(&[reserved::PARAMS]);
    if waits {
        scope.reserve("wait");
    }
    let kept = |other: &Content| lock.name(Section::Methods, &place::response(&op.route(), &other.media), 0);
    op.others().filter_map(kept).for_each(|name| scope.hold(name));
    let mut claims: Vec<Claim<'_>> = Vec::new();
    for param in &op.params {
        let kept = lock.name(Section::Arguments, &place::param(&op.route(), param.location, &param.wire), 0);
        let (shift, place) = match param.location {
            Location::Path => (0, "path"),
            Location::Query => (16, "query"),
            Location::Header => (32, "header"),
            Location::Cookie => (48, "cookie"),
        };
        let words = word::join(&word::words(&param.wire), Case::Snake);
        let claim = Claim::new(format!("{place} {}", param.wire), Case::Snake).wire_after(shift, &param.wire);
        let claim = scope.with_prefix(claim, "set");
        let claim = claim.candidate(shift + rank::CONTEXT + 1, &format!("{place}_{words}"));
        claims.push(match chosen.and_then(|names| names.get(&param.wire)) {
            Some(name) => claim.candidate(rank::PINNED, name),
            None => claim.locked(kept),
        });
    }
    let body = Claim::new("body", Case::Snake).candidate(64, "body").candidate(65, "request_body");
    let body = body.locked(lock.name(Section::Arguments, &place::body(&op.route()), 0));
    claims.extend(op.body.as_ref().map(|_| body));
    let mut assigned = scope.settle(&claims);
    let body = op.body.as_ref().and_then(|_| assigned.pop()).map(|assigned| assigned.ident);
    for (param, assigned) in op.params.iter().zip(&assigned).filter(|(_, assigned)| assigned.numbered) {
        clash(sink, &param.origin, "parameter", &param.wire, &assigned.ident);
    }
    let others: Vec<Claim<'_>> = op.others().map(|other| other_claim(other).locked(kept(other))).collect();
    let others = scope.settle(&others).into_iter().map(|assigned| assigned.ident).collect();
    (assigned.into_iter().map(|assigned| assigned.ident).collect(), body, others)
}

/// `accept_csv` for `text/csv`, `accept_events` for `text/event-stream`; the whole media type where several share that.
fn other_claim(other: &Content) -> Claim<'_> {
    let accept = |media: &[String]| format!("accept_{}", word::join(media, Case::Snake));
    Claim::new(other.media.as_str(), Case::Snake)
        .candidate(rank::PLAIN, &accept(&media::words(other)))
        .candidate(rank::CONTEXT, &accept(&word::words(&other.media)))
}

#[cfg(test)]
mod tests;
