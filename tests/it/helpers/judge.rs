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
