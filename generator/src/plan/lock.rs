//! What `names.lock` keeps: from the plan to the lock, and the order of what is given by position back into the API.

use std::collections::BTreeMap;

use crate::arena::Id;
use crate::ir::{Api, Demand, Location, Presence, ResourceId, SchemeId, Shape as Declared, Ty, TypeName};
use crate::lock::{Lock, Section};
use crate::plan::place;
use crate::sdk::{Field, Ident, Operation, Outcome, Sdk, Shape, Struct, Type};

/// The first of the security schemes is the one that the environment is read for.
const SCHEMES: &str = "#/components/securitySchemes";

/// The names of a finished SDK, by location.
pub(crate) fn lock(sdk: &Sdk) -> Lock {
    let mut lock = Lock::default();
    resources(sdk, &mut lock);
    for credential in &sdk.credentials {
        let names = std::iter::once(&credential.setter).chain(&credential.source).map(ToString::to_string);
        lock.insert(Section::Credentials, &credential.key, names.collect());
    }
    order(&mut lock, SCHEMES.to_owned(), sdk.credentials.iter().map(|scheme| scheme.key.clone()));
    for op in &sdk.operations {
        operation(sdk, op, &mut lock);
    }
    let names: Vec<Ident> = sdk.types.iter().map(|ty| ty.name.clone()).collect();
    for ty in &sdk.types {
        self::ty(sdk, ty, &names, &mut lock);
        boxes(sdk, ty, &mut lock);
    }
    lock
}

/// What is boxed, and what is not though it could be.
fn boxes(sdk: &Sdk, ty: &Type, lock: &mut Lock) {
    let mut slots: BTreeMap<Section, Vec<String>> = BTreeMap::new();
    let mut slot = |key: &str, held: &Ty, is_boxed: bool| {
        let section = if is_boxed { Section::Boxes } else { Section::Held };
        if holds_by_value(sdk, held) {
            slots.entry(section).or_default().push(key.to_owned());
        }
    };
    match &ty.shape {
        Shape::Struct(of) => of.fields.iter().for_each(|field| slot(&field.wire, &field.ty, field.is_boxed)),
        Shape::Union(of) => {
            of.variants.iter().for_each(|variant| slot(variant.name.as_str(), &variant.ty, variant.is_boxed));
        }
        Shape::Wrapper(Ty::Boxed(held)) => slot("*", held, true),
        Shape::Wrapper(held) => slot("*", held, false),
        Shape::Enum(_) | Shape::Alias(_) => {}
    }
    for (section, mut keys) in slots {
        keys.sort_unstable();
        lock.insert(section, &ty.location, keys);
    }
}

/// Whether a use holds a type on the stack that could be part of a cycle.
fn holds_by_value(sdk: &Sdk, ty: &Ty) -> bool {
    match ty {
        Ty::Named(id) => !matches!(sdk.types[id].shape, Shape::Enum(_)),
        Ty::Nullable(inner) => holds_by_value(sdk, inner),
        Ty::Tuple(items) => items.iter().any(|item| holds_by_value(sdk, item)),
        _ => false,
    }
}

fn resources(sdk: &Sdk, lock: &mut Lock) {
    for resource in sdk.resources.iter().skip(1) {
        let parts = [&resource.accessor, &resource.module, &resource.handle];
        let mut parts: Vec<String> = parts.into_iter().map(ToString::to_string).collect();
        parts.extend(resource.feature.clone().filter(|_| resource.parent == Some(ResourceId::ROOT)));
        lock.insert(Section::Resources, &resource.full, parts);
    }
}

fn operation(sdk: &Sdk, op: &Operation, lock: &mut Lock) {
    let place = op.route();
    if let Some(id) = op.identity.as_ref().or(op.id.as_ref()) {
        lock.insert(Section::Ids, id, vec![place.clone()]);
    }
    let chain: Vec<String> = sdk.chain(op.resource).iter().map(|resource| resource.wire.clone()).collect();
    if !chain.is_empty() {
        lock.insert(Section::Tree, &place, chain);
    }
    let mut own = vec![op.methods[0].name.to_string(), op.call.to_string()];
    if let Outcome::Choice { name, .. } = &op.outcome {
        own.push(name.to_string());
    }
    lock.insert(Section::Operations, &place, own);
    let contents = op.body.iter().flat_map(|body| &body.contents).zip(&op.methods).skip(1);
    for (content, method) in contents {
        lock.insert(Section::Methods, place::content(&place, &content.media), vec![method.name.to_string()]);
    }
    for other in &op.others {
        let place = place::response(&place, &other.content.media);
        lock.insert(Section::Methods, place, vec![other.name.to_string()]);
    }
    if let Some(wait) = &op.wait {
        lock.insert(Section::Methods, place::wait(&place), vec![wait.method.to_string()]);
    }
    for param in &op.params {
        let place = place::param(&place, param.location, &param.wire);
        lock.insert(Section::Arguments, place, vec![param.name.to_string()]);
    }
    if let Some(body) = &op.body {
        lock.insert(Section::Arguments, place::body(&place), vec![body.name.to_string()]);
    }
    // Those in the path go by the path.
    let arguments = op.params.iter().filter(|param| param.is_required && param.location != Location::Path);
    order(lock, format!("{place} arguments"), arguments.map(|param| key(param.location, &param.wire)));
    let contents = op.body.iter().flat_map(|body| &body.contents);
    order(lock, format!("{place} bodies"), contents.map(|content| content.media.clone()));
}

fn ty(sdk: &Sdk, ty: &Type, all: &[Ident], lock: &mut Lock) {
    let place = &ty.location;
    let feature = sdk.modules[ty.module].feature.clone();
    lock.insert(Section::Types, place, std::iter::once(ty.name.to_string()).chain(feature).collect());
    if let (TypeName::Inline { .. }, Shape::Alias(Ty::Named(of))) = (&ty.source, &ty.shape) {
        lock.insert(Section::Shared, place, vec![sdk.types[of].name.to_string()]);
    }
    let mut variant = |key: &str, name: &Ident| {
        lock.insert(Section::Variants, format!("{place} {key}"), vec![name.to_string()]);
    };
    let unknown = match &ty.shape {
        Shape::Enum(of) => {
            of.values.iter().for_each(|value| variant(&value.wire, &value.name));
            Some(&of.unknown)
        }
        Shape::Union(of) => {
            let held = of.variants.iter().map(|variant| (&variant.tags[..], &variant.ty));
            for (keys, of) in crate::plan::naming::variant::keys(held, all).into_iter().zip(&of.variants) {
                keys.iter().for_each(|key| variant(key, &of.name));
            }
            Some(&of.unknown)
        }
        Shape::Struct(of) => {
            structure(ty, of, lock);
            None
        }
        Shape::Alias(_) | Shape::Wrapper(_) => None,
    };
    if let Some(name) = unknown.filter(|name| name.as_str() != "Unknown") {
        lock.insert(Section::Variants, place, vec![name.to_string()]);
    }
}

fn structure(ty: &Type, of: &Struct, lock: &mut Lock) {
    let place = &ty.location;
    for one in &of.fields {
        let own = field(one);
        if !own.is_empty() {
            lock.insert(Section::Fields, format!("{place} {}", one.wire), own);
        }
    }
    if let Some(of) = of.additional.as_ref().filter(|of| of.name.as_str() != "additional") {
        lock.insert(Section::Fields, place, vec![of.name.to_string()]);
    }
    if ty.is_in_request {
        let demanded =
            of.fields.iter().filter(|field| field.declared == Presence::Required && field.constant.is_none());
        order(lock, place.to_owned(), demanded.map(|field| field.wire.clone()));
    }
}

/// The names of a field that its name in the document does not tell: field, setter, and what sends null. Where one could take
/// the setter of another, it is told as well.
fn field(of: &Field) -> Vec<String> {
    let mut all = vec![&of.name];
    let setter = of.setter.as_ref().or(of.test_setter.as_ref());
    let clear = of.clear.as_ref().or(of.test_clear.as_ref());
    all.extend(setter.into_iter().chain(clear));
    let bare = of.name.as_str().trim_end_matches('_');
    let is_usual = setter.is_none_or(|setter| *setter == of.name)
        && clear.is_none_or(|clear| clear.as_str() == format!("clear_{bare}"));
    if is_usual && !(setter.is_some() && crate::plan::naming::member::is_like_a_setter(&of.name)) {
        all.truncate(1);
    }
    let is_told = all.len() == 1 && of.name.as_str() == of.wire;
    if is_told { Vec::new() } else { all.into_iter().map(ToString::to_string).collect() }
}

fn order(lock: &mut Lock, place: String, of: impl Iterator<Item = String>) {
    let of: Vec<String> = of.collect();
    if of.len() > 1 {
        lock.insert(Section::Order, place, of);
    }
}

fn key(location: Location, wire: &str) -> String {
    format!("{} {wire}", location.as_str())
}

/// Puts what is given by position in the order of earlier runs.
pub(super) fn reorder(api: &mut Api, lock: &Lock) {
    if lock.is_empty() {
        return;
    }
    let places = place::types(api);
    for (ty, place) in api.types.iter_mut().zip(places) {
        if let Declared::Struct(shape) = &mut ty.shape {
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
        let place = op.route();
        rearrange(&mut op.params, lock.get(Section::Order, &format!("{place} arguments")), |param| {
            key(param.location, &param.wire)
        });
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
