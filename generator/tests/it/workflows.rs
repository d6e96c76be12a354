//! The scripts of the workflows, run in a repository of their own with programs that only keep what they were told.
#![cfg(unix)]

use std::path::Path;
use std::process::Command;

use crate::world::World;

/// A repository with the scripts, an SDK at version 0.1.0, and stand-ins for `cargo` and `gh` that write into `told`.
fn world(name: &str) -> World {
    let world = World::new(name);
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.github/scripts");
    for script in ["sync", "propose", "comment"] {
        let text = std::fs::read_to_string(scripts.join(script)).unwrap();
        program(&world, &format!("work/.github/scripts/{script}"), &text);
    }
    program(&world, "bin/cargo", "#!/bin/sh\necho \"cargo $*\" >>\"$TOLD\"\necho '### SDK changes'\n");
    program(
        &world,
        "bin/gh",
        "#!/bin/sh\necho \"gh $*\" >>\"$TOLD\"\n[ \"$2\" != list ] || echo \"${OPEN:-0}\"\n",
    );
    world.write("work/spec/sdk.toml", "spec = \"api.yaml\"\n").write("work/spec/api.yaml", "a: 1\n");
    world
        .write("work/spec/names.lock", "")
        .write("work/generated/Cargo.toml", "[package]\nversion = \"0.1.0\"\n");
    run(&world, "git", &["init", "--quiet", "--bare", "--initial-branch=main", "../far"], "0");
    run(&world, "git", &["init", "--quiet", "--initial-branch=main"], "0");
    run(&world, "git", &["remote", "add", "origin", "../far"], "0");
    commit(&world, "start");
    run(&world, "git", &["branch", "base"], "0");
    world
}

fn program(world: &World, path: &str, text: &str) {
    use std::os::unix::fs::PermissionsExt as _;
    world.write(path, text);
    std::fs::set_permissions(world.path(path), std::fs::Permissions::from_mode(0o755)).unwrap();
}

fn commit(world: &World, message: &str) {
    run(world, "git", &["add", "--all"], "0");
    run(
        world,
        "git",
        &["-c", "user.name=t", "-c", "user.email=t@t", "commit", "--quiet", "-m", message],
        "0",
    );
}

fn run(world: &World, program: &str, args: &[&str], open: &str) -> String {
    let path = format!("{}:{}", world.path("bin").display(), std::env::var("PATH").unwrap());
    let output = Command::new(program)
        .args(args)
        .current_dir(world.path("work"))
        .env("PATH", path)
        .env("TOLD", world.path("told"))
        .env("OPEN", open)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{program} {args:?}: {said}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn a_document_that_changed_is_proposed() {
    let world = world("propose");
    let script = ".github/scripts/propose";
    run(&world, ".github/scripts/sync", &["https://a.example/api.yaml", "../diff.md"], "0");
    assert_eq!(world.read("diff.md"), "### SDK changes\n");
    run(&world, ".github/scripts/sync", &["", "../diff.md"], "0");
    assert_eq!(run(&world, script, &["../diff.md"], "0"), "nothing changed\n");
    world.write("work/generated/Cargo.toml", "[package]\nversion = \"0.2.0\"\n");
    run(&world, script, &["../diff.md"], "0");
    world.write("work/generated/Cargo.toml", "[package]\nversion = \"0.3.0\"\n");
    run(&world, script, &["../diff.md"], "1");
    let told = world.read("told");
    assert!(
        told.starts_with(
            "cargo xtask sync --from https://a.example/api.yaml --format markdown\ncargo xtask sync --format markdown\n"
        ),
        "{told}"
    );
    assert!(told.contains("gh pr create --head spec-update --title Take in the API's document: version 0.2.0 --body-file ../diff.md"), "{told}");
    assert!(
        told.contains("gh pr edit spec-update --title Take in the API's document: version 0.3.0"),
        "{told}"
    );
    let pushed = run(&world, "git", &["ls-remote", "origin", "spec-update"], "0");
    assert!(pushed.contains("refs/heads/spec-update"), "{pushed}");
}

/// The commands of a workflow's steps that run scripts of ours.
fn steps(workflow: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.github/workflows");
    let text = std::fs::read_to_string(folder.join(workflow)).unwrap();
    let steps = text.lines().filter_map(|line| line.trim_start().strip_prefix("run: .github/scripts/"));
    steps.map(|step| format!(".github/scripts/{step}")).collect()
}

const SHOP: &str = "\
openapi: 3.1.0
info: {title: Shop, version: '1'}
servers: [{url: 'https://shop.example'}]
paths:
  /things:
    get: {operationId: list, responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}}}
components:
  schemas:
    Thing: {type: object, required: [id], properties: {id: {type: string}, odd: {oneOf: [{type: string}, {type: string, maxLength: 3}]}, any: {}, size: {type: integer}}}
";

/// With the program itself behind `cargo xtask`, on a document whose report says why something has no type.
#[test]
fn what_the_workflow_proposes_passes_its_own_checks() {
    let world = world("hosted");
    let program_of_ours = format!(
        "#!/bin/sh\nshift\ncase $1 in diff) ;; *) set -- \"$@\" --config spec/sdk.toml ;; esac\nexec '{}' \"$@\"\n",
        env!("CARGO_BIN_EXE_sdkgen")
    );
    program(&world, "bin/cargo", &program_of_ours);
    let choices = "spec = \"api.yaml\"\n[output]\ndir = \"../generated\"\n[package]\nname = \"shop\"\nversion = \"0.1.0\"\n";
    world.write("work/spec/sdk.toml", choices).write("work/spec/api.yaml", SHOP);
    world.write("work/.gitignore", "/target\n");
    for file in ["spec/names.lock", "generated/Cargo.toml"] {
        std::fs::remove_file(world.path("work").join(file)).unwrap();
    }
    run(&world, "cargo", &["xtask", "codegen"], "0");
    assert!(world.read("work/spec/report.txt").contains("serde_json::Value ("), "a report without its end");
    commit(&world, "generate");
    run(&world, "git", &["branch", "--force", "base"], "0");

    world.write("new.yaml", SHOP.replace(", size: {type: integer}", ""));
    let [take, propose] = &steps("spec.yml")[..] else { panic!("two scripts") };
    run(&world, "sh", &["-c", &format!("FROM=../new.yaml\n{take}")], "0");
    run(&world, "cargo", &["xtask", "codegen", "--check"], "0");
    run(&world, "sh", &["-c", propose], "0");
    assert_eq!(run(&world, "git", &["status", "--porcelain"], "0"), "", "something is left over");
    // What CI runs on the pull request, also from a checkout of its own.
    let [comment] = &steps("ci.yml")[..] else { panic!("one script") };
    run(&world, "sh", &["-c", &format!("BASE=base NUMBER=7\n{comment}")], "0");
    assert!(world.read("work/target/spec-diff.md").contains("types::Thing::size"), "no comment");
    run(&world, "git", &["clone", "--quiet", "--branch", "spec-update", "../far", "../checkout"], "0");
    std::fs::remove_dir_all(world.path("work")).unwrap();
    std::fs::rename(world.path("checkout"), world.path("work")).unwrap();
    run(&world, "cargo", &["xtask", "codegen", "--check"], "0");
    let told = world.read("told");
    assert!(told.contains("version 0.2.0"), "{told}");
}

#[test]
fn a_change_of_the_document_is_commented() {
    let world = world("comment");
    let script = ".github/scripts/comment";
    assert_eq!(run(&world, script, &["base", "7"], "0"), "the document has not changed\n");
    world.write("work/spec/api.yaml", "a: 2\n");
    commit(&world, "change");
    run(&world, script, &["base", "7"], "0");
    let told = world.read("told");
    assert!(
        told.contains("cargo xtask diff target/spec-base/api.yaml spec/api.yaml --format markdown"),
        "{told}"
    );
    assert!(
        told.contains("gh pr comment 7 --edit-last --create-if-none --body-file target/spec-diff.md"),
        "{told}"
    );
    assert_eq!(world.read("work/target/spec-base/api.yaml"), "a: 1\n");
}
