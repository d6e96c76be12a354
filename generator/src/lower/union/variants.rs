//! From candidates to the variants of a union.

use std::collections::HashSet;

use serde_json::Value;

use super::tags::Tags;
use super::{Candidate, literal};
use crate::ir::{Enum, EnumRepr, JsonType, Segment, Shape, TagKind, Tagging, Ty, TypeName, Union, Variant};
use crate::lower::context::Lower;
use crate::lower::schema::Use;
use crate::pointer::Pointer;
use crate::resolve::{Node, Place};

impl<'d> Lower<'d, '_> {
    /// The union that candidates amount to, or the type that is left of it where they fall together.
    pub(super) fn variants(
        &mut self,
        mut candidates: Vec<Candidate<'d>>,
        node: &Node<'d>,
        conjunction: &[Place<'d>],
    ) -> Shape {
        let tags = self.tags(&candidates, node, conjunction);
        if tags.is_none() {
            if let Some(union) = self.external(&candidates) {
                return Shape::Union(union);
            }
            Self::join_literals(&mut candidates);
        }
        let steps = if tags.is_none() { self.by_any_constants(&candidates) } else { None };
        let own = self.own_members(&candidates);
        let mut nullable = false;
        let mut variants = Vec::with_capacity(candidates.len());
        for (index, candidate) in candidates.iter().enumerate() {
            let of = tags.as_ref().map(|tags| tags.of[index].clone()).unwrap_or_default();
            let step = of.first().filter(|_| of.len() == 1 || candidate.name.is_none());
            // A number or a boolean says little without its property.
            let step = step.map(|tag| match &tags {
                Some(tags) if tags.kind != TagKind::String => format!("{} {tag}", tags.property),
                _ => tag.clone(),
            });
            let step = step.or_else(|| candidate.node.annotations.title.map(str::to_owned));
            let step = step.or_else(|| steps.as_ref().map(|steps| steps[index].clone()));
            let step = step.or_else(|| candidate.name.clone());
            let segment = match (step, &own[index]) {
                (Some(step), _) => Segment::Variant(step),
                (None, Some(member)) => Segment::Form(member.clone()),
                (None, None) => Segment::Variant((index + 1).to_string()),
            };
            let used = self.step(segment, |this| this.payload(candidate));
            nullable |= used.nullable;
            let docs = crate::lower::text::docs(&used.node.annotations, "");
            let origin = self.doc.origin(&candidate.conjunction[0].at);
            variants.push(Variant { name: None, origin, ty: used.ty, tags: of, docs });
        }
        match tags {
            Some(tags) => self.tagged(tags, variants, nullable),
            None => self.untagged(variants, nullable, conjunction),
        }
    }

    /// The type of a candidate: literals that were joined are one enum.
    fn payload(&mut self, candidate: &Candidate<'d>) -> Use<'d> {
        if candidate.joined.is_empty() {
            return self.schema(&candidate.conjunction);
        }
        let nodes = std::iter::once(&candidate.node).chain(candidate.joined.iter().map(|(_, node)| node));
        let values = nodes.clone().filter_map(literal::literal).flatten();
        let mut seen = HashSet::new();
        let values = values.filter(|value| seen.insert(value.wire.clone())).collect();
        let nullable = nodes.clone().any(|node| node.nullable);
        let shape = Shape::Enum(Enum { repr: EnumRepr::String, values });
        // The places of all of them: one alone stands for its own values.
        let places: Vec<Place<'d>> = candidate
            .conjunction
            .iter()
            .chain(candidate.joined.iter().flat_map(|(conjunction, _)| conjunction))
            .cloned()
            .collect();
        let node = Node { nullable, ..Node::default() };
        Use { ty: self.named(&places, &node, |_| shape), nullable, node }
    }

    fn tagged(&self, tags: Tags, variants: Vec<Variant>, nullable: bool) -> Shape {
        let Tags { property, kind, default, .. } = tags;
        match variants.as_slice() {
            [only] if default.is_none() && only.tags.is_empty() => {
                Shape::Alias(nullable_if(only.ty.clone(), nullable))
            }
            _ => Shape::Union(Union { tagging: Tagging::Member(property), tag: kind, default, variants }),
        }
    }

    fn untagged(&mut self, variants: Vec<Variant>, nullable: bool, conjunction: &[Place<'d>]) -> Shape {
        let mut variants = self.absorbed(variants);
        // An integer is a number too: it is tried first, since `f64` would round what is beyond 2^53.
        variants.sort_by_key(|variant| variant.ty == Ty::Float);
        match variants.as_slice() {
            [only] => Shape::Alias(nullable_if(only.ty.clone(), nullable)),
            _ if variants.iter().any(|variant| variant.ty == Ty::Any) => {
                Shape::Alias(self.untyped(conjunction, "a union with a branch that accepts any value"))
            }
            _ => Shape::Union(Union { tagging: Tagging::Shape, variants, ..Union::default() }),
        }
    }

    /// Leaves out variants that another variant holds already: the same type twice, a narrower scalar, a closed list of
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
                self.api.foreign[id].kinds.iter().all(|kind| *kind == JsonType::String)
            }
            (Ty::Named(_), Ty::String) => self.is_string_enum(wide),
            (Ty::Named(one), Ty::Named(other)) if one != other => {
                self.is_blank(narrow) && self.is_string_enum(wide)
            }
            _ => false,
        }
    }

    /// Whether a type is an enum of strings, by its schema (it may not be lowered yet).
    fn is_string_enum(&self, ty: &Ty) -> bool {
        self.enum_values(ty).is_some_and(|values| !values.is_empty())
    }

    /// Whether a type is an enum of the empty string alone, as Django writes a field that may be blank.
    fn is_blank(&self, ty: &Ty) -> bool {
        self.enum_values(ty).is_some_and(|values| values == [""])
    }

    /// The values of an enum of strings; `None` for other types.
    fn enum_values(&self, ty: &Ty) -> Option<Vec<&str>> {
        let Ty::Named(id) = ty else { return None };
        let ty = &self.api.types[id];
        match (&ty.shape, &ty.name) {
            (Shape::Enum(list), _) if list.repr == EnumRepr::String => {
                Some(list.values.iter().map(|value| value.wire.as_str()).collect())
            }
            (Shape::Alias(Ty::Any), TypeName::Component(key)) => {
                let schemas = Pointer::root().child("components").child("schemas");
                let schema = self.doc.value(&schemas.child(key))?;
                schema.get("enum")?.as_array()?.iter().map(Value::as_str).collect()
            }
            _ => None,
        }
    }

    /// Words for candidates that differ in a constant which is no string: `ok true`, `version 2`.
    fn by_any_constants(&mut self, candidates: &[Candidate<'d>]) -> Option<Vec<String>> {
        let first = candidates.first()?;
        let constant = |this: &mut Self, candidate: &Candidate<'d>, property: &str| {
            let places = candidate.node.properties.get(property)?;
            let value = this.doc.node(places, this.sink).constant()?;
            (value.is_boolean() || value.is_i64()).then(|| format!("{property} {value}"))
        };
        first.node.properties.keys().find_map(|property| {
            let words: Option<Vec<String>> =
                candidates.iter().map(|candidate| constant(self, candidate, property)).collect();
            let distinct = |words: &Vec<String>| words.iter().collect::<HashSet<_>>().len() == words.len();
            words.filter(distinct)
        })
    }
}

fn nullable_if(ty: Ty, nullable: bool) -> Ty {
    match ty {
        ty if nullable && !matches!(ty, Ty::Any | Ty::Nullable(_)) => Ty::Nullable(Box::new(ty)),
        ty => ty,
    }
}
