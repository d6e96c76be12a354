//! `oneOf` and `anyOf`: one model of a union, from which its Rust type follows.
//!
//! The model is a list of [`Candidate`]s and, where a property tells them apart, its name and the tags of each (`tags`). It
//! is made from a conjunction of schemas in this order: the groups that hold at once become one list (`several`); branches that are
//! the union itself are left out, and those of another type than the rest of the conjunction (`branches`); what stands beside the
//! union goes into each branch; branches that only limit the members beside them are no union at all. What is left is a list of
//! literals, serde's external tagging (`literal`), a union with tags, or one told apart by shape (`variants`).

use std::collections::HashSet;

use super::context::Lower;
use crate::diag::{Code, Diagnostic};
use crate::ir::{Shape, Ty};
use crate::resolve::{Conjunction, Node, Place};

mod branches;
mod literal;
mod several;
mod tags;
mod variants;

pub(super) use tags::mapping;

/// Branches of unions in unions that are combined with what stands beside them.
const MOST_COMBINED: usize = 20_000;

/// One candidate of a union before it is lowered.
struct Candidate<'d> {
    /// All that holds for it: the branch first, then what stands beside the union, unless the branch says all of that itself.
    conjunction: Conjunction<'d>,
    /// The component that the branch refers to, if it is a plain reference.
    target: Option<Place<'d>>,
    /// The keys of the components that the branch is made of.
    name: Option<String>,
    /// What holds, merged.
    node: Node<'d>,
    /// Literals that are written in place as this one is, and belong to one enum with it.
    joined: Vec<(Conjunction<'d>, Node<'d>)>,
}

impl<'d> Lower<'d, '_> {
    /// The shape of a node with `oneOf` or `anyOf`; `None` where the branches only constrain.
    pub(super) fn union(&mut self, node: &Node<'d>, conjunction: &[Place<'d>]) -> Option<Shape> {
        node.unions.first()?;
        let Some(ways) = self.ways(node, conjunction) else {
            return Some(Shape::Alias(
                self.untyped(conjunction, "several `oneOf` or `anyOf` that must match at once"),
            ));
        };
        if ways.is_empty() && node.unions.iter().all(|group| !group.is_empty()) {
            self.note_conditions(conjunction);
            return None;
        }
        let ways = self.without_circles(ways, conjunction);
        let ways = self.narrowed(ways, node)?;
        // A union that refers to unions has ways by their product.
        let nested = node.has_members() && conjunction.len() > 1;
        self.combined += if nested { ways.len() } else { 0 };
        if nested && self.combined > MOST_COMBINED {
            let message = format!(
                "nested unions, combined with the properties next to them, have more than {MOST_COMBINED} branches"
            );
            let problem = Diagnostic::new(Code::TooLarge, &self.doc.origin(&conjunction[0].at), message);
            self.sink.report(problem.help("move the properties next to a union into its branches"));
            return Some(Shape::Alias(Ty::Any));
        }
        let candidates = self.candidates(&ways, node, conjunction);
        if !node.discriminates
            && node.has_members()
            && candidates.iter().all(|one| self.only_constrains(one, node))
        {
            self.note_conditions(conjunction);
            return None;
        }
        Some(match candidates.as_slice() {
            [] => Shape::Alias(self.untyped(conjunction, "a union without branches")),
            [only] if !node.discriminates => Shape::Alias(self.schema(&only.conjunction).in_place()),
            _ => match self.literals(&candidates) {
                Some(list) => Shape::Enum(list),
                None => self.variants(candidates, node, conjunction),
            },
        })
    }

    /// The candidates: each branch, once per component.
    fn candidates(
        &mut self,
        group: &[Conjunction<'d>],
        node: &Node<'d>,
        outer: &[Place<'d>],
    ) -> Vec<Candidate<'d>> {
        let mut out: Vec<Candidate<'d>> = Vec::with_capacity(group.len());
        let mut targets = HashSet::new();
        for branch in group {
            let target = self.doc.reference(branch).map(|reference| reference.target);
            if target.as_ref().is_some_and(|target| !targets.insert(target.clone())) {
                continue;
            }
            let own = self.doc.node(branch, self.sink);
            let covers = !Self::says_more(node) || self.covers(&own, node);
            let mut conjunction = branch.clone();
            if !covers {
                // What is there already adds nothing: a union that refers to itself comes to an end.
                for place in outer {
                    let beside = Place { beside: true, ..place.clone() };
                    if !conjunction.contains(&beside) {
                        conjunction.push(beside);
                    }
                }
            }
            let node = if covers { own } else { self.doc.node(&conjunction, self.sink) };
            let name = self.branch_name(branch);
            out.push(Candidate { conjunction, target, name, node, joined: Vec::new() });
        }
        out
    }

    /// Whether a candidate adds no property and no type to what stands beside the union.
    fn only_constrains(&self, candidate: &Candidate<'_>, node: &Node<'_>) -> bool {
        candidate.node.properties.keys().all(|name| node.properties.contains_key(name))
    }
}
