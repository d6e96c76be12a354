//! Inheritance: a component with a `discriminator` and no alternatives, and the components that extend it by `allOf`.
//!
//! Wherever the parent is meant, one of its children may come, so the parent is the union of them. Who they are is known
//! before anything is lowered. A child is a struct with the members of the parent; its tag is a constant.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use super::Lower;
use crate::ir::{Docs, Owner, Segment, Shape, Tagging, Ty, Type, TypeName, Union, Variant};
use crate::pointer::Pointer;
use crate::resolve::{Doc, Place};

/// A parent.
#[derive(Clone, Debug)]
pub(super) struct Family {
    /// The member that tells the children apart.
    property: String,
    /// Children with their tags, in document order; the parent itself only where the mapping names it.
    children: Vec<(Pointer, Vec<String>)>,
}

/// The parents of a document.
pub(super) fn families(doc: &Doc) -> BTreeMap<Pointer, Family> {
    let base = Pointer::root().child("components").child("schemas");
    let components = || doc.value(&base).and_then(Value::as_object).into_iter().flatten();
    let mut children: HashMap<Pointer, Vec<Pointer>> = HashMap::new();
    for (key, schema) in components() {
        for parent in extends(doc, schema, 0) {
            children.entry(parent).or_default().push(base.child(key));
        }
    }
    let mut families = BTreeMap::new();
    for (key, schema) in components() {
        let at = base.child(key);
        let alternatives = ["oneOf", "anyOf", "$ref"].iter().any(|key| schema.get(key).is_some());
        let discriminator = schema.get("discriminator").filter(|_| !alternatives);
        let property = discriminator.and_then(|one| one.get("propertyName")).and_then(Value::as_str);
        if let (Some(property), true) = (property, children.contains_key(&at)) {
            let mapping = discriminator.and_then(|one| one.get("mapping")).and_then(Value::as_object);
            let tags = mapped(doc, &base, mapping.into_iter().flatten());
            let children = members(&at, &children, &tags, property, doc);
            families.insert(at, Family { property: property.to_owned(), children });
        }
    }
    families
}

/// The components that a schema extends.
fn extends(doc: &Doc, schema: &Value, depth: usize) -> Vec<Pointer> {
    let branches = schema.get("allOf").and_then(Value::as_array).filter(|_| depth < 8);
    let mut found = Vec::new();
    for branch in branches.into_iter().flatten() {
        match branch.get("$ref").and_then(Value::as_str) {
            Some(reference) => found.extend(doc.target(reference).map(|place| place.at)),
            None => found.extend(extends(doc, branch, depth + 1)),
        }
    }
    found
}

/// Tags by what the mapping leads to.
fn mapped<'d>(
    doc: &Doc,
    base: &Pointer,
    mapping: impl Iterator<Item = (&'d String, &'d Value)>,
) -> HashMap<Pointer, Vec<String>> {
    let mut tags: HashMap<Pointer, Vec<String>> = HashMap::new();
    for (tag, target) in mapping {
        let Some(target) = target.as_str() else { continue };
        let named = base.child(target);
        let place =
            if doc.value(&named).is_some() { Some(named) } else { doc.target(target).map(|place| place.at) };
        tags.entry(place.unwrap_or_else(Pointer::root)).or_default().push(tag.clone());
    }
    tags
}

/// All who extend a parent, also by way of others, each once; a tag counts for the first who has it.
fn members(
    parent: &Pointer,
    children: &HashMap<Pointer, Vec<Pointer>>,
    mapped: &HashMap<Pointer, Vec<String>>,
    property: &str,
    doc: &Doc,
) -> Vec<(Pointer, Vec<String>)> {
    let mut all = vec![parent.clone()];
    let mut next = 0;
    while let Some(one) = all.get(next).cloned() {
        for child in children.get(&one).into_iter().flatten() {
            if !all.contains(child) {
                all.push(child.clone());
            }
        }
        next += 1;
    }
    let mut taken = std::collections::HashSet::new();
    let mut out = Vec::new();
    for at in all {
        let own = || constants(doc, &at, property);
        let name = || at.keys().last().into_iter().collect();
        let mut tags = match mapped.get(&at) {
            Some(tags) => tags.clone(),
            None if at == *parent || is_alias(doc, &at) => continue,
            None => own().unwrap_or_else(name),
        };
        tags.retain(|tag| taken.insert(tag.clone()));
        if !tags.is_empty() {
            out.push((at, tags));
        }
    }
    out
}

/// Whether a component says nothing but another name of its parent, with remarks.
fn is_alias(doc: &Doc, at: &Pointer) -> bool {
    doc.place(at.clone()).is_some_and(|place| doc.reference(&[place]).is_some())
}

/// The tags a child gives itself, by a constant among the members that it adds.
fn constants(doc: &Doc, at: &Pointer, property: &str) -> Option<Vec<String>> {
    let schema = doc.value(at)?;
    let branches = schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
    let values = std::iter::once(schema)
        .chain(branches)
        .find_map(|one| one.get("properties")?.get(property)?.get("enum")?.as_array())?;
    values.iter().map(|value| value.as_str().map(str::to_owned)).collect()
}

impl<'d> Lower<'d, '_> {
    /// The union that a component is, if it is a parent.
    pub(super) fn family(&mut self, at: &Pointer, conj: &[Place<'d>]) -> Option<Shape> {
        let family = self.families.get(at).cloned()?;
        let mut variants = Vec::new();
        for (child, tags) in family.children {
            let ty = if child == *at { self.parent(conj) } else { Ty::Named(*self.components.get(&child)?) };
            let origin = self.doc.origin(&child);
            variants.push(Variant { origin, ty, tags, name: None, docs: Docs::default() });
        }
        let tagging = Tagging::Member(family.property);
        (!variants.is_empty()).then_some(Shape::Union(Union { tagging, variants }))
    }

    /// The parent as a variant of itself: a struct of its own.
    fn parent(&mut self, conj: &[Place<'d>]) -> Ty {
        let node = self.doc.node(conj, self.sink);
        let path = vec![Segment::Variant("base".to_owned())];
        let name = TypeName::Inline { owner: self.owner.clone(), path, title: None };
        let id = crate::ir::TypeId(self.api.types.len() as u32);
        let origin = self.doc.origin(&conj[0].at);
        let docs = super::text::docs(&node.annotations, "");
        self.api.types.push(Type { origin, name, docs, shape: Shape::Alias(Ty::Any), example: None });
        let shape = self.within(Owner::Type(id), |this| Shape::Struct(this.structure(&node, conj)));
        self.api.types[id.0 as usize].shape = shape;
        Ty::Named(id)
    }

    /// Whether a component extends a parent, so that it is a type of its own even where it adds nothing.
    pub(super) fn is_child(&self, target: &Pointer, at: &Pointer) -> bool {
        let children = self.families.get(target).map(|family| family.children.as_slice());
        children.unwrap_or_default().iter().any(|(child, _)| child == at)
    }

    /// Makes the tag of a child a constant: every child has its own.
    pub(super) fn fix_tag(&self, at: &Pointer, shape: &mut Shape) {
        let Shape::Struct(structure) = shape else { return };
        for family in self.families.values() {
            let Some((_, tags)) = family.children.iter().find(|(child, _)| child == at) else { continue };
            let member = structure.members.iter_mut().find(|member| member.wire == family.property);
            if let ([tag], Some(member)) = (tags.as_slice(), member)
                && matches!(member.presence, crate::ir::Presence::Required)
                && member.constant.is_none()
                && member.ty == Ty::String
            {
                member.constant = Some(Value::from(tag.as_str()).to_string());
                member.default = None;
                member.ty = Ty::Any;
            }
        }
    }
}
