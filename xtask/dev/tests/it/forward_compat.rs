//! `cargo xtask dev forward-compat`: bodies of a document go through the built types of another.

use std::path::Path;

use crate::world::World;

const OLD: &str = "\
openapi: 3.1.0
info: {title: Shop, version: '1'}
servers: [{url: 'https://shop.example'}]
paths:
  /things/{id}:
    get:
      operationId: things_get
      tags: [things]
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}
components:
  schemas:
    Thing: {type: object, required: [id, size], properties: {id: {type: string}, size: {type: integer}, color: {type: string, enum: [red, blue]}}}
";

/// One workspace for all: what the types depend on is built once.
#[test]
fn announced_failures_are_not_broken_promises() {
    let world = World::new("forward-compat");
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.lock");
    world.write("Cargo.lock", std::fs::read(lock).unwrap());
    let cache = World::cache().display().to_string();
    let path = |file: &str| world.path(file).display().to_string();
    let run = |new: String, more: &[&str]| {
        world.write("old.yaml", OLD).write("new.yaml", new);
        let (old, new) = (path("old.yaml"), path("new.yaml"));
        let args = ["forward-compat", &old, &new, "--cache", &cache];
        world.run(&[&args[..], more].concat())
    };

    let grown =
        OLD.replace("[red, blue]", "[red, blue, grey]").replace("color:", "weight: {type: number}, color:");
    let ran = run(grown, &[]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    assert!(ran.out.contains(" 0 with loss, 0 refused; 0 announced, 0 broken promises"), "{}", ran.out);

    let moved =
        OLD.replace("/things/{id}", "/stock/{id}").replace("size: {type: integer}", "size: {type: string}");
    let ran = run(moved.clone(), &[]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    assert!(ran.out.contains("`size`: expected an integer, found a string"), "{}", ran.out);
    assert!(ran.out.contains("types::Thing::size is `String`, not `i64` [field-retyped]"), "{}", ran.out);
    assert!(ran.out.contains("/paths/~1stock~1{id}/get/responses/200"), "{}", ran.out);

    let json = run(moved, &["--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!((&json["schemas"], &json["promised"]), (&2.into(), &0.into()), "{json:#}");
    assert_eq!(json["failures"][0]["announced_by"]["kind"], "field-retyped");
    let count = |key: &str| json[key].as_u64().unwrap();
    assert_eq!(count("equal") + count("lost") + count("refused"), count("bodies"));
    assert!(count("refused") > 0 && count("refused") == count("announced"));

    let broken = run("openapi: [".to_owned(), &[]);
    assert!(broken.code == 1 && broken.err.contains("error[syntax]"), "{}", broken.err);
}
