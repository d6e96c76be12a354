//! Walks over values of which nothing is known: keywords and data alike.

use serde_json::{Map, Value};

/// So many keys are compared one by one.
const FEW: usize = 12;

/// All objects in a value, itself included, in document order.
pub(crate) fn objects(value: &Value) -> impl Iterator<Item = &Map<String, Value>> {
    let mut open = vec![value];
    std::iter::from_fn(move || {
        while let Some(value) = open.pop() {
            match value {
                Value::Array(items) => open.extend(items.iter().rev()),
                Value::Object(members) => {
                    open.extend(members.values().rev());
                    return Some(members);
                }
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
            }
        }
        None
    })
}

/// A member of an object. Most objects have a handful of members, and comparing their keys costs less than hashing one.
pub(crate) fn get<'v>(members: &'v Map<String, Value>, key: &str) -> Option<&'v Value> {
    if members.len() > FEW {
        return members.get(key);
    }
    members.iter().find(|(name, _)| *name == key).map(|(_, value)| value)
}

/// The number of values in a value, itself included.
pub(crate) fn size(value: &Value) -> usize {
    let below: usize = match value {
        Value::Array(items) => items.iter().map(size).sum(),
        Value::Object(members) => members.values().map(size).sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
    };
    below + 1
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{objects, size};

    #[test]
    fn objects_come_in_document_order() {
        let value = json!({"at": 1, "a": [{"at": 2, "b": {"at": 3}}, [{"at": 4}], 5], "c": {"at": 5}});
        let order: Vec<u64> = objects(&value).filter_map(|one| one["at"].as_u64()).collect();
        assert_eq!(order, [1, 2, 3, 4, 5]);
        assert_eq!(size(&value), 13);
    }
}
