//! Locates nodes in TOML (`sdk.toml`), by the spans of the `toml` crate.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Location, Span, Wanted};

pub(super) fn scan(text: &str, wanted: &mut Wanted) {
    let (root, _) = DeTable::parse_recoverable(text);
    table(root.get_ref(), 0, wanted);
    wanted.found(0, Location::new(None, Span::new(0, text.len())));
}

fn table(entries: &DeTable<'_>, node: usize, wanted: &mut Wanted) {
    for (key, value) in entries {
        if let Some(child) = wanted.child(node, key.get_ref()) {
            wanted.found(child, Location::new(Some(span(key.span())), span(value.span())));
            inside(value, child, wanted);
        }
    }
}

fn inside(value: &Spanned<DeValue<'_>>, node: usize, wanted: &mut Wanted) {
    match value.get_ref() {
        DeValue::Table(entries) => table(entries, node, wanted),
        DeValue::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                if let Some(child) = wanted.child(node, &index.to_string()) {
                    wanted.found(child, Location::new(None, span(item.span())));
                    inside(item, child, wanted);
                }
            }
        }
        DeValue::String(_)
        | DeValue::Integer(_)
        | DeValue::Float(_)
        | DeValue::Boolean(_)
        | DeValue::Datetime(_) => {}
    }
}

fn span(range: Range<usize>) -> Span {
    Span::new(range.start, range.end)
}
