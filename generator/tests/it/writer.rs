//! The writer: what is equal keeps its time, what is stale goes, what people wrote stays, and all of it or nothing.

use std::time::{Duration, SystemTime};

use sdkgen::disk::{JOURNAL, Plan, Refusal, System, Target, Trouble, compare};
use sdkgen::files::Files;

use crate::world::World;

fn files(of: &[(&str, &str)]) -> Files {
    let mut files = Files::default();
    for (path, text) in of {
        match text.contains("# @generated:begin") {
            true => files.add_with_parts(*path, *text),
            false => files.add(*path, *text),
        }
    }
    files.stamped("api.yaml")
}

fn plan(world: &World, files: &Files) -> Plan {
    let target = |(path, text): (&str, &str)| Target {
        path: world.path(path),
        text: text.into(),
        settings: Vec::new(),
    };
    let targets: Vec<Target> = files.iter().map(target).collect();
    compare(&targets, &[world.path("src")]).unwrap()
}

fn write(world: &World, plan: &Plan) -> Result<(), Trouble> {
    sdkgen::disk::write(plan, &world.path(JOURNAL), &System)
}

fn put(world: &World, of: &[(&str, &str)]) {
    write(world, &plan(world, &files(of))).unwrap();
}

fn refusals(plan: &Plan, force: bool) -> Vec<Refusal> {
    plan.refused(force).map(|(_, refusal)| refusal.clone()).collect()
}

/// Makes every file an hour old, so that a rewrite shows whatever the clock's resolution.
fn age(world: &World) -> SystemTime {
    let old = SystemTime::now() - Duration::from_secs(3600);
    for path in world.snapshot().into_keys() {
        std::fs::File::options().write(true).open(path).unwrap().set_modified(old).unwrap();
    }
    old
}

#[test]
fn only_what_changed_is_written() {
    let world = World::new("changed");
    put(&world, &[("src/a.rs", "mod a;\n"), ("src/b/c.rs", "mod c;\n")]);
    let old = age(&world);
    let second = plan(&world, &files(&[("src/a.rs", "mod a;\n"), ("src/b/c.rs", "mod d;\n")]));
    assert_eq!((second.changes.len(), second.unchanged), (1, 1));
    write(&world, &second).unwrap();
    let after = world.snapshot();
    assert_eq!(after[&world.path("src/a.rs")].1, old);
    assert!(after[&world.path("src/b/c.rs")].1 > old);
    assert_eq!(after.len(), 2, "nothing is left over beside the files");
    assert!(world.read("src/b/c.rs").ends_with("\nmod d;\n"));
}

#[test]
fn line_ends_of_a_checkout_are_no_change() {
    let world = World::new("crlf");
    let wanted = files(&[("src/a.rs", "mod a;\nmod b;\n")]);
    world.write("src/a.rs", wanted.get("src/a.rs").unwrap().replace('\n', "\r\n"));
    assert_eq!(plan(&world, &wanted).changes.len(), 0);
}

#[test]
fn stale_files_and_their_empty_folders_go() {
    let world = World::new("stale");
    put(&world, &[("src/a.rs", "1"), ("src/old/deep/b.rs", "2"), ("src/.hidden", "3")]);
    world.write("elsewhere.rs", "people's\n");
    put(&world, &[("src/a.rs", "1")]);
    assert!(!world.path("src/old").exists());
    assert!(world.path("src/a.rs").exists() && world.path("elsewhere.rs").exists());
}

#[test]
fn a_hand_edit_is_refused_unless_forced() {
    let world = World::new("edited");
    put(&world, &[("src/a.rs", "mod a;\n"), ("src/b.rs", "mod b;\n")]);
    for path in ["src/a.rs", "src/b.rs"] {
        world.write(path, world.read(path) + "// mine\n");
    }
    // One would be overwritten, the other removed.
    let plan = plan(&world, &files(&[("src/a.rs", "mod a2;\n")]));
    assert_eq!(refusals(&plan, false), [Refusal::Edited, Refusal::Edited]);
    assert_eq!(refusals(&plan, true), []);
    write(&world, &plan).unwrap();
    assert!(world.read("src/a.rs").ends_with("mod a2;\n") && !world.path("src/b.rs").exists());
}

#[test]
fn files_of_people_are_never_taken_for_ours() {
    let world = World::new("people");
    world.write("src/a.rs", "fn mine() {}\n").write("src/notes.txt", [0xff, 0xfe, 0x00]);
    let plan = plan(&world, &files(&[("src/a.rs", "mod a;\n")]));
    assert_eq!(refusals(&plan, false), [Refusal::InTheWay, Refusal::Foreign]);
    assert_eq!(refusals(&plan, true), [Refusal::Foreign]);
}

#[test]
fn a_file_without_stamp_is_written_once() {
    let world = World::new("once");
    put(&world, &[("LICENSE", "ours\n")]);
    world.write("LICENSE", "theirs\n");
    put(&world, &[("LICENSE", "ours again\n")]);
    assert_eq!(world.read("LICENSE"), "theirs\n");
}

#[test]
fn a_file_with_parts_is_written_whole_first_and_spliced_afterwards() {
    let world = World::new("parts");
    let manifest = |features: &str| {
        format!(
            "[package]\nname = \"x\"\n[features]\n# @generated:begin features\n{features}# @generated:end\n"
        )
    };
    put(&world, &[("Cargo.toml", &manifest("a = []\n"))]);
    assert_eq!(world.read("Cargo.toml"), manifest("a = []\n"));
    world.write("Cargo.toml", manifest("a = []\n").replace("\"x\"", "\"mine\"") + "own = []\n");
    put(&world, &[("Cargo.toml", &manifest("b = []\n"))]);
    assert_eq!(world.read("Cargo.toml"), manifest("b = []\n").replace("\"x\"", "\"mine\"") + "own = []\n");
    world.write("Cargo.toml", "[package]\n");
    let plan = plan(&world, &files(&[("Cargo.toml", &manifest("b = []\n"))]));
    assert!(
        matches!(refusals(&plan, true).as_slice(), [Refusal::Parts(message)] if message.contains("`features`"))
    );
}

#[test]
fn all_of_it_or_nothing() {
    let world = World::new("atomic");
    put(&world, &[("src/a.rs", "1\n"), ("src/m.rs", "2\n"), ("src/old.rs", "3\n")]);
    let before = world.snapshot();
    let mut plan =
        plan(&world, &files(&[("src/a.rs", "one\n"), ("src/m.rs", "two\n"), ("src/new/z.rs", "z\n")]));
    // Between comparing and writing, a folder takes the place of a file: its rename fails when others are done.
    let blocked = plan.changes.iter_mut().find(|change| change.path.ends_with("z.rs")).unwrap();
    blocked.path = world.path("src/zz");
    std::fs::create_dir(world.path("src/zz")).unwrap();
    world.write("src/zz/full", "x");
    assert!(write(&world, &plan).is_err());
    std::fs::remove_dir_all(world.path("src/zz")).unwrap();
    let contents = |files: std::collections::BTreeMap<_, (Vec<u8>, SystemTime)>| {
        files.into_iter().map(|(path, (text, _))| (path, text)).collect::<Vec<_>>()
    };
    assert_eq!(contents(world.snapshot()), contents(before));
}
