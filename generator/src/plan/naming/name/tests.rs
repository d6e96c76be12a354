use super::*;
use crate::plan::tests::Random;
use std::collections::HashSet;

fn settle(case: Case, wires: &[&str]) -> Vec<String> {
    settle_in(&mut Scope::default(), case, wires)
}

fn settle_in(scope: &mut Scope, case: Case, wires: &[&str]) -> Vec<String> {
    let claims: Vec<Claim<'_>> = wires.iter().map(|wire| Claim::new(*wire, case).wire(wire)).collect();
    scope.settle(&claims).into_iter().map(|assigned| assigned.ident.to_string()).collect()
}

#[test]
fn the_exact_spelling_keeps_the_name() {
    assert_eq!(settle(Case::Snake, &["fooBar", "foo_bar"]), ["foo_bar2", "foo_bar"]);
    assert_eq!(settle(Case::Snake, &["@type", "type"]), ["at_type", "type_"]);
    assert_eq!(settle(Case::Snake, &["_id", "id"]), ["underscore_id", "id"]);
}

#[test]
fn all_losers_of_a_clash_move() {
    assert_eq!(settle(Case::Snake, &["fooBar", "foo-bar"]), ["foo_bar2", "foo_bar1"]);
    assert_eq!(settle(Case::Snake, &["foo-bar", "fooBar"]), ["foo_bar1", "foo_bar2"]);
    assert_eq!(settle(Case::Camel, &["Webhook", "WebHook"]), ["Webhook2", "WebHook1"]);
    assert_eq!(settle(Case::Camel, &["V1", "V-1"]), ["V1", "V1_2"]);
}

#[test]
fn reserved_and_pinned_names_are_not_given() {
    let mut scope = Scope::new(&[&["new"]]);
    assert_eq!(scope.pin("taken").map(|ident| ident.to_string()), Some("taken".into()));
    assert_eq!(scope.pin("Taken"), None);
    assert_eq!(scope.pin("new"), None);
    assert_eq!(scope.pin("no ident"), None);
    assert_eq!(scope.pin("type"), None);
    assert_eq!(settle_in(&mut scope, Case::Snake, &["new", "taken", "type"]), ["new2", "taken2", "type_"]);
}

#[test]
fn numbers_avoid_names_in_use() {
    assert_eq!(settle(Case::Snake, &["a_b", "aB", "a_b2"]), ["a_b", "a_b3", "a_b2"]);
}

/// Wire names from a small alphabet, so that clashes are the rule.
fn crowd(random: &mut Random) -> Vec<String> {
    let mut seen = HashSet::new();
    (0..random.below(40)).map(|_| random.wire()).filter(|wire| seen.insert(wire.clone())).collect()
}

#[test]
fn names_are_total_injective_and_blind_to_order() {
    let mut random = Random::new(11);
    for round in 0..100 {
        let wires = crowd(&mut random);
        let case = [Case::Snake, Case::Camel, Case::Screaming][round % 3];
        let wires: Vec<&str> = wires.iter().map(String::as_str).collect();
        let names = settle(case, &wires);
        assert_eq!(names.len(), wires.len());
        let folded: HashSet<String> = names.iter().map(|name| fold(name).into_owned()).collect();
        assert_eq!(folded.len(), names.len(), "{wires:?} → {names:?}");
        for name in &names {
            assert!(word::is_ident(name), "{name}");
        }
        let mut order: Vec<usize> = (0..wires.len()).collect();
        random.shuffle(&mut order);
        let shuffled: Vec<&str> = order.iter().map(|at| wires[*at]).collect();
        let again = settle(case, &shuffled);
        for (at, name) in order.iter().zip(again) {
            assert_eq!(name, names[*at]);
        }
    }
}

/// Everything two claims could fight for: their wishes, and what a number would make of them.
fn stakes(wire: &str, case: Case) -> HashSet<String> {
    let claim = Claim::new(wire, case).wire(wire);
    let bare = |name: &str| fold(name).trim_end_matches(|c: char| c.is_ascii_digit() || c == '_').to_string();
    claim.candidates.iter().map(|(_, name)| bare(name)).collect()
}

#[test]
fn a_new_name_moves_only_those_it_clashes_with() {
    let mut random = Random::new(13);
    for _ in 0..100 {
        let wires = crowd(&mut random);
        let newcomer = random.wire();
        if wires.contains(&newcomer) {
            continue;
        }
        let mut more: Vec<&str> = wires.iter().map(String::as_str).collect();
        let before = settle(Case::Snake, &more);
        more.push(&newcomer);
        let after = settle(Case::Snake, &more);
        // those reached from the newcomer over shared wishes
        let mut reach = stakes(&newcomer, Case::Snake);
        let mut grown = true;
        while grown {
            grown = false;
            for wire in &wires {
                let own = stakes(wire, Case::Snake);
                if !own.is_disjoint(&reach) && !own.is_subset(&reach) {
                    reach.extend(own);
                    grown = true;
                }
            }
        }
        for (at, wire) in wires.iter().enumerate() {
            if stakes(wire, Case::Snake).is_disjoint(&reach) {
                assert_eq!(before[at], after[at], "`{newcomer}` moved `{wire}` in {wires:?}");
            }
        }
    }
}
