//! How the parts of the model are found, and the paths that lead to them.

use super::{Field, Operation, PathStep, Resource, Sdk, Shape, Type, WEBHOOK_TYPES};
use crate::ir::{ResourceId, Ty, TypeId, XmlBody};
use crate::tree::WEBHOOKS;

impl Sdk {
    /// The type as it is named in the output: itself, or the one that it is an unwritten name for.
    pub fn written(&self, id: TypeId) -> TypeId {
        match &self.types[id].shape {
            Shape::Alias(Ty::Named(of)) if self.types[id].is_unwritten => *of,
            _ => id,
        }
    }

    /// The types that stand in the output.
    pub fn written_types(&self) -> impl Iterator<Item = (TypeId, &Type)> {
        self.types.entries().filter(|(_, ty)| !ty.is_unwritten)
    }

    /// The module of types that only webhooks and callbacks carry, if there is one.
    pub fn payloads(&self) -> Option<&'static str> {
        let has_it = self.modules.iter().any(|module| module.feature.as_deref() == Some(WEBHOOK_TYPES));
        has_it.then_some(WEBHOOK_TYPES)
    }

    /// The name of the type of an XML document.
    pub fn document(&self, body: &XmlBody) -> &str {
        let found = self.xml.documents.iter().find(|(_, known)| known == body);
        found.map_or("", |(name, _)| name.as_str())
    }

    /// Follows aliases to a use that is no alias.
    pub fn behind<'t>(&'t self, ty: &'t Ty) -> &'t Ty {
        ty.follow(self.types.len(), |id| match &self.types[id].shape {
            Shape::Alias(target) => Some(target),
            Shape::Struct(_) | Shape::Enum(_) | Shape::Union(_) | Shape::Wrapper(_) => None,
        })
    }

    /// A use without the names of aliases, all the way down.
    pub fn without_aliases(&self, ty: &Ty) -> Ty {
        self.behind(ty).map_parts(&mut |part| self.without_aliases(part))
    }

    /// The fields of a path; panics on one that leads through what is no struct, a fault of `plan`.
    pub fn field(&self, step: &PathStep) -> &Field {
        &self.types[step.of].fields()[step.member]
    }

    /// The union of what webhooks send, which no schema of the document is.
    pub fn webhook_event(&self) -> Option<&Type> {
        let is_event =
            |ty: &&Type| WEBHOOKS.iter().any(|key| ty.origin.as_str().strip_prefix('/') == Some(key));
        self.types.iter().find(is_event)
    }

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
