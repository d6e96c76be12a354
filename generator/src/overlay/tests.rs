use expect_test::{Expect, expect};
use serde_json::{Value, json};

use super::overlay;
use crate::Input;
use crate::diag::{Sink, Style, render};
use crate::source::Source;
use crate::tree::Tree;

fn document() -> Value {
    json!({
        "info": {"title": "T"},
        "tags": [{"name": "a"}, {"name": "b"}, {"name": "c"}],
        "paths": {
            "/a": {"get": {"tags": ["x"], "x-internal": true}, "put": {"tags": ["x"]}},
            "/b": {"get": {"summary": "old"}}
        }
    })
}

/// Applies an overlay, and returns the document and the reports.
fn under(actions: &str) -> (Tree, String) {
    let mut input = Input::new(Source::new("api.yaml", ""));
    input.overlays =
        vec![Source::new("overlay.yaml", format!("overlay: 1.0.0\ninfo: {{}}\nactions:\n{actions}"))];
    let mut sink = Sink::new();
    let tree = overlay(
        Tree { root: document(), ..Tree::default() }.into(),
        &input.overlays,
        0,
        &mut Vec::new(),
        &mut sink,
    );
    (tree.into_tree(), render(&sink.finish(), &input.sources(), Style::PLAIN))
}

fn says(actions: &str, expected: &Expect) {
    expected.assert_eq(&under(actions).1);
}

#[test]
fn updates_merge_and_lists_go_on() {
    let (tree, said) = under(
        "- {target: $.info, update: {title: N, version: '1'}}
- {target: $.tags, update: {name: d}}
- {target: \"$.paths.*.get\", update: {tags: [y], deprecated: true}}
- {target: \"$.paths[?@.get.summary == 'old'].get\", update: {summary: new}}
",
    );
    assert_eq!(said, "");
    assert_eq!(tree.root["info"], json!({"title": "N", "version": "1"}));
    assert_eq!(tree.root["tags"][3], json!({"name": "d"}));
    assert_eq!(tree.root["paths"]["/a"]["get"]["tags"], json!(["x", "y"]));
    assert_eq!(tree.root["paths"]["/b"]["get"], json!({"summary": "new", "tags": ["y"], "deprecated": true}));
}

#[test]
fn removals_take_members_and_items_in_any_number() {
    let (tree, said) = under(
        "- {target: \"$.tags[?@.name != 'b']\", remove: true}
- {target: \"$.paths..[?@['x-internal'] == true]\", remove: true, update: {ignored: 1}}
",
    );
    assert_eq!(said, "");
    assert_eq!(tree.root["tags"], json!([{"name": "b"}]));
    assert_eq!(tree.root["paths"]["/a"], json!({"put": {"tags": ["x"]}}));
    let moved = crate::pointer::Pointer::from("/tags/0/name");
    assert_eq!(tree.moves.origin(&moved).as_str(), "/tags/1/name");
}

#[test]
fn what_is_wrong_has_its_place() {
    says(
        "- {target: $.nothing, remove: true}
- {target: 'info[', update: {}}
- {target: $.info.title, update: {a: 1}}
- {update: {}}
- {target: $.info}
- {target: $.info, update: [1]}
",
        &expect![[r#"
            error[overlay]: `info[` is not a JSONPath: at position 0, parser error
             --> overlay.yaml:5:12
              |
            5 | - {target: 'info[', update: {}}
              |            ^^^^^^^
              |
              = help: correct the target; RFC 9535 has the syntax

            error[overlay]: `#/info/title` is neither an object nor an array
             --> overlay.yaml:6:12
              |
            6 | - {target: $.info.title, update: {a: 1}}
              |            ^^^^^^^^^^^^
              |
              = help: add one of them, as the OpenAPI Overlay Specification 1.0 says in section 4.4.3

            error[overlay]: an action needs a `target`
             --> overlay.yaml:7:3
              |
            7 | - {update: {}}
              |   ^^^^^^^^^^^^
              |
              = help: add what it changes, such as `target: $.info`

            error[overlay]: an action needs an `update` or `remove: true`
             --> overlay.yaml:8:12
              |
            8 | - {target: $.info}
              |            ^^^^^^
              |
              = help: add one of them, as the OpenAPI Overlay Specification 1.0 says in section 4.4.3

            error[overlay]: an object can only be merged with an object
             --> overlay.yaml:9:28
              |
            9 | - {target: $.info, update: [1]}
              |                            ^^^
              |
              = help: add one of them, as the OpenAPI Overlay Specification 1.0 says in section 4.4.3

            warning[overlay-unused]: `$.nothing` matches nothing
             --> overlay.yaml:4:12
              |
            4 | - {target: $.nothing, remove: true}
              |            ^^^^^^^^^
              |
              = help: correct the target, or remove the action

        "#]],
    );
}

#[test]
fn another_document_is_no_overlay() {
    let mut input = Input::new(Source::new("api.yaml", ""));
    input.overlays = vec![Source::new("overlay.yaml", "openapi: 3.0.0\n")];
    let mut sink = Sink::new();
    overlay(
        Tree { root: document(), ..Tree::default() }.into(),
        &input.overlays,
        0,
        &mut Vec::new(),
        &mut sink,
    );
    assert!(sink.has_errors());
}
