use expect_test::expect;
use serde_json::json;

use super::*;
use crate::config::config;
use crate::diag::{Style, render};
use crate::source::Source;

fn tree() -> Tree {
    let root = json!({
        "paths": {"/a": {"get": 1}, "/b": {"tags": ["x", "y", "z"]}},
        "components": {"schemas": {"Foo": {"type": "string"}, "Bar": {}, "Baz": {}}},
    });
    Tree { root, ..Tree::default() }
}

fn run(toml: &str) -> (Tree, String) {
    let source = Source::new("sdk.toml", toml);
    let mut sink = Sink::new();
    let config = config(&source, &mut sink).unwrap();
    let tree = fixup(tree().into(), &config, &mut Vec::new(), &mut sink);
    (tree.into_tree(), render(&sink.finish(), &[&Source::new("api.yaml", ""), &source], Style::PLAIN))
}

fn one(at: &str, what: &str) -> String {
    format!("[[fixup]]\nat = \"{at}\"\n{what}\nreason = \"r\"\n")
}

#[test]
fn repairs_are_made_in_order() {
    let (tree, report) = run(&[
        one("/components/schemas/Foo/type", "set = \"integer\""),
        one("/components/schemas/Foo/format", "set = \"int32\""),
        one("/components/schemas/Bar", "rename = \"Bar2\""),
        one("/paths/~1b/tags/0", "remove = true"),
        one("/paths/~1b/tags/-", "set = \"end\""),
        one("#/paths/~1a", "remove = true"),
    ]
    .concat());
    assert_eq!(report, "");
    assert_eq!(
        tree.root,
        json!({
            "paths": {"/b": {"tags": ["y", "z", "end"]}},
            "components": {"schemas": {"Foo": {"type": "integer", "format": "int32"}, "Bar2": {}, "Baz": {}}},
        })
    );
    let schemas = tree.root["components"]["schemas"].as_object().unwrap();
    assert_eq!(schemas.keys().collect::<Vec<_>>(), ["Foo", "Bar2", "Baz"]);
    let origin = |at: &str| tree.moves.origin(&Pointer::from(at)).as_str().to_owned();
    assert_eq!(origin("/components/schemas/Bar2/x"), "/components/schemas/Bar/x");
    assert_eq!(origin("/paths/~1b/tags/1"), "/paths/~1b/tags/2");
}

#[test]
fn a_repair_that_does_not_apply_is_an_error_in_its_place() {
    let (tree, report) = run(&[
        one("/components/schemas/Fooo/type", "set = 1"),
        one("/components/schemas/Foo/type", "set = \"string\""),
        one("/paths/~1c", "remove = true"),
        one("/paths/~1b/tags/3", "remove = true"),
        one("/paths/~1a/get/x", "set = 1"),
        one("/components/schemas/Foo", "rename = \"Bar\""),
        one("", "remove = true"),
    ]
    .concat());
    assert_eq!(tree.root, self::tree().root);
    expect![[r#"
        error[fixup-unused]: `/components/schemas/Fooo` does not exist: there is no `Fooo`
         --> sdk.toml:2:6
          |
        2 | at = "/components/schemas/Fooo/type"
          |      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          |
          = help: did you mean `Foo`? (the reason was: r)

        error[fixup-unused]: `/components/schemas/Foo/type` already has this value
         --> sdk.toml:7:7
          |
        7 | set = "string"
          |       ^^^^^^^^
          |
          = help: remove the fixup: the document has been corrected (the reason was: r)

        error[fixup-unused]: `/paths/~1c` does not exist: there is no `/c`
          --> sdk.toml:10:6
           |
        10 | at = "/paths/~1c"
           |      ^^^^^^^^^^^^
           |
           = help: did you mean `/a`? (the reason was: r)

        error[fixup-unused]: `/paths/~1b/tags/3` does not exist: there is no `3`
          --> sdk.toml:14:6
           |
        14 | at = "/paths/~1b/tags/3"
           |      ^^^^^^^^^^^^^^^^^^^
           |
           = help: remove the fixup, or point it to the new location (the reason was: r)

        error[fixup-unused]: `/paths/~1a/get/x` cannot exist: its parent is a number
          --> sdk.toml:18:6
           |
        18 | at = "/paths/~1a/get/x"
           |      ^^^^^^^^^^^^^^^^^^
           |
           = help: point it to another location (the reason was: r)

        error[fixup-unused]: `Bar` already exists next to `/components/schemas/Foo`
          --> sdk.toml:23:10
           |
        23 | rename = "Bar"
           |          ^^^^^
           |
           = help: choose another key, or remove one of them first (the reason was: r)

        error[fixup-unused]: a fixup cannot replace the whole document
          --> sdk.toml:26:6
           |
        26 | at = ""
           |      ^^
           |
           = help: point it to a node inside the document (the reason was: r)

    "#]]
    .assert_eq(&report);
}
