//! `oneOf` and `anyOf`: which branches there are, how they are told apart, and when they are no union at all.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::Lower;
use crate::diag::{Code, Diagnostic};
use crate::ir::{Enum, EnumRepr, Segment, Shape, Tagging, Ty, TypeName, Variant};
use crate::pointer::Pointer;
use crate::resolve::{Conj, Node, Place};

mod several;

/// Branches of unions in unions that are combined with what stands beside them.
const MOST_COMBINED: usize = 20_000;

/// One branch of a union before it is lowered.
struct Branch<'d> {
    /// Its place first; then what stands beside the union and holds for each branch.
    conj: Conj<'d>,
    /// The component it refers to, if it is a plain reference.
    target: Option<Place<'d>>,
    /// The key of the component it begins with.
    name: Option<String>,
    node: Node<'d>,
}

impl<'d> Lower<'d, '_> {
    /// The shape of a node with `oneOf` or `anyOf`; `None` where the branches only constrain.
    pub(super) fn union(&mut self, node: &Node<'d>, conj: &[Place<'d>]) -> Option<Shape> {
        node.unions.first()?;
        let Some(ways) = self.ways(node, conj) else {
            return Some(Shape::Alias(
                self.untyped(conj, "several `oneOf` or `anyOf` that must hold at once"),
            ));
        };
        if ways.is_empty() && node.unions.iter().all(|group| !group.is_empty()) {
            self.note_conditions(conj);
            return None;
        }
        // A union that refers to unions has ways by their product.
        let nested = node.has_members() && conj.len() > 1;
        self.combined += if nested { ways.len() } else { 0 };
        if nested && self.combined > MOST_COMBINED {
            let message = format!(
                "unions in unions, with members beside them, make more than {MOST_COMBINED} branches"
            );
            let problem = Diagnostic::new(Code::TooLarge, &self.doc.origin(&conj[0].at), message);
            self.sink.report(problem.help("write the members beside a union into its branches"));
            return Some(Shape::Alias(Ty::Any));
        }
        let branches = self.branches(&ways, node, conj);
        if node.has_members() && branches.iter().all(|branch| self.only_constrains(branch, node)) {
            self.note_conditions(conj);
            return None;
        }
        Some(match branches.as_slice() {
            [] => Shape::Alias(self.untyped(conj, "a union without branches")),
            [only] => Shape::Alias(self.schema(&only.conj).in_place()),
            _ => match self.literals(&branches) {
                Some(list) => Shape::Enum(list),
                None => self.variants(branches, node, conj),
            },
        })
    }

    /// The branches with their places; what stands beside the union is added to each when it has members.
    fn branches(&mut self, group: &[Conj<'d>], node: &Node<'d>, outer: &[Place<'d>]) -> Vec<Branch<'d>> {
        let doc = self.doc;
        let mut out: Vec<Branch<'d>> = Vec::with_capacity(group.len());
        let mut targets = HashSet::new();
        for branch in group {
            let mut conj = branch.clone();
            if node.has_members() {
                // What is there already adds nothing: a union that refers to itself comes to an end.
                for place in outer {
                    let beside = Place { beside: true, ..place.clone() };
                    if !conj.contains(&beside) {
                        conj.push(beside);
                    }
                }
            }
            let target = doc.reference(&conj).map(|reference| reference.target);
            if target.as_ref().is_some_and(|target| !targets.insert(target.clone())) {
                continue;
            }
            let merged = doc.node(&conj, self.sink);
            let name = self.branch_name(branch);
            out.push(Branch { conj, target, name, node: merged });
        }
        out
    }

    /// Whether a branch adds no member and no type to what stands beside the union.
    fn only_constrains(&self, branch: &Branch<'_>, node: &Node<'_>) -> bool {
        branch.target.is_none()
            && branch.node.properties.keys().all(|name| node.properties.contains_key(name))
    }

    /// The enum that branches amount to, when each is a constant or an enum of strings (or of integers), or any string.
    /// Enums are open, so "any string" adds nothing.
    fn literals(&mut self, branches: &[Branch<'d>]) -> Option<Enum> {
        let mut values = Vec::new();
        let mut reprs = std::collections::HashSet::new();
        for branch in branches {
            if branch.node.kind.is_some_and(|kind| kind != "string" && kind != "integer")
                || branch.target.is_some()
            {
                return None;
            }
            match &branch.node.values {
                Some(list) => {
                    let repr = super::scalar::repr(list);
                    reprs.insert(repr);
                    let mut list = super::scalar::enumeration(&branch.node, list)?;
                    if let [only] = list.as_mut_slice() {
                        only.docs = super::text::docs(&branch.node.annotations, &only.wire);
                        let title = branch.node.annotations.title.map(str::to_owned);
                        // A number says little; its title says what it means.
                        only.name = only.name.take().or(title.filter(|_| repr == EnumRepr::Integer));
                    }
                    values.extend(list);
                }
                None if branch.node.kind == Some("string") && branch.node.format.is_none() => {
                    reprs.insert(EnumRepr::String);
                }
                None => return None,
            }
        }
        let mut seen = std::collections::HashSet::new();
        values.retain(|value| seen.insert(value.wire.clone()));
        let repr = reprs.iter().next().copied().filter(|_| reprs.len() == 1 && !values.is_empty())?;
        Some(Enum { repr, values })
    }

    fn variants(&mut self, branches: Vec<Branch<'d>>, node: &Node<'d>, conj: &[Place<'d>]) -> Shape {
        let (tagging, tags) = match self.tags(&branches, node, conj) {
            Some((property, tags)) => (Tagging::Member(property), tags),
            None => (Tagging::Shape, vec![Vec::new(); branches.len()]),
        };
        let steps = if tagging == Tagging::Shape { self.by_any_constants(&branches) } else { None };
        let own = self.own_members(&branches);
        let mut nullable = false;
        let mut variants = Vec::with_capacity(branches.len());
        for (index, (branch, tags)) in branches.iter().zip(tags).enumerate() {
            let step = tags.first().cloned().or_else(|| branch.node.annotations.title.map(str::to_owned));
            let step = step.or_else(|| steps.as_ref().map(|steps| steps[index].clone()));
            let step = step.or_else(|| branch.name.clone());
            let segment = match (step, &own[index]) {
                (Some(step), _) => Segment::Variant(step),
                (None, Some(member)) => Segment::Form(member.clone()),
                (None, None) => Segment::Variant((index + 1).to_string()),
            };
            let used = self.step(segment, |this| this.schema(&branch.conj));
            nullable |= used.nullable;
            let docs = super::text::docs(&used.node.annotations, "");
            variants.push(Variant {
                name: None,
                origin: self.doc.origin(&branch.conj[0].at),
                ty: used.ty,
                tags,
                docs,
            });
        }
        if tagging == Tagging::Shape {
            variants = self.absorbed(variants);
            // An integer is a number too: it is tried first, since `f64` would round what is beyond 2^53.
            variants.sort_by_key(|variant| variant.ty == Ty::Float);
        }
        let shape = match variants.as_slice() {
            [only] => Shape::Alias(only.ty.clone()),
            _ if variants.iter().any(|variant| variant.ty == Ty::Any) => {
                Shape::Alias(self.untyped(conj, "a union of which one branch is anything"))
            }
            _ => return Shape::Union(crate::ir::Union { tagging, variants }),
        };
        match shape {
            Shape::Alias(ty) if nullable && !matches!(ty, Ty::Any | Ty::Nullable(_)) => {
                Shape::Alias(Ty::Nullable(Box::new(ty)))
            }
            shape => shape,
        }
    }

    /// Leaves out branches that another branch holds already: the same type twice, a narrower scalar, a closed list of
    /// strings beside any string (enums are open).
    fn absorbed(&self, variants: Vec<Variant>) -> Vec<Variant> {
        // Of those that hold others one of each kind is enough: any string, and any enum of strings.
        let any_string = variants.iter().find(|variant| variant.ty == Ty::String);
        let any_enum = variants.iter().find(|variant| self.is_string_enum(&variant.ty));
        let wide: Vec<&Ty> = any_string.into_iter().chain(any_enum).map(|variant| &variant.ty).collect();
        let mut seen = HashSet::new();
        let mut is_new = |ty| seen.insert(ty) && !wide.iter().any(|wide| self.absorbs(wide, ty));
        let keep: Vec<bool> = variants.iter().map(|variant| is_new(&variant.ty)).collect();
        variants.into_iter().zip(keep).filter_map(|(variant, keep)| keep.then_some(variant)).collect()
    }

    /// Whether every value of `narrow` is a value of `wide`, which is another type.
    fn absorbs(&self, wide: &Ty, narrow: &Ty) -> bool {
        match (wide, narrow) {
            (Ty::String, Ty::Format(_) | Ty::Secret) => true,
            (Ty::String, Ty::Foreign(id)) => {
                self.api.foreign[id.0 as usize].kinds.iter().all(|kind| *kind == "STRING")
            }
            (Ty::Named(_), Ty::String) => self.is_string_enum(wide),
            _ => false,
        }
    }

    /// Whether a type is an enum of strings, by its schema (it may not be lowered yet).
    fn is_string_enum(&self, ty: &Ty) -> bool {
        let Ty::Named(id) = ty else { return false };
        let ty = &self.api.types[id.0 as usize];
        match (&ty.shape, &ty.name) {
            (Shape::Enum(list), _) => list.repr == EnumRepr::String,
            (Shape::Alias(Ty::Any), TypeName::Component(key)) => {
                let schemas = Pointer::root().child("components").child("schemas");
                let schema = self.doc.value(&schemas.child(key));
                let values = schema.and_then(|schema| schema.get("enum")).and_then(Value::as_array);
                values.is_some_and(|values| !values.is_empty() && values.iter().all(Value::is_string))
            }
            _ => false,
        }
    }

    /// The member that tells the branches apart, and the tags of each.
    fn tags(
        &mut self,
        branches: &[Branch<'d>],
        node: &Node<'d>,
        conj: &[Place<'d>],
    ) -> Option<(String, Vec<Vec<String>>)> {
        let Some(discriminator) = node.discriminator else {
            return self.by_constants(branches);
        };
        let property = discriminator.get("propertyName").and_then(Value::as_str)?;
        let tags =
            self.mapped_tags(branches, property, discriminator.get("mapping").and_then(Value::as_object));
        let problem = match branches
            .iter()
            .zip(&tags)
            .find(|(branch, tags)| tags.is_empty() || !is_object(&branch.node))
        {
            Some(_) => Some("a branch has no tag, or is no object".to_owned()),
            None => duplicate(&tags).map(|tag| format!("the tag `{tag}` leads to two branches")),
        };
        let Some(problem) = problem else { return Some((property.to_owned(), tags)) };
        let origin = self.doc.keyword(conj, "discriminator");
        self.sink.report(
            Diagnostic::new(Code::Discriminator, &origin, format!("the discriminator cannot be used: {problem}"))
                .help("give each branch a tag of its own in `mapping`; until then the branches are told apart by shape"),
        );
        self.by_constants(branches)
    }

    /// A member that is limited to other constants in each branch.
    fn by_constants(&mut self, branches: &[Branch<'d>]) -> Option<(String, Vec<Vec<String>>)> {
        let first = branches.first()?;
        first.node.properties.keys().find_map(|property| {
            let tags =
                |branch: &Branch<'d>| Some(self.constants(&branch.node, property)).filter(|t| !t.is_empty());
            let tags: Vec<_> = branches.iter().map(tags).collect::<Option<_>>()?;
            duplicate(&tags).is_none().then(|| ((*property).to_owned(), tags))
        })
    }

    /// Words for branches that differ in a constant which is no string: `ok true`, `version 2`.
    fn by_any_constants(&mut self, branches: &[Branch<'d>]) -> Option<Vec<String>> {
        let first = branches.first()?;
        let constant = |this: &mut Self, branch: &Branch<'d>, property: &str| {
            let places = branch.node.properties.get(property)?;
            let value = this.doc.node(places, this.sink).constant()?;
            (value.is_boolean() || value.is_i64()).then(|| format!("{property} {value}"))
        };
        first.node.properties.keys().find_map(|property| {
            let words: Option<Vec<String>> =
                branches.iter().map(|branch| constant(self, branch, property)).collect();
            let distinct = |words: &Vec<String>| {
                words.iter().collect::<std::collections::HashSet<_>>().len() == words.len()
            };
            words.filter(distinct)
        })
    }

    /// The string constants a member of a branch is limited to.
    fn constants(&mut self, node: &Node<'d>, property: &str) -> Vec<String> {
        let Some(places) = node.properties.get(property) else { return Vec::new() };
        let values = self.doc.node(places, self.sink).values.unwrap_or_default();
        let texts: Option<Vec<_>> = values.iter().map(|value| value.as_str().map(str::to_owned)).collect();
        texts.unwrap_or_default()
    }

    /// Tags by `mapping`, else by the constants of the branches, else by component name.
    fn mapped_tags(
        &mut self,
        branches: &[Branch<'d>],
        property: &str,
        mapping: Option<&serde_json::Map<String, Value>>,
    ) -> Vec<Vec<String>> {
        let mut by_target: HashMap<Pointer, Vec<String>> = HashMap::new();
        for (tag, target) in mapping.into_iter().flatten() {
            let Some(target) = target.as_str() else { continue };
            let named = Pointer::root().child("components").child("schemas").child(target);
            let target = if self.components.contains_key(&named) {
                Some(named)
            } else {
                self.doc.target(target).map(|place| place.at)
            };
            if let Some(target) = target {
                by_target.entry(target).or_default().push(tag.clone());
            }
        }
        branches
            .iter()
            .map(|branch| {
                let mapped = branch.target.as_ref().and_then(|target| by_target.get(&target.at)).cloned();
                let name = || {
                    branch.target.as_ref().and_then(|target| target.at.keys().last()).into_iter().collect()
                };
                let constants = self.constants(&branch.node, property);
                mapped.or(Some(constants).filter(|tags| !tags.is_empty())).unwrap_or_else(name)
            })
            .collect()
    }
}

/// Whether a branch can carry a tag.
fn is_object(node: &Node<'_>) -> bool {
    node.has_members() || node.kind == Some("object") || !node.unions.is_empty()
}

/// A tag that two branches share.
fn duplicate(tags: &[Vec<String>]) -> Option<&str> {
    let mut seen = std::collections::HashSet::new();
    tags.iter().flatten().find(|tag| !seen.insert(tag.as_str())).map(String::as_str)
}
