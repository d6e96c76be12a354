//! Changes of what calls give: responses and errors.

use super::both::{At, Both};
use super::kind::Kind;
use crate::ir::{OpId, Response};
use crate::sdk::{Operation, Outcome};

/// Everything about the responses of an operation.
pub(super) fn responses(both: &mut Both<'_>, (a, b): (OpId, OpId), item: &str) {
    let (old, new) = (&both.old.operations[a], &both.new.operations[b]);
    let at = At::both(&old.origin, &new.origin);
    let retyped = outcome(both, (old, new), item, at);
    statuses(both, (old, new), retyped, item, at);
    others(both, (old, new), item, at);
    errors(both, (old, new), item, at);
    super::behaviour::behaviour(both, (a, b), item, at);
}

/// Whether what awaiting gives has another type.
fn outcome(both: &mut Both<'_>, (old, new): (&Operation, &Operation), item: &str, at: At<'_>) -> bool {
    let why = "code that uses the result no longer compiles";
    match (&old.outcome, &new.outcome) {
        (Outcome::One(x), Outcome::One(y)) | (Outcome::Optional(x), Outcome::Optional(y)) => {
            let same = match (old.given(*x), new.given(*y)) {
                (None, None) => true,
                (Some(x), Some(y)) => both.same_content(x, y),
                _ => false,
            };
            if same {
                return false;
            }
        }
        (Outcome::Choice { name, variants }, Outcome::Choice { name: renamed, variants: others }) => {
            if name != renamed {
                let what = format!("returns a `{renamed}`, not a `{name}`");
                both.breaking(Kind::ResponseRetyped, item, at, what, why);
            }
            let mut changed = false;
            for (response, variant) in old.responses.iter().zip(variants) {
                let found = others.iter().position(|other| other == variant).map(|at| &new.responses[at]);
                let same = found.is_some_and(|found| match (&response.content, &found.content) {
                    (None, None) => true,
                    (Some(x), Some(y)) => both.same_content(x, y),
                    _ => false,
                });
                if !same {
                    let what = match found {
                        Some(_) => format!("returns another type in `{name}::{variant}`"),
                        None => format!("no longer returns `{name}::{variant}`"),
                    };
                    changed = true;
                    both.breaking(Kind::ResponseRetyped, item, at, what, why);
                }
            }
            return changed || name != renamed;
        }
        _ => {}
    }
    let what = format!("returns {}, not {}", both.given(false, new), both.given(true, old));
    both.breaking(Kind::ResponseRetyped, item, at, what, why);
    true
}

fn statuses(
    both: &mut Both<'_>,
    (old, new): (&Operation, &Operation),
    retyped: bool,
    item: &str,
    at: At<'_>,
) {
    for response in &new.responses {
        let Some(before) = old.responses.iter().find(|other| other.status == response.status) else {
            let at = At { new: Some(&response.origin), ..at };
            let what = format!("may respond with status {}", response.status);
            both.addition(Kind::StatusAdded, item, at, what, "other statuses are decoded as before");
            continue;
        };
        let media = |response: &Response| response.content.as_ref().map(|content| content.media.clone());
        let at = At::both(&before.origin, &response.origin);
        if !retyped && media(before) != media(response) {
            let name = |response: &Response| media(response).unwrap_or_else(|| "nothing".to_owned());
            let what = format!("responds with `{}`, not `{}`", name(response), name(before));
            both.fix(Kind::MediaTypeAdded, item, at, what, "the result stays the same");
        }
        both.docs(item, at, (&before.docs, &response.docs), false);
        super::headers::headers(both, (before, response), item);
    }
    for response in &old.responses {
        if new.responses.iter().all(|other| other.status != response.status) {
            let at = At { old: Some(&response.origin), ..at };
            let what = format!("no longer responds with status {}", response.status);
            both.fix(Kind::StatusRemoved, item, at, what, "the result is listed separately");
        }
    }
}

/// The methods that ask for another media type.
fn others(both: &mut Both<'_>, (old, new): (&Operation, &Operation), item: &str, at: At<'_>) {
    let pairs = |op: &'_ Operation| -> Vec<_> {
        op.others.iter().map(|other| (other.content.clone(), other.name.clone())).collect()
    };
    let (before, after) = (pairs(old), pairs(new));
    for (content, name) in &before {
        let why = "code that uses it no longer compiles";
        match after.iter().find(|(_, other)| other == name) {
            None => {
                let what = format!("no longer has `{name}()` for `{}`", content.media);
                both.breaking(Kind::MediaTypeRemoved, item, at, what, why);
            }
            Some((found, _)) if !both.same_content(content, found) => {
                let what = format!("returns {} from `{name}()`", both.carried(false, found));
                both.breaking(Kind::ResponseRetyped, item, at, what, why);
            }
            Some(_) => {}
        }
    }
    for (content, name) in after.iter().filter(|(_, name)| before.iter().all(|(_, other)| other != name)) {
        let what = format!("can request `{}` with `{name}()`", content.media);
        both.addition(Kind::MediaTypeAdded, item, at, what, "nothing else changes");
    }
}

fn errors(both: &mut Both<'_>, (old, new): (&Operation, &Operation), item: &str, at: At<'_>) {
    for response in &new.errors {
        match old.errors.iter().find(|other| other.status == response.status) {
            None => {
                let at = At { new: Some(&response.origin), ..at };
                let what = format!("may fail with status {}", response.status);
                both.addition(Kind::StatusAdded, item, at, what, "it was an error with a raw body before");
            }
            Some(before) => error(both, before, response, item),
        }
    }
    for response in &old.errors {
        if new.errors.iter().any(|other| other.status == response.status) {
            continue;
        }
        let at = At { old: Some(&response.origin), ..at };
        let what = format!("no longer fails with status {}", response.status);
        if response.content.is_some() {
            both.breaking(Kind::StatusRemoved, item, at, what, "code that reads its typed body finds none");
        } else {
            both.fix(Kind::StatusRemoved, item, at, what, "errors of any status are decoded as before");
        }
    }
}

fn error(both: &mut Both<'_>, old: &Response, new: &Response, item: &str) {
    let at = At::both(&old.origin, &new.origin);
    let status = new.status;
    match (&old.content, &new.content) {
        (None, Some(content)) => {
            let what = format!("has a typed body for status {status}: {}", both.carried(false, content));
            both.addition(Kind::ErrorRetyped, item, at, what, "the raw body is still available");
        }
        (Some(_), None) => {
            let what = format!("no longer has a typed body for status {status}");
            both.breaking(Kind::ErrorRetyped, item, at, what, "code that reads it finds none");
        }
        (Some(x), Some(y)) if !both.same_content(x, y) => {
            let what =
                format!("has {}, not {}, for status {status}", both.carried(false, y), both.carried(true, x));
            both.breaking(Kind::ErrorRetyped, item, at, what, "code that reads the old type finds none");
        }
        _ => {}
    }
    both.docs(item, at, (&old.docs, &new.docs), false);
    super::headers::headers(both, (old, new), item);
}

impl Both<'_> {
    /// What awaiting a call gives, in Rust.
    fn given(&self, old: bool, op: &Operation) -> String {
        let one = |at: &usize| match op.given(*at) {
            Some(content) => self.carried(old, content),
            None => "nothing".to_owned(),
        };
        match &op.outcome {
            Outcome::One(at) => one(at),
            Outcome::Optional(at) => format!("{} or nothing", one(at)),
            Outcome::Choice { name, .. } => format!("one of several responses (`{name}`)"),
        }
    }
}
