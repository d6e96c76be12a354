mod refused;

use expect_test::{Expect, expect};
use serde_json::json;

use super::*;
use crate::diag::Sink;
use crate::diag::{Style, render};
use crate::source::Source;

fn check(text: &str, expected: Expect) {
    let source = Source::new("spec/sdk.toml", text);
    let mut sink = Sink::new();
    config(&source, &mut sink);
    let document = Source::new("api.yaml", "");
    expected.assert_eq(&render(&sink.finish(), &[&document, &source], Style::PLAIN));
}

#[test]
fn everything_is_read() {
    let text = r#"
spec = "retab-2026-05.yaml"

[package]
name = "retab-sdk"
lib = "retab"
version = "0.2.0"
description = "d"
license = "MIT"
repository = "https://example.com"

[client]
env = "RETAB_API_KEY"
base_url = "https://api.example.com"

[names]
"/components/schemas/Foo" = "Bar"

[operations]
runs_list = { resource = "workflows.runs", name = "list" }

[[fixup]]
at = "/components/schemas/A/properties/n"
set = { type = "integer", minimum = 0, x = [1.5, true] }
reason = "upstream says string"

[[fixup]]
at = "/paths/~1old"
remove = true
reason = "gone"

[[fixup]]
at = "/components/schemas/B"
rename = "C"
reason = "clash"

[lints]
keyword-ignored = "allow"
untyped = "deny"
"#;
    let mut sink = Sink::new();
    let read = config(&Source::new("sdk.toml", text), &mut sink).unwrap();
    assert_eq!(sink.finish(), []);
    assert_eq!(read.spec.as_deref(), Some("retab-2026-05.yaml"));
    assert_eq!(read.package.lib.as_deref(), Some("retab"));
    assert_eq!(read.client.env.as_deref(), Some("RETAB_API_KEY"));
    assert_eq!(read.names["/components/schemas/Foo"], "Bar");
    assert_eq!(read.operations["runs_list"].resource.as_deref(), Some("workflows.runs"));
    let set = json!({"type": "integer", "minimum": 0, "x": [1.5, true]});
    assert_eq!(read.fixups[0].action, FixupAction::Set(set));
    assert_eq!(read.fixups[1].action, FixupAction::Remove);
    assert_eq!(read.fixups[2].action, FixupAction::Rename("C".to_owned()));
    assert_eq!(read.lints["untyped"], LintLevel::Deny);
}

#[test]
fn unknown_keys_and_wrong_types_are_all_reported() {
    check(
        "spec = 3\npakcage = 1\n[client]\nbase-url = \"x\"\nzebra = 1\n[operations]\na = { resourc = \"x\" }\nb = 3\n",
        expect![[r#"
            error[config]: `spec` is a number, but must be a quoted string
             --> spec/sdk.toml:1:8
              |
            1 | spec = 3
              |        ^ expected a quoted string
              |
              = help: write a quoted string, or remove the line

            error[config]: unknown key `pakcage` in `sdk.toml`
             --> spec/sdk.toml:2:1
              |
            2 | pakcage = 1
              | ^^^^^^^
              |
              = help: did you mean `package`?

            error[config]: unknown key `base-url` in `[client]`
             --> spec/sdk.toml:4:1
              |
            4 | base-url = "x"
              | ^^^^^^^^
              |
              = help: did you mean `base_url`?

            error[config]: unknown key `zebra` in `[client]`
             --> spec/sdk.toml:5:1
              |
            5 | zebra = 1
              | ^^^^^
              |
              = help: use one of `env`, `base_url`

            error[config]: unknown key `resourc` in `[operations.a]`
             --> spec/sdk.toml:7:7
              |
            7 | a = { resourc = "x" }
              |       ^^^^^^^
              |
              = help: did you mean `resource`?

            error[config]: `b` is a number, but must be a table
             --> spec/sdk.toml:8:5
              |
            8 | b = 3
              |     ^ expected a table
              |
              = help: write a table, or remove the line

        "#]],
    );
}

#[test]
fn lints_and_names_are_checked() {
    check(
        "[lints]\nkeyword-ignore = \"allow\"\nuntyped = \"no\"\nsyntax = \"allow\"\n[names]\nFoo = 1\n",
        expect![[r#"
            error[config]: unknown diagnostic `keyword-ignore`
             --> spec/sdk.toml:2:1
              |
            2 | keyword-ignore = "allow"
              | ^^^^^^^^^^^^^^
              |
              = help: did you mean `keyword-ignored`?

            error[config]: `untyped` is a string, but must be `allow`, `warn` or `deny`
             --> spec/sdk.toml:3:11
              |
            3 | untyped = "no"
              |           ^^^^ expected `allow`, `warn` or `deny`
              |
              = help: write `allow`, `warn` or `deny`, or remove the line

            error[config]: the level of `syntax` cannot be changed: it is always an error
             --> spec/sdk.toml:4:10
              |
            4 | syntax = "allow"
              |          ^^^^^^^
              |
              = help: remove the line

            error[config]: `Foo` is not a JSON pointer
             --> spec/sdk.toml:6:1
              |
            6 | Foo = 1
              | ^^^
              |
              = help: begin it with `/`, as in `/components/schemas/Name`

            error[config]: `Foo` is a number, but must be a quoted string
             --> spec/sdk.toml:6:7
              |
            6 | Foo = 1
              |       ^ expected a quoted string
              |
              = help: write a quoted string, or remove the line

        "#]],
    );
}

#[test]
fn fixups_say_what_they_lack() {
    check(
        "[[fixup]]\nat = \"components\"\nremove = false\n[[fixup]]\nreason = \"r\"\nset = nan\nremove = true\n",
        expect![[r#"
            error[config]: a fixup must do exactly one thing
             --> spec/sdk.toml:1:1
              |
            1 | [[fixup]]
              | ^^^^^^^^^
              |
              = help: give it one of `set = …`, `merge = { … }`, `remove = true`, `rename = "…"`

            error[config]: a fixup needs a `reason`
             --> spec/sdk.toml:1:1
              |
            1 | [[fixup]]
              | ^^^^^^^^^
              |
              = help: say why it is needed: `reason = "…"`

            error[config]: `components` is not a JSON pointer
             --> spec/sdk.toml:2:6
              |
            2 | at = "components"
              |      ^^^^^^^^^^^^
              |
              = help: begin it with `/`, as in `/components/schemas/Name`

            error[config]: `remove` is a boolean, but must be `true`
             --> spec/sdk.toml:3:10
              |
            3 | remove = false
              |          ^^^^^ expected `true`
              |
              = help: write `true`, or remove the line

            error[config]: a fixup must do exactly one thing
             --> spec/sdk.toml:4:1
              |
            4 | [[fixup]]
              | ^^^^^^^^^
              |
              = help: give it one of `set = …`, `merge = { … }`, `remove = true`, `rename = "…"`

            error[config]: a fixup needs `at`
             --> spec/sdk.toml:4:1
              |
            4 | [[fixup]]
              | ^^^^^^^^^
              |
              = help: name the node: `at = "/components/schemas/Name"`

            error[config]: `set` is a number, but must be a finite number
             --> spec/sdk.toml:6:7
              |
            6 | set = nan
              |       ^^^ expected a finite number
              |
              = help: write a finite number, or remove the line

        "#]],
    );
}

#[test]
fn broken_toml_has_a_place() {
    check(
        "[package]\nname = \n[client\nenv = \"x\"\n",
        expect![[r#"
            error[config]: string values must be quoted, expected literal string
             --> spec/sdk.toml:2:8
              |
            2 | name = 
              |        ^
              |
              = help: see `sdkgen explain config`

            error[config]: unclosed table, expected `]`
             --> spec/sdk.toml:3:8
              |
            3 | [client
              |        ^
              |
              = help: see `sdkgen explain config`

        "#]],
    );
    check(
        "[package]\n[package]\n",
        expect![[r#"
            error[config]: duplicate key
             --> spec/sdk.toml:2:2
              |
            2 | [package]
              |  ^^^^^^^
              |
              = help: see `sdkgen explain config`

        "#]],
    );
}

#[test]
fn waits_say_what_they_lack() {
    check(
        "[waits]\na = { until = \"x\" }\nb = { is = [1], until = 2 }\nc = { until = \"x\", is = [] }\n",
        expect![[r#"
            error[config]: `a` needs `is`
             --> spec/sdk.toml:2:1
              |
            2 | a = { until = "x" }
              | ^
              |
              = help: say when the response is final: `{ until = "status", is = ["completed", "failed"] }`

            error[config]: `b` needs `until`
             --> spec/sdk.toml:3:1
              |
            3 | b = { is = [1], until = 2 }
              | ^
              |
              = help: say when the response is final: `{ until = "status", is = ["completed", "failed"] }`

            error[config]: `0` is a number, but must be a quoted string
             --> spec/sdk.toml:3:13
              |
            3 | b = { is = [1], until = 2 }
              |             ^ expected a quoted string
              |
              = help: write a quoted string, or remove the line

            error[config]: `until` is a number, but must be a quoted string
             --> spec/sdk.toml:3:25
              |
            3 | b = { is = [1], until = 2 }
              |                         ^ expected a quoted string
              |
              = help: write a quoted string, or remove the line

            error[config]: the array is empty, so waiting would never end
             --> spec/sdk.toml:4:25
              |
            4 | c = { until = "x", is = [] }
              |                         ^^
              |
              = help: list the values that are final

        "#]],
    );
}

#[test]
fn paging_says_what_it_lacks() {
    check(
        "[paging]\na = true\nb = { style = \"cursr\" }\nc = { param = \"x\" }\nd = { style = \"page\", first = \"one\", nxt = \"y\" }\n",
        expect![[r#"
            error[config]: `a` is a boolean, but must be `false` or a table
             --> spec/sdk.toml:2:5
              |
            2 | a = true
              |     ^^^^ expected `false` or a table
              |
              = help: write `false` or a table, or remove the line

            error[config]: unknown paging style `cursr`
             --> spec/sdk.toml:3:15
              |
            3 | b = { style = "cursr" }
              |               ^^^^^^^
              |
              = help: did you mean `cursor`?

            error[config]: the paging style is missing
             --> spec/sdk.toml:4:1
              |
            4 | c = { param = "x" }
              | ^
              |
              = help: set `style` to `cursor`, `last`, `page`, `offset`, `link`, `url`

            error[config]: `first` is a string, but must be an integer
             --> spec/sdk.toml:5:31
              |
            5 | d = { style = "page", first = "one", nxt = "y" }
              |                               ^^^^^ expected an integer
              |
              = help: write an integer, or remove the line

            error[config]: unknown key `nxt` in `[paging.d]`
             --> spec/sdk.toml:5:38
              |
            5 | d = { style = "page", first = "one", nxt = "y" }
              |                                      ^^^
              |
              = help: did you mean `next`?

        "#]],
    );
}

#[test]
fn waits_and_paging_are_read() {
    let text = "[waits]\na = { until = \"x.y\", is = [\"z\", true], name = \"w\" }\n[paging]\na = false\nb = { style = \"page\", first = -1 }\n";
    let mut sink = Sink::new();
    let read = config(&Source::new("sdk.toml", text), &mut sink).unwrap();
    assert_eq!(sink.finish(), []);
    let wait =
        WaitChoice { until: "x.y".into(), is: vec!["z".into(), "true".into()], name: Some("w".into()) };
    assert_eq!(read.waits["a"], wait);
    assert_eq!(read.paging["a"], PagingChoice::Off);
    assert!(matches!(&read.paging["b"], PagingChoice::By(by) if by.first == Some(-1)));
}
