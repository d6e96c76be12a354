//! The SDKs of the documents in `spec/`: every body that can be had goes through their types and comes back.

use tests::checkout;
use tests::document::Document;
use tests::mounts::ROUND_TRIPS;
use tests::sweep_rows;

fn sweeps(name: &str, examples: usize) {
    let document = Document::read(checkout().join("spec").join(format!("{name}.yaml"))).unwrap();
    let (_, rows) = ROUND_TRIPS.iter().find(|(known, _)| *known == name).unwrap();
    let tally = sweep_rows(&document, rows);
    println!("{}", tally.line(name));
    let shown: Vec<String> = tally.failures.iter().map(ToString::to_string).take(40).collect();
    assert!(shown.is_empty(), "{} failures:\n{}", tally.failures.len(), shown.join("\n"));
    assert_eq!(tally.examples, examples, "examples of media types that travel as JSON");
}

#[test]
fn may_comes_back_whole() {
    sweeps("retab-2026-05", 77);
}

#[test]
fn august_comes_back_whole() {
    sweeps("retab-2026-08", 72);
}
