//! The SDKs of the documents in `spec/`: every body that can be had goes through their types and comes back.

use std::collections::BTreeMap;

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

/// A lock that is older than a rule keeps the names from before it.
#[test]
fn each_list_of_values_is_one_enum() {
    let mut known: BTreeMap<Vec<String>, String> = BTreeMap::new();
    for file in std::fs::read_dir(checkout().join("generated/src/types")).unwrap() {
        let path = file.unwrap().path();
        let text = if path.is_file() { std::fs::read_to_string(path).unwrap() } else { continue };
        for table in text.split("string_enum!(").skip(1) {
            let (name, rest) = table.split_once(',').unwrap();
            let (values, _) = rest.split_once("});").unwrap();
            let values = values.split('"').skip(1).step_by(2).map(str::to_owned).collect();
            if let Some(other) = known.insert(values, name.to_owned()) {
                panic!("`{name}` and `{other}` have the same values");
            }
        }
    }
    assert!(known.len() > 30, "{} enums", known.len());
}
