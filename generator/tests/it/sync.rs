//! `sdkgen sync` against a server on this machine: everything or nothing.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread::JoinHandle;

use crate::world::World;

const OLD: &str = "\
openapi: 3.1.0
info: {title: Shop, version: '1'}
servers: [{url: 'https://shop.example'}]
paths:
  /things:
    get:
      operationId: things_list
      tags: [things]
      responses:
        '200': {description: ok, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Thing'}}}}}
components:
  schemas:
    Thing: {type: object, required: [id], properties: {id: {type: string}, size: {type: integer}}}
";

/// A server that answers one request after the other with these texts, and gives back the requests.
fn serve(responses: Vec<String>) -> (String, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/api.yaml", listener.local_addr().unwrap());
    let server = std::thread::spawn(move || {
        let mut requests = Vec::new();
        for response in responses {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = Vec::new();
            let mut byte = [0];
            while !request.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap() == 1 {
                request.push(byte[0]);
            }
            requests.push(String::from_utf8(request).unwrap());
            let _ = stream.write_all(response.as_bytes());
        }
        requests
    });
    (url, server)
}

fn ok(body: &str) -> String {
    format!(
        "HTTP/1.1 200 OK\r\netag: \"v2\"\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
}

/// A workspace whose SDK is made of [`OLD`].
fn world(name: &str) -> World {
    let world = World::new(name);
    world
        .write("spec/sdk.toml", "spec = \"api.yaml\"\n[package]\nname = \"shop-sdk\"\nversion = \"0.1.0\"\n");
    world.write("spec/api.yaml", OLD);
    let ran = world.run(&["codegen"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    world
}

#[test]
fn a_new_document_brings_version_changelog_and_names() {
    let world = world("sync");
    let new =
        OLD.replace(", size: {type: integer}", "").replace("id: {type", "label: {type: string}, id: {type");
    let unchanged = "HTTP/1.1 304 Not Modified\r\nconnection: close\r\n\r\n".to_owned();
    let (url, server) = serve(vec![ok(&new), ok(&new), unchanged]);
    let before = world.snapshot();
    let dry = world.run(&["sync", "--from", &url, "--allow-loopback", "--dry-run"]);
    assert_eq!(dry.code, 0, "{}", dry.err);
    assert!(dry.err.contains("would become version 0.2.0"), "{}", dry.err);
    assert_eq!(before, world.snapshot(), "a dry run wrote something");

    let ran = world.run(&["sync", "--from", &url, "--allow-loopback"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("types::Thing::size is removed [field-removed]"), "{}", ran.out);
    assert!(ran.out.contains("verdict: major (1 breaking, 1 addition)"), "{}", ran.out);
    assert_eq!(world.read("spec/api.yaml"), new);
    assert!(world.read("generated/Cargo.toml").contains("version = \"0.2.0\""));
    assert!(world.read("spec/sdk.toml").contains("name = \"shop-sdk\"\nversion = \"0.2.0\"\n"));
    let changelog = world.read("generated/CHANGELOG.md");
    assert!(
        changelog
            .starts_with("# Changelog\n\n## 0.2.0\n\n### Breaking\n\n- `types::Thing::size` is removed."),
        "{changelog}"
    );
    assert!(world.read("spec/upstream.toml").contains("\\\"v2\\\""));
    assert_eq!(world.run(&["codegen", "--check"]).code, 0);

    let again = world.run(&["sync", "--from", &url, "--allow-loopback"]);
    assert!(again.code == 0 && again.out.contains("has not changed"), "{}", again.err);
    let requests = server.join().unwrap();
    assert!(!requests[1].to_lowercase().contains("if-none-match"), "{}", requests[1]);
    assert!(requests[2].to_lowercase().contains("if-none-match: \"v2\""), "{}", requests[2]);
}

#[test]
fn whatever_goes_wrong_nothing_is_written() {
    let world = world("sync-wrong");
    let before = world.snapshot();
    let missing = "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_owned();
    let moved =
        "HTTP/1.1 302 Found\r\nlocation: http://192.0.2.1/\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
    let cut = "HTTP/1.1 200 OK\r\ncontent-length: 9999\r\nconnection: close\r\n\r\nopenapi".to_owned();
    let broken = ok(&OLD.replacen("paths:", "paths: [", 1));
    let responses = vec![missing, moved.to_owned(), cut, ok(&" ".repeat(5000)), broken];
    let count = responses.len();
    let (url, server) = serve(responses);
    for _ in 0..count {
        let ran = world.run(&[
            "sync",
            "--from",
            &url,
            "--allow-loopback",
            "--max-bytes",
            "4000",
            "--timeout",
            "10",
        ]);
        assert_eq!(ran.code, 1, "{}{}", ran.out, ran.err);
        assert_eq!(before, world.snapshot(), "{}", ran.err);
    }
    server.join().unwrap();
    for from in ["http://example.com/a.yaml", &url, "ftp://a/b", "no-such-file.yaml"] {
        let ran = world.run(&["sync", "--from", from]);
        assert!(ran.code == 1 && ran.err.contains("help:"), "{}", ran.err);
    }
    // a generated file that people edited is in the way of everything
    let lib = world.read("generated/src/lib.rs");
    world.write("generated/src/lib.rs", lib + "// mine\n");
    world.write("new.yaml", OLD.replace("Shop", "Shops").replace("size", "sizes"));
    let before = world.snapshot();
    let ran = world.run(&["sync", "--from", world.path("new.yaml").to_str().unwrap()]);
    assert_eq!(ran.code, 1);
    assert_eq!(before, world.snapshot(), "{}", ran.err);
}

#[test]
fn another_api_is_not_taken_for_a_new_version() {
    let world = world("sync-other");
    let sync = |text: &str, more: &[&str]| {
        world.write("new.yaml", text);
        let path = world.path("new.yaml");
        world.run(&[&["sync", "--from", path.to_str().unwrap()], more].concat())
    };
    let other = OLD
        .replace("title: Shop", "title: Weather")
        .replace("/things", "/storms")
        .replace("things", "storms");
    let before = world.snapshot();
    for more in [&[][..], &["--dry-run"]] {
        let ran = sync(&other, more);
        assert_eq!(ran.code, 1, "{}{}", ran.out, ran.err);
        assert!(ran.err.contains("fetching ROOT/new.yaml for `spec/sdk.toml`\n"), "{}", ran.err);
        let said = "error: `ROOT/new.yaml` is the document of another API: `Weather` has none of the 1 operation of `Shop`, whose SDK `spec/sdk.toml` describes\n  = help: pass `--config` for another SDK, or `--allow-other-api` if this one is meant\n";
        assert!(ran.err.contains(said), "{}", ran.err);
        assert_eq!(ran.out, "");
    }
    let (mut now, new) = (world.snapshot(), world.path("new.yaml"));
    now.remove(&new);
    assert!(now == before, "something was written");

    // A title alone may change, and so may all operations.
    let ran = sync(&OLD.replace("title: Shop", "title: Shops"), &["--dry-run"]);
    assert!(ran.code == 0 && ran.err.contains("the title changes from `Shop` to `Shops`\n"), "{}", ran.err);
    let ran = sync(&other.replace("Weather", " shop"), &["--dry-run"]);
    assert!(ran.code == 0 && ran.err.contains("would become version 0.2.0"), "{}", ran.err);
    let ran = sync(&other, &["--allow-other-api"]);
    assert!(ran.code == 0 && ran.err.contains("the title changes from `Shop` to `Weather`\n"), "{}", ran.err);
    assert!(world.read("spec/api.yaml").contains("Weather"));
}
