//! Descriptions of several files, and how strict a run is.

use crate::world::World;

const HEAD: &str = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n";

/// A workspace whose document refers to a file.
fn world(name: &str, reference: &str) -> World {
    let world = World::new(name);
    let document = format!("{HEAD}paths: {{}}\ncomponents: {{schemas: {{Pet: {{$ref: '{reference}'}}}}}}\n");
    world.write("spec/sdk.toml", "spec = \"api/root.yaml\"\n").write("spec/api/root.yaml", document);
    world
}

#[test]
fn files_are_read_and_their_changes_are_seen() {
    let world = world("several", "schemas/pet.yaml");
    world.write("spec/api/schemas/pet.yaml", "type: object\nproperties: {name: {type: string}}\n");
    let ran = world.run(&["codegen"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(world.run(&["codegen", "--check"]).code, 0);
    world.write("spec/api/schemas/pet.yaml", "type: object\nproperties: {age: {type: integer}}\n");
    let ran = world.run(&["codegen", "--check"]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("+    pub age: Option<i64>"), "{}", ran.out);
    world.write("spec/api/schemas/pet.yaml", "type: object\nproperties: {age: {type: [}}\n");
    let ran = world.run(&["codegen"]);
    assert!(ran.code == 1 && ran.err.contains("spec/api/schemas/pet.yaml:2:"), "{}", ran.err);
}

#[test]
fn a_file_that_is_not_there_has_a_neighbour() {
    let world = world("neighbour", "schemas/pat.yaml");
    world.write("spec/api/schemas/pet.yaml", "type: string\n");
    let ran = world.run(&["codegen", "--strict"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("did you mean `schemas/pet.yaml`"), "{}", ran.err);
    assert!(!world.path("generated").exists());
}

#[test]
fn nothing_outside_the_folder_is_read_unless_allowed() {
    let world = world("outside", "../secret.yaml");
    world.write("spec/secret.yaml", "type: object\nproperties: {secret: {type: string}}\n");
    let ran = world.run(&["codegen", "--strict"]);
    assert!(ran.code == 1 && ran.err.contains("allow it with `--allow-outside`"), "{}", ran.err);
    assert_eq!(world.run(&["codegen", "--allow-outside"]).code, 0);
    let absolute = world.path("spec/secret.yaml");
    let other = self::world("absolute", &absolute.display().to_string());
    let ran = other.run(&["codegen", "--allow-outside", "--strict"]);
    assert!(ran.code == 1 && ran.err.contains("has an absolute path"), "{}", ran.err);
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_outside_counts_as_outside() {
    let world = world("link", "inner.yaml");
    world.write("spec/secret.yaml", "type: object\nproperties: {secret: {type: string}}\n");
    std::os::unix::fs::symlink(world.path("spec/secret.yaml"), world.path("spec/api/inner.yaml")).unwrap();
    let ran = world.run(&["codegen", "--strict"]);
    assert!(ran.code == 1 && ran.err.contains("points outside the folder"), "{}", ran.err);
}

#[test]
fn remote_files_are_never_fetched() {
    let world = world("remote", "https://example.com/pet.yaml");
    let ran = world.run(&["codegen", "--strict"]);
    assert!(ran.code == 1 && ran.err.contains("nothing is fetched"), "{}", ran.err);
    let ran = world.run(&["codegen"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
}

const BROKEN: &str = "paths:
  /a:
    get: {operationId: a, parameters: [{$ref: '#/components/parameters/Gone'}], responses: {'204': {description: Done}}}
    put: {operationId: b, responses: {'200': {description: A, content: {application/json: {schema: {$ref: '#/components/schemas/Gone'}}}}}}
  /b:
    get: {operationId: b, responses: {'204': {description: Done}}}
  /c:
    get: {operationId: c, responses: {'200': {$ref: '#/components/responses/Gone'}}}
";

#[test]
fn what_is_missing_is_left_out_unless_the_file_denies_it() {
    let world = World::new("keep-going");
    let deny = "spec = \"api.yaml\"\n[lints]\nunresolved-ref = \"deny\"\n";
    world.write("spec/sdk.toml", deny).write("spec/api.yaml", format!("{HEAD}{BROKEN}"));
    let refused = world.run(&["codegen"]);
    assert_eq!(refused.code, 1);
    assert!(refused.err.contains("it is ignored"), "{}", refused.err);
    assert!(!world.path("generated").exists());
    assert_eq!(world.run(&["codegen", "--keep-going"]).code, 0);
    world.write("spec/sdk.toml", "spec = \"api.yaml\"\n");
    let ran = world.run(&["codegen"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.starts_with("2 operations"), "{}", ran.out);
    let report = world.read("spec/report.txt");
    assert!(report.contains("operation-refused (2)"), "{report}");
    let lints = "[lints]\nduplicate-operation-id = \"allow\"\n";
    world.write("spec/sdk.toml", format!("spec = \"api.yaml\"\n{lints}"));
    let ran = world.run(&["codegen", "--check"]);
    assert_eq!(ran.code, 1, "the report differs");
    assert!(ran.out.contains("+  duplicate-operation-id: 1"), "{}", ran.out);
}

#[test]
fn a_strict_run_stops_at_warnings_but_for_those_allowed() {
    let world = World::new("strict");
    world.write("spec/sdk.toml", "spec = \"api.yaml\"\n");
    world.write("spec/api.yaml", format!("{HEAD}paths: {{}}\nzebra: 1\n"));
    assert_eq!(world.run(&["codegen"]).code, 0);
    let ran = world.run(&["codegen", "--strict"]);
    assert!(ran.code == 1 && ran.err.contains("error[keyword-unknown]"), "{}", ran.err);
    world.write("spec/sdk.toml", "spec = \"api.yaml\"\n[lints]\nkeyword-unknown = \"allow\"\n");
    assert_eq!(world.run(&["codegen", "--strict"]).code, 0);
    assert_eq!(world.run(&["codegen", "--strict", "--keep-going"]).code, 2);
}

#[cfg(unix)]
#[test]
fn pipes_devices_folders_and_huge_files_are_refused() {
    let fifo = |world: &World, path: &str| {
        let made = std::process::Command::new("mkfifo").arg(world.path(path)).status().unwrap();
        assert!(made.success());
        // Whoever reads it all the same gets to an end, so that the test fails instead of waiting for ever.
        let path = world.path(path);
        std::thread::spawn(move || {
            std::thread::sleep(std::time::Duration::from_secs(10));
            drop(std::fs::File::options().write(true).open(path));
        });
    };
    let world = world("fifo", "pipe.yaml");
    world.write("spec/api/big.yaml", "type: string\n");
    fifo(&world, "spec/api/pipe.yaml");
    let ran = world.run(&["codegen", "--strict"]);
    assert!(ran.code == 1 && ran.err.contains("not a regular file"), "{}", ran.err);
    let huge = self::world("huge", "big.yaml");
    huge.write("spec/api/big.yaml", "type: string\n");
    assert_eq!(huge.run(&["codegen", "--strict"]).code, 0);
    let file = std::fs::File::options().write(true).open(huge.path("spec/api/big.yaml")).unwrap();
    file.set_len((64 << 20) + 1).unwrap();
    let ran = huge.run(&["codegen", "--strict"]);
    assert!(ran.code == 1 && ran.err.contains("it has 67108865 bytes, more than 64 MiB"), "{}", ran.err);
    let pipe = world.path("spec/api/pipe.yaml");
    // Files that a run reads and writes: the names, the report, what was generated.
    for path in ["spec/names.lock", "spec/report.txt", "generated/src/lib.rs"] {
        let world = World::new("fifo-out");
        world.write("spec/sdk.toml", "spec = \"api.yaml\"\n");
        world.write("spec/api.yaml", format!("{HEAD}paths: {{}}\n"));
        assert_eq!(world.run(&["codegen"]).code, 0);
        std::fs::remove_file(world.path(path)).unwrap();
        fifo(&world, path);
        let ran = world.run(&["codegen"]);
        assert!(ran.code == 1 && ran.err.contains("not a regular file"), "{path}: {}", ran.err);
    }
    for (path, said) in [
        (pipe.to_str().unwrap(), "not a regular file"),
        ("/dev/zero", "not a regular file"),
        (world.path("spec").to_str().unwrap(), "it is a folder"),
    ] {
        let ran = world.run(&["lint", path]);
        assert!(ran.code == 1 && ran.err.contains(said), "{path}: {}", ran.err);
    }
}
