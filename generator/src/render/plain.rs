//! Items, line by line. What fits is written here; only what does not fit, or is not known, is parsed and formatted.
//!
//! Doc comments, attributes, the frames of `struct`, `enum` and `impl`, and lines that fit are written as prettyplease and `join`
//! would write them; the test `lines_are_those_of_the_formatter` compares the two. To parse and to break lines took half of the time
//! of rendering, and nearly all lines fit.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use super::body::{constant, function};
use super::format::{BROKEN, Group as Kind, formatted, in_frame, pad};
use super::line::{Tokens, inside, is_punct, line, until_comma};

/// The text of an item.
pub(super) fn item(tokens: TokenStream) -> (Kind, String) {
    let mut out = String::new();
    let mut tokens = tokens.into_iter().peekable();
    attributes(&mut tokens, 0, &mut out);
    let mut head = Vec::new();
    let mut word = Word::None;
    for token in tokens {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace && word.has_body() => {
                match word {
                    Word::Static => constant(head, group, &mut out),
                    _ => framed(word, head, group, &mut out),
                }
                return (Kind::Other, out);
            }
            TokenTree::Ident(name) if word == Word::None => {
                word = Word::of(&name.to_string());
                head.push(TokenTree::Ident(name));
            }
            other => head.push(other),
        }
    }
    let has_end = head.pop_if(|last| is_punct(last, ';')).is_some();
    let line = line(head);
    let text = if has_end { line.text + ";" } else { line.text };
    if line.is_odd || text.len() > BROKEN || matches!(word, Word::None | Word::Other) {
        out.push_str(&formatted(&text));
    } else {
        out.push_str(&text);
        out.push('\n');
    }
    // A module with a body is no declaration.
    let kind = if word == Word::Mod && !has_end { Kind::Other } else { word.kind() };
    (kind, out)
}

/// The keyword that says what an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    None,
    Use,
    Mod,
    Type,
    Struct,
    Enum,
    Impl,
    Static,
    /// Anything else, which is formatted.
    Other,
}

impl Word {
    fn of(text: &str) -> Self {
        match text {
            "use" => Self::Use,
            "mod" => Self::Mod,
            "type" => Self::Type,
            "struct" => Self::Struct,
            "enum" => Self::Enum,
            "impl" => Self::Impl,
            "static" => Self::Static,
            "fn" | "const" | "trait" => Self::Other,
            _ => Self::None,
        }
    }

    fn has_body(self) -> bool {
        matches!(self, Self::Struct | Self::Enum | Self::Impl | Self::Static)
    }

    fn kind(self) -> Kind {
        match self {
            Self::Use => Kind::Use,
            Self::Mod => Kind::Module,
            _ => Kind::Other,
        }
    }
}

/// Writes doc comments and attributes, each on lines of its own.
fn attributes(tokens: &mut Tokens, indent: usize, out: &mut String) {
    while tokens.next_if(|next| is_punct(next, '#')).is_some() {
        let Some(TokenTree::Group(group)) = tokens.next() else { return };
        let inner: Vec<TokenTree> = inside(group).into_iter().collect();
        // `#[doc(hidden)]` is no comment.
        if let [TokenTree::Ident(name), TokenTree::Punct(_), TokenTree::Literal(text)] = &inner[..]
            && name == "doc"
        {
            doc(&text.to_string(), indent, out);
            continue;
        }
        let attribute = line(inner);
        let text = format!("#[{}]", attribute.text);
        if attribute.is_odd || (indent + text.len() > BROKEN && text.contains('(')) {
            let item = format!("{text} fn f() {{}}");
            let item = if indent == 0 { formatted(&item) } else { in_frame("impl X", &item) };
            let end = item.trim_end().rfind('\n').map_or(0, |at| at + 1);
            out.push_str(&item[..end]);
        } else {
            pad(indent, out);
            out.push_str(&text);
            out.push('\n');
        }
    }
}

/// Writes a doc comment, given as the literal of its text.
fn doc(literal: &str, indent: usize, out: &mut String) {
    let raw = literal.strip_prefix('r').map(|raw| raw.trim_matches('#'));
    let plain = raw.unwrap_or(literal).strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    let read;
    let text = match plain.filter(|text| raw.is_some() || !text.contains('\\')) {
        Some(text) => text,
        None => {
            read = syn::parse_str::<syn::LitStr>(literal).map(|text| text.value()).unwrap_or_default();
            &read
        }
    };
    for line in text.trim_end_matches(' ').split('\n') {
        pad(indent, out);
        out.push_str("///");
        out.push_str(line);
        out.push('\n');
    }
}

/// A struct with fields, an enum or an `impl`.
fn framed(word: Word, head: Vec<TokenTree>, body: Group, out: &mut String) {
    let head = line(head);
    let start = format!("{} {{", head.text);
    match head.is_odd || (start.len() > BROKEN && (start.contains('<') || start.contains(" for "))) {
        true => out.push_str(formatted(&format!("{start}}}")).trim_end_matches(['}', '\n'])),
        false => out.push_str(&start),
    }
    let mut tokens = inside(body).into_iter().peekable();
    if tokens.peek().is_some() {
        out.push('\n');
    }
    let mut is_apart = false;
    while tokens.peek().is_some() {
        out.push_str(if is_apart { "\n" } else { "" });
        attributes(&mut tokens, 4, out);
        match word {
            Word::Impl => is_apart = member(&mut tokens, out),
            _ => field(word, &mut tokens, out),
        }
    }
    out.push_str("}\n");
}

/// A field or a variant.
fn field(word: Word, tokens: &mut Tokens, out: &mut String) {
    let line = line(until_comma(tokens));
    if line.is_odd || 4 + line.len() + 1 > BROKEN {
        let frame = if word == Word::Enum { "enum X" } else { "struct X" };
        out.push_str(&in_frame(frame, &line.text));
    } else {
        pad(4, out);
        out.push_str(&line.text);
        out.push_str(",\n");
    }
}

/// A function, a constant or a type of an `impl`. Returns whether a blank line follows.
fn member(tokens: &mut Tokens, out: &mut String) -> bool {
    let mut head = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                function(head, group, out);
                return true;
            }
            token if is_punct(&token, ';') => break,
            token => head.push(token),
        }
    }
    let line = line(head);
    // Its value is a literal, which nothing breaks.
    let is_constant = line.text.starts_with("pub const ");
    if !is_constant && (line.is_odd || 4 + line.len() + 1 > BROKEN) {
        out.push_str(&in_frame("impl X", &(line.text + ";")));
    } else {
        pad(4, out);
        out.push_str(&line.text);
        out.push_str(";\n");
    }
    is_constant
}
