use serde_json::json;
use tests::document::Document;
use tests::judge::{Judge, Side};
use tests::mutate::{Change, MEMBER, NUMBER, TAG, VALUE, mutate};

const TEXT: &str = "
openapi: 3.1.0
components:
  schemas:
    Owner:
      type: object
      properties:
        mood: {type: string, enum: [calm, cross]}
        rank: {type: [integer, 'null'], enum: [1, 2, null]}
        labels: {type: object, additionalProperties: {type: string}}
        pet:
          oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
          discriminator: {propertyName: kind}
        size:
          anyOf: [{enum: [auto]}, {type: number}]
    Cat: {type: object, required: [kind], properties: {kind: {const: Cat}}}
    Dog: {type: object, required: [kind], properties: {kind: {enum: [Dog]}}, additionalProperties: false}
";

#[test]
fn each_change_is_made_where_it_may_come() {
    let document = Document::parse("test.yaml", TEXT).unwrap();
    let judge = Judge::new(&document, Side::Both).unwrap();
    let body = json!({
        "mood": "calm", "rank": 1, "labels": {"a": "b"}, "pet": {"kind": "Dog"}, "size": "auto"
    });
    let mutants = mutate(&document, &judge, "/components/schemas/Owner", &body);
    let of = |change| mutants.iter().filter(move |m| m.change == change).collect::<Vec<_>>();
    let members = of(Change::Members)[0];
    assert_eq!(members.places, 2);
    assert!(members.value["pet"].get(MEMBER).is_some() && members.value["labels"].get(MEMBER).is_none());
    let enums = of(Change::Enums)[0];
    assert_eq!(
        (&enums.value["mood"], &enums.value["rank"], &enums.value["pet"]["kind"], &enums.value["size"]),
        (&json!(VALUE), &json!(NUMBER), &json!("Dog"), &json!(VALUE))
    );
    let tags = of(Change::Tag);
    assert_eq!((tags.len(), &tags[0].value["pet"]["kind"]), (1, &json!(TAG)));
    let order = of(Change::Order)[0];
    let names: Vec<&str> = order.value.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!((names, &order.value), (vec!["size", "pet", "labels", "rank", "mood"], &body));
}
