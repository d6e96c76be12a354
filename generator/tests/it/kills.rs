//! Runs that are killed at any of their changes to the disk: the next run leaves the old files or the new ones, never some of each.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use sdkgen::disk::{Disk, JOURNAL, Left, System, is_unfinished, recover};

use crate::world::World;

/// A disk that fails at one operation. After a kill everything fails; after an error the rest goes on.
struct Failing {
    left: Cell<usize>,
    is_kill: bool,
}

impl Failing {
    fn at(operation: usize, is_kill: bool) -> Self {
        Self { left: Cell::new(operation + 1), is_kill }
    }

    fn never() -> Self {
        Self::at(usize::MAX - 1, true)
    }

    /// Operations so far, on a disk that never fails.
    fn count(&self) -> usize {
        usize::MAX - self.left.get()
    }

    /// Counts an operation; `half` is what a kill leaves of it.
    fn step(&self, half: impl FnOnce()) -> io::Result<()> {
        let left = self.left.get();
        let fails = match left {
            0 => self.is_kill,
            1 => {
                half();
                true
            }
            _ => false,
        };
        self.left.set(left.saturating_sub(1));
        if fails { Err(io::Error::other("killed")) } else { Ok(()) }
    }
}

impl Disk for Failing {
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.step(|| drop(std::fs::write(path, &bytes[..bytes.len() / 2])))?;
        // Without waiting for the disk: this test is about kills.
        std::fs::write(path, bytes)
    }

    fn copy(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step(|| drop(std::fs::write(to, "")))?;
        System.copy(from, to)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step(|| ())?;
        System.rename(from, to)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.step(|| ())?;
        System.remove_file(path)
    }

    fn create_dir(&self, path: &Path) -> io::Result<()> {
        self.step(|| ())?;
        System.create_dir(path)
    }

    fn remove_dir(&self, path: &Path) -> io::Result<()> {
        self.step(|| ())?;
        System.remove_dir(path)
    }
}

const OLD: &str = "\
openapi: 3.1.0
info: {title: Shop, version: '1'}
servers: [{url: 'https://shop.example'}]
paths:
  /things:
    get: {operationId: things_list, tags: [things], responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}}}
  /parts:
    get: {operationId: parts_list, tags: [parts], responses: {'204': {description: none}}}
components:
  schemas:
    Thing: {type: object, required: [id], properties: {id: {type: string}, size: {type: integer}}}
";

/// The document with a field less, a resource less and another one more.
fn new() -> String {
    OLD.replace(", size: {type: integer}", "").replace("parts", "pieces")
}

type Tree = BTreeMap<PathBuf, Vec<u8>>;

fn tree(world: &World) -> Tree {
    world.snapshot().into_iter().map(|(path, (bytes, _))| (path, bytes)).collect()
}

fn reset(world: &World, to: &Tree) {
    std::fs::remove_dir_all(&world.root).unwrap();
    for (path, bytes) in to {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
}

/// The operations to kill a run at: the first and the last ones, where the steps of a run change, and each seventh in between, where
/// the same steps are done for one file of the runtime after the other. Seven takes turns with the steps of a file.
fn points(whole: &Failing) -> impl Iterator<Item = usize> {
    let count = whole.count();
    (0..count).filter(move |at| *at < 40 || at + 40 >= count || at % 7 == 0)
}

/// Kills the command at operations in turn. `check` is the command that sees it.
fn kill_everywhere(world: &World, command: &[&str], check: &[&str], out: &str) {
    let journal = world.path(out).join(JOURNAL);
    let before = tree(world);
    let whole = Failing::never();
    let ran = world.run_on(command, &whole);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let after = tree(world);
    assert_ne!(before, after);
    let (mut undone, mut finished) = (0, 0);
    for at in points(&whole) {
        reset(world, &before);
        assert_ne!(world.run_on(command, &Failing::at(at, true)).code, 0, "killed at {at}");
        for (path, _) in before.iter().filter(|(path, _)| after.contains_key(*path)) {
            let now =
                std::fs::read(path).unwrap_or_else(|_| panic!("killed at {at}: {} is lost", path.display()));
            assert!(now == before[path] || now == after[path], "killed at {at}: {}", path.display());
        }
        if is_unfinished(&journal) {
            let ran = world.run(check);
            assert!(ran.code == 1 && ran.err.contains("an earlier run was interrupted"), "{at}: {}", ran.err);
        }
        // The way back may be cut short as well.
        let _ = recover(&journal, &Failing::at(at % 5, true));
        let left = recover(&journal, &System).unwrap();
        let now = tree(world);
        match left {
            Left::Finished => finished += 1,
            Left::Undone | Left::Nothing => undone += 1,
        }
        assert!(now == before || now == after, "killed at {at}: {left:?}, but some files are of each run");
        let ran = world.run(command);
        assert_eq!(ran.code, 0, "killed at {at}: {}", ran.err);
        assert!(tree(world) == after, "killed at {at}");
        assert_eq!(world.run(check).code, 0, "killed at {at}");
    }
    assert!(undone > 5 && finished > 5, "{undone} undone, {finished} finished");
}

/// Fails one operation after the other, while the process lives on: nothing is written, or all of it.
fn fail_everywhere(world: &World, command: &[&str], out: &str) {
    let before = tree(world);
    let whole = Failing::never();
    assert_eq!(world.run_on(command, &whole).code, 0);
    let after = tree(world);
    for at in points(&whole) {
        reset(world, &before);
        let ran = world.run_on(command, &Failing::at(at, false));
        let now = tree(world);
        if now != before && now != after {
            assert!(is_unfinished(&world.path(out).join(JOURNAL)), "failed at {at}: {}", ran.err);
            recover(&world.path(out).join(JOURNAL), &System).unwrap();
            let now = tree(world);
            assert!(now == before || now == after, "failed at {at}");
        }
        assert!(ran.code == 1 || tree(world) == after, "failed at {at}");
    }
}

/// A workspace whose SDK is made of [`OLD`], with files and lines that people wrote.
fn existing(name: &str) -> World {
    let world = World::new(name);
    let choices = "spec = \"api.yaml\"\n[package]\nname = \"shop-sdk\"\nversion = \"0.1.0\" # the first\n";
    world.write("spec/sdk.toml", choices).write("spec/api.yaml", OLD).write("new.yaml", new());
    let ran = world.run(&["codegen"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let manifest = world.read("generated/Cargo.toml");
    world.write("generated/Cargo.toml", manifest + "\n[dev-dependencies]\n# mine\nown = \"1\"\n");
    world.write("generated/tests/own.rs", "// mine\n");
    world
}

#[test]
fn a_new_sdk() {
    let world = World::new("kill-fresh");
    world.write("api.yaml", OLD);
    let (spec, out) = (world.path("api.yaml"), world.path("sdk/shop"));
    let (spec, out) = (spec.to_str().unwrap(), out.to_str().unwrap());
    let command = ["codegen", "--spec", spec, "--out", out];
    kill_everywhere(&world, &command, &[&command[..], &["--check"]].concat(), "sdk/shop");
}

#[test]
fn an_sdk_that_is_there() {
    let world = existing("kill-codegen");
    world.write("spec/api.yaml", new());
    kill_everywhere(&world, &["codegen"], &["codegen", "--check"], "generated");
    assert!(world.read("generated/Cargo.toml").ends_with("[dev-dependencies]\n# mine\nown = \"1\"\n"));
    assert_eq!(world.read("generated/tests/own.rs"), "// mine\n");
    reset(&world, &tree(&world));
}

#[test]
fn a_new_version_of_the_document() {
    let world = existing("kill-sync");
    let from = world.path("new.yaml");
    let command = ["sync", "--from", from.to_str().unwrap()];
    kill_everywhere(&world, &command, &["codegen", "--check"], "generated");
    assert_eq!(world.read("generated/tests/own.rs"), "// mine\n");
}

#[test]
fn an_operation_that_fails() {
    let world = existing("fail-codegen");
    world.write("spec/api.yaml", new());
    fail_everywhere(&world, &["codegen"], "generated");
}

#[test]
fn a_folder_that_cannot_be_made_leaves_none() {
    let world = World::new("fail-folder");
    world.write("api.yaml", OLD);
    let (spec, out) = (world.path("api.yaml"), world.path("sdk/shop"));
    let command = ["codegen", "--spec", spec.to_str().unwrap(), "--out", out.to_str().unwrap()];
    let ran = world.run_on(&command, &Failing::at(1, false));
    assert!(ran.code == 1 && ran.err.contains("cannot write `ROOT/sdk/shop`"), "{}", ran.err);
    assert!(!world.path("sdk").exists(), "an empty folder is left over");
}

#[test]
fn what_people_change_before_the_next_run_is_kept() {
    let world = existing("kill-edit");
    world.write("spec/api.yaml", new());
    let before = tree(&world);
    let whole = Failing::never();
    assert_eq!(world.run_on(&["codegen"], &whole).code, 0);
    let edited = "// mine, now\n";
    for at in 0..whole.count() {
        reset(&world, &before);
        assert_ne!(world.run_on(&["codegen"], &Failing::at(at, true)).code, 0);
        let manifest = world.read("generated/Cargo.toml") + "# later\n";
        world.write("generated/Cargo.toml", manifest).write("generated/src/resources/pieces.rs", edited);
        let ran = world.run(&["codegen"]);
        assert!(world.read("generated/Cargo.toml").ends_with("own = \"1\"\n# later\n"), "killed at {at}");
        assert_eq!(world.read("generated/src/resources/pieces.rs"), edited, "killed at {at}");
        assert_eq!(ran.code, 1, "killed at {at}: {}", ran.err);
    }
}

/// A disk on which one file can neither be replaced nor removed, and on request not put back either.
struct Stuck {
    file: PathBuf,
    stays_put: Option<PathBuf>,
}

impl Stuck {
    fn check(&self, path: &Path) -> io::Result<()> {
        if path == self.file { Err(io::Error::from(io::ErrorKind::PermissionDenied)) } else { Ok(()) }
    }
}

impl Disk for Stuck {
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.check(path)?;
        std::fs::write(path, bytes)
    }

    fn copy(&self, from: &Path, to: &Path) -> io::Result<()> {
        System.copy(from, to)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.check(to)?;
        let is_put_back = from.extension().is_some_and(|what| what == "old");
        if is_put_back && self.stays_put.as_deref() == Some(to) {
            return Err(io::Error::from(io::ErrorKind::PermissionDenied));
        }
        System.rename(from, to)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.check(path)?;
        System.remove_file(path)
    }

    fn create_dir(&self, path: &Path) -> io::Result<()> {
        System.create_dir(path)
    }

    fn remove_dir(&self, path: &Path) -> io::Result<()> {
        System.remove_dir(path)
    }
}

#[test]
fn a_file_that_cannot_be_replaced_undoes_the_run_at_once() {
    let world = existing("stuck");
    world.write("spec/api.yaml", new());
    let before = tree(&world);
    // One of the last files that are replaced, a new one, and one that is removed.
    for stuck in ["spec/names.lock", "src/types/things.rs", "src/pieces.rs", "src/parts.rs"] {
        let file = world.path(if stuck.starts_with("src") { "generated" } else { "" }).join(stuck);
        let ran = world.run_on(&["codegen"], &Stuck { file, stays_put: None });
        assert_eq!(ran.code, 1, "{stuck}: {}", ran.err);
        assert!(ran.err.starts_with("error: cannot write `") && ran.err.contains(stuck), "{}", ran.err);
        let told = "  = help: nothing was changed: what had been replaced was put back\n";
        assert!(ran.err.ends_with(told), "{}", ran.err);
        assert!(tree(&world) == before, "{stuck}");
    }
    assert_eq!(world.run(&["codegen"]).code, 0);
}

#[test]
fn what_cannot_be_put_back_either_is_left_to_the_next_run() {
    let world = existing("stuck-twice");
    world.write("spec/api.yaml", new());
    let before = tree(&world);
    let manifest = world.path("generated/Cargo.toml");
    let disk = Stuck { file: world.path("spec/names.lock"), stays_put: Some(manifest.clone()) };
    let ran = world.run_on(&["codegen"], &disk);
    let told = "  = help: the run was interrupted; the next one finishes or undoes it\n";
    assert!(ran.code == 1 && ran.err.ends_with(told), "{}", ran.err);
    // Everything else is as it was.
    let journal = world.path("generated").join(JOURNAL);
    assert!(is_unfinished(&journal));
    let now = tree(&world);
    let differ: Vec<&PathBuf> = before.keys().filter(|path| now.get(*path) != before.get(*path)).collect();
    assert_eq!(differ, [&manifest]);
    assert_eq!(recover(&journal, &System).unwrap(), Left::Undone);
    assert!(tree(&world) == before);
}
