//! What is kept of documents that say more than their schemas, and what is understood although nobody writes it so.

use super::*;
use crate::runtime::xml::{Object, Property};

documents! {
    Thing = {
        static THING: Object = Object::new(&[
            Property::new("id", Node::attribute("id", NUMBER)),
            Property::new("name", Node::element("label", TEXT)),
            Property::new("size", Node::element("size", NUMBER)),
            Property::new("good", Node::element("good", Content::Boolean)),
            Property::new("tags", Node::bare(Content::Array(&Node::element("tag", TEXT)))).absent("[]"),
        ]);
        Node::element("thing", Content::Object(|| &THING)).within("urn:things", "")
    };
    Prices = Node::element("prices", Content::Map(&Node::element("", NUMBER)));
    Lists = Node::element("lists", Content::Map(&Node::bare(Content::Array(&Node::element("", TEXT)))));
    Free = Node::element("free", Content::Any);
    Dated = {
        static DATED: Object =
            Object::new(&[Property::new("on", Node::attribute("on", Content::Token).within("urn:dates", ""))]);
        Node::element("dated", Content::Object(|| &DATED))
    };
    Flat = {
        static SIZE: Object = Object::new(&[
            Property::new("unit", Node::attribute("unit", TEXT)),
            Property::new("height", Node::element("height", NUMBER)),
        ]);
        static FLAT: Object = Object::new(&[
            Property::new("name", Node::element("name", TEXT)),
            Property::new("size", Node::bare(Content::Object(|| &SIZE))),
        ]);
        Node::element("flat", Content::Object(|| &FLAT))
    };
}

#[test]
fn undeclared_elements_and_attributes() {
    let xml = concat!(
        r#"<thing xmlns="urn:things" id="1" xml:lang="en" extra="x"><label>a</label><name>clash</name>"#,
        r#"<note kind="long">text</note><list>1</list><list>2</list><far xmlns="urn:far">away</far></thing>"#
    );
    let json = concat!(
        r##"{"id":1,"name":"a","tags":[],"@{http://www.w3.org/XML/1998/namespace}lang":"en","@extra":"x","##,
        r##""{}name":"clash","note":{"@kind":"long","#text":"text"},"list":["1","2"],"{urn:far}far":"away"}"##
    );
    assert_eq!(value(&read::<Thing>(xml)), value(json));
    // They go back as what they were. One whose name a property has in JSON is in no namespace then.
    let back = written::<Thing>(json);
    assert_eq!(value(&read::<Thing>(&back)), value(json), "{back}");
    assert!(
        back.contains(r#"xml:lang="en""#) && back.contains(r#"<far xmlns="urn:far">away</far>"#),
        "{back}"
    );
}

#[test]
fn an_object_without_an_element_of_its_own() {
    both::<Flat>(
        r#"{"name":"a","size":{"unit":"m","height":2.5}}"#,
        r#"<flat unit="m"><name>a</name><height>2.5</height></flat>"#,
    );
    both::<Flat>(r#"{"name":"a"}"#, "<flat><name>a</name></flat>");
}

#[test]
fn attributes_of_a_namespace_have_a_prefix() {
    both::<Dated>(r#"{"on":"2020-01-02"}"#, r#"<dated xmlns:ns1="urn:dates" ns1:on="2020-01-02"/>"#);
}

#[test]
fn keys_are_names_of_elements() {
    both::<Prices>(r#"{"a":1,"b":2.50}"#, "<prices><a>1</a><b>2.5</b></prices>");
    both::<Lists>(r#"{"a":["1"],"b":["2","3"]}"#, "<lists><a>1</a><b>2</b><b>3</b></lists>");
    both::<Free>(r#"{"a":["1",{"b":"2"}]}"#, "<free><a>1</a><a><b>2</b></a></free>");
    let problem = to_string::<Prices>(&value(r#"{"no name":1}"#)).unwrap_err();
    assert_eq!(problem, "`no name` is no name of an XML element; give the member another one");
    let problem = to_string::<Free>(&value(r#"{"a":[[1]]}"#)).unwrap_err();
    assert_eq!(problem, "an array in an array has no form in XML, in `a`");
}

#[test]
fn every_character_comes_back() {
    let json = r#"{"name":" <&>\"' ]]> \t\r\n é 😀 "}"#;
    let full = json.replace('}', r#","tags":[]}"#);
    assert_eq!(value(&read::<Thing>(&written::<Thing>(json))), value(&full));
    let attribute = r#"{"@a":" <&>\"' \t\r\n é "}"#;
    assert_eq!(read::<Free>(&written::<Free>(attribute)), attribute);
    let problem = to_string::<Free>(&value(r#""\u0001""#)).unwrap_err();
    assert_eq!(problem, "XML has no character U+0001; leave it out");
}

#[test]
fn spellings_of_scalars() {
    let xml = |size: &str, good: &str| format!("<thing><size>{size}</size><good>{good}</good></thing>");
    for (size, good, json) in [
        (" 5 ", "1", r#"{"good":true,"size":5,"tags":[]}"#),
        ("+05", " false ", r#"{"good":false,"size":5,"tags":[]}"#),
        ("-.5", "0", r#"{"good":false,"size":-0.5,"tags":[]}"#),
        ("5.", "true", r#"{"good":true,"size":5,"tags":[]}"#),
        ("", "", r#"{"good":null,"size":null,"tags":[]}"#),
        ("five", "yes", r#"{"good":"yes","size":"five","tags":[]}"#),
    ] {
        assert_eq!(value(&read::<Thing>(&xml(size, good))), value(json));
    }
}
