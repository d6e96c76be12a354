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
            warning[duplicate-key]: the key `/a` stands twice in one mapping
             --> api.yaml:5:3
              |
            3 |   /a: {}
              |   -- first here
            4 |   /b: {}
            5 |   /a:
              |   ^^ again here
              |
              = at: #/paths/~1a
              = help: merge the two, or rename one; until then the last is used

            warning[duplicate-key]: the key `k` stands twice in one mapping
             --> api.yaml:7:11
              |
            7 | x: {k: 1, k: 2}
              |     -     ^ again here
              |     |
              |     first here
              |
              = at: #/x/k
              = help: merge the two, or rename one; until then the last is used

        "#]],
    );
    check(
        "api.json",
        "{\"openapi\": \"3.1.0\",\n \"a\": 1,\n \"\\u0061\": 2}",
        true,
        expect![[r#"
            warning[duplicate-key]: the key `a` stands twice in one mapping
             --> api.json:3:2
              |
            2 |  "a": 1,
              |  --- first here
            3 |  "\u0061": 2}
              |  ^^^^^^^^ again here
              |
              = at: #/a
              = help: merge the two, or rename one; until then the last is used

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
            error[syntax]: this text means something else in YAML without quotes
             --> api.yaml:3:10
              |
            3 |   title: a: b
              |          ^^^^
              |
              = help: put the value in quotes: it has `: ` in it, or begins with a character that means something in YAML

        "#]],
    );
    check(
        "api.yaml",
        "openapi: 3.1.0\ninfo:\n\ttitle: x\n",
        true,
        expect![[r#"
            error[syntax]: a tab in the indentation
             --> api.yaml:3:1
              |
            3 |     title: x
              | ^^^^
              |
              = help: YAML is indented by spaces; take out the tab

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
            error[syntax]: no anchor is called `nowhere`
             --> api.yaml:2:4
              |
            2 | x: *nowhere
              |    ^^^^^^^^
              |
              = help: write `&` and the name before the value that is meant, above; or put the text in quotes

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
              = help: keep one document per file: take out what follows the second `---`

        "#]],
    );
    check(
        "api.yaml",
        "openapi: 3.1.0\n? [a, b]\n: c\n",
        true,
        expect![[r#"
            error[syntax]: a key that is no text
             --> api.yaml:2:3
              |
            2 | ? [a, b]
              |   ^^^^^^
              |
              = help: a key must be plain text

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
            error[syntax]: a comma with nothing behind it
             --> api.json:3:9
              |
            3 |   "é": 1,,
              |         ^
              |
              = help: take out the comma before the closing bracket

            error[syntax]: a comma with nothing behind it
             --> api.json:3:10
              |
            3 |   "é": 1,,
              |          ^
              |
              = help: take out the comma before the closing bracket

        "#]],
    );
    check(
        "api.json",
        "{\"openapi\": \"3.1.0\"} x",
        true,
        expect![[r#"
            error[syntax]: text behind the end of the document
             --> api.json:1:22
              |
            1 | {"openapi": "3.1.0"} x
              |                      ^
              |
              = help: take out what follows the last closing bracket

        "#]],
    );
    check(
        "api.json",
        "{\"openapi\": \"3.1.0\"",
        true,
        expect![[r#"
            error[syntax]: the text ends too early: this bracket is open
             --> api.json:1:1
              |
            1 | {"openapi": "3.1.0"
              | ^
              |
              = help: close what is open

        "#]],
    );
}
