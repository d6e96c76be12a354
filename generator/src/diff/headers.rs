//! Changes of the headers of responses. They are read by name, so the compiler sees none of them.

use super::both::{At, Both};
use super::kind::Kind;
use crate::ir::{Header, Response};

/// Everything about the headers of a response that is in both.
pub(super) fn headers(both: &mut Both<'_>, (old, new): (&Response, &Response), item: &str) {
    for header in &old.headers {
        match new.header(&header.name) {
            Some(other) => one(both, (header, other), item),
            None => {
                let at = At { old: Some(&header.origin), new: Some(&new.origin) };
                let what = format!("no longer responds with the header `{}`", header.name);
                match header.required {
                    true => {
                        let why = "code that reads it finds none";
                        both.breaking(Kind::HeaderRemoved, item, at, what, why);
                    }
                    false => both.fix(Kind::HeaderRemoved, item, at, what, "it could be absent before"),
                }
            }
        }
    }
    for header in new.headers.iter().filter(|header| old.header(&header.name).is_none()) {
        let at = At { old: Some(&old.origin), new: Some(&header.origin) };
        let what = format!("responds with the header `{}`", header.name);
        both.addition(Kind::HeaderAdded, item, at, what, "responses return it by name");
    }
}

fn one(both: &mut Both<'_>, (old, new): (&Header, &Header), item: &str) {
    let at = At::both(&old.origin, &new.origin);
    let name = &old.name;
    match (old.required, new.required) {
        (true, false) => {
            let what = format!("may respond without the header `{name}`");
            both.breaking(Kind::HeaderChanged, item, at, what, "code that relies on it may find none");
        }
        (false, true) => {
            let what = format!("always responds with the header `{name}`");
            both.fix(Kind::HeaderChanged, item, at, what, "it is read as before");
        }
        _ => {}
    }
    if old.holds != new.holds {
        let word = |header: &Header| header.holds.clone().unwrap_or_else(|| "anything".to_owned());
        let what = format!("has `{}` in the header `{name}`, not `{}`", word(new), word(old));
        both.breaking(Kind::HeaderChanged, item, at, what, "code that parses it may fail");
    }
    both.docs(item, at, (&old.docs, &new.docs), false);
}
