//! Models in the world of serde, both ways.

use super::models::{Labels, Lifecycle, Mixed, Priority, Run, Status};
use crate::runtime::model::{RawJson, Secret, from_str, from_value, to_value, to_vec};
use serde_json::json;

#[derive(Debug, PartialEq, ::serde::Serialize, ::serde::Deserialize)]
struct Theirs {
    run: Run,
    more: Vec<(Status, Option<Priority>)>,
    mixed: Mixed,
    secret: Secret,
    raw: RawJson,
}

#[test]
fn models_inside_of_other_types() {
    let json = json!({
        "run": {"id": "r", "lifecycle": {"kind": "pending", "x": 1}, "statuses": ["later"], "limits": null},
        "more": [["running", 1], ["pending", null]],
        "mixed": {"a": 1},
        "secret": "s",
        "raw": {"b": [1.5]},
    });
    let theirs: Theirs = serde_json::from_value(json.clone()).unwrap();
    assert!(matches!(theirs.run.lifecycle, Lifecycle::Pending(_)));
    assert_eq!(theirs.mixed, Mixed::Labels(from_str::<Labels>(r#"{"a":1}"#).unwrap()));
    assert_eq!(serde_json::to_value(&theirs).unwrap(), json);
    let again: Theirs = serde_json::from_str(&serde_json::to_string(&theirs).unwrap()).unwrap();
    assert_eq!(again, theirs);
}

#[test]
fn errors_of_the_codec_come_through() {
    let error = serde_json::from_str::<Run>(r#"{"id":"r","lifecycle":{"kind":"error"}}"#).unwrap_err();
    assert!(error.to_string().contains("required member `lifecycle.message` is missing"), "{error}");
}

#[test]
fn values() {
    let json = json!({"id": "r", "lifecycle": {"kind": "later"}, "statuses": [], "limits": [1, 2.5]});
    let run: Run = from_value(&json).unwrap();
    assert_eq!(to_value(&run), json);
    assert_eq!(serde_json::from_slice::<serde_json::Value>(&to_vec(&run)).unwrap(), json);
}
