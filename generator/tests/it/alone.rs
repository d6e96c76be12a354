//! The same input gives the same bytes wherever it is run, and what is written needs no file of this workspace.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::world::World;

/// The workspace that this package belongs to.
fn checkout() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// Every file below `folder`, by its path in it.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(at) = folders.pop() {
        for entry in std::fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.insert(path.strip_prefix(folder).unwrap().to_owned(), std::fs::read(&path).unwrap());
            }
        }
    }
    files
}

/// Generates by a process of its own, started in `from`.
fn codegen(from: &Path, spec: &Path, out: &Path) {
    let ran = Command::new(env!("CARGO_BIN_EXE_sdkgen"))
        .args(["codegen", "--name", "an-sdk", "--spec"])
        .arg(spec)
        .arg("--out")
        .arg(out)
        .current_dir(from)
        .output()
        .unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
}

#[test]
fn what_is_committed_is_fresh() {
    let ran = Command::new(env!("CARGO_BIN_EXE_sdkgen"))
        .args(["check", "--config", "spec/sdk.toml"])
        .current_dir(checkout())
        .output()
        .unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stdout));
}

#[test]
fn the_place_of_a_run_changes_no_byte() {
    let world = World::new("places");
    let spec = checkout().join("spec/retab-2026-08.yaml");
    world.write("somewhere/else/retab-2026-08.yaml", std::fs::read(&spec).unwrap());
    codegen(checkout(), &spec, &world.path("one"));
    codegen(checkout(), &spec, &world.path("two"));
    codegen(&world.path("somewhere"), Path::new("else/retab-2026-08.yaml"), &world.path("three"));
    let one = files(&world.path("one"));
    assert!(one.len() > 100, "only {} files", one.len());
    for other in ["two", "three"] {
        let other = files(&world.path(other));
        assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
        for (path, bytes) in &one {
            assert!(other[path] == *bytes, "`{}` differs", path.display());
        }
    }
}

/// With the versions that this workspace has locked, so that nothing is fetched that the build has not fetched already. TLS is
/// resolved but not compiled: `generated/` compiles it with the same lines in its manifest. The rest needs what the other tests build, too.
#[test]
fn a_written_crate_compiles_alone() {
    let folder = std::env::temp_dir().join(format!("xtask-alone-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    codegen(checkout(), &checkout().join("tests/cases/typed-errors/spec.yaml"), &folder);
    std::fs::copy(checkout().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let manifest: toml::Table = std::fs::read_to_string(folder.join("Cargo.toml")).unwrap().parse().unwrap();
    let default =
        manifest["features"]["default"].as_array().unwrap().iter().map(|name| name.as_str().unwrap());
    let (tls, others): (Vec<_>, Vec<_>) = default.partition(|name| *name == "rustls");
    assert_eq!((tls.len(), others.is_empty()), (1, false), "{manifest}");
    World::cargo(&folder, &["tree"]);
    let features = others.join(",");
    World::cargo(
        &folder,
        &["build", "--message-format=short", "--no-default-features", "--features", &features],
    );
    std::fs::remove_dir_all(&folder).unwrap();
}
