//! What moved between the two versions of the API, judged by hand: the comparison finds most of it, and calls nothing a move
//! or a new name that is none.
//!
//! `moves/retab.tsv` holds a line per judgement: `operation`, `type` or `member`, the old name, the new one. What begins with
//! `missed` is true as well, but nothing in the documents says so.

use std::collections::BTreeSet;

use sdkgen::Input;
use sdkgen::diff::{Changes, Kind, diff};
use sdkgen::source::Source;

use crate::pairs::read;

/// Moved operations that are found.
const OPERATIONS: usize = 34;
/// Renamed types that are found.
const TYPES: usize = 30;
/// Renamed fields, parameters and variants that are found.
const MEMBERS: usize = 15;

fn changes() -> Changes {
    let side = |name: &str, lock: Option<String>| {
        let text = std::fs::read_to_string(tests::checkout().join(format!("spec/{name}.yaml"))).unwrap();
        read(&Input {
            name: Some("sdk".to_owned()),
            lock: lock.map(|text| Source::new("names.lock", text)),
            ..Input::new(Source::new("api.yaml", text))
        })
    };
    let old = side("retab-2026-05", None);
    let new = side("retab-2026-08", Some(sdkgen::lock(&old).text()));
    diff(&old, &new)
}

/// Every move and new name, as the lines of the judgement are written.
fn told(changes: &Changes) -> BTreeSet<String> {
    let routes = changes.operations.iter().filter(|(old, new)| old != new);
    let mut told: BTreeSet<String> = routes.map(|(old, new)| format!("operation\t{old}\t{new}")).collect();
    for change in &changes.list {
        let what = match change.kind {
            Kind::TypeRenamed => "type",
            Kind::FieldRenamed | Kind::ParameterRenamed | Kind::VariantRenamed => "member",
            _ => continue,
        };
        if let Some(new) = change.what.strip_prefix("is now ") {
            told.insert(format!("{what}\t{}\t{}", change.item, new.trim_matches('`')));
        }
    }
    told
}

#[test]
fn what_moved_is_found_and_nothing_else_is_called_moved() {
    let told = told(&changes());
    let judged: BTreeSet<String> = include_str!("moves/retab.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(str::to_owned)
        .collect();
    let wrong: Vec<&String> = told.difference(&judged).collect();
    assert!(wrong.is_empty(), "called a move or a new name, and not judged so: {wrong:#?}");
    let found = |what: &str| told.iter().filter(|line| line.starts_with(what)).count();
    let lost: Vec<&String> = judged.difference(&told).filter(|line| !line.starts_with("missed")).collect();
    assert!(lost.is_empty(), "no longer found: {lost:#?}");
    assert!(found("operation") >= OPERATIONS && found("type") >= TYPES && found("member") >= MEMBERS);
}
