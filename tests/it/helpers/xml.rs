//! The second reading of XML, by the examples of the specification.

use serde_json::{Value, json};
use tests::document::Document;
use tests::judge::{Judge, Side};
use tests::synth::synthesise;
use tests::xml::{carried, read, write};

fn document(version: &str, schemas: Value) -> Document {
    let text = json!({"openapi": version, "components": {"schemas": schemas}}).to_string();
    Document::parse("test.json", &text).unwrap()
}

#[test]
fn examples_of_the_specification() {
    let xml = json!({"name": "document"});
    let animals = |of: Value| json!({"D": {"type": "object", "xml": xml, "properties": {"animals": of}}});
    let list = |xml: Value, items: Value| {
        animals(json!({"type": "array", "xml": xml, "items": {"type": "string", "xml": items}}))
    };
    let two = json!({"animals": ["dog", "cat"]});
    for (schemas, value, expected) in [
        (animals(json!({"type": "string"})), json!({"animals": "dog"}), "<animals>dog</animals>"),
        (list(json!({}), json!({})), two.clone(), "<animals>dog</animals><animals>cat</animals>"),
        (
            list(json!({"name": "aliens"}), json!({})),
            two.clone(),
            "<animals>dog</animals><animals>cat</animals>",
        ),
        (list(json!({}), json!({"name": "a"})), two.clone(), "<a>dog</a><a>cat</a>"),
        (
            list(json!({"wrapped": true, "name": "aliens"}), json!({})),
            two.clone(),
            "<aliens><aliens>dog</aliens><aliens>cat</aliens></aliens>",
        ),
        (
            list(json!({"wrapped": true}), json!({"name": "a"})),
            two,
            "<animals><a>dog</a><a>cat</a></animals>",
        ),
        (
            animals(json!({"type": "string", "xml": {"namespace": "urn:x", "prefix": "s"}})),
            json!({"animals": "a<b"}),
            "<s:animals xmlns:s=\"urn:x\">a&#x3c;b</s:animals>",
        ),
    ] {
        let document = document("3.1.1", schemas);
        let text = write(&document, "/components/schemas/D", &value).unwrap();
        assert_eq!(text, format!("<document>{expected}</document>"));
        assert_eq!(read(&document, "/components/schemas/D", &text).unwrap(), value);
    }
    let free = document(
        "3.1.1",
        json!({"D": {"type": "object", "properties": {"a": {"type": "array", "items": {}}}}}),
    );
    let value = json!({"a": [], "b c": [1, true]});
    let (carried, text) = carried(&free, "/components/schemas/D", &value).unwrap();
    assert_eq!((carried, &text[..]), (json!({"b_c": ["1", "true"]}), "<D><b_c>1</b_c><b_c>true</b_c></D>"));
}

#[test]
fn all_instances_of_the_cases_have_a_form() {
    let typed = ["xml-keywords", "xml-beside-json", "xml-only"];
    for case in tests::case::cases().unwrap().into_iter().filter(|case| typed.contains(&&case.name[..])) {
        let document = Document::parse("spec.yaml", &case.spec).unwrap();
        let judge = Judge::new(&document, Side::Response).unwrap();
        for schema in document.component_schemas() {
            for made in synthesise(&document, &judge, &schema, Side::Response).accepted {
                let found = carried(&document, &schema, &made.value);
                assert!(found.is_some(), "{}: {schema}: {}", case.name, made.value);
            }
        }
    }
}
