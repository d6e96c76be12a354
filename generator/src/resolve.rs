//! The document as a typed model, with reference look-up.
//!
//! In: the normalised tree. Out: a [`Doc`]: everything but schemas read into `openapiv3`'s model, path item by path
//! item, so that a failure has a place, and each only while it is lowered; schemas stay in the tree and are read by [`Doc::node`], because
//! `openapiv3`'s untagged and flattened schema types buffer each subtree once per level (quadratic in depth).
//! Must not know: the IR.

mod alike;
mod alternative;
mod doc;
mod model;
mod node;
mod place;
mod references;
mod seek;

use crate::diag::Sink;
use crate::normalize::Since;
use crate::prune::Pruned;

pub(crate) use alike::alike;
use alternative::Alternatives;
pub(crate) use doc::{Doc, Sharable, Shared};
pub(crate) use model::{Item, schema_place};
pub(crate) use node::{Additional, Annotations, Conjunction, Node, Reference};
pub(crate) use place::Place;

/// Reads the tree. `None` only when not even the outermost object can be read.
pub(crate) fn resolve(tree: Pruned, version: Since, sink: &mut Sink) -> Option<Doc> {
    let tree = tree.into_tree();
    let model = model::model(&tree, sink)?;
    let mut doc = Doc {
        tree,
        model,
        alternatives: Alternatives::default(),
        version,
        merged: Default::default(),
        nullable: Default::default(),
    };
    doc.alternatives =
        Alternatives::of(doc.root(), |place| Some(doc.reference(std::slice::from_ref(place))?.target));
    references::check(&doc, sink);
    Some(doc)
}
