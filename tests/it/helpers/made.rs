use serde_json::{Value, json};
use tests::document::Document;
use tests::made::{Row, Tally, judge, leaves, tally};

const TEXT: &str = "
openapi: 3.0.3
components:
  schemas:
    Pet:
      oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
      discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog'}}
    Cat: {type: object, properties: {kind: {type: string}, name: {type: string, minLength: 3}}}
    Dog: {type: object, properties: {kind: {type: string}, name: {type: string}}}
    Event:
      type: object
      required: [version]
      properties: {version: {type: string, enum: [v1]}, tags: {type: array, minItems: 2, items: {type: string}}}
    Filter:
      type: object
      properties: {from: {type: string}, to: {type: string}}
      anyOf: [{required: [from]}, {required: [to]}]
    Value: {oneOf: [{$ref: '#/components/schemas/Event'}, {type: integer}]}
";

/// What comes of one value.
fn judged(pointer: &str, tag: Option<(&str, &str, bool)>, value: &Value) -> Tally {
    let document = Document::parse("test.yaml", TEXT).unwrap();
    let row: Row<'_> = (pointer, "it", tag);
    let judge = judge(&document).unwrap();
    tally(&document, &judge, &[row], &mut |_, _| Ok(value.to_string().into_bytes()))
}

#[test]
fn tags_lead_to_what_was_made() {
    let cat = |value: &Value| {
        let tally = judged(
            "/components/schemas/Pet",
            Some(("kind", "/components/schemas/Pet/oneOf/0", false)),
            value,
        );
        tally.failures.first().map(|failure| failure.reason.clone())
    };
    assert_eq!(cat(&json!({"kind": "cat"})), None);
    // A tag that no property requires fits the schema all the same.
    assert_eq!(cat(&json!({})), Some("the tag `kind` is missing".to_owned()));
    assert!(cat(&json!({"kind": "dog"})).unwrap().contains("leads to `/components/schemas/Dog`"));
    let default = Some(("kind", "/components/schemas/Pet/oneOf/0", true));
    assert!(judged("/components/schemas/Pet", default, &json!({})).failures.is_empty());
}

#[test]
fn limits_are_counted_and_everything_else_is_wrong() {
    let event = |value: &Value| judged("/components/schemas/Event", None, value);
    assert_eq!((event(&json!({"version": "v1"})).valid, event(&json!({"version": "v1"})).made), (1, 1));
    assert_eq!(event(&json!({})).failures.len(), 1);
    assert_eq!(event(&json!({"version": "v2"})).failures.len(), 1);
    let few = event(&json!({"version": "v1", "tags": ["a"]}));
    assert_eq!((few.made, few.unmade.get("`minItems`")), (0, Some(&1)));
    // A limit beside a mistake is no excuse.
    assert_eq!(event(&json!({"tags": ["a"]})).failures.len(), 1);
    let none = judged("/components/schemas/Filter", None, &json!({}));
    assert_eq!((none.failures.len(), none.unmade.len()), (0, 1));
    let inside = judged("/components/schemas/Value", None, &json!({"tags": []}));
    assert_eq!(inside.failures.len(), 1);
    let inside = judged("/components/schemas/Value", None, &json!({"version": "v1", "tags": []}));
    assert_eq!((inside.failures.len(), inside.unmade.len()), (0, 1));
}

#[test]
fn leaves_fit_their_schemas() {
    let document = Document::parse("test.yaml", TEXT).unwrap();
    let judge = judge(&document).unwrap();
    let of = |pointer: &str| {
        let found = leaves(&document, &judge, &[format!("/components/schemas/{pointer}")]);
        found.into_iter().next().map(|(_, value)| value)
    };
    assert!(of("Cat/properties/name").unwrap().as_str().unwrap().len() >= 3);
    assert_eq!(of("Event/properties/tags#"), Some(json!(2)));
    assert_eq!(of("Nowhere"), None);
}
