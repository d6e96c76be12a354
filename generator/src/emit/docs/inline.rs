//! Writes the text of a paragraph: what is text stays text, whatever it looks like.

use crate::markdown::code_span;

use super::link;
use super::piece::{Piece, Tag};

/// How text is written.
#[derive(Clone, Copy, Default)]
pub(super) struct Style {
    /// Whether everything that could mean something is escaped, rather than what does so where it stands.
    pub(super) heavy: bool,
    /// Whether it stands in a table, where a bar ends the cell.
    pub(super) in_cell: bool,
    /// Whether it must be one line.
    pub(super) one_line: bool,
}

/// Writes the pieces of one paragraph, heading or cell, each line without spaces around it.
pub(super) fn inline(pieces: &[Piece], style: Style) -> String {
    let mut inline = Inline { style, out: String::new(), before: None, closers: Vec::new() };
    let mut at = 0;
    while let Some(piece) = pieces.get(at) {
        at += inline.piece(piece, &pieces[at + 1..]);
    }
    inline.out.truncate(inline.out.trim_end().len());
    inline.out
}

struct Inline {
    style: Style,
    out: String,
    /// The character before this place; none at the start of a line.
    before: Option<char>,
    /// What ends the elements that are open.
    closers: Vec<String>,
}

impl Inline {
    /// Writes a piece; how many it took.
    fn piece(&mut self, piece: &Piece, rest: &[Piece]) -> usize {
        match piece {
            Piece::Text(text) => self.text(text),
            Piece::Code(text) => {
                let span = code_span(text);
                self.raw(&if self.style.in_cell { span.replace('|', "\\|") } else { span });
            }
            Piece::Break => self.line_break(),
            Piece::Open(Tag::Link(target)) => {
                if let [Piece::Text(text), Piece::Close, ..] = rest
                    && link::encoded(text) == *target
                {
                    self.raw(&format!("<{text}>"));
                    return 3;
                }
                // `![` would be an image.
                if self.out.ends_with('!') && !self.out.ends_with("\\!") {
                    self.out.pop();
                    self.out.push_str("\\!");
                }
                self.raw("[");
                self.closers.push(format!("]({})", destination(target)));
            }
            Piece::Open(tag) => {
                let marker = match tag {
                    Tag::Emphasis if self.out.ends_with('*') => "_",
                    Tag::Emphasis => "*",
                    Tag::Strong if self.out.ends_with('*') => "__",
                    Tag::Strong => "**",
                    _ => "~~",
                };
                self.raw(marker);
                self.closers.push(marker.to_owned());
            }
            Piece::Close => {
                let closer = self.closers.pop().unwrap_or_default();
                self.raw(&closer);
            }
            Piece::Rule | Piece::Fence(..) => {}
        }
        1
    }

    fn raw(&mut self, text: &str) {
        self.out.push_str(text);
        self.before = text.chars().next_back().or(self.before);
    }

    fn line_break(&mut self) {
        if self.style.one_line || self.style.in_cell {
            self.space();
        } else {
            self.out.truncate(self.out.trim_end_matches(' ').len());
            if !self.out.is_empty() && !self.out.ends_with('\n') {
                self.out.push('\n');
            }
            self.before = None;
        }
    }

    fn space(&mut self) {
        if self.before.is_some_and(|c| c != ' ') {
            self.out.push(' ');
            self.before = Some(' ');
        }
    }

    fn text(&mut self, text: &str) {
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            if c.is_whitespace() {
                self.space();
                continue;
            }
            if matches!(c, '*' | '_' | '~') && !self.style.heavy {
                let mut count = 1;
                while chars.next_if(|(_, next)| *next == c).is_some() {
                    count += 1;
                }
                let closes = self.may_close(c, text[at + count..].chars().next());
                for _ in 0..count {
                    self.out.extend(closes.then_some('\\'));
                    self.out.push(c);
                }
            } else {
                if self.is_special(c, &text[at..]) {
                    self.out.push('\\');
                }
                self.out.push(c);
            }
            self.before = Some(c);
        }
    }

    /// Whether delimiters could end what others began; those that only begin something do nothing.
    fn may_close(&self, c: char, next: Option<char>) -> bool {
        let inside_word =
            self.before.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric);
        self.before.is_some_and(|before| !before.is_whitespace()) && !(c == '_' && inside_word)
    }

    fn is_special(&self, c: char, rest: &str) -> bool {
        match c {
            '\\' | '`' | '<' | '[' => true,
            ']' => self.style.heavy || !self.closers.is_empty(),
            '|' => self.style.heavy || self.style.in_cell,
            '&' => self.style.heavy || is_entity(rest),
            // An address that is no link is cut in two, or rustdoc would ask for a link.
            ':' => self.style.heavy || (rest.starts_with("://") && self.out.ends_with(['p', 's'])),
            '*' | '_' | '~' | '>' | '#' | '!' | '-' | '+' | '=' | '$' | '^' | '{' | '}' | '(' | ')' => {
                self.style.heavy
            }
            _ => false,
        }
    }
}

/// Whether the text may begin with a character reference.
fn is_entity(text: &str) -> bool {
    let name = text[1..].trim_start_matches('#');
    name.bytes().take(40).find(|byte| !byte.is_ascii_alphanumeric()) == Some(b';')
}

/// The target of a link as it stands behind the text of the link.
fn destination(target: &str) -> String {
    target.replace('&', "&amp;")
}
