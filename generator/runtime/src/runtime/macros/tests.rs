//! Tests of the macros, and of the codec through them.

use std::collections::BTreeMap;

use super::{integer_enum, object, string_enum, tagged_union, untagged_union};
use crate::runtime::model::{
    DateTime, Members, Model, UnknownInteger, UnknownValue, Utc, Value, from_str, to_string, to_value,
};
use crate::runtime::wire::UnknownVariant;

#[derive(Clone, Debug, PartialEq)]
struct Timing {
    created_at: DateTime<Utc>,
    started_at: Option<DateTime<Utc>>,
    waiting_ms: i64,
    parent: Option<Box<Timing>>,
    members_: Members,
}

object!(Timing {
    0 required created_at = "created_at";
    1 optional started_at = "started_at";
    2 defaulted waiting_ms = "waiting_ms", "0";
    3 nullable parent = "parent";
    4 constant "type", "\"api\"";
});

#[derive(Clone, Debug, PartialEq)]
struct Labels {
    name: Option<String>,
    additional: BTreeMap<String, i64>,
    members_: Members,
}

object!(Labels {
    0 optional name = "name";
    rest additional;
});

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Status {
    Pending,
    Running,
    Unknown(UnknownValue),
}

string_enum!(Status, Unknown { Pending = "pending", Running = "running" });

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Priority {
    Low,
    High,
    Unknown(UnknownInteger),
}

integer_enum!(Priority, Unknown { Low = 1, High = 2 });

#[derive(Clone, Debug, PartialEq)]
enum Lifecycle {
    Timing(Timing),
    Labels(Box<Labels>),
    Unknown(UnknownVariant),
}

tagged_union!(Lifecycle, "type", Unknown {
    Timing(Timing) = "api";
    Labels(Box<Labels>) = "labels" | "marks";
});

#[derive(Clone, Debug, PartialEq)]
enum Mixed {
    Text(String),
    Number(i64),
    Status(Vec<Status>),
    Timing(Timing),
}

untagged_union!(Mixed { Text(String), Number(i64), Status(Vec<Status>), Timing(Timing) });

#[test]
fn smoke() {
    let text = r#"{"created_at":"2024-01-15T10:30:00Z","parent":null,"type":"api","x":[1, 2]}"#;
    let timing: Timing = from_str(text).unwrap();
    assert_eq!(timing.unknown_member("x").unwrap().get(), "[1, 2]");
    assert_eq!(to_value(&timing), from_str::<Value>(text).unwrap());
    let life: Lifecycle = from_str(text).unwrap();
    assert_eq!(
        to_string(&life),
        r#"{"type":"api","created_at":"2024-01-15T10:30:00Z","parent":null,"x":[1, 2]}"#
    );
    let mixed: Mixed = from_str(text).unwrap();
    assert_eq!(mixed, Mixed::Timing(timing));
}
