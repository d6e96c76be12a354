//! What `sdk.toml` says about the package is what stands in its manifest, also once people have written into it.

use crate::world::World;

const API: &str = "\
openapi: 3.0.3
info: {title: Shop, version: '1', description: d}
servers: [{url: 'https://a.example'}]
paths: {}
components: {schemas: {Code: {type: string, format: ulid}, Pet: {type: object, properties: {code: {type: string, format: ulid}}}}}
";

fn world(name: &str, choices: &str) -> World {
    let world = World::new(name);
    world.write("spec/api.yaml", API).write("spec/sdk.toml", format!("spec = \"api.yaml\"\n{choices}"));
    let ran = world.run(&["codegen"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    world
}

/// The values of `[package]` in the manifest, by key.
fn package(world: &World) -> toml::Table {
    let manifest: toml::Table = world.read("generated/Cargo.toml").parse().unwrap();
    manifest["package"].as_table().unwrap().clone()
}

#[test]
fn what_the_choices_say_is_what_is_written() {
    let world = world("manifest", "[package]\nname = \"shop\"\nversion = \"0.1.0\"\n");
    // What people do with it: comments, another order, keys and dependencies of their own.
    let old = world.read("generated/Cargo.toml");
    let mine = old
        .replace(
            "version = \"0.1.0\"\nedition",
            "# The version of the API.\nversion = '0.1.0'   # keep\nedition",
        )
        .replace("[package]\n", "[package]\nauthors = [\"me\"] # mine\n")
        + "\n[dev-dependencies]\nown = \"1\" # mine\n";
    world.write("generated/Cargo.toml", &mine);
    assert_eq!(world.run(&["codegen", "--check"]).code, 0);
    for (key, value) in [
        ("version", "2.0.0-rc.1"),
        ("description", "All \\\"of\\\" it"),
        ("license", "MIT OR Apache-2.0"),
        ("repository", "https://example.com/shop"),
        ("name", "shop-client"),
    ] {
        let choices = format!("spec = \"api.yaml\"\n[package]\n{key} = \"{value}\"\n");
        world.write("generated/Cargo.toml", &mine).write("spec/sdk.toml", choices);
        let ran = world.run(&["codegen", "--check"]);
        assert_eq!(ran.code, 1, "{key}: the manifest passes for fresh");
        assert_eq!(world.run(&["codegen"]).code, 0);
        assert_eq!(package(&world)[key].as_str().unwrap(), value.replace("\\\"", "\""));
        let now = world.read("generated/Cargo.toml");
        let others = |text: &str| {
            let is_it = |line: &&str| !line.starts_with(&format!("{key} ="));
            text.lines().filter(is_it).map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(others(&now), others(&mine), "{key}");
        assert_eq!(world.run(&["codegen", "--check"]).code, 0);
    }
}

#[test]
fn a_manifest_that_cannot_be_read_is_left_alone() {
    let world = world("manifest-broken", "[package]\nversion = \"0.1.0\"\n");
    let broken = world.read("generated/Cargo.toml").replace("[package]", "[package");
    world.write("generated/Cargo.toml", &broken);
    let ran = world.run(&["codegen", "--force"]);
    assert!(ran.code == 1 && ran.err.contains("`generated/Cargo.toml` is not TOML: line 1"), "{}", ran.err);
    assert_eq!(world.read("generated/Cargo.toml"), broken);
}

#[test]
fn a_table_stands_in_a_manifest_once() {
    let world = world("manifest-tables", "[package]\nversion = \"0.1.0\"\n");
    let old = world.read("generated/Cargo.toml");
    let mine = format!(
        "{old}\n[package.metadata.docs.rs]\nall-features = true\n\n[dependencies.own]\nversion = \"1\"\n"
    );
    world.write("generated/Cargo.toml", &mine);
    let ran = world.run(&["codegen"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(package(&world)["metadata"]["docs"]["rs"].to_string(), "{ all-features = true }");
    assert_eq!(world.run(&["codegen", "--check"]).code, 0);

    let mine = format!("{old}\n[dependencies]\nown = \"1\"\n");
    world.write("generated/Cargo.toml", &mine);
    let ran = world.run(&["codegen"]);
    assert!(ran.code == 1 && ran.err.contains("write `[dependencies.NAME]`"), "{}", ran.err);
    assert_eq!(world.read("generated/Cargo.toml"), mine);
}

#[test]
fn what_cargo_would_refuse_is_refused_before_anything_is_written() {
    let world = World::new("manifest-refused");
    world.write("api.yaml", API);
    let (spec, out) = (world.path("api.yaml"), world.path("out"));
    let args = ["codegen", "--spec", spec.to_str().unwrap(), "--out", out.to_str().unwrap()];
    for name in ["std", "crate", "Self", "http", "My Sdk!", "a\"b", "../../evil", "", "gr\u{f6}\u{df}e"] {
        let ran = world.run(&[&args[..], &["--name", name]].concat());
        assert_eq!(ran.code, 2, "{name}: {}", ran.err);
        assert!(ran.err.contains("for '--name <NAME>': the name "), "{}", ran.err);
    }
    let config = world.path("sdk.toml");
    let args = [&args[..], &["--config", config.to_str().unwrap()]].concat();
    for choices in [
        "[package]\nname = \"std\"\n",
        "[package]\nversion = \"1.0\"\n",
        "[client]\nenv = \"A\\nB\"\n",
        "[formats]\nulid = { type = \"ulid::Ulid\" }\n",
        "[formats]\nulid = { type = \"ulid::Ulid\", version = \"1\", crate = \"x = 1\\n[y]\" }\n",
    ] {
        world.write("sdk.toml", choices);
        let ran = world.run(&args);
        assert!(ran.code == 1 && ran.err.contains("--> ROOT/sdk.toml:2:"), "{choices}: {}", ran.err);
    }
    assert!(!out.exists());
}

/// Cargo gives the description to the compiler in a variable.
#[test]
fn the_description_has_no_control_characters() {
    let summary = "summary: \"a\\0b\\e[0m\\n # @generated:end\"";
    let world = World::new("manifest-description");
    world.write("spec/sdk.toml", "spec = \"api.yaml\"\n");
    let api = API.replace("3.0.3", "3.1.0").replace("description: d", summary);
    world.write("spec/api.yaml", api);
    let ran = world.run(&["codegen"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(package(&world)["description"].as_str(), Some("a b [0m # generated:end"));
}

/// A title may be anything; the name that is made of it is one that cargo takes.
#[test]
fn the_name_that_is_made_of_a_title_is_usable() {
    let world = World::new("manifest-title");
    let (spec, out) = (world.path("api.yaml"), world.path("out"));
    let long = "word ".repeat(40);
    for (title, name) in [
        ("std", "std-sdk"),
        ("HTTP", "http-sdk"),
        ("Test", "test-sdk"),
        ("fn", "fn-sdk"),
        ("\u{42f}", "sdk"),
        ("3 D", "api-3-d"),
        (&long, "word-word-word-word-word-word-word-word-word-word-word"),
        (&"x".repeat(200), &"x".repeat(56)),
    ] {
        let _ = std::fs::remove_dir_all(&out);
        world.write("api.yaml", API.replace("Shop", title));
        let args = ["codegen", "--spec", spec.to_str().unwrap(), "--out", out.to_str().unwrap()];
        let ran = world.run(&args);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let manifest: toml::Table = world.read("out/Cargo.toml").parse().unwrap();
        assert_eq!(manifest["package"]["name"].as_str(), Some(name));
    }
}
