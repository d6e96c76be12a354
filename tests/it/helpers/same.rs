use serde_json::json;
use tests::same::{difference, instant, same};

#[test]
fn numbers_are_compared_as_numbers() {
    assert!(same(&json!(1), &json!(1.0)));
    assert!(same(&json!(1e3), &json!(1000)));
    assert!(!same(&json!(9_007_199_254_740_993_i64), &json!(9_007_199_254_740_992_i64)));
    assert!(!same(&json!(9_007_199_254_740_993_i64), &json!(9_007_199_254_740_992.0)));
    assert!(!same(&json!(1), &json!("1")));
}

#[test]
fn date_times_are_compared_as_instants() {
    assert!(same(&json!("2026-05-09T12:00:00Z"), &json!("2026-05-09T14:00:00.000+02:00")));
    assert!(!same(&json!("2026-05-09T12:00:00Z"), &json!("2026-05-09T12:00:01Z")));
    assert!(!same(&json!("2026-05-09"), &json!("2026-05-09T00:00:00Z")));
    assert_eq!(instant("1970-01-01T00:00:00Z"), Some(0));
    assert_eq!(instant("2000-02-29T23:59:59.5-00:30"), Some(951_870_599_500_000_000));
    assert_eq!(instant("2026-05-09T12:00:00"), None);
}

#[test]
fn the_first_difference_has_a_path() {
    let a = json!({"data": [{"id": 1}, {"id": 2, "x": null}]});
    let b = json!({"data": [{"id": 1}, {"id": 2}]});
    assert_eq!(difference(&a, &b).as_deref(), Some("$.data[1]: member `x` is lost"));
    assert_eq!(difference(&b, &a).as_deref(), Some("$.data[1]: member `x` was added"));
    assert!(same(&json!({"a": 1, "b": 2}), &json!({"b": 2, "a": 1})));
}
