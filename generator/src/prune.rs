//! Leaves out the operations that `[include]` and `[exclude]` of `sdk.toml` do not want, and the schemas that only those need.
//!
//! In: the normalised tree. Out: the same with less. What is left out is counted in the report, piece by piece. A schema
//! that no operation needed before stays: nobody said that it should go.

use std::collections::HashSet;

use serde_json::Value;

use crate::config::{Config, Selection};
use crate::diag::{Code, Diagnostic, Sink, suggest};
use crate::normalize::Normal;
use crate::pointer::Pointer;
use crate::tree::{Mark, Tree, methods, stage};

mod glob;
mod reach;
#[cfg(test)]
mod tests;

/// What is known of an operation before it is left out or kept.
struct Candidate {
    path: String,
    method: String,
    id: String,
    tags: Vec<String>,
}

stage! {
    /// The normal form without what `sdk.toml` leaves out.
    pub(crate) Pruned
}

/// The tree without what is not wanted.
pub(crate) fn prune(tree: Normal, config: &Config, sink: &mut Sink) -> Pruned {
    Pruned(pruned(tree.into_tree(), config, sink))
}

fn pruned(mut tree: Tree, config: &Config, sink: &mut Sink) -> Tree {
    if config.include == Selection::default() && config.exclude == Selection::default() {
        return tree;
    }
    let operations = candidates(&tree);
    check("include", &config.include, &operations, sink);
    check("exclude", &config.exclude, &operations, sink);
    let all = config.include == Selection::default();
    let (kept, out): (Vec<_>, Vec<_>) = operations
        .iter()
        .partition(|operation| (all || config.include.has(operation)) && !config.exclude.has(operation));
    if out.is_empty() {
        return tree;
    }
    let components = reach::Components::new(&tree.root);
    let whole =
        kept.iter().flat_map(|operation| node(&tree.root, operation)).chain(tree.root.get("components"));
    let pointed: Vec<String> = whole.flat_map(reach::into_paths).collect();
    let before = components.reach(operations.iter().map(|operation| node(&tree.root, operation)));
    // What others refer to stays in the tree, and is only not generated.
    let referred =
        |operation: &&Candidate| pointed.iter().any(|at| at.starts_with(place(operation).as_str()));
    let stays = kept.iter().copied().chain(out.iter().copied().filter(referred));
    let after = components.reach(stays.map(|operation| node(&tree.root, operation)));
    for operation in &out {
        let at = place(operation);
        let message = format!("`{} {}` is excluded", operation.method.to_uppercase(), operation.path);
        sink.report(Diagnostic::new(Code::Excluded, &tree.moves.origin(&at), message).at_key());
        let item = tree.root.pointer_mut(at.parent().as_str()).and_then(Value::as_object_mut);
        let Some(item) = item else { continue };
        if referred(operation) {
            tree.marks.insert(&at, Mark::Excluded);
        } else {
            item.shift_remove(&operation.method);
        }
    }
    drop_components(&mut tree, &before, &after, sink);
    tree
}

/// Takes out the components that are not reached any more. Schemas are told of; the others have no code of their own.
fn drop_components(tree: &mut Tree, before: &HashSet<String>, after: &HashSet<String>, sink: &mut Sink) {
    let base = Pointer::root().child("components");
    let Some(Value::Object(sections)) = tree.root.get_mut("components") else { return };
    let mut gone = Vec::new();
    for (section, entries) in sections {
        let home = base.child(section);
        let Some(entries) = entries.as_object_mut() else { continue };
        entries.retain(|name, _| {
            let at = home.child(name);
            let stays = !before.contains(at.as_str()) || after.contains(at.as_str());
            if !stays && section == "schemas" {
                gone.push((name.clone(), at));
            }
            stays
        });
    }
    for (name, at) in gone {
        let message = format!("the schema `{name}` is skipped: no operation needs it any more");
        sink.report(Diagnostic::new(Code::Pruned, &tree.moves.origin(&at), message).at_key());
    }
}

fn candidates(tree: &Tree) -> Vec<Candidate> {
    let mut found = Vec::new();
    let base = Pointer::root().child("paths");
    for (path, item) in tree.root.get("paths").and_then(Value::as_object).into_iter().flatten() {
        for (method, operation) in methods(item, &base.child(path), &tree.marks) {
            let text = |value: &Value| value.as_str().map(str::to_owned);
            let tags = operation.get("tags").and_then(Value::as_array);
            found.push(Candidate {
                path: path.clone(),
                method: method.clone(),
                id: operation.get("operationId").and_then(text).unwrap_or_default(),
                tags: tags.into_iter().flatten().filter_map(text).collect(),
            });
        }
    }
    found
}

fn place(operation: &Candidate) -> Pointer {
    Pointer::root().child("paths").child(&operation.path).child(&operation.method)
}

/// The operation with what its path item gives it.
fn node<'t>(root: &'t Value, operation: &Candidate) -> Vec<&'t Value> {
    let item = root.get("paths").and_then(|paths| paths.get(&operation.path));
    let own = item.and_then(|item| item.get(&operation.method));
    let shared = item.and_then(|item| item.get("parameters"));
    own.into_iter().chain(shared).collect()
}

impl Selection {
    fn has(&self, operation: &Candidate) -> bool {
        self.operations.iter().any(|name| names(name, operation))
            || self.tags.iter().any(|tag| operation.tags.contains(tag))
            || self.paths.iter().any(|pattern| glob::matches(pattern, &operation.path))
    }
}

/// Whether a name is that of the operation: its id, or `GET /path`.
fn names(name: &str, operation: &Candidate) -> bool {
    name == operation.id
        || name.split_once(' ').is_some_and(|(method, path)| {
            method.eq_ignore_ascii_case(&operation.method) && path == operation.path
        })
}

/// Reports what matches no operation.
fn check(table: &str, selection: &Selection, operations: &[Candidate], sink: &mut Sink) {
    let mut unknown = |key: &str, index: usize, what: &str, near: Option<&str>| {
        let at = Pointer::root().child(table).child(key).child(index);
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "correct or remove it".to_owned(),
        };
        let message = format!("{what} matches no operation");
        sink.report(Diagnostic::in_config(Code::ConfigTarget, &at, message).help(help));
    };
    let ids = || operations.iter().map(|operation| operation.id.as_str());
    let tags = || operations.iter().flat_map(|operation| operation.tags.iter().map(String::as_str));
    for (index, name) in selection.operations.iter().enumerate() {
        if !operations.iter().any(|operation| names(name, operation)) {
            unknown("operations", index, &format!("`{name}`"), suggest(name, ids()));
        }
    }
    for (index, tag) in selection.tags.iter().enumerate() {
        if !tags().any(|known| known == tag) {
            unknown("tags", index, &format!("the tag `{tag}`"), suggest(tag, tags()));
        }
    }
    for (index, pattern) in selection.paths.iter().enumerate() {
        if !operations.iter().any(|operation| glob::matches(pattern, &operation.path)) {
            unknown("paths", index, &format!("`{pattern}`"), None);
        }
    }
}
