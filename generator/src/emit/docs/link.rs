//! Links: which targets are kept, and addresses in plain text.

use super::piece::{Piece, Tag};

/// Whether a link leads out of the documentation, and rustdoc takes it for nothing else.
pub(super) fn is_absolute(target: &str) -> bool {
    let has = |scheme: &str| {
        let start = target.get(..scheme.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(scheme)) && target.len() > scheme.len()
    };
    // Without a character that no path in Rust has, `mailto:a@b` would be a path.
    let is_mail = || has("mailto:") && target.contains(['.', '-', '%', '?']);
    let odd = |c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '`' | '\\' | '"' | '[' | ']' | '|')
    };
    (has("https://") || has("http://") || is_mail()) && !target.contains(odd)
}

/// The target without parentheses.
pub(super) fn encoded(target: &str) -> String {
    target.replace('(', "%28").replace(')', "%29")
}

/// Makes links of the addresses in plain text.
pub(super) fn mark(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out = Vec::with_capacity(pieces.len());
    let mut kinds = Vec::new();
    let mut links = 0_usize;
    for piece in pieces {
        match &piece {
            Piece::Open(tag) => {
                kinds.push(matches!(tag, Tag::Link(_)));
                links += usize::from(matches!(tag, Tag::Link(_)));
            }
            Piece::Close => links -= usize::from(kinds.pop().unwrap_or(false)),
            Piece::Text(text) if links == 0 => {
                split(text, &mut out);
                continue;
            }
            _ => {}
        }
        out.push(piece);
    }
    out
}

fn split(text: &str, out: &mut Vec<Piece>) {
    let (mut start, mut at) = (0, 0);
    while let Some(next) = text[at..].find(['h', 'H']) {
        let here = at + next;
        let inside_word = text[..here].chars().next_back().is_some_and(char::is_alphanumeric);
        let length = if inside_word { 0 } else { address(&text[here..]) };
        let url = &text[here..here + length];
        if !is_absolute(url) {
            at = here + 1;
            continue;
        }
        if start < here {
            out.push(Piece::Text(text[start..here].to_owned()));
        }
        out.extend([Piece::Open(Tag::Link(encoded(url))), Piece::Text(url.to_owned()), Piece::Close]);
        at = here + length;
        start = at;
    }
    if start < text.len() {
        out.push(Piece::Text(text[start..].to_owned()));
    }
}

/// Length of the address that starts here, without the punctuation that belongs to the sentence; 0 if there is none.
fn address(text: &str) -> usize {
    let has = |scheme: &str| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    let scheme = if has("https://") {
        8
    } else if has("http://") {
        7
    } else {
        return 0;
    };
    let stop =
        |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`' | '[' | ']' | '|' | '\\' | '*');
    let url = &text[..text.find(stop).unwrap_or(text.len())];
    let count = |c: char| url.matches(c).count();
    // How many parentheses too many are closed.
    let mut unopened = count(')').saturating_sub(count('('));
    let mut end = url.len();
    while let Some(last) = url[..end].chars().next_back() {
        match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '_' | '~' => end -= 1,
            ')' if unopened > 0 => {
                unopened -= 1;
                end -= 1;
            }
            _ => break,
        }
    }
    if end > scheme { end } else { 0 }
}
