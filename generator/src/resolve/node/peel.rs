//! What is left of schemas that only refer to another one.

use serde_json::{Map, Value};

use super::merged::{Conjunction, Node, is_annotation};
use crate::reference;
use crate::resolve::doc::Doc;
use crate::resolve::place::Place;
use crate::tree::get;

/// How deep `allOf` in `allOf`, and unions in unions, are looked into.
pub(super) const DEPTH: usize = 64;

/// What a conjunction says, as long as it may amount to a reference.
#[derive(Default)]
pub(super) struct Peeled<'d> {
    /// Where its references lead.
    pub(super) targets: Conjunction<'d>,
    /// Its annotations.
    pub(super) beside: Node<'d>,
    /// `type`s without a reference beside them: those that the target must have.
    pub(super) types: Vec<&'d str>,
    /// What the target must require.
    pub(super) required: Vec<&'d str>,
}

impl Doc {
    /// Where a place leads that only refers, whatever it says of the types and properties of the target: that is not looked at, since
    /// the target may be a union that is being read.
    fn only_target<'d>(&'d self, place: &Place<'d>) -> Option<Place<'d>> {
        let mut peeled = Peeled::default();
        self.peel(place.value, &mut peeled, 0)?;
        peeled.targets.dedup();
        (peeled.targets.len() == 1).then(|| peeled.targets.remove(0))
    }

    /// Whether nothing but null fits a branch: a list of null alone, or a reference to one.
    pub(in crate::resolve) fn is_only_null(&self, branch: &[Place<'_>]) -> bool {
        let mut place = branch[0].clone();
        for _ in 0..reference::MOST {
            if let Some(values) = place.value.get("enum").and_then(Value::as_array) {
                return !values.is_empty() && values.iter().all(Value::is_null);
            }
            match self.only_target(&place) {
                Some(target) => place = target,
                None => return false,
            }
        }
        false
    }

    /// Collects the targets of a place that only refers; `None` where it constrains.
    pub(super) fn peel<'d>(&'d self, schema: &'d Value, peeled: &mut Peeled<'d>, depth: usize) -> Option<()> {
        let schema = schema.as_object()?;
        if depth > DEPTH {
            return None;
        }
        if let Some(reference) = get(schema, "$ref").and_then(Value::as_str) {
            peeled.targets.push(self.target(reference)?);
            return Some(());
        }
        if schema.iter().any(|(key, value)| !is_annotation(key) && constrains(key, value)) {
            return None;
        }
        let all_of = get(schema, "allOf").and_then(Value::as_array);
        if all_of.is_none() {
            peeled.types.extend(get(schema, "type").and_then(Value::as_str));
        }
        peeled.required.extend(names(schema));
        peeled.beside.annotate(schema);
        for branch in all_of.into_iter().flatten() {
            self.peel(branch, peeled, depth + 1)?;
        }
        Some(())
    }
}

/// Whether a keyword may say more than the target of a reference does; `type` and `required` are compared with it.
fn constrains(key: &str, value: &Value) -> bool {
    match key {
        "allOf" | "type" | "required" => false,
        "additionalProperties" => {
            !(value == &Value::Bool(true) || value.as_object().is_some_and(Map::is_empty))
        }
        "properties" => !value.as_object().is_some_and(Map::is_empty),
        _ => true,
    }
}

fn names(schema: &Map<String, Value>) -> impl Iterator<Item = &str> {
    get(schema, "required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}
