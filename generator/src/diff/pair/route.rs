//! Parts of routes and ids.

use crate::ir::{Content, Ty};
use crate::sdk::Operation;
use crate::word;

/// A path without the names of its parameters.
pub(super) fn shape(path: &str) -> String {
    let parts = path.split('/').map(|part| if part.starts_with('{') { "{}" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

/// The parts of a path that are neither parameters nor versions.
pub(super) fn statics(path: &str) -> Vec<String> {
    let is_version = |part: &str| {
        part.strip_prefix('v')
            .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()))
    };
    let named = |part: &&str| !part.is_empty() && !part.starts_with('{') && !is_version(part);
    path.split('/').filter(named).map(str::to_owned).collect()
}

/// Whether a path ends in a parameter: it is about one of many.
pub(super) fn is_item(op: &Operation) -> bool {
    op.path.ends_with('}')
}

/// The words of the `operationId`.
pub(super) fn id_words(op: &Operation) -> Option<Vec<String>> {
    op.id.as_deref().map(word::words)
}

/// Whether the ids of two operations end in the same word, which says what they do.
pub(super) fn same_action(a: &Operation, b: &Operation) -> bool {
    let last = |op: &Operation| id_words(op).and_then(|mut words| words.pop());
    last(a).is_some() && last(a) == last(b)
}

/// What the first success carries.
pub(super) fn answered(op: &Operation) -> Option<&Ty> {
    op.responses.iter().find_map(|response| response.content.as_ref().and_then(Content::ty))
}

/// What a call sends.
pub(super) fn sent(op: &Operation) -> Option<&Ty> {
    op.body.iter().flat_map(|body| &body.contents).find_map(Content::ty)
}
