//! The resource tree: which resource an operation belongs to.

use std::collections::HashMap;

use super::{Lower, text};
use crate::config::Config;
use crate::ir::{Docs, OpId, Resource, ResourceId};
use crate::resolve::Annotations;

/// The tree while it grows.
pub(super) struct Tree {
    by_name: HashMap<String, ResourceId>,
    tags: HashMap<String, Docs>,
}

impl Tree {
    /// A tree with the root alone, then each declared tag that `operations` use, in the order of the document.
    pub(super) fn new(lower: &mut Lower<'_, '_>, _config: &Config) -> Self {
        let model = &lower.doc.model;
        let tags = model.tags.iter().map(|tag| {
            let notes = Annotations { description: tag.description.as_deref(), ..Annotations::default() };
            (tag.name.clone(), text::docs(&notes, ""))
        });
        let tree = Self { by_name: HashMap::new(), tags: tags.collect() };
        lower.api.resources.push(Resource {
            name: None,
            parent: None,
            wire: String::new(),
            full: String::new(),
            docs: Docs::default(),
            operations: Vec::new(),
            children: Vec::new(),
        });
        tree
    }

    /// Finds or makes the resource of an operation, and adds the operation to it.
    pub(super) fn place(
        &mut self,
        lower: &mut Lower<'_, '_>,
        config: &Config,
        operation: &openapiv3::Operation,
        (method, path): (&str, &str),
        id: OpId,
    ) -> ResourceId {
        let choice = operation.operation_id.as_ref().and_then(|id| config.operations.get(id));
        let choice =
            choice.or_else(|| config.operations.get(&format!("{} {path}", method.to_ascii_uppercase())));
        let (full, dotted) = match (choice.and_then(|choice| choice.resource.clone()), operation.tags.first())
        {
            (Some(resource), _) => (resource, true),
            (None, Some(tag)) => (tag.clone(), is_dotted(tag)),
            (None, None) => (from_path(path), false),
        };
        let resource = if full.is_empty() { ResourceId(0) } else { self.resource(lower, &full, dotted) };
        lower.api.resources[resource.0 as usize].operations.push(id);
        resource
    }

    fn resource(&mut self, lower: &mut Lower<'_, '_>, full: &str, dotted: bool) -> ResourceId {
        if let Some(id) = self.by_name.get(full) {
            return *id;
        }
        let (parent, wire) = match full.rsplit_once('.') {
            Some((parent, wire)) if dotted => (self.resource(lower, parent, true), wire),
            _ => (ResourceId(0), full),
        };
        let id = ResourceId(lower.api.resources.len() as u32);
        lower.api.resources[parent.0 as usize].children.push(id);
        lower.api.resources.push(Resource {
            name: None,
            parent: Some(parent),
            wire: wire.to_owned(),
            full: full.to_owned(),
            docs: self.tags.get(full).cloned().unwrap_or_default(),
            operations: Vec::new(),
            children: Vec::new(),
        });
        self.by_name.insert(full.to_owned(), id);
        id
    }
}

/// Whether a tag is a path of names (`workflows.runs.steps`), not prose with a full stop in it.
fn is_dotted(tag: &str) -> bool {
    tag.split('.')
        .all(|part| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-')))
}

/// The first part of a path that is neither a parameter nor a version.
fn from_path(path: &str) -> String {
    let is_version = |part: &str| {
        let digits = part.strip_prefix(['v', 'V']).unwrap_or(part);
        !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit() || c == '.')
    };
    path.split('/')
        .find(|part| !part.is_empty() && !part.contains('{') && !is_version(part) && *part != "api")
        .unwrap_or_default()
        .to_owned()
}
