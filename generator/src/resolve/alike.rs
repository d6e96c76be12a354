//! Whether two schemas are written alike, extensions aside.

use serde_json::{Map, Value};

use crate::tree::is_unread;

/// Whether two schemas say the same in the same words. The order of keywords and the extensions of users do not count.
pub(crate) fn alike(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Object(a), Value::Object(b)) => {
            let counts = |key: &str| !is_unread(key);
            let count = |of: &Map<String, Value>| of.keys().filter(|key| counts(key)).count();
            count(a) == count(b)
                && a.iter().filter(|(key, _)| counts(key)).all(|(key, one)| {
                    b.get(key).is_some_and(|other| match (key.as_str(), one, other) {
                        // Its keys are names of properties.
                        ("properties", Value::Object(a), Value::Object(b)) => {
                            a.len() == b.len()
                                && a.iter()
                                    .all(|(key, one)| b.get(key).is_some_and(|other| alike(one, other)))
                        }
                        ("default" | "enum" | "const" | "example", one, other) => one == other,
                        _ => alike(one, other),
                    })
                })
        }
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| alike(a, b)),
        _ => a == b,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::alike;

    #[test]
    fn extensions_of_users_do_not_count() {
        let schema = json!({"type": "object", "properties": {"x-a": {"x-b": 1, "type": "string"}}});
        let same = json!({"x-c": {}, "properties": {"x-a": {"type": "string", "x-d": 2}}, "type": "object"});
        let other = json!({"type": "object", "properties": {"x-b": {"type": "string"}}});
        assert!(alike(&schema, &same) && !alike(&schema, &other));
        let named = json!({"enum": [1, 2], "x-enum-varnames": ["A", "B"]});
        assert!(!alike(&named, &json!({"enum": [1, 2]})) && alike(&named, &named));
        assert!(!alike(&json!({"default": {"x-a": 1}}), &json!({"default": {"x-a": 2}})));
    }
}
