//! Slips in JSON.

use super::{Attempt, Edit, Slip};
use crate::locate::Span;

/// Words of other languages, and what JSON calls them.
const WORDS: [(&str, &str); 8] = [
    ("True", "true"),
    ("False", "false"),
    ("None", "null"),
    ("undefined", "null"),
    ("NaN", "null"),
    ("-Infinity", "null"),
    ("Infinity", "null"),
    ("nil", "null"),
];

/// What may be wrong where the reader gave up.
pub(super) fn attempts(text: &str, at: usize, message: &str) -> Vec<Attempt> {
    let mut found = Vec::new();
    // The reader may stand at the last byte it took, or at the one behind.
    for at in [at, at.saturating_sub(1), at + 1] {
        if at <= text.len() && text.is_char_boundary(at) {
            here(text, at, message, &mut found);
        }
    }
    if message.starts_with("EOF") || at >= text.trim_end().len() {
        found.extend(open(text));
    }
    found
}

fn here(text: &str, at: usize, message: &str, found: &mut Vec<Attempt>) {
    let rest = &text[at..];
    let before = text[..at].trim_end();
    let mut one = |from: usize, had: usize, new: &str, span: (usize, usize), message: String, help| {
        found.push(Attempt::one(from, had, new, Span::new(span.0, span.1), message, help));
    };
    if let Some(comma) = before.strip_suffix(',').map(str::len)
        && rest.starts_with([']', '}', ','])
    {
        one(
            comma,
            1,
            "",
            (comma, comma + 1),
            "a comma with nothing behind it".into(),
            "take out the comma before the closing bracket",
        );
    }
    for (open, close) in [("//", "\n"), ("#", "\n"), ("/*", "*/")] {
        let start = if rest.starts_with(open) { at } else { before.len().saturating_sub(1) };
        let Some(comment) = text.get(start..).filter(|rest| rest.starts_with(open)) else { continue };
        let end = comment.find(close).map_or(comment.len(), |end| if close == "\n" { end } else { end + 2 });
        one(
            start,
            end,
            "",
            (start, start + end),
            "a comment, which JSON does not have".into(),
            "take the comment out, or write the document as YAML",
        );
    }
    let word = |from: &str, to: &str| rest.starts_with(from).then(|| (from.len(), to.to_owned()));
    if let Some((length, new)) = WORDS.iter().find_map(|(from, to)| word(from, to)) {
        one(
            at,
            length,
            &new,
            (at, at + length),
            format!("`{}` is no value of JSON", &rest[..length]),
            "write `true`, `false`, `null` or a number",
        );
    }
    if let Some(inner) = rest.strip_prefix('\'')
        && let Some(end) = inner.find(['\'', '\n']).filter(|end| inner[*end..].starts_with('\''))
    {
        let quoted = serde_json::Value::from(&inner[..end]).to_string();
        one(
            at,
            end + 2,
            &quoted,
            (at, at + end + 2),
            "single quotes, which JSON does not have".into(),
            "write keys and texts in double quotes",
        );
    }
    let name = rest.find(|c: char| !(c.is_alphanumeric() || "_$-".contains(c))).unwrap_or(rest.len());
    if name > 0 && (before.ends_with(['{', ','])) {
        let key = &rest[..name];
        if rest[name..].starts_with('"') {
            one(
                at,
                0,
                "\"",
                (at, at + name),
                format!("the key `{key}` has no quote before it"),
                "write keys in double quotes",
            );
        }
        one(
            at,
            name,
            &format!("\"{key}\""),
            (at, at + name),
            format!("the key `{key}` is not in quotes"),
            "write keys in double quotes",
        );
    }
    if rest.starts_with(['"', '{', '[', 't', 'f', 'n', '-', '\''])
        || rest.starts_with(|c: char| c.is_ascii_digit())
    {
        let end = before.len();
        let place = (at, at + 1);
        if message.contains("':'") || message.contains("`:`") {
            one(
                end,
                0,
                ":",
                place,
                "the `:` between key and value is missing".into(),
                "put a `:` behind the key",
            );
        } else {
            one(
                end,
                0,
                ",",
                place,
                "the comma before this is missing".into(),
                "put a comma behind the value before it",
            );
        }
    }
    let line_end = rest.find('\n').map_or(text.len(), |end| at + end);
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    if message.contains("control character") || message.contains("EOF while parsing a string") {
        if let Some(c) = rest.chars().next().filter(|c| c.is_control()) {
            let escaped = serde_json::Value::from(c.to_string()).to_string();
            one(
                at,
                c.len_utf8(),
                escaped.trim_matches('"'),
                (at, at + 1),
                format!("the control character `{}` in a text", c.escape_default()),
                "write it as an escape, such as `\\n`",
            );
        }
        // A text that goes on in the next line was meant to end in this one.
        let quoted = text[line..line_end].trim_end_matches(['\r', ',']);
        let begin = quoted.rfind('"').map(|quote| line + quote);
        if let Some(begin) = begin {
            one(
                line + quoted.len(),
                0,
                "\"",
                (begin, line + quoted.len()),
                "the quote that begins this text is not closed".into(),
                "close the quote",
            );
        }
    }
    if message.contains("escape") || message.contains("surrogate") {
        let slash = text.get(line..at + 1).unwrap_or(&text[line..at]).rfind('\\').map(|slash| line + slash);
        if let Some(slash) = slash {
            let start = if message.contains("surrogate") {
                text[line..=slash].rfind("\\u").map_or(slash, |u| line + u)
            } else {
                slash
            };
            one(
                start,
                1,
                "/",
                (start, start + 2),
                "an escape that JSON does not have".into(),
                "write `\\\\` for a backslash",
            );
        }
    }
    if message.contains("trailing characters") {
        one(
            at,
            text.len() - at,
            "",
            (at, at + 1),
            "text behind the end of the document".into(),
            "take out what follows the last closing bracket",
        );
    }
    if message.contains("number") {
        let start = text[..at]
            .rfind(|c: char| !(c.is_ascii_alphanumeric() || "+-.".contains(c)))
            .map_or(0, |c| c + 1);
        let length = text[start..]
            .find(|c: char| !(c.is_ascii_alphanumeric() || "+-.".contains(c)))
            .unwrap_or(text.len() - start);
        one(
            start,
            length,
            "0",
            (start, start + length),
            format!("`{}` is no number that JSON can hold", &text[start..start + length]),
            "correct the number, or put it in quotes if text is meant",
        );
    }
}

/// Closes what is open at the end.
fn open(text: &str) -> Option<Attempt> {
    let (mut stack, mut quoted, mut escaped) = (Vec::new(), false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'{' | b'[' if !quoted => stack.push((at, byte)),
            b'}' | b']' if !quoted => drop(stack.pop()),
            _ => {}
        }
    }
    let (first, _) = *stack.last()?;
    let bytes = text.trim_end();
    let mut new = if quoted { "\"".to_owned() } else { String::new() };
    if !quoted && bytes.ends_with(':') {
        new.push_str("null");
    }
    let comma = usize::from(!quoted && bytes.ends_with(','));
    new.extend(stack.iter().rev().map(|(_, byte)| if *byte == b'{' { '}' } else { ']' }));
    let edits = vec![Edit { at: bytes.len() - comma, had: text.len() - bytes.len() + comma, new }];
    let message = format!("the text ends too early: {} brackets are open, this one last", stack.len());
    Some(Attempt {
        edits,
        slip: Slip { span: Span::new(first, first + 1), message, help: "close what is open" },
    })
}
