//! Tokens on one line, spaced as prettyplease spaces them where everything fits.
//!
//! It knows the Rust that emitters write, not all of Rust. What it does not know is still written as valid Rust, and marked, so that
//! a formatter looks at it.

use std::fmt::Write as _;
use std::iter::Peekable;

use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree, token_stream};

/// The tokens of an item or of its body.
pub(super) type Tokens = Peekable<token_stream::IntoIter>;

/// One line of Rust.
#[derive(Default)]
pub(super) struct Line {
    /// The tokens.
    pub(super) text: String,
    /// It holds what is not known here, so it may have to look otherwise.
    pub(super) is_odd: bool,
    last: Last,
    /// Between the bars of a closure.
    in_bars: bool,
}

/// What the last token was, as far as spaces depend on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Last {
    /// The beginning, or what holds on to the next token.
    #[default]
    Glue,
    /// A name, a literal or the end of a group.
    Name,
    /// What a space follows.
    Space,
}

/// The tokens on one line.
pub(super) fn line(tokens: impl IntoIterator<Item = TokenTree>) -> Line {
    let mut line = Line::default();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(name) => {
                line.space();
                let _ = write!(line.text, "{name}");
                line.last = Last::Name;
            }
            TokenTree::Literal(literal) => {
                line.space();
                let _ = write!(line.text, "{literal}");
                line.last = Last::Name;
            }
            TokenTree::Group(group) => line.group(group),
            TokenTree::Punct(punct) => {
                let is_joint = punct.spacing() == Spacing::Joint;
                let mut follows = |c: char| {
                    let next =
                        tokens.next_if(|next| matches!(next, TokenTree::Punct(next) if next.as_char() == c));
                    next.is_some()
                };
                match punct.as_char() {
                    ':' if is_joint && follows(':') => line.close("::", Last::Glue),
                    '-' if is_joint && follows('>') => line.infix("->"),
                    '=' if is_joint && follows('>') => line.infix("=>"),
                    '=' if is_joint && follows('=') => line.infix("=="),
                    c => line.punct(c, is_joint),
                }
            }
        }
    }
    line
}

/// The tokens in a group. The group is given up first, so that its tokens are moved and not copied.
pub(super) fn inside(group: Group) -> TokenStream {
    let stream = group.stream();
    drop(group);
    stream
}

impl Line {
    /// The length in bytes, by which prettyplease counts.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    fn space(&mut self) {
        if self.last != Last::Glue {
            self.text.push(' ');
        }
    }

    /// Something that holds on to what stands before it.
    fn close(&mut self, text: &str, last: Last) {
        if self.last == Last::Space {
            self.text.push(' ');
        }
        self.text.push_str(text);
        self.last = last;
    }

    /// Something with a space on both sides.
    fn infix(&mut self, text: &str) {
        self.space();
        self.text.push_str(text);
        self.last = Last::Space;
    }

    /// Something that holds on to what follows it.
    fn prefix(&mut self, c: char) {
        self.is_odd |= self.last == Last::Name;
        self.space();
        self.text.push(c);
        self.last = Last::Glue;
    }

    fn punct(&mut self, c: char, is_joint: bool) {
        match c {
            ',' | ':' if !is_joint => {
                self.text.push(c);
                self.last = Last::Space;
            }
            '<' => self.close("<", Last::Glue),
            '>' => {
                self.text.push('>');
                self.last = Last::Name;
            }
            '.' if !is_joint => self.close(".", Last::Glue),
            '?' => self.close("?", Last::Name),
            '=' | '+' if !is_joint => self.infix(if c == '=' { "=" } else { "+" }),
            '!' if self.last == Last::Name => self.close("!", Last::Glue),
            '\'' => {
                self.space();
                self.text.push(c);
                self.last = Last::Glue;
            }
            '&' | '*' | '-' | '!' if !is_joint => self.prefix(c),
            '|' if !is_joint && self.in_bars => {
                self.in_bars = false;
                self.close("|", Last::Space);
            }
            '|' if !is_joint => {
                self.in_bars = true;
                self.prefix(c);
            }
            _ => {
                self.is_odd = true;
                self.space();
                self.text.push(c);
                self.last = if is_joint { Last::Glue } else { Last::Space };
            }
        }
    }

    fn group(&mut self, group: Group) {
        let delimiter = group.delimiter();
        let mut tokens: Vec<TokenTree> = inside(group).into_iter().collect();
        let has_comma = tokens.pop_if(|last| is_punct(last, ',')).is_some();
        let is_single = has_comma && commas(&tokens) == 0;
        let inner = line(tokens);
        self.is_odd |= inner.is_odd;
        let is_name = self.last == Last::Name;
        let (open, close) = match delimiter {
            // The comma of a tuple of one means something; arguments are glued to their name.
            Delimiter::Parenthesis if is_single && !is_name && !self.text.ends_with('!') => ("(", ",)"),
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Bracket => {
                self.is_odd |= is_name;
                ("[", "]")
            }
            Delimiter::Brace if self.text.ends_with("::") => ("{", "}"),
            Delimiter::Brace => {
                self.is_odd |= !is_name || self.text.ends_with("const");
                self.text.push_str(if is_name { " " } else { "" });
                if inner.text.is_empty() { ("{", "}") } else { ("{ ", " }") }
            }
            Delimiter::None => {
                self.is_odd = true;
                (" ", " ")
            }
        };
        self.close(open, Last::Name);
        self.text.push_str(&inner.text);
        self.text.push_str(close);
    }
}

/// Whether a token is this sign.
pub(super) fn is_punct(token: &TokenTree, c: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == c)
}

/// The number of commas between tokens, those between types in `<…>` aside.
pub(super) fn commas(tokens: &[TokenTree]) -> usize {
    let (mut count, mut depth) = (0, 0usize);
    for token in tokens {
        match token {
            token if is_punct(token, '<') => depth += 1,
            token if is_punct(token, '>') => depth = depth.saturating_sub(1),
            token if is_punct(token, ',') && depth == 0 => count += 1,
            _ => {}
        }
    }
    count
}

/// The tokens up to a comma that is not between types in `<…>`.
pub(super) fn until_comma(tokens: &mut Tokens) -> Vec<TokenTree> {
    let mut depth = 0usize;
    let mut found = Vec::new();
    for token in tokens {
        match &token {
            token if is_punct(token, '<') => depth += 1,
            token if is_punct(token, '>') => depth = depth.saturating_sub(1),
            token if is_punct(token, ',') && depth == 0 => break,
            _ => {}
        }
        found.push(token);
    }
    found
}
