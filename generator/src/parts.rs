//! Gathers the files that a document refers to.
//!
//! In: the text of the document, and a reader from the caller. Out: [`Part`]s by path relative to the folder
//! of the document. Opens no file and reports nothing: `bundle` reports unresolved references, since it knows
//! whether they matter.

use std::collections::HashSet;

use memchr::memmem;
use serde_json::Value;

use crate::load;
use crate::source::Source;

pub(crate) use reference::{Target, target};

mod reference;

/// Maximum number of files that are read for one document.
const MOST: usize = 10_000;

/// A file that the document refers to, directly or through other files.
#[derive(Clone, Debug)]
pub struct Part {
    /// The path from the folder of the document, with `/`: `schemas/pet.yaml`, `../shared.yaml`.
    pub path: String,
    /// The text, or the reason why there is none.
    pub text: Result<Source, Lost>,
}

/// The reason why the text of a file is not available.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lost {
    /// The file does not exist.
    Missing {
        /// The path of a file with a similar name, as [`Part::path`].
        near: Option<String>,
    },
    /// The file is outside the folder of the document, where the caller does not read.
    Outside,
    /// The file cannot be read, for this reason.
    Unreadable(String),
}

/// Reads the files that the document refers to, directly or through other files, each once.
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

/// Returns whether a text may refer to other files: a quick check without false negatives.
pub(crate) fn may_lead_out(text: &str) -> bool {
    let refers = memmem::find_iter(text.as_bytes(), "$ref").any(|at| {
        let after = text[at + "$ref".len()..].trim_start_matches(['"', '\'', ' ', '\t']);
        let Some(value) = after.strip_prefix(':') else { return false };
        !value.trim_start_matches(['"', '\'', ' ', '\t', '\r', '\n']).starts_with('#')
    });
    refers
        || ["mapping", "Mapping"]
            .iter()
            .any(|word| mappings(text, word).any(|value| may_name_file(value) || has_alias(value)))
}

/// The values of the keys that end in a word: as far as they can reach in JSON or YAML, or further.
fn mappings<'t>(text: &'t str, word: &'t str) -> impl Iterator<Item = &'t str> {
    memmem::find_iter(text.as_bytes(), word).filter_map(move |at| {
        let after = text[at + word.len()..].trim_start_matches(['"', '\'']).trim_start();
        let value = after.strip_prefix(':')?.trim_start();
        Some(if value.starts_with('{') { braced(value) } else { &value[..indented(text, at, value)] })
    })
}

/// A text from its first brace to the one that closes it; to its end where a string does not end in its line.
fn braced(text: &str) -> &str {
    let (mut depth, mut quoted) = (0usize, None);
    let mut bytes = text.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match (byte, quoted) {
            (b'\\', Some(b'"')) => drop(bytes.next()),
            (b'"' | b'\'', None) => quoted = Some(byte),
            (b'"' | b'\'', Some(quote)) if quote == byte => quoted = None,
            (b'\n', Some(_)) => return text,
            (b'{', None) => depth += 1,
            (b'}', None) if depth == 1 => return &text[..at],
            (b'}', None) => depth -= 1,
            _ => {}
        }
    }
    text
}

/// The length of a value in lines that are indented deeper than the line of its key at `key`; the first line counts whole.
fn indented(text: &str, key: usize, value: &str) -> usize {
    let indent = |line: &str| line.len() - line.trim_start_matches([' ', '\t', '-']).len();
    let line = text[..key].rfind('\n').map_or(0, |at| at + 1);
    let own = indent(&text[line..]);
    let mut lines = value.split_inclusive('\n');
    let first = lines.next().map_or(0, str::len);
    lines
        .take_while(|line| line.trim().is_empty() || indent(line) > own)
        .fold(first, |sum, line| sum + line.len())
}

/// Returns whether something in a value stands elsewhere, as an alias of YAML.
fn has_alias(value: &str) -> bool {
    let mut stars = value.match_indices('*').map(|(at, _)| value[..at].trim_end());
    stars.any(|before| before.is_empty() || before.ends_with(':'))
}

/// Returns whether a text contains what looks like a path of a file, which a discriminator may map to.
fn may_name_file(text: &str) -> bool {
    let ends = |after: &str| after.chars().next().is_none_or(|c| c.is_whitespace() || "\"'#,}]".contains(c));
    let mut endings = [".yaml", ".yml", ".json"].iter().flat_map(|ending| text.match_indices(ending));
    endings.any(|(at, ending)| ends(&text[at + ending.len()..]))
        || text
            .match_indices("#/")
            .any(|(at, _)| text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
}

/// Returns the paths of the files that a text refers to, relative to the folder of the document.
fn mentions(source: &Source, path: &str) -> Vec<String> {
    let mut found = Vec::new();
    if !is_prose(path) && may_lead_out(source.body()) {
        let tree = load::part(source);
        collect(&tree.unwrap_or_default(), path, &mut found);
    }
    found
}

/// Extensions of files that are included as plain text: `description: {$ref: intro.md}`.
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

/// Returns whether the target of a discriminator mapping, which may be a plain name, is the path of a file.
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
            "{\"mapping\": {\"}\": \"\", \"b\":\n \"c.json\"}}",
            "{\"mapping\": {\"\\\"}\": \"c.json\"}}",
            "d: {mapping: {a: it's}, b: 1}\nmapping: {a: b.yaml}",
            "- mapping:\n    a: b\n\n    # c\n    d: e.yaml",
            "mapping :\n  a: *a\nb: 1",
            "? mapping\n: a: b.yaml",
            "mapping: *a",
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
            "{\"mapping\": {\"a\": \"b\"}, \"example\": \"c.json\"}",
            "mapping:\n  a: b\nexample: c.json",
            "a: b.json",
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
