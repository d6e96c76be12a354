//! Pairs of documents, each one kind of change: what the comparison says of them, word for word, and that nobody knows better.
//!
//! `tests/pairs/<name>/` holds `old.yaml`, `new.yaml`, choices for each where they matter (`old.toml`, `new.toml`), `expected.txt` (the verdict, then class, kind and item of each change)
//! and `semver.txt`, where `cargo xtask dev semver-check --record` writes the verdicts of `cargo-semver-checks` and the compiler.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use sdkgen::diag::{Sink, Style, render};
use sdkgen::diff::{Changes, Class, diff};
use sdkgen::sdk::Sdk;
use sdkgen::source::Source;
use sdkgen::{Input, sdk};

/// Fewer pairs would leave kinds of change out.
const PAIRS: usize = 25;

fn pairs() -> Vec<PathBuf> {
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

pub(crate) fn read(input: &Input) -> Sdk {
    let mut sink = Sink::new();
    let read = sdk(input, &mut sink);
    read.unwrap_or_else(|| panic!("{}", render(&sink.finish(), &input.sources(), Style::PLAIN)))
}

/// The pairs with what changes from one side to the other, compared once for all tests.
pub(crate) fn all() -> &'static [(PathBuf, Changes)] {
    static ALL: OnceLock<Vec<(PathBuf, Changes)>> = OnceLock::new();
    ALL.get_or_init(|| {
        let with_changes = |folder: PathBuf| {
            let changes = changed(&folder);
            (folder, changes)
        };
        pairs().into_iter().map(with_changes).collect()
    })
}

fn changed(folder: &Path) -> Changes {
    let side = |name: &str, lock: Option<String>| {
        let config = folder.join(format!("{name}.toml"));
        let config = config.is_file().then(|| Source::new("sdk.toml", text(folder, &format!("{name}.toml"))));
        read(&Input { config, ..input(&text(folder, &format!("{name}.yaml")), lock) })
    };
    let old = side("old", None);
    let new = side("new", Some(sdkgen::lock(&old).text()));
    assert!(diff(&old, &old).list.is_empty(), "`{}`: old", folder.display());
    assert!(diff(&new, &new).list.is_empty(), "`{}`: new", folder.display());
    diff(&old, &new)
}

/// What changes when the second text takes the place of the first.
pub(crate) fn changes(old: &str, new: &str) -> Changes {
    let old = read(&input(old, None));
    let new = read(&input(new, Some(sdkgen::lock(&old).text())));
    diff(&old, &new)
}

pub(crate) fn text(folder: &Path, file: &str) -> String {
    std::fs::read_to_string(folder.join(file))
        .unwrap_or_else(|e| panic!("`{}/{file}`: {e}", folder.display()))
}

#[test]
fn each_pair_is_one_kind_of_change() {
    assert!(all().len() >= PAIRS, "only {} pairs", all().len());
    for (folder, found) in all() {
        let mut said = format!("{}\n", found.verdict().as_str());
        for change in &found.list {
            said += &format!("{} {} {}\n", change.class.as_str(), change.kind.as_str(), change.item);
        }
        if tests::case::is_update() {
            std::fs::write(folder.join("expected.txt"), &said).unwrap();
        }
        assert_eq!(said, text(folder, "expected.txt"), "`{}`", folder.display());
    }
}

#[test]
fn every_change_says_what_why_and_where() {
    for (_, changes) in all() {
        for change in &changes.list {
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
        // Nothing is stricter than this, so nothing need be asked.
        if ours == rank("major") && !folder.join("semver.txt").is_file() {
            continue;
        }
        let record = text(&folder, "semver.txt");
        assert!(record.lines().count() >= 2, "`{}`: two verdicts", folder.display());
        for line in record.lines() {
            let (name, theirs) = line.split_once(": ").unwrap();
            assert!(ours >= rank(theirs), "`{}`: {name} says {theirs}", folder.display());
        }
    }
}

/// A `String` is a `String`, whether it travels as text or in JSON.
#[test]
fn a_string_as_text_or_in_json_is_the_same_to_users() {
    let document = |operation: &str| {
        format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:\n  /log:\n    post: {{operationId: log_write, tags: [log], {operation}}}\n\
             components: {{schemas: {{Line: {{type: string}}, Level: {{type: string, enum: [high, low]}}}}}}\n"
        )
    };
    let content = |media: &str, schema: &str| format!("content: {{{media}: {{schema: {schema}}}}}");
    let response = |of: &str| format!("responses: {{'200': {{description: ok, {of}}}}}");
    let error =
        |of: &str| format!("responses: {{'204': {{description: ok}}, '400': {{description: no, {of}}}}}");
    let body = |of: &str| {
        format!(
            "requestBody: {{required: true, {of}}}, {}",
            response(&content("text/plain", "{type: string}"))
        )
    };
    let optional =
        |of: &str| format!("requestBody: {{{of}}}, {}", response(&content("text/plain", "{type: string}")));
    type Place<'a> = (&'a str, &'a dyn Fn(&str) -> String);
    let places: [Place<'_>; 4] =
        [("response", &response), ("error", &error), ("body", &body), ("optional body", &optional)];
    for (name, place) in places {
        for (schema, is_same) in [
            ("{type: string}", true),
            ("{type: string, maxLength: 9}", true),
            ("{$ref: '#/components/schemas/Line'}", true),
            ("{type: string, format: date-time}", false),
            ("{$ref: '#/components/schemas/Level'}", false),
            ("{type: [string, 'null']}", false),
            ("{type: integer}", false),
        ] {
            let text = document(&place(&content("text/plain", "{type: string}")));
            let json = document(&place(&content("application/json", schema)));
            for (old, new) in [(&text, &json), (&json, &text)] {
                let changes = changes(old, new);
                // An optional body that may be null is left out instead.
                let is_same = is_same || (name == "optional body" && schema.contains("null"));
                let breaks = changes.list.iter().any(|change| change.class == Class::Breaking);
                assert_eq!(breaks, !is_same, "{name}, {schema}: {:#?}", changes.list);
            }
        }
    }
}
