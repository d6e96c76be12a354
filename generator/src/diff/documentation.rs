//! What a documentation says, as one text.

use crate::ir::Docs;

/// The words of a documentation, constraints and links included.
pub(super) fn text(docs: &Docs) -> String {
    let mut parts: Vec<&str> = Vec::new();
    parts.extend(docs.summary.as_deref());
    parts.extend(docs.description.as_deref());
    parts.extend(docs.constraints.iter().map(String::as_str));
    parts.extend(docs.default.as_deref());
    parts.extend(docs.link.as_deref());
    parts.join("\n").trim().to_owned()
}
