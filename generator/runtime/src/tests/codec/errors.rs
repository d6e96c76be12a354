//! What decoding says when it fails: one line, the place, no secrets.

use super::models::{Kinds, Labels, Run, Timing};
use crate::runtime::model::{DecodeError, RawJson, Secret, from_slice, from_str};
use crate::runtime::wire::Wire;
use expect_test::{Expect, expect};

fn error<T: Wire>(text: &str) -> DecodeError {
    match from_str::<T>(text) {
        Ok(_) => panic!("`{text}` was decoded"),
        Err(error) => error,
    }
}

#[track_caller]
fn check<T: Wire>(text: &str, expected: &Expect) {
    expected.assert_eq(&error::<T>(text).to_string());
}

#[test]
fn the_place_is_named() {
    let text = r#"[{"id":"a","lifecycle":{"kind":"pending"},"statuses":[]},{"id":"b","lifecycle":{"kind":"error","message":5},"statuses":[]}]"#;
    check::<Vec<Run>>(
        text,
        &expect!["`[1].lifecycle.message`: expected a string, found a number at byte 105, near `5`"],
    );
    check::<Run>(
        r#"{"lifecycle":{"kind":"x"},"id":"r","statuses":["a",{"b":[]}]}"#,
        &expect![[r#"`statuses[1]`: expected a string, found an object at byte 51, near `{"b":[]}`"#]],
    );
    check::<Labels>(
        r#"{"name":"a","odd name":1,"b.c":"x"}"#,
        &expect![[r#"`["b.c"]`: expected an integer, found a string at byte 31, near `"x"`"#]],
    );
    check::<Run>(
        r#"{"id":"r","lifecycle":{"kind":"x"},"statuses":[],"limits":[1]}"#,
        &expect!["`limits`: expected an array of 2 items, found fewer at byte 58, near `[1]`"],
    );
    check::<Vec<bool>>(
        "[true, 12345678901234567890123456789012345678901234567890]",
        &expect![
            "`[1]`: expected a boolean, found a number at byte 7, near `123456789012345678901234567890123456789012345678`"
        ],
    );
}

#[test]
fn missing_members_are_named() {
    check::<Vec<Kinds>>(
        r#"[{"required":1,"nullable":null},{"required":1}]"#,
        &expect![[r#"required member `[1].nullable` is missing at byte 32, near `{"required":1}`"#]],
    );
    check::<Kinds>("{}", &expect!["required member `required` is missing at byte 0, near `{}`"]);
    let late = error::<Kinds>(r#"{"x":{"a":[1,2]},"nullable":null}"#);
    assert_eq!((late.path(), late.offset()), ("required", 0));
    assert_eq!((late.expected(), late.found()), ("a required member", "nothing"));
}

#[test]
fn broken_json_is_shown_where_it_breaks() {
    check::<Kinds>(
        r#"{"required":1,"nullable":tru}"#,
        &expect!["`nullable`: expected a value, found 't' at byte 25, near `tru`"],
    );
    check::<Kinds>(
        r#"{"required":1 "nullable":null}"#,
        &expect![[r#"`required`: expected `,` or `}`, found '"' at byte 14, near `"nullable"`"#]],
    );
    check::<Kinds>(
        r#"{"required":1,"nullable":null} x"#,
        &expect!["expected the end of the document, found 'x' at byte 31, near `x`"],
    );
    check::<Kinds>(
        r#"{"required":1,"optional":"ab"#,
        &expect!["`optional`: expected the end of a string, found the end of the document at byte 28"],
    );
    check::<String>(
        "\"a\u{1}b\"",
        &expect![[r#"expected no control character in a string, found '\u{1}' at byte 2, near `�b"`"#]],
    );
    check::<String>(
        r#""ab\ud800cd""#,
        &expect![[
            r#"expected a Unicode character, found a surrogate without its other half at byte 3, near `\ud800cd"`"#
        ]],
    );
    check::<String>("", &expect!["expected a value, found the end of the document at byte 0"]);
}

#[test]
fn bytes_that_are_no_utf8_are_refused_where_they_stand() {
    let error = from_slice::<Run>(b"{\"id\":\"a\",\"statuses\":[\"x\",\"\xff\"]}").unwrap_err();
    expect![[r#"`statuses[1]`: expected text, found bytes that are no UTF-8 at byte 27, near `�"]}`"#]]
        .assert_eq(&error.to_string());
    assert_eq!(error.path(), "statuses[1]");
}

#[test]
fn secrets_are_not_shown() {
    let text = r#"{"created_at":"2024-01-01T00:00:00Z","token":12345,"x":"hunter2"}"#;
    check::<Timing>(
        text,
        &expect!["`token`: expected a string, found a number at byte 45, near `[redacted]`"],
    );
    check::<Vec<String>>(
        r#"[{"password":"hunter2"}]"#,
        &expect![[r#"`[0]`: expected a string, found an object at byte 1, near `{"password":"…"}`"#]],
    );
    let secret = Secret::from("hunter2");
    assert_eq!(format!("{secret} {secret:?}"), "[redacted] Secret([redacted])");
    let raw: RawJson = from_str("\"hunter2\"").unwrap();
    assert_eq!(format!("{raw:?}"), "RawJson(9 bytes)");
    assert_eq!(secret.expose(), "hunter2");
}

#[test]
fn excerpts_are_short() {
    let long = format!("[[{}]]", "\"ä\",".repeat(1000));
    let error = error::<Vec<String>>(&long);
    assert!(error.excerpt().len() < 60, "{}", error.excerpt());
    assert_eq!(error.path(), "[0]");
}

#[test]
fn nesting_is_limited() {
    let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    assert!(from_str::<RawJson>(&deep(128)).is_ok());
    assert!(from_str::<serde_json::Value>(&deep(128)).is_ok());
    for text in [deep(129), deep(1_000_000), "{\"a\":".repeat(100_000)] {
        assert!(error::<RawJson>(&text).to_string().contains("at most 128 nested containers"));
        assert!(error::<serde_json::Value>(&text).to_string().contains("at most 128 nested containers"));
    }
    let run = format!("{}{}", r#"{"id":"r","x":"#.repeat(10), "[".repeat(200));
    assert!(error::<Run>(&run).to_string().contains("nested"));
    let late = format!(r#"{{"statuses":[],"lifecycle":{}"#, r#"{"message":"m","lifecycle":"#.repeat(500));
    assert!(error::<Run>(&late).to_string().contains("nested"));
}
