//! Every example of a document, with the schema it belongs to.

use super::{Document, Media, escape, keys};
use crate::judge::Side;
use serde_json::Value;

/// An example.
#[derive(Clone, Debug)]
pub struct Example {
    /// Where it stands.
    pub pointer: String,
    /// Pointer of the schema it is an example of.
    pub schema: String,
    /// What it is attached to.
    pub of: ExampleOf,
    /// The example.
    pub value: Value,
}

/// What an example is attached to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExampleOf {
    /// A media type of a request or response.
    Media {
        /// The media type.
        name: String,
        /// The side of the call.
        side: Side,
        /// `METHOD /path`.
        operation: String,
    },
    /// A parameter.
    Param,
    /// A component schema.
    Schema,
}

impl Document {
    /// All examples: of media types and parameters in order of the operations, then of component schemas.
    pub fn examples(&self) -> Vec<Example> {
        let mut all = Vec::new();
        for operation in self.operations() {
            let label = format!("{} {}", operation.method, operation.path);
            for param in &operation.params {
                if let Some(schema) = &param.schema {
                    self.attached(&param.pointer, schema, &ExampleOf::Param, &mut all);
                }
            }
            let mut media = |media: &Media, side| {
                let of = ExampleOf::Media { name: media.name.clone(), side, operation: label.clone() };
                if let Some(schema) = &media.schema {
                    self.attached(&media.pointer, schema, &of, &mut all);
                }
            };
            operation.body.iter().flat_map(|body| &body.media).for_each(|m| media(m, Side::Request));
            operation.responses.iter().flat_map(|r| &r.media).for_each(|m| media(m, Side::Response));
        }
        for schema in self.component_schemas() {
            self.of_schema(&schema, &mut all);
        }
        all
    }

    /// The examples of media types only: the bodies that the document documents.
    pub fn body_examples(&self) -> Vec<Example> {
        let mut all = self.examples();
        all.retain(|example| matches!(example.of, ExampleOf::Media { .. }));
        all
    }

    /// `example` and `examples` of a media type or parameter.
    fn attached(&self, holder: &str, schema: &str, of: &ExampleOf, all: &mut Vec<Example>) {
        let Some((_, node)) = self.resolve(holder) else { return };
        let mut add = |pointer: String, value: &Value| {
            all.push(Example { pointer, schema: schema.to_owned(), of: of.clone(), value: value.clone() });
        };
        if let Some(value) = node.get("example") {
            add(format!("{holder}/example"), value);
        }
        for name in keys(&node["examples"]) {
            let pointer = format!("{holder}/examples/{}/value", escape(name));
            if let Some(value) = self.at(&pointer) {
                add(pointer, value);
            }
        }
    }

    /// `example` and `examples` of a schema itself.
    fn of_schema(&self, schema: &str, all: &mut Vec<Example>) {
        let Some(node) = self.at(schema) else { return };
        let listed = node["examples"].as_array().into_iter().flatten().enumerate();
        let single = node.get("example").map(|value| ("example".to_owned(), value)).into_iter();
        for (key, value) in single.chain(listed.map(|(i, value)| (format!("examples/{i}"), value))) {
            all.push(Example {
                pointer: format!("{schema}/{key}"),
                schema: schema.to_owned(),
                of: ExampleOf::Schema,
                value: value.clone(),
            });
        }
    }
}
