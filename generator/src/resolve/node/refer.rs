//! Schemas that are nothing but a reference, whatever else stands there that the target says, too.

use serde_json::{Map, Value};

use super::{Conjunction, Node, Reference, is_annotation};
use crate::diag::Sink;
use crate::reference;
use crate::resolve::doc::Doc;
use crate::resolve::place::Place;

/// How deep `allOf` in `allOf`, and unions in unions, are looked into.
const DEPTH: usize = 64;

/// What a conjunction says, as long as it may amount to a reference.
#[derive(Default)]
struct Peeled<'d> {
    /// Where its references lead.
    targets: Conjunction<'d>,
    /// Its annotations.
    beside: Node<'d>,
    /// `type`s without a reference beside them: those that the target must have.
    types: Vec<&'d str>,
    /// What the target must require.
    required: Vec<&'d str>,
}

impl Doc {
    /// The reference that this conjunction amounts to, if it adds nothing but annotations to what the target says.
    pub(crate) fn reference<'d>(&'d self, conj: &[Place<'d>]) -> Option<Reference<'d>> {
        let mut peeled = Peeled::default();
        for place in conj {
            if place.beside {
                return None;
            }
            self.peel(place.value, &mut peeled, 0)?;
        }
        let Peeled { mut targets, beside, types, required } = peeled;
        targets.dedup();
        let [target] = targets.as_slice() else { return None };
        if !(types.is_empty() && required.is_empty()) {
            // What is wrong with the target is said where it is read.
            let node = self.node(std::slice::from_ref(target), &mut Sink::new());
            let is_required = required.iter().all(|name| node.requires(name));
            if !is_required || !types.iter().all(|kind| self.is_of(&node, kind, 0)) {
                return None;
            }
        }
        Some(Reference { target: target.clone(), beside })
    }

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
    fn peel<'d>(&'d self, schema: &'d Value, peeled: &mut Peeled<'d>, depth: usize) -> Option<()> {
        let schema = schema.as_object()?;
        if depth > DEPTH {
            return None;
        }
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            peeled.targets.push(self.target(reference)?);
            return Some(());
        }
        if schema.iter().any(|(key, value)| !is_annotation(key) && constrains(key, value)) {
            return None;
        }
        let all_of = schema.get("allOf").and_then(Value::as_array);
        if all_of.is_none() {
            peeled.types.extend(schema.get("type").and_then(Value::as_str));
        }
        peeled.required.extend(names(schema));
        peeled.beside.annotate(schema);
        for branch in all_of.into_iter().flatten() {
            self.peel(branch, peeled, depth + 1)?;
        }
        Some(())
    }

    /// Whether all values of a node are of this type, so that saying so adds nothing.
    fn is_of(&self, node: &Node<'_>, kind: &str, depth: usize) -> bool {
        if let Some(own) = node.kind {
            return own == kind || (own, kind) == ("integer", "number");
        }
        depth < DEPTH
            && node.values.is_none()
            && node.unions.iter().any(|branches| {
                branches
                    .iter()
                    .all(|branch| self.is_of(&self.node(branch, &mut Sink::new()), kind, depth + 1))
            })
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
    schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}

#[cfg(test)]
mod tests {
    use crate::Input;
    use crate::diag::Sink;
    use crate::source::Source;

    #[test]
    fn a_union_may_lead_to_itself_with_more_beside() {
        let text = r##"{"openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": {}, "components": {"schemas": {
            "A": {"oneOf": [{"required": ["x"], "allOf": [{"$ref": "#/components/schemas/A"}]}, {"type": "string"}]}
        }}}"##;
        assert!(crate::ir(&Input::new(Source::new("a.json", text)), &mut Sink::new()).is_some());
    }
}
