//! Documents that attack their reader, or are none.

use super::*;
use crate::runtime::model::DecodeError;
use crate::runtime::wire::MAX_DEPTH;
use crate::runtime::xml::{Object, Property};

documents! {
    Pet = {
        static PET: Object = Object::new(&[Property::new("name", Node::element("name", TEXT))]);
        Node::element("pet", Content::Object(|| &PET))
    };
    Free = Node::element("a", Content::Any);
}

#[test]
fn no_entity_expands() {
    let laughs = r#"<!DOCTYPE pet [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><pet><name>&b;</name></pet>"#;
    let what = "expected XML without a document type, found a document type declaration at byte 0";
    assert_eq!(error::<Pet>(laughs.as_bytes()), what);
    let outside = br#"<!DOCTYPE pet SYSTEM "file:///etc/passwd"><pet/>"#;
    assert_eq!(error::<Pet>(outside), what);
    assert_eq!(
        error::<Pet>(b"<pet><name>&b;</name></pet>"),
        "`pet.name`: expected one of the five entities of XML, found the entity `&b;` at byte 11"
    );
    assert!(error::<Pet>(br#"<pet a="&b;"/>"#).contains("expected XML"));
    assert_eq!(read::<Pet>("<pet><name>&lt;&#65;&#x42;&amp;amp;</name></pet>"), r#"{"name":"<AB&amp;"}"#);
    assert!(error::<Pet>(b"<pet><name>&#0;</name></pet>").contains("expected XML"));
}

#[test]
fn depth_is_bounded() {
    let nested = |depth: usize| format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth));
    assert!(from_slice::<Free>(nested(MAX_DEPTH).as_bytes()).is_ok());
    let found = error::<Free>(nested(MAX_DEPTH + 1).as_bytes());
    assert!(found.contains("expected at most 128 nested elements, found one more at byte 384"), "{found}");
    assert!(error::<Free>("<a>".repeat(1_000_000).as_bytes()).contains("one more"));
}

#[test]
fn encodings() {
    assert_eq!(read::<Pet>("\u{feff}<?xml version=\"1.0\"?>\n<pet><name>é</name></pet>"), r#"{"name":"é"}"#);
    let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><pet/>";
    assert_eq!(error::<Pet>(latin), "expected XML in UTF-8, found the encoding `ISO-8859-1` at byte 0");
    assert_eq!(
        error::<Pet>(b"<pet>\xff</pet>"),
        "expected XML in UTF-8, found bytes that are no UTF-8 at byte 5"
    );
    let wide: Vec<u8> = "\u{feff}<pet/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(error::<Pet>(&wide).contains("no UTF-8"));
}

#[test]
fn what_means_nothing_is_passed_over() {
    let xml = "<?xml version=\"1.0\"?><!-- <x> --><?php echo 1 ?>\n<pet>\n<!-- a --><name>R<!-- b -->e<?pi?>x<![CDATA[ <i>]]></name></pet><!-- end -->\n";
    assert_eq!(read::<Pet>(xml), r#"{"name":"Rex <i>"}"#);
    // Where the schema names no namespace, the document may be in any.
    assert_eq!(read::<Pet>("<p:pet xmlns:p='urn:p'><p:name>Rex</p:name></p:pet>"), r#"{"name":"Rex"}"#);
}

#[test]
fn what_is_no_document() {
    for (xml, what) in [
        ("", "expected an element, found the end of the document at byte 0"),
        ("{}", "expected an element, found text at byte 0"),
        ("<pet/><pet/>", "expected the end of the document, found another element at byte 6"),
        ("<pet><name>", "`pet.name`: expected `</name>`, found the end of the document at byte 11"),
        ("<html/>", "expected the element `pet`, found `html` at byte 0"),
    ] {
        let found = error::<Pet>(xml.as_bytes());
        assert_eq!(found, what, "{xml}");
    }
    for xml in
        ["<pet></name>", "<pet a='1' a='2'/>", "<pet", "<x:pet/>", "<pet/>text", "<pet><!-- -- --></pet>"]
    {
        assert!(error::<Pet>(xml.as_bytes()).contains("expected "), "{xml}");
    }
}

enum Count {}

impl Document for Count {
    type Model = Vec<i64>;

    const ROOT: Node = Node::element("counts", Content::Array(&Node::element("count", Content::Number)));
}

#[test]
fn errors_say_where() {
    let fails = |xml: &str| -> DecodeError { from_slice::<Count>(xml.as_bytes()).unwrap_err() };
    let found = fails("<counts>\n <count>1</count>\n <count>two</count>\n</counts>");
    assert_eq!((found.path(), found.offset()), ("[1]", 28));
    assert_eq!(found.to_string(), "`[1]`: expected an integer, found a string at byte 28, near `\"two\"`");
    let found = fails("<counts><item>1</item></counts>");
    assert_eq!(found.to_string(), "`counts`: expected elements `count`, found `item` at byte 8");
}
