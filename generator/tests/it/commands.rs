//! The other commands, and the command line itself.

use expect_test::expect;

use crate::world::World;

#[test]
fn help_documents_the_exit_codes_everywhere() {
    let world = World::new("help");
    for command in ["codegen", "ir", "lint", "explain", "ledger", "diff", "sync"] {
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
        error: the folder of the SDK is missing
          = help: add `--out DIR`, or `dir` under `[output]` in `sdk.toml`
    "#]]
    .assert_eq(&ran.err);
    let ran = world.run(&["explain", "keyword-ignore"]);
    assert_eq!(ran.code, 2);
    expect![[r#"
        error: unknown diagnostic `keyword-ignore`
          = help: did you mean `keyword-ignored`?
    "#]]
    .assert_eq(&ran.err);
}

#[test]
fn explain_tells_cause_and_cure() {
    let world = World::new("explain");
    expect![[r#"
        warning[duplicate-key]

        A mapping has the same key twice.

        Parsers differ in which of the two they use, so the document means different things to different tools. The last
        one is used.

        Fix: merge the two entries, or rename one.

        For example:

            warning[duplicate-key]: the key `/a` occurs twice in a mapping
             --> spec.yaml:7:3
              |
            5 |   /a: {get: {responses: {'204': {description: done}}}}
              |   -- first declared here
            6 |   /b: {}
            7 |   /a: {}
              |   ^^ again here
              |
              = at: #/paths/~1a
              = help: the last one is used; merge them, or rename one

        It is a warning. `duplicate-key = "allow"` or `duplicate-key = "deny"` under `[lints]` in `sdk.toml` changes that.
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
        warning[sloppy]: an OpenAPI document needs `info`, which is missing
         --> ROOT/a.yaml:1:1
          |
        1 | openapi: 3.2.0
          | ^^^^^^^^^^^^^^
          |
          = help: it is read as `{"title":"API","version":""}`; add `info`

        warning[newer-version]: OpenAPI 3.2.0 is read as 3.1
         --> ROOT/a.yaml:1:10
          |
        1 | openapi: 3.2.0
          |          ^^^^^
          |
          = at: #/openapi
          = help: change the version to `3.1.0` unless the document needs 3.2; what has no effect is reported where it occurs

        warning[sloppy]: an OpenAPI document needs `info`, which is missing
         --> ROOT/b.json:1:1
          |
        1 | {"openapi": "3.1.0", "a": 1, "a": 2}
          | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          |
          = help: it is read as `{"title":"API","version":""}`; add `info`

        warning[keyword-unknown]: `a` is not a keyword of an OpenAPI document, and has no effect
         --> ROOT/b.json:1:22
          |
        1 | {"openapi": "3.1.0", "a": 1, "a": 2}
          |                      ^^^
          |
          = at: #/a
          = help: remove it, or rename it to `x-a`

        warning[duplicate-key]: the key `a` occurs twice in a mapping
         --> ROOT/b.json:1:30
          |
        1 | {"openapi": "3.1.0", "a": 1, "a": 2}
          |                      ---     ^^^ again here
          |                      |
          |                      first declared here
          |
          = at: #/a
          = help: the last one is used; merge them, or rename one

    "#]]
    .assert_eq(&ran.out);
    expect![[r#"
        ROOT/a.yaml: 2 warnings
        error: cannot read `ROOT/nope.yaml`: no such file
          = help: check the path, which is relative to the current folder
        ROOT/b.json: 3 warnings
    "#]]
    .assert_eq(&ran.err);
    let ran = world.run(&["lint", "--quiet", "--format", "json", &files[2]]);
    let mut lines = ran.out.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let line = lines.find(|line| line["code"] == "duplicate-key").unwrap();
    assert_eq!((line["severity"].as_str(), line["primary"]["column"].as_u64()), (Some("warning"), Some(30)));
    assert_eq!(ran.err, "");
}

const CONFIG: &str = "spec = \"api.yaml\"\n";
const SPEC: &str = "openapi: 3.2.0\ninfo: {title: Empty, version: '1'}\npaths: {}\n";

#[test]
fn codegen_writes_once_and_check_agrees() {
    let world = World::new("codegen");
    world.write("spec/sdk.toml", CONFIG).write("spec/api.yaml", SPEC);
    let stale = world.run(&["codegen", "--check"]);
    assert_eq!(stale.code, 1);
    assert!(stale.out.contains("missing: spec/report.txt"), "{}", stale.out);
    assert!(stale.err.contains("run `cargo xtask codegen`"), "{}", stale.err);
    assert!(!world.path("spec/report.txt").exists());

    let first = world.run(&["codegen"]);
    assert_eq!((first.code, first.err.as_str()), (0, ""));
    assert_eq!(first.out.lines().count(), 1, "{}", first.out);
    assert!(first.out.contains(" written, 0 unchanged, 0 removed, "), "{}", first.out);
    let report = world.read("spec/report.txt");
    assert!(report.contains("api.yaml:1:10: OpenAPI 3.2.0 is read as 3.1 [#/openapi]"), "{report}");

    let before = world.snapshot();
    let second = world.run(&["codegen"]);
    assert!(second.out.contains(": 0 files written, "), "{}", second.out);
    assert_eq!(world.run(&["codegen", "--check"]).code, 0);
    assert_eq!(world.run(&["codegen", "--check", "--quiet"]).out, "");
    assert_eq!(world.snapshot(), before);
}

#[test]
fn codegen_neither_overlooks_nor_overwrites_a_hand_edit() {
    let world = World::new("hand-edit");
    world.write("spec/sdk.toml", CONFIG).write("spec/api.yaml", SPEC);
    assert_eq!(world.run(&["codegen"]).code, 0);
    let report = world.read("spec/report.txt");
    world.write("spec/report.txt", report.replace("3.2.0 is read", "3.2.0 was read"));
    let before = world.snapshot();

    let check = world.run(&["codegen", "--check"]);
    assert_eq!(check.code, 1);
    assert!(check.out.contains("\n-  api.yaml:1:10: OpenAPI 3.2.0 was read"), "{}", check.out);
    assert!(check.out.contains("\n+  api.yaml:1:10: OpenAPI 3.2.0 is read"), "{}", check.out);
    let refused = world.run(&["codegen"]);
    assert_eq!((refused.code, refused.out.as_str()), (1, ""));
    expect![[r#"
        error: `spec/report.txt` was edited after it was generated
          = help: make the change in the generator or in `sdk.toml`; `--force` overwrites the file
        error: 1 file in the way; nothing was written
    "#]]
    .assert_eq(&refused.err);
    assert_eq!(world.snapshot(), before);

    assert_eq!(world.run(&["codegen", "--force"]).code, 0);
    assert_eq!(world.read("spec/report.txt"), report);
}

#[test]
fn lints_of_the_config_deny() {
    let world = World::new("deny");
    let config = format!("{CONFIG}[lints]\nnewer-version = \"deny\"\n");
    world.write("spec/sdk.toml", config).write("spec/api.yaml", SPEC);
    let ran = world.run(&["codegen"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.starts_with("error[newer-version]"), "{}", ran.err);
    world.write("spec/sdk.toml", format!("{CONFIG}[lints]\nnewer-version = \"allow\"\n"));
    assert_eq!(world.run(&["codegen"]).code, 0);
    assert!(
        world.read("spec/report.txt").ends_with("allowed by sdk.toml, not listed:\n  newer-version: 1\n")
    );
}

#[test]
fn the_ledger_sums_up() {
    let world = World::new("ledger");
    let text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\nx-own: [1]\ncomponents: {schemas: {A: {}}}\n";
    let file = world.write("a.yaml", text).path("a.yaml").display().to_string();
    let ran = world.run(&["ledger", "--spec", &file]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for line in [
        "a.yaml: 11 nodes = 9 used + 0 recorded + 2 ignored + 0 unaccounted\n",
        "x-own of OpenAPI document                            0         0         2\n",
        "        2 it is an extension that the generator does not know\n",
        "1 × the schema does not say its type\n  a.yaml:5: #/components/schemas/A\n",
    ] {
        assert!(ran.out.contains(line), "{}", ran.out);
    }
    let json = world.run(&["ledger", "--spec", &file, "--format", "json"]).out;
    assert!(json.contains(r#""unaccounted":[]"#) && json.contains(r#""line":5"#), "{json}");
}

#[test]
fn the_lock_and_the_report_are_those_of_the_configuration() {
    let world = World::new("other-config");
    let api = |title: &str| {
        format!(
            "openapi: 3.0.3\ninfo: {{title: {title}, version: '1'}}\nservers: [{{url: 'https://a.example'}}]\npaths: {{}}\ncomponents: {{schemas: {{Pet: {{type: object, properties: {{a: {{}}}}}}}}}}\n"
        )
    };
    world.write("spec/sdk.toml", "spec = \"api.yaml\"\n").write("spec/api.yaml", api("Shop"));
    world.write("my/sdk.toml", "spec = \"my.yaml\"\n").write("my/my.yaml", api("Mine"));
    assert_eq!(world.run(&["codegen"]).code, 0);
    // A name that only this workspace's lock knows.
    let lock = world.read("spec/names.lock").replace("Pet", "Animal");
    let body = lock.split_once('\n').unwrap().1.to_owned();
    world.write("spec/names.lock", body);
    let before = world.snapshot();
    let (config, out) = (world.path("my/sdk.toml"), world.path("out"));
    let args = ["codegen", "--config", config.to_str().unwrap()];
    let ran = world.run(&args);
    assert!(ran.code == 2 && ran.err.contains("--out DIR"), "{}", ran.err);
    assert_eq!(before, world.snapshot());
    let args = [&args[..], &["--out", out.to_str().unwrap()]].concat();
    let ran = world.run(&args);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let after = world.snapshot();
    assert!(before.iter().all(|(path, text)| after[path] == *text), "files of this workspace changed");
    assert!(world.read("my/names.lock").contains("Pet") && !world.read("my/names.lock").contains("Animal"));
    assert!(world.read("my/report.txt").contains("from my.yaml"), "{}", world.read("my/report.txt"));
    assert_eq!(world.run(&[&args[..], &["--check"]].concat()).code, 0);
}
