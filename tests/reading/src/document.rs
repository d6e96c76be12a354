//! An OpenAPI document as untyped JSON, with references followed on the way.
//!
//! In: the text of a document. Out: nodes by pointer, operations, examples. Must not know the generator: this is the second
//! opinion about what a document says.

mod encoding;
mod examples;
mod identity;
mod operations;
mod through;
mod yaml;

pub use encoding::Encoding;
pub use examples::{Example, ExampleOf};
pub use operations::{Body, Location, Media, Operation, Param, Response, essence, is_json};

use crate::family::Families;
use serde_json::Value;
use std::path::Path;

/// How many references may be followed from one node before it counts as a circle.
const MAX_HOPS: usize = 64;

/// A document.
#[derive(Clone, Debug)]
pub struct Document {
    label: String,
    root: Value,
    families: Families,
}

/// The dialect of its schemas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// OpenAPI 3.0: its own flavour.
    V30,
    /// OpenAPI 3.1: JSON Schema 2020-12.
    V31,
}

impl Document {
    /// Reads a file: `.json` as JSON, everything else as YAML.
    pub fn read(path: impl AsRef<Path>) -> Result<Self, String> {
        let path = path.as_ref();
        let text = std::fs::read_to_string(path).map_err(|e| format!("`{}`: {e}", path.display()))?;
        Self::parse(&path.display().to_string(), &text)
    }

    /// Reads a text; a label that ends in `.json` says that it is JSON.
    pub fn parse(label: &str, text: &str) -> Result<Self, String> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut root = if label.ends_with(".json") {
            serde_json::from_str(text).map_err(|e| format!("`{label}`: {e}"))?
        } else {
            yaml::parse(text).map_err(|e| format!("`{label}`: {e}"))?
        };
        identity::resolve(&mut root);
        let mut document = Self { label: label.to_owned(), root, families: Families::default() };
        through::settle(&mut document);
        document.families = Families::find(&document.root);
        Ok(document)
    }

    /// The parents among its component schemas.
    pub fn families(&self) -> &Families {
        &self.families
    }

    /// What the document is called in messages.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// The whole document.
    pub fn root(&self) -> &Value {
        &self.root
    }

    /// Which dialect its schemas are written in.
    pub fn dialect(&self) -> Dialect {
        match self.root["openapi"].as_str() {
            Some(version) if version.starts_with("3.0") => Dialect::V30,
            _ => Dialect::V31,
        }
    }

    /// The node at a pointer. Where the way leads through a `$ref` that has no such member itself, the reference is
    /// followed, so a pointer may be written from the place of use.
    pub fn at(&self, pointer: &str) -> Option<&Value> {
        self.find(pointer, 0).map(|(_, node)| node)
    }

    /// Where the node at a pointer really stands; a reference at the end of the way is not followed.
    pub fn place(&self, pointer: &str) -> Option<String> {
        self.find(pointer, 0).map(|(place, _)| place)
    }

    /// The node at a pointer with references followed until it is none, and the pointer to where it really stands.
    pub fn resolve(&self, pointer: &str) -> Option<(String, &Value)> {
        let (mut place, mut node) = self.find(pointer, 0)?;
        for _ in 0..MAX_HOPS {
            match node.get("$ref").and_then(Value::as_str) {
                Some(target) => (place, node) = self.find(local(target)?.as_str(), 0)?,
                None => return Some((place, node)),
            }
        }
        None
    }

    /// Pointers of all component schemas.
    pub fn component_schemas(&self) -> Vec<String> {
        keys(&self.root["components"]["schemas"])
            .map(|key| format!("/components/schemas/{}", escape(key)))
            .collect()
    }

    fn find(&self, pointer: &str, hops: usize) -> Option<(String, &Value)> {
        if hops > MAX_HOPS {
            return None;
        }
        let mut node = &self.root;
        let mut place = String::new();
        for raw in pointer.split('/').skip(1) {
            let key = unescape(raw);
            if step(node, &key).is_none() {
                let target = node.get("$ref").and_then(Value::as_str).and_then(local)?;
                (place, node) = self.find(&target, hops + 1)?;
                // The target may be a reference again.
                for _ in 0..MAX_HOPS {
                    match (step(node, &key), node.get("$ref").and_then(Value::as_str)) {
                        (None, Some(again)) => (place, node) = self.find(&local(again)?, hops + 1)?,
                        _ => break,
                    }
                }
            }
            node = step(node, &key)?;
            place.push('/');
            place.push_str(raw);
        }
        Some((place, node))
    }
}

fn step<'a>(node: &'a Value, key: &str) -> Option<&'a Value> {
    match node {
        Value::Object(map) => map.get(key),
        Value::Array(items) => items.get(key.parse::<usize>().ok()?),
        _ => None,
    }
}

/// The pointer in a reference into the same document, percent-decoded.
pub fn local(reference: &str) -> Option<String> {
    let fragment = reference.strip_prefix('#')?;
    (fragment.is_empty() || fragment.starts_with('/')).then(|| crate::percent::decode(fragment))
}

/// A key as a segment of a JSON pointer.
pub fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// A segment of a JSON pointer as the key it stands for.
pub fn unescape(segment: &str) -> String {
    segment.replace("~1", "/").replace("~0", "~")
}

fn keys(node: &Value) -> impl Iterator<Item = &str> {
    node.as_object().into_iter().flat_map(|map| map.keys().map(String::as_str))
}
