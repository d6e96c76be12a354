use serde_json::{Value, json};
use tests::document::Document;
use tests::judge::{Judge, Side};

fn judge(text: &str, side: Side) -> Judge {
    Judge::new(&Document::parse("test.yaml", text).unwrap(), side).unwrap()
}

#[test]
fn three_zero_spellings_are_understood() {
    let judge = judge(
        "
openapi: 3.0.3
components:
  schemas:
    Bound: {type: integer, minimum: 1, exclusiveMinimum: true, nullable: true}
    Enum: {type: string, enum: [a], nullable: true}
    Ref: {nullable: true, allOf: [{$ref: '#/components/schemas/Enum2'}]}
    Enum2: {type: string, enum: [b]}
    Sibling: {$ref: '#/components/schemas/Enum2', nullable: true}
",
        Side::Both,
    );
    assert!(judge.check("/components/schemas/Bound", &json!(2)).is_ok());
    assert!(judge.check("/components/schemas/Bound", &json!(1)).is_err());
    for name in ["Bound", "Enum", "Ref"] {
        assert!(judge.check(&format!("/components/schemas/{name}"), &Value::Null).is_ok(), "{name}");
    }
    assert!(judge.check("/components/schemas/Ref", &json!("b")).is_ok());
    assert!(judge.check("/components/schemas/Ref", &json!("c")).is_err());
    // Siblings of a reference mean nothing in 3.0.
    assert!(judge.check("/components/schemas/Sibling", &Value::Null).is_err());
}

#[test]
fn sides_and_pointers() {
    let text = "
openapi: 3.1.0
paths:
  /x y:
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [id, name]
              properties: {id: {type: string, readOnly: true}, name: {type: string, format: date}}
";
    let pointer = "/paths/~1x y/post/requestBody/content/application~1json/schema";
    let body = json!({"name": "2026-05-09"});
    assert!(judge(text, Side::Request).check(pointer, &body).is_ok());
    assert!(judge(text, Side::Response).check(pointer, &body).is_err());
    assert!(judge(text, Side::Request).check(pointer, &json!({"name": "May"})).is_err());
    assert!(judge(text, Side::Both).check("/nowhere", &body).is_err());
}

/// A parent that lists its children, which extend it.
fn listing(beside: &str) -> String {
    format!(
        "
openapi: 3.0.3
components:
  schemas:
    Top:
      type: object
      required: [kind]
      properties: {{kind: {{type: string}}}}
      oneOf: [{{$ref: '#/components/schemas/A'}}, {{$ref: '#/components/schemas/B'}}]
      {beside}
    A: {{allOf: [{{$ref: '#/components/schemas/Top'}}, {{properties: {{wings: {{type: integer}}}}}}]}}
    B: {{allOf: [{{$ref: '#/components/schemas/Top'}}, {{properties: {{fins: {{type: integer}}}}}}]}}
"
    )
}

#[test]
fn in_a_listed_child_the_parent_means_its_own_members() {
    let plain = judge(&listing(""), Side::Both);
    for name in ["Top", "A", "B"] {
        let at = format!("/components/schemas/{name}");
        assert_eq!(plain.check(&at, &json!({"kind": "x", "fins": 1, "wings": 1})), Ok(()), "{name}");
        assert!(plain.check(&at, &json!({"fins": 1})).is_err(), "{name}");
    }
    let mapped = "discriminator: {propertyName: kind, mapping: {a: A, b: '#/components/schemas/B'}}";
    let mapped = judge(&listing(mapped), Side::Both);
    let check = |name: &str, value: Value| mapped.check(&format!("/components/schemas/{name}"), &value);
    assert!(check("Top", json!({"kind": "a", "fins": "none"})).is_ok());
    assert!(check("Top", json!({"kind": "b", "fins": "none"})).is_err());
    assert!(check("A", json!({"kind": "b", "wings": "none"})).is_err());
}

#[test]
fn tags_lead_to_children_by_any_spelling() {
    let text = "
openapi: 3.2.0
components:
  schemas:
    Num:
      oneOf: [{$ref: '#/components/schemas/N1'}, {$ref: '#/components/schemas/N2'}, {$ref: '#/components/schemas/Other'}]
      discriminator: {propertyName: code, mapping: {'1': N1, '2': N2}, defaultMapping: Other}
    N1: {type: object, required: [code], properties: {code: {type: integer}, v: {type: string}}}
    N2: {type: object, required: [code], properties: {code: {type: integer}, v: {type: integer}}}
    Other: {type: object, required: [w], properties: {w: {type: string}}}
    Thing:
      required: [kind]
      properties: {kind: {type: string}}
      discriminator: {propertyName: kind, mapping: {node: Node}}
    Node:
      allOf:
        - $ref: '#/components/schemas/Thing'
        - required: [shape]
          properties: {shape: {type: string}}
          discriminator: {propertyName: shape, mapping: {round: Round}}
    Round: {allOf: [{$ref: '#/components/schemas/Node'}, {properties: {radius: {type: number}}}]}
";
    let judge = judge(text, Side::Both);
    let check = |name: &str, value: Value| judge.check(&format!("/components/schemas/{name}"), &value);
    assert!(check("Num", json!({"code": 1, "v": "x"})).is_ok());
    assert!(check("Num", json!({"code": 1, "v": 1})).is_err());
    // A default takes what no tag leads to, and nothing else.
    assert!(check("Num", json!({"code": 3, "w": "x"})).is_ok());
    assert!(check("Num", json!({"code": 3})).is_err());
    assert!(check("Thing", json!({"kind": "node", "shape": "round", "radius": 1})).is_ok());
    assert!(check("Thing", json!({"kind": "node", "shape": "round", "radius": "x"})).is_err());
    // The grandchild is told apart by the other member.
    let document = Document::parse("test.yaml", text).unwrap();
    let family = document.families().at("/components/schemas/Thing").unwrap();
    assert_eq!(family.children, [("node".to_owned(), "/components/schemas/Node".to_owned())]);
}
