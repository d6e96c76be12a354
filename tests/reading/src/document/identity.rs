//! References by name (`$id`, `$anchor`, `$dynamicAnchor`) become references by place, and the names go: what reads the document
//! after that knows pointers only.

use super::escape;
use serde_json::Value;
use std::collections::HashMap;

const NAMES: [&str; 3] = ["$id", "$anchor", "$dynamicAnchor"];

/// Rewrites the references of a document that has such names; others stay as they are.
pub(super) fn resolve(root: &mut Value) {
    let mut found = Found::default();
    found.collect(root, "", "");
    if !found.uris.is_empty() || !found.anchors.is_empty() {
        found.rewrite(root, "");
    }
}

#[derive(Default)]
struct Found {
    /// Places of schemas by absolute URI.
    uris: HashMap<String, String>,
    /// Places by URI of the resource and name.
    anchors: HashMap<(String, String), Vec<String>>,
}

impl Found {
    fn collect(&mut self, node: &Value, place: &str, base: &str) {
        let mut base = base.to_owned();
        if let Some(id) = node.get("$id").and_then(Value::as_str) {
            base = join(&base, id);
            self.uris.insert(base.clone(), place.to_owned());
        }
        for name in &NAMES[1..] {
            if let Some(name) = node.get(name).and_then(Value::as_str) {
                // A name counts in its resource, and as a dynamic one everywhere.
                for resource in [base.clone(), "*".to_owned()] {
                    self.anchors.entry((resource, name.to_owned())).or_default().push(place.to_owned());
                }
            }
        }
        each(node, place, |child, place| self.collect(child, place, &base));
    }

    fn rewrite(&self, node: &mut Value, base: &str) {
        let mut base = base.to_owned();
        if let Value::Object(map) = node {
            if let Some(id) = map.get("$id").and_then(Value::as_str) {
                base = join(&base, id);
            }
            if let Some(Value::String(dynamic)) = map.remove("$dynamicRef") {
                let name = dynamic.trim_start_matches('#').to_owned();
                // One that may mean several schemas is left out: anything goes.
                if let Some([only]) = self.anchors.get(&("*".to_owned(), name)).map(Vec::as_slice) {
                    map.insert("$ref".to_owned(), format!("#{only}").into());
                }
            } else if let Some(Value::String(reference)) = map.get_mut("$ref")
                && let Some(place) = self.target(reference, &base)
            {
                *reference = format!("#{place}");
            }
            map.retain(|key, value| !(NAMES.contains(&key.as_str()) && value.is_string()));
            map.values_mut().for_each(|child| self.rewrite(child, &base));
        } else if let Value::Array(items) = node {
            items.iter_mut().for_each(|child| self.rewrite(child, &base));
        }
    }

    /// The place a reference means; `None` if it is one by place already.
    fn target(&self, reference: &str, base: &str) -> Option<String> {
        let (uri, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let resource = if uri.is_empty() { base.to_owned() } else { join(base, uri) };
        let place = self.uris.get(&resource);
        if fragment.is_empty() || (fragment.starts_with('/') && !fragment.starts_with("/components/")) {
            return place.map(|place| format!("{place}{fragment}"));
        }
        self.anchors.get(&(resource, fragment.to_owned()))?.first().cloned()
    }
}

/// A name relative to another: enough of RFC 3986 for the last segment of a path.
fn join(base: &str, name: &str) -> String {
    match base.rsplit_once('/') {
        Some((folder, _)) if !name.contains(':') => format!("{folder}/{name}"),
        _ => name.to_owned(),
    }
}

fn each(node: &Value, place: &str, mut visit: impl FnMut(&Value, &str)) {
    match node {
        Value::Object(map) => {
            map.iter().for_each(|(key, child)| visit(child, &format!("{place}/{}", escape(key))))
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, child)| visit(child, &format!("{place}/{at}")))
        }
        _ => {}
    }
}
