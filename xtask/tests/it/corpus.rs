//! `cargo xtask corpus` without the compiler, which needs more than a test should.

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
    assert!(ran.code == 1 && ran.err.contains("there is no document `odd`"), "{}", ran.err);
}
