//! From tokens to text.
//!
//! In: the modules of `emit`. Out: the files, each with its documentation and its items, a blank line between them. Files are made in parallel; their tokens live and die in one thread. A failure here is a
//! bug of ours.

use proc_macro2::TokenStream;
use rayon::prelude::*;

use crate::emit::{Content, Item, Module};

mod call;
#[cfg(test)]
mod tests;

/// The files of the modules: path and text, in the order of the modules.
pub(crate) fn render(modules: &[Module<'_>]) -> Vec<(String, String)> {
    modules.par_iter().map(|module| (module.path.clone(), file(module.content()))).collect()
}

fn file(content: Content) -> String {
    let mut out = String::new();
    for line in &content.docs {
        out.push_str(if line.is_empty() { "//!" } else { "//! " });
        out.push_str(line);
        out.push('\n');
    }
    let mut before = Group::Other;
    for item in content.items {
        let (group, text) = self::item(item);
        if group != before || group == Group::Other {
            out.push('\n');
        }
        out.push_str(&text);
        before = group;
    }
    out
}

/// Items of one group stand without blank lines between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Group {
    Attribute,
    Standard,
    Use,
    Reexport,
    Module,
    Other,
}

fn item(item: Item) -> (Group, String) {
    match item {
        Item::Call(tokens) => (Group::Other, call::format(tokens)),
        Item::Inner(tokens) | Item::Code(tokens) => {
            let file = parse(tokens);
            let group = group(&file);
            let mut text = prettyplease::unparse(&file);
            if !text.ends_with('\n') {
                text.push('\n');
            }
            let text =
                if matches!(file.items.first(), Some(syn::Item::Impl(_))) { spaced(&text) } else { text };
            (group, text)
        }
    }
}

fn group(file: &syn::File) -> Group {
    match file.items.first() {
        None => Group::Attribute,
        Some(syn::Item::Use(item)) => {
            let is_standard = matches!(&item.tree, syn::UseTree::Path(path) if path.ident == "std");
            match item.vis {
                _ if is_standard => Group::Standard,
                syn::Visibility::Inherited => Group::Use,
                _ => Group::Reexport,
            }
        }
        Some(syn::Item::Mod(item)) if item.content.is_none() => Group::Module,
        Some(_) => Group::Other,
    }
}

fn parse(tokens: TokenStream) -> syn::File {
    let text = if cfg!(debug_assertions) { tokens.to_string() } else { String::new() };
    match syn::parse2(tokens) {
        Ok(file) => file,
        Err(error) => panic!("the generator made an item that is no Rust ({error}): {text}"),
    }
}

/// A blank line between the items of an `impl`.
fn spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        let ends = line == "    }" || (line.starts_with("    pub const ") && line.ends_with(';'));
        if ends && lines.peek().is_some_and(|next| *next != "}") {
            out.push('\n');
        }
    }
    out
}
