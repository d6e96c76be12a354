//! The resource tree: which resource an operation belongs to.

mod spelling;

use std::collections::HashMap;

use self::spelling::Spelling;

use super::{Lower, text};
use crate::config::Config;
use crate::ir::{Docs, OpId, Resource, ResourceId};
use crate::lock::Section;
use crate::resolve::Annotations;

/// The tree while it grows.
pub(super) struct Tree {
    by_name: HashMap<String, ResourceId>,
    spelling: Spelling,
    tags: HashMap<String, Docs>,
}

impl Tree {
    /// A tree with the root alone, then each declared tag that `operations` use, in the order of the document.
    pub(super) fn new(lower: &mut Lower<'_, '_>, config: &Config) -> Self {
        let model = &lower.doc.model;
        let tags = model.tags.iter().map(|tag| {
            let notes = Annotations { description: tag.description.as_deref(), ..Annotations::default() };
            (tag.name.clone(), text::docs(&notes, ""))
        });
        let tags: HashMap<String, Docs> = tags.collect();
        let rank = |tag: &str| if is_known(config, tag) { 0 } else { 1 + u8::from(!tags.contains_key(tag)) };
        let written: Vec<String> = lower
            .doc
            .operations()
            .map(|(path, _, method, operation)| match kept(config, method, path) {
                [] => declared(operation, path),
                kept => kept.join("."),
            })
            .collect();
        let spelling = Spelling::new(written.iter().map(String::as_str), rank);
        let tree = Self { by_name: HashMap::new(), spelling, tags };
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
        let chosen = choice.and_then(|choice| choice.resource.clone());
        let (full, dotted) = match (chosen, kept(config, method, path)) {
            (Some(resource), _) => (resource, true),
            // a move to another resource would rename everything about the operation
            (None, kept @ [_, ..]) => (kept.join("."), kept.len() > 1),
            (None, []) => {
                let written = declared(operation, path);
                let full = if is_known(config, &written) { written } else { self.spelling.of(&written) };
                let dotted = !operation.tags.is_empty() && is_dotted(&full);
                (full, dotted)
            }
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

/// Whether there was a resource of this name in earlier runs.
fn is_known(config: &Config, full: &str) -> bool {
    !config.lock.get(Section::Resources, full).is_empty()
}

/// Where an operation stood in earlier runs.
fn kept<'a>(config: &'a Config, method: &str, path: &str) -> &'a [String] {
    config.lock.get(Section::Tree, &format!("{} {path}", method.to_uppercase()))
}

/// The tag an operation belongs to; without one, what its path begins with.
fn declared(operation: &openapiv3::Operation, path: &str) -> String {
    operation.tags.first().cloned().unwrap_or_else(|| from_path(path))
}

/// How many resources a tag nests. One of more parts is a single name.
const MOST_NESTED: usize = 32;

/// Whether a tag is a path of names (`workflows.runs.steps`), not prose with a full stop in it.
fn is_dotted(tag: &str) -> bool {
    let few = tag.split('.').nth(MOST_NESTED).is_none();
    few && tag
        .split('.')
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
