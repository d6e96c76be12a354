//! The files that a document refers to: which they are, and what the caller could read of them.
//!
//! In: the text of the document, and a reader of the caller's. Out: [`Part`]s, known by their path from the folder of the
//! document. Nothing is opened here, and nothing is said: a reference that leads nowhere is for `bundle` to report,
//! which knows whether it matters.

use std::collections::HashSet;

use serde_json::Value;

use crate::load;
use crate::source::Source;

pub(crate) use reference::{Target, target};

mod reference;

/// How many files are read for one document.
const MOST: usize = 10_000;

/// A file that the document refers to, directly or through other files.
#[derive(Clone, Debug)]
pub struct Part {
    /// The way from the folder of the document, with `/`: `schemas/pet.yaml`, `../shared.yaml`.
    pub path: String,
    /// Its text, or why there is none.
    pub text: Result<Source, Lost>,
}

/// Why the text of a file is not at hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lost {
    /// There is no such file; perhaps one that is called nearly the same.
    Missing {
        /// Path of the other one, as [`Part::path`].
        near: Option<String>,
    },
    /// It lies outside the folder of the document, and the caller does not read there.
    Outside,
    /// It cannot be read, for this reason.
    Unreadable(String),
}

/// Reads what the document refers to, and what that refers to, each file once.
pub(crate) fn gather(document: &Source, mut read: impl FnMut(&str) -> Result<Source, Lost>) -> Vec<Part> {
    let root = document.file_name();
    let mut known = HashSet::from([root.to_owned()]);
    let mut parts: Vec<Part> = Vec::new();
    let mut next = mentions(document, root);
    loop {
        next.retain(|path| known.insert(path.clone()));
        if next.is_empty() {
            return parts;
        }
        let mut found = Vec::new();
        for path in next {
            let text = match parts.len() {
                MOST.. => Err(Lost::Unreadable(format!("the document refers to more than {MOST} files"))),
                _ => read(&path),
            };
            if let Ok(source) = &text {
                found.extend(mentions(source, &path));
            }
            parts.push(Part { path, text });
        }
        next = found;
    }
}

/// Whether a text may refer to something outside it. A quick look: where it says no there is nothing.
pub(crate) fn may_lead_out(text: &str) -> bool {
    let refers = text.match_indices("$ref").any(|(at, found)| {
        let after = text[at + found.len()..].trim_start_matches(['"', '\'', ' ', '\t']);
        let Some(value) = after.strip_prefix(':') else { return false };
        !value.trim_start_matches(['"', '\'', ' ', '\t', '\r', '\n']).starts_with('#')
    });
    refers || (text.contains("mapping") || text.contains("Mapping")) && may_name_file(text)
}

/// Whether something in a text looks like the path of a file, as a discriminator may map to one.
fn may_name_file(text: &str) -> bool {
    let ends = |after: &str| after.chars().next().is_none_or(|c| c.is_whitespace() || "\"'#,}]".contains(c));
    let mut endings = [".yaml", ".yml", ".json"].iter().flat_map(|ending| text.match_indices(ending));
    endings.any(|(at, ending)| ends(&text[at + ending.len()..]))
        || text
            .match_indices("#/")
            .any(|(at, _)| text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
}

/// The files that a text refers to, by their path from the folder of the document.
fn mentions(source: &Source, path: &str) -> Vec<String> {
    let mut found = Vec::new();
    if !is_prose(path) && may_lead_out(source.body()) {
        let tree = load::part(source);
        collect(&tree.unwrap_or_default(), path, &mut found);
    }
    found
}

/// Files whose text is meant as it stands: `description: {$ref: intro.md}`.
pub(crate) fn is_prose(path: &str) -> bool {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    matches!(ending.as_deref(), Some("md" | "markdown" | "txt"))
}

fn collect(value: &Value, path: &str, found: &mut Vec<String>) {
    let mut add = |text: &str| {
        if let Target::File { path, .. } = target(text, path) {
            found.push(path);
        }
    };
    match value {
        Value::Object(members) => {
            for (key, child) in members {
                match (key.as_str(), child) {
                    ("$ref", Value::String(text)) => add(text),
                    ("defaultMapping", Value::String(to)) if is_file(to) => add(to),
                    ("mapping", Value::Object(targets)) => {
                        targets
                            .values()
                            .filter_map(Value::as_str)
                            .filter(|to| is_file(to))
                            .for_each(&mut add);
                    }
                    _ => {}
                }
            }
            members.values().for_each(|child| collect(child, path, found));
        }
        Value::Array(items) => items.iter().for_each(|child| collect(child, path, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Whether a text that may be a plain name is the path of a file: what a discriminator maps to.
pub(crate) fn is_file(text: &str) -> bool {
    let (path, fragment) = text.split_once('#').map_or((text, None), |(path, rest)| (path, Some(rest)));
    fragment.is_some() || [".yaml", ".yml", ".json"].iter().any(|ending| path.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quick_look_never_misses_a_file() {
        for text in [
            "$ref: a.yaml",
            "{\"$ref\":\"a.json\"}",
            "'$ref' :\n  'a.yaml'",
            "\"$ref\": \"./a#/b\"",
            "mapping: {a: a.yaml}",
            "\"mapping\":{\"a\":\"b#/c\"}",
            "defaultMapping: ./a.json",
        ] {
            assert!(may_lead_out(text), "{text}");
        }
        for text in [
            "$ref: '#/a'",
            "{\"$ref\": \"#/a\"}",
            "a `$ref` in prose",
            "$ref:\n  \"#/b\"",
            "mapping: {a: '#/b'}",
            "mapping: {a: b}",
        ] {
            assert!(!may_lead_out(text), "{text}");
        }
    }

    #[test]
    fn each_file_is_read_once_and_circles_end() {
        let document = Source::new("api/root.yaml", "a: {$ref: 'x/one.yaml'}\nb: {$ref: two.yaml#/c}\n");
        let mut asked = Vec::new();
        let parts = gather(&document, |path| {
            asked.push(path.to_owned());
            match path {
                "x/one.yaml" => Ok(Source::new("one.yaml", "$ref: ../two.yaml")),
                "two.yaml" => Ok(Source::new(
                    "two.yaml",
                    "{x: {$ref: x/one.yaml}, y: {$ref: ../api/root.yaml}, z: {$ref: ../../e.yaml}}",
                )),
                _ => Err(Lost::Outside),
            }
        });
        assert_eq!(asked, ["x/one.yaml", "two.yaml", "../api/root.yaml", "../../e.yaml"]);
        assert_eq!(parts.iter().filter(|part| part.text.is_ok()).count(), 2);
    }
}
