//! The other commands, and the command line itself.

use expect_test::expect;

use crate::world::World;

#[test]
fn help_documents_the_exit_codes_everywhere() {
    let world = World::new("help");
    for command in ["codegen", "ir", "lint", "explain", "ci"] {
        let ran = world.run(&[command, "--help"]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{command}");
        assert!(ran.out.contains("Exit codes:") && ran.out.contains("--quiet"), "{}", ran.out);
    }
    assert!(world.run(&["--help"]).out.contains("Exit codes:"));
}

#[test]
fn a_command_line_without_sense_is_exit_2() {
    let world = World::new("usage");
    assert_eq!(world.run(&["codegne"]).code, 2);
    assert_eq!(world.run(&["codegen", "--nope"]).code, 2);
    world.write("a.yaml", "openapi: 3.1.0\n");
    let ran = world.run(&["codegen", "--spec", world.path("a.yaml").to_str().unwrap()]);
    assert_eq!(ran.code, 2);
    expect![[r#"
        error: a document of your own needs a folder of its own
          = help: say where the SDK goes by `--out DIR`
    "#]]
    .assert_eq(&ran.err);
    let ran = world.run(&["explain", "keyword-ignore"]);
    assert_eq!(ran.code, 2);
    expect![[r#"
        error: no diagnostic is called `keyword-ignore`
          = help: did you mean `keyword-ignored`?
    "#]]
    .assert_eq(&ran.err);
}

#[test]
fn explain_tells_cause_and_cure() {
    let world = World::new("explain");
    expect![[r#"
        error[duplicate-key]

        A mapping has the same key twice; only one of the two could be used.

        Readers differ in which one they take, so the document means different things to different tools. Merge the two, or
        rename one.

        It is an error: nothing is written while it stands.
    "#]].assert_eq(&world.run(&["explain", "duplicate-key"]).out);
    let list = world.run(&["explain"]).out;
    assert!(list.lines().count() > 20 && list.contains("untyped "), "{list}");
}

#[test]
fn lint_goes_through_all_documents() {
    let world = World::new("lint");
    world.write("a.yaml", "openapi: 3.2.0\n").write("b.json", "{\"openapi\": \"3.1.0\", \"a\": 1, \"a\": 2}");
    let files = ["a.yaml", "nope.yaml", "b.json"].map(|file| world.path(file).display().to_string());
    let ran = world.run(&["lint", &files[0], &files[1], &files[2]]);
    assert_eq!(ran.code, 1);
    expect![[r#"
        warning[newer-version]: OpenAPI 3.2.0 is read as 3.1
         --> ROOT/a.yaml:1:10
          |
        1 | openapi: 3.2.0
          |          ^^^^^
          |
          = at: #/openapi
          = help: what is new in it is reported where it occurs, and has no effect

        error[duplicate-key]: the key `a` stands twice in one mapping
         --> ROOT/b.json:1:30
          |
        1 | {"openapi": "3.1.0", "a": 1, "a": 2}
          |                      ---     ^^^ again here
          |                      |
          |                      first here
          |
          = at: #/a
          = help: merge the two, or rename one

    "#]]
    .assert_eq(&ran.out);
    expect![[r#"
        ROOT/a.yaml: 1 warning
        error: cannot read `ROOT/nope.yaml`: there is no such file
          = help: check the path; it is relative to the folder you are in
        ROOT/b.json: 1 error
    "#]]
    .assert_eq(&ran.err);
    let ran = world.run(&["lint", "--quiet", "--format", "json", &files[2]]);
    let line: serde_json::Value = serde_json::from_str(ran.out.trim()).unwrap();
    assert_eq!(
        (line["code"].as_str(), line["primary"]["column"].as_u64()),
        (Some("duplicate-key"), Some(30))
    );
    assert_eq!(ran.err, "");
}
