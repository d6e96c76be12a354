//! Tags of unions in the structs that are their payloads.
//!
//! The union writes the tag. So a struct that one tag leads to has that tag as a constant: no field and no argument can
//! contradict the variant. Where several tags lead to it, the field stays as an enum of just these tags, and `new` asks
//! for it.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde_json::Value;

use super::context::Lower;
use crate::arena::Id;
use crate::ir::{
    Enum, EnumRepr, EnumValue, Owner, Presence, Rare, Segment, Shape, TagKind, Tagging, Ty, Type, TypeId,
    TypeName, Types,
};
use crate::resolve::Doc;

/// Values of one scalar type, as text.
pub(super) fn scalars(values: &[&Value]) -> Option<(TagKind, Vec<String>)> {
    let kind = match values.first()? {
        Value::String(_) => TagKind::String,
        Value::Bool(_) => TagKind::Boolean,
        value if value.is_i64() => TagKind::Integer,
        _ => return None,
    };
    let text = |value: &&Value| match (kind, value) {
        (TagKind::String, Value::String(text)) => Some(text.clone()),
        (TagKind::Boolean, Value::Bool(value)) => Some(value.to_string()),
        (TagKind::Integer, value) if value.is_i64() => Some(value.to_string()),
        _ => None,
    };
    Some((kind, values.iter().map(text).collect::<Option<_>>()?))
}

/// What the values of a property are that a schema declares, itself or in a part.
pub(super) fn kind(doc: &Doc, schema: &Value, property: &str) -> TagKind {
    let parts = schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
    let declared = std::iter::once(schema).chain(parts).find_map(|one| one.get("properties")?.get(property));
    let target = declared.and_then(|one| doc.target(one.get("$ref")?.as_str()?)).map(|place| place.value);
    match target.or(declared).and_then(|one| one.get("type")).and_then(Value::as_str) {
        Some("integer" | "number") => TagKind::Integer,
        Some("boolean") => TagKind::Boolean,
        _ => TagKind::String,
    }
}

impl TagKind {
    /// A tag as JSON text.
    fn json(self, tag: &str) -> String {
        match self {
            Self::String => Value::from(tag).to_string(),
            Self::Integer | Self::Boolean => tag.to_owned(),
        }
    }
}

/// The tags that lead to structs, by struct and property.
type Leading = BTreeMap<(TypeId, String), BTreeSet<String>>;

impl Lower<'_, '_> {
    /// Once all types are known: the tags of unions in their payloads.
    pub(super) fn settle_tags(&mut self) {
        let mut leading = Leading::new();
        for ty in &self.api.types {
            let Shape::Union(union) = &ty.shape else { continue };
            let Tagging::Member(property) = &union.tagging else { continue };
            for (index, variant) in union.variants.iter().enumerate() {
                let tags: Vec<String> = variant.tags.iter().map(|tag| union.tag.json(tag)).collect();
                // What comes without a tag, or with any, is said by the field.
                let any = union.default == Some(index);
                let add = |id: TypeId| {
                    let known = leading.entry((id, property.clone())).or_default();
                    known.extend(tags.iter().cloned());
                    known.extend(any.then(String::new));
                };
                structs(&self.api.types, &variant.ty, property, add);
            }
        }
        let mut unused = Vec::new();
        for ((id, property), tags) in leading {
            let tags: Vec<String> = tags.into_iter().collect();
            unused.extend(self.settle_tag(id, &property, &tags));
        }
        self.take_out(&unused);
    }

    /// Gives the type of a property that became a constant.
    fn settle_tag(&mut self, id: TypeId, property: &str, tags: &[String]) -> Option<TypeId> {
        let fits = |ty: &Ty| match behind(&self.api.types, ty) {
            Ty::String | Ty::Int(_) | Ty::Bool => true,
            Ty::Named(id) => matches!(self.api.types[id].shape, Shape::Enum(_)),
            _ => false,
        };
        let Shape::Struct(structure) = &self.api.types[id].shape else { return None };
        let at = structure.members.iter().position(|member| {
            member.wire == property
                && member.constant.is_none()
                && matches!(member.presence, Presence::Required | Presence::Optional)
                && fits(&member.ty)
        })?;
        let Shape::Struct(structure) = &mut self.api.types[id].shape else { return None };
        let member = &mut structure.members[at];
        match tags {
            [tag] if !tag.is_empty() => {
                member.constant = Some(tag.clone());
                member.default = None;
                match std::mem::replace(&mut member.ty, Ty::Any) {
                    Ty::Named(id) => Some(id),
                    _ => None,
                }
            }
            // Without a tag or with any: the field says what came.
            _ if tags.iter().any(String::is_empty) => {
                member.is_tag = false;
                None
            }
            _ => {
                member.is_tag = member.presence == Presence::Optional;
                self.own_tags(id, at, tags)
            }
        }
    }

    /// Gives a field the type of just the tags that lead to its struct, so that it cannot hold the tag of another variant.
    /// Returns the type that it had in place.
    fn own_tags(&mut self, id: TypeId, at: usize, tags: &[String]) -> Option<TypeId> {
        let types = &self.api.types;
        let Shape::Struct(structure) = &types[id].shape else { return None };
        let member = &structure.members[at];
        let declared = match behind(types, &member.ty) {
            Ty::Named(id) => match &types[id].shape {
                Shape::Enum(declared) => Some(declared),
                _ => return None,
            },
            _ => None,
        };
        let values: Vec<Value> = tags.iter().filter_map(|tag| serde_json::from_str(tag).ok()).collect();
        let (kind, mut own) = scalars(&values.iter().collect::<Vec<_>>())?;
        let repr = match kind {
            TagKind::String => EnumRepr::String,
            TagKind::Integer => EnumRepr::Integer,
            TagKind::Boolean => return None,
        };
        if declared.is_some_and(|declared| declared.repr != repr) {
            return None;
        }
        let values = declared.into_iter().flat_map(|declared| &declared.values).enumerate();
        let known: HashMap<&str, (usize, &EnumValue)> =
            values.map(|(index, value)| (value.wire.as_str(), (index, value))).collect();
        if !known.is_empty()
            && own.iter().filter(|wire| known.contains_key(wire.as_str())).count() == known.len()
        {
            return None;
        }
        // Declared ones in their order, then the others by name: which types are equal must not depend on the order of a mapping.
        own.sort_by_key(|wire| known.get(wire.as_str()).map_or(usize::MAX, |(index, _)| *index));
        let value = |wire: String| match known.get(wire.as_str()) {
            Some((_, value)) => (*value).clone(),
            None => EnumValue { wire, name: None, docs: Rare::default() },
        };
        let values = own.into_iter().map(value).collect();
        let new = Type {
            origin: member.origin.clone(),
            name: TypeName::Inline {
                owner: Owner::Type(id),
                path: vec![Segment::Member(member.wire.clone())],
                title: None,
            },
            docs: Rare::default(),
            shape: Shape::Enum(Enum { repr, values }),
            example: None,
            xml: Rare::default(),
        };
        let ty = Ty::Named(TypeId(types.len() as u32));
        self.api.types.push(new);
        let Shape::Struct(structure) = &mut self.api.types[id].shape else { return None };
        let member = &mut structure.members[at];
        if member.default.as_ref().is_some_and(|default| !tags.contains(default)) {
            member.default = None;
        }
        match std::mem::replace(&mut member.ty, ty) {
            Ty::Named(id) => Some(id),
            _ => None,
        }
    }

    /// Takes out types in place that nothing names any more.
    fn take_out(&mut self, unused: &[TypeId]) {
        let is_inline = |id: &TypeId| matches!(self.api.types[id].name, TypeName::Inline { .. });
        let mut gone: HashSet<TypeId> = unused.iter().copied().filter(is_inline).collect();
        if gone.is_empty() {
            return;
        }
        self.api.each_type(&mut |id| {
            gone.remove(id);
        });
        let mut moved = HashMap::new();
        for id in self.api.types.ids().filter(|id| !gone.contains(id)) {
            moved.insert(id, TypeId(moved.len() as u32));
        }
        let types = std::mem::take(&mut self.api.types);
        let left = types.into_iter().enumerate().filter(|(at, _)| !gone.contains(&TypeId::new(*at)));
        self.api.types = left.map(|(_, ty)| ty).collect();
        self.api.each_type(&mut |id| *id = moved[id]);
    }
}

/// Calls `add` for the structs that a variant holds: behind a union that is told apart by another property, those of its variants.
fn structs(types: &Types, ty: &Ty, property: &str, mut add: impl FnMut(TypeId)) {
    let mut seen = HashSet::new();
    let mut open = vec![ty];
    while let Some(ty) = open.pop() {
        let Ty::Named(id) = behind(types, ty) else { continue };
        if !seen.insert(*id) {
            continue;
        }
        match &types[id].shape {
            Shape::Struct(_) => add(*id),
            Shape::Union(inner) if inner.tagging != Tagging::Member(property.to_owned()) => {
                open.extend(inner.variants.iter().map(|variant| &variant.ty));
            }
            _ => {}
        }
    }
}

/// Follows aliases, and what may be null, to the use behind them.
fn behind<'t>(types: &'t Types, mut ty: &'t Ty) -> &'t Ty {
    for _ in 0..=types.len() {
        match ty.behind(types) {
            Ty::Nullable(inner) => ty = inner,
            other => return other,
        }
    }
    ty
}
