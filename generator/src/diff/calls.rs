//! Changes of operations: how they are called, where they go, what they send and need.

use std::collections::BTreeSet;

use super::both::{At, Both};
use super::kind::Kind;
use crate::ir::{OpId, PartEncoding, PartOf};
use crate::sdk::{Body, Operation};

/// Everything about operations.
pub(super) fn calls(both: &mut Both<'_>) {
    let pairs = &both.pairs.operations;
    for (id, op) in both.old.operations.entries() {
        if pairs.iter().all(|(a, _)| *a != id) {
            let item = both.old.method_path(op);
            let why = "code that calls it no longer compiles";
            both.breaking(Kind::OperationRemoved, &item, At::old(&op.origin), "is removed".to_owned(), why);
        }
    }
    for (id, op) in both.new.operations.entries() {
        if pairs.iter().all(|(_, b)| *b != id) {
            let item = both.new.method_path(op);
            let what = format!("is new: `{} {}`", op.method, op.path);
            both.addition(Kind::OperationAdded, &item, At::new(&op.origin), what, "nothing else changes");
        }
    }
    let first = both.out.len();
    for (a, b) in pairs {
        call(both, (*a, *b));
    }
    super::auth::gather(both, first);
}

fn call(both: &mut Both<'_>, (a, b): (OpId, OpId)) {
    let (old, new) = (&both.old.operations[a], &both.new.operations[b]);
    let at = At::both(&old.origin, &new.origin);
    let item = both.old.method_path(old);
    name(both, (old, new), &item, at);
    if (&old.method, &old.path) != (&new.method, &new.path) {
        let what = format!("sends `{} {}`, not `{} {}`", new.method, new.path, old.method, old.path);
        both.fix(
            Kind::OperationMoved,
            &item,
            at,
            what,
            "callers do not see the route; the arguments are listed separately",
        );
    }
    super::params::params(both, (a, b));
    body(both, (old, new), &item);
    super::responses::responses(both, (a, b), &item);
    super::auth::security(both, (old, new), &item, at);
    if old.server != new.server {
        let spelled =
            |server: &Option<String>| server.clone().unwrap_or_else(|| "the server of the client".to_owned());
        let what = format!("is sent to {}, not {}", spelled(&new.server), spelled(&old.server));
        both.fix(Kind::ServerChanged, &item, at, what, "code that calls it still compiles");
    }
    if old.idempotency != new.idempotency {
        let what = match &new.idempotency {
            Some(header) => format!("sends an idempotency key in `{header}`"),
            None => "no longer sends an idempotency key".to_owned(),
        };
        both.fix(Kind::ParameterEncoding, &item, at, what, "the runtime does this automatically");
    }
    both.docs(&item, at, (&old.docs, &new.docs), true);
}

/// The method, and the type of the call.
fn name(both: &mut Both<'_>, (old, new): (&Operation, &Operation), item: &str, at: At<'_>) {
    let (was, is) = (both.old.method_expression(old), both.new.method_expression(new));
    let (call, other) = (both.old.call_path(old), both.new.call_path(new));
    let handles = |method: String| method.rsplit_once("::").map(|(handle, _)| handle.to_owned());
    let (handle, moved) = (handles(both.old.method_path(old)), handles(both.new.method_path(new)));
    let why = "code that calls it no longer compiles";
    if was != is {
        both.breaking(Kind::OperationRenamed, item, at, format!("is now `{is}`"), why);
    } else if call != other {
        let what = format!("returns a `{other}`, not a `{call}`");
        both.breaking(Kind::OperationRenamed, item, at, what, "code that names the call no longer compiles");
    } else if handle != moved {
        let what = format!("is now a method of `{}`", moved.unwrap_or_default());
        both.breaking(
            Kind::OperationRenamed,
            item,
            at,
            what,
            "code that names the handle no longer compiles",
        );
    }
}

fn body(both: &mut Both<'_>, (old, new): (&Operation, &Operation), item: &str) {
    match (&old.body, &new.body) {
        (None, None) => {}
        (None, Some(body)) => {
            let at = At { old: Some(&old.origin), new: Some(&body.origin) };
            if body.is_required {
                let why = "calls without it no longer compile";
                both.breaking(Kind::BodyAdded, item, at, "requires a body".to_owned(), why);
            } else {
                both.addition(Kind::BodyAdded, item, at, "accepts a body".to_owned(), "it is optional");
            }
        }
        (Some(body), None) => {
            let at = At { old: Some(&body.origin), new: Some(&new.origin) };
            both.breaking(
                Kind::BodyRemoved,
                item,
                at,
                "no longer sends a body".to_owned(),
                "calls that pass one no longer compile",
            );
        }
        (Some(x), Some(y)) => contents(both, (x, old), (y, new), item),
    }
}

fn contents(
    both: &mut Both<'_>,
    (old, before): (&Body, &Operation),
    (new, after): (&Body, &Operation),
    item: &str,
) {
    let at = At::both(&old.origin, &new.origin);
    match (old.is_required, new.is_required) {
        (true, false) => {
            let what = "makes the body optional: it is now a setter, not an argument".to_owned();
            both.breaking(Kind::BodyOptional, item, at, what, "calls that pass it no longer compile");
        }
        (false, true) => {
            let what = "makes the body required: it is now an argument, not a setter".to_owned();
            both.breaking(Kind::BodyRequired, item, at, what, "calls without it no longer compile");
        }
        (false, false) if old.name != new.name => {
            let what = format!("sets its body with `{}`, not `{}`", new.name, old.name);
            both.breaking(Kind::ParameterRenamed, item, at, what, "code that sets it no longer compiles");
        }
        _ => {}
    }
    let method = |op: &Operation, index: usize| op.methods.get(index).map(|method| method.name.to_string());
    for (x, content) in old.contents.iter().enumerate() {
        let Some(y) = new.contents.iter().position(|other| other.media == content.media) else {
            let only = old.contents.len() == 1 && new.contents.len() == 1;
            let what = match only {
                true => format!("sends `{}`, not `{}`", new.contents[0].media, content.media),
                false => format!("no longer sends `{}`", content.media),
            };
            if only && both.same_content(content, &new.contents[0]) {
                both.fix(Kind::MediaTypeRemoved, item, at, what, "the argument stays the same");
            } else {
                both.breaking(
                    Kind::MediaTypeRemoved,
                    item,
                    at,
                    what,
                    "code that sends it no longer compiles",
                );
            }
            continue;
        };
        let found = &new.contents[y];
        if !both.same_content(content, found) {
            let what = format!("sends {}, not {}", both.carried(false, found), both.carried(true, content));
            both.breaking(Kind::BodyRetyped, item, at, what, "calls that pass it no longer compile");
        }
        for of in rewritten(&content.encoding, &found.encoding) {
            let what = format!("encodes {} of `{}` differently", of.describe(), content.media);
            both.fix(Kind::ParameterEncoding, item, at, what, "code that calls it still compiles");
        }
        if let (Some(x), Some(y)) = (method(before, x), method(after, y))
            && x != y
            && before.methods[0].name == after.methods[0].name
        {
            let what = format!("sends `{}` with `{y}`, not `{x}`", content.media);
            both.breaking(Kind::OperationRenamed, item, at, what, "code that calls it no longer compiles");
        }
    }
    for (y, content) in new.contents.iter().enumerate() {
        let known = old.contents.iter().any(|other| other.media == content.media);
        let replaces = old.contents.len() == 1 && new.contents.len() == 1;
        if !known && !replaces {
            let what = match method(after, y) {
                Some(method) => format!("has a method that sends `{}`: `{method}`", content.media),
                None => format!("may send `{}`", content.media),
            };
            both.addition(Kind::MediaTypeAdded, item, at, what, "nothing else changes");
        }
    }
    both.docs(item, at, (&old.docs, &new.docs), false);
}

/// What is written in another way, in the order of the old document.
fn rewritten<'a>(old: &'a [PartEncoding], new: &'a [PartEncoding]) -> Vec<&'a PartOf> {
    let all = old.iter().chain(new.iter().filter(|one| old.iter().all(|other| other.of != one.of)));
    let of = |all: &'a [PartEncoding], what: &PartOf| {
        let one = all.iter().find(|one| one.of == *what && one.has_effect());
        one.map(|one| {
            // Headers have no order.
            let headers: BTreeSet<_> = one.headers.iter().collect();
            (one.style, &one.media, headers)
        })
    };
    all.map(|one| &one.of).filter(|what| of(old, what) != of(new, what)).collect()
}
