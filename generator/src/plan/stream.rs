//! At which events the streams of an operation end.
//!
//! In: the operation, and `[streams]` of `sdk.toml`. Out: the marks, where they are not what the runtime goes by anyway.

use super::way::{self, Astray};
use crate::config::Config;
use crate::diag::Sink;
use crate::ir::{ContentKind, Operation};
use crate::pointer::Pointer;

/// What the runtime ends at if nothing is said.
const USUAL: [&str; 1] = ["[DONE]"];

pub(super) fn ends(op: &Operation, config: &Config, sink: &mut Sink) -> Option<Vec<String>> {
    let contents = op.answers.iter().filter_map(|answer| answer.content.as_ref()).chain(op.others());
    let streams = contents.into_iter().any(|content| matches!(content.kind, ContentKind::Events(_)));
    let chosen = way::chosen(op, &config.streams.operations);
    if !streams {
        if let Some((key, _)) = chosen {
            let message = format!("`{} {}` does not answer with server-sent events", op.method, op.path);
            let help = "take it out, or name an operation that does".to_owned();
            let at = Pointer::root().child("streams").child("operations").child(key);
            Astray { message, help }.report(&at, sink);
        }
        return None;
    }
    let ends = chosen.map(|(_, ends)| ends).or(config.streams.end.as_ref())?;
    (*ends != USUAL).then(|| ends.clone())
}

#[cfg(test)]
mod tests;
