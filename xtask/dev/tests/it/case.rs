//! `cargo xtask dev case` without the compiler, which takes more than a test should.

use crate::world::World;

const SPEC: &str = "\
# What a thing is.
openapi: 3.1.0
info: {title: Things, version: 1.0.0}
paths:
  /things:
    get:
      operationId: list
      tags: [things]
      responses:
        '200': {description: Fine., content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}
components: {schemas: {Thing: {type: object, required: [id], properties: {id: {type: string}}}}}
";

fn world(name: &str) -> World {
    let world = World::new(name);
    world.write("tests/cases/things/spec.yaml", SPEC).write("docs/mapping.md", "| a | b | `other` |\n");
    world
}

#[test]
fn a_new_case_gets_its_goldens_and_is_told_what_it_lacks() {
    let world = world("case-new");
    let ran = world.run(&["case", "things", "--no-compile"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.err.contains("`out/src/types/things.rs` is new"), "{}", ran.err);
    assert!(ran.err.contains("`cargo xtask dev case things --update`"), "{}", ran.err);
    assert!(!world.path("tests/cases/things/out").exists());

    // A path will do, as the shell completes it.
    let ran = world.run(&["case", "tests/cases/things/", "--no-compile", "--update"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    for told in [
        "updated: `out/src/types/things.rs` is new",
        "to do: no body for `Thing`: add `body.Thing.1.json`",
        "to do: operations without `requests.http`: run `UPDATE_EXPECT=1 cargo test -p tests --test it requests`",
        "to do: no row of `docs/mapping.md` names `things`",
    ] {
        assert!(ran.out.contains(told), "{told}: {}", ran.out);
    }
    // What every SDK has is no golden unless somebody wants it.
    assert!(!world.path("tests/cases/things/out/Cargo.toml").exists());

    world
        .write("tests/cases/things/body.Thing.1.json", "{\"id\": \"a\"}")
        .write("tests/cases/things/requests.http", "GET /things\n")
        .write("docs/mapping.md", "| a | b | `things/things.rs: pub id` |\n");
    let ran = world.run(&["case", "things", "--no-compile"]);
    assert_eq!((ran.code, ran.err.as_str(), ran.out.as_str()), (0, "", "the goldens are up to date\n"));
    world.write("tests/cases/things/spec.yaml", SPEC.replace("/things:", "/all-things:"));
    let ran = world.run(&["case", "things", "--no-compile", "--update"]);
    assert!(ran.out.contains("to do: the requests may have changed, too"), "{}", ran.out);
}

#[test]
fn what_no_case_should_be_is_refused() {
    let world = world("case-wrong");
    let ran = world.run(&["case", "thing"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.err.contains("the case `thing` does not exist") && ran.err.contains("did you mean `things`?"),
        "{}",
        ran.err
    );

    world.write("tests/cases/bad-things/spec.yaml", SPEC);
    let ran = world.run(&["case", "bad-things", "--update"]);
    assert!(ran.code == 1 && ran.err.contains("the document of `bad-things` was not refused"), "{}", ran.err);
    assert!(!world.path("tests/cases/bad-things/out").exists());

    world.write("tests/cases/things/spec.yaml", "# No document.\nopenapi: [\n");
    let ran = world.run(&["case", "things", "--update"]);
    assert!(ran.code == 1 && ran.err.contains("the document of `things` was refused"), "{}", ran.err);
    assert!(ran.err.contains("\n --> spec.yaml:2:"), "{}", ran.err);
}
