//! Extensions of a document mean nothing to the generator, whatever they are called, but for the few that are documented.

use std::collections::BTreeSet;
use std::path::Path;

use sdkgen::Input;
use sdkgen::diag::Sink;
use sdkgen::parts::Lost;
use sdkgen::source::Source;
use serde_json::{Map, Value, json};
use tests::case::{Case, cases};
use tests::document::Document;

/// The extensions that `docs/mapping.md` names.
const READ: [&str; 6] = [
    "x-enum-descriptions",
    "x-enum-names",
    "x-enum-varnames",
    "x-enumDescriptions",
    "x-enumNames",
    "x-webhooks",
];

/// Members whose keys are names of the document, so that no key of theirs is an extension.
const NAMES: [&str; 18] = [
    "additionalOperations",
    "$defs",
    "callbacks",
    "content",
    "definitions",
    "encoding",
    "headers",
    "links",
    "mapping",
    "mediaTypes",
    "pathItems",
    "patternProperties",
    "properties",
    "requestBodies",
    "schemas",
    "scopes",
    "variables",
    "webhooks",
];
/// Members that are data, which any key may be a part of.
const DATA: [&str; 6] = ["const", "default", "enum", "example", "examples", "security"];

/// Names of extensions in the sources of the generator: a word behind a quote that begins with `x-`.
fn extensions() -> Vec<String> {
    fn collect(folder: &Path, found: &mut BTreeSet<String>) {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                collect(&path, found);
            } else if path.extension().is_some_and(|ext| ext == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                for word in text.split(['"', '`', '\'']).filter(|word| word.starts_with("x-")) {
                    let plain = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
                    if word.len() > 2 && word.chars().all(plain) {
                        found.insert(word.to_owned());
                    }
                }
            }
        }
    }
    let mut found = BTreeSet::new();
    collect(&tests::checkout().join("generator/src"), &mut found);
    // Words that once were marks of the generator's own.
    found
        .extend(["x-left-out", "x-methods", "x-nameless", "x-prefix-items", "x-unusable"].map(str::to_owned));
    found.retain(|name| !READ.contains(&name.as_str()));
    found.into_iter().collect()
}

/// Puts each extension into each object that may have extensions, with values of all kinds in turn.
fn put(value: &mut Value, names: &[String], turn: &mut usize) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| put(item, names, turn)),
        Value::Object(members) => {
            for (key, member) in members.iter_mut() {
                match member {
                    Value::Object(inner) if NAMES.contains(&key.as_str()) => {
                        inner.values_mut().for_each(|inner| put(inner, names, turn));
                    }
                    Value::Object(inner) if key == "parameters" || key == "securitySchemes" => {
                        inner.values_mut().for_each(|inner| put(inner, names, turn));
                    }
                    // Of components the keys are names; of operations they are statuses, between which extensions may stand.
                    Value::Object(inner) if key == "responses" => {
                        inner.values_mut().for_each(|inner| put(inner, names, turn));
                    }
                    _ if DATA.contains(&key.as_str()) || key.starts_with("x-") => {}
                    _ => put(member, names, turn),
                }
            }
            extend(members, names, turn);
        }
        _ => {}
    }
}

fn extend(members: &mut Map<String, Value>, names: &[String], turn: &mut usize) {
    for name in names {
        let values = [
            json!(true),
            json!("text"),
            json!(false),
            json!(["get", "summary", {"type": "integer"}]),
            json!({"type": "object", "properties": {"a": {"$ref": "#/components/schemas/None"}}}),
        ];
        members.entry(name.as_str()).or_insert_with(|| values[*turn % values.len()].clone());
        *turn += 1;
    }
    *turn += 1;
}

/// The files made of a case with another document, and what was reported of it: its code, place and text.
fn made(case: &Case, document: &Value) -> (Vec<(String, String)>, Vec<String>) {
    let read = |path: &str| {
        let text = std::fs::read_to_string(case.folder.join(path));
        text.map(|text| Source::new(path, text)).map_err(|_| Lost::Missing { near: None })
    };
    let config = case.config.clone().map(|text| Source::new("sdk.toml", text));
    let choices = config.as_ref().and_then(|config| sdkgen::config::config(config, &mut Sink::new()));
    let overlays = choices.map(|choices| choices.overlays).unwrap_or_default();
    let mut input = Input {
        config,
        overlays: overlays.iter().filter_map(|path| read(path).ok()).collect(),
        ..Input::new(Source::new("spec.json", document.to_string()))
    };
    input.gather(read);
    let mut sink = Sink::new();
    let output = sdkgen::generate(&input, &mut sink);
    let files = output.iter().flat_map(|output| output.files.iter());
    let files = files.map(|(path, text)| (path.to_owned(), text.to_owned()));
    let found = sink.finish();
    let said = found.iter().map(|one| format!("{} {} {}", one.code.as_str(), one.primary.at, one.message));
    (files.collect(), said.collect())
}

#[test]
fn extensions_of_a_document_change_nothing() {
    let names = extensions();
    assert!(names.len() > 5, "{names:?}");
    let mut turn = 0;
    for case in cases().unwrap() {
        let Ok(document) = Document::parse(&case.name, &case.spec) else { continue };
        let mut extended = document.root().clone();
        put(&mut extended, &names, &mut turn);
        let (files, said) = made(&case, document.root());
        let (files_of_extended, said_of_extended) = made(&case, &extended);
        assert_eq!(said_of_extended, said, "`{}`", case.name);
        for ((path, text), (_, extended)) in files.iter().zip(&files_of_extended) {
            assert_eq!(extended, text, "`{path}` of `{}`", case.name);
        }
        assert_eq!(files.len(), files_of_extended.len(), "`{}`", case.name);
    }
}

#[test]
fn what_is_read_is_documented() {
    let mapping = std::fs::read_to_string(tests::checkout().join("docs/mapping.md")).unwrap();
    for name in READ {
        assert!(mapping.contains(&format!("`{name}`")), "`docs/mapping.md` does not name `{name}`");
    }
}
