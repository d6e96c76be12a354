//! Characters of a document as documentation can hold them.

use std::borrow::Cow;

/// Drops marks that hide or reorder text, and turns every kind of line break into `\n` and every other space into a plain one.
pub(super) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{85}' => out.push('\n'),
            '\t' => out.push_str("    "),
            c if c.is_control() || is_mark(c) => {}
            c if c.is_whitespace() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// A character as it stands in a line: it neither ends the line nor changes the direction of writing.
fn in_line(c: char) -> Option<char> {
    match c {
        c if c.is_control() || c.is_whitespace() => Some(' '),
        c if is_mark(c) => None,
        c => Some(c),
    }
}

/// A text as it stands in a line.
pub(super) fn line(text: &str) -> Cow<'_, str> {
    // Nearly all text is of such characters, and needs no copy.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Cow::Borrowed(text);
    }
    text.chars().filter_map(in_line).collect()
}

/// Whether the character is invisible and changes how others are shown. Joiners stay: letters of some scripts and emoji need them.
fn is_mark(c: char) -> bool {
    matches!(
        c,
        '\u{61c}'
            | '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
    )
}
