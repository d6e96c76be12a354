//! HTML in descriptions: the tags that people use for layout become CommonMark.
//!
//! In: CommonMark. Out: the same with known tags rewritten; unknown ones stay, and are read as text later. Where a tag stands is what
//! the parser says, so code is left alone.

use pulldown_cmark::{Event, Parser, Tag as Element, TagEnd};

use super::read;

/// Tags that stand inside of lines.
const INLINE: [&str; 16] = [
    "a", "b", "strong", "i", "em", "code", "tt", "kbd", "samp", "span", "sup", "sub", "small", "u", "font",
    "img",
];

/// Rewrites known tags outside code. What stands in a block of HTML is no CommonMark until the tags around it are gone, so
/// that is done first.
pub(super) fn rewrite(text: &str) -> String {
    if !text.contains('<') {
        return text.to_owned();
    }
    replaced(&replaced(text, true), false)
}

/// Rewrites the tags that make blocks, in blocks of HTML; or else all tags everywhere.
fn replaced(text: &str, blocks_only: bool) -> String {
    let mut tags = Tags {
        blocks_only,
        in_table: false,
        last_comment: text.rfind("-->").unwrap_or(0),
        in_comment: false,
        links: Vec::new(),
        out: String::with_capacity(text.len()),
    };
    let mut done = 0;
    for (event, range) in Parser::new_ext(text, read::DOCUMENT).into_offset_iter() {
        match event {
            Event::Start(Element::Table(_)) => tags.in_table = true,
            Event::End(TagEnd::Table) => tags.in_table = false,
            Event::Html(_) | Event::InlineHtml(_) => {
                let is_block = matches!(event, Event::Html(_));
                if range.start >= done && (is_block || !blocks_only) {
                    tags.out.push_str(&text[done..range.start]);
                    tags.html(&text[range.clone()], range.start);
                    done = range.end;
                }
            }
            _ => {}
        }
    }
    tags.out.push_str(&text[done..]);
    tags.out
}

struct Tags {
    blocks_only: bool,
    in_table: bool,
    /// Where the last comment of the text ends: one that begins behind it stays.
    last_comment: usize,
    in_comment: bool,
    /// Targets of the links that are open.
    links: Vec<String>,
    out: String,
}

impl Tags {
    /// Rewrites HTML that begins at `start`: a tag, a comment, or a line of a block.
    fn html(&mut self, html: &str, start: usize) {
        let mut rest = html;
        loop {
            if self.in_comment {
                let Some(end) = rest.find("-->") else {
                    self.out.extend(rest.ends_with('\n').then_some('\n'));
                    return;
                };
                self.in_comment = false;
                rest = &rest[end + 3..];
            }
            let Some(at) = rest.find('<') else { break };
            self.out.push_str(&rest[..at]);
            rest = &rest[at..];
            if rest.starts_with("<!--") && start + html.len() - rest.len() < self.last_comment {
                self.in_comment = true;
                continue;
            }
            let taken = match tag(rest) {
                Some((tag, length)) if self.replace(&tag) => length,
                tag => {
                    // At the start of a line it would make the block one of HTML again.
                    let before = self.out.trim_end_matches(' ');
                    let is_first = before.is_empty() || before.ends_with('\n');
                    let is_known = tag.is_some_and(|(tag, _)| INLINE.contains(&tag.name.as_str()));
                    self.out.push_str(if self.blocks_only && is_first && !is_known { "\\<" } else { "<" });
                    1
                }
            };
            rest = &rest[taken..];
        }
        self.out.push_str(rest);
    }

    /// Writes what stands for a known tag; `false` for an unknown one.
    fn replace(&mut self, tag: &Tag<'_>) -> bool {
        let block = match tag.name.as_str() {
            "p" | "div" | "ul" | "ol" | "table" | "blockquote" | "section" => "\n\n",
            "br" | "tr" | "hr" => "\n",
            "li" if tag.closing => "",
            "li" => "\n- ",
            "td" | "th" => " ",
            "tbody" | "thead" | "center" => "",
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if tag.closing => "\n\n",
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => "\n\n# ",
            _ => return !self.blocks_only && self.inline(tag),
        };
        // A line of a table is a row.
        self.out.push_str(if self.in_table { " " } else { block });
        true
    }

    fn inline(&mut self, tag: &Tag<'_>) -> bool {
        let marker = match tag.name.as_str() {
            "b" | "strong" => "**",
            "i" | "em" => "*",
            "code" | "tt" | "kbd" | "samp" => "`",
            "span" | "sup" | "sub" | "small" | "u" | "font" | "img" => "",
            "a" if tag.closing => {
                return self.links.pop().map(|target| self.out.push_str(&format!("]({target})"))).is_some();
            }
            "a" => {
                let target = href(tag.attributes);
                self.out.extend(target.as_ref().map(|_| '['));
                self.links.extend(target.clone());
                return target.is_some();
            }
            _ => return false,
        };
        if tag.closing && marker.starts_with('*') {
            // Behind a space it would begin emphasis instead of ending it.
            let end = self.out.trim_end_matches(' ').len();
            let spaces = self.out.split_off(end);
            self.out.push_str(marker);
            self.out.push_str(&spaces);
        } else {
            self.out.push_str(marker);
        }
        true
    }
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

fn href(attributes: &str) -> Option<String> {
    let value = attributes[attributes.find("href")? + 4..].trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value[1..].split_once(quote).map(|(target, _)| target.to_owned())
}
