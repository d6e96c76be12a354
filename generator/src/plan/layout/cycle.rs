//! Where types hold themselves.
//!
//! In: the IR (aliases that lead back to themselves are cut in it), and the names of types. Out: the fields and variants
//! that are boxed.
//!
//! A slot is a field or a variant. Its edges lead to the types it holds by value; lists and maps hold on the heap and have
//! none. In each strongly connected component as few slots as possible are boxed: all subsets are tried in small ones,
//! and in larger ones the slot is boxed, again and again, that leaves the least on cycles. Among equals optional fields come
//! first, then variants, then required fields, then the order of names; so the order of the document does not matter.
//!
//! What `names.lock` says of a slot comes before all that: one that was boxed stays so, and one that was not is boxed only where
//! no new slot can be. So a new edge that closes a cycle leaves the types of the fields that were there.

use crate::arena::Id;
use crate::diag::{Code, Diagnostic, Sink};
use crate::ir::{Api, Presence, Shape, Ty, TypeId, Untyped};
use crate::plan::decided::VariantPlan;
use crate::plan::locked::Kept;
use crate::plan::walk;
use crate::sdk::Ident;
use graph::components;

mod graph;

/// Components with at most this many slots are solved exactly.
const EXACT: usize = 10;
/// Components with more slots than this are solved without looking ahead.
const LOOK_AHEAD: usize = 200;

/// A field or variant to box.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::plan) struct Boxed {
    pub(in crate::plan) ty: TypeId,
    /// Position of the member or variant.
    pub(in crate::plan) slot: usize,
}

/// Takes the cycles out of aliases: Rust has no alias that is made of itself, not even through a list. What is nothing but
/// itself can be anything; else one type of each cycle becomes a type of its own.
pub(in crate::plan) fn cut_aliases(api: &mut Api, sink: &mut Sink) {
    for id in back_steps(api, |ty| bare(ty).into_iter().collect()) {
        let ty = &mut api.types[id];
        ty.shape = Shape::Alias(Ty::Any);
        let reason = "it consists only of itself";
        api.untyped.push(Untyped { origin: ty.origin.clone(), reason });
        let message = format!("`{}` consists only of itself", ty.origin);
        let help = "it becomes `serde_json::Value`; say what it contains";
        sink.report(Diagnostic::new(Code::Untyped, &ty.origin, message).help(help));
    }
    for id in back_steps(api, walk::named) {
        if let Shape::Alias(of) = &api.types[id].shape {
            api.types[id].shape = Shape::Wrapper(of.clone());
        }
    }
}

/// The aliases from which a step leads back to where the way came from, one or more of each cycle.
fn back_steps(api: &Api, steps: impl Fn(&Ty) -> Vec<TypeId>) -> Vec<TypeId> {
    let is_alias = |id: &TypeId| matches!(api.types[id].shape, Shape::Alias(_));
    let edges: Vec<Vec<usize>> = api
        .types
        .iter()
        .map(|ty| match &ty.shape {
            Shape::Alias(ty) => steps(ty).into_iter().filter(is_alias).map(|id| id.index()).collect(),
            Shape::Struct(_) | Shape::Enum(_) | Shape::Union(_) | Shape::Wrapper(_) => Vec::new(),
        })
        .collect();
    let component = components(&edges);
    let origin = |at: usize| api.types[TypeId::new(at)].origin.as_str();
    // of every cycle one step leads to an origin that is not greater
    let back = |at: usize, to: usize| component[to] == component[at] && origin(to) <= origin(at);
    api.types.ids().filter(|id| edges[id.index()].iter().any(|to| back(id.index(), *to))).collect()
}

/// What an alias is, if it is nothing else.
fn bare(ty: &Ty) -> Option<TypeId> {
    match ty {
        Ty::Named(id) => Some(*id),
        Ty::Nullable(inner) => bare(inner),
        _ => None,
    }
}

/// A field, variant or alias that holds types by value.
struct Slot<'a> {
    at: Boxed,
    /// Aliases cannot be boxed; their users can.
    boxable: bool,
    /// It was there in an earlier run, without a box.
    was_held: bool,
    to: Vec<usize>,
    order: (u8, &'a str, &'a str),
}

/// The slots to box; `variants` are the variants of unions by type, `kept` what earlier runs decided by type.
pub(in crate::plan) fn boxes<'k>(
    api: &Api,
    names: &[Ident],
    variants: &[&[VariantPlan]],
    kept: impl Fn(TypeId) -> Kept<'k>,
) -> Vec<Boxed> {
    let mut slots = slots(api, names, variants);
    let mut boxed = Vec::new();
    slots.retain_mut(|slot| {
        let (kept, key) = (kept(slot.at.ty), slot.order.2);
        let named = |list: &[String]| list.iter().any(|name| name == key);
        slot.was_held = named(kept.held);
        let stays = slot.boxable && named(kept.boxed);
        boxed.extend(stays.then_some(slot.at));
        !stays
    });
    let mut edges: Vec<Vec<usize>> = vec![Vec::new(); api.types.len()];
    for slot in &slots {
        edges[slot.at.ty.index()].extend(&slot.to);
    }
    let component = components(&edges);
    let mut cyclic: Vec<Vec<&Slot<'_>>> = vec![Vec::new(); component.len()];
    for slot in &slots {
        let own = component[slot.at.ty.index()];
        if slot.to.iter().any(|to| component[*to] == own) {
            cyclic[own].push(slot);
        }
    }
    boxed.extend(cyclic.into_iter().filter(|slots| !slots.is_empty()).flat_map(solve));
    boxed.sort_unstable();
    boxed
}

fn slots<'a>(api: &'a Api, names: &'a [Ident], variants: &[&'a [VariantPlan]]) -> Vec<Slot<'a>> {
    let mut slots = Vec::new();
    for (id, ty) in api.types.entries() {
        let own = names[id.index()].as_str();
        let mut add = |slot: usize, boxable: bool, held: &Ty, order: (u8, &'a str)| {
            let mut to = Vec::new();
            by_value(held, &mut to);
            if !to.is_empty() {
                let at = Boxed { ty: id, slot };
                slots.push(Slot { at, boxable, was_held: false, to, order: (order.0, own, order.1) });
            }
        };
        match &ty.shape {
            Shape::Struct(shape) => {
                for (at, member) in shape.members.iter().enumerate() {
                    let class = if member.presence == Presence::Required { 2 } else { 0 };
                    add(at, true, &member.ty, (class, &member.wire));
                }
            }
            Shape::Union(union) => {
                for (slot, (variant, plan)) in union.variants.iter().zip(variants[id.index()]).enumerate() {
                    add(slot, true, &variant.ty, (1, plan.name.as_str()));
                }
            }
            Shape::Alias(target) => add(0, false, target, (3, "")),
            Shape::Wrapper(target) => add(0, true, target, (1, "*")),
            Shape::Enum(_) => {}
        }
    }
    slots
}

fn by_value(ty: &Ty, to: &mut Vec<usize>) {
    match ty {
        Ty::Named(id) => to.push(id.index()),
        Ty::Nullable(inner) => by_value(inner, to),
        Ty::Tuple(items) => items.iter().for_each(|item| by_value(item, to)),
        Ty::List(_)
        | Ty::Map(_)
        | Ty::Boxed(_)
        | Ty::Bool
        | Ty::Int(_)
        | Ty::Float
        | Ty::String
        | Ty::Secret => {}
        Ty::Format(_) | Ty::Any | Ty::Object | Ty::Foreign(_) | Ty::Unit => {}
    }
}

/// Chooses the slots to box in one component.
fn solve(mut slots: Vec<&Slot<'_>>) -> Vec<Boxed> {
    slots.sort_by_key(|slot| (!slot.boxable, slot.was_held, slot.order));
    let local = graph::Local::new(slots.iter().map(|slot| (slot.at.ty.index(), &slot.to[..])));
    let all = slots.iter().filter(|slot| slot.boxable).count();
    let new = slots.iter().filter(|slot| slot.boxable && !slot.was_held).count();
    let enough = local.cyclic_without(&(0..new).collect::<Vec<_>>()).is_empty();
    let boxable = if enough { new } else { all };
    let chosen = if boxable <= EXACT { exact(&local, boxable) } else { greedy(&local, boxable) };
    chosen.into_iter().map(|at| slots[at].at).collect()
}

/// The smallest set of slots, the first in order among several.
fn exact(local: &graph::Local, boxable: usize) -> Vec<usize> {
    let set = |mask: u32| -> Vec<usize> { (0..boxable).filter(|at| mask & (1 << at) != 0).collect() };
    let mut masks: Vec<u32> = (0..1 << boxable).collect();
    masks.sort_by_cached_key(|mask| (mask.count_ones(), set(*mask)));
    let best = masks.into_iter().map(set).find(|cut| local.cyclic_without(cut).is_empty());
    best.unwrap_or_else(|| (0..boxable).collect())
}

fn greedy(local: &graph::Local, boxable: usize) -> Vec<usize> {
    let mut cut: Vec<usize> = Vec::new();
    loop {
        let core: Vec<usize> = local.cyclic_without(&cut).into_iter().filter(|at| *at < boxable).collect();
        let Some(first) = core.first() else { break };
        let left = |at: usize| {
            let more: Vec<usize> = cut.iter().copied().chain([at]).collect();
            local.cyclic_without(&more).len()
        };
        let best = if core.len() > LOOK_AHEAD {
            *first
        } else {
            *core.iter().min_by_key(|at| left(**at)).unwrap_or(first)
        };
        cut.push(best);
    }
    // what a later choice made unnecessary
    if cut.len() <= LOOK_AHEAD {
        for at in cut.clone() {
            let without: Vec<usize> = cut.iter().copied().filter(|other| *other != at).collect();
            if local.cyclic_without(&without).is_empty() {
                cut = without;
            }
        }
    }
    cut
}

#[cfg(test)]
mod tests;
