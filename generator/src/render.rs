//! From tokens to text.
//!
//! In: the modules of `emit`. Out: the files, each with its documentation and its items, a blank line between them
//! (`files` stamps them). Files are made in parallel, the parts of large ones too; their tokens live and die in one thread. A
//! failure here is a bug of ours.

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

/// The files of the modules: path and text, in the order of the modules. `finish` makes of a path and a text what is kept, so
/// that no file is there twice.
pub(crate) fn render<T: Send>(
    modules: &[Module<'_>],
    finish: impl Fn(&str, &str) -> T + Sync,
) -> Vec<(String, T)> {
    let files: Vec<&[Module<'_>]> = modules.chunk_by(|a, b| a.path == b.path).collect();
    let one = |modules: &[Module<'_>]| {
        let path = &modules[0].path;
        (path.clone(), finish(path, &file(modules.par_iter().map(part).collect())))
    };
    files.into_par_iter().map(one).collect()
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

/// A file of its parts; the first one has the documentation.
fn file(parts: Vec<Part<'_>>) -> String {
    let mut parts = parts.into_iter();
    let Some(Part { docs, imports: mut all, mut text }) = parts.next() else { return String::new() };
    for part in parts {
        all.add(part.imports);
        text.push_str(&part.text);
    }
    let imports = imports(&all);
    let mut out = String::with_capacity(text.len() + imports.len() + 1_000);
    for line in &docs {
        out.push_str(if line.is_empty() { "//!" } else { "//! " });
        out.push_str(line);
        out.push('\n');
    }
    out.push_str(&imports);
    out.push_str(&text);
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
