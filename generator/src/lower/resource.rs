//! The resource tree: which resource an operation belongs to.

mod spelling;

use std::collections::HashMap;

use self::spelling::Spelling;

use super::context::Lower;
use super::text;
use crate::config::Config;
use crate::ir::{Docs, OpId, Rare, Resource, ResourceId};
use crate::lock::Section;
use crate::resolve::Annotations;

/// The tree while it grows.
pub(super) struct Tree {
    by_name: HashMap<String, ResourceId>,
    spelling: Spelling,
    tags: HashMap<String, Rare<Docs>>,
}

impl Tree {
    /// A tree with the root alone, then each declared tag that `operations` use, in the order of the document.
    pub(super) fn new(lower: &mut Lower<'_, '_>, config: &Config) -> Self {
        let model = &lower.doc.model;
        let tags = model.tags.iter().map(|tag| {
            let notes = Annotations { description: tag.description.as_deref(), ..Annotations::default() };
            (split(&tag.name).join("."), text::docs(&notes, ""))
        });
        let tags: HashMap<String, Rare<Docs>> = tags.collect();
        let rank =
            |full: &str| if is_known(config, full) { 0 } else { 1 + u8::from(!tags.contains_key(full)) };
        let written: Vec<Vec<String>> = lower
            .doc
            .operations()
            .map(|one| match kept(config, one.method, one.path) {
                [] => declared(one.tag(), one.path),
                kept => kept.to_vec(),
            })
            .collect();
        let spelling = Spelling::new(&written, rank);
        let tree = Self { by_name: HashMap::new(), spelling, tags };
        lower.api.resources.push(Resource {
            name: None,
            parent: None,
            wire: String::new(),
            full: String::new(),
            docs: Rare::default(),
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
        let parts = match (chosen, kept(config, method, path)) {
            (Some(resource), _) => resource.split('.').map(str::to_owned).collect(),
            // a move to another resource would rename everything about the operation
            (None, kept @ [_, ..]) => kept.to_vec(),
            (None, []) => {
                let written = declared(operation.tags.first().map(String::as_str), path);
                if is_known(config, &written.join(".")) { written } else { self.spelling.of(&written) }
            }
        };
        let is_root = parts.iter().all(String::is_empty);
        let resource = if is_root { ResourceId(0) } else { self.resource(lower, &parts) };
        lower.api.resources[resource].operations.push(id);
        resource
    }

    fn resource(&mut self, lower: &mut Lower<'_, '_>, parts: &[String]) -> ResourceId {
        let full = parts.join(".");
        if let Some(id) = self.by_name.get(&full) {
            return *id;
        }
        let (parent, wire) = match parts {
            [parents @ .., wire] if !parents.is_empty() => (self.resource(lower, parents), wire.as_str()),
            _ => (ResourceId(0), full.as_str()),
        };
        let id = ResourceId(lower.api.resources.len() as u32);
        lower.api.resources[parent].children.push(id);
        lower.api.resources.push(Resource {
            name: None,
            parent: Some(parent),
            wire: wire.to_owned(),
            full: full.clone(),
            docs: self.tags.get(&full).cloned().unwrap_or_default(),
            operations: Vec::new(),
            children: Vec::new(),
        });
        self.by_name.insert(full, id);
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

/// The tag an operation belongs to, as the parts of its way; without one, what its path begins with.
fn declared(tag: Option<&str>, path: &str) -> Vec<String> {
    match tag {
        Some(tag) => split(tag).into_iter().map(str::to_owned).collect(),
        None => vec![from_path(path)],
    }
}

/// How many resources a tag nests. One of more parts is a single name.
const MOST_NESTED: usize = 32;

/// The parts of a tag that is a path of names: `workflows.runs.steps`, `Manage > Projects`, `Manage / Teams`, `Billing: Invoices`.
/// A full stop, a slash or a colon in prose (`And/or`, `10:30`) parts nothing.
fn split(tag: &str) -> Vec<&str> {
    let is_name =
        |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    if tag.split('.').nth(MOST_NESTED).is_none() && tag.split('.').all(is_name) {
        return tag.split('.').collect();
    }
    let mut parts = vec![tag];
    for separator in [" > ", " / ", " :: ", ": ", " » ", " › ", " → ", " -> "] {
        parts = parts.into_iter().flat_map(|part| part.split(separator)).map(str::trim).collect();
    }
    let named = parts.iter().all(|part| part.contains(char::is_alphanumeric));
    if named && parts.len() <= MOST_NESTED { parts } else { vec![tag] }
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
