//! Enums are compared by what they are on the wire.

use std::collections::{BTreeSet, HashSet};

use super::models::{Priority, Status};
use crate::runtime::model::{UnknownInteger, UnknownValue, UnknownVariant, to_string};

#[test]
fn strings_are_equal_ordered_and_hashed_by_their_values() {
    assert_eq!(Status::ALL, [Status::Pending, Status::Running]);
    let odd = Status::Unknown(UnknownValue::new("pending"));
    assert!(odd == Status::Pending && odd == "pending" && odd == *"pending" && odd != "running");
    assert_eq!(HashSet::from([odd.clone(), Status::Pending]).len(), 1);
    let sorted = BTreeSet::from([Status::Running, odd, Status::from("queued"), Status::Pending]);
    assert_eq!(sorted.iter().map(Status::as_str).collect::<Vec<_>>(), ["pending", "queued", "running"]);
    assert!(Status::from(UnknownValue::new("queued")).is_unknown());
    assert!(matches!(Status::from(UnknownValue::new("running")), Status::Running));
}

#[test]
fn integers_are_equal_ordered_and_hashed_by_their_values() {
    assert_eq!(Priority::ALL, [Priority::Low, Priority::High]);
    let odd = Priority::Unknown(UnknownInteger::new(1));
    assert!(odd == Priority::Low && odd == 1 && odd != 2);
    assert_eq!(HashSet::from([odd.clone(), Priority::Low]).len(), 1);
    let sorted = BTreeSet::from([odd, Priority::from(7), Priority::High]);
    assert_eq!(sorted.iter().map(Priority::value).collect::<Vec<_>>(), [-2, 1, 7]);
    assert!(Priority::from(UnknownInteger::new(7)).is_unknown());
    assert!(matches!(Priority::from(UnknownInteger::new(-2)), Priority::High));
}

#[test]
fn unknown_variants_are_sent_as_they_were_made() {
    let variant = UnknownVariant::new("later", &serde_json::json!({"kind": "later", "at": 1}));
    assert_eq!(variant.tag(), "later");
    let sent = to_string(&super::models::Lifecycle::Unknown(variant));
    let sent: serde_json::Value = serde_json::from_str(&sent).unwrap();
    assert_eq!(sent, serde_json::json!({"kind": "later", "at": 1}));
}
