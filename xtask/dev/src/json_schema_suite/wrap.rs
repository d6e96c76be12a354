//! Generates the types of a group from a document with its schema as only component.

use sdkgen::Input;
use sdkgen::diag::{Severity, Sink};
use sdkgen::files::Files;
use sdkgen::source::Source;
use serde_json::{Value, json};

use super::read::Group;

/// The component that is the schema of the group.
const NAME: &str = "Root";
/// The pointer of the component.
pub(super) const PLACE: &str = "/components/schemas/Root";
/// The `$id` of a schema without one, so that its references mean the same inside a document.
const ID: &str = "https://suite.invalid/schema";

/// The output of the generator for a group.
#[derive(Debug)]
pub(super) enum Made {
    /// Types.
    Types {
        files: Files,
        /// The type of the schema, as Rust text.
        ty: String,
        /// Pointers that became `serde_json::Value`, with the reason.
        untyped: Vec<(String, String)>,
    },
    /// The group is refused, for this reason.
    Refused(String),
}

/// Generates.
pub(super) fn make(group: &Group) -> Made {
    let document = Source::new("group.json", document(&group.schema).to_string());
    let input = Input { name: Some("suite-types".to_owned()), ..Input::new(document) };
    let mut sink = Sink::new();
    let output = sdkgen::generate(&input, &mut sink);
    let Some(output) = output else {
        let errors = sink.finish().into_iter().filter(|one| one.severity == Severity::Error);
        let words: Vec<String> =
            errors.map(|one| format!("{} [{}]", one.message, one.code.as_str())).collect();
        return Made::Refused(words.join("; "));
    };
    let ty = output.names.into_iter().find(|(at, _)| at == PLACE).map(|(_, ty)| ty);
    match ty {
        Some(ty) => Made::Types { files: output.files, ty, untyped: output.untyped },
        None => Made::Refused("the schema has no type".to_owned()),
    }
}

fn document(schema: &Value) -> Value {
    let mut schema = schema.clone();
    if let Value::Object(map) = &mut schema
        && !map.contains_key("$id")
    {
        map.insert("$id".to_owned(), ID.into());
    }
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Suite", "version": "1"},
        "paths": {},
        "components": {"schemas": {NAME: schema}},
    })
}

/// Generates an empty SDK, whose runtime and manifest all groups share.
pub(super) fn host() -> Option<Files> {
    let document = Source::new("host.json", document(&json!({"type": "string"})).to_string());
    let input = Input { name: Some("suite-types".to_owned()), ..Input::new(document) };
    sdkgen::generate(&input, &mut Sink::new()).map(|output| output.files)
}
