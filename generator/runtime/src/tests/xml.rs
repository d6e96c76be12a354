//! XML by tables: the examples of the specification, what is kept, and what is refused.

mod examples;
mod hostile;
mod kept;

use crate::runtime::model::Value;
use crate::runtime::xml::{Content, Document, Node, from_slice, to_string};

const TEXT: Content = Content::Text;
const NUMBER: Content = Content::Number;

/// Declares a type of document whose model is free JSON.
macro_rules! documents {
    ($($name:ident = $root:expr;)*) => {
        $(
            enum $name {}

            impl Document for $name {
                type Model = Value;

                const ROOT: Node = $root;
            }
        )*
    };
}

use documents;

fn value(json: &str) -> Value {
    serde_json::from_str(json).unwrap()
}

/// The document without its declaration.
fn written<D: Document<Model = Value>>(json: &str) -> String {
    let xml = to_string::<D>(&value(json)).unwrap();
    xml.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n").unwrap().to_owned()
}

fn read<D: Document<Model = Value>>(xml: &str) -> String {
    from_slice::<D>(xml.as_bytes()).unwrap().to_string()
}

/// The JSON becomes the XML, and the XML becomes the JSON; so does the XML with space between its elements.
fn both<D: Document<Model = Value>>(json: &str, xml: &str) {
    assert_eq!(written::<D>(json), xml);
    assert_eq!(value(&read::<D>(xml)), value(json), "{xml}");
    let spaced = xml.replace("><", ">\n  <");
    assert_eq!(value(&read::<D>(&spaced)), value(json), "{spaced}");
}

fn error<D: Document<Model = Value>>(xml: &[u8]) -> String {
    from_slice::<D>(xml).unwrap_err().to_string()
}
