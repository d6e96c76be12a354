//! `sdkgen sync` and the manifests that require the SDK by path: a new version must not leave them behind.

use std::path::Path;

use crate::project::{SHOP, repository, sdkgen};
use crate::world::World;

const PACKAGE: &str = "[package]\nname = \"NAME\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";

/// Writes a crate with these dependencies.
fn dependent(world: &World, folder: &str, dependencies: &str) {
    let name = folder.rsplit('/').next().unwrap();
    let manifest = PACKAGE.replace("NAME", name) + dependencies;
    world.write(&format!("{folder}/Cargo.toml"), manifest).write(&format!("{folder}/src/lib.rs"), "");
}

/// A repository whose members require the SDK in every form.
fn required(name: &str) -> World {
    let world = repository(name);
    world.write(
        "repo/Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = [\"app\", \"crates/*\"]\nexclude = [\"tools\"]\n\n[workspace.dependencies]\nshop = { path = \"shop\", version = \"0.1\" } # for all\n",
    );
    assert_eq!(sdkgen(&world, "repo", &["init"]).code, 0);
    dependent(
        &world,
        "repo/app",
        "\r\n[dependencies]\r\nshop = { version = \"0.1.0\", path = \"../shop\" }\r\n",
    );
    dependent(&world, "repo/crates/inherits", "\n[dependencies]\nshop.workspace = true\n");
    dependent(
        &world,
        "repo/crates/open",
        "\n[dependencies]\nshop = { version = \">=0.1\", path = \"../../shop\" }\n",
    );
    dependent(&world, "repo/crates/plain", "\n[dependencies]\nshop.path = \"../../shop\"\n");
    dependent(
        &world,
        "repo/crates/other",
        "\n[dependencies]\napp = { version = \"0.1.0\", path = \"../../app\" }\n",
    );
    dependent(
        &world,
        "repo/tools",
        "\n[target.'cfg(unix)'.dev-dependencies.sdk]\nversion = '=0.1.0' # exactly\npackage = \"shop\"\npath = \"../shop\"\n\n[workspace]\n",
    );
    // The cache of another build is not ours to read.
    dependent(
        &world,
        "repo/built/app",
        "\n[dependencies]\nshop = { version = \"0.1.0\", path = \"../../shop\" }\n",
    );
    world.write("repo/built/CACHEDIR.TAG", "");
    world.write("repo/new.yaml", SHOP.replace(", size: {type: integer}", ""));
    world
}

#[test]
fn a_new_version_is_required_by_those_that_require_the_sdk() {
    let world = required("dependents");
    let before = world.snapshot();
    let dry = sdkgen(&world, "repo", &["sync", "--from", "new.yaml", "--dry-run"]);
    assert_eq!(dry.code, 0, "{}{}", dry.out, dry.err);
    assert_eq!(before, world.snapshot(), "a dry run wrote something");

    let ran = sdkgen(&world, "repo/app", &["sync", "--from", "../new.yaml"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    for (of, line) in [
        (&ran, "`../Cargo.toml:7` requires version `0.2` of the SDK instead of `0.1`\n"),
        (&ran, "`Cargo.toml:7` requires version `0.2.0` of the SDK instead of `0.1.0`\n"),
        (&ran, "`../tools/Cargo.toml:7` requires version `=0.2.0` of the SDK instead of `=0.1.0`\n"),
        (&dry, "`tools/Cargo.toml:7` requires version `=0.2.0` of the SDK instead of `=0.1.0`\n"),
    ] {
        assert!(of.err.contains(line), "{}", of.err);
    }
    assert!(!ran.err.contains("warning"), "{}", ran.err);
    let changed = [
        ("repo/Cargo.toml", "{ path = \"shop\", version = \"0.1\" } # for all", "\"0.1\"", "\"0.2\""),
        (
            "repo/app/Cargo.toml",
            "shop = { version = \"0.1.0\", path = \"../shop\" }\r\n",
            "\"0.1.0\"",
            "\"0.2.0\"",
        ),
        ("repo/tools/Cargo.toml", "version = '=0.1.0' # exactly\n", "'=0.1.0'", "'=0.2.0'"),
    ];
    for (path, text) in &before {
        let name = path.strip_prefix(&world.root).unwrap().to_str().unwrap();
        if !name.ends_with("Cargo.toml") || name == "repo/shop/Cargo.toml" {
            continue;
        }
        let mut expected = String::from_utf8(text.0.clone()).unwrap();
        if let Some((_, line, old, new)) = changed.iter().find(|(of, ..)| *of == name) {
            assert!(expected.contains(line), "{expected}");
            expected = expected.replace(line, &line.replace(old, new));
        }
        assert_eq!(world.read(name), expected, "{name}");
    }
    // Cargo agrees, in the workspace and outside of it.
    for folder in ["repo", "repo/tools"] {
        let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
        std::fs::copy(lock, world.path(folder).join("Cargo.lock")).unwrap();
        World::cargo(&world.path(folder), &["metadata", "--format-version=1"]);
    }
}

#[test]
fn what_cannot_be_raised_is_said() {
    let world = required("dependents-left");
    dependent(
        &world,
        "repo/crates/range",
        "\n[build-dependencies]\nshop = { version = \">=0.1, <0.2\", path = \"../../shop\" }\n",
    );
    let locked = world.path("repo/app/Cargo.toml");
    let mut permissions = std::fs::metadata(&locked).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&locked, permissions).unwrap();
    let before = world.read("repo/app/Cargo.toml");
    let ran = sdkgen(&world, "repo", &["sync", "--from", "new.yaml"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    for line in [
        "warning: `app/Cargo.toml:7` requires version `0.1.0` of the SDK, which is 0.2.0 now; the file is read-only\n  = help: write `version = \"0.2.0\"`",
        "warning: `crates/range/Cargo.toml:7` requires version `>=0.1, <0.2` of the SDK, which is 0.2.0 now\n  = help: write `version = \"0.2.0\"`",
        "`Cargo.toml:7` requires version `0.2` of the SDK instead of `0.1`\n",
    ] {
        assert!(ran.err.contains(line), "{}", ran.err);
    }
    assert_eq!(world.read("repo/app/Cargo.toml"), before);
}

#[test]
fn a_module_has_no_version_of_its_own() {
    let world = repository("sync-module");
    world.write("repo/sdk.toml", "spec = \"spec/openapi.yaml\"\n[output]\nmodule = \"app/src/api\"\n");
    assert_eq!(sdkgen(&world, "repo", &["generate"]).code, 0);
    world.write("repo/new.yaml", SHOP.replace("size: {type: integer}", "made: {type: string, format: date}"));
    let before = world.snapshot();
    let ran = sdkgen(&world, "repo", &["sync", "--from", "new.yaml", "--dry-run"]);
    assert!(ran.code == 0 && ran.err.ends_with("major: nothing was written\n"), "{}", ran.err);
    assert_eq!(before, world.snapshot());
    let ran = sdkgen(&world, "repo", &["sync", "--from", "new.yaml"]);
    assert!(ran.code == 0 && ran.err.contains("\nmajor: "), "{}", ran.err);
    assert!(ran.err.contains("cargo add chrono@") && !ran.err.contains("version"), "{}", ran.err);
    assert_eq!(sdkgen(&world, "repo", &["check"]).code, 0);
    assert!(world.read("repo/app/Cargo.toml").contains("version = \"0.1.0\""));
    assert!(!world.path("repo/app/src/api/CHANGELOG.md").exists());
}
