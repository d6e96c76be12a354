//! Applies the `[[fixup]]` tables of `sdk.toml` to the tree, in order.
//!
//! In: the tree. Out: the edited tree. A fixup that changes nothing is an error, so that fixups do not
//! outlive their purpose. Knows trees and pointers, not OpenAPI.

use serde_json::{Map, Value};

use crate::config::{Config, Fixup, FixupAction};
use crate::diag::{Code, Diagnostic, File, Sink, suggest};
use crate::overlay::Overlaid;
use crate::pointer::Pointer;
use crate::provenance::{EditKind, EditSource, Provenance};
use crate::tree::{Moves, Tree, stage};

#[cfg(test)]
mod tests;

stage! {
    /// The document with all edits of the user.
    pub(crate) Edited
}

impl Edited {
    /// The same document with the moves of its edits taken out, so that places found in it later are its own: those that a
    /// further fixup names.
    pub(crate) fn rebased(self) -> (Self, Moves) {
        let mut tree = self.0;
        let moves = std::mem::take(&mut tree.moves);
        (Self(tree), moves)
    }
}

/// Applies all fixups, and adds their edits to `edits`.
pub(crate) fn fixup(tree: Overlaid, config: &Config, edits: &mut Vec<Provenance>, sink: &mut Sink) -> Edited {
    let mut tree = tree.into_tree();
    for (index, fixup) in config.fixups.iter().enumerate() {
        // A fixup that could not be read has been reported with the file.
        if fixup.at.is_empty() && fixup.reason.is_empty() {
            continue;
        }
        let before = edits.len();
        record(&tree, index, fixup, edits);
        if let Err(why) = apply(&mut tree, fixup) {
            edits.truncate(before);
            let place = Pointer::root().child("fixup").child(index).child(why.key);
            let reason = if fixup.reason.is_empty() {
                String::new()
            } else {
                format!(" (the reason was: {})", fixup.reason)
            };
            sink.report(
                Diagnostic::in_config(Code::FixupUnused, &place, why.message)
                    .help(format!("{}{reason}", why.help)),
            );
        }
    }
    Edited(tree)
}

/// Records the nodes that a fixup will edit.
fn record(tree: &Tree, index: usize, fixup: &Fixup, all: &mut Vec<Provenance>) {
    let source = EditSource { file: File::Config, name: "a fixup in `sdk.toml`" };
    let at = Pointer::from(fixup.at.as_str());
    let written = Pointer::root().child("fixup").child(index);
    let origin = tree.moves.origin(&at);
    match &fixup.action {
        FixupAction::Set(_) => all.push(source.inserted(&origin, &written.child("set"))),
        FixupAction::Merge(from) => {
            if let Some(Value::Object(into)) = tree.root.pointer(at.as_str()) {
                source.merged(into, from, &origin, &written.child("merge"), all);
            }
        }
        FixupAction::Remove => all.push(source.removed(tree, &at, &written.child("at"))),
        FixupAction::Rename(_) => {
            let note = format!("{} renamed `{}`", source.name, at.keys().last().unwrap_or_default());
            all.push(source.edit(EditKind::Renamed, &origin, &written.child("rename"), note));
        }
    }
}

/// The reason why a fixup does not apply.
struct Unused {
    /// The key of the fixup to point at.
    key: &'static str,
    message: String,
    help: String,
}

impl Unused {
    fn new(key: &'static str, message: String, help: &str) -> Self {
        Self { key, message, help: help.to_owned() }
    }
}

fn apply(tree: &mut Tree, fixup: &Fixup) -> Result<(), Unused> {
    let pointer = Pointer::from(fixup.at.as_str());
    let Some(last) = pointer.keys().last() else {
        return Err(Unused::new(
            "at",
            "a fixup cannot replace the whole document".to_owned(),
            "point it to a node inside the document",
        ));
    };
    let parent = find(&mut tree.root, &pointer.parent())?;
    match &fixup.action {
        FixupAction::Set(value) => set(parent, &last, value, &fixup.at),
        FixupAction::Merge(value) => merge(parent, &last, value, &fixup.at),
        FixupAction::Remove => {
            remove(parent, &last, &fixup.at)?;
            if let (Value::Array(items), Some(place)) = (parent, index(&last)) {
                let shifted = place..items.len();
                tree.moved_up(&pointer.parent(), shifted);
            }
            Ok(())
        }
        FixupAction::Rename(new) => {
            rename(parent, &last, new, &fixup.at)?;
            let origin = tree.moves.origin(&pointer);
            tree.moves.record(pointer.parent().child(new), origin);
            Ok(())
        }
    }
}

fn set(parent: &mut Value, key: &str, value: &Value, at: &str) -> Result<(), Unused> {
    let same = || {
        Unused::new(
            "set",
            format!("`{at}` already has this value"),
            "remove the fixup: the document has been corrected",
        )
    };
    match parent {
        Value::Object(members) if members.get(key) == Some(value) => Err(same()),
        Value::Object(members) => {
            members.insert(key.to_owned(), value.clone());
            Ok(())
        }
        Value::Array(items) => match (index(key), items.len()) {
            (None, length) if key == "-" => {
                items.insert(length, value.clone());
                Ok(())
            }
            (Some(place), length) if place < length && items[place] == *value => Err(same()),
            (Some(place), length) if place < length => {
                items[place] = value.clone();
                Ok(())
            }
            (Some(place), length) if place == length => {
                items.push(value.clone());
                Ok(())
            }
            _ => Err(nothing(at, key, None)),
        },
        other => Err(no_inside(at, other)),
    }
}

/// Merges properties into an object: objects are merged, arrays are extended, other values are replaced.
fn merge(parent: &mut Value, key: &str, value: &Map<String, Value>, at: &str) -> Result<(), Unused> {
    let node = match parent {
        Value::Object(members) if members.contains_key(key) => &mut members[key],
        Value::Object(members) => {
            return Err(nothing(at, key, suggest(key, members.keys().map(String::as_str))));
        }
        Value::Array(items) => match index(key).and_then(|place| items.get_mut(place)) {
            Some(item) => item,
            None => return Err(nothing(at, key, None)),
        },
        other => return Err(no_inside(at, other)),
    };
    let Value::Object(into) = node else {
        return Err(Unused::new(
            "at",
            format!("`{at}` is not a mapping, so nothing can be merged into it"),
            "use `set` instead",
        ));
    };
    let before = into.clone();
    crate::overlay::merge(into, value);
    if *into == before {
        let message = format!("`{at}` already has these values");
        return Err(Unused::new("merge", message, "remove the fixup: the document has been corrected"));
    }
    Ok(())
}

fn remove(parent: &mut Value, key: &str, at: &str) -> Result<(), Unused> {
    match parent {
        Value::Object(members) => match members.shift_remove(key) {
            Some(_) => Ok(()),
            None => Err(nothing(at, key, suggest(key, members.keys().map(String::as_str)))),
        },
        Value::Array(items) => match index(key).filter(|place| *place < items.len()) {
            Some(place) => {
                items.remove(place);
                Ok(())
            }
            None => Err(nothing(at, key, None)),
        },
        other => Err(no_inside(at, other)),
    }
}

/// Renames a key and keeps its position.
fn rename(parent: &mut Value, key: &str, new: &str, at: &str) -> Result<(), Unused> {
    let Value::Object(members) = parent else {
        return Err(Unused::new(
            "at",
            format!("`{at}` is not an entry of a mapping"),
            "point it to an entry of a mapping; nothing else has a key",
        ));
    };
    if !members.contains_key(key) {
        return Err(nothing(at, key, suggest(key, members.keys().map(String::as_str))));
    }
    if members.contains_key(new) {
        let message = format!("`{new}` already exists next to `{at}`");
        return Err(Unused::new("rename", message, "choose another key, or remove one of them first"));
    }
    let old = std::mem::take(members);
    members.extend(
        old.into_iter()
            .map(|(name, value)| if name == key { (new.to_owned(), value) } else { (name, value) }),
    );
    Ok(())
}

/// Returns the node at `pointer`.
fn find<'v>(root: &'v mut Value, pointer: &Pointer) -> Result<&'v mut Value, Unused> {
    let mut node = root;
    let mut at = Pointer::root();
    for key in pointer.keys() {
        at = at.child(&key);
        let here = match &*node {
            Value::Object(members) if members.contains_key(&key) => Ok(()),
            Value::Object(members) => {
                Err(nothing(at.as_str(), &key, suggest(&key, members.keys().map(String::as_str))))
            }
            Value::Array(items) if index(&key).is_some_and(|place| place < items.len()) => Ok(()),
            Value::Array(_) => Err(nothing(at.as_str(), &key, None)),
            other => Err(no_inside(at.as_str(), other)),
        };
        here?;
        node = match (node, index(&key)) {
            (Value::Array(items), Some(place)) => &mut items[place],
            (object, _) => &mut object[key.as_str()],
        };
    }
    Ok(node)
}

fn nothing(at: &str, key: &str, near: Option<&str>) -> Unused {
    let message = format!("`{at}` does not exist: there is no `{key}`");
    match near {
        Some(near) => Unused { key: "at", message, help: format!("did you mean `{near}`?") },
        None => Unused::new("at", message, "remove the fixup, or point it to the new location"),
    }
}

fn no_inside(at: &str, found: &Value) -> Unused {
    let kind = crate::tree::kind_of(found);
    Unused::new("at", format!("`{at}` cannot exist: its parent is {kind}"), "point it to another location")
}

fn index(key: &str) -> Option<usize> {
    key.parse().ok()
}
