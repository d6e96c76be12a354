//! What `names.lock` keeps: from the plan to the lock, and the order of what is given by position back into the API.

use std::collections::BTreeMap;

use super::{Ident, MemberPlan, Outcome, Plan, VariantPlan, place};
use crate::arena::Id;
use crate::ir::{
    Api, Demand, Location, Member, Operation, Param, Presence, ResourceId, SchemeId, Shape, Struct, Ty,
    TypeId, TypeName,
};
use crate::lock::{Lock, Section};

/// The first of the security schemes is the one that the environment is read for.
const SCHEMES: &str = "#/components/securitySchemes";

/// The names a type had in earlier runs.
pub(super) struct Locked<'a> {
    lock: &'a Lock,
    place: &'a str,
}

impl<'a> Locked<'a> {
    pub(super) fn new(lock: &'a Lock, place: &'a str) -> Self {
        Self { lock, place }
    }

    /// The field of a member. What is not written down is called as in the document, if the type was there at all.
    pub(super) fn field(&self, wire: &str) -> Option<&'a str> {
        self.lock.name(Section::Fields, &format!("{} {wire}", self.place), 0)
    }

    /// The setter of a member, and what sends null for it, where they are written down.
    pub(super) fn setter(&self, wire: &str) -> (Option<&'a str>, Option<&'a str>) {
        let name = |at| self.lock.name(Section::Fields, &format!("{} {wire}", self.place), at);
        (name(1), name(2))
    }

    /// Whether the type was there in earlier runs.
    pub(super) fn is_known(&self) -> bool {
        self.lock.name(Section::Types, self.place, 0).is_some()
    }

    /// Which slots of the type were boxed, and which were not.
    pub(super) fn boxes(&self) -> super::cycle::Kept<'a> {
        super::cycle::Kept {
            boxed: self.lock.get(Section::Boxes, self.place),
            held: self.lock.get(Section::Held, self.place),
        }
    }

    /// The field for members that are not declared.
    pub(super) fn additional(&self) -> Option<&'a str> {
        self.lock.name(Section::Fields, self.place, 0)
    }

    pub(super) fn variant(&self, key: &str) -> Option<&'a str> {
        self.lock.name(Section::Variants, &format!("{} {key}", self.place), 0)
    }

    /// The variant for what is not known.
    pub(super) fn unknown(&self) -> Option<&'a str> {
        let named = self.lock.name(Section::Variants, self.place, 0);
        named.or_else(|| self.is_known().then_some("Unknown"))
    }
}

/// The names of a finished plan, by place.
pub(crate) fn lock(plan: &Plan) -> Lock {
    let mut lock = Lock::default();
    resources(plan, &mut lock);
    for (scheme, names) in plan.api.schemes.iter().zip(&plan.credentials) {
        let names = std::iter::once(&names.name).chain(&names.source).map(ToString::to_string);
        lock.insert(Section::Credentials, &scheme.key, names.collect());
    }
    order(&mut lock, SCHEMES.to_owned(), plan.api.schemes.iter().map(|scheme| scheme.key.clone()));
    for (op, names) in plan.api.operations.iter().zip(&plan.operations) {
        operation(plan, op, names, &mut lock);
    }
    let names: Vec<Ident> = plan.types.iter().map(|plan| plan.name.clone()).collect();
    for (at, place) in plan.places.iter().enumerate() {
        self::ty(plan, TypeId(at as u32), place, &names, &mut lock);
    }
    boxes(plan, &names, &mut lock);
    lock
}

/// What is boxed, and what is not though it could be.
fn boxes(plan: &Plan, names: &[Ident], lock: &mut Lock) {
    let variants: Vec<&[VariantPlan]> = plan.types.iter().map(|plan| &plan.variants[..]).collect();
    let mut slots: BTreeMap<(Section, TypeId), Vec<String>> = BTreeMap::new();
    for (at, key) in super::cycle::keys(&plan.api, names, &variants) {
        let ty = plan.ty(at.ty);
        let is_boxed = match plan.api.types[at.ty].shape {
            Shape::Struct(_) => ty.members[at.slot].boxed,
            Shape::Union(_) => ty.variants[at.slot].boxed,
            Shape::Wrapper(_) => ty.boxed,
            Shape::Enum(_) | Shape::Alias(_) => false,
        };
        let section = if is_boxed { Section::Boxes } else { Section::Held };
        slots.entry((section, at.ty)).or_default().push(key);
    }
    for ((section, id), mut keys) in slots {
        keys.sort();
        lock.insert(section, &plan.places[id.index()], keys);
    }
}

fn resources(plan: &Plan, lock: &mut Lock) {
    for (resource, names) in plan.api.resources.iter().zip(&plan.resources).skip(1) {
        let parts = [&names.accessor, &names.module, &names.handle];
        let mut parts: Vec<String> = parts.into_iter().map(ToString::to_string).collect();
        let is_top = plan.api.resources[ResourceId::ROOT]
            .children
            .iter()
            .any(|top| plan.resource(*top).module == names.module);
        parts.extend(names.feature.clone().filter(|_| is_top && resource.parent.is_some_and(|up| up.0 == 0)));
        lock.insert(Section::Resources, &resource.full, parts);
    }
}

fn operation(plan: &Plan, op: &Operation, names: &super::OpPlan, lock: &mut Lock) {
    let place = place::operation(op);
    if let Some(id) = op.identity.as_ref().or(op.id.as_ref()) {
        lock.insert(Section::Ids, id, vec![place.clone()]);
    }
    let chain = place::chain(&plan.api, &plan.api.resources[op.resource]);
    if !chain.is_empty() {
        lock.insert(Section::Tree, &place, chain);
    }
    let mut own = vec![names.methods[0].name.to_string(), names.call.to_string()];
    if let Outcome::Choice { name, .. } = &names.outcome {
        own.push(name.to_string());
    }
    lock.insert(Section::Operations, &place, own);
    let contents = op.body.iter().flat_map(|body| &body.contents).zip(&names.methods).skip(1);
    for (content, method) in contents {
        let place = place::content(op, &content.media);
        lock.insert(Section::Methods, place, vec![method.name.to_string()]);
    }
    for (content, name) in op.others().zip(&names.others) {
        lock.insert(Section::Methods, place::answer(op, &content.media), vec![name.to_string()]);
    }
    if let Some(wait) = &names.wait {
        lock.insert(Section::Methods, place::wait(op), vec![wait.method.to_string()]);
    }
    for (at, name) in names.params.iter().enumerate() {
        lock.insert(Section::Arguments, place::param(op, at), vec![name.to_string()]);
    }
    if let Some(name) = &names.body {
        lock.insert(Section::Arguments, place::body(op), vec![name.to_string()]);
    }
    order(lock, format!("{place} arguments"), arguments(op).map(param_key));
    let contents = op.body.iter().flat_map(|body| &body.contents);
    order(lock, format!("{place} bodies"), contents.map(|content| content.media.clone()));
}

fn ty(plan: &Plan, id: TypeId, place: &str, all: &[Ident], lock: &mut Lock) {
    let (ty, names) = (&plan.api.types[id], plan.ty(id));
    let feature = plan.homes[names.home].feature.clone();
    lock.insert(Section::Types, place, std::iter::once(names.name.to_string()).chain(feature).collect());
    if let (TypeName::Inline { .. }, Shape::Alias(Ty::Named(of))) = (&ty.name, &ty.shape) {
        lock.insert(Section::Shared, place, vec![plan.ty(*of).name.to_string()]);
    }
    if let Shape::Struct(shape) = &ty.shape {
        for (member, names) in shape.members.iter().zip(&names.members) {
            let own = field(member, names);
            if !own.is_empty() {
                lock.insert(Section::Fields, format!("{place} {}", member.wire), own);
            }
        }
        if let Some(name) = names.additional.as_ref().filter(|name| name.as_str() != "additional") {
            lock.insert(Section::Fields, place, vec![name.to_string()]);
        }
        if names.in_request {
            order(lock, place.to_owned(), demanded(shape).map(|member| member.wire.clone()));
        }
    }
    for (keys, variant) in super::variant::keys(ty, all).into_iter().zip(&names.variants) {
        for key in keys {
            lock.insert(Section::Variants, format!("{place} {key}"), vec![variant.name.to_string()]);
        }
    }
    if let Some(name) = names.unknown.as_ref().filter(|name| name.as_str() != "Unknown") {
        lock.insert(Section::Variants, place, vec![name.to_string()]);
    }
}

/// The names of a member that its name in the document does not tell: field, setter, and what sends null. Where one could take
/// the setter of another, it is told as well.
fn field(member: &Member, names: &MemberPlan) -> Vec<String> {
    let mut all = vec![&names.field];
    all.extend(names.setter.iter().chain(&names.clear));
    let bare = names.field.as_str().trim_end_matches('_');
    let is_usual = names.setter.as_ref().is_none_or(|setter| *setter == names.field)
        && names.clear.as_ref().is_none_or(|clear| clear.as_str() == format!("clear_{bare}"));
    if is_usual && !(names.setter.is_some() && super::member::is_like_a_setter(&names.field)) {
        all.truncate(1);
    }
    let is_told = all.len() == 1 && names.field.as_str() == member.wire;
    if is_told { Vec::new() } else { all.into_iter().map(ToString::to_string).collect() }
}

fn order(lock: &mut Lock, place: String, of: impl Iterator<Item = String>) {
    let of: Vec<String> = of.collect();
    if of.len() > 1 {
        lock.insert(Section::Order, place, of);
    }
}

/// The parameters whose order in the document is that of arguments; those in the path go by the path.
fn arguments(op: &Operation) -> impl Iterator<Item = &Param> {
    op.params.iter().filter(|param| param.required && param.location != Location::Path)
}

fn param_key(param: &Param) -> String {
    format!("{} {}", format!("{:?}", param.location).to_lowercase(), param.wire)
}

/// The members that `new` may ask for.
fn demanded(shape: &Struct) -> impl Iterator<Item = &Member> {
    shape.members.iter().filter(|member| member.presence == Presence::Required && member.constant.is_none())
}

/// Puts what is given by position in the order of earlier runs.
pub(super) fn reorder(api: &mut Api, lock: &Lock) {
    if lock.is_empty() {
        return;
    }
    let places = place::types(api);
    for (ty, place) in api.types.iter_mut().zip(places) {
        if let Shape::Struct(shape) = &mut ty.shape {
            rearrange(&mut shape.members, lock.get(Section::Order, &place), |member| member.wire.clone());
        }
    }
    let mut schemes: Vec<SchemeId> = api.schemes.ids().collect();
    rearrange(&mut schemes, lock.get(Section::Order, SCHEMES), |at| api.schemes[*at].key.clone());
    api.schemes = schemes.iter().map(|at| api.schemes[*at].clone()).collect();
    let moved = |demand: &mut Demand| {
        let at = schemes.iter().position(|old| *old == demand.scheme);
        demand.scheme = SchemeId::new(at.unwrap_or_default());
    };
    for op in &mut api.operations {
        op.security.iter_mut().flatten().for_each(moved);
        let place = place::operation(op);
        rearrange(&mut op.params, lock.get(Section::Order, &format!("{place} arguments")), param_key);
        if let Some(body) = &mut op.body {
            let order = lock.get(Section::Order, &format!("{place} bodies"));
            rearrange(&mut body.contents, order, |content| content.media.clone());
        }
    }
}

/// Puts the items that `order` names in its order, in the places they have between them; the others stay where they are.
fn rearrange<T>(items: &mut Vec<T>, order: &[String], key: impl Fn(&T) -> String) {
    let rank = |item: &T| order.iter().position(|name| *name == key(item));
    let ranks: Vec<Option<usize>> = items.iter().map(rank).collect();
    let ranked: Vec<usize> = ranks.iter().flatten().copied().collect();
    if ranked.is_sorted() {
        return;
    }
    let mut sorted: Vec<(usize, T)> = Vec::with_capacity(ranked.len());
    let mut slots: Vec<Option<T>> = Vec::with_capacity(items.len());
    for (item, rank) in items.drain(..).zip(ranks) {
        match rank {
            Some(rank) => {
                sorted.push((rank, item));
                slots.push(None);
            }
            None => slots.push(Some(item)),
        }
    }
    sorted.sort_by_key(|(rank, _)| *rank);
    let mut sorted = sorted.into_iter().map(|(_, item)| item);
    items.extend(slots.into_iter().filter_map(|slot| slot.or_else(|| sorted.next())));
}

#[cfg(test)]
mod tests;
