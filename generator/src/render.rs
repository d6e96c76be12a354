//! From tokens to text.
//!
//! In: the modules of `emit`. Out: the files, each with its documentation and its items, a blank line between them
//! (`files` stamps them). Files are made in parallel; their tokens live and die in one thread. A failure here is a
//! bug of ours.

use rayon::prelude::*;

use crate::emit::{Imports, Item, Module};

mod body;
mod call;
mod format;
mod join;
mod line;
mod plain;
#[cfg(test)]
mod tests;

use format::{Group, formatter};

/// The files of the modules: path and text, in the order of the modules.
pub(crate) fn render(modules: &[Module<'_>]) -> Vec<(String, String)> {
    let parts: Vec<Part<'_>> = modules.par_iter().map(part).collect();
    let mut out: Vec<(String, String)> = Vec::new();
    let mut parts = modules.iter().zip(parts).peekable();
    while let Some((module, mut part)) = parts.next() {
        while let Some((_, more)) = parts.next_if(|(other, _)| other.path == module.path) {
            part.imports.add(more.imports);
            part.text.push_str(&more.text);
        }
        out.push((module.path.clone(), file(&part)));
    }
    out
}

/// A part of a file whose items are text already.
struct Part<'a> {
    docs: Vec<String>,
    imports: Imports<'a>,
    text: String,
}

fn part<'a>(module: &Module<'a>) -> Part<'a> {
    let content = module.content();
    Part { docs: content.docs, imports: content.imports, text: items(content.items) }
}

fn file(part: &Part<'_>) -> String {
    let imports = imports(&part.imports);
    let mut out = String::with_capacity(part.text.len() + imports.len() + 1_000);
    for line in &part.docs {
        out.push_str(if line.is_empty() { "//!" } else { "//! " });
        out.push_str(line);
        out.push('\n');
    }
    out.push_str(&imports);
    out.push_str(&part.text);
    out
}

/// The `use` declarations, those of the standard library apart.
fn imports(imports: &Imports<'_>) -> String {
    let mut out = String::new();
    let (standard, own) = imports.lists();
    for group in [standard, own].into_iter().filter(|group| !group.is_empty()) {
        out.push('\n');
        for (path, names) in group {
            let list = names.join(", ");
            let list = if names.len() == 1 { list } else { format!("{{{list}}}") };
            let line = format!("use {path}::{list};");
            if line.len() <= join::WIDTH {
                out.push_str(&line);
            } else {
                out.push_str(&format!("use {path}::{{"));
                filled(&names, &mut out);
                out.push_str("};");
            }
            out.push('\n');
        }
    }
    out
}

/// Names on as few indented lines as they need.
fn filled(names: &[&str], out: &mut String) {
    let mut width = usize::MAX;
    for name in names {
        if width.saturating_add(name.len() + 2) > join::WIDTH {
            out.push_str("\n   ");
            width = 3;
        }
        out.push(' ');
        out.push_str(name);
        out.push(',');
        width += name.len() + 2;
    }
    out.push('\n');
}

/// The items with blank lines before and between them.
fn items(items: Vec<Item>) -> String {
    let mut out = String::new();
    let mut before = Group::Other;
    for item in items {
        let (group, text) = self::item(item);
        if group != before || group == Group::Other {
            out.push('\n');
        }
        out.push_str(&text);
        before = group;
    }
    out
}

fn item(item: Item) -> (Group, String) {
    match item {
        Item::Call(tokens) => (Group::Other, call::format(tokens)),
        Item::Code(tokens) => plain::item(tokens),
        Item::Inner(tokens) => formatter(tokens),
    }
}
