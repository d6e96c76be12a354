//! From the words of a document to lines of documentation: read, written, and read again.
//!
//! What is written must read as what was meant, or it is written with less of its form, down to words without any. So no text becomes
//! code, HTML or a link of rustdoc, whatever is wrong with the rest of this module.

use super::inline::{Style, inline};
use super::piece::{Align, Piece, Tag, canonical, without_style, words_only};
use super::wrap::escaped;
use super::{chars, html, plain, read, write};

/// A description, read.
pub(super) fn description(text: &str) -> Vec<Piece> {
    plain::paragraph(text).unwrap_or_else(|| read::document(&html::rewrite(&chars::clean(text))))
}

/// The lines of a description.
pub(super) fn lines(pieces: &[Piece]) -> Vec<String> {
    if plain::are_plain(pieces) { write::write(pieces, false) } else { written(pieces) }
}

/// The same for pieces of any form.
pub(super) fn written(pieces: &[Piece]) -> Vec<String> {
    verified(
        pieces,
        |pieces, heavy| Some(write::write(pieces, heavy)),
        |lines| read::written(&lines.join("\n")),
    )
}

/// Text that is one line by nature (a summary, a title), read: a paragraph, or nothing.
pub(super) fn one_line(text: &str) -> Vec<Piece> {
    plain::paragraph(text).unwrap_or_else(|| read_line(text))
}

/// The same for a text of any form.
pub(super) fn read_line(text: &str) -> Vec<Piece> {
    let text = format!("{BEFORE}{}", chars::clean(text).split_whitespace().collect::<Vec<_>>().join(" "));
    let text = html::rewrite(&text);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    unprefixed(read::document(&text))
}

/// The line of one paragraph.
pub(super) fn line(pieces: &[Piece]) -> String {
    match pieces {
        [Piece::Open(Tag::Paragraph), Piece::Text(text), Piece::Close] if plain::is_plain(text) => {
            text.clone()
        }
        _ => written_line(pieces),
    }
}

/// The same for pieces of any form.
pub(super) fn written_line(pieces: &[Piece]) -> String {
    let pieces = if let [Piece::Open(Tag::Paragraph), .., Piece::Close] = pieces {
        pieces
    } else {
        return String::new();
    };
    let write = |pieces: &[Piece], heavy| {
        let text = inline(paragraph(pieces)?, Style { heavy, one_line: true, ..Style::default() });
        Some(escaped(&text, true))
    };
    // It may stand alone or behind other words.
    let read = |line: &String| {
        let alone = read::written(line)?;
        let behind = unprefixed(read::written(&format!("{BEFORE}{line}"))?);
        (canonical(&alone) == canonical(&behind)).then_some(alone)
    };
    verified(pieces, write, read)
}

/// The same as a cell of a table.
pub(super) fn cell(pieces: &[Piece]) -> String {
    let write = |pieces: &[Piece], heavy| {
        Some(inline(paragraph(pieces)?, Style { heavy, in_cell: true, one_line: true }))
    };
    let read = |cell: &String| {
        let table = read::written(&format!("| x |\n|---|\n| {cell} |"))?;
        let head = [
            Piece::Open(Tag::Table(vec![Align::None])),
            Piece::Open(Tag::Row),
            Piece::Open(Tag::Cell),
            Piece::Text("x".to_owned()),
            Piece::Close,
            Piece::Close,
            Piece::Open(Tag::Row),
            Piece::Open(Tag::Cell),
        ];
        let inside = table.strip_prefix(&head)?.strip_suffix(&[Piece::Close, Piece::Close, Piece::Close])?;
        let mut out = vec![Piece::Open(Tag::Paragraph)];
        out.extend_from_slice(inside);
        out.push(Piece::Close);
        Some(out)
    };
    verified(pieces, write, read)
}

/// What stands before a line when it is read, so that it begins no block.
const BEFORE: &str = "x ";

/// Takes [`BEFORE`] off.
fn unprefixed(mut pieces: Vec<Piece>) -> Vec<Piece> {
    match pieces.get_mut(1) {
        Some(Piece::Text(text)) if text.trim_start() == BEFORE.trim_end() => {
            pieces.remove(1);
        }
        Some(Piece::Text(text)) => *text = text.strip_prefix(BEFORE).unwrap_or(text).to_owned(),
        _ => {}
    }
    if pieces.len() == 2 { Vec::new() } else { pieces }
}

/// The inside of one paragraph.
fn paragraph(pieces: &[Piece]) -> Option<&[Piece]> {
    pieces.strip_prefix(&[Piece::Open(Tag::Paragraph)])?.strip_suffix(&[Piece::Close])
}

/// The first way of writing that reads as it was meant.
fn verified<T: Default>(
    pieces: &[Piece],
    write: impl Fn(&[Piece], bool) -> Option<T>,
    read: impl Fn(&T) -> Option<Vec<Piece>>,
) -> T {
    if pieces.is_empty() {
        return T::default();
    }
    let attempt = |pieces: &[Piece], heavy| {
        let written = write(pieces, heavy)?;
        let again = read(&written)?;
        (canonical(&again) == canonical(pieces)).then_some(written)
    };
    attempt(pieces, false)
        .or_else(|| attempt(pieces, true))
        .or_else(|| attempt(&without_style(pieces), true))
        .or_else(|| attempt(&words_only(pieces), true))
        .or_else(|| write(&letters_only(pieces), true))
        .unwrap_or_default()
}

/// Nothing but letters, digits and spaces: these have no other reading.
fn letters_only(pieces: &[Piece]) -> Vec<Piece> {
    let mut out = words_only(pieces);
    for piece in &mut out {
        if let Piece::Text(text) = piece {
            *text = text.replace(|c: char| !c.is_alphanumeric(), " ");
        }
    }
    out
}
