//! A project of a user, with the program itself: begun, generated, checked and synced from wherever it is called.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;

use crate::world::{Ran, World};

pub(crate) const SHOP: &str = "\
openapi: 3.1.0
info: {title: Shop, version: '1'}
servers: [{url: 'https://shop.example'}]
paths:
  /things:
    get: {operationId: things_list, tags: [things], responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}}}
components:
  schemas:
    Thing: {type: object, required: [id], properties: {id: {type: string}, size: {type: integer}}}
";

/// Runs the program in a folder of the world, whose home folder is the world itself.
pub(crate) fn sdkgen(world: &World, folder: &str, args: &[&str]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sdkgen"));
    command.args(args).current_dir(world.path(folder)).env("HOME", &world.root).env("NO_COLOR", "1");
    let ran = command.env("SHOP_TOKEN", "Bearer s3cret").env_remove("UNSET").output().unwrap();
    let text =
        |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().replace(&world.root.display().to_string(), "ROOT");
    Ran { code: ran.status.code().unwrap() as u8, out: text(ran.stdout), err: text(ran.stderr) }
}

/// A repository with a workspace and a document.
pub(crate) fn repository(name: &str) -> World {
    let world = World::new(name);
    world.write("repo/.git/HEAD", "ref: refs/heads/main\n");
    world.write("repo/Cargo.toml", "# Ours.\n[workspace]\nresolver = \"3\"\nmembers = [\"app\"]\n");
    world
        .write("repo/app/Cargo.toml", "[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"2024\"\n");
    world.write("repo/app/src/main.rs", "fn main() {}\n");
    world.write("repo/spec/openapi.yaml", SHOP);
    world
}

/// Answers one request after the other with these texts, and gives back the requests.
fn serve(responses: Vec<String>) -> (String, std::thread::JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/v1/openapi.yaml", listener.local_addr().unwrap());
    let server = std::thread::spawn(move || {
        let respond = |response: String| {
            let (mut stream, _) = listener.accept().unwrap();
            let (mut request, mut byte) = (Vec::new(), [0]);
            while !request.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap() == 1 {
                request.push(byte[0]);
            }
            let _ = stream.write_all(response.as_bytes());
            String::from_utf8(request).unwrap()
        };
        responses.into_iter().map(respond).collect()
    });
    (url, server)
}

fn ok(body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len())
}

#[test]
fn a_project_begins_with_one_command() {
    let world = repository("init");
    let ran = sdkgen(&world, "repo", &["init"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    assert!(world.read("repo/sdk.toml").contains("spec = \"spec/openapi.yaml\""));
    assert_eq!(
        world.read("repo/Cargo.toml"),
        "# Ours.\n[workspace]\nresolver = \"3\"\nmembers = [\"app\", \"shop\"]\n"
    );
    assert!(!world.read("repo/shop/Cargo.toml").contains("[workspace]"));
    for file in ["names.lock", "report.txt", "shop/src/lib.rs", ".github/workflows/sdk.yml"] {
        assert!(world.path("repo").join(file).is_file(), "{file}");
    }
    assert!(world.read("repo/.github/workflows/sdk.yml").ends_with(
        "      - run: sdkgen check\n      - run: cargo check --manifest-path \"shop/Cargo.toml\"\n"
    ));
    // Cargo agrees that it is a member.
    let metadata = Command::new(env!("CARGO"))
        .args(["metadata", "--offline", "--no-deps", "--format-version=1"])
        .current_dir(world.path("repo"))
        .output()
        .unwrap();
    assert!(String::from_utf8_lossy(&metadata.stdout).contains("\"name\":\"shop\""), "{metadata:?}");

    // From anywhere below, it is the same project.
    let fresh = sdkgen(&world, "repo/app/src", &["check"]);
    assert_eq!(fresh.code, 0, "{}{}", fresh.out, fresh.err);
    world.write("repo/spec/openapi.yaml", SHOP.replace("size", "length"));
    let stale = sdkgen(&world, "repo/app", &["check"]);
    assert_eq!(stale.code, 1, "{}", stale.out);
    assert!(stale.err.contains("run `sdkgen generate`"), "{}", stale.err);
    let before = world.snapshot();
    let dry = sdkgen(&world, "repo/app", &["generate", "--dry-run"]);
    assert!(dry.code == 0 && dry.out.contains("change ../shop/src/types"), "{}{}", dry.out, dry.err);
    assert_eq!(before, world.snapshot());
    assert_eq!(sdkgen(&world, "repo/app", &["generate"]).code, 0);
    assert_eq!(sdkgen(&world, "repo", &["check"]).code, 0);
    assert_eq!(sdkgen(&world, "repo", &["lint"]).code, 0);

    let before = world.snapshot();
    let again = sdkgen(&world, "repo", &["init"]);
    assert!(again.code == 1 && again.err.contains("`sdk.toml` exists already"), "{}", again.err);
    assert_eq!(before, world.snapshot());
}

#[test]
fn two_sdks_share_a_workspace() {
    let world = repository("two-sdks");
    let depot = SHOP.replace("title: Shop", "title: Depot");
    world.write("repo/depot/api.yaml", depot);
    for (folder, args) in [
        ("repo", &["init", "spec/openapi.yaml", "--dir", "shop", "--out", "shop/sdk"][..]),
        ("repo/depot", &["init"]),
    ] {
        let ran = sdkgen(&world, folder, args);
        assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    }
    assert!(world.read("repo/Cargo.toml").contains("members = [\"app\", \"shop/sdk\", \"depot/depot\"]"));
    for folder in ["repo/shop", "repo/depot", "repo/depot/depot/src"] {
        let ran = sdkgen(&world, folder, &["check"]);
        assert_eq!(ran.code, 0, "{folder}: {}{}", ran.out, ran.err);
    }
}

#[test]
fn a_document_at_a_url_is_kept_and_synced() {
    let world = repository("init-url");
    let (url, server) = serve(vec![ok(SHOP), ok(&SHOP.replace("size", "length")), ok(SHOP)]);
    let ran = sdkgen(&world, "repo", &["init", &url, "--dir", "sdk", "--allow-loopback"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    assert_eq!(world.read("repo/sdk/openapi.yaml"), SHOP);
    assert!(world.read("repo/sdk/sdk.toml").contains(&format!("url = \"{url}\"")));
    let synced =
        sdkgen(&world, "repo/sdk", &["sync", "--allow-loopback", "--header-env", "Authorization=SHOP_TOKEN"]);
    assert_eq!(synced.code, 0, "{}{}", synced.out, synced.err);
    assert!(synced.out.contains("Thing::size") && synced.err.contains("version 0.2.0"), "{}", synced.out);
    assert!(!format!("{}{}", synced.out, synced.err).contains("s3cret"));
    // What was synced is fresh, from everywhere, and so it stays.
    for folder in ["repo/sdk", "repo/sdk/shop/src"] {
        let ran = sdkgen(&world, folder, &["check"]);
        assert_eq!(ran.code, 0, "{folder}: {}{}", ran.out, ran.err);
    }
    // Without a project: the document of a URL into any folder.
    let ran = sdkgen(&world, "repo", &["generate", &url, "--out", "../elsewhere", "--allow-loopback"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    let seen = server.join().unwrap();
    assert!(seen[1].to_lowercase().contains("authorization: bearer s3cret"), "{}", seen[1]);
    assert!(!seen[2].to_lowercase().contains("authorization"), "{}", seen[2]);
}

#[test]
fn what_a_url_sends_instead_of_a_document_is_said() {
    let world = repository("url-odd");
    let page = ok("<!doctype html><title>API</title>");
    let moved = "HTTP/1.1 302 Found\r\nlocation: https://other.example/x\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
    let login = "HTTP/1.1 401 No\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
    let (url, server) = serve(vec![page, moved.to_owned(), login.to_owned()]);
    let before = world.snapshot();
    for (more, words) in [
        (&[][..], "is a page for people (HTML or XML)"),
        (&["--header-env", "X-Key=SHOP_TOKEN"], "redirects (status 302) to `https://other.example/x`"),
        (&[], "--header-env Authorization=VARIABLE"),
        (&["--header-env", "X-Key=UNSET"], "the environment variable `UNSET` is not set"),
    ] {
        let args = [&["init", &url, "--allow-loopback"], more].concat();
        let ran = sdkgen(&world, "repo", &args);
        assert!(ran.code == 1 && ran.err.contains(words), "{}", ran.err);
    }
    server.join().unwrap();
    let ran = sdkgen(&world, "repo", &["generate", "ftp://a.example/x", "--out", "x"]);
    assert!(ran.code == 1 && ran.err.contains("use `https://`"), "{}", ran.err);
    assert_eq!(before, world.snapshot());
}

#[test]
fn a_second_sync_waits_outside() {
    let world = repository("sync-twice");
    let (url, server) = serve(vec![ok(SHOP)]);
    assert_eq!(sdkgen(&world, "repo", &["init", &url, "--allow-loopback"]).code, 0);
    server.join().unwrap();
    let held = std::fs::File::open(world.path("repo/sdk.toml")).unwrap();
    held.lock().unwrap();
    let before = world.snapshot();
    let ran = sdkgen(&world, "repo", &["sync", "--allow-loopback"]);
    assert!(ran.code == 1 && ran.err.contains("another run of `sync` is at work"), "{}", ran.err);
    assert_eq!(before, world.snapshot());
}

#[test]
fn the_search_ends_at_the_repository_and_at_home() {
    let world = repository("above");
    world.write("sdk.toml", "spec = \"repo/spec/openapi.yaml\"\n[output]\ndir = \"out\"\n");
    world.write("plain/a/x", "");
    // Below the home folder, but above a repository.
    world.write("all/sdk.toml", world.read("sdk.toml"));
    world.write("all/repo/.git/HEAD", "").write("all/repo/app/x", "");
    assert_eq!(sdkgen(&world, "all", &["lint"]).code, 1, "the document is not beside it");
    for folder in ["repo/app", "plain/a", "all/repo/app"] {
        let ran = sdkgen(&world, folder, &["generate"]);
        assert_eq!(ran.code, 1);
        assert!(
            ran.err.contains("is not used: it is above the repository or in the home folder"),
            "{}",
            ran.err
        );
        assert!(ran.err.contains("pass it with `--config`"), "{}", ran.err);
    }
    std::fs::remove_file(world.path("sdk.toml")).unwrap();
    let ran = sdkgen(&world, "repo/app", &["generate"]);
    assert!(ran.code == 1 && ran.err.contains("run `sdkgen init FILE|URL`"), "{}", ran.err);
}

#[test]
fn nothing_of_others_is_lost() {
    let world = repository("foreign");
    let before = world.snapshot();
    // A crate that is not ours.
    let ran = sdkgen(&world, "repo", &["generate", "spec/openapi.yaml", "--out", "app"]);
    assert!(ran.code == 1 && ran.err.contains("nothing was written"), "{}", ran.err);
    // A folder instead of a file.
    let ran = sdkgen(&world, "repo", &["generate", "spec", "--out", "x"]);
    assert!(ran.code == 1 && ran.err.contains("`spec`: it is a folder"), "{}", ran.err);
    // No document, and one too many.
    let ran = sdkgen(&world, "repo/app", &["init"]);
    assert!(ran.code == 1 && ran.err.contains("there is no OpenAPI document here"), "{}", ran.err);
    assert_eq!(before, world.snapshot());
    world.write("repo/api.json", "{\"openapi\": \"3.1.0\", \"paths\": {");
    let ran = sdkgen(&world, "repo", &["init"]);
    assert!(
        ran.err.contains("there are several documents here: `api.json`, `spec/openapi.yaml`"),
        "{}",
        ran.err
    );
    // A document that says nothing.
    let before = world.snapshot();
    let ran = sdkgen(&world, "repo", &["init", "api.json"]);
    assert!(ran.code == 1 && ran.err.contains("nothing was written"), "{}", ran.err);
    assert_eq!(before, world.snapshot());
    // Manifests that may not be written: those of the workspace and of the SDK.
    let locked = |path: &str, is_locked: bool| {
        let path = world.path(path);
        let mut permissions = std::fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(is_locked);
        std::fs::set_permissions(path, permissions).unwrap();
    };
    locked("repo/Cargo.toml", true);
    let ran = sdkgen(&world, "repo", &["init", "spec/openapi.yaml"]);
    assert!(ran.code == 1 && ran.err.contains("Cargo.toml` is read-only"), "{}", ran.err);
    assert_eq!(before, world.snapshot());
    locked("repo/Cargo.toml", false);
    assert_eq!(sdkgen(&world, "repo", &["generate", "spec/openapi.yaml", "--out", "own"]).code, 0);
    let stale = world.read("repo/own/Cargo.toml").replace("itoa = \"1.0\"", "");
    world.write("repo/own/Cargo.toml", stale);
    locked("repo/own/Cargo.toml", true);
    let before = world.snapshot();
    let ran = sdkgen(&world, "repo", &["generate", "spec/openapi.yaml", "--out", "own"]);
    assert!(ran.code == 1 && ran.err.contains("own/Cargo.toml` is read-only"), "{}", ran.err);
    assert_eq!(before, world.snapshot());
    locked("repo/own/Cargo.toml", false);
    // A workspace that cargo cannot read.
    world.write("repo/Cargo.toml", "[workspace\n");
    let ran = sdkgen(&world, "repo", &["init", "spec/openapi.yaml"]);
    assert!(ran.code == 1 && ran.err.contains("Cargo.toml` is not TOML"), "{}", ran.err);
    assert!(!world.path("repo/sdk.toml").exists());
}

#[test]
fn the_program_introduces_itself() {
    let world = World::new("shell");
    let version = sdkgen(&world, "", &["--version"]);
    assert_eq!(version.out, format!("sdkgen {}\n", env!("CARGO_PKG_VERSION")));
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = sdkgen(&world, "", &["completions", shell]);
        assert!(ran.code == 0 && ran.out.contains("generate") && ran.out.contains("sdkgen"), "{shell}");
    }
    assert!(sdkgen(&world, "", &["man"]).out.contains(".TH sdkgen"));
    assert!(Path::new(env!("CARGO_BIN_EXE_sdkgen")).is_file());
}

/// A binary of the user with the SDK as a module, and one with modules of the user in the SDK: both compile.
#[test]
fn modules_go_both_ways() {
    let world = repository("modules");
    let ran = sdkgen(
        &world,
        "repo/app",
        &[
            "generate",
            "../spec/openapi.yaml",
            "--module",
            "src/shop/api",
            "--no-default-features",
            "--features",
            "gzip",
        ],
    );
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    assert!(ran.err.contains("hyper@") && ran.err.contains("cargo add flate2@"), "{}", ran.err);
    let odd = sdkgen(
        &world,
        "repo/app",
        &["generate", "../spec/openapi.yaml", "--module", "src/odd", "--features", "gzib"],
    );
    assert!(odd.code == 1 && odd.err.contains("did you mean `gzip`?"), "{}", odd.err);
    let out = sdkgen(&world, "repo/app", &["generate", "../spec/openapi.yaml", "--module", "odd"]);
    assert!(out.code == 1 && out.err.contains("`odd` is not below `src`"), "{}", out.err);
    let manifest = world.read("repo/app/Cargo.toml");
    world.write("repo/app/src/main.rs", "mod shop { pub mod api; }\n\nfn main() {\n    let client = shop::api::Client::builder().build();\n    println!(\"{}\", client.is_ok());\n}\n");
    let tables = added(&ran.err);
    world.write("repo/app/Cargo.toml", format!("{manifest}{tables}\n[workspace]\n"));
    std::fs::remove_file(world.path("repo/Cargo.toml")).unwrap();
    std::fs::copy(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock"),
        world.path("repo/app/Cargo.lock"),
    )
    .unwrap();
    check(&world, "repo/app", &[]);

    // What people write below their module stays, and is found.
    let choices = "spec = \"spec/openapi.yaml\"\n[output]\ndir = \"sdk\"\n[package]\nname = \"shop-sdk\"\nmodules = [\"ext\"]\n";
    world.write("repo/sdk.toml", choices);
    assert_eq!(sdkgen(&world, "repo", &["generate"]).code, 0);
    assert!(world.read("repo/sdk/src/lib.rs").contains("pub mod ext;"));
    let ours = "//! Ours.\n\nmod more;\n\nimpl crate::types::Thing {\n    /// Twice its size.\n    pub fn twice(&self) -> i64 {\n        more::double(self.size.unwrap_or(0))\n    }\n}\n";
    world.write("repo/sdk/src/ext.rs", ours);
    world.write("repo/sdk/src/ext/more.rs", "pub(super) fn double(of: i64) -> i64 {\n    of * 2\n}\n");
    for command in ["generate", "check"] {
        let ran = sdkgen(&world, "repo", &[command]);
        assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    }
    assert_eq!(world.read("repo/sdk/src/ext.rs"), ours);
    std::fs::copy(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock"),
        world.path("repo/sdk/Cargo.lock"),
    )
    .unwrap();
    check(&world, "repo/sdk", &["--no-default-features", "--features", "gzip,things"]);
    world.write("repo/sdk.toml", choices.replace("ext", "client"));
    let ran = sdkgen(&world, "repo", &["generate"]);
    assert!(ran.code == 1 && ran.err.contains("is a name with another meaning"), "{}", ran.err);
}

/// `cargo check` without a warning, with dependencies that other tests build, too.
pub(crate) fn check(world: &World, folder: &str, features: &[&str]) {
    let args = [&["check", "--message-format=short"], features].concat();
    World::cargo(&world.path(folder), &args);
}

/// What `cargo add` would write, without asking the registry.
pub(crate) fn added(said: &str) -> String {
    let mut dependencies = String::from("\n[dependencies]\n");
    let mut targets = BTreeMap::<String, String>::new();
    for line in said.lines().filter_map(|line| line.trim().strip_prefix("cargo add ")) {
        let (target, line) = match line.strip_prefix("--target '") {
            Some(rest) => rest.split_once("' ").unwrap(),
            None => ("", line),
        };
        let words: Vec<&str> = line.split(' ').collect();
        let (name, version) = words[0].split_once('@').unwrap();
        let features = words.iter().position(|word| *word == "--features").map_or("", |at| words[at + 1]);
        let features: Vec<String> =
            features.split(',').filter(|name| !name.is_empty()).map(|name| format!("{name:?}")).collect();
        let all = !words.contains(&"--no-default-features");
        let entry = format!(
            "{name} = {{ version = {version:?}, default-features = {all}, features = [{}] }}\n",
            features.join(", ")
        );
        match target {
            "" => dependencies += &entry,
            target => *targets.entry(target.to_owned()).or_default() += &entry,
        }
    }
    let tables: Vec<String> = targets
        .iter()
        .map(|(target, entries)| format!("\n[target.'{target}'.dependencies]\n{entries}"))
        .collect();
    dependencies + &tables.concat()
}
