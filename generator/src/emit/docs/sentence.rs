//! Sentences of a first paragraph: rustdoc shows it where items are listed.

use super::piece::{Piece, Tag};

/// Whether it begins with a paragraph (which can thus be a summary).
pub(super) fn is_prose(pieces: &[Piece]) -> bool {
    pieces.first() == Some(&Piece::Open(Tag::Paragraph))
}

/// Splits a first paragraph of more than `long` bytes after its first sentence.
pub(super) fn split(mut pieces: Vec<Piece>, long: usize) -> Vec<Piece> {
    if !is_prose(&pieces) {
        return pieces;
    }
    let length: usize = pieces[..end_of_first(&pieces)]
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) | Piece::Code(text) => text.len(),
            _ => 1,
        })
        .sum();
    let Some((at, bytes)) = sentence_end(&pieces).filter(|_| length > long) else { return pieces };
    let Piece::Text(text) = &mut pieces[at] else { return pieces };
    let rest = text.split_off(bytes).trim_start().to_owned();
    let mut between = vec![Piece::Close, Piece::Open(Tag::Paragraph)];
    let has_rest = !rest.is_empty();
    between.extend(has_rest.then_some(Piece::Text(rest)));
    // The end of a line becomes the end of the paragraph.
    let replaced = usize::from(!has_rest);
    pieces.splice(at + 1..at + 1 + replaced, between);
    pieces
}

/// The first sentence of a first paragraph, without its end; nothing if it begins with something else.
pub(super) fn first(mut pieces: Vec<Piece>) -> Vec<Piece> {
    if !is_prose(&pieces) {
        return Vec::new();
    }
    match sentence_end(&pieces) {
        Some((at, bytes)) => {
            if let Piece::Text(text) = &mut pieces[at] {
                text.truncate(bytes);
            }
            pieces.truncate(at + 1);
        }
        None => pieces.truncate(end_of_first(&pieces)),
    }
    if let Some(Piece::Text(text)) = pieces.last_mut() {
        text.truncate(text.trim_end_matches(['.', ':', ';', ' ']).len());
    }
    if matches!(pieces.last(), Some(Piece::Text(text)) if text.is_empty()) {
        pieces.pop();
    }
    if pieces.len() == 1 {
        return Vec::new();
    }
    pieces.push(Piece::Close);
    pieces
}

/// Where the first paragraph is closed.
fn end_of_first(pieces: &[Piece]) -> usize {
    let mut depth = 0_usize;
    let end = pieces.iter().position(|piece| {
        match piece {
            Piece::Open(_) => depth += 1,
            Piece::Close => depth -= 1,
            _ => {}
        }
        depth == 0
    });
    end.unwrap_or(pieces.len())
}

/// The text and the byte behind the full stop of the first sentence, if another follows in the paragraph.
fn sentence_end(pieces: &[Piece]) -> Option<(usize, usize)> {
    let mut depth = 0_usize;
    for (at, piece) in pieces[..end_of_first(pieces)].iter().enumerate() {
        match piece {
            Piece::Open(_) => depth += 1,
            Piece::Close => depth -= 1,
            Piece::Text(text) if depth == 1 => {
                let ends_line = pieces.get(at + 1) == Some(&Piece::Break);
                if let Some(end) = end_in(text, ends_line) {
                    return Some((at, end));
                }
            }
            _ => {}
        }
    }
    None
}

/// Behind a full stop that a new sentence follows, or the end of the line.
fn end_in(text: &str, ends_line: bool) -> Option<usize> {
    let bytes = text.as_bytes();
    bytes.windows(2).enumerate().find_map(|(at, pair)| {
        let next = &bytes[at + 2..];
        let follows = match next {
            [] => ends_line,
            [b' ', letter, ..] => letter.is_ascii_uppercase(),
            _ => false,
        };
        (pair[0].is_ascii_lowercase() && pair[1] == b'.' && follows).then_some(at + 2)
    })
}
