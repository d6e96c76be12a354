//! Misspelt keys of `sdk.toml`: they are shown before what follows from them.

use expect_test::{Expect, expect};

use crate::project::sdkgen;
use crate::world::World;

const API: &str = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\n";

/// Runs commands on a project, and compares what they say.
fn check(name: &str, config: &str, spec: &str, commands: &[(&str, Expect)]) {
    let world = World::new(name);
    world.write("repo/.git/HEAD", "").write("repo/sdk.toml", config).write("repo/api.yaml", spec);
    let before = world.snapshot();
    for (command, expected) in commands {
        let args: Vec<&str> = command.split(' ').collect();
        let ran = sdkgen(&world, "repo", &args);
        assert_eq!(ran.code, 1, "{command}: {}", ran.err);
        expected.assert_eq(&format!("{}{}", ran.out, ran.err));
    }
    assert_eq!(world.snapshot(), before);
}

#[test]
fn a_table_that_says_where_the_sdk_goes() {
    let config = "spec = \"api.yaml\"\n\n[ouput]\ndir = \"sdk\"\n";
    check(
        "typo-table",
        config,
        &API.replace("paths", "x: 1\npaths"),
        &[
            (
                "generate",
                expect![[r#"
            error[config]: unknown key `ouput` in `sdk.toml`
             --> sdk.toml:3:2
              |
            3 | [ouput]
              |  ^^^^^
              |
              = help: did you mean `output`?

            warning[keyword-unknown]: `x` is not a keyword of an OpenAPI document, and has no effect
             --> api.yaml:3:1
              |
            3 | x: 1
              | ^
              |
              = at: #/x
              = help: remove it, or rename it to `x-x`

            error: 1 error, 1 warning in `api.yaml`; nothing was written
            error: the folder of the SDK is missing
              = help: add `--out DIR`, or `dir` under `[output]` in `sdk.toml`
        "#]],
            ),
            (
                "check",
                expect![[r#"
            error[config]: unknown key `ouput` in `sdk.toml`
             --> sdk.toml:3:2
              |
            3 | [ouput]
              |  ^^^^^
              |
              = help: did you mean `output`?

            warning[keyword-unknown]: `x` is not a keyword of an OpenAPI document, and has no effect
             --> api.yaml:3:1
              |
            3 | x: 1
              | ^
              |
              = at: #/x
              = help: remove it, or rename it to `x-x`

            error: 1 error, 1 warning in `api.yaml`; nothing was written
            error: the folder of the SDK is missing
              = help: add `--out DIR`, or `dir` under `[output]` in `sdk.toml`
        "#]],
            ),
            (
                "sync",
                expect![[r#"
            error[config]: unknown key `ouput` in `sdk.toml`
             --> sdk.toml:3:2
              |
            3 | [ouput]
              |  ^^^^^
              |
              = help: did you mean `output`?

            error: `sdk.toml` does not say where the SDK is
              = help: add `dir = "sdk"` under `[output]`
        "#]],
            ),
        ],
    );
}

#[test]
fn a_key_that_says_where_the_sdk_goes() {
    let config = "spec = \"api.yaml\"\n[output]\ndri = \"sdk\"\n";
    check(
        "typo-key",
        config,
        API,
        &[(
            "generate",
            expect![[r#"
        error[config]: unknown key `dri` in `[output]`
         --> sdk.toml:3:1
          |
        3 | dri = "sdk"
          | ^^^
          |
          = help: did you mean `dir`?

        error: 1 error in `api.yaml`; nothing was written
        error: the folder of the SDK is missing
          = help: add `--out DIR`, or `dir` under `[output]` in `sdk.toml`
    "#]],
        )],
    );
}

/// Without a document, and with another misspelt key.
const NO_SPEC: &str = "spek = \"api.yaml\"\n[output]\ndir = \"sdk\"\n[clinet]\nenv = \"A\"\n";

#[test]
fn a_key_that_names_the_document() {
    let all = [
        (
            "generate",
            expect![[r#"
        error[config]: unknown key `spek` in `sdk.toml`
         --> sdk.toml:1:1
          |
        1 | spek = "api.yaml"
          | ^^^^
          |
          = help: did you mean `spec`?

        error[config]: unknown key `clinet` in `sdk.toml`
         --> sdk.toml:4:2
          |
        4 | [clinet]
          |  ^^^^^^
          |
          = help: did you mean `client`?

        error: `sdk.toml` names no document
          = help: add `spec = "openapi.yaml"`, or pass the document on the command line
    "#]],
        ),
        (
            "ir",
            expect![[r#"
        error[config]: unknown key `spek` in `sdk.toml`
         --> sdk.toml:1:1
          |
        1 | spek = "api.yaml"
          | ^^^^
          |
          = help: did you mean `spec`?

        error[config]: unknown key `clinet` in `sdk.toml`
         --> sdk.toml:4:2
          |
        4 | [clinet]
          |  ^^^^^^
          |
          = help: did you mean `client`?

        error: `sdk.toml` names no document
          = help: add `spec = "openapi.yaml"`, or pass the document on the command line
    "#]],
        ),
    ];
    check("typo-spec", NO_SPEC, API, &all);
}

#[test]
fn a_result_of_lint() {
    let all = [
        (
            "lint",
            expect![[r#"
        error[config]: unknown key `spek` in `sdk.toml`
         --> sdk.toml:1:1
          |
        1 | spek = "api.yaml"
          | ^^^^
          |
          = help: did you mean `spec`?

        error[config]: unknown key `clinet` in `sdk.toml`
         --> sdk.toml:4:2
          |
        4 | [clinet]
          |  ^^^^^^
          |
          = help: did you mean `client`?

        error: `sdk.toml` names no document
          = help: add `spec = "openapi.yaml"`, or pass the document on the command line
    "#]],
        ),
        (
            "lint --format github",
            expect![[r#"
        ::error file=sdk.toml,line=1,col=1,endLine=1,endColumn=5,title=config::unknown key `spek` in `sdk.toml`%0Ahelp: did you mean `spec`?
        ::error file=sdk.toml,line=4,col=2,endLine=4,endColumn=8,title=config::unknown key `clinet` in `sdk.toml`%0Ahelp: did you mean `client`?
        error: `sdk.toml` names no document
          = help: add `spec = "openapi.yaml"`, or pass the document on the command line
    "#]],
        ),
    ];
    check("typo-lint", NO_SPEC, API, &all);
}

#[test]
fn a_document_that_is_not_there() {
    let config = "spec = \"apy.yaml\"\n[output]\ndir = \"sdk\"\nlokc = \"names.lock\"\n";
    check(
        "typo-both",
        config,
        API,
        &[(
            "generate",
            expect![[r#"
        error[config]: unknown key `lokc` in `[output]`
         --> sdk.toml:4:1
          |
        4 | lokc = "names.lock"
          | ^^^^
          |
          = help: did you mean `lock`?

        error: cannot read `apy.yaml`: no such file
          = help: did you mean `api.yaml`?
    "#]],
        )],
    );
}

#[test]
fn a_table_that_says_where_new_versions_are() {
    let config =
        "spec = \"api.yaml\"\n[output]\ndir = \"sdk\"\n[upstraem]\nurl = \"https://api.example.com\"\n";
    check(
        "typo-upstream",
        config,
        API,
        &[(
            "sync",
            expect![[r#"
        error[config]: unknown key `upstraem` in `sdk.toml`
         --> sdk.toml:4:2
          |
        4 | [upstraem]
          |  ^^^^^^^^
          |
          = help: did you mean `upstream`?

        error: the origin of the document is missing
          = help: pass `--from`, or add `url = "https://…"` under `[upstream]` in `sdk.toml`
    "#]],
        )],
    );
}
