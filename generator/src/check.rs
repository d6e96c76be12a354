//! What contradicts itself, although each keyword by itself is as it should be.
//!
//! In: the document as [`resolve`](crate::resolve) leaves it. Out: diagnostics, and nothing else: later stages go on as if this
//! one did not exist. One walk over the normal form, which knows what every node is. A reference is looked at where it stands;
//! what it leads to is looked at where that stands. It must not know the IR.

mod bound;
mod context;
mod fits;
mod operation;
mod parameter;
mod pattern;
mod request;
mod schema;
mod security;
mod server;

pub(crate) use schema::undeclared;

use std::collections::HashMap;

use serde_json::Value;

use crate::diag::{Code, Sink};
use crate::pointer::Path;
use crate::resolve::Doc;
use context::{Check, Object, array};

/// Reports every contradiction of a document.
///
/// `is_30` says that the document is of OpenAPI 3.0, which defines less than later versions.
pub(crate) fn check(doc: &Doc, is_30: bool, sink: &mut Sink) {
    let mut check = Check { doc, sink, is_30, schemes: HashMap::new(), alone: true };
    check.document();
}

impl<'d> Check<'d, '_> {
    fn document(&mut self) {
        let doc = self.doc;
        let Some(document) = doc.root().as_object() else { return };
        let root = Path::root();
        let components = document.get("components").and_then(Value::as_object);
        let schemes = components.and_then(|all| all.get("securitySchemes")).and_then(Value::as_object);
        self.schemes = schemes.into_iter().flatten().map(|(name, scheme)| (name.as_str(), scheme)).collect();
        self.tags(document, &root);
        self.servers(document, &root);
        self.requirements(document, &root);
        self.paths(document, &root);
        if let Some(webhooks) = document.get("webhooks") {
            self.stash(webhooks, &root.key("webhooks"));
        }
        let here = root.key("components");
        for (section, members) in components.into_iter().flatten() {
            let home = here.key(section);
            for (name, value) in members.as_object().into_iter().flatten() {
                let at = home.key(name);
                self.component_name(name, &at);
                match (section.as_str(), value) {
                    ("callbacks", _) => self.stash(value, &at),
                    ("schemas", _) => self.branch(value, &at),
                    ("parameters", Value::Object(map)) => self.parameter(map, &at),
                    ("headers", Value::Object(map)) => self.header(map, &at),
                    ("requestBodies", Value::Object(map)) => self.body(map, &at),
                    ("responses", Value::Object(map)) => self.response(map, &at),
                    _ => {}
                }
            }
        }
    }

    /// Tags are declared once.
    fn tags(&mut self, document: &'d Object, root: &Path<'_>) {
        let here = root.key("tags");
        let mut seen: HashMap<&str, usize> = HashMap::new();
        for (index, tag) in array(document, "tags").iter().enumerate() {
            // One without a name has been reported.
            let Some(name) = tag.get("name").and_then(Value::as_str).filter(|name| !name.is_empty()) else {
                continue;
            };
            match seen.get(name) {
                Some(first) => {
                    let message = format!("the tag `{name}` is declared twice");
                    let diagnostic = self
                        .found(Code::Contradiction, &here.item(index).key("name"), message)
                        .also(&self.origin(&here.item(*first).key("name")), "first declared here")
                        .help("remove one of them");
                    self.sink.report(diagnostic);
                }
                None => drop(seen.insert(name, index)),
            }
        }
    }

    /// Names of components are of few characters, since they stand in references.
    fn component_name(&mut self, name: &str, at: &Path<'_>) {
        let plain = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
        if name.is_empty() || !name.chars().all(plain) {
            let message = format!("`{name}` is not a valid component name");
            self.key(Code::Sloppy, at, message, "use only letters, digits, `.`, `_` and `-`");
        }
    }
}
