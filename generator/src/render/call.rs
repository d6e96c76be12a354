//! Calls of the runtime's macros, formatted by hand: what is inside is not Rust, so no formatter knows it.
//!
//! The one form is `name!(head { entry; entry; } { entry; }, tail);` with any number of braces and `;` or `,` between the
//! entries: on one line where it fits and has no `;`, else with one entry per line.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

use super::join::WIDTH;
use super::line::{inside as within, is_punct};

/// The text of a call.
pub(super) fn format(tokens: TokenStream) -> String {
    let mut name = String::new();
    let mut inside = TokenStream::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) => inside = within(group),
            TokenTree::Punct(punct) if punct.as_char() == ';' => {}
            other => name.push_str(&other.to_string()),
        }
    }
    let inside: Vec<TokenTree> = inside.into_iter().collect();
    let is_body =
        |token: &TokenTree| matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
    let at = inside.iter().position(is_body).unwrap_or(inside.len());
    let count = inside[at..].iter().take_while(|token| is_body(token)).count();
    let mut tokens = inside.into_iter();
    let head = line(tokens.by_ref().take(at));
    let bodies = tokens.by_ref().take(count).filter_map(|token| match token {
        TokenTree::Group(group) => Some(entries(within(group))),
        _ => None,
    });
    let bodies: Vec<(Vec<String>, char)> = bodies.collect();
    let tail = line(tokens);
    if let [(entries, ',')] = &bodies[..] {
        let short = format!("{name}({head} {{ {} }}{tail});\n", entries.join(", "));
        if short.len() <= WIDTH + 1 {
            return short;
        }
    }
    let mut out = format!("{name}({head}");
    for (entries, separator) in bodies {
        out.push_str(" {\n");
        for entry in entries {
            out.push_str("    ");
            out.push_str(&entry);
            out.push(separator);
            out.push('\n');
        }
        out.push('}');
    }
    out.push_str(&tail);
    out.push_str(");\n");
    out
}

/// The entries and what stands between them.
fn entries(body: TokenStream) -> (Vec<String>, char) {
    let tokens: Vec<TokenTree> = body.into_iter().collect();
    let separator = if tokens.iter().any(|token| is_punct(token, ';')) { ';' } else { ',' };
    let mut parts = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    while tokens.peek().is_some() {
        let part = tokens.by_ref().take_while(|token| !is_punct(token, separator));
        let part = line(part);
        if !part.is_empty() {
            parts.push(part);
        }
    }
    (parts, separator)
}

/// Tokens on one line.
fn line(tokens: impl Iterator<Item = TokenTree>) -> String {
    let mut out = String::new();
    let mut glued = true;
    // Behind the first of `::`; behind what a path goes on from.
    let (mut half, mut after_name) = (false, false);
    for token in tokens {
        let is_name = matches!(token, TokenTree::Ident(_));
        let (text, glue_before, glue_after) = match token {
            TokenTree::Group(group) => {
                let delimiter = group.delimiter();
                let inner = line(within(group).into_iter());
                match delimiter {
                    // A list of arguments is glued to its name, a tuple after `=>` or `,` is not.
                    Delimiter::Parenthesis => {
                        (format!("({inner})"), !out.ends_with(['=', ',']) && !out.ends_with("=>"), false)
                    }
                    Delimiter::Bracket => (format!("[{inner}]"), false, false),
                    Delimiter::Brace => (format!("{{ {inner} }}"), false, false),
                    Delimiter::None => (inner, false, false),
                }
            }
            TokenTree::Punct(punct) => {
                let joint = punct.spacing() == Spacing::Joint;
                match punct.as_char() {
                    c @ (',' | ';' | '?') => (c.to_string(), true, false),
                    // The end of `=>` and that of a list of types.
                    '>' => (">".to_owned(), true, false),
                    '=' if out.ends_with("..") => ("=".to_owned(), true, true),
                    // A way of fields starts with a dot.
                    '.' => (".".to_owned(), !out.ends_with('='), true),
                    '<' => ("<".to_owned(), true, true),
                    c @ ('\'' | '&' | '-') => (c.to_string(), false, true),
                    ':' if half => (":".to_owned(), true, true),
                    // A path that begins with `::` is glued to nothing before it.
                    ':' if joint => (":".to_owned(), after_name, true),
                    ':' => (":".to_owned(), true, false),
                    c => (c.to_string(), false, joint),
                }
            }
            TokenTree::Ident(_) | TokenTree::Literal(_) => (token.to_string(), false, false),
        };
        if !(glued || glue_before) {
            out.push(' ');
        }
        out.push_str(&text);
        glued = glue_after;
        half = !half && text == ":" && glue_after;
        after_name = is_name || (text == ">" && !out.ends_with("=>"));
    }
    out
}
