//! Renders changes as Markdown for a comment on a pull request.

use std::fmt::Write as _;

use crate::diag::visible;
use crate::diff::{Changes, Class};
use crate::source::Source;

use super::Placed;
use super::text::{CLASSES, verdict};

/// Maximum length of a comment on the usual hosts, with a margin.
const MOST_BYTES: usize = 60_000;

/// Renders every change in a table by class; changes beyond the maximum length are counted.
pub fn markdown(placed: &[Placed<'_>], changes: &Changes, sources: &[&Source; 2]) -> String {
    let [old, new] = sources;
    let mut out = format!("### SDK changes: {}\n\n", verdict(changes));
    let _ = writeln!(out, "From {} to {}.\n", code(&old.label), code(&new.label));
    for (class, heading) in CLASSES {
        let these: Vec<&Placed<'_>> = placed.iter().filter(|one| one.change.class == class).collect();
        if these.is_empty() {
            continue;
        }
        let open = if class == Class::Breaking { " open" } else { "" };
        let _ = write!(out, "<details{open}><summary><b>{heading} ({})</b></summary>\n\n", these.len());
        out.push_str("| item | change | why | old | new |\n|---|---|---|---|---|\n");
        let mut left = these.len();
        for one in &these {
            let row = row(one, sources);
            if out.len() + row.len() > MOST_BYTES {
                break;
            }
            out.push_str(&row);
            left -= 1;
        }
        if left > 0 {
            let _ = write!(out, "\n… and {left} more: run `sdkgen diff`.\n");
        }
        out.push_str("\n</details>\n\n");
    }
    out
}

/// Renders a change; a location in another file than the document begins with its name.
fn row(one: &Placed<'_>, [old, new]: &[&Source; 2]) -> String {
    let change = one.change;
    let location = |location: &Option<super::location::Location>, document: &Source| match location {
        Some(location) if location.file == document.label => {
            format!("{}:{}", location.at.line, location.at.column)
        }
        Some(location) => code(&location.shown()),
        None => "—".to_owned(),
    };
    format!(
        "| {} | {} | {} | {} | {} |\n",
        code(&change.item),
        cell(&change.what),
        cell(&change.why),
        location(&one.old, old),
        location(&one.new, new)
    )
}

/// Puts a text on one line, and escapes invisible characters.
fn shown(text: &str) -> String {
    visible(&text.replace(['\n', '\r', '\t'], " "))
}

/// Text in a cell: one line, and no bar ends it. What the document brings stands in code spans; outside of them, nothing
/// may open an element or a link, or call a person. A text whose backticks do not pair, or not surely, has no code spans.
fn cell(text: &str) -> String {
    prose(text).replace('|', "\\|")
}

/// The same where bars mean nothing.
pub fn prose(text: &str) -> String {
    let text = shown(text);
    let paired = text.matches('`').count().is_multiple_of(2) && !text.contains("``");
    let mut out = String::new();
    let mut in_code = false;
    for c in text.chars() {
        match c {
            '`' if paired => {
                in_code = !in_code;
                out.push('`');
            }
            '<' if !in_code => out.push_str("&lt;"),
            '@' if !in_code => out.push_str("&#64;"),
            '`' | '\\' | '[' if !in_code => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

/// A code span, whatever is in it: its fence is longer than any inside.
fn code(text: &str) -> String {
    span(&text.replace('|', "\\|"))
}

/// The same where bars mean nothing.
pub fn span(text: &str) -> String {
    let text = shown(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let (fence, space) = ("`".repeat(longest + 1), if longest > 0 { " " } else { "" });
    format!("{fence}{space}{text}{space}{fence}")
}

#[cfg(test)]
mod tests {
    use super::{cell, code};

    #[test]
    fn what_a_document_says_stays_text() {
        assert_eq!(cell("the member `a<b` is new"), "the member `a<b` is new");
        assert_eq!(cell("a | b\n<img> @me"), "a \\| b &lt;img> &#64;me");
        // A name that ends its code span.
        assert_eq!(cell("`a` ![x](http://evil) `b`"), "`a` !\\[x](http://evil) `b`");
        assert_eq!(cell("`a`<img>`"), "\\`a\\`&lt;img>\\`");
        assert_eq!(cell("``` <img> ` `` x"), "\\`\\`\\` &lt;img> \\` \\`\\` x");
        assert_eq!(cell("\\` <img> `"), "\\\\` <img> `");
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a``b`<img>"), "``` a``b`<img> ```");
    }
}
