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
