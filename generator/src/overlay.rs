//! Applies the overlays of `sdk.toml` to the tree, in order (OpenAPI Overlay Specification 1.0).
//!
//! In: the bundled tree. Out: the edited tree. An overlay that cannot be read or applied is an error; an
//! action that matches nothing is a warning, as the specification allows it. Knows trees and paths, not
//! OpenAPI.

use serde_json::{Map, Value};
use serde_json_path::{JsonPath, PathElement};

use crate::bundle::Bundled;
use crate::diag::{Code, Diagnostic, File, Sink};
use crate::load;
use crate::pointer::Pointer;
use crate::provenance::{EditSource, Provenance};
use crate::source::Source;
use crate::tree::{Tree, stage};

#[cfg(test)]
mod tests;

/// Maximum number of values that all overlays may insert. Each action can target all nodes, including those
/// that earlier actions inserted.
const MOST_VALUES: usize = 250_000;

stage! {
    /// The document with the overlays.
    pub(crate) Overlaid
}

/// Applies all overlays, and adds their edits to `edits`.
///
/// `first` is the index of the first overlay among the texts of the run.
pub(crate) fn overlay(
    tree: Bundled,
    overlays: &[Source],
    first: usize,
    edits: &mut Vec<Provenance>,
    sink: &mut Sink,
) -> Overlaid {
    let mut tree = tree.into_tree();
    let mut budget = MOST_VALUES;
    for (index, source) in overlays.iter().enumerate() {
        let file = (first + index) as u16;
        let mut found = Sink::new();
        if let Some(overlay) = read(source, &mut found) {
            let name = format!("the overlay `{}`", source.file_name());
            let editor = EditSource { file: File::Other(file), name: &name };
            apply(&mut tree, &overlay, editor, &mut budget, edits, &mut found);
        }
        found.finish().into_iter().for_each(|one| sink.report(one.moved(File::Other(file))));
    }
    Overlaid(tree)
}

/// Reads an overlay document, or reports why it is none.
fn read(source: &Source, sink: &mut Sink) -> Option<Value> {
    let overlay = load::read(source, sink)?;
    let version = overlay.get("overlay").and_then(Value::as_str);
    let actions = overlay.get("actions").is_some_and(Value::is_array);
    let (message, help) = match version {
        Some(version) if !version.starts_with("1.") => {
            (format!("the overlay version `{version}` is not supported"), "use version 1.0")
        }
        Some(_) if !actions => ("an overlay needs an array of `actions`".to_owned(), "add `actions`"),
        Some(_) => return Some(overlay),
        None => ("this is not an overlay".to_owned(), "begin it with `overlay: 1.0.0`"),
    };
    sink.report(Diagnostic::new(Code::Overlay, &Pointer::root(), message).help(help));
    None
}

fn apply(
    tree: &mut Tree,
    overlay: &Value,
    editor: EditSource<'_>,
    budget: &mut usize,
    edits: &mut Vec<Provenance>,
    sink: &mut Sink,
) {
    let base = Pointer::root().child("actions");
    for (index, action) in overlay["actions"].as_array().into_iter().flatten().enumerate() {
        let at = base.child(index);
        let problem = |key: &str, message: String, help: &str| {
            let place = if action.get(key).is_some() { at.child(key) } else { at.clone() };
            Diagnostic::new(Code::Overlay, &place, message).help(help)
        };
        let Some(target) = action.get("target").and_then(Value::as_str) else {
            let help = "add what it changes, such as `target: $.info`";
            sink.report(problem("target", "an action needs a `target`".to_owned(), help));
            continue;
        };
        let path = match JsonPath::parse(target) {
            Ok(path) => path,
            Err(error) => {
                let message = format!("`{target}` is not a JSONPath: {error}");
                sink.report(problem("target", message, "correct the target; RFC 9535 has the syntax"));
                continue;
            }
        };
        let places = places(&path, &tree.root);
        if places.is_empty() {
            let message = format!("`{target}` matches nothing");
            let help = "correct the target, or remove the action";
            sink.report(Diagnostic::new(Code::OverlayUnused, &at.child("target"), message).help(help));
            continue;
        }
        let values = action.get("update").map_or(0, size).saturating_mul(places.len());
        if values > *budget {
            let message = format!("overlays insert more than {MOST_VALUES} values");
            let problem = Diagnostic::new(Code::TooLarge, &at.child("target"), message);
            sink.report(problem.help("use fewer or narrower targets"));
            return;
        }
        *budget -= values;
        // `remove` takes precedence over `update`, as the specification says.
        let removes = action.get("remove") == Some(&Value::Bool(true));
        let result = match action.get("update") {
            _ if removes => places.iter().rev().try_for_each(|place| {
                edits.push(editor.removed(tree, place, &at.child("target")));
                tree.remove(place)
            }),
            Some(update) => places.iter().try_for_each(|place| {
                record(tree, place, update, &at.child("update"), editor, edits);
                put(tree, place, update)
            }),
            None => Err(("target", "an action needs an `update` or `remove: true`".to_owned())),
        };
        if let Err((key, message)) = result {
            sink.report(problem(
                key,
                message,
                "add one of them, as the OpenAPI Overlay Specification 1.0 says in section 4.4.3",
            ));
        }
    }
}

/// Counts the values in a value, including itself.
fn size(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(size).sum::<usize>(),
        Value::Object(members) => 1 + members.values().map(size).sum::<usize>(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 1,
    }
}

/// Returns the pointers that a path matches, sorted: items by index, and descendants after their ancestors.
fn places(path: &JsonPath, root: &Value) -> Vec<Pointer> {
    let mut places: Vec<Vec<Step<'_>>> = Vec::new();
    for node in path.query_located(root).dedup() {
        places.push(node.location().iter().map(step).collect());
    }
    places.sort_unstable();
    let pointer = |steps: &Vec<Step<'_>>| {
        steps.iter().fold(Pointer::root(), |at, step| match step {
            Step::Index(index) => at.child(index),
            Step::Name(name) => at.child(name),
        })
    };
    places.iter().map(pointer).collect()
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Step<'v> {
    Index(usize),
    Name(&'v str),
}

fn step<'v>(element: &PathElement<'v>) -> Step<'v> {
    match element {
        PathElement::Name(name) => Step::Name(name),
        PathElement::Index(index) => Step::Index(*index),
    }
}

/// Records the nodes that an update will insert.
fn record(
    tree: &Tree,
    place: &Pointer,
    update: &Value,
    written: &Pointer,
    editor: EditSource<'_>,
    all: &mut Vec<Provenance>,
) {
    let origin = |at: &Pointer| tree.moves.origin(at);
    match (tree.root.pointer(place.as_str()), update) {
        (Some(Value::Object(into)), Value::Object(from)) => {
            editor.merged(into, from, &origin(place), written, all);
        }
        (Some(Value::Array(items)), _) => {
            all.push(editor.inserted(&origin(&place.child(items.len())), written))
        }
        _ => {}
    }
}

/// Applies an update at its location.
fn put(tree: &mut Tree, place: &Pointer, update: &Value) -> Result<(), (&'static str, String)> {
    match (tree.root.pointer_mut(place.as_str()), update) {
        (Some(Value::Object(into)), Value::Object(from)) => merge(into, from),
        (Some(Value::Array(items)), update) => items.push(update.clone()),
        (Some(Value::Object(_)), _) => {
            return Err(("update", "an object can only be merged with an object".to_owned()));
        }
        _ => return Err(("target", format!("`{place}` is neither an object nor an array"))),
    }
    Ok(())
}

/// Merges properties: objects are merged, arrays are extended, other values are replaced.
pub(crate) fn merge(into: &mut Map<String, Value>, from: &Map<String, Value>) {
    for (key, value) in from {
        match (into.get_mut(key), value) {
            (Some(Value::Object(into)), Value::Object(from)) => merge(into, from),
            (Some(Value::Array(into)), Value::Array(from)) => into.extend(from.iter().cloned()),
            (Some(old), value) => *old = value.clone(),
            (None, value) => drop(into.insert(key.clone(), value.clone())),
        }
    }
}
