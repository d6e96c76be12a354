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
