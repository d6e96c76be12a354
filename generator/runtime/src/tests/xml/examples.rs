//! The examples of the XML Object in OpenAPI 3.1.1 and 3.2.

use super::*;
use crate::runtime::xml::{Object, Property, Union};

/// An object in the element `document` with the one property `animals`.
macro_rules! animals {
    ($name:ident, $node:expr) => {
        documents! {
            $name = {
                static OBJECT: Object = Object::new(&[Property::new("animals", $node)]);
                Node::element("document", Content::Object(|| &OBJECT))
            };
        }
    };
}

animals!(Plain, Node::element("animals", TEXT));
animals!(Renamed, Node::element("animal", TEXT));
animals!(Unwrapped, Node::bare(Content::Array(&Node::element("animals", TEXT))));
animals!(ItemNamed, Node::bare(Content::Array(&Node::element("animal", TEXT))));
animals!(Wrapped, Node::element("animals", Content::Array(&Node::element("animals", TEXT))));
animals!(WrappedItemNamed, Node::element("animals", Content::Array(&Node::element("animal", TEXT))));
animals!(BothNamed, Node::element("aliens", Content::Array(&Node::element("animal", TEXT))));
animals!(WrapperNamed, Node::element("aliens", Content::Array(&Node::element("aliens", TEXT))));

#[test]
fn strings_and_arrays() {
    both::<Plain>(
        r#"{"animals":"dog, cat, hamster"}"#,
        "<document><animals>dog, cat, hamster</animals></document>",
    );
    both::<Renamed>(r#"{"animals":"dog"}"#, "<document><animal>dog</animal></document>");
    let json = r#"{"animals":["dog","cat"]}"#;
    both::<Unwrapped>(json, "<document><animals>dog</animals><animals>cat</animals></document>");
    both::<ItemNamed>(json, "<document><animal>dog</animal><animal>cat</animal></document>");
    let inside = "<animals>dog</animals><animals>cat</animals>";
    both::<Wrapped>(json, &format!("<document><animals>{inside}</animals></document>"));
    let named = "<animal>dog</animal><animal>cat</animal>";
    both::<WrappedItemNamed>(json, &format!("<document><animals>{named}</animals></document>"));
    both::<BothNamed>(json, &format!("<document><aliens>{named}</aliens></document>"));
    both::<WrapperNamed>(
        json,
        "<document><aliens><aliens>dog</aliens><aliens>cat</aliens></aliens></document>",
    );
    both::<ItemNamed>(r#"{"animals":["dog"]}"#, "<document><animal>dog</animal></document>");
    both::<Wrapped>(r#"{"animals":[]}"#, "<document><animals/></document>");
}

documents! {
    Person = {
        static PERSON: Object = Object::new(&[
            Property::new("id", Node::attribute("id", NUMBER)),
            Property::new("name", Node::element("name", TEXT).within("https://example.com/schema/sample", "sample")),
        ]);
        Node::element("Person", Content::Object(|| &PERSON))
    };
    Animals = {
        static ANIMAL: Object = Object::new(&[
            Property::new("kind", Node::attribute("kind", TEXT)),
            Property::new("name", Node::text(TEXT)),
        ]);
        Node::element("animals", Content::Array(&Node::element("animal", Content::Object(|| &ANIMAL))))
    };
    Documentation = {
        static DOCS: Object = Object::new(&[Property::new("content", Node::cdata(TEXT))]);
        Node::element("Documentation", Content::Object(|| &DOCS))
    };
    OneTwoThree = {
        static TWO: Object = Object::new(&[
            Property::new("unit", Node::attribute("unit", TEXT)),
            Property::new("value", Node::text(NUMBER)),
        ]);
        Node::element("OneTwoThree", Content::Tuple(&[
            Node::element("One", TEXT),
            Node::element("Two", Content::Object(|| &TWO)),
            Node::element("Three", Content::Boolean),
        ]))
    };
    Report = Node::element("Report", Content::Tuple(&[
        Node::text(TEXT),
        Node::element("data", NUMBER),
        Node::text(TEXT),
    ]));
    Product = {
        static PRODUCT: Object = Object::new(&[
            Property::new("count", Node::attribute("count", NUMBER)).absent("null"),
            Property::new("rating", Node::attribute("rating", TEXT)),
            Property::new("description", Node::element("description", TEXT)),
            Property::new("related", Node::element("related", Content::Map(&Node::element("", Content::Any)))),
        ]);
        Node::element("product", Content::Object(|| &PRODUCT))
    };
}

#[test]
fn attributes_and_namespaces() {
    let name = r#"<sample:name xmlns:sample="https://example.com/schema/sample">example</sample:name>"#;
    both::<Person>(r#"{"id":123,"name":"example"}"#, &format!("<Person id=\"123\">{name}</Person>"));
    // What counts is the namespace, whatever its prefix, and wherever it is declared.
    let other =
        r#"<Person xmlns:s="https://example.com/schema/sample" id="123"><s:name>example</s:name></Person>"#;
    assert_eq!(read::<Person>(other), r#"{"id":123,"name":"example"}"#);
}

#[test]
fn elements_with_attributes_and_text() {
    both::<Animals>(
        r#"[{"kind":"Cat","name":"Fluffy"},{"kind":"Dog","name":"Fido"}]"#,
        r#"<animals><animal kind="Cat">Fluffy</animal><animal kind="Dog">Fido</animal></animals>"#,
    );
}

#[test]
fn cdata() {
    let html = "<html><head><title>Awesome Docs</title></head><body></body><html>";
    let json = format!("{{\"content\":\"{html}\"}}");
    let xml = format!("<Documentation><![CDATA[{html}]]></Documentation>");
    assert_eq!(written::<Documentation>(&json), xml);
    assert_eq!(read::<Documentation>(&xml), json);
    // As the specification lays it out.
    let spaced = format!("<Documentation>\n  <![CDATA[{html}]]>\n</Documentation>");
    assert_eq!(read::<Documentation>(&spaced), json);
    let hard = r#"{"content":"a]]>b\rc"}"#;
    assert_eq!(read::<Documentation>(&written::<Documentation>(hard)), hard);
}

#[test]
fn elements_and_text_in_order() {
    let xml = concat!(
        r#"<OneTwoThree><One>Some text</One><Two unit="cubits">42</Two>"#,
        r#"<Three xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/></OneTwoThree>"#
    );
    both::<OneTwoThree>(r#"["Some text",{"unit":"cubits","value":42},null]"#, xml);
    both::<Report>(
        r#"["Some preamble text.",42,"Some postamble text."]"#,
        "<Report>Some preamble text.<data>42</data>Some postamble text.</Report>",
    );
}

#[test]
fn null() {
    let nil = r#"xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true""#;
    both::<Product>(
        r#"{"count":null,"description":"Thing","related":null}"#,
        &format!("<product><description>Thing</description><related {nil}/></product>"),
    );
    both::<Product>(
        r#"{"count":42,"description":"Thing","related":{}}"#,
        r#"<product count="42"><description>Thing</description><related/></product>"#,
    );
}

documents! {
    Pets = {
        static CAT: Object = Object::new(&[
            Property::new("kind", Node::attribute("type", Content::Token)),
            Property::new("lives", Node::element("lives", NUMBER)),
        ]);
        static DOG: Object = Object::new(&[
            Property::new("kind", Node::attribute("type", Content::Token)),
            Property::new("barks", Node::element("barks", Content::Boolean)),
        ]);
        static PET: Union =
            Union::new("kind", &[("cat", Content::Object(|| &CAT)), ("dog", Content::Object(|| &DOG))]);
        Node::element("pets", Content::Array(&Node::element("pet", Content::Union(|| &PET))))
    };
}

#[test]
fn a_tag_says_what_an_element_is() {
    both::<Pets>(
        r#"[{"kind":"cat","lives":9},{"kind":"dog","barks":true}]"#,
        r#"<pets><pet type="cat"><lives>9</lives></pet><pet type="dog"><barks>true</barks></pet></pets>"#,
    );
    let unknown = r#"<pets><pet type="cow"><milk>5</milk></pet></pets>"#;
    both::<Pets>(r#"[{"@type":"cow","milk":"5"}]"#, unknown);
}
