//! Inheritance: a component with a `discriminator` and no alternatives, and the components that extend it by `allOf`.
//!
//! Wherever the parent is meant, one of its children may come, so the parent is the union of them. Who they are is known
//! before anything is lowered. A child is a struct with the properties of the parent.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::{Map, Value};

use super::context::{Family, Lower};
use super::tag;
use super::union::mapping;
use crate::ir::{Owner, Rare, Segment, Shape, Tagging, Ty, Type, TypeName, Union, Variant};
use crate::pointer::Pointer;
use crate::reference;
use crate::resolve::{Doc, Place};

/// Parts of `allOf` in each other that are looked into.
const MOST_PARTS: usize = 8;

/// What extends what, and by which discriminator its children are told apart.
struct Tree<'d> {
    doc: &'d Doc,
    children: HashMap<Pointer, Vec<Pointer>>,
    discriminators: BTreeMap<Pointer, (&'d Map<String, Value>, &'d str)>,
}

/// The parents of a document.
pub(super) fn families(doc: &Doc) -> BTreeMap<Pointer, Family> {
    let base = Pointer::root().child("components").child("schemas");
    let mut tree = Tree { doc, children: HashMap::new(), discriminators: BTreeMap::new() };
    for (key, schema) in doc.value(&base).and_then(Value::as_object).into_iter().flatten() {
        let at = base.child(key);
        for parent in extends(doc, schema, 0) {
            tree.children.entry(parent).or_default().push(at.clone());
        }
        let discriminator = if has_alternatives(schema, 0) { None } else { discriminator(schema, 0) };
        let property = discriminator.and_then(|one| one.get("propertyName")).and_then(Value::as_str);
        if let (Some(discriminator), Some(property)) = (discriminator, property) {
            tree.discriminators.insert(at, (discriminator, property));
        }
    }
    let family = |at: &Pointer| Some((at.clone(), tree.family(at)?));
    tree.discriminators.keys().filter_map(family).collect()
}

/// The parts of a schema that are written in place.
fn parts(schema: &Value, depth: usize) -> impl Iterator<Item = &Value> {
    let parts = schema.get("allOf").and_then(Value::as_array).filter(|_| depth < MOST_PARTS);
    parts.into_iter().flatten().filter(|part| part.get("$ref").is_none())
}

/// Whether a schema lists alternatives, itself or in a part.
fn has_alternatives(schema: &Value, depth: usize) -> bool {
    ["oneOf", "anyOf", "$ref"].iter().any(|key| schema.get(key).is_some())
        || parts(schema, depth).any(|part| has_alternatives(part, depth + 1))
}

/// The discriminator of a schema, which may stand in a part of it.
fn discriminator(schema: &Value, depth: usize) -> Option<&Map<String, Value>> {
    let own = schema.get("discriminator").and_then(Value::as_object);
    own.or_else(|| parts(schema, depth).find_map(|part| discriminator(part, depth + 1)))
}

/// The components that a schema extends.
fn extends(doc: &Doc, schema: &Value, depth: usize) -> Vec<Pointer> {
    let branches = schema.get("allOf").and_then(Value::as_array).filter(|_| depth < MOST_PARTS);
    let mut found = Vec::new();
    for branch in branches.into_iter().flatten() {
        match branch.get("$ref").and_then(Value::as_str) {
            Some(reference) => found.extend(doc.target(reference).map(|place| place.at)),
            None => found.extend(extends(doc, branch, depth + 1)),
        }
    }
    found
}

impl Tree<'_> {
    /// The union that a component is, if others extend it or its mapping leads to others.
    fn family(&self, at: &Pointer) -> Option<Family> {
        let (discriminator, property) = self.discriminators.get(at)?;
        let mut mapped: Vec<(Pointer, Vec<String>)> = Vec::new();
        for (tag, target) in mapping(self.doc, discriminator) {
            let Some(target) = target.map(|target| self.end(target)) else { continue };
            match mapped.iter_mut().find(|(known, _)| *known == target) {
                Some((_, tags)) => tags.push(tag.to_owned()),
                None => mapped.push((target, vec![tag.to_owned()])),
            }
        }
        let own = self.extend(at, property, &mapped);
        let mut taken = HashSet::new();
        let mut children = Vec::new();
        for child in &own {
            let name = || child.keys().last().into_iter().collect();
            let mut tags = match mapped.iter().find(|(target, _)| target == child) {
                Some((_, tags)) => tags.clone(),
                None if child == at || self.is_alias(child) => continue,
                None => self.constants(child, property).unwrap_or_else(name),
            };
            // A tag counts for the first that has it.
            tags.retain(|tag| taken.insert(tag.clone()));
            if !tags.is_empty() {
                children.push((child.clone(), tags));
            }
        }
        let extending = children.len();
        let is_other = |target: &Pointer| target != at && !own.contains(target) && self.is_object(target);
        children.extend(mapped.iter().filter(|(target, _)| is_other(target)).cloned());
        let is_parent = children.iter().any(|(child, _)| child != at);
        let kind = tag::kind(self.doc, self.doc.value(at)?, property);
        is_parent.then(|| Family { property: (*property).to_owned(), kind, children, extending })
    }

    /// The parent and all that extend it, also by way of others. Those that extend a child with a discriminator of its own belong to
    /// that child, unless the mapping names them.
    fn extend(&self, parent: &Pointer, property: &str, mapped: &[(Pointer, Vec<String>)]) -> Vec<Pointer> {
        let mut all = vec![(parent.clone(), false)];
        let mut next = 0;
        while let Some((one, hidden)) = all.get(next).cloned() {
            let own = self.discriminators.get(&one).is_some_and(|(_, other)| *other != property);
            let hidden = hidden || own;
            for child in self.children.get(&one).into_iter().flatten() {
                if !all.iter().any(|(known, _)| known == child) {
                    all.push((child.clone(), hidden));
                }
            }
            next += 1;
        }
        let is_named = |at: &Pointer| mapped.iter().any(|(target, _)| target == at);
        all.into_iter().filter(|(at, hidden)| !hidden || is_named(at)).map(|(at, _)| at).collect()
    }

    /// The component at the end of other names.
    fn end(&self, place: Place<'_>) -> Pointer {
        let mut at = place.at.clone();
        for _ in 0..reference::MOST {
            let next = self
                .doc
                .place(at.clone())
                .and_then(|place| self.doc.reference(&[place]).map(|to| to.target.at));
            match next {
                // A child that adds nothing is no other name of its parent.
                Some(next) if !self.children.get(&next).is_some_and(|all| all.contains(&at)) => at = next,
                _ => break,
            }
        }
        at
    }

    /// Whether a component says nothing but another name of its parent, with remarks.
    fn is_alias(&self, at: &Pointer) -> bool {
        self.doc.place(at.clone()).is_some_and(|place| self.doc.reference(&[place]).is_some())
    }

    fn is_object(&self, at: &Pointer) -> bool {
        let schema = self.doc.value(at);
        schema.is_some_and(|schema| ["properties", "allOf"].iter().any(|key| schema.get(key).is_some()))
    }

    /// The tags that a child gives itself, by a constant among the properties that it adds.
    fn constants(&self, at: &Pointer, property: &str) -> Option<Vec<String>> {
        let schema = self.doc.value(at)?;
        let values = std::iter::once(schema)
            .chain(parts(schema, 0))
            .find_map(|one| one.get("properties")?.get(property)?.get("enum")?.as_array())?;
        tag::scalars(&values.iter().collect::<Vec<_>>()).map(|(_, tags)| tags)
    }
}

impl<'d> Lower<'d, '_> {
    /// The union that a component is, if it is a parent.
    pub(super) fn family(&mut self, at: &Pointer, conjunction: &[Place<'d>]) -> Option<Shape> {
        let family = self.families.get(at).cloned()?;
        let mut variants = Vec::new();
        for (index, (child, tags)) in family.children.into_iter().enumerate() {
            let docs = Rare::default();
            let ty = match self.components.get(&child) {
                _ if child == *at => self.parent(conjunction),
                Some(id) if index < family.extending => Ty::Named(*id),
                _ => self.beside_parent(&child, conjunction, &tags[0])?,
            };
            variants.push(Variant { origin: self.doc.origin(&child), ty, tags, name: None, docs });
        }
        let tagging = Tagging::Member(family.property);
        Some(Shape::Union(Union { tagging, tag: family.kind, variants, ..Union::default() }))
    }

    /// A schema that stands in the mapping without extending the parent: with the properties of the parent, if it lacks them.
    fn beside_parent(&mut self, child: &Pointer, conjunction: &[Place<'d>], tag: &str) -> Option<Ty> {
        let place = self.doc.place(child.clone())?;
        let (own, parent) =
            (self.doc.node(std::slice::from_ref(&place), self.sink), self.doc.node(conjunction, self.sink));
        match self.components.get(child).copied() {
            Some(id) if !Self::says_more(&parent) || self.covers(&own, &parent) => Some(Ty::Named(id)),
            _ => {
                let both: Vec<Place<'d>> =
                    std::iter::once(place).chain(conjunction.iter().cloned()).collect();
                let step = Segment::Variant(tag.to_owned());
                Some(self.step(step, |this| this.schema(&both)).in_place())
            }
        }
    }

    /// The parent as a variant of itself: a struct of its own.
    fn parent(&mut self, conjunction: &[Place<'d>]) -> Ty {
        let node = self.doc.node(conjunction, self.sink);
        let path = vec![Segment::Variant("base".to_owned())];
        let name = TypeName::Inline { owner: self.owner.clone(), path, title: None };
        let id = crate::ir::TypeId(self.api.types.len() as u32);
        let origin = self.doc.origin(&conjunction[0].at);
        let docs = super::text::docs(&node.annotations, "");
        self.api.types.push(Type {
            origin,
            name,
            docs,
            shape: Shape::Alias(Ty::Any),
            example: None,
            xml: Default::default(),
        });
        let shape = self.within(Owner::Type(id), |this| Shape::Struct(this.structure(&node, conjunction)));
        self.api.types[id].shape = shape;
        Ty::Named(id)
    }

    /// Whether a component extends a parent, so that it is a type of its own even where it adds nothing.
    pub(super) fn is_child(&self, parent: &Pointer, at: &Pointer) -> bool {
        let children = self.families.get(parent).map(|family| family.children.as_slice());
        children.unwrap_or_default().iter().any(|(child, _)| child == at) || self.doc.lists(parent, at)
    }
}
