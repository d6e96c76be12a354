//! Unions of literals: an enum where all candidates are constants, and serde's external tagging where some are objects of one
//! property.

use std::collections::HashSet;

use super::Candidate;
use crate::ir::{Enum, EnumRepr, EnumValue, Segment, Tagging, Ty, Union, Variant};
use crate::lower::context::Lower;
use crate::lower::{scalar, text};
use crate::resolve::{Additional, Node};

/// Words of a title that is a name.
const MOST_WORDS: usize = 5;

impl<'d> Lower<'d, '_> {
    /// The enum that candidates amount to, when each is a constant or an enum of strings (or of integers), or any string (or
    /// integer). Enums are open, so "any string" adds nothing.
    pub(super) fn literals(&self, candidates: &[Candidate<'d>]) -> Option<Enum> {
        let mut values = Vec::new();
        let mut reprs = HashSet::new();
        for candidate in candidates {
            let node = &candidate.node;
            if candidate.target.is_some() || !node.unions.is_empty() {
                return None;
            }
            match (&node.values, node.kind) {
                (Some(list), None | Some("string" | "integer")) => {
                    reprs.insert(scalar::repr(list));
                    values.extend(literal(node)?);
                }
                (None, Some("string")) if node.format.is_none() => {
                    reprs.insert(EnumRepr::String);
                }
                (None, Some("integer")) => {
                    reprs.insert(EnumRepr::Integer);
                }
                _ => return None,
            }
        }
        let mut seen = HashSet::new();
        values.retain(|value| seen.insert(value.wire.clone()));
        let repr = reprs.iter().next().copied().filter(|_| reprs.len() == 1 && !values.is_empty())?;
        Some(Enum { repr, values })
    }

    /// A union as serde writes an enum: a string for a variant without data, an object of one property for one with data.
    pub(super) fn external(&mut self, candidates: &[Candidate<'d>]) -> Option<Union> {
        let is_plain =
            |one: &Candidate<'d>| one.name.is_none() && !one.node.nullable && one.conjunction.len() == 1;
        if !candidates.iter().all(is_plain) {
            return None;
        }
        let (words, objects): (Vec<_>, Vec<_>) = candidates.iter().partition(|one| is_words(&one.node));
        let tags: Vec<&str> = objects.iter().map(|one| only_property(&one.node)).collect::<Option<_>>()?;
        let values = words.iter().filter_map(|one| literal(&one.node)).flatten();
        let values: Vec<String> = values.map(|value| value.wire).collect();
        let closed = objects.iter().all(|one| one.node.additional == Additional::Closed);
        let mut seen = HashSet::new();
        let mut all = values.iter().map(String::as_str).chain(tags);
        if objects.is_empty() || (words.is_empty() && !closed) || !all.all(|tag| seen.insert(tag)) {
            return None;
        }
        let variants = candidates.iter().flat_map(|one| self.external_variants(one)).collect();
        Some(Union { tagging: Tagging::External, variants, ..Union::default() })
    }

    fn external_variants(&mut self, candidate: &Candidate<'d>) -> Vec<Variant> {
        let node = &candidate.node;
        let origin = self.doc.origin(&candidate.conjunction[0].at);
        let Some(tag) = only_property(node) else {
            let unit = |value: EnumValue| Variant {
                origin: origin.clone(),
                name: value.name,
                ty: Ty::Unit,
                tags: vec![value.wire],
                docs: value.docs,
            };
            return literal(node).into_iter().flatten().map(unit).collect();
        };
        let payload = &node.properties[tag];
        let step = Segment::Variant(tag.to_owned());
        let ty = self.step(step, |this| this.schema(payload)).in_place();
        let docs = text::docs(&node.annotations, tag);
        vec![Variant { name: None, origin, ty, tags: vec![tag.to_owned()], docs }]
    }

    /// Puts the literals that are written in place into one candidate, so that there is one enum of them.
    pub(super) fn join_literals(candidates: &mut Vec<Candidate<'d>>) {
        let is_literal =
            |one: &Candidate<'d>| one.target.is_none() && one.conjunction.len() == 1 && is_words(&one.node);
        let Some(first) = candidates.iter().position(is_literal) else { return };
        let mut index = first + 1;
        while index < candidates.len() {
            if is_literal(&candidates[index]) {
                let other = candidates.remove(index);
                candidates[first].joined.push((other.conjunction, other.node));
            } else {
                index += 1;
            }
        }
    }
}

/// Whether a schema is a list of strings, and nothing else.
fn is_words(node: &Node<'_>) -> bool {
    let strings =
        |values: &Vec<&serde_json::Value>| !values.is_empty() && values.iter().all(|value| value.is_string());
    matches!(node.kind, None | Some("string"))
        && node.values.as_ref().is_some_and(strings)
        && !node.has_members()
}

/// The property of an object that has one, which it requires.
fn only_property<'d>(node: &Node<'d>) -> Option<&'d str> {
    let typed = matches!(node.additional, Additional::Typed(_));
    let is_object = matches!(node.kind, None | Some("object")) && node.unions.is_empty() && !typed;
    let only = node.properties.keys().next().filter(|_| node.properties.len() == 1 && is_object)?;
    node.requires(only).then_some(*only)
}

/// The values of a schema that is a list of constants; a single one takes title and description.
pub(super) fn literal(node: &Node<'_>) -> Option<Vec<EnumValue>> {
    let mut list = scalar::enumeration(node, node.values.as_deref()?)?;
    if let [only] = list.as_mut_slice() {
        only.docs = text::docs(&node.annotations, &only.wire);
        let title = node.annotations.title.filter(|title| is_name(title)).map(str::to_owned);
        only.name = only.name.take().or(title);
    }
    Some(list)
}

/// Whether a title is a name rather than a sentence.
fn is_name(title: &str) -> bool {
    title.split_whitespace().count() <= MOST_WORDS && title.chars().any(char::is_alphanumeric)
}
