//! Text without any form, as most descriptions are: it is its own reading, so it is neither parsed nor read again.

use super::piece::{Piece, Tag};

/// Whether a text is one line that begins with a letter and holds nothing that CommonMark, or [`super::link`], could take for more
/// than words.
pub(super) fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_word = |at: Option<&u8>| at.is_some_and(u8::is_ascii_alphanumeric);
    let is_fine = |at: usize| match bytes[at] {
        b' ' => bytes.get(at + 1).is_some_and(|next| *next != b' '),
        b':' => bytes.get(at + 1).is_none_or(|next| *next == b' '),
        b'-' | b'/' => is_word(bytes.get(at - 1)) && is_word(bytes.get(at + 1)),
        b',' | b'.' | b';' | b'?' | b'\'' | b'"' | b'(' | b')' | b'%' => true,
        byte => byte.is_ascii_alphanumeric(),
    };
    bytes.first().is_some_and(u8::is_ascii_alphabetic) && (1..bytes.len()).all(is_fine)
}

/// A paragraph of such a text.
pub(super) fn paragraph(text: &str) -> Option<Vec<Piece>> {
    let pieces = || vec![Piece::Open(Tag::Paragraph), Piece::Text(text.to_owned()), Piece::Close];
    is_plain(text).then(pieces)
}

/// Whether pieces are paragraphs of such texts.
pub(super) fn are_plain(pieces: &[Piece]) -> bool {
    let is_paragraph = |pieces: &[Piece]| matches!(pieces, [Piece::Open(Tag::Paragraph), Piece::Text(text), Piece::Close] if is_plain(text));
    pieces.chunks(3).all(is_paragraph)
}

#[cfg(test)]
mod tests {
    use super::super::{chars, clean, html, read, write};
    use super::*;

    const WORDS: [&str; 28] = [
        "The",
        "name",
        "of",
        "a",
        "repository.",
        "e.g.",
        "1.",
        "2)",
        "(see",
        "below)",
        "it's",
        "\"quoted\"",
        "read/write",
        "well-known",
        "50%",
        "Note:",
        "why?",
        "one;",
        "x,y",
        "www.example.com",
        "http",
        "I",
        "TODO:",
        "3-4",
        "A.B.C",
        "(1)",
        "...",
        "''",
    ];

    #[test]
    fn plain_text_is_its_own_reading() {
        let mut seed = 1u32;
        let mut next = |below: usize| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) as usize % below
        };
        let mut plain = 0;
        for _ in 0..20_000 {
            let count = 1 + next(40);
            let text = (0..count).map(|_| WORDS[next(WORDS.len())]).collect::<Vec<_>>().join(" ");
            let Some(pieces) = paragraph(&text) else { continue };
            plain += 1;
            assert_eq!(pieces, read::document(&html::rewrite(&chars::clean(&text))), "{text}");
            assert_eq!(pieces, clean::read_line(&text), "{text}");
            assert_eq!(clean::written(&pieces), write::write(&pieces, false), "{text}");
            assert_eq!(clean::written_line(&pieces), text);
        }
        assert!(plain > 5_000);
    }

    #[test]
    fn what_could_be_more_is_read() {
        for text in [
            "",
            " a",
            "a ",
            "a  b",
            "1. a",
            "- a",
            "a *b*",
            "a `b`",
            "a_b",
            "a\nb",
            "a <b>",
            "http://a.b",
            "a - b",
            "[a](b)",
            "a!",
            "é",
            "a & b",
            "a | b",
            "a -- b",
            "a\tb",
            "a: b:c",
        ] {
            assert!(!is_plain(text), "{text}");
        }
    }
}
