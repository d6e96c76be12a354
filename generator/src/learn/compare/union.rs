//! Unions: which alternative a value is, by its tag or by trying.

use std::cmp::Reverse;

use serde_json::{Map, Value};

use super::context::{Comparer, Kind, Outcome, Slot};
use crate::learn::schema::{Group, Part, View, array};
use crate::pointer::{Path, Pointer};

/// What the tag of a value says.
enum Tag {
    /// One of these alternatives.
    Known(Vec<usize>),
    /// A schema that is not an alternative.
    Beyond(Pointer),
    /// None of them.
    Unknown(String, String),
    /// Nothing.
    Silent,
}

impl<'d> Comparer<'d, '_> {
    /// A value of a schema with alternatives: the one that explains it best counts.
    pub(super) fn union<'v>(
        &self,
        view: &View<'d>,
        group: &Group<'d>,
        value: &'v Value,
        path: &Path<'_>,
        slot: Slot,
    ) -> Outcome<'v> {
        let branches: Vec<View<'d>> =
            (0..group.branches.len()).map(|at| self.schemas.view(&group.at.child(at))).collect();
        // A branch that is the union itself says nothing.
        let is_itself = |branch: &View<'d>| branch.parts.first().is_some_and(|part| part.at == group.part.at);
        let only_requires =
            |branch: &View<'d>| branch.parts.iter().all(|part| part.map.keys().all(|key| key == "required"));
        if branches.iter().all(only_requires) {
            return self.described(&view.with(group, Vec::new()), value, path, slot);
        }
        let open: Vec<usize> = (0..branches.len()).filter(|at| !is_itself(&branches[*at])).collect();
        let chosen = match self.tag(group, &branches, value) {
            Tag::Known(chosen) => chosen,
            Tag::Silent => open,
            Tag::Beyond(target) => {
                let parts = self.schemas.view(&target).parts;
                return self.described(&view.with(group, parts), value, path, slot);
            }
            Tag::Unknown(property, tag) => {
                return self.unknown_tag(view, &group.part, (property, tag), value, path);
            }
        };
        let tried = chosen
            .into_iter()
            .map(|at| self.described(&view.with(group, branches[at].parts.clone()), value, path, slot));
        let best = tried.min_by_key(|out| rank(out, value, path));
        let mut out = match best {
            Some(best) if best.breaking() == 0 || !is_far(&best, value, path) => best,
            _ => {
                let mut out = Outcome::default();
                out.report(Kind::Variant, &group.at, path, true).sample = Some(value);
                out
            }
        };
        out.seen.push(group.part.at.clone());
        out.seen.push(group.at.clone());
        out
    }

    /// A tag that no alternative has: the value is kept as it is.
    fn unknown_tag<'v>(
        &self,
        view: &View<'d>,
        part: &Part<'d>,
        (property, tag): (String, String),
        value: &'v Value,
        path: &Path<'_>,
    ) -> Outcome<'v> {
        let mut out = Outcome::default();
        let name = self.shown(view, &Value::String(tag), &path.key(&property));
        let difference = out.report(Kind::Tag, &part.at, path, false);
        (difference.name, difference.tag, difference.sample) = (name, Some(property), Some(value));
        out.seen.push(part.at.clone());
        out
    }

    /// What the tag of a value says about the alternatives.
    fn tag(&self, group: &Group<'d>, branches: &[View<'d>], value: &Value) -> Tag {
        let Some(members) = value.as_object() else { return Tag::Silent };
        let Some(discriminator) = group.part.map.get("discriminator").and_then(Value::as_object) else {
            return by_constants(self, branches, members);
        };
        let default = discriminator.get("defaultMapping").and_then(Value::as_str);
        let default = default.and_then(|name| self.schemas.named(name));
        let property = discriminator.get("propertyName").and_then(Value::as_str).unwrap_or_default();
        let Some(tag) = members.get(property).and_then(scalar) else {
            return default.map_or(Tag::Silent, Tag::Beyond);
        };
        let target = |branch: &View<'d>| branch.parts.first().map(|part| part.at.clone());
        if let Some(named) = mapped(discriminator, &tag).and_then(|name| self.schemas.named(name)) {
            let found: Vec<usize> =
                (0..branches.len()).filter(|at| target(&branches[*at]).as_ref() == Some(&named)).collect();
            return if found.is_empty() { Tag::Beyond(named) } else { Tag::Known(found) };
        }
        let says = |branch: &View<'d>| {
            let values = self.tags(branch, property);
            values.contains(&tag)
                || (values.is_empty()
                    && target(branch).is_some_and(|at| at.keys().last().as_deref() == Some(tag.as_str())))
        };
        let found: Vec<usize> = (0..branches.len()).filter(|at| says(&branches[*at])).collect();
        if !found.is_empty() {
            return Tag::Known(found);
        }
        if let Some(default) = default {
            return Tag::Beyond(default);
        }
        // A union inside the union may know it.
        if branches.iter().any(|branch| branch.groups().iter().any(|inner| inner.at != group.at)) {
            Tag::Silent
        } else {
            Tag::Unknown(property.to_owned(), tag)
        }
    }

    /// The values that a branch allows for its tag.
    fn tags(&self, branch: &View<'d>, property: &str) -> Vec<String> {
        let places = branch.property(property);
        if places.is_empty() {
            return Vec::new();
        }
        let view = self.schemas.joined(&places);
        view.parts.iter().flat_map(|part| array(part.map, "enum")).filter_map(scalar).collect()
    }

    /// A value of a parent that is one of its children, by the tag.
    pub(super) fn heir<'v>(
        &self,
        view: &View<'d>,
        value: &'v Value,
        path: &Path<'_>,
        slot: Slot,
    ) -> Option<Outcome<'v>> {
        let members = value.as_object()?;
        let is_parent = |part: &&Part<'d>| {
            part.map.contains_key("discriminator")
                && !part.map.contains_key("oneOf")
                && !part.map.contains_key("anyOf")
        };
        let part = view.parts.iter().find(is_parent)?;
        let discriminator = part.map.get("discriminator")?.as_object()?;
        let property = discriminator.get("propertyName")?.as_str()?;
        let tag = scalar(members.get(property)?)?;
        let heirs = self.schemas.heirs(&part.at);
        let mapped = mapped(discriminator, &tag).and_then(|name| self.schemas.named(name));
        let by_constant =
            || heirs.iter().find(|at| self.tags(&self.own(at, &part.at), property).contains(&tag)).cloned();
        let by_name = || heirs.iter().find(|at| at.keys().last().as_deref() == Some(tag.as_str())).cloned();
        let target = mapped.or_else(by_constant).or_else(by_name);
        let is_own = part.at.keys().last().as_deref() == Some(tag.as_str());
        match target {
            Some(target) if view.holds(&target) => None,
            Some(target) => {
                let mut next = self.schemas.view(&target);
                next.site = view.site.clone();
                // Children may name each other.
                Some(self.described(&next, value, path, slot.below(slot.is_optional)))
            }
            None if is_own || (heirs.is_empty() && !discriminator.contains_key("mapping")) => None,
            // Seen from a child, another tag is a matter of its own schema.
            None if view.parts.iter().any(|other| heirs.contains(&other.at)) => None,
            None => Some(self.unknown_tag(view, part, (property.to_owned(), tag), value, path)),
        }
    }

    /// What a child says itself, without its parent.
    fn own(&self, child: &Pointer, parent: &Pointer) -> View<'d> {
        let mut view = self.schemas.view(child);
        view.parts.retain(|part| part.at != *parent);
        view
    }
}

/// Alternatives without a discriminator: by a property that has another constant in each.
fn by_constants(of: &Comparer<'_, '_>, branches: &[View<'_>], members: &Map<String, Value>) -> Tag {
    let is_object = |branch: &&View<'_>| branch.kind().is_some_and(|(kind, _)| kind == "object");
    let objects: Vec<usize> = (0..branches.len()).filter(|at| is_object(&&branches[*at])).collect();
    if objects.len() < 2 {
        return Tag::Silent;
    }
    for name in members.keys() {
        let Some(tag) = members.get(name).and_then(scalar) else { continue };
        let tags: Vec<Vec<String>> = objects.iter().map(|at| of.tags(&branches[*at], name)).collect();
        let is_distinct = || {
            let mut all: Vec<&String> = tags.iter().flatten().collect();
            let count = all.len();
            all.sort_unstable();
            all.dedup();
            all.len() == count
        };
        if tags.iter().any(Vec::is_empty) || !is_distinct() {
            continue;
        }
        return match tags.iter().position(|tags| tags.contains(&tag)) {
            Some(at) => Tag::Known(vec![objects[at]]),
            None => Tag::Unknown(name.clone(), tag),
        };
    }
    Tag::Silent
}

/// What `mapping` says of a tag.
fn mapped<'d>(discriminator: &'d Map<String, Value>, tag: &str) -> Option<&'d str> {
    discriminator.get("mapping")?.get(tag)?.as_str()
}

/// The text of a string, a number or a boolean.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Whether the JSON type of the value itself is wrong.
fn is_other_type(out: &Outcome<'_>, path: &Path<'_>) -> bool {
    let here = path.pointer();
    out.found.iter().any(|one| one.kind == Kind::Type && one.path == here.as_str())
}

/// How badly an alternative explains a value.
type Rank = (bool, bool, usize, bool, usize, Reverse<usize>);

/// How well an alternative explains a value; the smallest is the best, as in the generated code.
fn rank(out: &Outcome<'_>, value: &Value, path: &Path<'_>) -> Rank {
    let explains_nothing = (value.is_object() || value.is_array()) && out.known == 0;
    let breaking = out.breaking();
    let others = out.found.len() - breaking;
    (is_other_type(out, path), out.constants > 0, breaking, explains_nothing, others, Reverse(out.known))
}

/// Whether an alternative has so little in common with a value that it is not what was meant.
fn is_far(best: &Outcome<'_>, value: &Value, path: &Path<'_>) -> bool {
    let count = value.as_object().map_or(0, Map::len);
    let here = path.pointer();
    let missing = best.found.iter().filter(|one| one.breaks && one.path == here.as_str()).count();
    let strange = best
        .found
        .iter()
        .filter(|one| {
            one.kind == Kind::Property && one.path.rsplit_once('/').is_some_and(|(up, _)| up == here.as_str())
        })
        .count();
    is_other_type(best, path) || (missing > 1 && strange * 2 > count)
}
