//! What does not fit on its line, or is not known: parsed by `syn`, formatted by prettyplease, and joined.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::{ToTokens, quote};

use super::join;

/// The width at which prettyplease breaks lines.
pub(super) const BROKEN: usize = 89;

/// Items of one group stand without blank lines between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    Attribute,
    Use,
    Module,
    Other,
}

/// An item, parsed and formatted.
pub(super) fn formatter(tokens: TokenStream) -> (Group, String) {
    let file = parse(line_by_line(tokens));
    let is_impl = matches!(file.items.first(), Some(syn::Item::Impl(_)));
    (group(&file), lines(&prettyplease::unparse(&file), is_impl))
}

/// The text of an item on one line, formatted.
pub(super) fn formatted(text: &str) -> String {
    formatter(text.parse().unwrap_or_default()).1
}

fn group(file: &syn::File) -> Group {
    match file.items.first() {
        None => Group::Attribute,
        Some(syn::Item::Use(_)) => Group::Use,
        Some(syn::Item::Mod(item)) if item.content.is_none() => Group::Module,
        Some(_) => Group::Other,
    }
}

fn parse(tokens: TokenStream) -> syn::File {
    let text = if cfg!(debug_assertions) { tokens.to_string() } else { String::new() };
    match syn::parse2(tokens) {
        Ok(file) => file,
        Err(error) => panic!("the generator made an item that is not valid Rust ({error}): {text}"),
    }
}

/// Gives each line of a documentation an attribute of its own. For several lines in one, prettyplease writes a block comment.
fn line_by_line(tokens: TokenStream) -> TokenStream {
    let mut out = TokenStream::new();
    for token in tokens {
        let TokenTree::Group(group) = token else {
            out.extend([token]);
            continue;
        };
        match documentation(&group) {
            Some(text) => {
                // The first is behind the `#` that is there.
                let mut attributes = text.split('\n').map(|line| quote!([doc = #line]));
                out.extend(attributes.next());
                attributes.for_each(|attribute| out.extend(quote!(# #attribute)));
            }
            None => {
                let mut inner = proc_macro2::Group::new(group.delimiter(), line_by_line(group.stream()));
                inner.set_span(group.span());
                inner.to_tokens(&mut out);
            }
        }
    }
    out
}

/// The text of `[doc = "…"]`.
fn documentation(group: &proc_macro2::Group) -> Option<String> {
    let inner: Vec<TokenTree> = group.stream().into_iter().take(4).collect();
    match &inner[..] {
        [TokenTree::Ident(name), TokenTree::Punct(_), TokenTree::Literal(text)]
            if name == "doc" && group.delimiter() == Delimiter::Bracket =>
        {
            syn::parse_str::<syn::LitStr>(&text.to_string()).ok().map(|text| text.value())
        }
        _ => None,
    }
}

/// Code in the width of the workspace, and a blank line between the items of an `impl`.
fn lines(text: &str, is_impl: bool) -> String {
    let mut joined: Vec<String> = Vec::new();
    for line in text.lines() {
        join::push(&mut joined, line.to_owned());
    }
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut lines = joined.iter().peekable();
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        let ends = line == "    }" || (line.starts_with("    pub const ") && line.ends_with(';'));
        if is_impl && ends && lines.peek().is_some_and(|next| *next != "}") {
            out.push('\n');
        }
    }
    out
}

/// What stands in braces after `head`, formatted.
pub(super) fn in_frame(head: &str, inner: &str) -> String {
    let text = formatted(&format!("{head} {{ {inner} }}"));
    let inner = text.split_once('\n').map_or("", |(_, rest)| rest);
    inner.strip_suffix("}\n").unwrap_or(inner).to_owned()
}

/// Indents a line.
pub(super) fn pad(indent: usize, out: &mut String) {
    out.extend(std::iter::repeat_n(' ', indent));
}
