use serde_json::{Value, json};
use tests::document::Document;
use tests::judge::{Judge, Side};
use tests::synth::{Made, synthesise};

fn made(text: &str, name: &str) -> Made {
    let document = Document::parse("test.yaml", text).unwrap();
    let judge = Judge::new(&document, Side::Both).unwrap();
    synthesise(&document, &judge, &format!("/components/schemas/{name}"), Side::Both)
}

const TEXT: &str = "
openapi: 3.1.0
components:
  schemas:
    Pet:
      oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
      discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog'}}
    Cat:
      type: object
      required: [kind, name]
      properties:
        kind: {const: cat}
        name: {type: string, pattern: '^[A-Z][a-z]+$'}
        lives: {type: [integer, 'null'], minimum: 1, maximum: 9}
        mood: {enum: [calm, cross, asleep]}
    Dog:
      type: object
      required: [kind]
      properties:
        kind: {type: string}
        friends: {type: array, items: {$ref: '#/components/schemas/Pet'}}
      additionalProperties: {type: integer}
    Endless:
      type: object
      required: [again]
      properties: {again: {$ref: '#/components/schemas/Endless'}}
";

#[test]
fn every_branch_and_value_has_its_turn() {
    let cats = made(TEXT, "Cat");
    assert!(cats.rejected.is_empty(), "{:?}", cats.rejected);
    assert_eq!(cats.accepted[0].label, "smallest");
    assert_eq!(cats.accepted[0].value.as_object().unwrap().len(), 2);
    for mood in ["calm", "cross", "asleep"] {
        assert!(cats.accepted.iter().any(|body| body.value["mood"] == mood), "{mood}");
    }
    let nulls = cats.accepted.iter().find(|body| body.label == "nulls").unwrap();
    assert_eq!(nulls.value["lives"], Value::Null);
    let pets = made(TEXT, "Pet");
    for kind in ["cat", "dog"] {
        assert!(pets.accepted.iter().any(|body| body.value["kind"] == kind), "{kind}");
    }
}

#[test]
fn undeclared_members_are_filled_and_recursion_ends() {
    let dogs = made(TEXT, "Dog");
    assert!(dogs.rejected.is_empty(), "{:?}", dogs.rejected);
    assert!(dogs.accepted.iter().any(|body| body.value.get("extra").is_some_and(Value::is_i64)));
    assert!(dogs.accepted.iter().any(|body| body.value["friends"][0]["kind"].is_string()));
    let endless = made(TEXT, "Endless");
    assert!(endless.accepted.is_empty());
    assert!(endless.impossible.contains(&"smallest"));
}

#[test]
fn the_same_schema_gets_the_same_bodies() {
    let bodies = |made: Made| made.accepted.into_iter().map(|body| body.value).collect::<Vec<_>>();
    assert_eq!(bodies(made(TEXT, "Pet")), bodies(made(TEXT, "Pet")));
    assert_ne!(bodies(made(TEXT, "Cat")), vec![json!(null)]);
}
