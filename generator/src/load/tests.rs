use expect_test::{Expect, expect};
use serde_json::json;

use super::*;
use crate::diag::{Style, render};

fn yaml(text: &str) -> Option<Value> {
    let mut sink = Sink::new();
    let tree = load(&Source::new("api.yaml", text), &mut sink);
    assert_eq!(sink.finish(), []);
    tree.map(|tree| tree.root)
}

/// What a user sees; and whether there is a tree to go on with.
fn check(label: &str, text: &str, usable: bool, expected: Expect) {
    let source = Source::new(label, text);
    let mut sink = Sink::new();
    let tree = load(&source, &mut sink);
    expected.assert_eq(&render(&sink.finish(), &[&source], Style::PLAIN));
    assert_eq!(tree.is_some(), usable);
}

#[test]
fn odd_yaml_becomes_plain_json() {
    let text = "
openapi: 3.1
info: {title: T, version: 1.10}
responses:
  200: ok
  4XX: {no: yes, on: off}
  1.10: x
  true: y
  ~: z
date: 2026-05-01
time: 2026-05-01T00:00:00Z
base: &base {a: 1, b: [x]}
copy: *base
merged: {<<: *base, b: 2, c: 3}
both: {<<: [{a: 0}, *base], d: 4}
octal: 0o17
zip: 01234
text: !!str 12
folded: >-
  one
  two
";
    let expected = json!({
        "openapi": "3.1",
        "info": {"title": "T", "version": "1.10"},
        "responses": {"200": "ok", "4XX": {"no": "yes", "on": "off"}, "1.10": "x", "true": "y", "~": "z"},
        "date": "2026-05-01",
        "time": "2026-05-01T00:00:00Z",
        "base": {"a": 1, "b": ["x"]},
        "copy": {"a": 1, "b": ["x"]},
        "merged": {"b": 2, "c": 3, "a": 1},
        "both": {"d": 4, "a": 0, "b": ["x"]},
        "octal": 15,
        "zip": "01234",
        "text": "12",
        "folded": "one two",
    });
    assert_eq!(yaml(text), Some(expected));
}

#[test]
fn order_is_that_of_the_document_in_both_formats() {
    let keys =
        |root: Option<Value>| root.map(|root| root.as_object().unwrap().keys().cloned().collect::<Vec<_>>());
    let expected = Some(vec!["openapi".to_owned(), "z".to_owned(), "a".to_owned()]);
    assert_eq!(keys(yaml("openapi: 3.0.3\nz: 1\na: 2\n")), expected);
    let source = Source::new("a.json", "\u{feff}{\"openapi\": \"3.0.3\", \"z\": 1, \"a\": 2}");
    assert_eq!(keys(load(&source, &mut Sink::new()).map(|tree| tree.root)), expected);
}

#[test]
fn every_duplicate_key_is_shown_with_both_places() {
    check(
        "api.yaml",
        "openapi: 3.1.0\npaths:\n  /a: {}\n  /b: {}\n  /a:\n    get: {}\nx: {k: 1, k: 2}\n",
        true,
        expect![[r#"
            error[duplicate-key]: the key `/a` stands twice in one mapping
             --> api.yaml:5:3
              |
            3 |   /a: {}
              |   -- first here
            4 |   /b: {}
            5 |   /a:
              |   ^^ again here
              |
              = at: #/paths/~1a
              = help: merge the two, or rename one

            error[duplicate-key]: the key `k` stands twice in one mapping
             --> api.yaml:7:11
              |
            7 | x: {k: 1, k: 2}
              |     -     ^ again here
              |     |
              |     first here
              |
              = at: #/x/k
              = help: merge the two, or rename one

        "#]],
    );
    check(
        "api.json",
        "{\"openapi\": \"3.1.0\",\n \"a\": 1,\n \"\\u0061\": 2}",
        true,
        expect![[r#"
        error[duplicate-key]: the key `a` stands twice in one mapping
         --> api.json:3:2
          |
        2 |  "a": 1,
          |  --- first here
        3 |  "\u0061": 2}
          |  ^^^^^^^^ again here
          |
          = at: #/a
          = help: merge the two, or rename one

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
        error[syntax]: found character that cannot start any token
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
        error[syntax]: did not find expected ',' or ']' at line 3 column 2, while parsing a flow sequence
         --> api.yaml:3:2
          |
        3 | y: 3
          |  ^

    "#]],
    );
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

    "#]],
    );
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

    "#]],
    );
}

#[test]
fn what_is_no_openapi_is_named_for_what_it_is() {
    check(
        "api.yaml",
        "",
        false,
        expect![[r#"
        error[not-openapi]: the document is empty
        --> api.yaml
         = help: give a file that begins with `openapi: 3.0.x` or `openapi: 3.1.x`

    "#]],
    );
    check(
        "api.yaml",
        "# nothing but a remark\n",
        false,
        expect![[r#"
        error[not-openapi]: the document is empty
        --> api.yaml
         = help: give a file that begins with `openapi: 3.0.x` or `openapi: 3.1.x`

    "#]],
    );
    check(
        "api.json",
        " \n",
        false,
        expect![[r#"
        error[not-openapi]: the document is empty
         --> api.json:2:1
          |
        2 |
          | ^
          |
          = help: give a file that begins with `openapi: 3.0.x` or `openapi: 3.1.x`

    "#]],
    );
    check(
        "api.yaml",
        "swagger: 2.0\ninfo: {}\n",
        false,
        expect![[r#"
        error[swagger-2]: this is a Swagger 2.0 document, not OpenAPI 3
         --> api.yaml:1:10
          |
        1 | swagger: 2.0
          |          ^^^
          |
          = at: #/swagger
          = help: convert it to OpenAPI 3 first, for instance with `swagger2openapi`

    "#]],
    );
    check(
        "api.yaml",
        "name: CI\non: push\n",
        false,
        expect![[r#"
        error[not-openapi]: no `openapi` member: this is no OpenAPI document
         --> api.yaml:1:1
          |
        1 | name: CI
          | ^^^^^^^^
          |
          = help: the first line of an OpenAPI document is `openapi: 3.0.x` or `openapi: 3.1.x`

    "#]],
    );
    check(
        "api.yaml",
        "OpenAPI: 3.1.0\n",
        false,
        expect![[r#"
        error[not-openapi]: no `openapi` member: this is no OpenAPI document
         --> api.yaml:1:1
          |
        1 | OpenAPI: 3.1.0
          | ^^^^^^^
          |
          = at: #/OpenAPI
          = help: did you mean `openapi`?

    "#]],
    );
    check(
        "api.yaml",
        "openapi: 4.0.0\n",
        false,
        expect![[r#"
        error[not-openapi]: `4.0.0` is no version of OpenAPI that can be read
         --> api.yaml:1:10
          |
        1 | openapi: 4.0.0
          |          ^^^^^
          |
          = at: #/openapi
          = help: 3.0 and 3.1 can be read

    "#]],
    );
    check(
        "api.json",
        "{\"openapi\": 3.1}",
        false,
        expect![[r#"
        error[not-openapi]: `openapi` is a number, but it must be a version as text
         --> api.json:1:13
          |
        1 | {"openapi": 3.1}
          |             ^^^
          |
          = at: #/openapi
          = help: write `"openapi": "3.1.0"`

    "#]],
    );
    check(
        "api.yaml",
        "openapi: 3.2.0\n",
        true,
        expect![[r#"
        warning[newer-version]: OpenAPI 3.2.0 is read as 3.1
         --> api.yaml:1:10
          |
        1 | openapi: 3.2.0
          |          ^^^^^
          |
          = at: #/openapi
          = help: what is new in it is reported where it occurs, and has no effect

    "#]],
    );
    check(
        "index",
        "<!doctype html>\n<html></html>\n",
        false,
        expect![[r#"
        error[not-openapi]: the document is a string, not a mapping
         --> index:1:1
          |
        1 | <!doctype html>
          | ^^^^^^^^^^^^^^^
          |
          = help: this looks like HTML or XML: was an error page saved instead of the document?

    "#]],
    );
    check(
        "api.yaml",
        "- openapi\n",
        false,
        expect![[r#"
        error[not-openapi]: the document is a list, not a mapping
         --> api.yaml:1:1
          |
        1 | - openapi
          | ^^^^^^^^^
          |
          = help: an OpenAPI document begins with `openapi: 3.0.x` or `openapi: 3.1.x`

    "#]],
    );
}

#[test]
fn what_json_cannot_hold_is_reported() {
    check(
        "api.yaml",
        "openapi: 3.1.0\nx: {maximum: .inf}\ny: !secret abc\nz: {<<: 3}\n",
        true,
        expect![[r#"
        error[wrong-shape]: `inf` is no number that JSON can hold
         --> api.yaml:2:14
          |
        2 | x: {maximum: .inf}
          |              ^^^^
          |
          = at: #/x/maximum
          = help: leave it out, or put it in quotes if text is meant

        error[wrong-shape]: `<<` merges mappings, but this is a number
         --> api.yaml:4:9
          |
        4 | z: {<<: 3}
          |         ^
          |
          = at: #/z/<<
          = help: give it an alias of a mapping (`*name`), or put the key in a schema of its own

        warning[keyword-ignored]: the YAML tag `!secret` is ignored
         --> api.yaml:3:4
          |
        3 | y: !secret abc
          |    ^^^^^^^^^^^
          |
          = at: #/y

    "#]],
    );
}

#[test]
fn depth_is_limited_without_danger_to_the_stack() {
    let deep =
        |open: &str, close: &str, levels: usize| format!("{}{}", open.repeat(levels), close.repeat(levels));
    for (label, text) in [
        ("a.json", format!("{{\"openapi\": \"3.1.0\", \"x\": {}}}", deep("[", "]", 100_000))),
        ("a.json", format!("{{\"openapi\": \"3.1.0\", \"x\": {}}}", deep("{\"a\":", "}", 100_000))),
        ("a.yaml", format!("openapi: 3.1.0\nx: {}", deep("[", "]", 20_000))),
        ("a.yaml", format!("openapi: 3.1.0\nx: {}", deep("{a: ", "}", 5_000))),
        ("a.yaml", format!("openapi: 3.1.0\nx:\n  {}x", "- ".repeat(20_000))),
    ] {
        let mut sink = Sink::new();
        assert!(load(&Source::new(label, text), &mut sink).is_none());
        let found = sink.finish();
        assert_eq!(found[0].code, Code::TooDeep, "{:?}", found[0].message);
    }
    let fine = format!("{{\"openapi\": \"3.1.0\", \"x\": {}}}", deep("[", "]", 120));
    assert!(load(&Source::new("a.json", fine), &mut Sink::new()).is_some());
}

#[test]
fn aliases_may_not_multiply_the_document() {
    let mut text = "openapi: 3.1.0\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let before = format!("*a{}", level - 1);
        text.push_str(&format!("a{level}: &a{level} [{}]\n", [before.as_str(); 10].join(", ")));
    }
    let mut sink = Sink::new();
    assert!(load(&Source::new("a.yaml", text), &mut sink).is_none());
    assert_eq!(sink.finish()[0].code, Code::TooDeep);

    let long = format!("openapi: 3.1.0\na: &a {}\nb: [{}]\n", "x".repeat(100_000), ["*a"; 1000].join(", "));
    let mut sink = Sink::new();
    assert!(load(&Source::new("a.yaml", long), &mut sink).is_none());
    assert_eq!(sink.finish()[0].code, Code::TooDeep);

    check(
        "a.yaml",
        "openapi: 3.1.0\nx: &x {y: *x}\n",
        false,
        expect![[r#"
        error[too-deep]: the document is nested more than 128 levels deep
         --> a.yaml:2:4
          |
        2 | x: &x {y: *x}
          |    ^ here the limit is passed
          |
          = help: move inner schemas to `components/schemas` and refer to them by `$ref`

    "#]],
    );
}
