//! Rewrites a document into the OpenAPI 3.0 shape that the typed reading can hold.
//!
//! In: the tree as loaded and fixed up, OpenAPI 3.0 or 3.1, written with or without care. Out: a tree in normal form,
//! that remembers where its nodes came from; whatever could not be kept is in the sink, keyword by keyword. One walk,
//! which knows what every node is: values of `example`, `default`, `enum` and extensions are data and never looked
//! into. It knows nothing of `openapiv3` but its limits, and nothing of what becomes of a schema.
//!
//! What 3.0 cannot say and a later stage must know keeps its keyword of 3.1 (`prefixItems`, `webhooks`), or is a mark beside
//! the tree; a second run is given the marks of the first. The normal form is idempotent, and the identity on a clean 3.0
//! document. Nodes are changed in place and moved, not copied; the exceptions are path items and media types that several
//! places refer to.

mod context;
mod definition;
mod event;
mod identity;
pub(crate) mod keyword;
mod reference;
mod repair;
mod schema;
mod shape;
#[cfg(test)]
mod tests;
mod walk;

use serde_json::Value;

use crate::diag::Sink;
use crate::fixup::Edited;
use crate::pointer::Path;
use crate::tree::{Tree, stage};
use context::Cx;
use keyword::ObjectKind;
pub(crate) use keyword::Since;

stage! {
    /// The document in normal form: OpenAPI 3.0, repaired.
    pub(crate) Normal
}

/// Rewrites the document into normal form.
pub(crate) fn normalize(tree: Edited, sink: &mut Sink) -> Normal {
    Normal(rewrite(tree.into_tree(), sink))
}

/// Normalizes the normal form, which must change nothing.
pub(crate) fn again(normal: &Normal, sink: &mut Sink) -> Normal {
    Normal(rewrite(normal.0.clone(), sink))
}

fn rewrite(tree: Tree, sink: &mut Sink) -> Tree {
    let Tree { mut root, moves, marks, lost } = tree;
    let mut cx = Cx::new(&root, moves, marks, sink);
    if !walk::node(ObjectKind::Document, &mut root, &Path::root(), &mut cx) {
        root = Value::Object(serde_json::Map::new());
        walk::node(ObjectKind::Document, &mut root, &Path::root(), &mut cx);
    }
    walk::place_definitions(&mut root, &mut cx);
    event::event(&mut root, &mut cx);
    walk::place_definitions(&mut root, &mut cx);
    reference::follow_moves(&mut root, &cx);
    repair::swagger2::references_to_parts(&mut root, &mut cx);
    cx.sink.set_rewrites(cx.rules);
    Tree { root, moves: cx.moves, marks: cx.marks, lost }
}
