//! Changes of structs: fields, `new`, setters.

use super::both::{At, Both};
use super::json::same_json;
use super::kind::Kind;
use super::rename::{self, Named, renamed, reordered};
use super::spell::ty;
use crate::ir::{Access, Presence, TypeId};
use crate::sdk::{Additional, Field, Struct, Type};

/// Everything about a struct.
pub(super) fn members(
    both: &mut Both<'_>,
    (a, b): (TypeId, TypeId),
    (old, new): (&Struct, &Struct),
    item: &str,
) {
    let whole = At::both(&both.old.types[a].origin, &both.new.types[b].origin);
    let (before, after) = (&both.old.types[a], &both.new.types[b]);
    builders(both, (before, after), item, whole);
    let requests = before.is_in_request && after.is_in_request;
    let position = |wire: &str| new.fields.iter().position(|other| other.wire == wire);
    let all = old.fields.iter().enumerate();
    let pairs: Vec<(usize, usize)> =
        all.filter_map(|(x, member)| Some((x, position(&member.wire)?))).collect();
    let (gone, fresh) = rename::members(&old.fields, &new.fields);
    let found = renamed(&gone, &fresh, |x, y| fits(both, &old.fields[x], &new.fields[y]));
    let at = |of: Vec<Named<'_>>| of.iter().map(|one| one.at).collect::<Vec<_>>();
    let (mut gone, mut fresh) = (at(gone), at(fresh));
    gone.retain(|at| found.iter().all(|(x, _)| x != at));
    fresh.retain(|at| found.iter().all(|(_, y)| y != at));
    for (x, y) in pairs.iter().chain(&found) {
        both.member(item, &old.fields[*x], &new.fields[*y], requests);
    }
    for x in gone {
        both.lost(item, &old.fields[x], whole);
    }
    let picks = if fresh.is_empty() { None } else { both.picks(b) };
    for y in fresh {
        both.won(item, &new.fields[y], requests, whole);
        if let Some(union) = picks {
            let union = super::spell::name(both.new, union);
            both.remark(&format!(", and may change as which variant of `{union}` a body is decoded"));
        }
    }
    if requests {
        let arguments = |of: &Struct| -> Vec<usize> {
            (0..of.fields.len()).filter(|at| of.fields[*at].is_argument).collect()
        };
        let old_of = |y: usize| pairs.iter().chain(&found).find(|(_, to)| *to == y).map(|(x, _)| *x);
        let before = arguments(old);
        let after: Vec<usize> = arguments(new).into_iter().filter_map(old_of).collect();
        if reordered(&before, &after) {
            let what = "takes its arguments in another order".to_owned();
            let why = "calls may compile with another meaning";
            both.breaking(Kind::ArgumentsReordered, &format!("{item}::new"), whole, what, why);
        }
    }
    additional(both, (&old.additional, &new.additional), item, whole);
}

fn fits(both: &Both<'_>, old: &Field, new: &Field) -> bool {
    match (&old.constant, &new.constant) {
        (Some(a), Some(b)) => a == b,
        (None, None) => both.same(&old.ty, &new.ty),
        _ => false,
    }
}

fn builders(both: &mut Both<'_>, (old, new): (&Type, &Type), item: &str, at: At<'_>) {
    match (old.is_in_request, new.is_in_request) {
        (true, false) => {
            let why = "no request uses it any more; code that constructs it no longer compiles";
            both.breaking(Kind::TypeBuilders, item, at, "no longer has `new` and setters".to_owned(), why);
        }
        (false, true) => {
            let why = "requests use it now";
            both.addition(Kind::TypeBuilders, item, at, "has `new` and setters".to_owned(), why);
        }
        _ => {}
    }
}

fn additional(
    both: &mut Both<'_>,
    (old, new): (&Option<Additional>, &Option<Additional>),
    item: &str,
    at: At<'_>,
) {
    let field = |of: &Additional| format!("{item}::{}", of.name);
    match (old, new) {
        (None, Some(new)) => {
            let why = "undeclared properties were kept before, too";
            both.addition(Kind::FieldAdded, &field(new), at, "is new".to_owned(), why);
        }
        (Some(old), None) => {
            let why = "code that names it no longer compiles";
            both.breaking(Kind::FieldRemoved, &field(old), at, "is removed".to_owned(), why);
        }
        (Some(old), Some(new)) if !both.same(&old.ty, &new.ty) => {
            let what = format!("holds `{}`, not `{}`", ty(both.new, &new.ty), ty(both.old, &old.ty));
            both.breaking(Kind::FieldRetyped, &field(old), at, what, "its values have another type");
        }
        (Some(old), Some(new)) if old.name != new.name => {
            let what = format!("is now `{}`", field(new));
            let why = "code that names it no longer compiles";
            both.breaking(Kind::FieldRenamed, &field(old), at, what, why);
        }
        _ => {}
    }
}

impl Both<'_> {
    fn member(&mut self, item: &str, old: &Field, new: &Field, requests: bool) {
        let at = At::both(&old.origin, &new.origin);
        let field = format!("{item}::{}", old.name);
        if old.constant.is_some() || new.constant.is_some() {
            return self.constant(&field, old, new, at);
        }
        if old.wire != new.wire {
            let what = match old.name == new.name {
                true => format!("is `{}` in JSON, not `{}`", new.wire, old.wire),
                false => format!("is now `{}`", new.name),
            };
            let why = match old.name == new.name {
                true => "stored JSON is decoded as if the property were absent",
                false => "code that names it no longer compiles",
            };
            self.breaking(Kind::FieldRenamed, &field, at, what, why);
            self.mark_unread(is_awaited(old));
        } else if old.name != new.name {
            let what = format!("is now `{}`", new.name);
            self.breaking(Kind::FieldRenamed, &field, at, what, "code that names it no longer compiles");
        }
        let same = self.same(&old.ty, &new.ty) && old.is_boxed == new.is_boxed;
        let (a, b) = (ty(self.old, &old.full_type()), ty(self.new, &new.full_type()));
        if !same {
            let what = format!("is `{b}`, not `{a}`");
            self.breaking(
                Kind::FieldRetyped,
                &field,
                at,
                what,
                "code that reads or sets it no longer compiles",
            );
        }
        let said = self.out.len();
        self.presence(&field, old, new, same, requests, at);
        if old.access != new.access && self.out.len() == said {
            let what = match new.access {
                Access::ReadWrite => "is in requests and responses",
                Access::ReadOnly => "is only in responses",
                Access::WriteOnly => "is only in requests",
            };
            self.fix(Kind::FieldAccess, &field, at, what.to_owned(), "the type of the field stays");
        }
        if let (Some(x), Some(y)) = (&old.default, &new.default)
            && !same_json(x, y)
            && same
        {
            let what = format!("has the default `{y}`, not `{x}`");
            self.breaking(Kind::DefaultChanged, &field, at, what, "code that omits it gets another value");
        }
        self.docs(&field, at, (&old.docs, &new.docs), new.setter.is_some());
    }

    /// May it be absent, may it be null, and what follows for the field, `new` and the setters.
    fn presence(&mut self, field: &str, old: &Field, new: &Field, same: bool, requests: bool, at: At<'_>) {
        let (a, b) = (old.is_option, new.is_option);
        let kind = presence_kind(old.presence, new.presence);
        let defaulted = old.default.is_some() != new.default.is_some();
        let kind = kind.or(defaulted.then_some(Kind::DefaultChanged));
        let said = |kind: Kind| match kind {
            Kind::FieldRequired => "is always present",
            Kind::FieldOptional => "may be absent",
            Kind::DefaultChanged if new.default.is_some() => "has a default",
            Kind::DefaultChanged => "no longer has a default",
            _ if may_be_null(new.presence) => "may be null",
            _ => "may not be null",
        };
        let unread = (is_awaited(old) && may_be_absent(new.presence))
            || (!may_be_null(old.presence) && !a && may_be_null(new.presence));
        let first = self.out.len();
        let (was, is) = (old.is_argument, new.is_argument);
        if a != b {
            let kind = kind.unwrap_or(Kind::FieldRetyped);
            let what = format!("{}: it is {}", said(kind), if b { "an `Option`" } else { "not an `Option`" });
            self.breaking(kind, field, at, what, "code that reads it no longer compiles");
        } else if requests && was != is {
            let kind = kind.unwrap_or(Kind::TypeBuilders);
            let what =
                format!("{}: `new` {} it", said(kind), if is { "requires" } else { "no longer takes" });
            self.breaking(kind, field, at, what, "calls of `new` no longer compile");
        } else if requests && old.setter.is_some() && new.setter.is_none() {
            let kind = kind.unwrap_or(Kind::TypeBuilders);
            let what = "no longer has a setter".to_owned();
            self.breaking(kind, field, at, what, "code that sets it no longer compiles");
        } else if requests && old.clear.is_some() && new.clear.is_none() {
            let what = "can no longer be sent as null".to_owned();
            let why = "code that does this no longer compiles";
            self.breaking(kind.unwrap_or(Kind::FieldNullable), field, at, what, why);
        } else if requests && (old.setter.is_none() && new.setter.is_some()) {
            let what = "has a setter".to_owned();
            self.addition(kind.unwrap_or(Kind::TypeBuilders), field, at, what, "nothing else changes");
        } else if requests && (old.clear.is_none() && new.clear.is_some()) {
            let what = "may be sent as null".to_owned();
            self.addition(kind.unwrap_or(Kind::FieldNullable), field, at, what, "nothing else changes");
        } else if let Some(kind) = kind.filter(|_| same) {
            let why = match kind {
                Kind::FieldOptional => "the type of the field stays; older versions require it",
                _ => "the type of the field stays",
            };
            self.fix(kind, field, at, said(kind).to_owned(), why);
        }
        if self.out.len() > first {
            self.mark_unread(unread);
        }
        let renamed = |x: &Option<crate::sdk::Ident>, y: &Option<crate::sdk::Ident>| {
            matches!((x, y), (Some(x), Some(y)) if x != y) && old.name == new.name
        };
        if requests && (renamed(&old.setter, &new.setter) || renamed(&old.clear, &new.clear)) {
            let what = "has a setter of another name".to_owned();
            self.breaking(Kind::TypeBuilders, field, at, what, "code that sets it no longer compiles");
        }
    }

    fn constant(&mut self, field: &str, old: &Field, new: &Field, at: At<'_>) {
        let (what, why) = match (&old.constant, &new.constant) {
            (Some(a), Some(b)) if !same_json(a, b) => {
                (format!("is always `{b}`, not `{a}`"), "its value has another meaning")
            }
            (Some(_), Some(_)) if old.name != new.name => {
                (format!("is now `{}`", new.name), "code that names it no longer compiles")
            }
            (Some(a), None) => (
                format!("is now a field, not always `{a}`"),
                "code that names the constant no longer compiles",
            ),
            (None, Some(b)) => (
                format!("is now always `{b}`, and not a field"),
                "code that names the field no longer compiles",
            ),
            _ => return self.docs(field, at, (&old.docs, &new.docs), false),
        };
        self.breaking(Kind::ConstantChanged, field, at, what, why);
        self.mark_unread(old.constant.is_some() && old.constant != new.constant);
    }

    fn lost(&mut self, item: &str, old: &Field, whole: At<'_>) {
        let (field, at) = (format!("{item}::{}", old.name), At { old: Some(&old.origin), new: whole.new });
        if old.constant.is_some() {
            let what = "is removed; the constant is no longer sent".to_owned();
            self.breaking(Kind::ConstantChanged, &field, at, what, "code that names it no longer compiles");
        } else {
            let why = "code that names it no longer compiles";
            self.breaking(Kind::FieldRemoved, &field, at, "is removed".to_owned(), why);
        }
        self.mark_unread(is_awaited(old));
    }

    fn won(&mut self, item: &str, new: &Field, requests: bool, whole: At<'_>) {
        let (field, at) = (format!("{item}::{}", new.name), At { old: whole.old, new: Some(&new.origin) });
        if new.constant.is_some() {
            let what = "is new, and constant".to_owned();
            self.addition(Kind::ConstantChanged, &field, at, what, "it is sent automatically");
        } else if requests && new.is_argument {
            let what = "is new, and `new` requires it".to_owned();
            self.breaking(Kind::FieldAdded, &field, at, what, "calls of `new` no longer compile");
        } else {
            let why = "structs are non-exhaustive, and undeclared properties were kept before";
            self.addition(Kind::FieldAdded, &field, at, "is new".to_owned(), why);
        }
    }
}

fn may_be_absent(of: Presence) -> bool {
    matches!(of, Presence::Optional | Presence::OptionalNullable)
}

fn may_be_null(of: Presence) -> bool {
    matches!(of, Presence::Nullable | Presence::OptionalNullable)
}

/// Whether a body without the member is refused.
fn is_awaited(field: &Field) -> bool {
    !may_be_absent(field.presence) && field.default.is_none()
}

/// What a change of presence is called.
fn presence_kind(old: Presence, new: Presence) -> Option<Kind> {
    match (may_be_absent(old), may_be_absent(new)) {
        (true, false) => Some(Kind::FieldRequired),
        (false, true) => Some(Kind::FieldOptional),
        _ if may_be_null(old) != may_be_null(new) => Some(Kind::FieldNullable),
        _ => None,
    }
}
