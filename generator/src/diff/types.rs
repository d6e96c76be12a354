//! Changes of types.

use super::both::{At, Both};
use super::kind::Kind;
use super::spell::{name, ty};
use crate::ir::{Tagging, Ty, TypeId, TypeName};
use crate::pointer::Pointer;
use crate::sdk::{Enum, Ident, Sdk, Shape, Type, Union, Variant};

/// Everything about types.
pub(super) fn types(both: &mut Both<'_>) {
    for id in both.old.types.ids() {
        match both.pairs.types.get(&id) {
            Some(new) => pair(both, id, *new),
            None if both.old.types[id].is_unwritten => {}
            None => {
                let item = name(both.old, id);
                let origin = &both.old.types[id].origin;
                let why = "code that names it no longer compiles";
                both.breaking(Kind::TypeRemoved, &item, At::old(origin), "is removed".to_owned(), why);
            }
        }
    }
    for id in both.new.types.ids() {
        if !both.pairs.new_types.contains(&id) && !both.new.types[id].is_unwritten {
            let item = name(both.new, id);
            let origin = &both.new.types[id].origin;
            both.addition(
                Kind::TypeAdded,
                &item,
                At::new(origin),
                "is new".to_owned(),
                "nothing else changes",
            );
        }
    }
}

fn pair(both: &mut Both<'_>, a: TypeId, b: TypeId) {
    let (old, new) = (&both.old.types[a], &both.new.types[b]);
    let at = At::both(&old.origin, &new.origin);
    let item = name(both.old, a);
    if old.name != new.name && !old.is_unwritten && !new.is_unwritten {
        let what = format!("is now `{}`", name(both.new, b));
        both.breaking(Kind::TypeRenamed, &item, at, what, "code that names it no longer compiles");
    }
    feature(both, (a, b), &item, at);
    let (x, y) = (shared(both.old, a), shared(both.new, b));
    match (x, y) {
        // what changed is said of the type that it is another name for
        (Some(x), Some(y)) if both.pairs.types.get(&x) == Some(&y) => {}
        (None, None) => shapes(both, (a, b), &item),
        _ => {
            parted(both, (x, y), &item, at);
            shapes(both, (x.unwrap_or(a), y.unwrap_or(b)), &item);
        }
    }
    both.docs(&item, at, (&old.docs, &new.docs), false);
}

/// The type that a schema written in place is equal to, where that is another one.
fn shared(sdk: &Sdk, id: TypeId) -> Option<TypeId> {
    let of = &sdk.types[id];
    match (&of.source, &of.shape) {
        (TypeName::Inline { .. }, Shape::Alias(Ty::Named(of))) => Some(*of),
        _ => None,
    }
}

/// The places of schemas written in place that are equal to another one, with the place of that.
pub(super) fn equal(sdk: &Sdk) -> Vec<(Pointer, Pointer)> {
    let origin = |id: TypeId| sdk.types[id].origin.clone();
    sdk.types.ids().filter_map(|id| Some((origin(id), origin(shared(sdk, id)?)))).collect()
}

/// A type that was another name for one, and is so no longer, or for another one.
fn parted(both: &mut Both<'_>, (old, new): (Option<TypeId>, Option<TypeId>), item: &str, at: At<'_>) {
    let is_now = new.map(|new| format!("is now the same type as `{}`", both.new.types[new].name));
    match old {
        Some(old) => {
            let what = match is_now {
                Some(now) => format!("{now}, not as `{}`", both.old.types[old].name),
                None => format!("is now a separate type from `{}`", both.old.types[old].name),
            };
            both.breaking(
                Kind::TypeShared,
                item,
                at,
                what,
                "code that passes one for the other no longer compiles",
            );
        }
        None => {
            let what = is_now.unwrap_or_default();
            both.addition(Kind::TypeShared, item, at, what, "one can be passed for the other");
        }
    }
}

/// What is inside of two types.
fn shapes(both: &mut Both<'_>, (a, b): (TypeId, TypeId), item: &str) {
    let (old, new) = (&both.old.types[a], &both.new.types[b]);
    let at = At::both(&old.origin, &new.origin);
    match (&old.shape, &new.shape) {
        (Shape::Struct(x), Shape::Struct(y)) => super::members::members(both, (a, b), (x, y), item),
        (Shape::Enum(x), Shape::Enum(y)) => values(both, (a, b), (x, y), item),
        (Shape::Union(x), Shape::Union(y)) => variants(both, (a, b), (x, y), item),
        (Shape::Alias(x), Shape::Alias(y)) | (Shape::Wrapper(x), Shape::Wrapper(y)) => {
            if !both.same(x, y) {
                let what = format!("is now `{}`, not `{}`", ty(both.new, y), ty(both.old, x));
                both.breaking(Kind::TypeReshaped, item, at, what, "its values have another type");
            }
        }
        _ => {
            let what = format!("is now {}, not {}", kind(new), kind(old));
            both.breaking(Kind::TypeReshaped, item, at, what, "it is constructed and read differently");
        }
    }
}

/// Whoever has switched on what was enough before must still see the type.
fn feature(both: &mut Both<'_>, (a, b): (TypeId, TypeId), item: &str, at: At<'_>) {
    let gate = |sdk: &Sdk, id: TypeId| sdk.modules[sdk.types[id].module].feature.clone();
    let (old, new) = (gate(both.old, a), gate(both.new, b));
    if old == new || both.old.types[a].is_unwritten || both.new.types[b].is_unwritten {
        return;
    }
    match new {
        Some(new) => {
            let what = format!("is now behind the cargo feature `{new}`");
            let why = "users without default features may lose it";
            both.breaking(Kind::TypeFeature, item, at, what, why);
        }
        None => {
            let what = "is no longer behind a cargo feature".to_owned();
            both.fix(Kind::TypeFeature, item, at, what, "it is available to more users");
        }
    }
}

fn kind(of: &Type) -> &'static str {
    match of.shape {
        Shape::Struct(_) => "a struct",
        Shape::Enum(_) => "an enum of values",
        Shape::Union(_) => "an enum of variants",
        Shape::Alias(_) => "a type alias",
        Shape::Wrapper(_) => "a newtype",
    }
}

fn values(both: &mut Both<'_>, (a, b): (TypeId, TypeId), (old, new): (&Enum, &Enum), item: &str) {
    let at = At::both(&both.old.types[a].origin, &both.new.types[b].origin);
    if old.repr != new.repr {
        let what = format!("has values of another type: {:?}, not {:?}", new.repr, old.repr).to_lowercase();
        return both.breaking(Kind::TypeReshaped, item, at, what, "its value has another type");
    }
    let mut gone = Vec::new();
    for (index, value) in old.values.iter().enumerate() {
        let variant = format!("{item}::{}", value.name);
        match new.values.iter().position(|other| other.wire == value.wire) {
            Some(found) => {
                if value.name != new.values[found].name {
                    let what = format!("is now `{}`", new.values[found].name);
                    let why = "code that names it no longer compiles";
                    both.breaking(Kind::ValueRenamed, &variant, at, what, why);
                }
                both.docs(&variant, at, (&value.docs, &new.values[found].docs), false);
            }
            None => gone.push((index, variant)),
        }
    }
    for value in &new.values {
        if old.values.iter().any(|other| other.wire == value.wire) {
            continue;
        }
        let same = gone.iter().position(|(from, _)| old.values[*from].name == value.name);
        if let Some(found) = same {
            let (from, variant) = gone.remove(found);
            let what = format!("is `{}` in JSON, not `{}`", value.wire, old.values[from].wire);
            both.breaking(Kind::ValueRenamed, &variant, at, what, "stored JSON is decoded as unknown");
            continue;
        }
        let variant = format!("{item}::{}", value.name);
        let why = "matches already have an arm for unknown values, which covered it before";
        both.addition(Kind::ValueAdded, &variant, at, format!("is new (`{}`)", value.wire), why);
    }
    for (_, variant) in gone {
        let why = "code that names it no longer compiles";
        both.breaking(Kind::ValueRemoved, &variant, at, "is removed".to_owned(), why);
    }
    unknown(both, (&old.unknown, &new.unknown), item, at);
}

/// The variant for what is not known gives way to values of its name.
fn unknown(both: &mut Both<'_>, (old, new): (&Ident, &Ident), item: &str, at: At<'_>) {
    if old != new {
        let (variant, what) = (format!("{item}::{old}"), format!("is now `{new}`"));
        let why = "the name has another meaning";
        both.breaking(Kind::ValueRenamed, &variant, at, what, why);
    }
}

fn variants(both: &mut Both<'_>, (a, b): (TypeId, TypeId), (old, new): (&Union, &Union), item: &str) {
    let whole = At::both(&both.old.types[a].origin, &both.new.types[b].origin);
    tagging(both, (old, new), item, whole);
    let mut gone: Vec<usize> = Vec::new();
    let mut fresh: Vec<usize> = (0..new.variants.len()).collect();
    let mut same: Vec<(usize, usize)> = Vec::new();
    for (index, variant) in old.variants.iter().enumerate() {
        match fresh.iter().position(|at| both.same_variant(variant, &new.variants[*at])) {
            Some(found) => same.push((index, fresh.remove(found))),
            None => gone.push(index),
        }
    }
    // what is called alike is the same variant for those who use it, whatever it holds
    gone.retain(|index| {
        match fresh.iter().position(|at| new.variants[*at].name == old.variants[*index].name) {
            Some(found) => {
                same.push((*index, fresh.remove(found)));
                false
            }
            None => true,
        }
    });
    let pairs = both.held(&gone, old, &fresh, new);
    gone.retain(|at| pairs.iter().all(|(x, _)| x != at));
    fresh.retain(|at| pairs.iter().all(|(_, y)| y != at));
    same.extend(pairs);
    same.sort_unstable();
    let named_old = |at: usize| old.variants[at].name.to_string();
    super::picks::order(both, (old, new), &same, named_old, (item, whole));
    for (x, y) in same {
        let variant = format!("{item}::{}", old.variants[x].name);
        both.variant(&variant, &old.variants[x], &new.variants[y]);
    }
    for x in gone {
        let (variant, at) = (format!("{item}::{}", old.variants[x].name), At::old(&old.variants[x].origin));
        let why = "code that names it no longer compiles";
        both.breaking(Kind::VariantRemoved, &variant, at, "is removed".to_owned(), why);
    }
    for y in fresh {
        let (variant, at) = (format!("{item}::{}", new.variants[y].name), At::new(&new.variants[y].origin));
        let (kind, why) = match &old.tagging {
            Tagging::Member(_) | Tagging::External => {
                (Kind::VariantAdded, "matches already have an arm for unknown values")
            }
            Tagging::Shape => {
                (Kind::ShapeAdded, "matches already have a catch-all arm; older versions do not decode it")
            }
        };
        both.addition(kind, &variant, at, "is new".to_owned(), why);
        both.mark_unread(kind == Kind::ShapeAdded);
    }
    if old.is_tagged() && new.is_tagged() {
        unknown(both, (&old.unknown, &new.unknown), item, whole);
    }
}

fn tagging(both: &mut Both<'_>, (old, new): (&Union, &Union), item: &str, at: At<'_>) {
    match (&old.tagging, &new.tagging) {
        (a, b) if a == b => {}
        (Tagging::Member(a), Tagging::Member(b)) => {
            let what = format!("is tagged by `{b}`, not `{a}`");
            let why = "stored JSON is decoded as unknown";
            both.breaking(Kind::TagRenamed, item, at, what, why);
        }
        (_, Tagging::External) | (Tagging::External, Tagging::Member(_)) => {
            let what = "is externally tagged".to_owned();
            both.breaking(Kind::TagRenamed, item, at, what, "its variants hold other types");
        }
        (Tagging::Shape, _) => {
            let what = "is now tagged; it has a variant for unknown values".to_owned();
            both.breaking(Kind::TagRenamed, item, at, what, "JSON without the tag is decoded as unknown");
        }
        (_, Tagging::Shape) => {
            let what = "is now untagged; it has no `kind` and no variant for unknown values";
            let why = "code that uses them no longer compiles";
            both.breaking(Kind::TagRenamed, item, at, what.to_owned(), why);
        }
    }
}

impl Both<'_> {
    /// Variants that hold the same type, if no others of those hold it: they are the same under another name and tag.
    fn held(&self, gone: &[usize], old: &Union, fresh: &[usize], new: &Union) -> Vec<(usize, usize)> {
        let is_same = |x: usize, y: usize| {
            let (x, y) = (&old.variants[x].ty, &new.variants[y].ty);
            matches!(self.old.behind(x), Ty::Named(_)) && self.same(x, y)
        };
        let one = |x: &usize| {
            let mut all = fresh.iter().filter(|y| is_same(*x, **y));
            let y = all.next().filter(|_| all.next().is_none())?;
            (gone.iter().filter(|other| is_same(**other, *y)).count() == 1).then_some((*x, *y))
        };
        gone.iter().filter_map(one).collect()
    }

    fn same_variant(&self, old: &Variant, new: &Variant) -> bool {
        match (old.tags.is_empty(), new.tags.is_empty()) {
            (false, false) => old.tags.iter().any(|tag| new.tags.contains(tag)),
            _ => self.same(&old.ty, &new.ty),
        }
    }

    fn variant(&mut self, item: &str, old: &Variant, new: &Variant) {
        let at = At::both(&old.origin, &new.origin);
        if old.name != new.name {
            let what = format!("is now `{}`", new.name);
            self.breaking(Kind::VariantRenamed, item, at, what, "code that names it no longer compiles");
        }
        if !self.same(&old.ty, &new.ty) || old.is_boxed != new.is_boxed {
            let (a, b) = (ty(self.old, &old.full_type()), ty(self.new, &new.full_type()));
            let what = format!("holds `{b}`, not `{a}`");
            self.breaking(
                Kind::VariantRetyped,
                item,
                at,
                what,
                "code that uses its content no longer compiles",
            );
        }
        let lost: Vec<&str> =
            old.tags.iter().filter(|tag| !new.tags.contains(tag)).map(String::as_str).collect();
        let won: Vec<&str> =
            new.tags.iter().filter(|tag| !old.tags.contains(tag)).map(String::as_str).collect();
        if !old.tags.is_empty() && !new.tags.is_empty() {
            if !lost.is_empty() {
                let what = format!("no longer has the tag `{}`", lost.join("`, `"));
                self.breaking(Kind::VariantRenamed, item, at, what, "stored JSON is decoded as unknown");
            } else if !won.is_empty() {
                let what = format!("also has the tag `{}`", won.join("`, `"));
                self.addition(
                    Kind::VariantAdded,
                    item,
                    at,
                    what,
                    "values that were unknown before are decoded as this",
                );
            }
        }
        self.docs(item, at, (&old.docs, &new.docs), false);
    }
}
