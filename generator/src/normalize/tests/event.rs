//! The union of what webhooks send.

use serde_json::{Map, Value, json};

use super::normal;

/// A document with a webhook for each of these components.
fn document(schemas: Value) -> Value {
    let webhook = |name: &String| {
        let schema = json!({"$ref": format!("#/components/schemas/{name}")});
        json!({"post": {"requestBody": {"content": {"application/json": {"schema": schema}}}, "responses": {}}})
    };
    let sent = schemas.as_object().unwrap().keys().filter(|name| name.len() == 1);
    let webhooks: Map<String, Value> = sent.map(|name| (name.to_lowercase(), webhook(name))).collect();
    json!({"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "webhooks": webhooks, "paths": {},
        "components": {"schemas": schemas}})
}

fn payload(kind: Value) -> Value {
    json!({"type": "object", "required": ["kind"], "properties": {"id": {"type": "string"}, "kind": kind}})
}

fn event(schemas: Value) -> Option<Value> {
    normal(&document(schemas)).0.root.pointer("/components/schemas/webhook_event").cloned()
}

#[test]
fn payloads_with_constants_of_their_own_are_one_union() {
    let union =
        event(json!({"A": payload(json!({"const": "a"})), "B": payload(json!({"enum": ["b", "c"]}))}));
    let union = union.unwrap();
    assert_eq!(union["discriminator"]["propertyName"], "kind");
    assert_eq!(
        union["discriminator"]["mapping"],
        json!({"a": "#/components/schemas/A", "b": "#/components/schemas/B", "c": "#/components/schemas/B"})
    );
}

#[test]
fn nothing_is_guessed() {
    let a = payload(json!({"const": "a"}));
    for (why, other) in [
        ("the same constant", a.clone()),
        ("any string", payload(json!({"type": "string"}))),
        ("a number", payload(json!({"const": 1}))),
        ("no such property", json!({"type": "object", "properties": {"id": {"const": "b"}}})),
    ] {
        assert_eq!(event(json!({"A": a.clone(), "B": other})), None, "{why}");
    }
    assert_eq!(event(json!({"A": a.clone()})), None, "a single payload");
    // The document has the union itself.
    let refs = json!([{"$ref": "#/components/schemas/A"}, {"$ref": "#/components/schemas/B"}]);
    let schemas = json!({"A": a, "B": payload(json!({"const": "b"})), "Event": {"oneOf": refs}});
    assert_eq!(event(schemas), None, "a union of its own");
}

/// Each level of parts refers to the next one many times.
#[test]
fn parts_that_many_share_are_read_once() {
    let mut schemas =
        json!({"A": {"allOf": [{"$ref": "#/components/schemas/P0"}]}, "B": payload(json!({"const": "b"}))});
    for level in 0..40 {
        let next = json!({"$ref": format!("#/components/schemas/P{}", level + 1)});
        schemas[format!("P{level}")] = json!({"allOf": vec![next; 10]});
    }
    schemas["P40"] = payload(json!({"const": "a"}));
    assert!(event(schemas).is_some());
}
