//! Resources.

use super::Ident;
use crate::ir::{Docs, OpId, Rare, ResourceId};

/// A node of the resource tree.
#[derive(Clone, Debug)]
pub struct Resource {
    /// The parent; `None` for the client.
    pub parent: Option<ResourceId>,
    /// Last part of its name as in the document.
    pub wire: String,
    /// The whole tag or path prefix.
    pub full: String,
    /// Documentation.
    pub docs: Rare<Docs>,
    /// Its operations in the order of the document.
    pub operations: Vec<OpId>,
    /// Its children in the order of the document.
    pub children: Vec<ResourceId>,
    /// Module and file name (unused for the client).
    pub module: Ident,
    /// The handle type: `Runs`.
    pub handle: Ident,
    /// The method that leads here from the parent: `runs`.
    pub accessor: Ident,
    /// Cargo feature: the top-level resource it belongs to.
    pub feature: Option<String>,
}
