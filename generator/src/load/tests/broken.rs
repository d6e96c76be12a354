//! What is said about broken text.

use expect_test::expect;

use super::check;

#[test]
fn every_duplicate_key_is_shown_with_both_places() {
    check(
        "api.yaml",
        "openapi: 3.1.0\npaths:\n  /a: {}\n  /b: {}\n  /a:\n    get: {}\nx: {k: 1, k: 2}\n",
        true,
        expect![[r#"
            warning[duplicate-key]: the key `/a` occurs twice in a mapping
             --> api.yaml:5:3
              |
            3 |   /a: {}
              |   -- first declared here
            4 |   /b: {}
            5 |   /a:
              |   ^^ again here
              |
              = at: #/paths/~1a
              = help: the last one is used; merge them, or rename one

            warning[duplicate-key]: the key `k` occurs twice in a mapping
             --> api.yaml:7:11
              |
            7 | x: {k: 1, k: 2}
              |     -     ^ again here
              |     |
              |     first declared here
              |
              = at: #/x/k
              = help: the last one is used; merge them, or rename one

        "#]],
    );
    check(
        "api.json",
        "{\"openapi\": \"3.1.0\",\n \"a\": 1,\n \"\\u0061\": 2}",
        true,
        expect![[r#"
            warning[duplicate-key]: the key `a` occurs twice in a mapping
             --> api.json:3:2
              |
            2 |  "a": 1,
              |  --- first declared here
            3 |  "\u0061": 2}
              |  ^^^^^^^^ again here
              |
              = at: #/a
              = help: the last one is used; merge them, or rename one

        "#]],
    );
}

#[test]
fn broken_text_has_line_column_and_advice() {
    check(
        "api.yaml",
        "openapi: 3.1.0\ninfo:\n  title: a: b\n",
        true,
        expect![[r#"
            error[syntax]: the value needs quotes
             --> api.yaml:3:10
              |
            3 |   title: a: b
              |          ^^^^
              |
              = help: quote the value; it contains `: `, or begins with a character that has a meaning in YAML

        "#]],
    );
    check(
        "api.yaml",
        "openapi: 3.1.0\ninfo:\n\ttitle: x\n",
        true,
        expect![[r#"
            error[syntax]: tab in the indentation
             --> api.yaml:3:1
              |
            3 |     title: x
              | ^^^^
              |
              = help: indent YAML with spaces, not tabs

        "#]],
    );
    check(
        "api.yaml",
        "openapi: 3.1.0\nx: [1, 2\ny: 3\n",
        true,
        expect![[r#"
            error[syntax]: the bracket `[` is not closed
             --> api.yaml:2:4
              |
            2 | x: [1, 2
              |    ^
              |
              = help: close the bracket

        "#]],
    );
}

#[test]
fn yaml_errors_show_where_the_thing_began_or_is_named() {
    check(
        "api.yaml",
        "openapi: 3.1.0\nx: *nowhere\n",
        true,
        expect![[r#"
            error[syntax]: the anchor `nowhere` is not defined
             --> api.yaml:2:4
              |
            2 | x: *nowhere
              |    ^^^^^^^^
              |
              = help: define it above with `&` and the name, or quote the value if a string is meant

        "#]],
    );
    check(
        "api.yaml",
        "openapi: 3.1.0\n---\nopenapi: 3.1.0\n",
        true,
        expect![[r#"
            error[syntax]: the file holds more than one document
             --> api.yaml:2:1
              |
            2 | ---
              | ^^^
              |
              = help: keep one document per file; remove the second `---` and what follows it

        "#]],
    );
    check(
        "api.yaml",
        "openapi: 3.1.0\n? [a, b]\n: c\n",
        true,
        expect![[r#"
            error[syntax]: the key is not a string
             --> api.yaml:2:3
              |
            2 | ? [a, b]
              |   ^^^^^^
              |
              = help: write a plain string as key

        "#]],
    );
}

#[test]
fn broken_json_has_line_and_column() {
    check(
        "api.json",
        "{\n  \"openapi\": \"3.1.0\",\n  \"é\": 1,,\n}",
        true,
        expect![[r#"
            error[syntax]: trailing comma
             --> api.json:3:9
              |
            3 |   "é": 1,,
              |         ^
              |
              = help: remove the comma before the closing bracket

            error[syntax]: trailing comma
             --> api.json:3:10
              |
            3 |   "é": 1,,
              |          ^
              |
              = help: remove the comma before the closing bracket

        "#]],
    );
    check(
        "api.json",
        "{\"openapi\": \"3.1.0\"} x",
        true,
        expect![[r#"
            error[syntax]: text after the end of the document
             --> api.json:1:22
              |
            1 | {"openapi": "3.1.0"} x
              |                      ^
              |
              = help: remove what follows the last closing bracket

        "#]],
    );
    check(
        "api.json",
        "{\"openapi\": \"3.1.0\"",
        true,
        expect![[r#"
            error[syntax]: the file ends too early: this bracket is not closed
             --> api.json:1:1
              |
            1 | {"openapi": "3.1.0"
              | ^
              |
              = help: close the open brackets

        "#]],
    );
}
