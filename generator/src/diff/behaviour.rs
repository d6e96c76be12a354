//! Changes of what comes after the first response: further pages, waiting, the end of a stream.

use super::both::{At, Both};
use super::kind::Kind;
use crate::ir::OpId;
use crate::sdk::Waiting;

/// Everything that goes on after a response.
pub(super) fn behaviour(both: &mut Both<'_>, (a, b): (OpId, OpId), item: &str, at: At<'_>) {
    paging(both, (a, b), item, at);
    waiting(both, (a, b), item, at);
    let (old, new) = (&both.old.operations[a].streams, &both.new.operations[b].streams);
    let spelled = |marks: &Option<Vec<String>>, none: &str, usual: &str| match marks {
        Some(marks) if marks.is_empty() => none.to_owned(),
        Some(marks) => format!("`{}`", marks.join("`, `")),
        None => usual.to_owned(),
    };
    if old.ends != new.ends {
        let spelled = |ends| spelled(ends, "no event", "`[DONE]`");
        let what = format!("ends its streams at {}, not {}", spelled(&new.ends), spelled(&old.ends));
        both.fix(Kind::StreamChanged, item, at, what, "the runtime does this automatically");
    }
    if old.errors != new.errors {
        let spelled = |errors| spelled(errors, "nothing", "`error`, `/error`");
        let what = format!(
            "treats {} in its streams as an error, not {}",
            spelled(&new.errors),
            spelled(&old.errors)
        );
        both.fix(Kind::StreamChanged, item, at, what, "the runtime does this automatically");
    }
}

fn paging(both: &mut Both<'_>, (a, b): (OpId, OpId), item: &str, at: At<'_>) {
    match (&both.old.operations[a].paging, &both.new.operations[b].paging) {
        (None, Some(_)) => {
            let what = "is paginated: it has `items()` and `pages()`".to_owned();
            both.addition(Kind::PagingChanged, item, at, what, "the first page is the earlier result");
        }
        (Some(_), None) => {
            let what = "no longer has `items()` and `pages()`".to_owned();
            let why = "code that iterates over pages no longer compiles";
            both.breaking(Kind::PagingChanged, item, at, what, why);
        }
        (Some(x), Some(y)) if !both.same(&x.item, &y.item) => {
            let spelled = |plan, of| super::spell::ty(plan, of);
            let (new, old) = (spelled(both.new, &y.item), spelled(both.old, &x.item));
            let what = format!("returns items of `{new}`, not `{old}`");
            both.breaking(Kind::PagingChanged, item, at, what, "code that reads them no longer compiles");
        }
        (Some(x), Some(y)) if x.style != y.style => {
            let what = "requests the next page differently".to_owned();
            both.fix(Kind::PagingChanged, item, at, what, "the runtime does this automatically");
        }
        _ => {}
    }
}

fn waiting(both: &mut Both<'_>, (a, b): (OpId, OpId), item: &str, at: At<'_>) {
    let why = "code that waits no longer compiles";
    let (old, new) = (&both.old.operations[a].wait, &both.new.operations[b].wait);
    match (old, new) {
        (None, None) => {}
        (None, Some(new)) => {
            let what = format!("can be waited for with `{}`", new.method);
            both.addition(Kind::WaitingChanged, item, at, what, "nothing else changes");
        }
        (Some(old), None) => {
            let what = format!("can no longer be waited for with `{}`", old.method);
            both.breaking(Kind::WaitingChanged, item, at, what, why);
        }
        (Some(old), Some(new)) if old.method != new.method => {
            let what = format!("is waited for with `{}`, not `{}`", new.method, old.method);
            both.breaking(Kind::WaitingChanged, item, at, what, why);
        }
        (Some(old), Some(new)) => until(both, (old, new), item, at),
    }
}

/// When waiting is over.
fn until(both: &mut Both<'_>, (old, new): (&Waiting, &Waiting), item: &str, at: At<'_>) {
    let lost: Vec<&str> = old.is.iter().filter(|value| !new.is.contains(value)).map(String::as_str).collect();
    if old.text != new.text {
        let what = format!("is waited for until `{}` is final, not `{}`", new.text, old.text);
        both.breaking(Kind::WaitingChanged, item, at, what, "waiting ends at another value");
    } else if !lost.is_empty() {
        let what = format!("keeps waiting at `{}`", lost.join("`, `"));
        both.breaking(Kind::WaitingChanged, item, at, what, "waiting ends at another value");
    } else if new.is.iter().any(|value| !old.is.contains(value)) {
        let what = format!("is waited for until `{}`", new.is.join("`, `"));
        both.fix(Kind::WaitingChanged, item, at, what, "waiting would not have ended");
    }
}
