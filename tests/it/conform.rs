//! Every operation of every document that is mounted, with every answer it declares.

use std::path::Path;
use tests::checkout;
use tests::conform::{Tally, conform};
use tests::document::Document;
use tests::drive::Sdk;
use tests::mounts::SDKS;

fn sdk(name: &str) -> &'static Sdk {
    SDKS.iter().find(|sdk| sdk.name == name).unwrap()
}

fn shown(tally: &Tally) -> String {
    tally.failures.iter().map(|failure| format!("  {failure}\n")).take(30).collect()
}

async fn whole(name: &str, operations: usize, pairs: usize) {
    let document = Document::read(checkout().join("spec").join(format!("{name}.yaml"))).unwrap();
    let tally = conform(&document, sdk(name)).await.unwrap();
    println!("{}", tally.line(name));
    assert!(tally.failures.is_empty(), "{} failures:\n{}", tally.failures.len(), shown(&tally));
    assert_eq!((tally.operations, tally.declared, tally.passed), (operations, pairs, pairs));
}

#[tokio::test]
async fn every_pair_of_may() {
    whole("retab-2026-05", 124, 248).await;
}

#[tokio::test]
async fn every_pair_of_august() {
    whole("retab-2026-08", 145, 289).await;
}

/// Whether the document of a case is none that OpenAPI allows: then what it declares is a matter of opinion, and the golden is the test.
fn is_mended(folder: &Path) -> bool {
    let report = std::fs::read_to_string(folder.join("report.txt")).unwrap_or_default();
    let codes = ["operation-refused (", "path-parameter (", "wrong-shape ("];
    let is_mended = |line: &str| codes.iter().any(|code| line.starts_with(code));
    report.lines().any(|line| is_mended(line) || line.contains("cannot be sent; it is ignored"))
}

/// Whether the SDK is not meant to be all that the document says: choices leave operations out, give types to other crates or change the
/// document.
fn is_chosen(folder: &Path) -> bool {
    let choices = std::fs::read_to_string(folder.join("sdk.toml")).unwrap_or_default();
    let keys = ["[include]", "[exclude]", "overlays", "[replace]", "[[fixup]]"];
    choices.lines().any(|line| keys.iter().any(|key| line.starts_with(key)))
}

/// Cases whose answers depend on more than status and media type; each has a test of its own.
const APART: [&str; 2] = [
    // each media type has a method: `faults::mounted::each_media_type_of_an_answer_can_be_asked_for`
    "answers-by-media",
    // no body fits its union, strictly speaking: `unions::what_stands_beside_a_union_goes_into_each_branch`
    "union-in-files",
];

#[tokio::test]
async fn every_pair_of_the_cases() {
    let mut all = Tally::default();
    for sdk in SDKS.iter().filter(|sdk| !sdk.name.starts_with("retab-")) {
        let folder = checkout().join("tests/cases").join(sdk.name);
        if is_mended(&folder) || is_chosen(&folder) || APART.contains(&sdk.name) {
            continue;
        }
        let tally = conform(&Document::read(folder.join("spec.yaml")).unwrap(), sdk).await.unwrap();
        all.operations += tally.operations;
        all.declared += tally.declared;
        all.passed += tally.passed;
        all.unasked += tally.unasked;
        all.calls += tally.calls;
        all.failures.extend(tally.failures.into_iter().map(|failure| format!("{}: {failure}", sdk.name)));
    }
    println!("{}", all.line("cases"));
    assert!(all.failures.is_empty(), "{} failures:\n{}", all.failures.len(), shown(&all));
    assert_eq!(all.passed + all.unasked, all.declared);
    assert!(all.declared >= 160, "pairs are missing");
}
