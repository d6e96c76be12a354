//! In which order components are lowered.
//!
//! A schema in place belongs to the type that is lowered first of all that take it in, and is named after it. So a
//! component comes after those it takes in (`allOf`, unions, references beside other keywords), and apart from that the order
//! is that of the keys: a document that is only written down in another order gives the same names.

use std::collections::{BTreeMap, HashSet};

use serde_json::{Map, Value};

use crate::pointer::Pointer;
use crate::tree::is_unread;

/// The components in the order in which they are lowered, each with its position in the document.
pub(super) fn order<'d>(components: &'d Map<String, Value>, base: &Pointer) -> Vec<(usize, &'d str)> {
    let all: BTreeMap<&str, (usize, &Value)> =
        components.iter().enumerate().map(|(at, (key, value))| (key.as_str(), (at, value))).collect();
    let mut done = HashSet::new();
    let mut order = Vec::with_capacity(all.len());
    // not recursive: chains are as long as the document
    let mut open: Vec<(&str, Vec<&str>)> = Vec::new();
    for root in all.keys() {
        let mut next = Some(*root);
        loop {
            if let Some(key) = next.take().filter(|key| done.insert(*key)) {
                open.push((key, taken(&all, key, base)));
            }
            let Some((key, rest)) = open.last_mut() else { break };
            next = rest.pop();
            if next.is_none() {
                order.push((all[key].0, *key));
                open.pop();
            }
        }
    }
    order
}

/// The components that one takes in, the first of them last.
fn taken<'d>(all: &BTreeMap<&'d str, (usize, &'d Value)>, key: &str, base: &Pointer) -> Vec<&'d str> {
    let mut found: Vec<&str> = Vec::new();
    let mut add = |value: &Value| {
        let target = value.get("$ref").and_then(Value::as_str).map(Pointer::from);
        let key = target.filter(|target| target.parent() == *base).and_then(|target| target.keys().last());
        found.extend(key.and_then(|key| all.get_key_value(key.as_str())).map(|(key, _)| *key));
    };
    let mut open: Vec<&Value> = vec![all[key].1];
    while let Some(value) = open.pop() {
        match value {
            Value::Array(items) => open.extend(items),
            Value::Object(members) => {
                let parts =
                    ["allOf", "oneOf", "anyOf"].into_iter().filter_map(|key| members.get(key)?.as_array());
                parts.flatten().for_each(&mut add);
                if members.keys().any(|key| key != "$ref" && !is_unread(key)) {
                    add(value);
                }
                open.extend(members.values());
            }
            _ => {}
        }
    }
    found.sort_unstable_by(|a, b| b.cmp(a));
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn keys(components: &Value) -> String {
        let Value::Object(map) = components else { panic!() };
        let base = Pointer::from("/components/schemas");
        let keys = order(map, &base).into_iter().map(|(_, key)| key);
        keys.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_is_taken_in_comes_first() {
        let to = |key: &str| json!({"$ref": format!("#/components/schemas/{key}")});
        let docs = json!({
            "Z": {"type": "object"},
            "A": {"allOf": [to("Z"), {"properties": {"m": {"allOf": [to("M")]}}}]},
            "M": {"properties": {"plain": to("Q")}},
            "Q": {"description": "beside", "$ref": "#/components/schemas/R"},
            "R": {"oneOf": [to("A")]},
            "Self": {"allOf": [to("Self"), to("gone")]},
        });
        assert_eq!(keys(&docs), "M Z A R Q Self");
        let Value::Object(map) = docs else { panic!() };
        let turned = Value::Object(map.into_iter().rev().collect());
        assert_eq!(keys(&turned), "M Z A R Q Self");
    }
}
