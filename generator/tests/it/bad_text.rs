//! Texts that cannot be read as they are.

use expect_test::expect;

use crate::bad_input::{CONFIG, check, refuses};
use crate::world::World;

#[test]
fn no_utf_8() {
    check(
        "latin",
        CONFIG,
        b"openapi: 3.1.0\ninfo:\n  title: caf\xe9\n",
        expect![[r#"
            error: cannot read `spec/api.yaml`

            error[syntax]: the file is not UTF-8
             --> spec/api.yaml:3:13
              |
            3 |   title: caf�
              |             ^ the byte 0xe9 does not begin a character
              |
              = help: save it as UTF-8
        "#]],
    );
    check(
        "utf-16",
        CONFIG,
        b"\xff\xfeo\0p\0",
        expect![[r#"
            error: cannot read `spec/api.yaml`: it is UTF-16

            error[syntax]: the file is UTF-16
             --> spec/api.yaml:1:1
              |
            1 | op
              | ^
              |
              = help: save it as UTF-8
        "#]],
    );
}

#[test]
fn broken_yaml() {
    check(
        "broken",
        CONFIG,
        "openapi: 3.1.0\ninfo:\n  title: a: b\n",
        expect![[r#"
            error[syntax]: the value needs quotes
             --> spec/api.yaml:3:10
              |
            3 |   title: a: b
              |          ^^^^
              |
              = help: quote the value; it contains `: `, or begins with a character that has a meaning in YAML

            warning[sloppy]: an info object needs `version`, which is missing
             --> spec/api.yaml:2:1
              |
            2 | info:
              | ^^^^
              |
              = at: #/info
              = help: it is read as `""`; add `version`

            error: 1 error, 1 warning in `spec/api.yaml`; nothing was written
        "#]],
    );
}

#[test]
fn broken_json() {
    let world = World::new("json");
    world.write("api.json", "{\n  \"openapi\": \"3.1.0\",\n  \"info\": {,}\n}\n");
    let (spec, out) = (world.path("api.json"), world.path("out"));
    let args = ["codegen", "--spec", spec.to_str().unwrap(), "--out", out.to_str().unwrap()];
    refuses(
        &world,
        &args,
        &expect![[r#"
            error[syntax]: trailing comma
             --> ROOT/api.json:3:12
              |
            3 |   "info": {,}
              |            ^
              |
              = help: remove the comma before the closing bracket

            warning[sloppy]: an info object needs `title`, which is missing
             --> ROOT/api.json:3:3
              |
            3 |   "info": {,}
              |   ^^^^^^
              |
              = at: #/info
              = note: this line has a syntax error; it is read as `"info": {}`
              = help: it is read as `"API"`; add `title`

            warning[sloppy]: an info object needs `version`, which is missing
             --> ROOT/api.json:3:3
              |
            3 |   "info": {,}
              |   ^^^^^^
              |
              = at: #/info
              = note: this line has a syntax error; it is read as `"info": {}`
              = help: it is read as `""`; add `version`

            error: 1 error, 2 warnings in `ROOT/api.json`; nothing was written
        "#]],
    );
}

/// A document whose parts need each other.
const WHOLE: &str = r##"{
  "openapi": "3.0.3",
  "info": {"title": "Shop", "version": "1", "description": "Things, in \"quotes\"."},
  "servers": [{"url": "https://shop.example"}],
  "security": [{"key": []}],
  "paths": {
    "/things/{id}": {
      "get": {
        "operationId": "get_thing", "tags": ["things"], "x": 1,
        "parameters": [{"$ref": "#/components/parameters/Id"}],
        "responses": {"200": {"description": "ok", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}}
      },
      "delete": {
        "operationId": "delete_thing", "tags": ["things"],
        "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
        "responses": {"204": {"description": "none"}, "404": {"$ref": "#/components/responses/Missing"}}
      }
    }
  },
  "components": {
    "parameters": {"Id": {"name": "id", "in": "path", "required": true, "schema": {"type": "string", "format": "uuid"}}},
    "responses": {"Missing": {"description": "none", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}},
    "securitySchemes": {"key": {"type": "apiKey", "name": "X-Key", "in": "header"}},
    "schemas": {
      "Thing": {
        "type": "object", "required": ["id", "kind"], "example": {"id": "a", "kind": "new"},
        "properties": {"id": {"type": "string"}, "kind": {"$ref": "#/components/schemas/Kind"}, "size": {"type": "integer", "format": "int64"}}
      },
      "Kind": {"type": "string", "enum": ["new", "old"], "default": "new"}
    }
  }
}"##;

#[test]
fn a_json_document_that_is_cut_off_has_no_reports_of_what_is_missing() {
    let reports = |text: &str| {
        let mut sink = sdkgen::diag::Sink::new();
        sdkgen::lint(&sdkgen::Input::new(sdkgen::Source::new("api.json", text)), &mut sink);
        sink.finish().into_iter().map(|found| (found.code.as_str(), found.message)).collect::<Vec<_>>()
    };
    let (unknown, whole) = ("`x` is not a keyword of an operation, and has no effect", reports(WHOLE));
    assert!(whole.len() == 1 && whole[0].1 == unknown, "{whole:?}");
    let (behind, mut read) = (WHOLE.find("\"delete\"").unwrap(), 0);
    for end in 1..WHOLE.len() {
        let found = reports(&WHOLE[..end]);
        assert!(found.iter().any(|(code, _)| *code == "syntax"), "{end}");
        let others: Vec<_> = found.iter().filter(|(code, _)| *code != "syntax").collect();
        // What stands before the operation or component that is cut is reported still.
        read += usize::from(end > behind && others.iter().any(|(_, message)| message == unknown));
        assert!(others.iter().all(|(_, message)| message == unknown), "{end}: {others:?}\n{}", &WHOLE[..end]);
    }
    assert!(read > 500, "{read}");
}

#[test]
fn a_compressed_document() {
    for (name, bytes, what) in [
        ("gzip", &b"\x1f\x8b\x08\x00\x72\x4b"[..], "gzip"),
        ("zip", b"PK\x03\x04\x14\x00\x80\xff", "ZIP"),
        ("zstd", b"\x28\xb5\x2f\xfd\x24\x00", "Zstandard"),
        ("bzip2", b"BZh91AY&SY\xff", "bzip2"),
        ("xz", b"\xfd7zXZ\x00\x00", "xz"),
    ] {
        let world = World::new(name);
        world.write("spec/sdk.toml", CONFIG).write("spec/api.yaml", bytes);
        let ran = world.run(&["codegen"]);
        let told = format!(
            "error: cannot read `spec/api.yaml`: it is compressed ({what})\n  = help: decompress it, and pass the file that is in it\n"
        );
        assert_eq!((ran.code, ran.err), (1, told));
    }
}
