//! Changes of types.

use super::rename::{Named, renamed};
use super::spell::{name, ty};
use super::{At, Both, Kind, TypeId};
use crate::ir::{Enum, Shape, Tagging, Ty, Type, TypeName, Union, Variant};
use crate::plan::behind;
use crate::pointer::Pointer;

/// Everything about types.
pub(super) fn types(both: &mut Both<'_>) {
    for at in 0..both.old.types.len() {
        let id = TypeId(at as u32);
        match both.pairs.types.get(&id) {
            Some(new) => pair(both, id, *new),
            None if both.old.ty(id).unwritten => {}
            None => {
                let item = name(both.old, id);
                let origin = &both.old.api.types[at].origin;
                let why = "code that names it no longer compiles";
                both.breaking(Kind::TypeRemoved, &item, At::old(origin), "is removed".to_owned(), why);
            }
        }
    }
    for at in 0..both.new.types.len() {
        let id = TypeId(at as u32);
        if !both.pairs.new_types.contains(&id) && !both.new.ty(id).unwritten {
            let item = name(both.new, id);
            let origin = &both.new.api.types[at].origin;
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
    let (old, new) = (&both.old.api.types[a.0 as usize], &both.new.api.types[b.0 as usize]);
    let at = At::both(&old.origin, &new.origin);
    let item = name(both.old, a);
    let (before, after) = (both.old.ty(a), both.new.ty(b));
    if before.name != after.name && !before.unwritten && !after.unwritten {
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
fn shared(plan: &super::Plan, id: TypeId) -> Option<TypeId> {
    let of = &plan.api.types[id.0 as usize];
    match (&of.name, &of.shape) {
        (TypeName::Inline { .. }, Shape::Alias(Ty::Named(of))) => Some(*of),
        _ => None,
    }
}

/// The places of schemas written in place that are equal to another one, with the place of that.
pub(super) fn equal(plan: &super::Plan) -> Vec<(Pointer, Pointer)> {
    let origin = |id: TypeId| plan.api.types[id.0 as usize].origin.clone();
    let all = (0..plan.types.len() as u32).map(TypeId);
    all.filter_map(|id| Some((origin(id), origin(shared(plan, id)?)))).collect()
}

/// A type that was another name for one, and is so no longer, or for another one.
fn parted(both: &mut Both<'_>, (old, new): (Option<TypeId>, Option<TypeId>), item: &str, at: At<'_>) {
    let is_now = new.map(|new| format!("is now the same type as `{}`", both.new.ty(new).name));
    match old {
        Some(old) => {
            let what = match is_now {
                Some(now) => format!("{now}, not as `{}`", both.old.ty(old).name),
                None => format!("is now a separate type from `{}`", both.old.ty(old).name),
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
    let (old, new) = (&both.old.api.types[a.0 as usize], &both.new.api.types[b.0 as usize]);
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
    let gate = |plan: &super::Plan, id: TypeId| plan.homes[plan.ty(id).home.0 as usize].feature.clone();
    let (old, new) = (gate(both.old, a), gate(both.new, b));
    if old == new || both.old.ty(a).unwritten || both.new.ty(b).unwritten {
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
    let at = At::both(&both.old.api.types[a.0 as usize].origin, &both.new.api.types[b.0 as usize].origin);
    if old.repr != new.repr {
        let what = format!("has values of another type: {:?}, not {:?}", new.repr, old.repr).to_lowercase();
        return both.breaking(Kind::TypeReshaped, item, at, what, "its value has another type");
    }
    let (plans, others) = (&both.old.ty(a).variants, &both.new.ty(b).variants);
    let mut gone = Vec::new();
    for (index, value) in old.values.iter().enumerate() {
        let variant = format!("{item}::{}", plans[index].name);
        match new.values.iter().position(|other| other.wire == value.wire) {
            Some(found) => {
                if plans[index].name != others[found].name {
                    let what = format!("is now `{}`", others[found].name);
                    let why = "code that names it no longer compiles";
                    both.breaking(Kind::ValueRenamed, &variant, at, what, why);
                }
                both.docs(&variant, at, (&value.docs, &new.values[found].docs), false);
            }
            None => gone.push((index, variant)),
        }
    }
    for (index, value) in new.values.iter().enumerate() {
        if old.values.iter().any(|other| other.wire == value.wire) {
            continue;
        }
        let same = gone.iter().position(|(from, _)| plans[*from].name == others[index].name);
        if let Some(found) = same {
            let (from, variant) = gone.remove(found);
            let what = format!("is `{}` in JSON, not `{}`", value.wire, old.values[from].wire);
            both.breaking(Kind::ValueRenamed, &variant, at, what, "stored JSON is decoded as unknown");
            continue;
        }
        let variant = format!("{item}::{}", others[index].name);
        let why = "matches already have an arm for unknown values, which covered it before";
        both.addition(Kind::ValueAdded, &variant, at, format!("is new (`{}`)", value.wire), why);
    }
    for (_, variant) in gone {
        let why = "code that names it no longer compiles";
        both.breaking(Kind::ValueRemoved, &variant, at, "is removed".to_owned(), why);
    }
    unknown(both, (a, b), item, at);
}

/// The variant for what is not known gives way to values of its name.
fn unknown(both: &mut Both<'_>, (a, b): (TypeId, TypeId), item: &str, at: At<'_>) {
    if let (Some(old), Some(new)) = (&both.old.ty(a).unknown, &both.new.ty(b).unknown)
        && old != new
    {
        let (variant, what) = (format!("{item}::{old}"), format!("is now `{new}`"));
        let why = "the name has another meaning";
        both.breaking(Kind::ValueRenamed, &variant, at, what, why);
    }
}

fn variants(both: &mut Both<'_>, (a, b): (TypeId, TypeId), (old, new): (&Union, &Union), item: &str) {
    let whole = At::both(&both.old.api.types[a.0 as usize].origin, &both.new.api.types[b.0 as usize].origin);
    tagging(both, (old, new), item, whole);
    let (plans, others) = (&both.old.ty(a).variants, &both.new.ty(b).variants);
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
    gone.retain(|index| match fresh.iter().position(|at| others[*at].name == plans[*index].name) {
        Some(found) => {
            same.push((*index, fresh.remove(found)));
            false
        }
        None => true,
    });
    let pairs = renamed(&named(&gone, old, plans), &named(&fresh, new, others), |x, y| {
        both.same(&old.variants[x].ty, &new.variants[y].ty)
    });
    gone.retain(|at| pairs.iter().all(|(x, _)| x != at));
    fresh.retain(|at| pairs.iter().all(|(_, y)| y != at));
    same.extend(pairs);
    same.sort_unstable();
    let named_old = |at: usize| plans[at].name.to_string();
    super::picks::order(both, (old, new), &same, named_old, (item, whole));
    for (x, y) in same {
        let variant = format!("{item}::{}", plans[x].name);
        both.variant(&variant, (&old.variants[x], &plans[x]), (&new.variants[y], &others[y]));
    }
    for x in gone {
        let (variant, at) = (format!("{item}::{}", plans[x].name), At::old(&old.variants[x].origin));
        let why = "code that names it no longer compiles";
        both.breaking(Kind::VariantRemoved, &variant, at, "is removed".to_owned(), why);
    }
    for y in fresh {
        let (variant, at) = (format!("{item}::{}", others[y].name), At::new(&new.variants[y].origin));
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
    let tagged = |of: &Union| of.tagging != Tagging::Shape;
    if tagged(old) && tagged(new) {
        unknown(both, (a, b), item, whole);
    }
}

fn named<'a>(of: &[usize], union: &'a Union, plans: &[crate::plan::VariantPlan]) -> Vec<Named<'a>> {
    let one =
        |at: &usize| Named { name: plans[*at].name.to_string(), docs: &union.variants[*at].docs, at: *at };
    of.iter().map(one).collect()
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
    /// Whether two uses are the same type to those who use them. Aliases that belong together count as the same: what
    /// changed behind them is said of the alias.
    pub(super) fn same(&self, old: &Ty, new: &Ty) -> bool {
        match (old, new) {
            (Ty::Named(a), Ty::Named(b)) if self.pairs.types.get(a) == Some(b) => return true,
            _ => {}
        }
        match (behind(&self.old.api, old), behind(&self.new.api, new)) {
            (Ty::Named(a), Ty::Named(b)) => self.pairs.types.get(a) == Some(b),
            (Ty::List(a), Ty::List(b)) | (Ty::Map(a), Ty::Map(b)) | (Ty::Nullable(a), Ty::Nullable(b)) => {
                self.same(a, b)
            }
            (Ty::Tuple(a), Ty::Tuple(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| self.same(a, b))
            }
            // numbered as the document comes to them
            (Ty::Foreign(a), Ty::Foreign(b)) => {
                let (a, b) = (&self.old.api.foreign[a.0 as usize], &self.new.api.foreign[b.0 as usize]);
                (&a.path, &a.with) == (&b.path, &b.with)
            }
            (a, b) => a == b,
        }
    }

    fn same_variant(&self, old: &Variant, new: &Variant) -> bool {
        match (old.tags.is_empty(), new.tags.is_empty()) {
            (false, false) => old.tags.iter().any(|tag| new.tags.contains(tag)),
            _ => self.same(&old.ty, &new.ty),
        }
    }

    fn variant(
        &mut self,
        item: &str,
        (old, plan): (&Variant, &crate::plan::VariantPlan),
        (new, other): (&Variant, &crate::plan::VariantPlan),
    ) {
        let at = At::both(&old.origin, &new.origin);
        if plan.name != other.name {
            let what = format!("is now `{}`", other.name);
            self.breaking(Kind::VariantRenamed, item, at, what, "code that names it no longer compiles");
        }
        if !self.same(&old.ty, &new.ty) || plan.boxed != other.boxed {
            let spell = |text: String, boxed: bool| if boxed { format!("Box<{text}>") } else { text };
            let (a, b) =
                (spell(ty(self.old, &old.ty), plan.boxed), spell(ty(self.new, &new.ty), other.boxed));
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
