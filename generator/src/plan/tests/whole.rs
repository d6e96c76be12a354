//! Laws of the whole plan, on random APIs.

use super::build::*;
use super::*;
use crate::ir::{Location, Owner, Segment, Ty};
use std::collections::{BTreeMap, BTreeSet};

/// A member: its name, the component it refers to, whether it is required.
type Member = (String, Option<usize>, bool);

/// What an API is made of, as a set: it can be written down in any order.
#[derive(Clone)]
struct Recipe {
    components: Vec<(String, Vec<Member>)>,
    operations: Vec<(String, String, Vec<String>, usize)>,
}

fn recipe(random: &mut Random) -> Recipe {
    let mut keys = BTreeSet::new();
    while keys.len() < 2 + random.below(12) {
        keys.insert(random.wire());
    }
    let count = keys.len();
    let members = |random: &mut Random| {
        let mut wires = BTreeSet::new();
        for _ in 0..random.below(6) {
            wires.insert(random.wire());
        }
        let chance = |random: &mut Random| (random.below(2) == 0).then(|| random.below(count));
        wires.into_iter().map(|wire| (wire, chance(random), random.below(3) == 0)).collect()
    };
    let components = keys.into_iter().map(|key| (key, members(random))).collect();
    let operations = (0..random.below(12)).map(|at| {
        let mut params = BTreeSet::new();
        for _ in 0..random.below(4) {
            params.insert(random.wire());
        }
        let tag = (*random.pick(&["", "pets", "pets.toys", "types", "shop-x", "shop_x"])).to_string();
        let id = format!("{}{at}", random.pick(&["listPets", "list", "get", "pets_get", "clone"]));
        (tag, id, params.into_iter().collect(), random.below(count))
    });
    let operations = operations.collect();
    Recipe { components, operations }
}

/// Writes the recipe down in this order of components; the names that come out are keyed by what they name.
fn names(recipe: &Recipe, random: Option<&mut Random>) -> BTreeMap<String, String> {
    let mut order: Vec<usize> = (0..recipe.components.len()).collect();
    let mut ops: Vec<usize> = (0..recipe.operations.len()).collect();
    if let Some(random) = random {
        random.shuffle(&mut order);
        random.shuffle(&mut ops);
    }
    let mut api = api();
    let ids: BTreeMap<usize, _> = order
        .iter()
        .map(|at| (*at, component(&mut api, &recipe.components[*at].0, object(Vec::new()))))
        .collect();
    for at in &order {
        let mut members = Vec::new();
        for (wire, target, nested) in &recipe.components[*at].1 {
            let ty = target.map_or(Ty::String, |target| Ty::Named(ids[&target]));
            let ty = if *nested {
                let path = [Segment::Member(wire.clone())];
                Ty::Named(inline(&mut api, Owner::Type(ids[at]), &path, strings(&["a", "A", "b"])))
            } else {
                ty
            };
            members.push(member(wire, ty));
        }
        api.types[ids[at].index()].shape = object(members);
    }
    for at in ops {
        let (tag, id, params, target) = &recipe.operations[at];
        let op = operation(&mut api, tag, id, &format!("GET /{at}"));
        let params = params.iter().map(|wire| param(Location::Query, wire, Ty::Named(ids[target])));
        self::op(&mut api, op).params = params.collect();
    }
    let (plan, _) = planned(api);
    collect(&plan)
}

fn collect(sdk: &Sdk) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    let mut add = |what: String, ident: &Ident| drop(names.insert(what, ident.to_string()));
    for ty in &sdk.types {
        let at = &ty.origin;
        add(format!("{at}"), &ty.name);
        for field in ty.fields() {
            let boxed = if field.is_boxed { " boxed" } else { "" };
            add(format!("{at} {:?}{boxed}", field.wire), &field.name);
            field.setter.iter().for_each(|setter| add(format!("{at} {:?} set", field.wire), setter));
        }
    }
    for op in &sdk.operations {
        add(format!("{} method", op.path), &op.methods[0].name);
        add(format!("{} call", op.path), &op.call);
        op.params.iter().for_each(|param| add(format!("{} {}", op.path, param.wire), &param.name));
    }
    for resource in sdk.resources.iter().skip(1) {
        add(format!("{} module", resource.full), &resource.module);
        add(format!("{} accessor", resource.full), &resource.accessor);
    }
    names
}

/// `build::planned` checks in every plan that names are distinct; here they must not depend on order either.
#[test]
fn plans_are_whole_and_blind_to_order() {
    let mut random = Random::new(17);
    for _ in 0..60 {
        let recipe = recipe(&mut random);
        let once = names(&recipe, None);
        assert_eq!(once, names(&recipe, None));
        assert_eq!(once, names(&recipe, Some(&mut random)));
    }
}

#[test]
fn an_unrelated_component_renames_nothing() {
    let mut random = Random::new(19);
    for _ in 0..60 {
        let recipe = recipe(&mut random);
        let before = names(&recipe, None);
        let mut more = recipe.clone();
        more.components.push(("Entirely Unrelated".into(), vec![("member".into(), None, false)]));
        let mut after = names(&more, None);
        after.retain(|what, _| before.contains_key(what));
        assert_eq!(before, after);
    }
}
