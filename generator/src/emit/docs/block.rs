//! The block structure of a description, rewritten so that rustdoc and clippy have nothing to say.
//!
//! In: CommonMark as written by people. Out: doc lines without trailing spaces: code only in fences with a language
//! that is not Rust, list items and quotes without lazy continuation, headings below those of rustdoc.

use super::html;
use super::inline::{self, Links};

/// Containers (lists, quotes) may be nested this deep; what is deeper is shown as it is.
const DEPTH: usize = 8;

/// Text is broken into lines of about this many bytes.
pub(super) const WIDTH: usize = 100;

/// Bytes of what follows a space that are looked at to see whether a line may begin there.
const LOOK: usize = 400;

/// Cleans a whole description.
pub(crate) fn clean(text: &str) -> Vec<String> {
    let text = html::rewrite(&without_controls(text));
    let mut links = Links::new();
    let lines: Vec<&str> = text.split('\n').filter(|line| !define(line, &mut links)).collect();
    let mut out = Blocks { links: &links, depth: 0, out: Vec::new(), paragraph: Vec::new() }.run(&lines);
    while out.last().is_some_and(String::is_empty) {
        out.pop();
    }
    out
}

/// Cleans text that is one line by nature (a summary, a title).
pub(crate) fn clean_line(text: &str) -> String {
    let text = html::rewrite(&without_controls(text));
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = inline::clean(&line, &Links::new());
    if starts_block(&line, true) || fence_of(&line).is_some() { format!("\\{line}") } else { line }
}

/// No control characters, no marks that change the direction of text, tabs as spaces.
fn without_controls(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{85}' => out.push('\n'),
            '\t' => out.push_str("    "),
            '\u{61c}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}' => {}
            c if c.is_control() => {}
            '\u{a0}' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Takes `[label]: url` out of the text; its uses become direct links.
fn define(line: &str, links: &mut Links) -> bool {
    let line = line.trim();
    let Some((label, target)) = line.strip_prefix('[').and_then(|rest| rest.split_once("]:")) else {
        return false;
    };
    let mut words = target.split_whitespace();
    let url = words.next().unwrap_or_default();
    let url = url.strip_prefix('<').and_then(|url| url.strip_suffix('>')).unwrap_or(url);
    let title = words.next();
    let plausible = inline::is_absolute(url) && !label.is_empty() && !label.contains(['[', ']']);
    if plausible && title.is_none_or(|title| title.starts_with(['"', '\'', '('])) {
        links.entry(inline::fold(label)).or_insert_with(|| url.to_owned());
        return true;
    }
    false
}

/// The fence that starts here: its character, its length, its info string.
pub(super) fn fence_of(line: &str) -> Option<(char, usize, &str)> {
    let kind = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let info = line.trim_start_matches(kind);
    let length = line.len() - info.len();
    (length >= 3 && !(kind == '`' && info.contains('`'))).then(|| (kind, length, info.trim()))
}

/// Width and text of the list marker that starts here, and what follows: (`- ` | `1. `).
fn marker_of(line: &str) -> Option<(String, usize)> {
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (text, width) = match line.as_bytes().get(digits)? {
        b'-' | b'*' | b'+' if digits == 0 => ("- ".to_owned(), 1),
        b'.' | b')' if (1..=9).contains(&digits) => (format!("{}. ", &line[..digits]), digits + 1),
        _ => return None,
    };
    let rest = &line[width..];
    (rest.is_empty() || rest.starts_with(' ')).then_some((text, width))
}

fn is_break(line: &str) -> bool {
    ['-', '*', '_']
        .iter()
        .any(|c| line.chars().all(|other| other == *c || other == ' ') && line.matches(*c).count() >= 3)
}

fn heading_of(line: &str) -> Option<(usize, &str)> {
    let text = line.trim_start_matches('#');
    let level = line.len() - text.len();
    let ends = text.is_empty() || text.starts_with(' ');
    ((1..=6).contains(&level) && ends).then(|| (level, text.trim().trim_end_matches('#').trim_end()))
}

/// Whether this line, its indentation taken off, starts a block of its own rather than going on with a paragraph.
fn starts_block(line: &str, paragraph_is_empty: bool) -> bool {
    let list = marker_of(line).is_some_and(|(text, width)| {
        paragraph_is_empty || (line.len() > width && (text == "- " || text == "1. "))
    });
    list || line.starts_with('>') || heading_of(line).is_some() || is_break(line) || fence_of(line).is_some()
}

/// The line between the head of a table and its rows.
fn is_ruler(line: &str) -> bool {
    line.contains('|') && line.contains('-') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// Breaks a long line of text where the rest cannot be taken for the start of a block; rows of tables stay whole.
pub(super) fn wrap(line: &str, width: usize, out: &mut Vec<String>) {
    let mut rest = line;
    let is_row = line.len() > width && line.contains('|');
    while rest.len() > width && !is_row {
        let may_end = |at: &usize| {
            // What begins a block is told by its beginning: a description may be one line of megabytes.
            let next = rest[at + 1..].trim_start();
            let end = (LOOK.min(next.len())..=next.len()).find(|end| next.is_char_boundary(*end));
            let next = &next[..end.unwrap_or(next.len())];
            let word = next.split(' ').next().unwrap_or_default();
            !starts_block(next, true) && !word.chars().all(|c| matches!(c, '=' | '-'))
        };
        let spaces = || rest.match_indices(' ').map(|(at, _)| at).filter(|at| *at > 0).filter(may_end);
        let Some(at) = spaces().take_while(|at| *at <= width).last().or_else(|| spaces().next()) else {
            break;
        };
        out.push(rest[..at].trim_end().to_owned());
        rest = rest[at..].trim_start();
    }
    out.push(rest.to_owned());
}

struct Blocks<'a> {
    links: &'a Links,
    depth: usize,
    out: Vec<String>,
    paragraph: Vec<&'a str>,
}

impl<'a> Blocks<'a> {
    fn run(mut self, lines: &'a [&'a str]) -> Vec<String> {
        let mut rest = lines;
        while let Some((&line, after)) = rest.split_first() {
            let indent = indent_of(line);
            let text = line.trim();
            let taken = if text.is_empty() {
                self.blank();
                1
            } else if indent >= 4 && self.paragraph.is_empty() {
                self.indented_code(rest)
            } else if let Some((kind, length, info)) = fence_of(text) {
                1 + self.fenced_code(after, indent, (kind, length, info))
            } else if self.underline(text) {
                1
            } else if is_break(text) {
                self.alone("---".to_owned());
                1
            } else if let Some((level, text)) = heading_of(text) {
                self.heading(level, text);
                1
            } else if text.starts_with('>') {
                self.quote(rest)
            } else if starts_block(text, self.paragraph.is_empty()) {
                self.item(rest)
            } else {
                if !text.contains('|') && self.paragraph.iter().any(|line| is_ruler(line)) {
                    // Without a blank line it would be a row of the table, and its lines rows of their own.
                    self.blank();
                }
                self.paragraph.push(text);
                1
            };
            rest = &rest[taken.min(rest.len())..];
        }
        self.flush();
        self.out
    }

    fn flush(&mut self) {
        if !self.paragraph.is_empty() {
            let text = inline::clean(&self.paragraph.join("\n"), self.links);
            let width = WIDTH.saturating_sub(2 * self.depth);
            text.split('\n')
                .map(str::trim)
                .filter(|line| !line.is_empty())
                .for_each(|line| wrap(line, width, &mut self.out));
            self.paragraph.clear();
        }
    }

    fn blank(&mut self) {
        self.flush();
        if self.out.last().is_some_and(|line| !line.is_empty()) {
            self.out.push(String::new());
        }
    }

    /// A line with a blank line on each side.
    fn alone(&mut self, line: String) {
        self.blank();
        self.out.extend([line, String::new()]);
    }

    fn heading(&mut self, level: usize, text: &str) {
        let text = inline::clean(text, self.links);
        if !text.is_empty() {
            self.alone(format!("{} {text}", "#".repeat((level + 2).min(6))));
        }
    }

    /// `===` or `---` under a paragraph of one line makes it a heading.
    fn underline(&mut self, text: &str) -> bool {
        let level = if text.chars().all(|c| c == '=') {
            1
        } else if text.chars().all(|c| c == '-') {
            2
        } else {
            return false;
        };
        if self.paragraph.is_empty() {
            return false;
        }
        match self.paragraph.as_slice() {
            [line] if text.len() >= 3 => {
                let line = *line;
                self.paragraph.clear();
                self.heading(level, line);
            }
            _ => self.blank(),
        }
        true
    }

    fn code(&mut self, language: &str, lines: &[String]) {
        self.flush();
        let longest = lines.iter().map(|line| {
            let line = line.trim_start();
            line.len() - line.trim_start_matches('`').len()
        });
        let fence = "`".repeat(longest.max().unwrap_or(0).max(2) + 1);
        self.out.push(format!("{fence}{language}"));
        self.out.extend(lines.iter().map(|line| line.trim_end().to_owned()));
        self.out.push(fence);
    }

    fn indented_code(&mut self, rest: &[&str]) -> usize {
        let end =
            rest.iter().position(|line| !line.trim().is_empty() && indent_of(line) < 4).unwrap_or(rest.len());
        let end = rest[..end].iter().rposition(|line| !line.trim().is_empty()).map_or(0, |last| last + 1);
        let lines: Vec<String> =
            rest[..end].iter().map(|line| line.get(4..).unwrap_or("").to_owned()).collect();
        self.code("text", &lines);
        end
    }

    fn fenced_code(
        &mut self,
        after: &[&str],
        indent: usize,
        (kind, length, info): (char, usize, &str),
    ) -> usize {
        let closes = |line: &&str| {
            fence_of(line.trim())
                .is_some_and(|(c, count, info)| c == kind && count >= length && info.is_empty())
        };
        let end = after.iter().position(closes).unwrap_or(after.len());
        let lines: Vec<String> =
            after[..end].iter().map(|line| line[indent_of(line).min(indent)..].to_owned()).collect();
        self.code(language(info), &lines);
        (end + 1).min(after.len())
    }

    fn quote(&mut self, rest: &[&str]) -> usize {
        self.flush();
        let mut inner: Vec<&str> = Vec::new();
        for line in rest {
            let text = line.trim_start();
            match text.strip_prefix('>') {
                Some(text) => inner.push(text.strip_prefix(' ').unwrap_or(text)),
                None if !text.is_empty()
                    && inner.last().is_some_and(|line| !line.trim().is_empty())
                    && !starts_block(text.trim(), false) =>
                {
                    inner.push(text);
                }
                None => break,
            }
        }
        let lines = self.inner(&inner);
        self.blank();
        self.out.extend(
            lines.into_iter().map(|line| if line.is_empty() { ">".to_owned() } else { format!("> {line}") }),
        );
        self.out.push(String::new());
        inner.len()
    }

    fn item(&mut self, rest: &[&str]) -> usize {
        self.flush();
        let first = rest[0];
        let (marker, width) = marker_of(first.trim()).unwrap_or_default();
        let content = &first.trim()[width..];
        let spaces = indent_of(content);
        let column = indent_of(first) + width + if (1..=4).contains(&spaces) { spaces } else { 1 };
        let mut inner = vec![content.trim_start()];
        for (at, line) in rest.iter().enumerate().skip(1) {
            let text = line.trim();
            let previous = inner.last().is_none_or(|line| line.trim().is_empty());
            if text.is_empty() {
                let next = rest[at..].iter().find(|line| !line.trim().is_empty());
                if next.is_none_or(|next| indent_of(next) < column) {
                    break;
                }
                inner.push("");
            } else if indent_of(line) >= column {
                inner.push(&line[column..]);
            } else if previous || starts_block(text, true) {
                break;
            } else {
                inner.push(text);
            }
        }
        let indent = " ".repeat(marker.len());
        for (at, line) in self.inner(&inner).into_iter().enumerate() {
            self.out.push(match (at, line.is_empty()) {
                (0, _) => format!("{marker}{line}"),
                (_, true) => line,
                (_, false) => format!("{indent}{line}"),
            });
        }
        inner.len()
    }

    /// The lines of a container, without blank ones at either end.
    fn inner(&self, lines: &[&str]) -> Vec<String> {
        if self.depth >= DEPTH {
            let text =
                lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect::<Vec<_>>();
            let text = text.join(" ");
            return if text.is_empty() { Vec::new() } else { vec![clean_line(&text)] };
        }
        let nested =
            Blocks { links: self.links, depth: self.depth + 1, out: Vec::new(), paragraph: Vec::new() };
        let mut out = nested.run(lines);
        while out.last().is_some_and(String::is_empty) {
            out.pop();
        }
        let start = out.iter().position(|line| !line.is_empty()).unwrap_or(0);
        out.split_off(start)
    }
}

/// A language that rustdoc does not take for Rust.
fn language(info: &str) -> &'static str {
    let word =
        info.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default().to_ascii_lowercase();
    match word.as_str() {
        "json" | "jsonc" | "json5" => "json",
        "yaml" | "yml" => "yaml",
        "sh" | "bash" | "shell" | "console" | "curl" | "zsh" => "sh",
        "http" => "http",
        "xml" => "xml",
        "html" => "html",
        "toml" => "toml",
        "python" | "py" => "python",
        "javascript" | "js" => "javascript",
        "typescript" | "ts" => "typescript",
        "graphql" => "graphql",
        "sql" => "sql",
        _ => "text",
    }
}
