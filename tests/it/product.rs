//! The SDKs of the documents in `spec/`: every body that can be had goes through their types and comes back.

use tests::checkout;
use tests::document::Document;
use tests::mounts::ROUND_TRIPS;
use tests::sweep::sweep;

fn sweeps(name: &str, examples: usize) {
    let document = Document::read(checkout().join("spec").join(format!("{name}.yaml"))).unwrap();
    let (_, rows) = ROUND_TRIPS.iter().find(|(known, _)| *known == name).unwrap();
    let tally = sweep(&document, rows).unwrap();
    println!("{}", tally.line(name));
    let shown: Vec<&str> = tally.failures.iter().map(String::as_str).take(40).collect();
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
