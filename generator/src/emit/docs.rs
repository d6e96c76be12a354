//! Documentation: the words of the document as doc comments that rustdoc and clippy accept.
//!
//! In: [`Docs`] and what the generator has to say itself (defaults, constraints). Out: the lines of a doc comment, and
//! the attributes made of them. Every public item gets at least one sentence. All text of a document that reaches documentation or a
//! README passes through here: `read` keeps an allow-list of CommonMark, `write` writes it, and `clean` has it read again.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::ir::Docs;
use crate::markdown::code_span;

mod chars;
mod clean;
mod html;
mod inline;
mod language;
mod link;
mod piece;
mod plain;
mod read;
mod sentence;
#[cfg(test)]
mod tests;
mod wrap;
mod write;

/// A first paragraph longer than this is split after its first sentence.
const LONG: usize = 160;

/// Text that is one line by nature (a summary, a title); it may stand behind other words.
pub(crate) fn clean_line(text: &str) -> String {
    clean::line(&clean::one_line(text))
}

/// The same as a cell of a table.
pub(crate) fn cell(text: &str) -> String {
    clean::cell(&clean::one_line(text))
}

/// The lines of a doc comment: summary and description, or else `fallback`; then the notes (whole sentences).
pub(crate) fn lines(docs: &Docs, fallback: &str, notes: &[String]) -> Vec<String> {
    let Text { lines: mut out, is_prose } = text(docs, fallback);
    let mut notes = notes.to_vec();
    if let Some(default) =
        docs.default.as_deref().filter(|_| !notes.iter().any(|note| note.contains("default")))
    {
        notes.insert(0, format!("Default: {}.", clean_line(&code_span(default))));
    }
    if !docs.constraints.is_empty() {
        notes.push(format!("Constraints: {}.", clean_line(&docs.constraints.join("; "))));
    }
    if let Some(link) = docs.link.as_deref().filter(|url| link::is_absolute(url)) {
        notes.push(format!("See <{link}>."));
    }
    append(&mut out, is_prose, &notes);
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
    // Rustdoc reads the reason as Markdown, too.
    match docs.deprecated.as_deref().map(clean_line) {
        None => TokenStream::new(),
        Some(reason) if reason.is_empty() => quote!(#[deprecated]),
        Some(reason) => quote!(#[deprecated = #reason]),
    }
}

/// Adds a paragraph of Markdown, broken into lines.
pub(super) fn paragraph(text: &str, lines: &mut Vec<String>) {
    wrap::wrap(text, wrap::WIDTH, lines);
}

/// One doc attribute for all lines: tokens are dear. `render` writes a comment for each line.
pub(crate) fn attributes(lines: &[String]) -> TokenStream {
    let mut text = String::with_capacity(lines.iter().map(|line| line.len() + 2).sum());
    for (at, line) in lines.iter().enumerate() {
        if at > 0 {
            text.push('\n');
        }
        if !line.is_empty() {
            text.push(' ');
            text.push_str(&chars::line(line));
        }
    }
    let text = literal(&text);
    quote!(#[doc = #text])
}

/// A text as a literal without escapes, which takes less time to write and to read again.
fn literal(text: &str) -> Literal {
    let written = if text.contains(['"', '\\']) {
        let hashes = "#".repeat(text.split('"').skip(1).map(leading_hashes).max().map_or(0, |most| most + 1));
        format!("r{hashes}\"{text}\"{hashes}")
    } else {
        format!("\"{text}\"")
    };
    written.parse().unwrap_or_else(|_| Literal::string(text))
}

fn leading_hashes(text: &str) -> usize {
    text.len() - text.trim_start_matches('#').len()
}

/// Whether rustdoc takes the text as another name of an item: in a line, without quotes and marks.
pub(crate) fn is_alias(text: &str) -> bool {
    !text.is_empty() && text.trim() == text && !text.contains(['"', '\'']) && chars::line(text) == text
}

/// Method and path as a code span.
pub(crate) fn route(method: &str, path: &str) -> String {
    code_span(&format!("{method} {}", chars::line(path)))
}

/// A code span that holds any text; `None` if the text is too long for one.
pub(crate) fn code(text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() || text.len() > 80 || chars::line(&text) != text {
        return None;
    }
    Some(code_span(&text))
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

/// The first paragraph of what [`lines`] gives, without notes.
pub(crate) fn first(docs: &Docs, fallback: &str) -> Vec<String> {
    let mut lines = text(docs, fallback).lines;
    lines.truncate(lines.iter().position(String::is_empty).unwrap_or(lines.len()));
    lines
}

/// The first sentence of the documentation, without its full stop and with what else is to be said of it.
pub(crate) fn summary(docs: &Docs, fallback: &str, note: &str) -> Vec<String> {
    let mut pieces = docs.summary.as_deref().map(clean::one_line).unwrap_or_default();
    if pieces.is_empty() {
        pieces = docs.description.as_deref().map(clean::description).unwrap_or_default();
    }
    let first = clean::line(&sentence::first(pieces));
    let first = if first.is_empty() { fallback } else { &first };
    let mut out = Vec::new();
    wrap::wrap(&format!("{first}; {note}."), wrap::WIDTH, &mut out);
    out
}

/// Lines of documentation.
struct Text {
    lines: Vec<String>,
    /// Whether they begin with a paragraph.
    is_prose: bool,
}

fn text(docs: &Docs, fallback: &str) -> Text {
    let summary = docs.summary.as_deref().map(clean_line).unwrap_or_default();
    let pieces = docs.description.as_deref().map(clean::description).unwrap_or_default();
    let pieces = sentence::split(pieces, LONG);
    let is_prose = sentence::is_prose(&pieces);
    let mut body = clean::lines(&pieces);
    let same = |line: &String| line.trim_end_matches('.') == summary.trim_end_matches('.');
    let head = match (summary.is_empty(), body.first()) {
        (true, Some(_)) if is_prose => return Text { lines: body, is_prose },
        (true, _) => fallback.to_owned(),
        (false, Some(first)) if same(first) && body.get(1).is_none_or(String::is_empty) => {
            return Text { lines: body, is_prose };
        }
        (false, _) => summary,
    };
    let mut lines = vec![head];
    if !body.is_empty() {
        lines.push(String::new());
        lines.append(&mut body);
    }
    Text { lines, is_prose: true }
}

/// Adds sentences: to the only line if there is room, else as a paragraph.
fn append(lines: &mut Vec<String>, is_prose: bool, notes: &[String]) {
    if notes.is_empty() {
        return;
    }
    let notes = notes.join(" ");
    match lines.as_mut_slice() {
        [only] if is_prose && only.len() + notes.len() < 110 => *only = format!("{} {notes}", sentence(only)),
        _ => {
            lines.push(String::new());
            wrap::wrap(&notes, wrap::WIDTH, lines);
        }
    }
}
