//! `sdkgen init` in repositories of every shape: where its files go, and what CI does with them.

use std::path::PathBuf;
use std::process::Command;

use crate::project::{SHOP, repository, sdkgen};
use crate::world::World;

#[test]
fn folders_that_do_not_exist_yet_lie_beside_each_other() {
    let world = repository("init-new-folders");
    let ran = sdkgen(&world, "repo", &["init", "spec/openapi.yaml", "--dir", "pets", "--out", "pets-sdk"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    assert!(world.read("repo/pets/sdk.toml").contains("dir = \"../pets-sdk\""));
    assert!(world.path("repo/pets-sdk/src/lib.rs").is_file());
    assert_eq!(sdkgen(&world, "repo/pets", &["check"]).code, 0);

    // A folder that is only passed through is not made.
    world.write("repo/sdk.toml", "spec = \"spec/openapi.yaml\"\n[output]\ndir = \"new/../sdk\"\n");
    let ran = sdkgen(&world, "repo", &["generate"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    assert!(world.path("repo/sdk/src/lib.rs").is_file() && !world.path("repo/new").exists());
}

const WORKFLOW: &str = "repo/.github/workflows/sdk.yml";

#[test]
fn ci_checks_every_sdk_of_a_repository() {
    let world = repository("init-ci-two");
    world.write("repo/depot/api.yaml", SHOP.replace("title: Shop", "title: Depot"));
    assert_eq!(sdkgen(&world, "repo", &["init", "spec/openapi.yaml"]).code, 0);
    let first = world.read(WORKFLOW);
    assert!(first.ends_with(
        "      - run: sdkgen check\n      - run: cargo check --manifest-path \"shop/Cargo.toml\"\n"
    ));
    let ran = sdkgen(&world, "repo/depot", &["init"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    let steps = "      - run: sdkgen check\n        working-directory: \"depot\"\n      - run: cargo check --manifest-path \"depot/depot/Cargo.toml\"\n";
    assert_eq!(world.read(WORKFLOW), format!("{first}{steps}"));
    assert!(ran.err.contains("`../.github/workflows/sdk.yml` checks this SDK, too\n"), "{}", ran.err);

    // Begun once more, it is there already.
    for file in ["sdk.toml", "names.lock", "report.txt"] {
        std::fs::remove_file(world.path("repo/depot").join(file)).unwrap();
    }
    let ran = sdkgen(&world, "repo/depot", &["init"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    assert_eq!(world.read(WORKFLOW), format!("{first}{steps}"));

    // The line ends of a checkout stay.
    world.write(WORKFLOW, first.replace('\n', "\r\n"));
    std::fs::remove_file(world.path("repo/depot/sdk.toml")).unwrap();
    assert_eq!(sdkgen(&world, "repo/depot", &["init"]).code, 0);
    assert_eq!(world.read(WORKFLOW), format!("{first}{steps}").replace('\n', "\r\n"));
}

#[test]
fn a_workflow_of_people_stays_and_the_steps_are_said() {
    let world = repository("init-ci-own");
    for (count, own) in [
        "name: SDK\non: push\njobs: {}\n",
        "jobs:\n  check:\n    defaults: {run: {working-directory: x}}\n    steps:\n      - run: sdkgen check\n",
        "jobs:\n  check:\n    steps:\n      - run: sdkgen check\n  other:\n    runs-on: ubuntu-latest\n",
    ]
    .into_iter()
    .enumerate()
    {
        world.write(WORKFLOW, own);
        let (folder, name) = (format!("sdk-{count}"), format!("shop-{count}"));
        let ran = sdkgen(&world, "repo", &["init", "spec/openapi.yaml", "--dir", &folder, "--name", &name]);
        assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
        assert_eq!(world.read(WORKFLOW), own);
        let said = format!(
            "`.github/workflows/sdk.yml` is yours; add these steps to it, so that CI checks this SDK:\n      - run: sdkgen check\n        working-directory: \"{folder}\"\n      - run: cargo check --manifest-path \"{folder}/{name}/Cargo.toml\"\n"
        );
        assert!(ran.err.contains(&said), "{}", ran.err);
    }
    let bytes = b"jobs: # \xe9\n";
    world.write(WORKFLOW, bytes);
    let ran = sdkgen(&world, "repo", &["init", "spec/openapi.yaml", "--dir", "bytes", "--name", "odd"]);
    assert!(ran.code == 0 && ran.err.contains("is yours"), "{}", ran.err);
    assert_eq!(std::fs::read(world.path(WORKFLOW)).unwrap(), bytes);
    let ran = sdkgen(
        &world,
        "repo",
        &["init", "spec/openapi.yaml", "--dir", "quiet", "--name", "quiet", "--no-ci"],
    );
    assert!(ran.code == 0 && !ran.err.contains("sdk.yml"), "{}", ran.err);
}

/// The program as cargo installs it, with what cargo notes about it.
fn installed(world: &World, from: &str) -> PathBuf {
    let version = env!("CARGO_PKG_VERSION");
    world.write("cargo/.crates.toml", format!("[v1]\n\"sdkgen {version} ({from})\" = [\"sdkgen\"]\n"));
    let program = world.path("cargo/bin/sdkgen");
    std::fs::create_dir_all(program.parent().unwrap()).unwrap();
    let _ = std::fs::hard_link(env!("CARGO_BIN_EXE_sdkgen"), &program);
    program
}

#[test]
fn ci_installs_the_program_from_where_it_comes() {
    let world = repository("init-ci-install");
    let version = env!("CARGO_PKG_VERSION");
    let open = match env!("CARGO_PKG_REPOSITORY") {
        "" => "      # Complete this line: the URL of the repository that has `sdkgen`, and `--tag` or `--rev`.\n      - run: cargo install --locked --git REPOSITORY sdkgen\n".to_owned(),
        known => format!("      - run: cargo install --locked --git {known} --tag v{version} sdkgen\n"),
    };
    let said = "complete the line of `.github/workflows/sdk.yml` that installs `sdkgen`: it needs the URL of its repository\n";
    let registry = format!("      - run: cargo install --locked --version {version} sdkgen\n");
    let git = "      - run: cargo install --locked --git https://git.example/us/sdkgen --rev 0123456789abcdef sdkgen\n";
    for (from, line) in [
        ("registry+https://github.com/rust-lang/crates.io-index", registry.as_str()),
        ("git+https://git.example/us/sdkgen?branch=main#0123456789abcdef", git),
        // What CI cannot read, or must not know.
        ("path+file:///home/me/sdkgen", &open),
        ("git+https://me:s3cret@git.example/us/sdkgen#0123456789abcdef", &open),
        ("git+ssh://git@git.example/us/sdkgen#0123456789abcdef", &open),
        ("registry+https://registry.example/index", &open),
    ] {
        let mut command = Command::new(installed(&world, from));
        command.args(["init", "spec/openapi.yaml"]).current_dir(world.path("repo"));
        let ran = command.output().unwrap();
        let err = String::from_utf8(ran.stderr).unwrap();
        assert!(ran.status.success(), "{err}");
        let text = world.read(WORKFLOW);
        let steps = text.split_once("      - uses: actions/checkout@v4\n").unwrap().1;
        assert!(steps.starts_with(line), "{from}: {steps}");
        assert_eq!(err.contains(said), line.contains("REPOSITORY"), "{from}: {err}");
        std::fs::remove_file(world.path(WORKFLOW)).unwrap();
        std::fs::remove_file(world.path("repo/sdk.toml")).unwrap();
    }
}

#[test]
fn a_dry_run_says_what_the_crate_of_a_module_needs() {
    let world = repository("module-dry");
    let before = world.snapshot();
    let args = ["generate", "../spec/openapi.yaml", "--module", "src/api", "--dry-run"];
    let ran = sdkgen(&world, "repo/app", &args);
    assert!(ran.code == 0 && ran.err.contains("    cargo add itoa@1.0\n"), "{}", ran.err);
    assert_eq!(before, world.snapshot());
}
