//! Documentation: the words of the document as doc comments that rustdoc and clippy accept.
//!
//! In: [`Docs`] and what the generator has to say itself (defaults, constraints). Out: the lines of a doc comment, and
//! the attributes made of them. Every public item gets at least one sentence.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::Docs;

mod block;
mod html;
mod inline;
#[cfg(test)]
mod tests;

pub(crate) use block::{clean, clean_line};

/// A first paragraph longer than this is split after its first sentence.
const LONG: usize = 160;

/// The lines of a doc comment: summary and description, or else `fallback`; then the notes (whole sentences).
pub(crate) fn lines(docs: &Docs, fallback: &str, notes: &[String]) -> Vec<String> {
    let mut out = text(docs, fallback);
    let mut notes = notes.to_vec();
    let (defaults, limits): (Vec<&String>, Vec<&String>) =
        docs.constraints.iter().partition(|words| words.starts_with("default "));
    if let Some(default) = defaults.first().filter(|_| !notes.iter().any(|note| note.contains("default"))) {
        notes.insert(0, format!("Default: {}.", clean_line(&default["default ".len()..])));
    }
    if !limits.is_empty() {
        let limits: Vec<&str> = limits.into_iter().map(String::as_str).collect();
        notes.push(format!("Constraints: {}.", clean_line(&limits.join("; "))));
    }
    if let Some(link) = docs.link.as_deref().filter(|link| inline::is_absolute(link)) {
        notes.push(format!("See <{link}>."));
    }
    append(&mut out, &notes);
    out
}

/// Sentence that says a thing is deprecated, for places where the attribute would make generated code warn.
pub(crate) fn deprecation(docs: &Docs) -> Option<String> {
    let reason = clean_line(docs.deprecated.as_deref()?);
    Some(if reason.is_empty() {
        "Deprecated.".to_owned()
    } else {
        sentence(&format!("Deprecated: {reason}"))
    })
}

/// `#[deprecated]` with the reason of the document.
pub(crate) fn deprecated_attribute(docs: &Docs) -> TokenStream {
    match docs.deprecated.as_deref().map(str::trim) {
        None => TokenStream::new(),
        Some("") => quote!(#[deprecated]),
        Some(reason) => {
            let reason: String = reason.split_whitespace().collect::<Vec<_>>().join(" ");
            quote!(#[deprecated = #reason])
        }
    }
}

/// Stands for the end of a line inside of a doc attribute; no text of a document holds it.
pub(crate) const BREAK: char = '\u{1}';

/// One doc attribute for all lines: tokens are dear. `render` breaks it into lines again.
pub(crate) fn attributes(lines: &[String]) -> TokenStream {
    let mut text = String::with_capacity(lines.iter().map(|line| line.len() + 2).sum());
    for (at, line) in lines.iter().enumerate() {
        if at > 0 {
            text.push(BREAK);
        }
        if !line.is_empty() {
            text.push(' ');
            text.extend(line.chars().filter_map(plain));
        }
    }
    quote!(#[doc = #text])
}

/// A character as a line of documentation can hold it: whatever came with it, it neither ends the line nor turns it round.
fn plain(c: char) -> Option<char> {
    match c {
        // Joiners stay: letters of some scripts and emoji need them.
        '\u{200b}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}' => None,
        '\u{2028}' | '\u{2029}' => Some(' '),
        c if c.is_control() => Some(' '),
        c => Some(c),
    }
}

/// Method and path as a code span.
pub(crate) fn route(method: &str, path: &str) -> String {
    let path: String = path.chars().filter_map(plain).collect();
    span(&format!("{method} {path}"))
}

/// A code span that holds any text; `None` if the text is too long for one.
pub(crate) fn code(text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() || text.len() > 80 || text.chars().any(|c| plain(c) != Some(c)) {
        return None;
    }
    Some(span(&text))
}

fn span(text: &str) -> String {
    let fence = text.split(|c| c != '`').map(str::len).max().unwrap_or(0) + 1;
    let fence = "`".repeat(fence);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// A name of the document as the start of a sentence: `createdAt` → `Created at`.
pub(crate) fn words(wire: &str) -> String {
    let mut out = String::new();
    for word in split(wire) {
        let acronym = word.len() > 1 && !word.contains(char::is_lowercase);
        if out.is_empty() {
            out.extend(word.chars().next().into_iter().flat_map(char::to_uppercase));
            out.push_str(&word[word.chars().next().map_or(0, char::len_utf8)..]);
        } else {
            out.push(' ');
            out.push_str(&if acronym { word.to_owned() } else { word.to_lowercase() });
        }
    }
    if out.is_empty() { "Value".to_owned() } else { out }
}

/// The words of a name, at capitals that follow small letters and at what is neither letter nor digit.
fn split(wire: &str) -> Vec<&str> {
    let mut out = Vec::new();
    for part in wire.split(|c: char| !c.is_alphanumeric()) {
        let mut start = 0;
        let mut before = 'A';
        for (at, c) in part.char_indices() {
            if c.is_uppercase() && before.is_lowercase() {
                out.push(&part[start..at]);
                start = at;
            }
            before = c;
        }
        out.push(&part[start..]);
    }
    out.retain(|word| !word.is_empty());
    out
}

/// The text with a full stop, if it has no end of its own.
pub(crate) fn sentence(text: &str) -> String {
    let text = text.trim_end();
    if text.ends_with(['.', '!', '?', ':', '…', '。']) { text.to_owned() } else { format!("{text}.") }
}

/// The first sentence of what [`lines`] gives, without its full stop and with what else is to be said of it.
pub(crate) fn summary(docs: &Docs, fallback: &str, note: &str) -> Vec<String> {
    let lines = lines(docs, fallback, &[]);
    let mut first = lines.split(String::is_empty).next().unwrap_or_default().join(" ");
    if let Some(end) = sentence_end(&first, &mut false) {
        first.truncate(end);
    }
    let mut out = Vec::new();
    block::wrap(&format!("{}; {note}.", first.trim_end_matches(['.', ':', ';'])), block::WIDTH, &mut out);
    out
}

fn text(docs: &Docs, fallback: &str) -> Vec<String> {
    let summary = docs.summary.as_deref().map(clean_line).unwrap_or_default();
    let mut body = docs.description.as_deref().map(clean).unwrap_or_default();
    split_first(&mut body);
    let same = |line: &String| line.trim_end_matches('.') == summary.trim_end_matches('.');
    if summary.is_empty() {
        if body.first().is_none_or(|line| !is_prose(line)) {
            let mut out = vec![fallback.to_owned()];
            if !body.is_empty() {
                out.push(String::new());
                out.append(&mut body);
            }
            return out;
        }
        return body;
    }
    if body.is_empty() || (body.first().is_some_and(same) && body.get(1).is_none_or(String::is_empty)) {
        return if body.is_empty() { vec![summary] } else { body };
    }
    let mut out = vec![summary, String::new()];
    out.append(&mut body);
    out
}

/// Whether the line starts a paragraph (and can thus be a summary).
fn is_prose(line: &str) -> bool {
    line.starts_with(|c: char| {
        c.is_alphanumeric() || matches!(c, '`' | '*' | '"' | '\'' | '(' | '<' | '[' | '\\' | '$')
    }) && !line.starts_with("```")
        && !line.starts_with("* ")
        && !line
            .split_once(['.', ')'])
            .is_some_and(|(n, rest)| n.parse::<u32>().is_ok() && rest.starts_with(' '))
}

/// Splits a long first paragraph after its first sentence: the first paragraph is what lists of items show.
fn split_first(lines: &mut Vec<String>) {
    let end = lines.iter().position(String::is_empty).unwrap_or(lines.len());
    let length: usize = lines[..end].iter().map(|line| line.len() + 1).sum();
    if length <= LONG || !lines.first().is_some_and(|line| is_prose(line)) {
        return;
    }
    let mut in_code = false;
    for at in 0..end {
        let line = &lines[at];
        let Some(i) = sentence_end(line, &mut in_code) else { continue };
        let starts = i < line.len();
        if starts || at + 1 < end {
            let rest = line[i..].trim_start().to_owned();
            lines[at].truncate(i);
            let more = [String::new(), rest].into_iter().take(if starts { 2 } else { 1 });
            lines.splice(at + 1..at + 1, more);
            return;
        }
    }
}

/// Where the first sentence of a line ends: after a full stop outside of code that is followed by nothing or by a new sentence.
fn sentence_end(line: &str, in_code: &mut bool) -> Option<usize> {
    let bytes = line.as_bytes();
    bytes.iter().enumerate().find_map(|(i, byte)| {
        *in_code ^= *byte == b'`';
        let ends = !*in_code && *byte == b'.' && i > 0 && bytes[i - 1].is_ascii_lowercase();
        let next = bytes.get(i + 1..).unwrap_or_default();
        let starts = next.len() > 1 && next[0] == b' ' && next[1].is_ascii_uppercase();
        (ends && (starts || next.is_empty())).then_some(i + 1)
    })
}

/// Adds sentences: to the only line if there is room, else as a paragraph.
fn append(lines: &mut Vec<String>, notes: &[String]) {
    if notes.is_empty() {
        return;
    }
    let notes = notes.join(" ");
    match lines.as_mut_slice() {
        [only] if is_prose(only) && only.len() + notes.len() < 110 => {
            *only = format!("{} {notes}", sentence(only))
        }
        _ => {
            let mut wrapped = Vec::new();
            block::wrap(&notes, block::WIDTH, &mut wrapped);
            lines.push(String::new());
            lines.append(&mut wrapped);
        }
    }
}
