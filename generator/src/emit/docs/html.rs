//! HTML in descriptions: the tags people use for layout become CommonMark.
//!
//! In: text with controls already gone. Out: the same with known tags rewritten; unknown ones stay for
//! [`super::inline`] to escape. Code is left alone.

use super::block::fence_of;
use super::inline::code_span;

/// Rewrites known tags outside code.
pub(super) fn rewrite(text: &str) -> String {
    if !text.contains('<') {
        return text.to_owned();
    }
    let text = without_comments(text);
    let mut out = String::with_capacity(text.len());
    let mut links = Vec::new();
    let mut fence: Option<(char, usize)> = None;
    for line in text.split('\n') {
        if !out.is_empty() {
            out.push('\n');
        }
        let mark = fence_of(line.trim_start());
        match (fence, mark) {
            (None, Some((kind, length, _))) => fence = Some((kind, length)),
            (Some((kind, length)), Some((other, count, ""))) if kind == other && count >= length => {
                fence = None
            }
            (None, None) => {
                rewrite_line(line, &mut links, &mut out);
                continue;
            }
            _ => {}
        }
        out.push_str(line);
    }
    out
}

/// Drops `<!-- … -->`; one that is never closed stays and is escaped later.
fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("<!--") {
        let Some(end) = rest[start..].find("-->") else { break };
        out.push_str(&rest[..start]);
        rest = &rest[start + end + 3..];
    }
    out.push_str(rest);
    out
}

fn rewrite_line(line: &str, links: &mut Vec<String>, out: &mut String) {
    let mut rest = line;
    while let Some(at) = rest.find(['<', '`', '\\']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let taken = match rest.as_bytes()[0] {
            b'`' => code_span(rest).unwrap_or_else(|| rest.len() - rest.trim_start_matches('`').len()),
            b'\\' => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            _ => match tag(rest) {
                Some((tag, length)) if replace(&tag, links, out) => {
                    rest = &rest[length..];
                    continue;
                }
                _ => 1,
            },
        };
        out.push_str(&rest[..taken]);
        rest = &rest[taken..];
    }
    out.push_str(rest);
}

struct Tag<'a> {
    name: String,
    closing: bool,
    attributes: &'a str,
}

/// The tag at the start of `text` and its length.
fn tag(text: &str) -> Option<(Tag<'_>, usize)> {
    let end = text.bytes().take(600).position(|byte| byte == b'>')?;
    let inner = &text[1..end];
    let (closing, inner) = match inner.strip_prefix('/') {
        Some(inner) => (true, inner),
        None => (false, inner.strip_suffix('/').unwrap_or(inner)),
    };
    let cut = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
    let (name, attributes) = inner.split_at(cut);
    let well_formed = !name.is_empty() && (attributes.is_empty() || attributes.starts_with(' '));
    well_formed.then(|| (Tag { name: name.to_ascii_lowercase(), closing, attributes }, end + 1))
}

/// Writes what stands for a known tag; `false` for an unknown one.
fn replace(tag: &Tag<'_>, links: &mut Vec<String>, out: &mut String) -> bool {
    match tag.name.as_str() {
        "p" | "div" | "ul" | "ol" | "table" | "blockquote" | "section" => out.push_str("\n\n"),
        "br" | "tr" | "hr" => out.push('\n'),
        "li" if tag.closing => {}
        "li" => out.push_str("\n- "),
        "td" | "th" => out.push(' '),
        "b" | "strong" => out.push_str("**"),
        "i" | "em" => out.push('*'),
        "code" | "tt" | "kbd" | "samp" => out.push('`'),
        "span" | "sup" | "sub" | "small" | "u" | "font" | "img" | "tbody" | "thead" | "center" => {}
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if tag.closing => out.push_str("\n\n"),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => out.push_str("\n\n# "),
        "a" if tag.closing => match links.pop() {
            Some(target) => {
                out.push_str("](");
                out.push_str(&target);
                out.push(')');
            }
            None => return false,
        },
        "a" => match href(tag.attributes) {
            Some(target) => {
                links.push(target);
                out.push('[');
            }
            None => return false,
        },
        _ => return false,
    }
    true
}

fn href(attributes: &str) -> Option<String> {
    let value = attributes[attributes.find("href")? + 4..].trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value[1..].split_once(quote).map(|(target, _)| target.to_owned())
}
