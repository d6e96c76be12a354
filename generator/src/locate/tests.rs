use super::*;
use crate::source::Source;

/// Returns the texts of the key and the value of each pointer.
fn found<'a>(source: &'a Source, pointers: &[&str]) -> Vec<(Option<&'a str>, &'a str, bool)> {
    let pointers: Vec<Pointer> = pointers.iter().map(|text| Pointer::from(*text)).collect();
    let text = |span: Span| &source.body()[span.start..span.end];
    locate(source, &pointers.iter().collect::<Vec<_>>())
        .into_iter()
        .map(|location| {
            location.map(|location| (location.key.map(text), text(location.value), location.exact)).unwrap()
        })
        .collect()
}

#[test]
fn json_keys_values_and_items() {
    let text = r#" {"a": [1, {"b/c": "x\"]}", "d~": null}], "e": { }, "a\n": [[], 2.5e3], "": true}"#;
    let source = Source::new("a.json", text);
    assert_eq!(
        found(&source, &["", "/a", "/a/0", "/a/1/b~1c", "/a/1/d~0", "/e", "/a\n/1", "/a\n/0", "/"]),
        [
            (None, text.trim(), true),
            (Some("\"a\""), r#"[1, {"b/c": "x\"]}", "d~": null}]"#, true),
            (None, "1", true),
            (Some("\"b/c\""), r#""x\"]}""#, true),
            (Some("\"d~\""), "null", true),
            (Some("\"e\""), "{ }", true),
            (None, "2.5e3", true),
            (None, "[]", true),
            (Some("\"\""), "true", true),
        ]
    );
}

#[test]
fn what_is_not_there_is_shown_at_the_nearest_above() {
    for (label, text) in
        [("a.json", r#"{"a": {"b": 1}}"#), ("a.yaml", "a: {\"b\": 1}"), ("a.toml", "a = {\"b\" = 1}")]
    {
        let source = Source::new(label, text);
        let locations = found(&source, &["/a/b/c/d", "/a/x", "/y"]);
        assert_eq!(locations[0], (Some("\"b\""), "1", false));
        assert_eq!(locations[1].0.map(|key| key.trim_matches('"')), Some("a"));
        assert_eq!((locations[2].0, locations[2].2), (None, false));
    }
}

#[test]
fn repeated_keys_are_both_found() {
    for (label, text) in [("a.json", "{\"k\": 1,\n \"k\": 2}"), ("a.yaml", "\"k\": 1\n\"k\": 2\n")] {
        let source = Source::new(label, text);
        let location = locate(&source, &[&Pointer::from("/k")])[0].unwrap();
        let start = text.find("\"k\"").unwrap();
        assert_eq!(location.key, Some(Span::new(start, start + 3)));
        let again = text.rfind("\"k\"").unwrap();
        assert_eq!(location.repeated, Some(Span::new(again, again + 3)));
    }
}

#[test]
fn broken_json_ends() {
    for text in ["", "{", "{\"a\"", "{\"a\":", "{\"a\": [1,", "[\"", "[\"\\", "}", "{\"a\": }}"] {
        let source = Source::new("a.json", text);
        assert!(locate(&source, &[&Pointer::from("/a/0")])[0].is_some());
    }
}

#[test]
fn yaml_in_all_its_styles() {
    let text = "\
# first
top:
  'quoted key': \"double\"
  200: [x, {y: z}]   # after
  list:
  - name: é
    two words: plain text here
  -
    - nested
  text: |
    line one

    line two
  folded: >-
    a
    b
  null here:
  last: ~
";
    let source = Source::new("a.yaml", text);
    assert_eq!(
        found(
            &source,
            &[
                "/top/quoted key",
                "/top/200",
                "/top/200/1/y",
                "/top/list",
                "/top/list/0/name",
                "/top/list/0/two words",
                "/top/list/1/0",
                "/top/null here",
                "/top/last",
            ]
        ),
        [
            (Some("'quoted key'"), "\"double\"", true),
            (Some("200"), "[x, {y: z}]", true),
            (Some("y"), "z", true),
            (Some("list"), "- name: é\n    two words: plain text here\n  -\n    - nested", true),
            (Some("name"), "é", true),
            (Some("two words"), "plain text here", true),
            (None, "nested", true),
            (Some("null here"), "", true),
            (Some("last"), "~", true),
        ]
    );
    let text = found(&source, &["/top/text"])[0].1;
    assert!(text.ends_with("line one\n\n    line two"), "{text:?}");
}

#[test]
fn yaml_through_aliases_and_merge_keys() {
    let text = "\
base: &base
  a: &a {deep: 1}
  b: two
other: {<<: *base, b: own, c: *a}
more:
  <<: [{x: 1}, *base]
loop: &loop {again: *loop}
";
    let source = Source::new("a.yaml", text);
    assert_eq!(
        found(&source, &["/other/a/deep", "/other/b", "/other/c", "/other/c/deep", "/more/x", "/more/b"]),
        [
            (Some("deep"), "1", true),
            (Some("b"), "own", true),
            (Some("c"), "*a", true),
            (Some("deep"), "1", true),
            (Some("x"), "1", true),
            (Some("b"), "two", true),
        ]
    );
    let round = format!("/loop{}", "/again".repeat(500));
    assert!(locate(&source, &[&Pointer::from(round.as_str())])[0].is_some());
}

#[test]
fn toml_tables_and_lists_of_tables() {
    let text =
        "spec = \"a\"\n[names]\n\"/x/y\" = \"Z\"\n[[fixup]]\nat = \"/a\"\n[[fixup]]\nset = {a = [1, 2]}\n";
    let source = Source::new("sdk.toml", text);
    assert_eq!(
        found(&source, &["/spec", "/names/~1x~1y", "/fixup/0/at", "/fixup/1/set/a/1"]),
        [
            (Some("spec"), "\"a\"", true),
            (Some("\"/x/y\""), "\"Z\"", true),
            (Some("at"), "\"/a\"", true),
            (None, "2", true),
        ]
    );
}
