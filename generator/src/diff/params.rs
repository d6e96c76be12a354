//! Changes of parameters.

use super::both::{At, Both};
use super::kind::Kind;
use super::rename::{Between, Named, renamed, reordered};
use super::spell::{self, ty};
use crate::ir::{Location, OpId};
use crate::sdk::{Operation, Param};

/// Everything about the parameters of an operation.
pub(super) fn params(both: &mut Both<'_>, (a, b): (OpId, OpId)) {
    let (old, new) = (&both.old.operations[a], &both.new.operations[b]);
    let (pairs, gone, fresh) = paired(both, old, new);
    for (x, y) in &pairs {
        both.param((old, &old.params[*x]), (new, &new.params[*y]));
    }
    for x in gone {
        let param = &old.params[x];
        let (item, at) =
            (spell::param(both.old, old, param), At { old: Some(&param.origin), new: Some(&new.origin) });
        let what = match param.is_argument {
            true => format!("no longer takes `{}`", param.name),
            false => "is removed".to_owned(),
        };
        both.breaking(Kind::ParameterRemoved, &item, at, what, "calls that pass it no longer compile");
    }
    for y in fresh {
        let param = &new.params[y];
        let at = At { old: Some(&old.origin), new: Some(&param.origin) };
        if param.is_argument {
            let what = format!("requires `{}`", param.name);
            let item = both.old.method_path(old);
            both.breaking(Kind::ParameterAdded, &item, at, what, "calls without it no longer compile");
        } else {
            let item = spell::param(both.new, new, param);
            both.addition(Kind::ParameterAdded, &item, at, "is new".to_owned(), "it is optional");
        }
    }
    order(both, (old, new), &pairs);
}

type Paired = (Vec<(usize, usize)>, Vec<usize>, Vec<usize>);

/// Parameters of one name and place, then of one name, then those in the path that stand at the same point, then those
/// that look renamed.
fn paired(both: &Both<'_>, old: &Operation, new: &Operation) -> Paired {
    let mut gone: Vec<usize> = (0..old.params.len()).collect();
    let mut fresh: Vec<usize> = (0..new.params.len()).collect();
    let mut pairs = Vec::new();
    let mut take = |same: &dyn Fn(&Param, &Param) -> bool| {
        gone.retain(|x| match fresh.iter().position(|y| same(&old.params[*x], &new.params[*y])) {
            Some(found) => {
                pairs.push((*x, fresh.remove(found)));
                false
            }
            None => true,
        });
    };
    take(&|x, y| x.wire == y.wire && x.location == y.location);
    take(&|x, y| x.wire == y.wire);
    let point = |op: &Operation, param: &Param| {
        let parts = op.path.split('/').filter(|part| part.starts_with('{'));
        let names = parts.map(|part| part.trim_matches(['{', '}']).to_owned());
        (param.location == Location::Path)
            .then(|| names.collect::<Vec<_>>().iter().position(|name| *name == param.wire))
    };
    let same_route = old.path.matches('{').count() == new.path.matches('{').count();
    take(&|x, y| {
        same_route && point(old, x).is_some() && point(old, x) == point(new, y) && both.same(&x.ty, &y.ty)
    });
    let (before, after) = (wires(old), wires(new));
    let found =
        renamed(&named(&gone, old, (&before, &after)), &named(&fresh, new, (&after, &before)), |x, y| {
            let (x, y) = (&old.params[x], &new.params[y]);
            x.location == y.location && both.same(&x.ty, &y.ty)
        });
    gone.retain(|at| found.iter().all(|(x, _)| x != at));
    fresh.retain(|at| found.iter().all(|(_, y)| y != at));
    pairs.extend(found);
    pairs.sort_unstable();
    (pairs, gone, fresh)
}

fn named<'a>(of: &[usize], op: &'a Operation, (own, others): (&[String], &[String])) -> Vec<Named<'a>> {
    let one = |at: &usize| Named {
        name: own[*at].clone(),
        docs: &op.params[*at].docs,
        at: *at,
        between: Between::of(own, others, *at),
    };
    of.iter().map(one).collect()
}

/// The names of all parameters on the wire.
fn wires(op: &Operation) -> Vec<String> {
    op.params.iter().map(|param| param.wire.clone()).collect()
}

fn order(both: &mut Both<'_>, (old, new): (&Operation, &Operation), pairs: &[(usize, usize)]) {
    let before: Vec<usize> = old.arguments().collect();
    let old_of = |y: usize| pairs.iter().find(|(_, to)| *to == y).map(|(x, _)| *x);
    let after: Vec<usize> = new.arguments().filter_map(old_of).collect();
    if reordered(&before, &after) {
        let (item, at) = (both.old.method_path(old), At::both(&old.origin, &new.origin));
        let what = "takes its arguments in another order".to_owned();
        both.breaking(Kind::ArgumentsReordered, &item, at, what, "calls may compile with another meaning");
    }
}

impl Both<'_> {
    fn param(&mut self, (op, old): (&Operation, &Param), (other_op, new): (&Operation, &Param)) {
        let at = At::both(&old.origin, &new.origin);
        let item = spell::param(self.old, op, old);
        let (name, other) = (&old.name, &new.name);
        let (was, is) = (old.is_argument, new.is_argument);
        if was && !is {
            let what = format!("`{name}` is optional: it is now a setter, not an argument");
            self.breaking(Kind::ParameterOptional, &item, at, what, "calls that pass it no longer compile");
        } else if !was && is {
            let what = format!("is required: it is now an argument of `{}`", other_op.methods[0].name);
            self.breaking(Kind::ParameterRequired, &item, at, what, "calls without it no longer compile");
        } else if !was && name != other {
            let what = format!("is now `{other}`");
            self.breaking(Kind::ParameterRenamed, &item, at, what, "code that names it no longer compiles");
        }
        if old.wire != new.wire && (was == is) && (was || name == other) {
            let what = format!("sends `{}` as `{}`", name, new.wire);
            let why = match was {
                true => "arguments have no names in Rust",
                false => "the setter keeps its name",
            };
            self.fix(Kind::ParameterRenamed, &item, at, what, why);
        }
        if !self.same(&old.ty, &new.ty) {
            let what =
                format!("takes `{other}` as `{}`, not `{}`", ty(self.new, &new.ty), ty(self.old, &old.ty));
            self.breaking(
                Kind::ParameterRetyped,
                &item,
                at,
                what,
                "calls that pass it may no longer compile",
            );
        }
        if old.is_nullable != new.is_nullable {
            let (what, why) = match new.is_nullable {
                true => ("may be null", "omitting it means the same"),
                false => ("may not be null", "the SDK never sent null"),
            };
            self.fix(Kind::ParameterNullable, &item, at, format!("`{name}` {what}"), why);
        }
        let form = |param: &Param| (param.location, param.style, param.explode, param.allow_reserved);
        if form(old) != form(new) {
            let what = match old.location == new.location {
                true => format!("encodes `{name}` differently"),
                false => format!(
                    "sends `{name}` in the {}, not the {}",
                    new.location.as_str(),
                    old.location.as_str()
                ),
            };
            self.fix(Kind::ParameterEncoding, &item, at, what, "code that calls it still compiles");
        }
        let same = match (&old.default, &new.default) {
            (Some(a), Some(b)) => super::json::same_json(a, b),
            (a, b) => a == b,
        };
        if !same {
            let spelled = |default: &Option<String>| default.clone().unwrap_or_else(|| "none".to_owned());
            let what = format!(
                "`{name}` has the server's default {}, not {}",
                spelled(&new.default),
                spelled(&old.default)
            );
            self.fix(
                Kind::DefaultChanged,
                &item,
                at,
                what,
                "only the server applies it; the SDK does not send it",
            );
        }
        self.docs(&item, at, (&old.docs, &new.docs), !is);
    }
}
