//! `learn`: recordings of both kinds, formats, exit codes, and what `--write` leaves behind.

use crate::world::{Ran, World};

const DOCUMENT: &str = "openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: https://pets.example.com}]
paths:
  /pets/{id}:
    get:
      operationId: getPet
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        '200': {description: A pet, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
components:
  schemas:
    Pet: {type: object, required: [name], properties: {name: {type: string}, kind: {type: string, enum: [cat]}, key: {type: string, enum: [a]}}}
";

const HAR: &str = r#"{"log": {"version": "1.2", "entries": [
  {"request": {"method": "GET", "url": "https://pets.example.com/pets/1", "headers": [{"name": "authorization", "value": "Bearer s3cr3t-of-mine"}]},
   "response": {"status": 200, "content": {"mimeType": "application/json", "text": "{\"kind\": \"dog\", \"key\": \"s3cr3t-of-mine\"}"}}},
  {"request": {"method": "GET", "url": "https://elsewhere.example.com/x"}, "response": {"status": 200, "content": {}}}
]}}"#;

fn world(name: &str) -> World {
    let world = World::new(name);
    world.write("api.yaml", DOCUMENT).write("traffic.har", HAR);
    world.write("sdk.toml", "# mine\nspec = \"api.yaml\"\n").write("bodies/get.200.json", "{\"name\": null}");
    world.write("bodies/INDEX.tsv", "file\toperation\tdirection\nget.200.json\tGET /pets/{id}\tresponse\n");
    world
}

fn learn(world: &World, from: &str, args: &[&str]) -> Ran {
    let path = |name: &str| world.path(name).display().to_string();
    world.run(&[&["learn", "--from", &path(from), "--config", &path("sdk.toml")], args].concat())
}

#[test]
fn differences_are_shown_in_the_document_with_their_fixups() {
    let world = world("learn-text");
    let ran = learn(&world, "traffic.har", &[]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    for text in [
        "error[drift]: `name` is required, but missing in the only value",
        "api.yaml:13:35",
        "seen in traffic.har: entry 0 (GET /pets/{id} 200)",
        "warning[drift]: the value `dog` is not listed",
        "1 exchange of known operations, 0 of unknown ones, 1 of other servers; 1 body compared",
        "[[fixup]]\nat = \"/components/schemas/Pet/required\"\nremove = true\n",
    ] {
        assert!(ran.out.contains(text), "{text}\n{}", ran.out);
    }
    assert!(!ran.out.contains("s3cr3t") && !ran.err.contains("s3cr3t"), "{}", ran.out);
}

#[test]
fn fixups_are_appended_and_apply() {
    let world = world("learn-write");
    let ran = learn(&world, "traffic.har", &["--write", "--strict"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    assert!(ran.err.contains("wrote 3 fixups") && ran.err.contains("0 differences are left"), "{}", ran.err);
    let text = world.read("sdk.toml");
    assert!(text.starts_with("# mine\nspec = \"api.yaml\"\n\n# `name` is required"), "{text}");
    assert!(!text.contains("s3cr3t"));
    let again = learn(&world, "traffic.har", &["--format", "toml"]);
    assert_eq!((again.code, again.out.as_str()), (0, ""));
    // Another recording, later on.
    let more = learn(&world, "bodies", &["--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&more.out).unwrap();
    assert_eq!(json["findings"][0]["kind"], "null");
    assert_eq!(json["findings"][0]["at"], "#/components/schemas/Pet/properties/name");
    assert_eq!(json["findings"][0]["diagnostic"]["code"], "drift");
}

#[test]
fn what_is_not_a_recording_is_an_error() {
    let world = world("learn-wrong");
    world.write("x.har", "{\"a\": s3cr3t}").write("empty/x.json", "");
    let wrong = learn(&world, "x.har", &[]);
    assert_eq!(wrong.code, 1);
    assert!(
        wrong.err.contains("not JSON, at line 1 and column 7") && !wrong.err.contains("s3cr3t"),
        "{}",
        wrong.err
    );
    assert!(learn(&world, "empty", &[]).err.contains("INDEX.tsv"));
    let spec = world.path("api.yaml").display().to_string();
    let from = world.path("traffic.har").display().to_string();
    let nowhere = world.run(&["learn", "--from", &from, "--spec", &spec, "--write"]);
    assert!(nowhere.code == 1 && nowhere.err.contains("add `--config FILE`"), "{}", nowhere.err);
    assert_eq!(world.run(&["learn"]).code, 2);
}
