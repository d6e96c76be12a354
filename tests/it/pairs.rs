//! Pairs of documents, each one kind of change: what the comparison says of them, word for word, and that nobody knows better.
//!
//! `tests/pairs/<name>/` holds `old.yaml`, `new.yaml`, `expected.txt` (the verdict, then class, kind and item of each change)
//! and `witness.txt`, where `cargo xtask witness --record` keeps what `cargo-semver-checks` and the compiler say.

use std::path::{Path, PathBuf};

use generator::diag::{Sink, Style, render};
use generator::diff::{Changes, Class, Surface, diff};
use generator::source::Source;
use generator::{Input, surface};

/// Fewer pairs would leave kinds of change out.
const PAIRS: usize = 25;

pub(crate) fn pairs() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("pairs");
    let mut all: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    all.sort();
    all
}

pub(crate) fn input(text: &str, lock: Option<String>) -> Input {
    Input {
        name: Some("sdk".to_owned()),
        lock: lock.map(|text| Source::new("names.lock", text)),
        ..Input::new(Source::new("api.yaml", text))
    }
}

pub(crate) fn read(input: &Input) -> Surface {
    let mut sink = Sink::new();
    let read = surface(input, &mut sink);
    read.unwrap_or_else(|| panic!("{}", render(&sink.finish(), &input.sources(), Style::PLAIN)))
}

/// What changes when the second text takes the place of the first.
pub(crate) fn changes(old: &str, new: &str) -> Changes {
    let old = read(&input(old, None));
    let new = read(&input(new, Some(old.lock().text())));
    diff(&old, &new)
}

pub(crate) fn text(folder: &Path, file: &str) -> String {
    std::fs::read_to_string(folder.join(file))
        .unwrap_or_else(|e| panic!("`{}/{file}`: {e}", folder.display()))
}

#[test]
fn each_pair_is_one_kind_of_change() {
    let all = pairs();
    assert!(all.len() >= PAIRS, "only {} pairs", all.len());
    for folder in all {
        let (old, new) = (text(&folder, "old.yaml"), text(&folder, "new.yaml"));
        let found = changes(&old, &new);
        let mut said = format!("{}\n", found.verdict().as_str());
        for change in &found.list {
            said += &format!("{} {} {}\n", change.class.as_str(), change.kind.as_str(), change.item);
        }
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(folder.join("expected.txt"), &said).unwrap();
        }
        assert_eq!(said, text(&folder, "expected.txt"), "`{}`", folder.display());
        assert!(changes(&old, &old).list.is_empty(), "`{}`: old", folder.display());
        assert!(changes(&new, &new).list.is_empty(), "`{}`: new", folder.display());
    }
}

#[test]
fn every_change_says_what_why_and_where() {
    for folder in pairs() {
        for change in changes(&text(&folder, "old.yaml"), &text(&folder, "new.yaml")).list {
            assert!(!change.what.is_empty() && !change.why.is_empty(), "{change:?}");
            assert!(change.old.is_some() || change.new.is_some(), "{change:?}");
            let is_one_sided = change.old.is_none() || change.new.is_none();
            assert!(!is_one_sided || change.class >= Class::Fix, "{change:?}");
        }
    }
}

#[test]
fn no_witness_is_stricter() {
    let rank =
        |word: &str| ["none", "patch", "minor", "major"].iter().position(|known| *known == word).unwrap();
    for folder in pairs() {
        let expected = text(&folder, "expected.txt");
        let ours = rank(expected.lines().next().unwrap());
        let witness = text(&folder, "witness.txt");
        assert!(witness.lines().count() >= 2, "`{}`: two witnesses", folder.display());
        for line in witness.lines() {
            let (name, theirs) = line.split_once(": ").unwrap();
            assert!(ours >= rank(theirs), "`{}`: {name} says {theirs}", folder.display());
        }
    }
}

/// A document with every map in another order: nothing may be said of it.
fn shuffled(value: serde_json::Value, seed: &mut u64) -> serde_json::Value {
    use serde_json::Value;
    match value {
        Value::Object(map) => {
            let mut entries: Vec<(u64, String, Value)> = map
                .into_iter()
                .map(|(key, value)| {
                    *seed =
                        seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    (*seed >> 33, key, shuffled(value, seed))
                })
                .collect();
            entries.sort_by_key(|(rank, ..)| *rank);
            entries.into_iter().map(|(_, key, value)| (key, value)).collect()
        }
        Value::Array(items) => items.into_iter().map(|item| shuffled(item, seed)).collect(),
        other => other,
    }
}

/// The documents of the API, and those of all cases.
fn documents() -> Vec<(String, String)> {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let mut all = vec![("retab-2026-05".to_owned(), text(&spec, "retab-2026-05.yaml"))];
    all.push(("retab-2026-08".to_owned(), text(&spec, "retab-2026-08.yaml")));
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
    let mut folders: Vec<PathBuf> =
        std::fs::read_dir(cases).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    for folder in folders {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        if !name.starts_with("bad-") && folder.join("spec.yaml").is_file() {
            all.push((name, text(&folder, "spec.yaml")));
        }
    }
    all
}

#[test]
fn another_order_and_more_schemas_rename_nothing() {
    for (name, text) in documents() {
        let mut sink = Sink::new();
        let Some(old) = surface(&input(&text, None), &mut sink) else { continue };
        let lock = old.lock().text();
        let seeds = if text.len() > 200_000 { 1 } else { 2 };
        for seed in 0..seeds {
            let mut random = u64::wrapping_mul(seed, 0x9e37_79b9_7f4a_7c15) + 1;
            let document = tests::document::Document::parse(&name, &text).unwrap().root().clone();
            let mut document = shuffled(document, &mut random);
            let same = read(&input(&document.to_string(), Some(lock.clone())));
            let found = diff(&old, &same).list;
            assert!(found.is_empty(), "`{name}`, seed {seed}: {:#?}", &found[..found.len().min(3)]);
            insert(&mut document, &old.names(), &mut random);
            let more = read(&input(&document.to_string(), Some(lock.clone())));
            let (before, after) = (old.names(), more.names());
            let lost: Vec<&String> =
                before.iter().filter(|name| after.binary_search(name).is_err()).collect();
            assert!(lost.is_empty(), "`{name}`, seed {seed}: {:?}", &lost[..lost.len().min(5)]);
            let breaking = diff(&old, &more).count(Class::Breaking);
            assert_eq!(breaking, 0, "`{name}`, seed {seed}");
            let kept = more.lock().text();
            let again = read(&input(&document.to_string(), Some(kept.clone())));
            assert_eq!(kept, again.lock().text(), "`{name}`: the lock of a lock");
        }
    }
}

/// Puts in twenty schemas, many of which want names that are taken.
fn insert(document: &mut serde_json::Value, names: &[String], random: &mut u64) {
    let types: Vec<&str> = names
        .iter()
        .filter_map(|name| name.strip_prefix("types::"))
        .filter(|name| name.chars().all(|c| c.is_ascii_alphanumeric()))
        .collect();
    let mut next = |end: usize| {
        *random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (*random >> 33) as usize % end.max(1)
    };
    let root = document.as_object_mut().unwrap();
    let components = root.entry("components").or_insert_with(|| serde_json::json!({}));
    let schemas =
        components.as_object_mut().unwrap().entry("schemas").or_insert_with(|| serde_json::json!({}));
    let schemas = schemas.as_object_mut().unwrap();
    for at in 0..20 {
        let taken = types.get(next(types.len())).copied().unwrap_or("Thing");
        let spelled: String = match next(3) {
            0 => taken.to_lowercase(),
            1 => taken.chars().flat_map(|c| c.is_uppercase().then_some('_').into_iter().chain([c])).collect(),
            _ => format!("{taken}{at}"),
        };
        let schema = match next(3) {
            0 => serde_json::json!({"type": "string", "enum": ["a", "unknown"]}),
            1 => {
                serde_json::json!({"type": "object", "properties": {"item": {"type": "object", "properties": {"x": {"type": "string"}}}}})
            }
            _ => serde_json::json!({"oneOf": [{"type": "string"}, {"type": "integer"}]}),
        };
        schemas.entry(spelled).or_insert(schema);
    }
}
