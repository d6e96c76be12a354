//! What the documents of this project give to test with: their examples, and bodies synthesised from their schemas.

use tests::checkout;
use tests::document::Document;
use tests::judge::{Judge, Side};
use tests::mutate::mutate;
use tests::synth::{synthesise, targets};

fn document(name: &str) -> Document {
    Document::read(checkout().join("spec").join(name)).unwrap()
}

fn examples_fit(name: &str, count: usize) {
    let document = document(name);
    let judge = Judge::new(&document, Side::Both).unwrap();
    let examples = document.body_examples();
    for example in &examples {
        let (place, _) = document.resolve(&example.schema).unwrap();
        assert_eq!(judge.check(&place, &example.value), Ok(()), "{}", example.pointer);
    }
    assert_eq!(examples.len(), count, "examples in {name}");
}

#[test]
fn the_examples_of_may_fit() {
    examples_fit("retab-2026-05.yaml", 77);
}

#[test]
fn the_examples_of_august_fit() {
    examples_fit("retab-2026-08.yaml", 72);
}

fn every_schema_gets_bodies(name: &str) {
    let document = document(name);
    let judges =
        [Side::Both, Side::Request, Side::Response].map(|side| (side, Judge::new(&document, side).unwrap()));
    let (mut bodies, mut mutants) = (0, 0);
    let targets = targets(&document);
    for (pointer, side) in &targets {
        let (_, judge) = judges.iter().find(|(s, _)| s == side).unwrap();
        let made = synthesise(&document, judge, pointer, *side);
        assert!(made.accepted.len() >= 3, "`{pointer}` has {} bodies", made.accepted.len());
        assert_eq!(made.rejected.len(), 0, "`{pointer}`: {:?}", made.rejected.first());
        bodies += made.accepted.len();
        mutants += made
            .accepted
            .iter()
            .map(|body| mutate(&document, judge, pointer, &body.value).len())
            .sum::<usize>();
    }
    println!("{name}: {bodies} bodies of {} schemas, {mutants} mutants", targets.len());
}

#[test]
fn every_schema_of_may_gets_bodies() {
    every_schema_gets_bodies("retab-2026-05.yaml");
}

#[test]
fn every_schema_of_august_gets_bodies() {
    every_schema_gets_bodies("retab-2026-08.yaml");
}
