//! Where in a conjunction something is said: for reports, which point at the very word.

use serde_json::{Map, Value};

use super::doc::Doc;
use super::place::Place;
use crate::pointer::Pointer;

/// Schemas that are looked into.
const MOST: usize = 256;

impl Doc {
    /// The place in the original document of a keyword that holds at a conjunction; that of the conjunction if it is not found.
    pub(crate) fn keyword(&self, conjunction: &[Place<'_>], key: &str) -> Pointer {
        self.seek(conjunction, |at, schema| schema.contains_key(key).then(|| at.child(key)))
    }

    /// The same for a name in a `required`.
    pub(crate) fn required(&self, conjunction: &[Place<'_>], name: &str) -> Pointer {
        self.seek(conjunction, |at, schema| {
            let names = schema.get("required")?.as_array()?;
            let index = names.iter().position(|other| other.as_str() == Some(name))?;
            Some(at.child("required").child(index))
        })
    }

    /// The first response among the schemas that hold at a conjunction, outer ones first.
    fn seek(
        &self,
        conjunction: &[Place<'_>],
        found: impl Fn(&Pointer, &Map<String, Value>) -> Option<Pointer>,
    ) -> Pointer {
        let mut open: Vec<Place<'_>> = conjunction.iter().rev().cloned().collect();
        for _ in 0..MOST {
            let Some(place) = open.pop() else { break };
            let Some(schema) = place.value.as_object() else { continue };
            if let Some(at) = found(&place.at, schema) {
                return self.origin(&at);
            }
            if let Some(target) = schema.get("$ref").and_then(Value::as_str).and_then(|to| self.target(to)) {
                open.push(target);
            }
            let branches = schema.get("allOf").and_then(Value::as_array).into_iter().flatten().enumerate();
            let all_of = place.at.child("allOf");
            let inner =
                branches.map(|(index, value)| Place { at: all_of.child(index), value, beside: false });
            open.extend(inner.collect::<Vec<_>>().into_iter().rev());
        }
        conjunction.first().map_or_else(Pointer::root, |place| self.origin(&place.at))
    }
}
