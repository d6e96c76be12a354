//! Where in a document a byte offset is: computed only after a failure, from the document itself.

use std::fmt::Write as _;

/// Longest piece of a document shown in an error.
const EXCERPT: usize = 48;

/// A container that is open at the place looked for.
enum Open {
    Array { index: usize },
    Object { key: (usize, usize), in_value: bool },
}

/// The path of the value at `offset`: `data[3].kind`. Never fails, also when the document is no JSON.
pub(crate) fn path(document: &[u8], offset: usize) -> String {
    let mut stack: Vec<Open> = Vec::new();
    let mut at = 0;
    while at < offset.min(document.len()) {
        match document[at] {
            b'"' => {
                let end = string_end(document, at);
                if let Some(Open::Object { key, in_value: false }) = stack.last_mut() {
                    *key = (at, end);
                }
                at = end;
                continue;
            }
            b'{' => stack.push(Open::Object { key: (0, 0), in_value: false }),
            b'[' => stack.push(Open::Array { index: 0 }),
            b'}' | b']' => drop(stack.pop()),
            b':' => {
                if let Some(Open::Object { in_value, .. }) = stack.last_mut() {
                    *in_value = true;
                }
            }
            b',' => match stack.last_mut() {
                Some(Open::Array { index }) => *index += 1,
                Some(Open::Object { in_value, .. }) => *in_value = false,
                None => {}
            },
            _ => {}
        }
        at += 1;
    }
    let mut path = String::new();
    for open in &stack {
        match open {
            Open::Array { index } => {
                let _ = write!(path, "[{index}]");
            }
            Open::Object { key: (from, to), in_value: true } => {
                push_member(&mut path, &key_text(&document[*from..*to]))
            }
            Open::Object { in_value: false, .. } => {}
        }
    }
    path
}

/// Appends the name of a member to a path.
pub(crate) fn push_member(path: &mut String, name: &str) {
    let plain = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
    if plain {
        if !path.is_empty() {
            path.push('.');
        }
        path.push_str(name);
    } else {
        let _ = write!(path, "[{name:?}]");
    }
}

/// A short, one-line piece of the document that begins at `offset`. Strings inside of containers become `"…"`.
pub(crate) fn excerpt(document: &[u8], offset: usize) -> String {
    let rest = &document[offset.min(document.len())..];
    let mut text = String::new();
    let (mut at, mut depth) = (0, 0);
    while at < rest.len() && text.len() < EXCERPT {
        let byte = rest[at];
        match byte {
            b'"' => {
                let end = string_end(rest, at);
                let is_key = rest[end..].iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b':');
                if depth > 0 && !is_key {
                    text.push_str("\"…\"");
                } else {
                    push_clean(&mut text, &rest[at..end]);
                }
                at = end;
                if depth == 0 {
                    break;
                }
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' | b',' if depth == 0 => break,
            b'}' | b']' => depth -= 1,
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            let width = rest[at..].iter().skip(1).take_while(|byte| **byte & 0xc0 == 0x80).count() + 1;
            push_clean(&mut text, &rest[at..at + width]);
            at += width;
        } else {
            at += 1;
        }
        if depth == 0 && matches!(byte, b'}' | b']') {
            return text;
        }
    }
    if text.len() > EXCERPT || (depth > 0 && at < rest.len()) {
        let cut = text.char_indices().map(|(at, _)| at).take_while(|at| *at <= EXCERPT).last().unwrap_or(0);
        text.truncate(cut);
        text.push('…');
    }
    text
}

fn push_clean(text: &mut String, bytes: &[u8]) {
    let bytes = &bytes[..bytes.len().min(2 * EXCERPT)];
    text.extend(String::from_utf8_lossy(bytes).chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }));
}

/// The end (behind the closing quote) of the string that begins at `at`.
fn string_end(document: &[u8], at: usize) -> usize {
    let mut end = at + 1;
    while end < document.len() {
        match document[end] {
            b'\\' => end += 2,
            b'"' => return end + 1,
            _ => end += 1,
        }
    }
    document.len()
}

fn key_text(quoted: &[u8]) -> String {
    serde_json::from_slice(quoted).unwrap_or_else(|_| String::from_utf8_lossy(quoted).into_owned())
}
