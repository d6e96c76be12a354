//! The alternatives of components: which schemas the branches of their `oneOf` and `anyOf` lead to.
//!
//! A schema that extends a union of which it is a branch itself (`Child: allOf: [Parent]`, `Parent: oneOf: [Child, …]`)
//! satisfies that union by being what it is: `Child and (Child or Other)` is `Child`. `Doc::node` asks for that each time it meets
//! a union, so the targets are collected once.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::place::Place;
use crate::pointer::Pointer;
use crate::reference;

/// Parts of `allOf` in each other that are looked into.
const MOST_PARTS: usize = 8;

/// The identity of a node: its address in the tree, which does not change while the document is read.
fn id(value: &Value) -> usize {
    std::ptr::from_ref(value).addr()
}

/// Targets of branches, by the array of branches.
#[derive(Debug, Default)]
pub(super) struct Alternatives {
    targets: HashMap<usize, HashSet<usize>>,
}

impl Alternatives {
    /// Collects the alternatives of all components; `target` is where a schema leads that only refers to another one.
    pub(super) fn of<'d>(root: &'d Value, target: impl Fn(&Place<'d>) -> Option<Place<'d>>) -> Self {
        let mut found = Self::default();
        let components = root.pointer("/components/schemas").and_then(Value::as_object);
        for component in components.into_iter().flatten().map(|(_, schema)| schema) {
            found.collect(&target, component, id(component), 0);
        }
        found
    }

    fn collect<'d>(
        &mut self,
        target: &impl Fn(&Place<'d>) -> Option<Place<'d>>,
        schema: &'d Value,
        holder: usize,
        depth: usize,
    ) {
        for branches in ["oneOf", "anyOf"].iter().filter_map(|key| schema.get(*key)?.as_array()) {
            let mut targets = HashSet::new();
            for branch in branches {
                // One that is written in place may extend the union, too.
                targets.insert(id(branch));
                let mut place = Place::new(Pointer::root(), branch);
                for _ in 0..reference::MOST {
                    let Some(next) = target(&place) else { break };
                    if !targets.insert(id(next.value)) {
                        break;
                    }
                    place = next;
                }
            }
            // A branch that is the union itself says nothing of those that extend it.
            targets.remove(&holder);
            if !targets.is_empty() {
                self.targets.insert(std::ptr::from_ref(branches).addr(), targets);
            }
        }
        let parts = schema.get("allOf").and_then(Value::as_array).filter(|_| depth < MOST_PARTS);
        for part in parts.into_iter().flatten().filter(|part| part.get("$ref").is_none()) {
            self.collect(target, part, holder, depth + 1);
        }
    }

    /// Whether one of the schemas is a branch of the union.
    pub(super) fn has_branch<'s>(
        &self,
        branches: &Vec<Value>,
        mut schemas: impl Iterator<Item = &'s *const Value>,
    ) -> bool {
        self.targets
            .get(&std::ptr::from_ref(branches).addr())
            .is_some_and(|targets| schemas.any(|schema| targets.contains(&schema.addr())))
    }
}
