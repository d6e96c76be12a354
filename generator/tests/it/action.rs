//! The action and the script of releases, run in a repository of their own with programs that only keep what they were told.
#![cfg(unix)]

use std::path::Path;
use std::process::Command;

use crate::world::World;

const ACTION: &str = ".github/actions/sdkgen";

/// A repository with the action, an SDK at version 0.1.0, and stand-ins for `sdkgen`, `cargo` and `gh` that write into `told`.
fn world(name: &str) -> World {
    let world = World::new(name);
    for script in ["actions/sdkgen/run", "actions/sdkgen/program", "scripts/release"] {
        let text = std::fs::read_to_string(checkout().join(".github").join(script)).unwrap();
        program(&world, &format!("work/.github/{script}"), &text);
    }
    program(&world, "bin/sdkgen", "#!/bin/sh\necho \"sdkgen $*\" >>\"$TOLD\"\necho '### SDK changes'\n");
    program(&world, "bin/cargo", "#!/bin/sh\necho \"cargo $*\" >>\"$TOLD\"\n");
    program(&world, "bin/gh", GH);
    world.write("work/spec/sdk.toml", "spec = \"api.yaml\"\n").write("work/spec/api.yaml", "a: 1\n");
    world.write("work/generated/Cargo.toml", "[package]\nversion = \"0.1.0\"\n");
    git(&world, &["init", "--quiet", "--bare", "--initial-branch=main", "../far"]);
    git(&world, &["init", "--quiet", "--initial-branch=main"]);
    git(&world, &["remote", "add", "origin", "../far"]);
    push(&world, "start");
    world
}

/// Says what it was told, and keeps the text that it is given.
const GH: &str = "\
#!/bin/sh
echo \"gh $*\" >>\"$TOLD\"
[ \"$2\" != list ] || echo \"${OPEN:-0}\"
while [ $# -gt 0 ]; do [ \"$1\" != --body-file ] || cp \"$2\" \"$TOLD.md\"; shift; done
";

fn checkout() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

fn program(world: &World, path: &str, text: &str) {
    use std::os::unix::fs::PermissionsExt as _;
    world.write(path, text);
    std::fs::set_permissions(world.path(path), std::fs::Permissions::from_mode(0o755)).unwrap();
}

fn git(world: &World, args: &[&str]) -> String {
    let args = [&["-c", "user.name=t", "-c", "user.email=t@t"], args].concat();
    run(world, "work", "git", &args, &[]).unwrap_or_else(|said| panic!("git {args:?}: {said}"))
}

fn push(world: &World, message: &str) {
    git(world, &["add", "--all"]);
    git(world, &["commit", "--quiet", "--message", message]);
    git(world, &["push", "--quiet", "origin", "HEAD"]);
    git(world, &["fetch", "--quiet", "origin"]);
}

/// Runs the action with these inputs, as `action.yml` does.
fn action(world: &World, variables: &[(&str, &str)]) -> Result<String, String> {
    let script = world.path("work").join(ACTION).join("run");
    run(world, "work/spec", script.to_str().unwrap(), &[], variables)
}

/// What a program prints, or what it complains about.
fn run(
    world: &World,
    folder: &str,
    program: &str,
    args: &[&str],
    variables: &[(&str, &str)],
) -> Result<String, String> {
    let path = format!("{}:{}", world.path("bin").display(), std::env::var("PATH").unwrap());
    let output = Command::new(program)
        .args(args)
        .current_dir(world.path(folder))
        .env("PATH", path)
        .env("TOLD", world.path("told"))
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    match output.status.success() {
        true => Ok(text(&output.stdout)),
        false => Err(text(&output.stdout) + &text(&output.stderr)),
    }
}

const SYNC: [(&str, &str); 2] = [("MODE", "sync"), ("BRANCH", "sdk-update")];

#[test]
fn a_document_that_changed_is_proposed() {
    let world = world("propose");
    let from = [&SYNC[..], &[("FROM", "https://a.example/api.yaml")]].concat();
    assert_eq!(action(&world, &from).unwrap(), "### SDK changes\nnothing changed\n");
    world.write("work/generated/Cargo.toml", "[package]\nversion = \"0.2.0\"\n");
    // Those that require the SDK are raised with it.
    world.write("work/app/Cargo.toml", "[dependencies.shop]\nversion = \"0.2\"\npath = \"../generated\"\n");
    world.write("work/spec/part/new.yaml", "b: 1\n");
    // Lock files that are committed get the version, and no others.
    world
        .write("work/app/Cargo.lock", "")
        .write("work/other/Cargo.lock", "")
        .write("work/.gitignore", "other\n");
    git(&world, &["add", "app/Cargo.lock", ".gitignore"]);
    action(&world, &SYNC).unwrap();
    world.write("work/generated/Cargo.toml", "[package]\nversion = \"0.3.0\"\n");
    action(&world, &[&SYNC[..], &[("OPEN", "1")]].concat()).unwrap();
    let told = world.read("told");
    let expected = "\
sdkgen sync --from https://a.example/api.yaml --format markdown
sdkgen sync --format markdown
cargo update --quiet --workspace --manifest-path ../app/Cargo.toml
gh pr list --head sdk-update --state open --json number --jq length
gh pr create --head sdk-update --title Take in the API's document: version 0.2.0 --body-file ";
    assert!(told.starts_with(expected), "{told}");
    assert!(
        told.contains("gh pr edit sdk-update --title Take in the API's document: version 0.3.0 --body-file "),
        "{told}"
    );
    assert_eq!(world.read("told.md"), "### SDK changes\n");
    let pushed = git(&world, &["ls-tree", "-r", "--name-only", "origin/sdk-update"]);
    assert!(pushed.contains("spec/part/new.yaml"), "a new file is not proposed: {pushed}");
    assert_eq!(git(&world, &["status", "--porcelain"]), "", "something is left over");
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

/// With the program itself, on a document whose report says why something has no type.
#[test]
fn what_is_proposed_passes_its_own_checks() {
    let world = world("hosted");
    program(&world, "bin/sdkgen", &format!("#!/bin/sh\nexec '{}' \"$@\"\n", env!("CARGO_BIN_EXE_sdkgen")));
    let choices = "spec = \"api.yaml\"\n[output]\ndir = \"../generated\"\n[package]\nname = \"shop\"\nversion = \"0.1.0\"\n";
    world.write("work/spec/sdk.toml", choices).write("work/spec/api.yaml", SHOP);
    std::fs::remove_file(world.path("work/generated/Cargo.toml")).unwrap();
    run(&world, "work/spec", "sdkgen", &["generate"], &[]).unwrap();
    assert!(world.read("work/spec/report.txt").contains("serde_json::Value ("), "a report without its end");
    push(&world, "generate");

    world.write("new.yaml", SHOP.replace(", size: {type: integer}", ""));
    action(&world, &[&SYNC[..], &[("FROM", "../../new.yaml")]].concat()).unwrap();
    action(&world, &[("MODE", "check")]).unwrap();
    assert_eq!(git(&world, &["status", "--porcelain"]), "", "something is left over");
    assert!(world.read("told").contains("version 0.2.0"), "{}", world.read("told"));
    // What CI does on the pull request, in a checkout of its own.
    git(&world, &["clone", "--quiet", "--branch", "sdk-update", "../far", "../checkout"]);
    std::fs::remove_dir_all(world.path("work")).unwrap();
    std::fs::rename(world.path("checkout"), world.path("work")).unwrap();
    action(&world, &[("MODE", "check")]).unwrap();
    action(&world, &[("MODE", "comment"), ("BASE", "main"), ("NUMBER", "7")]).unwrap();
    assert!(world.read("told.md").contains("types::Thing::size"), "{}", world.read("told.md"));
}

/// The modes that the workflows of this repository use are modes of the action, and their inputs are its inputs.
#[test]
fn our_workflows_use_the_action() {
    let read = |path: &str| std::fs::read_to_string(checkout().join(".github").join(path)).unwrap();
    let action = read("actions/sdkgen/action.yml");
    for (workflow, mode) in [("ci.yml", "comment"), ("spec.yml", "sync")] {
        let text = read(&format!("workflows/{workflow}"));
        let step = text.split("- uses: ./.github/actions/sdkgen").nth(1).unwrap();
        assert!(step.contains(&format!("mode: {mode}")), "{workflow}");
        let inputs = step.lines().skip(2).map_while(|line| line.strip_prefix("          "));
        for (name, _) in inputs.filter_map(|input| input.split_once(':')) {
            assert!(action.contains(&format!("\n  {name}:\n")), "{workflow}: no input `{name}`");
        }
    }
}

#[test]
fn a_change_of_the_document_is_commented() {
    let world = world("comment");
    let comment = [("MODE", "comment"), ("BASE", "main"), ("NUMBER", "7")];
    git(&world, &["switch", "--quiet", "--create", "change"]);
    assert_eq!(action(&world, &comment).unwrap(), "the document has not changed\n");
    world.write("work/spec/sdk.toml", "spec = 'new.yaml' # moved\n").write("work/spec/new.yaml", "a: 2\n");
    push(&world, "change");
    // What happened on the other branch since is none of this change.
    program(
        &world,
        "bin/sdkgen",
        "#!/bin/sh\necho \"sdkgen $1 - $3 $4 $5\" >>\"$TOLD\"\ncat \"$2\" >>\"$TOLD\"\necho '### SDK changes'\n",
    );
    assert_eq!(action(&world, &comment).unwrap(), "### SDK changes\n");
    let told = world.read("told");
    assert!(told.starts_with("sdkgen diff - new.yaml --format markdown\na: 1\n"), "{told}");
    assert!(told.contains("gh pr comment 7 --edit-last --create-if-none --body-file "), "{told}");
    assert_eq!(world.read("told.md"), "### SDK changes\n");
    assert_eq!(git(&world, &["worktree", "list"]).lines().count(), 1, "a work tree is left over");
}

#[test]
fn the_action_says_what_is_missing() {
    let world = world("missing");
    let said = |variables: &[(&str, &str)]| action(&world, variables).unwrap_err();
    assert!(said(&[("MODE", "chek")]).contains("not 'chek'"));
    assert!(said(&[("MODE", "comment"), ("BASE", "main")]).contains("needs a pull request"));
    assert!(said(&[("MODE", "comment"), ("BASE", "gone"), ("NUMBER", "7")]).contains("fetch-depth: 0"));
    std::fs::remove_file(world.path("work/spec/sdk.toml")).unwrap();
    assert!(said(&[("MODE", "check")]).contains("there is no sdk.toml"));
    program(&world, "bin/sdkgen", "#!/bin/sh\nexit 1\n");
    world.write("work/spec/sdk.toml", "spec = \"api.yaml\"\n");
    assert!(action(&world, &[("MODE", "check")]).is_err(), "a stale SDK passes");
}

#[test]
fn the_program_of_the_action_is_built_once_for_the_same_sources() {
    let world = world("program");
    world.write("work/Cargo.toml", "a").write("work/Cargo.lock", "b").write("work/generator/src/lib.rs", "c");
    let script = world.path("work").join(ACTION).join("program").display().to_string();
    let identify = || run(&world, "work/spec", &script, &["identify"], &[]).unwrap();
    let first = identify();
    assert!(first.starts_with("hash="), "{first}");
    assert_eq!(first, identify());
    world.write("work/generator/src/lib.rs", "d");
    assert_ne!(first, identify());
    run(&world, "work", &script, &["build", "../built"], &[]).unwrap();
    assert!(
        world.read("told").starts_with("cargo install --quiet --locked --path "),
        "{}",
        world.read("told")
    );
    program(&world, "built/bin/sdkgen", "");
    std::fs::remove_file(world.path("told")).unwrap();
    run(&world, "work", &script, &["build", "../built"], &[]).unwrap();
    assert!(!world.path("told").exists(), "it is built again");
}

/// The template of `cargo binstall` for a target.
fn template(key: &str) -> String {
    let manifest = std::fs::read_to_string(checkout().join("generator/Cargo.toml")).unwrap();
    let line = manifest.lines().find_map(|line| line.strip_prefix(&format!("{key} = \""))).unwrap();
    let filled = [
        ("name", "sdkgen"),
        ("target", "TARGET"),
        ("version", "0.1.0"),
        ("bin", "sdkgen"),
        ("binary-ext", ""),
    ];
    filled.iter().fold(line.trim_end_matches('"').to_owned(), |text, (name, value)| {
        text.replace(&format!("{{ {name} }}"), value)
    })
}

#[test]
fn archives_are_where_cargo_binstall_looks() {
    let world = world("release");
    let release = |args: &[&str]| run(&world, "work", ".github/scripts/release", args, &[]);
    world.write("work/Cargo.toml", "[workspace.package]\nversion = \"0.1.0\"\n");
    world.write("work/CHANGELOG.md", "# Changelog\n\n## [Unreleased]\n\n- x\n");
    assert!(release(&["verify", "v0.2.0"]).unwrap_err().contains("the version in Cargo.toml is 0.1.0"));
    assert!(release(&["verify", "v0.1.0"]).unwrap_err().contains("no section [0.1.0]"));
    world.write(
        "work/CHANGELOG.md",
        "# Changelog\n\n## [0.1.0] - 2026-12-01\n\n- new\n\n## [0.0.9]\n\n- old\n",
    );
    release(&["verify", "v0.1.0"]).unwrap();

    for file in ["README.md", "LICENSE-MIT", "LICENSE-APACHE", "target/TARGET/release/sdkgen"] {
        world.write(&format!("work/{file}"), "text");
    }
    release(&["pack", "TARGET"]).unwrap();
    let archive = template("pkg-url").rsplit('/').next().unwrap().to_owned();
    let packed =
        run(&world, "work", "tar", &["-tzf", &format!("target/release-archives/{archive}")], &[]).unwrap();
    assert!(packed.lines().any(|path| path == template("bin-dir")), "{packed}");
    assert!(world.read(&format!("work/target/release-archives/{archive}.sha256")).contains(&archive));
    assert!(
        world
            .read("told")
            .contains("cargo build --locked --release --package sdkgen --bin sdkgen --target TARGET")
    );

    release(&["publish", "v0.1.0"]).unwrap();
    let told = world.read("told");
    assert!(told.contains("gh release create v0.1.0 --title sdkgen 0.1.0 "), "{told}");
    assert!(told.contains(&archive), "{told}");
    assert_eq!(world.read("work/target/release-notes.md").trim(), "- new");
}
