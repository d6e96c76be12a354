//! Resources, and the paths that lead to them and their methods.

use super::{Ident, Operation, Sdk};
use crate::ir::{Docs, OpId, ResourceId};

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
    pub docs: Docs,
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

impl Sdk {
    /// The client, which is the root of the resources.
    pub fn root(&self) -> &Resource {
        &self.resources[ResourceId::ROOT]
    }

    /// The resources from the top-level one down to this; empty for the client.
    pub fn chain(&self, id: ResourceId) -> Vec<&Resource> {
        let mut chain = Vec::new();
        let mut at = &self.resources[id];
        while let Some(parent) = at.parent {
            chain.push(at);
            at = &self.resources[parent];
        }
        chain.reverse();
        chain
    }

    /// The module of a resource, as a path: `workflows::runs`; `client` for the client.
    pub fn module_of(&self, id: ResourceId) -> String {
        let parts: Vec<&str> = self.chain(id).iter().map(|resource| resource.module.as_str()).collect();
        if parts.is_empty() { "client".to_owned() } else { parts.join("::") }
    }

    /// The expression that gives a handle: `client.workflows().runs()`.
    pub fn handle_expression(&self, id: ResourceId) -> String {
        let steps = self.chain(id);
        steps.iter().fold("client".to_owned(), |out, resource| format!("{out}.{}()", resource.accessor))
    }

    /// The first method of an operation, as a path: `workflows::runs::Runs::list`.
    pub fn method_path(&self, op: &Operation) -> String {
        let resource = &self.resources[op.resource];
        format!("{}::{}::{}", self.module_of(op.resource), resource.handle, op.methods[0].name)
    }

    /// The first method of an operation, as it is called: `client.workflows().runs().list`.
    pub fn method_expression(&self, op: &Operation) -> String {
        format!("{}.{}", self.handle_expression(op.resource), op.methods[0].name)
    }

    /// The call value of an operation, as a path: `workflows::runs::List`.
    pub fn call_path(&self, op: &Operation) -> String {
        format!("{}::{}", self.module_of(op.resource), op.call)
    }
}
