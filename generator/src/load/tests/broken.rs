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
        false,
        expect![[r#"
        error[syntax]: mapping values are not allowed in this context
         --> api.yaml:3:11
          |
        3 |   title: a: b
          |           ^
          |
          = help: put the value in quotes if it contains `: `, or mend the indentation

    "#]],
    );
    check(
        "api.yaml",
        "openapi: 3.1.0\ninfo:\n\ttitle: x\n",
        false,
        expect![[r#"
            error[syntax]: found character that cannot start any token, while scanning for the next token
             --> api.yaml:3:1
              |
            3 |     title: x
              | ^
              |
              = help: YAML is indented by spaces; take out the tab

        "#]],
    );
    check(
        "api.yaml",
        "openapi: 3.1.0\nx: [1, 2\ny: 3\n",
        false,
        expect![[r#"
            error[syntax]: did not find expected ',' or ']', while parsing a flow sequence
             --> api.yaml:3:2
              |
            2 | x: [1, 2
              |    - begun here
            3 | y: 3
              |  ^
              |
              = help: close the bracket, or put a comma between the items

        "#]],
    );
}

#[test]
fn yaml_errors_show_where_the_thing_began_or_is_named() {
    check(
        "api.yaml",
        "openapi: 3.1.0\nx: *nowhere\n",
        false,
        expect![[r#"
        error[syntax]: unknown anchor
         --> api.yaml:2:4
          |
        2 | x: *nowhere
          |    ^
          |
          = help: put the value in quotes: it begins with a character that means something in YAML

    "#]],
    );
    check(
        "api.yaml",
        "openapi: 3.1.0\n---\nopenapi: 3.1.0\n",
        false,
        expect![[r#"
        error[syntax]: the file holds more than one document
         --> api.yaml:2:1
          |
        2 | ---
          | ^
          |
          = help: keep one document per file: take out what follows the second `---`

    "#]],
    );
    check(
        "api.yaml",
        "openapi: 3.1.0\n? [a, b]\n: c\n",
        false,
        expect![[r#"
            error[syntax]: invalid type: sequence, expected a plain text as key
             --> api.yaml:2:3
              |
            2 | ? [a, b]
              |   ^
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
        false,
        expect![[r#"
            error[syntax]: key must be a string
             --> api.json:3:10
              |
            3 |   "é": 1,,
              |          ^
              |
              = help: write keys in double quotes; JSON has no comments

        "#]],
    );
    check(
        "api.json",
        "{\"openapi\": \"3.1.0\"} x",
        false,
        expect![[r#"
            error[syntax]: trailing characters
             --> api.json:1:22
              |
            1 | {"openapi": "3.1.0"} x
              |                      ^
              |
              = help: look here and a line or two above: a quote, a comma, a bracket or a space is missing or too many

        "#]],
    );
    check(
        "api.json",
        "{\"openapi\": \"3.1.0\"",
        false,
        expect![[r#"
            error[syntax]: EOF while parsing an object
             --> api.json:1:19
              |
            1 | {"openapi": "3.1.0"
              |                   ^
              |
              = help: the text ends too early: close what is open

        "#]],
    );
}
