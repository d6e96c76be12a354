//! Bodies of the new document of each pair go through the types of the old one: unless a break is announced,
//! they round-trip.

use std::collections::BTreeSet;

use sdkgen::diff::{Announcement, Changes};
use tests::document::Document;
use tests::forward_compat::{Evolution, Fate, Notice, pairs, run};
use tests::mounts::ROUND_TRIPS;

use crate::pairs::{all, text};

fn notice(of: Announcement) -> Notice {
    Notice { at: of.at, member: of.member, is_gone: of.is_gone, is_whole: of.is_whole }
}

/// Bodies of the new text through the mounted types of the old one.
fn met(name: &str, (old, new): (&str, &str), changes: &Changes) -> Evolution {
    let (_, rows) = ROUND_TRIPS.iter().find(|(known, _)| *known == name).unwrap();
    let typed: Vec<&str> = rows.iter().map(|(pointer, _)| *pointer).collect();
    let read = |text: &str| Document::parse(name, text).unwrap();
    let (old, new) = (read(old), read(new));
    let found = pairs((&old, &new), &typed, &changes.operations, &changes.renamed()).list;
    let notices: Vec<Notice> = changes.announcements().into_iter().map(|(_, of)| notice(of)).collect();
    let mut echo = |pointer: &str, body: &[u8]| {
        let row = rows.iter().find(|(known, _)| *known == pointer);
        row.ok_or_else(|| "the schema has no type".to_owned()).and_then(|(_, echo)| echo(body))
    };
    run((&old, &new), &found, &notices, &mut echo).unwrap()
}

#[test]
fn what_is_not_announced_is_read_whole() {
    let (mut tried, mut failed) = (0, BTreeSet::new());
    for (folder, changes) in all() {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let (old, new) = (text(folder, "old.yaml"), text(folder, "new.yaml"));
        let evolution = met(&format!("pair-{name}"), (&old, &new), changes);
        tried += evolution.tried();
        if let Some(failure) = evolution.broken().next() {
            let said = changes.list.iter().map(|change| (change.kind, &change.item)).collect::<Vec<_>>();
            panic!(
                "`{name}`: {} {}: {}\n{}\n{said:?}",
                failure.path, failure.label, failure.reason, failure.body
            );
        }
        if !evolution.failures.is_empty() {
            failed.insert(name);
        }
    }
    println!("{tried} bodies; refused, as announced, in the pairs {failed:?}");
    assert!(tried > 5_000, "only {tried} bodies");
    for name in
        ["field-optional", "field-retyped", "items-retyped", "shape-added", "response-nullable-optional"]
    {
        assert!(failed.contains(name), "`{name}` has bodies that older types do not read");
    }
    for name in [
        "value-added",
        "variant-added",
        "field-added",
        "status-added-error",
        "parameter-removed",
        "reordered",
    ] {
        assert!(!failed.contains(name), "`{name}` is harmless");
    }
}

/// An announcement that is taken away leaves a broken promise: the gate does not call everything announced.
#[test]
fn what_nobody_announced_is_found() {
    let both = [
        "field-optional",
        "items-retyped",
        "values-retyped",
        "response-field-nullable",
        "all-of-field-retyped",
    ];
    for name in both {
        let (folder, changes) = all().iter().find(|(folder, _)| folder.ends_with(name)).unwrap();
        let (old, new) = (text(folder, "old.yaml"), text(folder, "new.yaml"));
        let mut changes = changes.clone();
        changes.list.clear();
        let evolution = met(&format!("pair-{name}"), (&old, &new), &changes);
        assert!(evolution.broken().count() > 0 && evolution.count(Fate::Refused) > 0, "`{name}`");
    }
}
