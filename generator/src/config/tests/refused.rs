//! What cargo or rustc would refuse later, and values that would be more than a value in the output.

use expect_test::expect;

use super::super::*;
use crate::diag::{Sink, Style, render};
use crate::source::Source;

/// The problems with `sdk.toml`, each with line and column.
fn problems(text: &str) -> Vec<String> {
    let source = Source::new("sdk.toml", text);
    let mut sink = Sink::new();
    config(&source, &mut sink);
    let shown = render(&sink.finish(), &[&Source::new("api.yaml", ""), &source], Style::PLAIN);
    let mut all = Vec::new();
    for line in shown.lines() {
        if let Some(message) = line.strip_prefix("error[config]: ") {
            all.push(message.to_owned());
        } else if let (Some(place), Some(last)) =
            (line.trim_start().strip_prefix("--> sdk.toml:"), all.last_mut())
        {
            *last = format!("{place}: {last}");
        }
    }
    all
}

/// Each of these is one problem, at the value.
fn refused(head: &str, key: &str, values: &[&str]) {
    for value in values {
        let found = problems(&format!("{head}\n{key} = {value}\n"));
        let [one] = &found[..] else { panic!("{key} = {value}: {found:?}") };
        assert!(one.starts_with(&format!("2:{}: ", key.len() + 4)), "{key} = {value}: {one}");
    }
}

fn taken(head: &str, key: &str, values: &[&str]) {
    for value in values {
        assert_eq!(problems(&format!("{head}\n{key} = {value}\n")), Vec::<String>::new(), "{value}");
    }
}

#[test]
fn names_of_packages() {
    let all = [
        "'std'",
        "'core'",
        "'alloc'",
        "'test'",
        "'proc-macro'",
        "'crate'",
        "'Self'",
        "'self'",
        "'fn'",
        "'http'",
        "'serde_json'",
        "'serde-json'",
        "'tokio'",
        "'hyper'",
        "'My Sdk!'",
        "'a\"b'",
        "'../../evil'",
        "''",
        "'1a'",
        "'-a'",
        "'_'",
        "'größe'",
        "'a.b'",
        "'con'",
        "'NUL'",
        "'com1'",
        "\"a\\u0000b\"",
        "\"a\\nb\"",
    ];
    refused("[package]", "name", &all);
    refused("[package]", "name", &[&format!("'{}'", "a".repeat(65))]);
    refused("[package]", "lib", &all);
    refused("[package]", "lib", &["'a-b'"]);
    taken("[package]", "name", &["'a-b'", "'_a'", "'com'", "'com10'", "'http-sdk'", "'Shop'", "'sdk'"]);
    expect![[r#"
        [
            "2:8: the package name \"http\" is a crate that the generated code uses",
        ]
    "#]]
    .assert_debug_eq(&problems("[package]\nname = 'http'\n"));
}

#[test]
fn a_package_does_not_have_the_name_of_a_crate_it_uses() {
    let text = "[package]\nname = 'ulid'\n[formats]\nulid = { type = 'ulid::Ulid', version = '1' }\n";
    expect![[r#"
        [
            "2:8: the name \"ulid\" is that of a crate whose types are used",
        ]
    "#]]
    .assert_debug_eq(&problems(text));
}

#[test]
fn texts_of_the_manifest() {
    refused("[package]", "version", &["'1.0'", "'v1.0.0'", "''", "'1.0.0\"'", "'01.0.0'", "\"1.0.0\\n\""]);
    taken("[package]", "version", &["'1.0.0'", "'1.0.0-rc.1+b'"]);
    refused("[package]", "license", &["''", "'MIT\"'", "\"MIT\\nx = 1\"", "'# @generated:begin x'"]);
    taken("[package]", "license", &["'MIT OR Apache-2.0'", "'MIT/Apache-2.0'", "'(MIT AND LicenseRef-x)'"]);
    refused(
        "[package]",
        "repository",
        &["''", "'example'", "'git@example.com:a'", "\"https://a.example/\\n\""],
    );
    refused("[package]", "description", &["\"a\\u0000b\""]);
    taken("[package]", "description", &["\"a\\nb\"", "'\"'"]);
}

#[test]
fn the_client() {
    refused(
        "[client]",
        "env",
        &["''", "'A B'", "\"A\\nB\"", "\"A\\rB\"", "'A=B'", "'1A'", "'Ä'", "'A`'", "\"A\\u0000\""],
    );
    taken("[client]", "env", &["'SHOP_KEY'", "'_k1'"]);
    refused(
        "[client]",
        "base_url",
        &["''", "'/v1'", "'ftp://a.example'", "\"https://a.example\\n\"", "'https://'"],
    );
    taken("[client]", "base_url", &["'https://a.example/v1'", "'http://127.0.0.1:80'"]);
}

/// One key of a type, in a table that is whole without it.
fn of_type(rest: &str) -> Vec<String> {
    problems(&format!("[formats]\nulid = {{ type = 'ulid::Ulid', {rest} }}\n"))
}

#[test]
fn types_of_other_crates() {
    for rest in [
        "version = 'one'",
        "version = '*'",
        "version = ''",
        "features = ['serde']",
        "registry = 'own'",
        "version = '1', crate = \"x = 1\\n[y]\"",
        "version = '1', crate = 'a b'",
        "version = '1', crate = ''",
        "git = 'git@example.com:a/b'",
        "git = 'not a url'",
        "git = ''",
        "git = 'https://a.example/b', branch = 'a', tag = 'b'",
        "git = 'https://a.example/b', path = '../b'",
        "version = '1', branch = 'a'",
        "path = ''",
        "path = '# @generated:end'",
        "version = '1', crate = 'std'",
        "version = '1', crate = 'fn'",
        "version = '1', registry = 'a b'",
        "version = '1', features = ['']",
        "version = '1', features = ['dep:x']",
        "version = '1', features = ['a/b']",
        "version = '1', features = ['a\"b']",
        "version = '1', features = [\"a\\u0000\"]",
    ] {
        let found = of_type(rest);
        assert!(
            (1..=2).contains(&found.len()) && found.iter().all(|one| one.starts_with("2:")),
            "{rest}: {found:?}"
        );
    }
    for rest in [
        "version = '1'",
        "version = '>=1, <3'",
        "path = '../b', version = '1', registry = 'own'",
        "git = 'ssh://git@example.com/a/b.git', rev = 'a1b2'",
        "git = 'https://a.example/b', features = ['serde', 'v4+x.y']",
    ] {
        assert_eq!(of_type(rest), Vec::<String>::new(), "{rest}");
    }
}

#[test]
fn types_of_crates_that_are_there_already() {
    let of = |rest: &str| problems(&format!("[formats]\na = {{ {rest} }}\n"));
    for rest in
        ["type = 'chrono::NaiveTime'", "type = 'chrono::NaiveTime', version = '0.4', features = ['serde']"]
    {
        assert_eq!(of(rest), Vec::<String>::new(), "{rest}");
    }
    expect![[r#"
        [
            "2:54: `chrono` 0.3 conflicts with 0.4.38, which the generated crate uses",
        ]
    "#]]
    .assert_debug_eq(&of("type = 'chrono::NaiveTime',          version = '0.3'"));
    for rest in [
        "type = 'chrono::NaiveTime', path = '../chrono'",
        "type = 'x::Y', crate = 'futures_core', version = '0.2'",
        "type = 'rustls::Error', version = '0.23'",
        "type = 'hyper::Uri', version = '0.14'",
        "type = 'Ulid', version = '1'",
        "type = 'ulid::crate', version = '1'",
    ] {
        assert_eq!(of(rest).len(), 1, "{rest}: {:?}", of(rest));
    }
    let two = "[formats]\na = { type = 'x::A', version = '1' }\nb = { type = 'x::B', version = '2' }\n";
    expect![[r#"
        [
            "3:1: `x` has two different versions or sources",
        ]
    "#]]
    .assert_debug_eq(&problems(two));
}
