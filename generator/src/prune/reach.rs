//! Which components can be reached from where.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::pointer::Pointer;
use crate::reference::{self, local};
use crate::tree::objects;

/// The components with what each refers to.
pub(super) struct Components {
    /// By pointer.
    refers: HashMap<String, HashSet<String>>,
}

impl Components {
    pub(super) fn new(root: &Value) -> Self {
        let base = Pointer::root().child("components");
        let mut refers = HashMap::new();
        for (section, entries) in root.get("components").and_then(Value::as_object).into_iter().flatten() {
            for (name, value) in entries.as_object().into_iter().flatten() {
                let mut found = HashSet::new();
                collect(value, &mut found);
                refers.insert(base.child(section).child(name).as_str().to_owned(), found);
            }
        }
        Self { refers }
    }

    /// Every component that these nodes need, directly or through others.
    pub(super) fn reach<'t>(&self, from: impl Iterator<Item = Vec<&'t Value>>) -> HashSet<String> {
        let mut next = HashSet::new();
        from.flatten().for_each(|node| collect(node, &mut next));
        let mut next: Vec<String> = next.into_iter().collect();
        let mut reached = HashSet::new();
        while let Some(place) = next.pop() {
            if reached.insert(place.clone()) {
                next.extend(self.refers.get(&place).into_iter().flatten().cloned());
            }
        }
        reached
    }
}

/// The pointer of the component that a reference resolves to or into.
fn component(reference: &str) -> Option<String> {
    let (section, key) = reference::component(reference)?;
    Some(format!("/components/{section}/{key}"))
}

/// All components that a node refers to; data is looked into as well, which costs nothing but a schema too many.
fn collect(value: &Value, found: &mut HashSet<String>) {
    for members in objects(value) {
        found.extend(members.get("$ref").and_then(Value::as_str).and_then(component));
        let mapping =
            members.get("mapping").and_then(Value::as_object).into_iter().flat_map(|map| map.values());
        for target in mapping.chain(members.get("defaultMapping")).filter_map(Value::as_str) {
            // A plain name is that of a component.
            found.insert(
                component(target).unwrap_or_else(|| {
                    Pointer::from("/components/schemas").child(target).as_str().to_owned()
                }),
            );
        }
    }
}

/// The places below `paths` that references lead to.
pub(super) fn into_paths(value: &Value) -> impl Iterator<Item = String> {
    let places = objects(value).filter_map(|members| local(members.get("$ref")?.as_str()?));
    places.map(|place| place.as_str().to_owned()).filter(|place| place.starts_with("/paths/"))
}
