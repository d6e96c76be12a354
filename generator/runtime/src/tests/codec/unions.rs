//! Unions: by tag wherever it stands, by shape, and when nothing fits.

use super::models::{Lifecycle, Mixed, Party, Run};
use crate::runtime::model::{Value, from_str, to_string};
use expect_test::expect;

fn value(text: &str) -> Value {
    from_str(text).unwrap()
}

#[track_caller]
fn same<T: crate::runtime::wire::Wire>(text: &str) -> T {
    let decoded: T = from_str(text).unwrap();
    assert_eq!(value(&to_string(&decoded)), value(text), "{text}");
    decoded
}

#[test]
fn the_tag_may_stand_anywhere() {
    for text in [
        r#"{"kind":"error","message":"no","lifecycle":{"kind":"pending"}}"#,
        r#"{"message":"no","lifecycle":{"since":1,"kind":"pending"},"kind":"failed"}"#,
        r#"{ "lifecycle" : {"lifecycle":{"kind":"later"},"message":"x","kind":"error"} , "kind" : "failed" , "message":"no"}"#,
    ] {
        let life = same::<Lifecycle>(text);
        let Lifecycle::Failed(failed) = &life else { panic!("{life:?}") };
        assert_eq!(failed.message, "no");
        assert_eq!(life.kind(), "error");
    }
}

#[test]
fn a_tag_the_payload_does_not_write_is_added() {
    let mut life = same::<Lifecycle>(r#"{"kind":"failed","message":"no"}"#);
    let Lifecycle::Failed(failed) = &mut life else { panic!("{life:?}") };
    failed.members_ = Default::default();
    assert_eq!(to_string(&life), r#"{"kind":"error","message":"no"}"#);
    // A payload that declares the tag itself, and came without it, goes back without it.
    let pending = Lifecycle::Pending(from_str("{}").unwrap());
    assert_eq!(to_string(&pending), "{}");
}

#[test]
fn unknown_tags_are_kept() {
    let text = r#"{"a":1.50,"kind":"later","b":{}}"#;
    let life = same::<Lifecycle>(text);
    assert_eq!(life.kind(), "later");
    assert_eq!(to_string(&life), text);
    assert_eq!(format!("{life:?}"), r#"Unknown(UnknownVariant { tag: "later", .. })"#);
}

#[test]
fn without_a_tag_the_shape_decides() {
    assert!(matches!(from_str(r#"{"since":3}"#).unwrap(), Lifecycle::Pending(_)));
    assert!(matches!(from_str(r#"{"message":"m","kind":7}"#).unwrap(), Lifecycle::Failed(_)));
    let error = from_str::<Lifecycle>(r#"[{"kind":"pending"}]"#).unwrap_err();
    assert_eq!(error.to_string(), "expected an object, found an array at byte 0, near `[{\"kind\":\"…\"}]`");
}

#[test]
fn shapes_are_told_apart_by_json_type() {
    assert_eq!(same::<Mixed>("\"x\""), Mixed::Text("x".into()));
    assert_eq!(same::<Mixed>("-7"), Mixed::Number(-7));
    assert!(matches!(same::<Mixed>(r#"["pending","later"]"#), Mixed::Statuses(_)));
    assert!(matches!(same::<Party>("7"), Party::Id(7)));
    assert_eq!(same::<Party>("7.5"), Party::Ratio(7.5));
    let error = from_str::<Mixed>("true").unwrap_err();
    assert_eq!(error.expected(), "an object or an array or a string or a number");
    assert_eq!(error.found(), "a boolean");
}

#[test]
fn the_variant_that_explains_most_wins() {
    assert!(matches!(same::<Mixed>(r#"{"kind":"pending","since":1}"#), Mixed::Lifecycle(_)));
    assert!(matches!(same::<Mixed>(r#"{"name":"n","x":1}"#), Mixed::Labels(_)));
    assert!(matches!(same::<Mixed>(r#"{"name":"n","x":"1"}"#), Mixed::Lifecycle(_) | Mixed::Free(_)));
    assert!(matches!(same::<Party>(r#"{"name":"n"}"#), Party::Person(_)));
    assert!(matches!(same::<Party>(r#"{"name":"n","age":1}"#), Party::Person(_)));
    assert!(matches!(same::<Party>(r#"{"seat":"pending","name":"n"}"#), Party::Company(_)));
    // Neither knows all of it: fewest unknown first.
    assert!(matches!(same::<Party>(r#"{"name":"n","seat":"running","age":"?"}"#), Party::Company(_)));
    // An unknown value counts like an unknown member; then known members decide.
    assert!(matches!(same::<Party>(r#"{"name":"n","seat":"later"}"#), Party::Company(_)));
    let nested = same::<Party>(r#"{"name":"n","parts":[{"name":"p","age":2},{"party":{"party":3}},4,4.5]}"#);
    let Party::Company(company) = nested else { panic!("{nested:?}") };
    assert!(matches!(
        company.parts.unwrap()[..],
        [Party::Person(_), Party::Wrapped(_), Party::Id(4), Party::Ratio(_)]
    ));
}

#[test]
fn the_error_says_what_each_variant_lacked() {
    let error = from_str::<Run>(
        r#"{"id":"r","lifecycle":{"kind":"pending"},"statuses":[],"meta":{"a":1,"b":["pending",2]}}"#,
    );
    expect!["`meta.b[1]`: expected a string, found a number at byte 84, near `2`"]
        .assert_eq(&error.unwrap_err().to_string());
    let error = from_str::<Vec<Party>>(r#"[1,{"age":3,"party":{"party":{"seat":1}}}]"#).unwrap_err();
    expect![[r#"`[1]`: expected a variant of `Party`, found an object that is none (`Person`: required member `name` is missing; `Company`: required member `name` is missing; `Wrapped`: `party`: expected a variant of `Party`, found an object that is none (`Person`: required member `name` is missing; `Company`: required member `name` is missing; `Wrapped`: `party`: expected a variant of `Party`, found an object that is none)) at byte 3, near `{"age":3,"party":{"party":{"seat":1}}}`"#]].assert_eq(&error.to_string());
}

#[test]
fn trials_within_trials_take_linear_time() {
    // Each level has several candidates; without memory this would take two to the power of 100 steps.
    let depth = 100;
    let good = format!("{}7{}", r#"{"party":"#.repeat(depth), "}".repeat(depth));
    assert!(matches!(same::<Party>(&good), Party::Wrapped(_)));
    let bad = format!("{}true{}", r#"{"party":"#.repeat(depth), "}".repeat(depth));
    assert!(from_str::<Party>(&bad).unwrap_err().to_string().len() < 2000);
}
