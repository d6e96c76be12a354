//! Bad input: a diagnostic with place and advice, exit 1, and nothing on the disk is touched.

use expect_test::{Expect, expect};

use crate::world::World;

pub(crate) const CONFIG: &str = "spec = \"api.yaml\"\n";

/// The same with a kind of warning made an error.
fn denying(code: &str) -> String {
    format!("{CONFIG}[lints]\n{code} = \"deny\"\n")
}

/// Runs `codegen` on a workspace with these two files.
pub(crate) fn check(name: &str, config: &str, spec: impl AsRef<[u8]>, expected: Expect) {
    let world = World::new(name);
    world
        .write("spec/sdk.toml", config)
        .write("spec/api.yaml", spec)
        .write("generated/src/lib.rs", "// old\n");
    let told = refused(&world, &["codegen"]);
    expected.assert_eq(&told);
    assert_eq!(refused(&world, &["codegen", "--check"]), told);
}

pub(crate) fn refuses(world: &World, args: &[&str], expected: &Expect) {
    expected.assert_eq(&refused(world, args));
}

/// What is said by a command that does nothing else.
fn refused(world: &World, args: &[&str]) -> String {
    let before = world.snapshot();
    let ran = world.run(args);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert_eq!(world.snapshot(), before);
    ran.err
}

#[test]
fn a_missing_file() {
    let world = World::new("missing");
    world.write("spec/sdk.toml", "spec = \"apy.yaml\"\n").write("spec/api.yaml", "openapi: 3.1.0\n");
    refuses(
        &world,
        &["codegen"],
        &expect![[r#"
            error: cannot read `spec/apy.yaml`: no such file
              = help: did you mean `spec/api.yaml`?
        "#]],
    );
    let (spec, out) = (world.path("nope.yaml"), world.path("out"));
    let args = ["codegen", "--spec", spec.to_str().unwrap(), "--out", out.to_str().unwrap()];
    refuses(
        &world,
        &args,
        &expect![[r#"
            error: cannot read `ROOT/nope.yaml`: no such file
              = help: check the path, which is relative to the current folder
        "#]],
    );
    let folder = world.path("spec");
    let args = ["codegen", "--spec", folder.to_str().unwrap(), "--out", out.to_str().unwrap()];
    refuses(
        &world,
        &args,
        &expect![[r#"
            error: cannot read `ROOT/spec`: it is a folder
              = help: pass a file in it
        "#]],
    );
    refuses(
        &World::new("no-config"),
        &["codegen"],
        &expect![[r#"
            error: cannot read `spec/sdk.toml`: no such file
              = help: check the path, which is relative to the current folder
        "#]],
    );
}

#[test]
fn a_config_that_names_no_document() {
    let world = World::new("no-spec");
    world.write("spec/sdk.toml", "[package]\nname = \"x\"\n");
    refuses(
        &world,
        &["codegen"],
        &expect![[r#"
            error: `spec/sdk.toml` names no document
              = help: add `spec = "openapi.yaml"`, or pass the document on the command line
        "#]],
    );
    world.write("spec/sdk.toml", "spec = 1\n");
    refuses(
        &world,
        &["codegen"],
        &expect![[r#"
            error[config]: `spec` is a number, but must be a quoted string
             --> spec/sdk.toml:1:8
              |
            1 | spec = 1
              |        ^ expected a quoted string
              |
              = help: write a quoted string, or remove the line

            error: `spec/sdk.toml` names no document
              = help: add `spec = "openapi.yaml"`, or pass the document on the command line
        "#]],
    );
}

#[test]
fn no_openapi() {
    check(
        "no-openapi",
        CONFIG,
        "name: CI\non: [push]\n",
        expect![[r#"
            error[not-openapi]: this is not an OpenAPI document: `openapi` is missing
             --> spec/api.yaml:1:1
              |
            1 | name: CI
              | ^^^^^^^^
              |
              = help: begin the document with `openapi: 3.0.x` or `openapi: 3.1.x`

            error: 1 error in `spec/api.yaml`; nothing was written
        "#]],
    );
    check(
        "swagger",
        CONFIG,
        "swagger: '2.0'\ninfo: {title: Old, version: '1'}\npaths: {}\n",
        expect![[r#"
        error[swagger-2]: this is a Swagger 2.0 document, not OpenAPI 3
         --> spec/api.yaml:1:10
          |
        1 | swagger: '2.0'
          |          ^^^^^
          |
          = at: #/swagger
          = help: convert it to OpenAPI 3 first, for instance with `swagger2openapi`

        error: 1 error in `spec/api.yaml`; nothing was written
    "#]],
    );
    check(
        "empty",
        CONFIG,
        "",
        expect![[r#"
            error[not-openapi]: the document is empty
             --> spec/api.yaml:1:1
              |
            1 |
              | ^
              |
              = help: pass a file that begins with `openapi: 3.0.x` or `openapi: 3.1.x`

            error: 1 error in `spec/api.yaml`; nothing was written
        "#]],
    );
}

#[test]
fn a_duplicate_key() {
    let text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n  /a: {}\n  /a: {}\n";
    check(
        "duplicate",
        &denying("duplicate-key"),
        text,
        expect![[r#"
            error[duplicate-key]: the key `/a` occurs twice in a mapping
             --> spec/api.yaml:5:3
              |
            4 |   /a: {}
              |   -- first declared here
            5 |   /a: {}
              |   ^^ again here
              |
              = at: #/paths/~1a
              = help: the last one is used; merge them, or rename one

            error: 1 error in `spec/api.yaml`; nothing was written
        "#]],
    );
}

#[test]
fn an_unresolved_reference() {
    let text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    get:\n      operationId: a\n      responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Cats'}}}}}\ncomponents:\n  schemas:\n    Cat: {type: string}\n";
    check(
        "unresolved",
        &denying("unresolved-ref"),
        text,
        expect![[r#"
            error[unresolved-ref]: reference `#/components/schemas/Cats` does not resolve
             --> spec/api.yaml:7:88
              |
            7 |       responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Cats'}}}}}
              |                                                                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: #/paths/~1a/get/responses/200/content/application~1json/schema/$ref
              = help: it is ignored; did you mean `#/components/schemas/Cat`?

            error: 1 error in `spec/api.yaml`; nothing was written
        "#]],
    );
}

#[test]
fn a_duplicate_operation_id() {
    let operation = "{operationId: get_a, responses: {'204': {description: ok}}}";
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:\n  /a:\n    get: {operation}\n  /b:\n    get: {operation}\n"
    );
    check(
        "twice",
        &denying("duplicate-operation-id"),
        text,
        expect![[r#"
            error[duplicate-operation-id]: the operationId `get_a` is used twice
             --> spec/api.yaml:7:24
              |
            5 |     get: {operationId: get_a, responses: {'204': {description: ok}}}
              |           ----------- first used here
            6 |   /b:
            7 |     get: {operationId: get_a, responses: {'204': {description: ok}}}
              |                        ^^^^^
              |
              = at: #/paths/~1b/get/operationId
              = help: the methods are named by their routes; give each operation its own `operationId`

            error: 1 error in `spec/api.yaml`; nothing was written
        "#]],
    );
}

#[test]
fn an_unknown_key_of_the_config() {
    let text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\n";
    check(
        "unknown-key",
        "spec = \"api.yaml\"\n[pakage]\nname = \"x\"\n",
        text,
        expect![[r#"
        error[config]: unknown key `pakage` in `sdk.toml`
         --> spec/sdk.toml:2:2
          |
        2 | [pakage]
          |  ^^^^^^
          |
          = help: did you mean `package`?

        error: 1 error in `spec/api.yaml`; nothing was written
    "#]],
    );
}

#[test]
fn a_fixup_that_does_not_apply() {
    let text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\n";
    let config = "spec = \"api.yaml\"\n\n[[fixup]]\nat = \"/info/titel\"\nremove = true\nreason = \"test\"\n";
    check(
        "fixup",
        config,
        text,
        expect![[r#"
            error[fixup-unused]: `/info/titel` does not exist: there is no `titel`
             --> spec/sdk.toml:4:6
              |
            4 | at = "/info/titel"
              |      ^^^^^^^^^^^^^
              |
              = help: did you mean `title`? (the reason was: test)

            error: 1 error in `spec/api.yaml`; nothing was written
        "#]],
    );
}

#[test]
fn problems_of_both_files_come_out_in_one_run() {
    let config = "spec = \"api.yaml\"\nzebra = 1\n";
    check(
        "both",
        config,
        "openapi: 3.1.0\nx: 1\nx: 2\n",
        expect![[r#"
            error[config]: unknown key `zebra` in `sdk.toml`
             --> spec/sdk.toml:2:1
              |
            2 | zebra = 1
              | ^^^^^
              |
              = help: use one of `spec`, `overlays`, `package`, `client`, `output`, `upstream`, `names`, `operation_identity`, `operations`, `include`, `exclude`, `fields`, `variants`, `resources`, `replace`, `numbers`, `uploads`, `arguments`, `waits`, `paging`, `streams`, `fixup`, `lints`, `formats`

            warning[sloppy]: an OpenAPI document needs `info`, which is missing
             --> spec/api.yaml:1:1
              |
            1 | openapi: 3.1.0
              | ^^^^^^^^^^^^^^
              |
              = help: it is read as `{"title":"API","version":""}`; add `info`

            warning[keyword-unknown]: `x` is not a keyword of an OpenAPI document, and has no effect
             --> spec/api.yaml:2:1
              |
            2 | x: 1
              | ^
              |
              = at: #/x
              = help: remove it, or rename it to `x-x`

            warning[duplicate-key]: the key `x` occurs twice in a mapping
             --> spec/api.yaml:3:1
              |
            2 | x: 1
              | - first declared here
            3 | x: 2
              | ^ again here
              |
              = at: #/x
              = help: the last one is used; merge them, or rename one

            error: 1 error, 3 warnings in `spec/api.yaml`; nothing was written
        "#]],
    );
}
