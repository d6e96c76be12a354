//! All references of a document. What looks like one in examples, defaults, values and extensions is data.

use serde_json::{Map, Value};

use super::Doc;
use crate::normalize::keyword::{Kind, Shape};
use crate::pointer::Pointer;
use crate::tree::Mark;

/// Parts that stay in the document and become no calls; `check` looks at the references in them.
const NOT_RESOLVED: [&str; 5] = ["webhooks", "callbacks", "links", "pathItems", "mediaTypes"];

/// Every reference in document order, with the location of its text.
pub(super) fn all(doc: &Doc) -> Vec<(Pointer, &str)> {
    let mut references = References { doc, found: Vec::new() };
    references.node(Kind::Document, doc.root(), &Pointer::root());
    references.found
}

struct References<'d> {
    doc: &'d Doc,
    found: Vec<(Pointer, &'d str)>,
}

impl<'d> References<'d> {
    fn node(&mut self, kind: Kind, value: &'d Value, at: &Pointer) {
        let Value::Object(map) = value else { return };
        self.own(map, at);
        for (key, value) in map {
            let here = at.child(key);
            let shape = match kind.keyword(key) {
                Some(_) if kind != Kind::Schema && NOT_RESOLVED.contains(&key.as_str()) => continue,
                Some(keyword) => keyword.shape,
                None if kind == Kind::PathItem && self.doc.mark(&here) == Some(Mark::Method) => {
                    Shape::One(Kind::Operation)
                }
                None => continue,
            };
            self.shaped(shape, value, &here);
        }
    }

    fn own(&mut self, map: &'d Map<String, Value>, at: &Pointer) {
        if let Some(Value::String(reference)) = map.get("$ref") {
            self.found.push((at.child("$ref"), reference));
        }
    }

    /// The value of a keyword.
    fn shaped(&mut self, shape: Shape, value: &'d Value, at: &Pointer) {
        let named = match shape {
            Shape::One(kind) => return self.node(kind, value, at),
            Shape::SchemaOrFlag => return self.node(Kind::Schema, value, at),
            Shape::List(kind) => {
                for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                    self.node(kind, item, &at.child(index));
                }
                return;
            }
            Shape::Map(kind) => kind,
            Shape::Paths => Kind::PathItem,
            Shape::Responses => Kind::Response,
            _ => return,
        };
        let Value::Object(map) = value else { return };
        self.own(map, at);
        for (key, value) in map {
            self.node(named, value, &at.child(key));
        }
    }
}
