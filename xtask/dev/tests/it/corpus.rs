//! `cargo xtask dev corpus` without the compiler, which needs more than a test should.

use crate::world::World;

const GOOD: &str = "\
openapi: 3.1.0
info: {title: Good, version: 1.0.0}
paths:
  /things:
    get:
      responses:
        '200': {description: Fine., content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}
components: {schemas: {Thing: {type: object, properties: {id: {type: string}}}}}
";

#[test]
fn a_document_that_fails_does_not_stop_the_others() {
    let world = World::new("corpus-table");
    world
        .write("in/bad.yaml", "openapi: 3.1.0\ninfo: [\n")
        .write("in/good.yaml", GOOD)
        .write("in/notes.txt", "");
    let (folder, cache) = (world.path("in").display().to_string(), world.path("cache").display().to_string());
    let ran = world.run(&["corpus", &folder, "--cache", &cache, "--jobs", "2"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    let rows: Vec<Vec<&str>> = ran.out.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!((rows[1][0], rows[2][0], rows[2][1], rows[2][2]), ("bad", "good", "1", "1"));
    assert!(rows[1].contains(&"failed") && ran.out.contains("2 documents, 1 with problems"), "{}", ran.out);
    assert!(ran.err.contains("bad: refused") && ran.err.contains("error[syntax]"), "{}", ran.err);
    assert!(world.path("cache/good/sdk/src/lib.rs").is_file());
    let json: serde_json::Value = serde_json::from_str(&world.read("cache/corpus.json")).unwrap();
    assert_eq!((&json[1]["document"], &json[1]["operations"]), (&"good".into(), &1.into()));

    // An index chooses, and so does the command line; what is well ends well.
    world.write("in/INDEX.tsv", "name\tbytes\ngood\t1\n");
    let ran = world.run(&["corpus", &folder, "--cache", &cache]);
    assert_eq!((ran.code, ran.out.lines().count()), (0, 3), "{}", ran.err);
    let ran = world.run(&["corpus", &folder, "--cache", &cache, "--only", "odd"]);
    assert!(ran.code == 1 && ran.err.contains("the document `odd` is not in"), "{}", ran.err);
}

#[test]
fn names_are_judged() {
    let world = World::new("corpus-names");
    let long = format!("{GOOD}    ThingThing: {{type: object, properties: {{id_2: {{type: string}}}}}}\n")
        .replace(
            "components: {schemas: {Thing: {type: object, properties: {id: {type: string}}}}}\n",
            "components:\n  schemas:\n    Thing: {type: object, properties: {id: {type: string}}}\n",
        );
    world.write("in/good.yaml", &long).write("in/odd.yaml", "openapi: 3.1.0\ninfo: [\n");
    let (folder, cache) = (world.path("in").display().to_string(), world.path("cache").display().to_string());
    let ran = world.run(&["corpus", &folder, "--names", "--cache", &cache]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    let rows: Vec<Vec<&str>> = ran.out.lines().map(|line| line.split_whitespace().collect()).collect();
    // two types, two fields and a method, of which one type says a word twice
    assert_eq!(rows[1], ["good", "5", "0", "1", "0", "1", "20.00", "%"]);
    assert_eq!(rows[3], ["all", "types", "2", "0", "1", "0", "1", "50.00", "%"]);
    assert!(ran.err.contains("odd: refused"), "{}", ran.err);
    let json: serde_json::Value = serde_json::from_str(&world.read("cache/names.json")).unwrap();
    assert_eq!(json[0]["found"], serde_json::json!([{"name": "ThingThing", "faults": ["stutter"]}]));
    assert!(!world.path("cache/good").exists());
}
