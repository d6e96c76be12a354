//! What a description may consist of: the events of CommonMark that documentation keeps.

/// A piece of a description. Everything else is dropped or becomes text when it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Open(Tag),
    Close,
    Text(String),
    /// A code span.
    Code(String),
    /// The end of a line inside a paragraph.
    Break,
    /// A thematic break.
    Rule,
    /// A code block: its language, which is never Rust, and its text.
    Fence(&'static str, String),
}

/// An element with content, up to its [`Piece::Close`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    Paragraph,
    Heading(usize),
    Quote,
    List {
        /// The first number of an ordered list.
        start: Option<u64>,
        /// Whether blank lines separate the items.
        loose: bool,
    },
    Item,
    /// A table; the first row is its head.
    Table(Vec<Align>),
    Row,
    Cell,
    Emphasis,
    Strong,
    Strike,
    /// A link to an absolute URL without parentheses.
    Link(String),
}

/// How a column of a table is aligned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    None,
    Left,
    Center,
    Right,
}

impl Tag {
    /// Whether it stands inside a line of text.
    pub(super) fn is_inline(&self) -> bool {
        matches!(self, Self::Emphasis | Self::Strong | Self::Strike | Self::Link(_))
    }

    /// Whether it only changes how text looks.
    pub(super) fn is_style(&self) -> bool {
        matches!(self, Self::Emphasis | Self::Strong | Self::Strike)
    }
}

/// The same without emphasis.
pub(super) fn without_style(pieces: &[Piece]) -> Vec<Piece> {
    let mut kept = Vec::new();
    let mut out = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let keep = match piece {
            Piece::Open(tag) => {
                kept.push(!tag.is_style());
                !tag.is_style()
            }
            Piece::Close => kept.pop().unwrap_or(true),
            _ => true,
        };
        if keep {
            out.push(piece.clone());
        }
    }
    out
}

/// The words alone, a paragraph for each block.
pub(super) fn words_only(pieces: &[Piece]) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut open = false;
    let mut kinds = Vec::new();
    let text = |out: &mut Vec<Piece>, open: &mut bool, text: &str| {
        if !std::mem::replace(open, true) {
            out.push(Piece::Open(Tag::Paragraph));
        }
        out.push(Piece::Text(text.to_owned()));
    };
    for piece in pieces {
        let ends = match piece {
            Piece::Open(tag) => {
                kinds.push(tag.is_inline());
                !tag.is_inline()
            }
            Piece::Close => !kinds.pop().unwrap_or(false),
            Piece::Rule | Piece::Fence(..) => true,
            Piece::Text(_) | Piece::Code(_) | Piece::Break => false,
        };
        if ends && std::mem::take(&mut open) {
            out.push(Piece::Close);
        }
        match piece {
            Piece::Text(words) | Piece::Code(words) => text(&mut out, &mut open, words),
            Piece::Break => text(&mut out, &mut open, " "),
            Piece::Fence(_, words) if !words.trim().is_empty() => {
                text(&mut out, &mut open, words);
                open = false;
                out.push(Piece::Close);
            }
            Piece::Fence(..) | Piece::Open(_) | Piece::Close | Piece::Rule => {}
        }
    }
    if open {
        out.push(Piece::Close);
    }
    out
}

/// A text in which equal descriptions are equal, whatever their white space.
pub(super) fn canonical(pieces: &[Piece]) -> String {
    let mut out = String::new();
    // Whether a block has just begun, where a space means nothing.
    let mut fresh = true;
    let mut kinds = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Text(text) => words(text, &mut fresh, &mut out),
            Piece::Break => words(" ", &mut fresh, &mut out),
            Piece::Code(text) => {
                mark("`", &mut out);
                words(text, &mut true, &mut out);
                mark("`", &mut out);
                fresh = false;
            }
            Piece::Open(tag) => {
                kinds.push(tag.is_inline());
                if !tag.is_inline() {
                    block(&mut fresh, &mut out);
                }
                match tag {
                    // Blank lines between the items of a list mean nothing.
                    Tag::List { start, .. } => mark(&format!("List {start:?}"), &mut out),
                    tag => mark(&format!("{tag:?}"), &mut out),
                }
            }
            Piece::Close => {
                if !kinds.pop().unwrap_or(false) {
                    block(&mut fresh, &mut out);
                }
                mark("/", &mut out);
            }
            Piece::Rule => {
                block(&mut fresh, &mut out);
                mark("Rule", &mut out);
            }
            Piece::Fence(language, text) => {
                block(&mut fresh, &mut out);
                mark(language, &mut out);
                for line in text.lines() {
                    out.push_str(line.trim_end());
                    out.push('\n');
                }
                mark("/", &mut out);
            }
        }
    }
    out
}

fn mark(what: &str, out: &mut String) {
    // Text holds no control characters.
    out.push('\u{1}');
    out.push_str(what);
    out.push('\u{2}');
}

fn block(fresh: &mut bool, out: &mut String) {
    if out.ends_with(' ') {
        out.pop();
    }
    *fresh = true;
}

fn words(text: &str, fresh: &mut bool, out: &mut String) {
    for c in text.chars() {
        match c {
            c if !c.is_whitespace() => {
                out.push(c);
                *fresh = false;
            }
            _ if !*fresh && !out.ends_with(' ') => out.push(' '),
            _ => {}
        }
    }
}
