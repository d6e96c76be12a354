//! `sdkgen` among the crates of a user: names that others have, and folders that hold another crate.

use crate::project::{SHOP, repository, sdkgen};
use crate::world::World;

/// Runs `init` in a folder, which refuses the name of the SDK and writes nothing.
fn refused(world: &World, folder: &str, args: &[&str], told: &str) {
    let before = world.snapshot();
    let ran = sdkgen(world, folder, &[&["init"], args].concat());
    assert_eq!((ran.code, ran.err.as_str()), (1, told));
    assert_eq!(before, world.snapshot());
}

#[test]
fn a_name_is_taken_once() {
    let world = repository("taken");
    assert_eq!(sdkgen(&world, "repo", &["init"]).code, 0);
    world.write("repo/v2/openapi.yaml", SHOP);
    let told = "error: the workspace has a package `shop` already, in `../shop`; nothing was written\n  = help: choose another name, such as `--name shop-sdk`\n";
    refused(&world, "repo/v2", &[], told);
    let ran = sdkgen(&world, "repo/v2", &["init", "--name", "shop-sdk"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    World::cargo(&world.path("repo"), &["metadata", "--no-deps", "--format-version=1"]);
    world.write("repo/v3/openapi.yaml", SHOP);
    refused(&world, "repo/v3", &[], &told.replace("shop-sdk", "shop-2"));
    // A folder of that name is the SDK itself.
    std::fs::remove_file(world.path("repo/sdk.toml")).unwrap();
    assert_eq!(sdkgen(&world, "repo", &["init", "spec/openapi.yaml"]).code, 0);
}

#[test]
fn the_packages_are_those_that_cargo_finds() {
    let world = repository("taken-how");
    let package = |name: &str, more: &str| format!("[package]\nname = \"{name}\"\n{more}");
    let told = |folder: &str| {
        format!(
            "error: the workspace has a package `shop` already, in `{folder}`; nothing was written\n  = help: choose another name, such as `--name shop-sdk`\n"
        )
    };
    world.write("repo/crates/one/Cargo.toml", package("shop", ""));
    world.write("repo/crates/.hidden/Cargo.toml", package("shop", ""));
    world.write("repo/Cargo.toml", "[workspace]\nmembers = [\"app\", \"crates/o*\"]\n");
    refused(&world, "repo", &["spec/openapi.yaml"], &told("crates/one"));
    world.write("repo/Cargo.toml", "[workspace]\nmembers = [\"**\"]\n");
    refused(&world, "repo", &["spec/openapi.yaml"], &told("crates/one"));
    // The root is a package, too, and so is what a member depends on by its path.
    world.write("repo/Cargo.toml", package("shop", "[workspace]\n"));
    refused(&world, "repo", &["spec/openapi.yaml"], &told("."));
    world.write("repo/Cargo.toml", "[workspace]\nmembers = [\"app\"]\n");
    let app = world.read("repo/app/Cargo.toml");
    for table in ["dependencies", "dev-dependencies", "target.'cfg(unix)'.dependencies"] {
        world.write("repo/app/Cargo.toml", format!("{app}[{table}]\nx = {{ path = \"../crates/one\" }}\n"));
        refused(&world, "repo", &["spec/openapi.yaml"], &told("crates/one"));
    }
    // Elsewhere the name is free: outside, and in a part that the workspace excludes.
    world.write("repo/Cargo.toml", "[workspace]\nmembers = [\"app\"]\nexclude = [\"crates\"]\n");
    let ran = sdkgen(&world, "repo", &["init", "spec/openapi.yaml"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
}

#[test]
fn a_folder_with_another_crate_is_no_place_for_an_sdk() {
    let world = repository("foreign-crate");
    let before = world.snapshot();
    let told = "error: `app` holds the crate `app`, which is not an SDK; nothing was written\n  = help: choose another folder: `--out`, or `dir` under `[output]` in `sdk.toml`; `generate --module app/src/api` writes a module of that crate\n";
    for args in [
        &["generate", "spec/openapi.yaml", "--out", "app"][..],
        &["generate", "spec/openapi.yaml", "--out", "./app", "--force"],
        &["check", "spec/openapi.yaml", "--out", "app"],
        &["init", "--out", "app"],
    ] {
        let ran = sdkgen(&world, "repo", args);
        assert_eq!((ran.code, ran.err.as_str()), (1, told), "{args:?}");
    }
    let ran = sdkgen(&world, "repo", &["generate", "spec/openapi.yaml", "--out", "."]);
    let told = "error: `.` holds a `Cargo.toml` that is not that of an SDK; nothing was written\n  = help: choose another folder: `--out`, or `dir` under `[output]` in `sdk.toml`\n";
    assert_eq!((ran.code, ran.err.as_str()), (1, told));
    assert_eq!(before, world.snapshot());
    // An SDK without its markers is still one.
    assert_eq!(sdkgen(&world, "repo", &["generate", "spec/openapi.yaml", "--out", "sdk"]).code, 0);
    world.write("repo/sdk/Cargo.toml", "[package]\nname = \"shop\"\nversion = \"0.1.0\"\n");
    let ran = sdkgen(&world, "repo", &["generate", "spec/openapi.yaml", "--out", "sdk"]);
    assert!(
        ran.code == 1 && ran.err.contains("add a comment line `@generated:begin manifest`"),
        "{}",
        ran.err
    );
}

#[test]
fn what_init_refuses_is_said_once() {
    let world = repository("once");
    assert_eq!(sdkgen(&world, "repo", &["init"]).code, 0);
    let ran = sdkgen(&world, "repo", &["init"]);
    let told = "error: `sdk.toml` exists already; nothing was changed\n  = help: edit it, and run `sdkgen generate`; `--dir DIR` begins another SDK in a folder of its own\n";
    assert_eq!((ran.code, ran.err.as_str()), (1, told));
    world.write("repo/cut.json", "{\"openapi\": \"3.1.0\", \"info\": {");
    let ran = sdkgen(&world, "repo", &["init", "cut.json", "--dir", "other"]);
    assert!(ran.code == 1 && ran.err.matches("nothing was written").count() == 1, "{}", ran.err);
}
