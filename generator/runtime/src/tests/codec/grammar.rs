//! RFC 8259: what is JSON, what is not, on both ways over a value (decoding and skipping).

use crate::runtime::model::{RawJson, Value, from_str, to_string};

const GOOD: &[&str] = &[
    "null",
    "true",
    "false",
    "0",
    "-0",
    "10",
    "-1.5",
    "1e3",
    "1E+3",
    "1.25e-2",
    "\"\"",
    "[]",
    "{}",
    " [ ] ",
    "\t{\r\n}",
    "[1,2]",
    "[ 1 , [ ] ]",
    r#"{"a":1,"b":{"c":[]}}"#,
    r#"{ "a" : { } }"#,
    r#""\"\\\/\b\f\n\r\t\u0041\u00e9""#,
    r#""\ud83d\ude00 \u0000""#,
    "\"\u{7f}\u{2028}äß漢😀\"",
    r#"{"":0}"#,
    r#"{"a":1,"a":2}"#,
    "123456789012345678901234567890",
    "\"0123456\"",
    "\"01234567\"",
    "\"012345678\"",
    r#""0123456\n""#,
    r#""01234567\n012345678""#,
];

const BAD: &[&str] = &[
    "",
    " ",
    "nul",
    "nulll",
    "True",
    "truefalse",
    "01",
    "-",
    "-a",
    "+1",
    ".5",
    "1.",
    "1.e1",
    "1e",
    "1e+",
    "0x10",
    "NaN",
    "Infinity",
    "-01",
    "1 2",
    "[",
    "]",
    "[1",
    "[1,",
    "[1,]",
    "[,1]",
    "[1 2]",
    "{",
    "}",
    "{\"a\"",
    "{\"a\":",
    "{\"a\":1",
    "{\"a\":1,",
    "{\"a\":1,}",
    "{,}",
    "{\"a\" 1}",
    "{a:1}",
    "{1:1}",
    "{\"a\":1 \"b\":2}",
    "[1}",
    "{\"a\":1]",
    "\"",
    "\"a",
    "\"\\",
    "\"\\x\"",
    "\"\\u12\"",
    "\"\\u12g4\"",
    "\"\\u+123\"",
    "\"\\ud800\"",
    "\"\\udc00\"",
    "\"\\ud800\\u0041\"",
    "\"\\ud800x\"",
    "\"\n\"",
    "\"\t\"",
    "\"\u{0}\"",
    "\"0123456\u{1f}\"",
    "'a'",
    "[1]]",
    "{}{}",
    "// c\n1",
    "1/**/",
    "\u{feff}1",
    "\u{a0}1",
    "[1,\u{c}2]",
    "\"\\ud83d\\",
    "\"\\u",
];

#[test]
fn good_json_is_read_and_skipped() {
    for text in GOOD {
        let expected: serde_json::Value = serde_json::from_str(text).unwrap();
        assert_eq!(from_str::<Value>(text).unwrap(), expected, "{text}");
        assert_eq!(from_str::<RawJson>(text).unwrap().get(), text.trim(), "{text}");
        assert_eq!(from_str::<Value>(&to_string(&expected)).unwrap(), expected, "{text}");
        assert_eq!(from_str::<Vec<RawJson>>(&format!("[{text}]")).unwrap().len(), 1, "{text}");
    }
}

#[test]
fn bad_json_is_refused() {
    for text in BAD {
        assert!(serde_json::from_str::<serde_json::Value>(text).is_err(), "{text}");
        assert!(from_str::<Value>(text).is_err(), "{text}");
        assert!(from_str::<RawJson>(text).is_err(), "{text}");
        assert!(from_str::<Vec<RawJson>>(&format!("[{text}, 1]")).is_err() || text.is_empty(), "{text}");
    }
}

#[test]
fn strings_are_escaped_where_json_asks_for_it() {
    let text: String = (0..0x250_u32).filter_map(char::from_u32).chain("😀\u{ffff}".chars()).collect();
    let written = to_string(&text);
    assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
    assert_eq!(from_str::<String>(&written).unwrap(), text);
    assert_eq!(to_string(&"a\"\\\n\u{1}/é".to_owned()), r#""a\"\\\n\u0001/é""#);
}
