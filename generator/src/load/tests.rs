use expect_test::{Expect, expect};
use serde_json::json;

use super::*;
use crate::diag::{Style, render};

fn yaml(text: &str) -> Option<Value> {
    let mut sink = Sink::new();
    let tree = load(&Source::new("api.yaml", text), &mut sink);
    assert_eq!(sink.finish(), []);
    tree.map(|tree| tree.into_tree().root)
}

mod broken;
mod kinds;

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
openapi: 3.1.0
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
        "openapi": "3.1.0",
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
    assert_eq!(keys(load(&source, &mut Sink::new()).map(|tree| tree.into_tree().root)), expected);
}

#[test]
fn what_json_cannot_hold_is_reported() {
    check(
        "api.yaml",
        "openapi: 3.1.0\nx: {maximum: .inf}\ny: !secret abc\nz: {<<: 3}\n",
        true,
        expect![[r#"
            warning[wrong-shape]: `inf` cannot be represented in JSON
             --> api.yaml:2:14
              |
            2 | x: {maximum: .inf}
              |              ^^^^
              |
              = at: #/x/maximum
              = help: remove it, or quote it if a string is meant

            warning[keyword-ignored]: the YAML tag `!secret` is ignored
             --> api.yaml:3:4
              |
            3 | y: !secret abc
              |    ^^^^^^^^^^^
              |
              = at: #/y
              = help: if this is intended, set `keyword-ignored = "allow"` under `[lints]` in `sdk.toml`

            warning[wrong-shape]: `<<` merges mappings, but this is a number
             --> api.yaml:4:9
              |
            4 | z: {<<: 3}
              |         ^
              |
              = at: #/z/<<
              = help: merge an alias of a mapping (`*name`), or quote the key

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
        ("a.yaml", format!("openapi: 3.1.0\nx: {}", deep("{a: ", "}", 1_000))),
        ("a.yaml", format!("openapi: 3.1.0\nx: {}", deep("[\n", "]", 20_000))),
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
              |    ^ the limit is exceeded here
              |
              = help: move inner schemas to `components/schemas`, and refer to them by `$ref`

        "#]],
    );
}
