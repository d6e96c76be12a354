//! Schemas that are nothing but a reference, whatever else stands there that the target says, too.

use super::merged::{Node, Reference};
use super::peel::{DEPTH, Peeled};
use crate::diag::Sink;
use crate::resolve::doc::Doc;
use crate::resolve::place::Place;

impl Doc {
    /// The reference that this conjunction amounts to, if it adds nothing but annotations to what the target says.
    pub(crate) fn reference<'d>(&'d self, conjunction: &[Place<'d>]) -> Option<Reference<'d>> {
        let refers = |place: &Place<'_>| {
            let mut keys = place.value.as_object().into_iter().flat_map(|schema| schema.keys());
            keys.any(|key| key == "$ref" || key == "allOf")
        };
        if !conjunction.iter().any(refers) {
            return None;
        }
        let mut peeled = Peeled::default();
        for place in conjunction {
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
