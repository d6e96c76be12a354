//! The resource tree: which resource an operation belongs to.

use std::collections::HashMap;

use super::{Lower, text};
use crate::config::Config;
use crate::ir::{Docs, OpId, Resource, ResourceId};
use crate::lock::Section;
use crate::resolve::Annotations;
use crate::word;

/// The tree while it grows.
pub(super) struct Tree {
    by_name: HashMap<String, ResourceId>,
    /// Tags by their words: those that differ in case and separators only are one resource.
    by_words: HashMap<String, String>,
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
        let tags: HashMap<String, Docs> = tags.collect();
        let mut by_words = HashMap::new();
        for tag in &model.tags {
            by_words.entry(folded(&tag.name)).or_insert_with(|| tag.name.clone());
        }
        let tree = Self { by_name: HashMap::new(), by_words, tags };
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
        let kept = config.lock.get(Section::Tree, &format!("{method} {path}"));
        let (full, dotted) = match (chosen, kept, operation.tags.first()) {
            (Some(resource), ..) => (resource, true),
            // a move to another resource would rename everything about the operation
            (None, [_, ..], _) => (kept.join("."), kept.len() > 1),
            (None, [], Some(tag)) if tag.is_empty() => (String::new(), false),
            (None, [], Some(tag)) => {
                let tag = self.by_words.entry(folded(tag)).or_insert_with(|| tag.clone());
                (tag.clone(), is_dotted(tag))
            }
            (None, [], None) => (from_path(path), false),
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

/// What is left of a tag without case and separators.
fn folded(tag: &str) -> String {
    let part = |part| {
        let read = word::read(part);
        read.spelled.unwrap_or(read.plain).join("_")
    };
    tag.split('.').map(part).collect::<Vec<_>>().join(".")
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
