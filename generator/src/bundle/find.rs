//! From a reference to the node it means.

use serde_json::Value;

use super::context::{Bundler, Found, Location};
use super::ids::last_part;
use crate::parts::{Target, target};
use crate::pointer::Pointer;
use crate::reference;
use crate::tree::is_unread;

impl Bundler<'_, '_> {
    /// The node a reference means that stands at `at`, through references to references.
    pub(super) fn find(&mut self, reference: &str, at: &Location) -> Found {
        let from = self.files[at.file].path;
        let (path, fragment) = match target(reference, from) {
            Target::File { path, fragment } => (path, fragment),
            _ if self.ids.contains(last_part(reference)) => return Found::Identified,
            other => return self.refuse(reference, &other, at),
        };
        let known = self.by_path.get(path.as_str()).copied();
        let read = known.is_some_and(|file| self.files[file].value.is_some());
        if !read && self.ids.contains(last_part(reference)) {
            return Found::Identified;
        }
        let Some(file) = known else {
            return self.refuse(reference, &Target::File { path, fragment }, at);
        };
        if self.files[file].value.is_none() {
            return self.unread(reference, file, at);
        }
        let location = match self.locate(file, &fragment) {
            Some(location) => location,
            None if file == 0 => Location { file, at: Pointer::from(fragment.as_str()) },
            None => return self.nothing(reference, file, &fragment, at),
        };
        Found::Node(self.end(location))
    }

    /// The node behind a fragment: a pointer, or an anchor.
    fn locate(&self, file: usize, fragment: &str) -> Option<Location> {
        let root = self.files[file].value.as_ref()?;
        if !fragment.is_empty() && !fragment.starts_with('/') {
            return anchor(root, fragment, &Pointer::root(), 0).map(|at| Location { file, at });
        }
        let mut location = Location { file, at: Pointer::root() };
        for key in Pointer::from(fragment).keys() {
            let child = location.at.child(&key);
            if self.files[location.file].value.as_ref()?.pointer(child.as_str()).is_some() {
                location.at = child;
                continue;
            }
            // The way leads through a reference.
            location = self.end(location);
            location.at = location.at.child(&key);
            self.value(&location)?;
        }
        Some(location)
    }

    /// The end of a chain of nodes that are nothing but references.
    pub(super) fn end(&self, start: Location) -> Location {
        let mut location = start.clone();
        for _ in 0..reference::MOST {
            // What the document refers to within itself has its place.
            if location.file == 0 && start.file != 0 {
                return location;
            }
            let Some(reference) = self.value(&location).and_then(lone_reference) else { return location };
            let from = self.files[location.file].path;
            let Target::File { path, fragment } = target(reference, from) else { return location };
            let Some(file) = self.by_path.get(path.as_str()).copied() else { return location };
            if location.file == 0 && file == 0 {
                return location;
            }
            let at = match fragment.as_str() {
                "" => Pointer::root(),
                text if text.starts_with('/') => Pointer::from(text),
                _ => return location,
            };
            let next = Location { file, at };
            if self.value(&next).is_none() {
                return location;
            }
            location = next;
        }
        start
    }
}

/// The reference that an object is nothing but.
pub(super) fn lone_reference(value: &Value) -> Option<&str> {
    let map = value.as_object()?;
    let alone = map.keys().all(|key| key == "$ref" || is_unread(key));
    map.get("$ref")?.as_str().filter(|_| alone)
}

/// The place of the schema with this anchor.
fn anchor(value: &Value, name: &str, at: &Pointer, depth: usize) -> Option<Pointer> {
    if depth > 128 {
        return None;
    }
    match value {
        Value::Object(map) if map.get("$anchor").and_then(Value::as_str) == Some(name) => Some(at.clone()),
        Value::Object(map) => {
            map.iter().find_map(|(key, child)| anchor(child, name, &at.child(key), depth + 1))
        }
        Value::Array(items) => {
            items.iter().enumerate().find_map(|(i, child)| anchor(child, name, &at.child(i), depth + 1))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}
