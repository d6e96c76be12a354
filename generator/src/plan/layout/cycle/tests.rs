use super::*;
use crate::ir::{Api, Member, Struct};
use crate::plan::tests::Random;
use crate::plan::tests::build::*;
use crate::sdk::{self, Sdk};

fn boxed(sdk: &Sdk) -> Vec<String> {
    let mut found = Vec::new();
    for ty in &sdk.types {
        let fields = ty.fields().iter().filter(|field| field.is_boxed);
        found.extend(fields.map(|field| format!("{}.{}", ty.name, field.wire)));
        if let sdk::Shape::Union(of) = &ty.shape {
            let variants = of.variants.iter().filter(|variant| variant.is_boxed);
            found.extend(variants.map(|variant| format!("{}::{}", ty.name, variant.name)));
        }
    }
    found
}

fn set(api: &mut Api, id: TypeId, members: Vec<Member>) {
    api.types[id].shape = object(members);
}

#[test]
fn nothing_is_boxed_without_need() {
    let mut api = api();
    let a = component(&mut api, "A", object(vec![]));
    let map = Ty::Map(Box::new(Ty::Named(a)));
    set(&mut api, a, vec![member("list", list(Ty::Named(a))), member("map", map.clone())]);
    let b = component(&mut api, "B", union(&[(&["a"], Ty::Named(a)), (&["b"], list(Ty::Named(TypeId(1))))]));
    let rest = Struct {
        members: vec![member("b", Ty::Named(b))],
        additional: Some(Ty::Named(TypeId(2))),
        open: false,
    };
    component(&mut api, "C", Shape::Struct(rest));
    assert!(boxed(&planned(api).0).is_empty());
}

#[test]
fn the_optional_field_is_boxed() {
    let mut api = api();
    let a = component(&mut api, "A", object(vec![]));
    let b = component(&mut api, "B", object(vec![optional("a", Ty::Named(a))]));
    set(&mut api, a, vec![member("b", Ty::Named(b)), member("c", Ty::String)]);
    assert_eq!(boxed(&planned(api).0), ["B.a"]);
}

#[test]
fn one_box_that_cuts_two_cycles_is_better_than_two() {
    let mut api = api();
    let expr = component(&mut api, "Expr", object(vec![]));
    let args =
        vec![member("left", Ty::Named(expr)), member("right", Ty::Named(expr)), member("x", Ty::Named(expr))];
    let binary = component(&mut api, "Binary", object(args));
    let not = component(&mut api, "Not", object(vec![optional("inner", Ty::Named(expr))]));
    api.types[0].shape = union(&[(&["binary"], Ty::Named(binary)), (&["not"], Ty::Named(not))]);
    assert_eq!(boxed(&planned(api).0), ["Expr::Binary", "Not.inner"]);
}

#[test]
fn cycles_through_aliases_and_tuples_are_cut_at_fields() {
    let mut api = api();
    let a = component(&mut api, "A", object(vec![]));
    let alias = component(&mut api, "Pair", Shape::Alias(Ty::Tuple(vec![Ty::Named(a), Ty::String])));
    set(&mut api, a, vec![member("pair", Ty::Nullable(Box::new(Ty::Named(alias))))]);
    assert_eq!(boxed(&planned(api).0), ["A.pair"]);
}

#[test]
fn aliases_of_themselves_become_types_of_their_own() {
    let mut api = api();
    let tree = component(&mut api, "Tree", Shape::Alias(list(Ty::Named(TypeId(0)))));
    let a = component(&mut api, "A", Shape::Alias(Ty::Map(Box::new(Ty::Named(TypeId(2))))));
    let b = component(&mut api, "B", Shape::Alias(list(Ty::Named(a))));
    let pair = Ty::Tuple(vec![Ty::Bool, Ty::Nullable(Box::new(Ty::Named(TypeId(3))))]);
    let pair = component(&mut api, "Pair", Shape::Alias(pair));
    let (plan, found) = planned(api);
    let shape = |id: TypeId| &plan.types[id].shape;
    assert!(matches!(shape(tree), sdk::Shape::Wrapper(Ty::List(_))));
    assert!(matches!(shape(a), sdk::Shape::Alias(Ty::Map(_))), "one of two is enough");
    assert!(matches!(shape(b), sdk::Shape::Wrapper(Ty::List(_))));
    assert!(matches!(shape(pair), sdk::Shape::Wrapper(Ty::Boxed(_))));
    assert!(found.is_empty() && plan.untyped.is_empty());
}

#[test]
fn aliases_of_nothing_but_themselves_are_anything() {
    let mut api = api();
    let a = component(&mut api, "A", Shape::Alias(Ty::Nullable(Box::new(Ty::Named(TypeId(1))))));
    let b = component(&mut api, "B", Shape::Alias(Ty::Named(a)));
    let (plan, found) = planned(api);
    assert!(matches!(plan.types[b].shape, sdk::Shape::Alias(Ty::Any)));
    assert_eq!((found.len(), plan.untyped.len()), (1, 1));
}

/// A random graph of structs, written down in a random order.
fn graph(edges: &[(usize, usize, bool)], count: usize, order: &[usize]) -> Api {
    let mut api = api();
    let mut ids = vec![TypeId(0); count];
    for at in order {
        ids[*at] = component(&mut api, &format!("T{at}"), object(vec![]));
    }
    for at in 0..count {
        let out = edges.iter().enumerate().filter(|(_, (from, ..))| *from == at);
        let members = out.map(|(edge, (_, to, required))| {
            let wire = format!("m{edge}");
            let ty = Ty::Named(ids[*to]);
            if *required { member(&wire, ty) } else { optional(&wire, ty) }
        });
        let members = members.collect();
        set(&mut api, ids[at], members);
    }
    api
}

fn has_finite_size(plan: &Sdk) -> bool {
    let edges = plan.types.iter().map(|ty| {
        let held = ty.fields().iter().filter(|field| !field.is_boxed);
        held.flat_map(|field| walk::named(&field.ty)).map(|id| id.index()).collect()
    });
    let edges: Vec<Vec<usize>> = edges.collect();
    let component = components(&edges);
    let on_cycle = |at: usize| edges[at].iter().any(|to| component[*to] == component[at]);
    !(0..edges.len()).any(on_cycle)
}

#[test]
fn sizes_are_finite_boxes_needed_and_order_without_effect() {
    let mut random = Random::new(23);
    for round in 0..120 {
        let count = 1 + random.below(if round % 4 == 0 { 20 } else { 6 });
        let edge = |random: &mut Random| (random.below(count), random.below(count), random.below(2) == 0);
        let edges: Vec<_> = (0..random.below(2 * count + 2)).map(|_| edge(&mut random)).collect();
        let mut order: Vec<usize> = (0..count).collect();
        let (plan, _) = planned(graph(&edges, count, &order));
        assert!(has_finite_size(&plan), "{edges:?}");
        let mut first = boxed(&plan);
        for name in &first {
            let mut loose = plan.clone();
            for ty in &mut loose.types {
                let sdk::Shape::Struct(shape) = &mut ty.shape else { continue };
                for field in &mut shape.fields {
                    field.is_boxed &= *name != format!("{}.{}", ty.name, field.wire);
                }
            }
            assert!(!has_finite_size(&loose), "{name} is boxed without need in {edges:?}");
        }
        random.shuffle(&mut order);
        let mut again = boxed(&planned(graph(&edges, count, &order)).0);
        first.sort();
        again.sort();
        assert_eq!(first, again, "{edges:?}");
    }
}

#[test]
fn long_chains_do_not_overflow_the_stack() {
    let count = 20_000;
    let mut api = api();
    for at in 0..count {
        let next = TypeId((at as u32 + 1) % count as u32);
        component(&mut api, &format!("T{at}"), object(vec![member("next", Ty::Named(next))]));
    }
    assert_eq!(boxed(&planned(api).0).len(), 1);
}
