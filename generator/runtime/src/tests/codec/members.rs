//! Members: absent, null, value; unknown ones; many of them; in any order.

use super::models::{Kinds, Labels, Status, Timing};
use crate::runtime::macros::object;
use crate::runtime::model::{Members, Model, RawJson, Value, default, from_str, to_string};
use serde_json::json;

const FULL: &str =
    r#"{"required":1,"optional":"a","nullable":true,"def\"aulted":3,"type":"kinds","open":null,"free":7}"#;

fn value(text: &str) -> Value {
    from_str(text).unwrap()
}

/// Decodes and encodes; the result must be the same JSON value.
#[track_caller]
fn same(text: &str) -> Kinds {
    let kinds: Kinds = from_str(text).unwrap();
    assert_eq!(value(&to_string(&kinds)), value(text));
    kinds
}

#[test]
fn every_member_there() {
    let kinds = same(FULL);
    assert_eq!((kinds.required, kinds.optional.as_deref(), kinds.nullable), (1, Some("a"), Some(true)));
    assert_eq!((kinds.defaulted, kinds.open, kinds.free), (3, None, json!(7)));
}

#[test]
fn absent_and_null_stay_apart() {
    let absent = same(r#"{"required":1,"nullable":null}"#);
    assert_eq!((absent.optional.as_ref(), absent.nullable, absent.defaulted), (None, None, 10));
    assert_eq!((absent.open.clone(), absent.free.clone()), (Some(Status::Running), json!({"a": [1]})));
    let null = same(r#"{"required":1,"optional":null,"nullable":null,"def\"aulted":10,"open":"running"}"#);
    assert_eq!(null.optional, None);
    assert_ne!(absent, null);
}

#[test]
fn set_members_are_written_and_unset_ones_are_not() {
    let mut kinds = same(r#"{"required":1,"nullable":null}"#);
    kinds.optional = Some("x".into());
    kinds.defaulted = 11;
    kinds.free = json!({"a": [1.0]});
    assert_eq!(
        value(&to_string(&kinds)),
        json!({"required": 1, "optional": "x", "nullable": null, "def\"aulted": 11})
    );
    kinds.optional = None;
    kinds.defaulted = 10;
    kinds.members_.mark(1);
    kinds.members_.mark(3);
    assert_eq!(
        value(&to_string(&kinds)),
        json!({"required": 1, "optional": null, "nullable": null, "def\"aulted": 10})
    );
}

#[test]
fn constants_are_kept_as_they_came() {
    assert_eq!(
        to_string(&same(r#"{"required":1,"nullable":null,"type":"kinds"}"#)).matches("kinds").count(),
        1
    );
    same(r#"{"required":1,"type":"\u006binds","nullable":null}"#);
    let other = same(r#"{"required":1,"type":"later","nullable":null}"#);
    assert_eq!(other.unknown_member("type").map(RawJson::get), Some("\"later\""));
    let made = Kinds { members_: Members::new(&[4]), ..same(r#"{"required":1,"nullable":null}"#) };
    assert_eq!(to_string(&made), r#"{"required":1,"nullable":null,"type":"kinds"}"#);
}

#[test]
fn any_order_reads_the_same() {
    let expected: Kinds = from_str(FULL).unwrap();
    for text in [
        r#"{"free":7,"open":null,"type":"kinds","def\"aulted":3,"nullable":true,"optional":"a","required":1}"#,
        r#"{"optional":"a","required":1,"free":7,"nullable":true,"type":"kinds","open":null,"def\"aulted":3}"#,
        r#" { "type" : "kinds" , "required" : 1 , "nullable":true,"optional":"a","free":7,"open":null,"def\u0022aulted":3 } "#,
    ] {
        assert_eq!(from_str::<Kinds>(text).unwrap(), expected, "{text}");
    }
}

#[test]
fn of_two_members_with_one_name_the_last_counts() {
    for text in [
        r#"{"required":1,"nullable":null,"required":2}"#,
        r#"{"nullable":null,"required":{},"required":2}"#,
        r#"{"type":"other","required":2,"nullable":true,"nullable":null,"type":"kinds","x":1,"x":2}"#,
        r#"{"type":"kinds","required":2,"nullable":null,"type":"other"}"#,
    ] {
        let kinds: Kinds = from_str(text).unwrap();
        assert_eq!((kinds.required, kinds.nullable), (2, None), "{text}");
        assert_eq!(value(&to_string(&kinds)), value(text));
    }
}

#[test]
fn unknown_members_are_kept_verbatim_and_in_order() {
    let text = r#"{"required":1,"z":123456789012345678901234567890.10,"nullable":null,"a":{"b" : [null]},"\u0061b":2}"#;
    let kinds: Kinds = from_str(text).unwrap();
    let found: Vec<(&str, &str)> = kinds.unknown_members().map(|(name, json)| (name, json.get())).collect();
    assert_eq!(found, [("z", "123456789012345678901234567890.10"), ("a", r#"{"b" : [null]}"#), ("ab", "2")]);
    let written = to_string(&kinds);
    assert!(
        written.contains(r#""z":123456789012345678901234567890.10,"a":{"b" : [null]},"ab":2}"#),
        "{written}"
    );
    assert_eq!(kinds.unknown_member("a").unwrap().decode::<Value>().unwrap(), json!({"b": [null]}));
    assert_eq!(kinds.unknown_member("required"), None);
    assert_eq!(format!("{:?}", kinds.members_), "_ and 3 unknown");
}

#[test]
fn members_can_be_added_and_replaced() {
    let mut kinds = same(r#"{"required":1,"nullable":null}"#);
    kinds.set_unknown_member("later", vec![1_i64, 2]);
    kinds.set_unknown_member("later", "three".to_owned());
    kinds.set_unknown_member("required", "one".to_owned());
    assert_eq!(to_string(&kinds), r#"{"nullable":null,"later":"three","required":"one"}"#);
}

#[test]
fn typed_additional_members() {
    let text = r#"{"b":2,"name":null,"a":1,"b":3}"#;
    let labels: Labels = from_str(text).unwrap();
    assert_eq!(labels.additional, [("a".to_owned(), 1), ("b".to_owned(), 3)].into());
    assert_eq!(to_string(&labels), r#"{"name":null,"a":1,"b":3}"#);
    assert_eq!(to_string(&from_str::<Labels>(r#"{"a":1}"#).unwrap()), r#"{"a":1}"#);
    let error = from_str::<Labels>(r#"{"name":"x","a":{}}"#).unwrap_err();
    assert_eq!(error.path(), "a");
}

#[test]
fn recursion_and_late_members() {
    let text = r#"{"parent":{"parent":{"created_at":"2024-01-01T00:00:00Z"},"waiting_ms":2,"created_at":"2024-01-01T00:00:00Z"},"created_at":"2024-01-01T00:00:00Z"}"#;
    let timing: Timing = from_str(text).unwrap();
    assert_eq!(timing.parent.as_ref().unwrap().waiting_ms, 2);
    assert_eq!(value(&to_string(&timing)), value(text));
}

macro_rules! wide {
    ($($index:literal $field:ident $wire:literal)*) => {
        #[derive(Clone, PartialEq)]
        struct Wide { $($field: Option<i64>,)* members_: Members }
        object!(Wide $({ $index optional $field = $wire; })*);
    };
}

wide! {
    0 a0 "a0" 1 a1 "a1" 2 a2 "a2" 3 a3 "a3" 4 a4 "a4" 5 a5 "a5" 6 a6 "a6" 7 a7 "a7" 8 a8 "a8" 9 a9 "a9"
    10 b0 "b0" 11 b1 "b1" 12 b2 "b2" 13 b3 "b3" 14 b4 "b4" 15 b5 "b5" 16 b6 "b6" 17 b7 "b7" 18 b8 "b8" 19 b9 "b9"
    20 c0 "c0" 21 c1 "c1" 22 c2 "c2" 23 c3 "c3" 24 c4 "c4" 25 c5 "c5" 26 c6 "c6" 27 c7 "c7" 28 c8 "c8" 29 c9 "c9"
    30 d0 "d0" 31 d1 "d1" 32 d2 "d2" 33 d3 "d3" 34 d4 "d4" 35 d5 "d5" 36 d6 "d6" 37 d7 "d7" 38 d8 "d8" 39 d9 "d9"
    40 e0 "e0" 41 e1 "e1" 42 e2 "e2" 43 e3 "e3" 44 e4 "e4" 45 e5 "e5" 46 e6 "e6" 47 e7 "e7" 48 e8 "e8" 49 e9 "e9"
    50 f0 "f0" 51 f1 "f1" 52 f2 "f2" 53 f3 "f3" 54 f4 "f4" 55 f5 "f5" 56 f6 "f6" 57 f7 "f7" 58 f8 "f8" 59 f9 "f9"
    60 g0 "g0" 61 g1 "g1" 62 g2 "g2" 63 g3 "g3" 64 g4 "g4" 65 g5 "g5" 66 g6 "g6" 67 g7 "g7" 68 g8 "g8" 69 g9 "g9"
}

#[test]
fn more_than_64_members() {
    let text = r#"{"a0":null,"g3":null,"g4":null,"g8":1,"g9":null}"#;
    let wide: Wide = from_str(text).unwrap();
    assert_eq!((wide.g8, wide.g9), (Some(1), None));
    assert_eq!(to_string(&wide), text);
    let reversed: Wide = from_str(r#"{"g9":null,"g8":1,"g4":null,"g3":null,"a0":null}"#).unwrap();
    assert_eq!(reversed, wide);
    assert_eq!(to_string(&from_str::<Wide>("{}").unwrap()), "{}");
}

#[test]
fn defaults_are_decoded() {
    assert_eq!(default::<i64>("10"), 10);
    assert_eq!(default::<Vec<Status>>(r#"["pending"]"#), [Status::Pending]);
    assert_eq!(size_of::<Members>(), 2 * size_of::<usize>());
}

#[test]
#[should_panic(expected = "the generator emitted the default `\"x\"`")]
fn defaults_that_do_not_fit_are_our_fault() {
    let _ = default::<i64>("\"x\"");
}

#[test]
fn debug_shows_the_members_that_are_there_and_no_secrets() {
    let timing: Timing = from_str(
        r#"{"created_at":"2026-05-09T08:00:00Z","parent":{"created_at":"2026-05-09T07:00:00Z"},"token":"canary","later":[1]}"#,
    )
    .unwrap();
    assert_eq!(
        format!("{timing:?}"),
        "Timing { created_at: 2026-05-09T08:00:00Z, waiting_ms: 0, \
         parent: Some(Timing { created_at: 2026-05-09T07:00:00Z, waiting_ms: 0 }), token: Some(Secret([redacted])), later: RawJson(3 bytes) }"
    );
    let labels: Labels = from_str(r#"{"name":null,"a":1}"#).unwrap();
    assert_eq!(format!("{labels:#?}"), "Labels {\n    name: None,\n    a: 1,\n}");
}
