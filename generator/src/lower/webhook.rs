//! Schemas that travel in requests of the server: webhooks and callbacks.
//!
//! No operation is made of them, but their payloads are types; what nothing else uses is compiled on demand only.

use std::collections::HashSet;

use serde_json::Value;

use super::context::Lower;
use crate::pointer::Pointer;
use crate::tree::WEBHOOKS;

impl Lower<'_, '_> {
    /// Notes the component schemas that webhooks and callbacks refer to, also through other components.
    pub(super) fn find_payloads(&mut self) {
        let doc = self.doc;
        let root = doc.root();
        let mut open: Vec<&Value> = WEBHOOKS.iter().filter_map(|key| root.get(*key)).collect();
        let items = root.get("paths").and_then(Value::as_object).into_iter().flat_map(|paths| paths.values());
        let operations = items.filter_map(Value::as_object).flat_map(|item| item.values());
        open.extend(operations.filter_map(|operation| operation.get("callbacks")));
        // The union of what webhooks send is made of them as a whole.
        let whole = WEBHOOKS.map(|key| Pointer::root().child(key));
        let made = self.components.iter().filter(|(at, _)| whole.contains(&doc.origin(at)));
        self.api.payloads.extend(made.map(|(_, id)| *id));
        let mut seen = HashSet::new();
        while let Some(value) = open.pop() {
            match value {
                Value::Array(items) => open.extend(items),
                Value::Object(members) => {
                    open.extend(members.values());
                    let reference = members.get("$ref").and_then(Value::as_str);
                    let Some(at) = reference.filter(|at| at.starts_with("#/")).map(Pointer::from) else {
                        continue;
                    };
                    if !seen.insert(at.clone()) {
                        continue;
                    }
                    match self.components.get(&at) {
                        Some(id) => self.api.payloads.push(*id),
                        None => open.extend(doc.value(&at)),
                    }
                }
                _ => {}
            }
        }
        self.api.payloads.sort_unstable();
    }
}
