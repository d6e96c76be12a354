//! References whose way leads through other references become references to what is at the end: the judge follows pointers, and
//! a pointer does not lead through references.

use super::{Document, escape, local};
use serde_json::Value;

/// Rewrites the references of a document that lead through others; what leads nowhere stays as it is.
pub(super) fn settle(document: &mut Document) {
    let mut found = Vec::new();
    collect(&document.root, "", &mut found);
    let ends: Vec<(String, String)> =
        found.into_iter().filter_map(|(at, target)| Some((at, document.place(&target)?))).collect();
    for (at, end) in ends {
        if let Some(reference) = document.root.pointer_mut(&at) {
            *reference = format!("#{}", end.replace('%', "%25")).into();
        }
    }
}

fn collect(node: &Value, at: &str, found: &mut Vec<(String, String)>) {
    match node {
        Value::Object(map) => {
            for (key, child) in map {
                let place = format!("{at}/{}", escape(key));
                match child.as_str().filter(|_| key == "$ref").and_then(local) {
                    // Nearly all lead to components, straight.
                    Some(target) if target.matches('/').count() > 3 => found.push((place, target)),
                    _ => collect(child, &place, found),
                }
            }
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| collect(item, &format!("{at}/{index}"), found));
        }
        _ => {}
    }
}
