//! Laws: identity on clean documents, bounded work, no fear of anything.

use serde_json::{Map, Value, json};

use super::normal;
use crate::diag::{Code, Sink};
use crate::normalize::rewrite;
use crate::pointer::Pointer;
use crate::tree::{Moves, Tree};

/// A document that uses every part of OpenAPI 3.0 as it should be.
fn clean() -> Value {
    json!({
        "openapi": "3.0.1",
        "info": {"title": "Pets", "version": "1", "description": "d", "license": {"name": "MIT"}, "x-own": [1]},
        "servers": [{"url": "https://{host}/v1", "variables": {"host": {"default": "a", "enum": ["a", "b"]}}}],
        "security": [{"key": []}, {}],
        "tags": [{"name": "pets", "externalDocs": {"url": "https://example.com"}}],
        "paths": {
            "/pets/{id}": {
                "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
                "get": {
                    "operationId": "getPet",
                    "tags": ["pets"],
                    "parameters": [
                        {"$ref": "#/components/parameters/Limit"},
                        {"name": "f", "in": "query", "content": {"application/json": {"schema": {"type": "object"}}}}
                    ],
                    "responses": {
                        "200": {
                            "description": "fine",
                            "headers": {"X-Rate": {"schema": {"type": "integer"}}},
                            "content": {"application/json": {
                                "schema": {"$ref": "#/components/schemas/Pet"},
                                "examples": {"one": {"value": {"type": ["string", "null"]}}}
                            }}
                        },
                        "4XX": {"$ref": "#/components/responses/Failed"},
                        "default": {"description": "else"}
                    }
                },
                "post": {
                    "requestBody": {"required": true, "content": {"multipart/form-data": {
                        "schema": {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}, "any": {}}},
                        "encoding": {"file": {"contentType": "image/png"}}
                    }}},
                    "responses": {"204": {"description": "gone"}}
                }
            }
        },
        "components": {
            "parameters": {"Limit": {"name": "limit", "in": "query", "style": "form", "schema": {"type": "integer", "minimum": 0, "exclusiveMinimum": true}}},
            "responses": {"Failed": {"description": "failed"}},
            "securitySchemes": {"key": {"type": "apiKey", "name": "X-Key", "in": "header"}},
            "schemas": {
                "Pet": {
                    "type": "object",
                    "required": ["id"],
                    "properties": {
                        "id": {"type": "string", "format": "uuid", "readOnly": true},
                        "owner": {"allOf": [{"$ref": "#/components/schemas/Owner"}], "nullable": true, "description": "d"},
                        "kind": {"type": "string", "enum": ["cat", "dog"], "default": "cat"},
                        "weight": {"type": "number", "minimum": 0.5, "maximum": 300.0},
                        "tags": {"type": "array", "items": {"type": "string"}, "uniqueItems": true, "maxItems": 3},
                        "more": {"type": "object", "additionalProperties": {"type": "integer"}},
                        "never": {"not": {}},
                        "any": {}
                    },
                    "additionalProperties": false,
                    "example": {"id": "6f1c3a52-9d1e-4c1b-8a57-0e2d4f6b8a90", "nullable": "true"}
                },
                "Owner": {
                    "oneOf": [{"$ref": "#/components/schemas/Pet"}, {"type": "object", "nullable": true}],
                    "discriminator": {"propertyName": "kind", "mapping": {"cat": "#/components/schemas/Pet"}}
                }
            }
        }
    })
}

#[test]
fn a_clean_document_is_left_alone() {
    let document = clean();
    let (tree, found) = normal(&document);
    assert_eq!(tree.root.to_string(), document.to_string());
    assert_eq!(found, []);
    let at = Pointer::from("/components/schemas/Pet/properties/id");
    assert_eq!(tree.moves.origin(&at), at);
}

#[test]
fn each_value_in_each_place_of_a_clean_document_is_survived() {
    let document = clean();
    let mut places = Vec::new();
    collect(&document, &Pointer::root(), &mut places);
    let values = [
        json!(null),
        json!(true),
        json!(-1.5),
        json!("x"),
        json!([null, [{}]]),
        json!({}),
        json!({"$ref": 1}),
        json!({"a": null, "type": [[]]}),
    ];
    for place in &places {
        for value in &values {
            let mut broken = document.clone();
            if let Some(node) = broken.pointer_mut(place.as_str()) {
                *node = value.clone();
            }
            let mut sink = Sink::new();
            let tree = rewrite(Tree { root: broken, ..Tree::default() }, &mut sink);
            let again = rewrite(tree.clone(), &mut Sink::new());
            assert_eq!(tree.differences(&again), Vec::<String>::new(), "{value} at {place}");
        }
    }
    assert!(places.len() > 150);
}

fn collect(node: &Value, at: &Pointer, places: &mut Vec<Pointer>) {
    places.push(at.clone());
    match node {
        Value::Object(map) => map.iter().for_each(|(key, value)| collect(value, &at.child(key), places)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(i, item)| collect(item, &at.child(i), places))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn a_moved_node_is_found_in_the_original() {
    let (tree, _) = normal(&json!({
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "components": {"schemas": {"S": {"anyOf": [
            {"type": "null"},
            {"$defs": {"D": {"type": ["string", "null"]}},
             "properties": {"a": {"type": ["string", "integer"], "minimum": 1}, "b": {"prefixItems": [{"const": 1}]}}}
        ]}}}
    }));
    let origin = |at: &str| tree.moves.origin(&Pointer::from(at)).as_str().to_owned();
    let inner = "/components/schemas/S/anyOf/1";
    assert_eq!(
        origin("/components/schemas/S/properties/a/anyOf/1/minimum"),
        format!("{inner}/properties/a/minimum")
    );
    assert_eq!(origin("/components/schemas/S/properties/a/anyOf/0"), format!("{inner}/properties/a"));
    assert_eq!(
        origin("/components/schemas/S/properties/b/prefixItems/0/enum/0"),
        format!("{inner}/properties/b/prefixItems/0/const")
    );
    assert_eq!(origin("/components/schemas/D/type"), format!("{inner}/$defs/D/type"));
}

#[test]
fn a_fixup_before_is_remembered() {
    let root = json!({
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {},
        "components": {"schemas": {"S": {"anyOf": [{"type": "null"}, {"properties": {"new": {"type": "string"}}}]}}}
    });
    let mut moves = Moves::default();
    let renamed = "/components/schemas/S/anyOf/1/properties";
    moves.record(
        Pointer::from(format!("{renamed}/new").as_str()),
        Pointer::from(format!("{renamed}/old").as_str()),
    );
    let tree = rewrite(Tree { root, moves, ..Tree::default() }, &mut Sink::new());
    let now = Pointer::from("/components/schemas/S/properties/new/type");
    assert_eq!(tree.moves.origin(&now).as_str(), format!("{renamed}/old/type"));
}

#[test]
fn copies_of_path_items_have_a_limit() {
    let big: Vec<Value> =
        (0..2000).map(|n| json!({"name": n.to_string(), "in": "query", "schema": {}})).collect();
    let item = json!({"$ref": "#/components/pathItems/Big"});
    let paths: Map<String, Value> = (0..500).map(|n| (format!("/{n}"), item.clone())).collect();
    let mut sink = Sink::new();
    rewrite(
        Tree {
            root: json!({
                "openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": paths,
                "components": {"pathItems": {"Big": {"parameters": big}}}
            }),
            ..Tree::default()
        },
        &mut sink,
    );
    assert!(sink.finish().iter().any(|found| found.code == Code::TooLarge));
}

#[test]
fn a_document_that_is_no_object_becomes_one_without_content() {
    let mut sink = Sink::new();
    let tree = rewrite(Tree { root: json!([1]), ..Tree::default() }, &mut sink);
    assert_eq!(tree.root, json!({"openapi": "3.0.3", "info": {"title": "API", "version": ""}, "paths": {}}));
    assert!(sink.finish().iter().any(|found| found.code == Code::WrongShape));
}

#[test]
fn deep_documents_fit_the_stack() {
    let mut schema = json!({"type": "string"});
    for level in 0..250 {
        schema = match level % 3 {
            0 => json!({"anyOf": [schema, {"type": "null"}]}),
            1 => json!({"type": ["object", "null"], "properties": {"a": schema}}),
            _ => json!({"type": "array", "items": schema}),
        };
    }
    let mut document = clean();
    document["openapi"] = json!("3.1.0");
    document["components"]["schemas"]["Deep"] = schema;
    normal(&document);
}
