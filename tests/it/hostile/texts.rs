//! What a document says in files and reports that are no code: README, `names.lock`, `report.txt`, diagnostics in each form.

use sdkgen::diag::{Output as Form, Sink, Style, render, report, visible};
use sdkgen::source::Source;
use sdkgen::{Input, Output};

use super::{Made, all};

/// Characters that a terminal obeys, or that turn writing around.
fn odd(text: &str) -> Option<char> {
    text.chars().find(|c| *c != '\n' && c.len_utf8() < 4 && visible(&c.to_string()) != c.to_string())
}

/// Looks at all of them.
pub(super) fn judge(hostile: &str, input: &Input, output: &Output, sink: Sink) {
    readme(hostile, output.files.get("README.md").unwrap());
    let manifest = output.files.get("Cargo.toml").unwrap();
    assert_eq!(manifest.matches("@generated:begin").count(), 1, "{hostile:?}: {manifest}");
    assert_eq!(manifest.matches("@generated:end").count(), 1, "{hostile:?}: {manifest}");
    lock(hostile, &output.lock());
    let allowed = sink.allowed().clone();
    let found = sink.finish();
    let sources = input.sources();
    let text = report(&found, &allowed, &sources);
    assert_eq!(odd(&text), None, "{hostile:?}: {text}");
    let known = |line: &str| {
        line.is_empty()
            || line.starts_with("  ")
            || line.starts_with("What the generator")
            || line.starts_with("allowed by")
            || line
                .split_once(" (")
                .is_some_and(|(code, _)| code.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'))
    };
    assert!(text.lines().all(known), "{hostile:?}: {text}");
    for form in [Form::Text, Form::Json, Form::Github] {
        let text = render(&found, &sources, Style { output: form, ..Style::PLAIN });
        assert_eq!(odd(&text), None, "{hostile:?}: {text}");
        if form == Form::Github {
            assert!(text.lines().all(|line| line.starts_with("::warning file=")), "{hostile:?}: {text}");
            assert_eq!(text.lines().count(), found.len(), "{hostile:?}: {text}");
        }
    }
}

fn readme(hostile: &str, text: &str) {
    assert_eq!(odd(text), None, "{hostile:?}: {text}");
    for once in ["@generated:begin", "@generated:end"] {
        assert_eq!(text.matches(once).count(), 1, "{hostile:?}: {text}");
    }
    // Outside of code spans there is no element but the markers.
    for line in text.lines().filter(|line| !line.starts_with("<!-- @generated:")) {
        let outside: String = line.split('`').step_by(2).collect();
        let escaped = outside.replace("\\<", "").replace("&lt;", "");
        let element = escaped
            .split('<')
            .skip(1)
            .any(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c)));
        let address = escaped.contains("<http");
        assert!(!element || address, "{hostile:?}: {line}");
    }
}

fn lock(hostile: &str, text: &str) {
    let table: toml::Table = text.parse().unwrap_or_else(|error| panic!("{hostile:?}: {error}"));
    let known = |key: &String| key.bytes().all(|b| b.is_ascii_lowercase() || b == b'-' || b == b'_');
    assert!(table.keys().all(known), "{hostile:?}: {text}");
}

#[test]
fn a_lock_with_hostile_names_is_read_back() {
    for Made { text, input, lock: first, .. } in all() {
        let lock = Some(Source::new("names.lock", first.clone()));
        let mut sink = Sink::new();
        let second = sdkgen::generate(&Input { lock, ..input.clone() }, &mut sink);
        let second = second.unwrap_or_else(|| panic!("{text:?}: {:?}", sink.finish()));
        assert_eq!(*first, second.lock(), "{text:?}");
    }
}
