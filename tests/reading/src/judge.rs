//! Says whether a JSON value fits a schema of a document, with an ordinary JSON Schema validator.
//!
//! In: a document and the pointer of a schema in it. Out: yes, or what is wrong. The document is first brought into JSON
//! Schema 2020-12 by `schema`: that is all this module knows of OpenAPI.

mod fault;
mod schema;

pub use fault::Fault;
pub(crate) use schema::condition;

use crate::document::Document;
use jsonschema::{Draft, PatternCache, Registry, Validator};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

/// The side of a call a body belongs to; it decides about `readOnly` and `writeOnly` members.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// Sent: `readOnly` members need not be there.
    Request,
    /// Received: `writeOnly` members need not be there.
    Response,
    /// Neither: everything that is required must be there.
    Both,
}

/// The name under which the document is known to the validator.
const BASE: &str = "urn:document";

/// A validator for the schemas of one document and one side.
pub struct Judge {
    registry: Registry<'static>,
    patterns: PatternCache,
    built: Mutex<HashMap<String, Arc<Result<Validator, String>>>>,
}

impl Judge {
    /// Prepares the schemas of a document.
    pub fn new(document: &Document, side: Side) -> Result<Self, String> {
        let root = schema::convert(document, side);
        let registry = Registry::new()
            .draft(Draft::Draft202012)
            .add(BASE, root)
            .and_then(|builder| builder.prepare())
            .map_err(|e| format!("`{}`: {e}", document.label()))?;
        Ok(Self { registry, patterns: PatternCache::new(), built: Mutex::new(HashMap::new()) })
    }

    /// Whether the value fits the schema at this pointer, which must be where the schema really stands.
    pub fn check(&self, pointer: &str, value: &Value) -> Result<(), String> {
        match self.validator(pointer).as_ref() {
            Ok(validator) => match validator.validate(value) {
                Ok(()) => Ok(()),
                Err(e) => Err(format!("{}: {e}", e.instance_path())),
            },
            Err(e) => Err(format!("no validator for `{pointer}`: {e}")),
        }
    }

    /// The same for several schemas that must all be fitted.
    pub fn check_all(&self, pointers: &[String], value: &Value) -> bool {
        pointers.iter().all(|pointer| self.check(pointer, value).is_ok())
    }

    /// Lets go of the validators built so far: each holds everything that its schema refers to.
    pub fn forget(&self) {
        self.built.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clear();
    }

    fn validator(&self, pointer: &str) -> Arc<Result<Validator, String>> {
        let mut built = self.built.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(found) = built.get(pointer) {
            return Arc::clone(found);
        }
        let made = jsonschema::options()
            .with_draft(Draft::Draft202012)
            .with_registry(&self.registry)
            .with_pattern_cache(self.patterns.clone())
            .should_validate_formats(true)
            .offline()
            .build(&json!({"$ref": format!("{BASE}#{}", fragment(pointer))}))
            .map_err(|e| e.to_string());
        let made = Arc::new(made);
        built.insert(pointer.to_owned(), Arc::clone(&made));
        made
    }
}

/// A pointer as the fragment of a URI.
pub(crate) fn fragment(pointer: &str) -> String {
    let mut out = String::with_capacity(pointer.len());
    for byte in pointer.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
