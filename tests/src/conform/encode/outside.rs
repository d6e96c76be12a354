//! Forms as readers of others give them, against the values that were sent.
//!
//! In: the names and texts, or the tree, that a reader made of a body. Out: whether they say what was given; nothing where the document leaves
//! open how it is written. The rules are those of [`super::form`]; what is encoded was decoded by the reader.

use super::form::{Written, properties, written};
use crate::document::{Document, Media};
use serde_json::Value;

/// What a body must hold, and whether that has an order.
fn expected(document: &Document, media: &Media, body: &Value) -> Option<(Vec<(String, Written)>, bool)> {
    let (properties, ordered) = properties(document, media, body)?;
    let mut all = Vec::new();
    for property in &properties {
        all.extend(written(property)?);
    }
    Some((all, ordered))
}

/// Judges names and texts in the order in which they were read.
pub fn pairs_read(
    document: &Document,
    media: &Media,
    body: &Value,
    found: &[(String, String)],
) -> Option<Result<(), String>> {
    let (mut expected, ordered) = expected(document, media, body)?;
    let mut found = found.to_vec();
    if !ordered {
        expected.sort_by(|(a, _), (b, _)| a.cmp(b));
        found.sort_by(|(a, _), (b, _)| a.cmp(b));
    }
    let wanted: Vec<&String> = expected.iter().map(|(name, _)| name).collect();
    let names: Vec<&String> = found.iter().map(|(name, _)| name).collect();
    if wanted != names {
        return Some(Err(format!("the names should be {wanted:?}, but are {names:?}")));
    }
    let wrong = expected.iter().zip(&found).find(|((_, written), (_, text))| !written.is_text(text));
    Some(wrong.map_or(Ok(()), |((name, written), (_, text))| {
        Err(format!("`{name}` should be {written:?}, but is `{text}`"))
    }))
}

/// Judges a tree made of names with brackets.
pub fn tree_read(
    document: &Document,
    media: &Media,
    body: &Value,
    tree: &Value,
) -> Option<Result<(), String>> {
    let (expected, _) = expected(document, media, body)?;
    let count = leaves(tree);
    if count != expected.len() {
        return Some(Err(format!(
            "there should be {} values, but there are {count} in {tree}",
            expected.len()
        )));
    }
    let mut seen: Vec<&str> = Vec::new();
    for (name, written) in &expected {
        let turn = seen.iter().filter(|known| **known == name).count();
        seen.push(name);
        let found = find(tree, name);
        let text = match found {
            Some(Value::Array(all)) => all.get(turn),
            other => other,
        };
        if !text.and_then(Value::as_str).is_some_and(|text| written.is_text(text)) {
            return Some(Err(format!("`{name}` should be {written:?}, but is {found:?}")));
        }
    }
    Some(Ok(()))
}

fn leaves(tree: &Value) -> usize {
    match tree {
        Value::Array(items) => items.iter().map(leaves).sum(),
        Value::Object(members) => members.values().map(leaves).sum(),
        _ => 1,
    }
}

/// The node that a name with brackets leads to. `[]` and no index are the list itself.
fn find<'a>(tree: &'a Value, name: &str) -> Option<&'a Value> {
    let (first, rest) = name.split_once('[').unwrap_or((name, ""));
    let mut node = tree.get(first)?;
    for key in rest.split('[').map(|key| key.trim_end_matches(']')).filter(|key| !key.is_empty()) {
        node = match node {
            Value::Array(items) => items.get(key.parse::<usize>().ok()?)?,
            _ => node.get(key)?,
        };
    }
    Some(node)
}

impl Written {
    /// Whether a decoded text says it.
    fn is_text(&self, text: &str) -> bool {
        match self {
            // What is encoded already passes as it is.
            Self::Reserved(wanted) => text == wanted || text == crate::percent::decode(wanted),
            _ => self.is_bytes(text.as_bytes()),
        }
    }
}
