//! The library in a build script: the one of the page `docs/recipes/build-rs.md`, compiled and run.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::project::{SHOP, added, check};
use crate::world::World;

/// The first block of code on the page that contains a text.
fn block(with: &str) -> String {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/recipes/build-rs.md");
    let page = std::fs::read_to_string(page).unwrap();
    let block = page.split("```").find(|block| block.contains(with)).unwrap_or_else(|| panic!("no `{with}`"));
    block.split_once('\n').unwrap().1.to_owned()
}

/// Compiles a build script with the library that this test uses.
fn compile(world: &World, script: &str) -> PathBuf {
    world.write("build.rs", script);
    let deps = std::env::current_exe().unwrap().parent().unwrap().to_owned();
    let mut built: Vec<PathBuf> = std::fs::read_dir(&deps)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.starts_with("libsdkgen-") && name.ends_with(".rlib")
        })
        .collect();
    // The folder of a developer holds those of earlier builds.
    built.sort_by_key(|path| std::cmp::Reverse(path.metadata().unwrap().modified().unwrap()));
    let program = world.path("build-script");
    let mut said = String::new();
    for library in built {
        let ran = Command::new("rustc")
            .args(["--edition=2024", "build.rs", "-o"])
            .arg(&program)
            .arg(format!("--extern=sdkgen={}", library.display()))
            .arg(format!("-Ldependency={}", deps.display()))
            .current_dir(&world.root)
            .output()
            .unwrap();
        if ran.status.success() {
            return program;
        }
        said = String::from_utf8_lossy(&ran.stderr).into_owned();
    }
    panic!("{said}");
}

#[test]
fn the_build_script_of_the_page_runs() {
    let world = World::new("build-script");
    // Without TLS, which takes long to compile.
    let script = block("from_file").replace(".module(", ".no_default_features().module(");
    let program = compile(&world, &script);
    world.write("user/pet-shop.yaml", SHOP).write("user/Cargo.toml", block("[build-dependencies]"));
    let run = || {
        let mut command = Command::new(&program);
        command.current_dir(world.path("user")).env("OUT_DIR", world.path("user/out"));
        command.output().unwrap()
    };
    std::fs::create_dir_all(world.path("user/out")).unwrap();
    let ran = run();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    assert!(String::from_utf8_lossy(&ran.stdout).contains("rerun-if-changed=pet-shop.yaml"));
    let written = world.snapshot();
    assert!(run().status.success());
    let module = world.path("user/out/api/mod.rs");
    assert_eq!(written[&module], world.snapshot()[&module], "an equal file was written again");

    // What cargo would do with it.
    let sdk = sdkgen::Generator::new(sdkgen::Source::new("pet-shop.yaml", SHOP));
    let sdk = sdk.no_default_features().module("crate::api").generate().unwrap();
    let lines: String = sdk.dependencies().iter().map(|line| format!("cargo add {line}\n")).collect();
    let manifest = "[package]\nname = \"user\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";
    world.write("user/Cargo.toml", format!("{manifest}{}\n[workspace]\n", added(&lines)));
    let root = "include!(concat!(env!(\"OUT_DIR\"), \"/api.rs\"));\n";
    let out = format!("{:?}", world.path("user/out/api.rs"));
    world.write("user/src/lib.rs", root.replace("concat!(env!(\"OUT_DIR\"), \"/api.rs\")", &out));
    check(&world, "user", &[]);

    // A dependency that is missing is said before the compiler says it.
    let whole = world.read("user/Cargo.toml");
    world.write("user/Cargo.toml", whole.replace("\nitoa = ", "\nitoa2 = "));
    let ran = run();
    let said = String::from_utf8_lossy(&ran.stderr);
    assert!(!ran.status.success() && said.ends_with("for the module:\n    cargo add itoa@1.0\n"), "{said}");
    world.write("user/Cargo.toml", whole);

    // What is wrong with the document is said as the command says it.
    world.write("user/pet-shop.yaml", "swagger: '1.2'\n");
    let ran = run();
    let said = String::from_utf8_lossy(&ran.stderr);
    assert!(!ran.status.success() && said.contains("--> pet-shop.yaml:1:1"), "{said}");
}

/// Who follows the page has what the document of the tutorial needs.
#[test]
fn the_manifest_of_the_page_is_whole() {
    let tutorial = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/tutorial.md");
    let tutorial = std::fs::read_to_string(tutorial).unwrap();
    let document = tutorial.split("```yaml\n").nth(1).unwrap().split("```").next().unwrap();
    let generator = sdkgen::Generator::new(sdkgen::Source::new("pet-shop.yaml", document));
    let sdk = generator.module("crate::api").generate().unwrap();
    let lines: String = sdk.dependencies().iter().map(|line| format!("cargo add {line}\n")).collect();
    // A version alone, and a table with the defaults, are the same.
    let whole = |entry: &toml::Value| {
        let get = |key: &str| entry.as_table().and_then(|table| table.get(key)).cloned();
        let features = get("features").unwrap_or_else(|| toml::Value::Array(Vec::new()));
        (
            get("version").unwrap_or_else(|| entry.clone()),
            get("default-features") == Some(false.into()),
            features,
        )
    };
    let tables = |text: &str| -> BTreeMap<String, Vec<_>> {
        let manifest: toml::Table = text.parse().unwrap();
        let targets = manifest.get("target").and_then(toml::Value::as_table).cloned().unwrap_or_default();
        let all = targets.iter().map(|(target, tables)| (target.clone(), tables["dependencies"].clone()));
        let all = all.chain([(String::new(), manifest["dependencies"].clone())]);
        let list = |table: &toml::Value| {
            table.as_table().unwrap().iter().map(|(name, entry)| (name.clone(), whole(entry))).collect()
        };
        all.map(|(target, table)| (target, list(&table))).collect()
    };
    assert_eq!(tables(&block("[build-dependencies]")), tables(&added(&lines)));
}

#[test]
fn an_edited_file_is_not_lost() {
    let world = World::new("library-edited");
    let generator = sdkgen::Generator::new(sdkgen::Source::new("shop.yaml", SHOP)).name("shop-sdk");
    let sdk = generator.generate().unwrap();
    let out = world.path("sdk");
    assert!(sdk.write_to(&out).unwrap() > 20);
    assert_eq!(sdk.write_to(&out).unwrap(), 0);
    let edited = format!("{}// Mine.\n", world.read("sdk/src/client.rs"));
    world.write("sdk/src/client.rs", &edited);
    let error = sdk.write_to(&out).unwrap_err();
    assert!(error.to_string().contains("client.rs`: was edited after it was generated"), "{error}");
    assert_eq!(world.read("sdk/src/client.rs"), edited);
    // Names stay with the lock of the run before.
    let lock = sdkgen::Source::new("names.lock", sdk.lock());
    let again = generator.lock(lock).generate().unwrap();
    assert!(again.files().eq(sdk.files()));
}

#[test]
fn the_union_of_webhooks_is_compiled_on_demand_beside_operations() {
    let document = r##"{"openapi": "3.1.0", "info": {"title": "Shop", "version": "1"},
        "paths": {"/a": {"get": {"responses": {"204": {"description": "Fine."}}}}},
        "webhooks": {
            "b": {"post": {"requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/B"}}}}}},
            "c": {"post": {"requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/C"}}}}}}
        },
        "components": {"schemas": {
            "B": {"type": "object", "required": ["kind"], "properties": {"kind": {"const": "b"}}},
            "C": {"type": "object", "required": ["kind"], "properties": {"kind": {"const": "c"}}}
        }}}"##;
    let source = sdkgen::Source::new("api.json", document);
    let sdk = sdkgen::Generator::new(source).generate().unwrap();
    let holds =
        |path: &str, text: &str| sdk.files().any(|(name, content)| name == path && content.contains(text));
    assert!(holds("src/types/webhooks.rs", "pub enum WebhookEvent {"));
    assert!(holds("src/types.rs", "#[cfg(feature = \"webhook-types\")]"));
}
