//! Names stay: a document in another order, and with schemas, operations, parameters, answers, members and tags put in, renames
//! nothing that was there.

use std::path::{Path, PathBuf};

use sdkgen::Input;
use sdkgen::diag::Sink;
use sdkgen::diff::{Class, diff, public_names};
use sdkgen::sdk;
use sdkgen::sdk::Sdk;
use sdkgen::source::Source;
use serde_json::{Map, Value, json};
use tests::document::Document;
use tests::mutate_diff::{random, shuffled};

use crate::pairs::{input, read, text};

/// A document with its choices.
struct Ground {
    name: String,
    text: String,
    config: Option<String>,
}

impl Ground {
    fn input(&self, text: &str, lock: Option<&str>) -> Input {
        let config = self.config.as_ref().map(|text| Source::new("sdk.toml", text.clone()));
        Input { config, ..input(text, lock.map(str::to_owned)) }
    }

    fn names(&self, document: &Value, lock: &str) -> Sdk {
        let document = Source::new("api.json", document.to_string());
        read(&Input { document, ..self.input("", Some(lock)) })
    }
}

/// The documents of the API, and those of all cases.
fn grounds() -> Vec<Ground> {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let ground = |name: &str, config: Option<String>| Ground {
        name: name.to_owned(),
        text: text(&spec, &format!("{name}.yaml")),
        config,
    };
    let mut all = vec![ground("retab-2026-05", Some(text(&spec, "sdk.toml"))), ground("retab-2026-08", None)];
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
    let mut folders: Vec<PathBuf> =
        std::fs::read_dir(cases).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    for folder in folders {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        if name.starts_with("bad-") || !folder.join("spec.yaml").is_file() {
            continue;
        }
        let config = folder.join("sdk.toml").is_file().then(|| text(&folder, "sdk.toml"));
        // overlays name places by their order
        let config = config.filter(|text| !text.contains("overlays"));
        all.push(Ground { name, text: text(&folder, "spec.yaml"), config });
    }
    all
}

#[test]
fn another_order_and_more_of_everything_rename_nothing() {
    let (mut tried, mut held) = (0, 0);
    for ground in grounds() {
        let name = &ground.name;
        let Some(old) = sdk(&ground.input(&ground.text, None), &mut Sink::new()) else { continue };
        let (lock, before) = (sdkgen::lock(&old).text(), public_names(&old));
        let document = Document::parse(name, &ground.text).unwrap();
        let seeds = if ground.text.len() > 200_000 { 1 } else { 2 };
        for seed in 0..seeds {
            let mut dice = Dice(u64::wrapping_mul(seed, 0x9e37_79b9_7f4a_7c15) + 1);
            let mut document = shuffled(document.root().clone(), &mut dice.0);
            let same = ground.names(&document, &lock);
            let found = diff(&old, &same).list;
            assert!(found.is_empty(), "`{name}`, seed {seed}: {:#?}", &found[..found.len().min(3)]);

            schemas(&mut document, &before, &mut dice);
            operations(&mut document, &before, &mut dice);
            let more = ground.names(&document, &lock);
            lost(&format!("`{name}`, seed {seed}"), &before, &public_names(&more));
            let broken: Vec<String> = diff(&old, &more)
                .list
                .into_iter()
                .filter(|change| change.class == Class::Breaking)
                .map(|change| format!("{} {}", change.item, change.what))
                .collect();
            assert!(broken.is_empty(), "`{name}`, seed {seed}: {broken:?}");

            // equal schemas part where only one of them gets a member, which breaks; names stay all the same
            members(&mut document, &before, &mut dice);
            let fuller = ground.names(&document, &lock);
            lost(&format!("`{name}`, seed {seed}, members"), &before, &public_names(&fuller));
            let kept = sdkgen::lock(&fuller).text();
            let again = ground.names(&document, &kept);
            assert_eq!(kept, sdkgen::lock(&again).text(), "`{name}`: the lock of a lock");
            (tried, held) = (tried + 1, held + before.len());
        }
    }
    println!("{held} names held in {tried} documents");
    assert!(tried > 200 && held > 10_000, "{held} names in {tried} documents");
}

fn lost(what: &str, before: &[String], after: &[String]) {
    let lost: Vec<&String> = before.iter().filter(|name| after.binary_search(name).is_err()).collect();
    assert!(lost.is_empty(), "{what}: {:?}", &lost[..lost.len().min(5)]);
}

struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        random(&mut self.0, end)
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        all.get(self.below(all.len()))
    }
}

fn object<'a>(of: &'a mut Value, key: &str) -> &'a mut Map<String, Value> {
    let map = of.as_object_mut().unwrap();
    map.entry(key).or_insert_with(|| json!({})).as_object_mut().unwrap()
}

/// Names in another spelling, so that they clash in Rust and not in the document.
fn respelled(name: &str, dice: &mut Dice) -> String {
    match dice.below(4) {
        0 => name.to_lowercase(),
        1 => name.chars().flat_map(|c| c.is_uppercase().then_some('_').into_iter().chain([c])).collect(),
        2 => name.replace('_', "-"),
        _ => format!("{name}{}", dice.below(20)),
    }
}

fn schema(dice: &mut Dice) -> Value {
    match dice.below(3) {
        0 => json!({"type": "string", "enum": ["a", "unknown"]}),
        1 => {
            json!({"type": "object", "properties": {"item": {"type": "object", "properties": {"x": {"type": "string"}}}}})
        }
        _ => json!({"oneOf": [{"type": "string"}, {"type": "integer"}]}),
    }
}

/// Puts in twenty schemas, many of which want names that are taken.
fn schemas(document: &mut Value, names: &[String], dice: &mut Dice) {
    let types: Vec<&str> = names
        .iter()
        .filter_map(|name| name.strip_prefix("types::"))
        .filter(|name| name.chars().all(|c| c.is_ascii_alphanumeric()))
        .collect();
    let components = object(document, "components");
    let schemas = components.entry("schemas").or_insert_with(|| json!({})).as_object_mut().unwrap();
    for _ in 0..20 {
        let spelled = respelled(dice.of(&types).copied().unwrap_or("Thing"), dice);
        let made = schema(dice);
        schemas.entry(spelled).or_insert(made);
    }
}

/// Puts in twenty operations that want names that are taken, in old and new resources, and parameters, answers and media types in
/// those that are there.
fn operations(document: &mut Value, names: &[String], dice: &mut Dice) {
    let methods: Vec<(String, String)> = names
        .iter()
        .filter_map(|name| name.strip_prefix("client")?.rsplit_once('.'))
        .filter(|(_, method)| !method.contains('('))
        .map(|(way, method)| (way.replace("()", "").trim_start_matches('.').to_owned(), method.to_owned()))
        .collect();
    let setters: Vec<&str> = names
        .iter()
        .filter(|name| !name.starts_with("types::"))
        .filter_map(|name| name.rsplit("::").next())
        .collect();
    let paths = object(document, "paths");
    // where nothing is called, what is sent by the server is there without a feature
    if !paths.values().any(Value::is_object) {
        return;
    }
    for item in paths.values_mut().filter_map(Value::as_object_mut) {
        for (_, operation) in
            item.iter_mut().filter(|(key, _)| ["get", "post", "put"].contains(&key.as_str()))
        {
            if dice.below(2) == 0 {
                enrich(operation, &setters, dice);
            }
        }
    }
    for at in 0..20 {
        let (way, method) = dice.of(&methods).cloned().unwrap_or_default();
        let tag = match dice.below(4) {
            0 => format!("{way}.{method}"),
            1 => respelled(&way, dice),
            _ => way.clone(),
        };
        let id = match dice.below(3) {
            0 => method.clone(),
            1 => format!("{}_{method}", way.replace('.', "_")),
            _ => respelled(&method, dice),
        };
        let mut operation = json!({
            "operationId": format!("{id}{}", if dice.below(2) == 0 { " " } else { "-" }.repeat(at + 1)),
            "responses": {"200": {"description": "ok", "content": {"application/json": {"schema": schema(dice)}}}},
        });
        if !tag.trim_matches('.').is_empty() && dice.below(5) > 0 {
            operation["tags"] = json!([tag.trim_matches('.')]);
        }
        enrich(&mut operation, &setters, dice);
        paths.insert(format!("/inserted/{at}"), json!({ "post": operation }));
    }
}

/// Puts parameters and answers into an operation.
fn enrich(operation: &mut Value, setters: &[&str], dice: &mut Dice) {
    let parameters = operation.as_object_mut().unwrap().entry("parameters").or_insert_with(|| json!([]));
    for location in ["query", "header", "cookie"] {
        let name = respelled(dice.of(setters).copied().unwrap_or("limit"), dice);
        let known = |one: &Value| one["name"].as_str().is_some_and(|known| known.eq_ignore_ascii_case(&name));
        let list = parameters.as_array_mut().unwrap();
        if !list.iter().any(known) && name.is_ascii() && !name.to_lowercase().contains("idempotency") {
            list.push(json!({"name": name, "in": location, "schema": schema(dice)}));
        }
    }
    let responses = object(operation, "responses");
    let answer = json!({"description": "odd", "content": {"application/json": {"schema": schema(dice)}}});
    if responses.keys().any(|status| status.starts_with('2')) {
        responses.entry("418").or_insert(answer);
    }
}

/// Puts members into components that want the names of setters.
fn members(document: &mut Value, names: &[String], dice: &mut Dice) {
    let calls: Vec<&str> = names
        .iter()
        .filter_map(|name| name.strip_prefix("types::")?.strip_suffix("()")?.rsplit("::").next())
        .filter(|name| name.starts_with("set_") || name.starts_with("clear_"))
        .collect();
    let components = object(document, "components");
    let schemas = components.entry("schemas").or_insert_with(|| json!({})).as_object_mut().unwrap();
    for schema in schemas.values_mut().filter(|schema| schema["type"] == "object") {
        let Some(members) = schema.get_mut("properties").and_then(Value::as_object_mut) else { continue };
        let own: Vec<String> = members.keys().cloned().collect();
        for _ in 0..3 {
            let name = match dice.below(3) {
                0 => dice.of(&calls).map_or_else(|| "set_new".to_owned(), |name| (*name).to_owned()),
                1 => format!("clear_{}", dice.of(&own).map_or("x", String::as_str)),
                _ => format!("set_{}", dice.of(&own).map_or("x", String::as_str)),
            };
            members.entry(name).or_insert_with(|| json!({"type": ["string", "null"]}));
        }
    }
}
