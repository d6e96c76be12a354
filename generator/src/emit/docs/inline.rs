//! Text inside a paragraph, made harmless for rustdoc.
//!
//! In: the text of one paragraph and the link definitions of the document text. Out: CommonMark in which code spans are
//! closed, `<` opens nothing but an autolink, `[` opens nothing but a link to an absolute URL, and bare URLs are
//! autolinks. It knows nothing of blocks.

use std::collections::HashMap;

/// Link definitions (`[label]: url`) by their folded label.
pub(super) type Links = HashMap<String, String>;

/// How far a `]` or `)` is looked for; what is further away is no link.
const REACH: usize = 1_000;

/// Cleans the text of a paragraph.
pub(super) fn clean(text: &str, links: &Links) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    Inline { links, in_link: false }.run(text, &mut out);
    out
}

/// The folded form of a link label.
pub(super) fn fold(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Length of the code span at the start of `text`, which starts with a backtick; `None` if it is never closed.
pub(super) fn code_span(text: &str) -> Option<usize> {
    let open = text.len() - text.trim_start_matches('`').len();
    let mut at = open;
    while let Some(next) = text[at..].find('`') {
        let start = at + next;
        let run = text[start..].len() - text[start..].trim_start_matches('`').len();
        at = start + run;
        if run == open {
            return Some(at);
        }
    }
    None
}

/// Whether a link may lead there: an absolute URL that needs no quoting.
pub(super) fn is_absolute(target: &str) -> bool {
    let known = ["https://", "http://", "mailto:"].iter().any(|scheme| {
        target.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
            && target.len() > scheme.len()
    });
    known && !target.contains(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '`' | '\\' | '"'))
}

struct Inline<'a> {
    links: &'a Links,
    in_link: bool,
}

impl Inline<'_> {
    fn run(&self, text: &str, out: &mut String) {
        let mut rest = text;
        let mut before = None;
        // Lengths of backtick runs that are known to have no partner, so that each is looked for once only.
        let mut lonely = Vec::new();
        while let Some(c) = rest.chars().next() {
            let taken = match c {
                '`' => self.backticks(rest, &mut lonely, out),
                '\\' => backslash(rest, out),
                '<' => self.angle(rest, out),
                '!' if rest[1..].starts_with('[') => match self.link(&rest[1..], out) {
                    0 => plain('!', out),
                    taken => 1 + taken,
                },
                '[' => match self.link(rest, out) {
                    0 => escaped('[', out),
                    taken => taken,
                },
                ']' if self.in_link => escaped(']', out),
                'h' | 'H' if !self.in_link && !before.is_some_and(char::is_alphanumeric) => {
                    match bare_url(rest) {
                        0 => plain(c, out),
                        length => {
                            out.push('<');
                            out.push_str(&rest[..length]);
                            out.push('>');
                            length
                        }
                    }
                }
                _ => plain(c, out),
            };
            before = rest[..taken].chars().next_back();
            rest = &rest[taken..];
        }
    }

    fn backticks(&self, rest: &str, lonely: &mut Vec<usize>, out: &mut String) -> usize {
        let open = rest.len() - rest.trim_start_matches('`').len();
        let span = if lonely.contains(&open) { None } else { code_span(rest) };
        match span {
            Some(length) => {
                // A line break inside would let block syntax in at the start of the next line.
                out.extend(rest[..length].chars().map(|c| if c == '\n' { ' ' } else { c }));
                length
            }
            None => {
                lonely.push(open);
                (0..open).for_each(|_| out.push_str("\\`"));
                open
            }
        }
    }

    fn angle(&self, rest: &str, out: &mut String) -> usize {
        let inner = rest[1..].find('>').filter(|end| *end < REACH).map(|end| &rest[1..=end]);
        match inner {
            Some(target) if !self.in_link && is_absolute(target) => {
                out.push_str(&rest[..target.len() + 2]);
                target.len() + 2
            }
            _ => escaped('<', out),
        }
    }

    /// Writes the link that starts at `rest`, in any of its three forms; 0 if it is none. A link that leads nowhere
    /// outside its own page becomes its text.
    fn link(&self, rest: &str, out: &mut String) -> usize {
        let Some(close) = closing(rest, b'[', b']').filter(|_| !self.in_link) else { return 0 };
        let (label, after) = (&rest[1..close], &rest[close + 1..]);
        let (target, taken) = if after.starts_with('(') {
            match closing(after, b'(', b')') {
                Some(end) => (Some(destination(&after[1..end])), close + 1 + end + 1),
                None => return 0,
            }
        } else {
            match closing(after, b'[', b']').filter(|_| after.starts_with('[')) {
                Some(end) => {
                    let second = &after[1..end];
                    let key = fold(if second.trim().is_empty() { label } else { second });
                    (self.links.get(&key).map(String::as_str), close + 1 + end + 1)
                }
                None => (self.links.get(&fold(label)).map(String::as_str), close + 1),
            }
        };
        let Some(target) = target else { return 0 };
        let mut text = String::new();
        Inline { links: self.links, in_link: true }.run(label.trim(), &mut text);
        match (is_absolute(target), text.is_empty()) {
            (true, true) => out.push_str(&format!("<{target}>")),
            (true, false) => out.push_str(&format!("[{text}]({})", parenthesised(target))),
            (false, _) => self.run(label, out),
        }
        taken
    }
}

fn plain(c: char, out: &mut String) -> usize {
    out.push(c);
    c.len_utf8()
}

fn escaped(c: char, out: &mut String) -> usize {
    out.push('\\');
    plain(c, out)
}

/// What is escaped already stays; a backslash at the end of a line is a break and goes.
fn backslash(rest: &str, out: &mut String) -> usize {
    match rest[1..].chars().next() {
        Some('\n') | None => 1,
        Some(next) if next.is_ascii_punctuation() => {
            out.push('\\');
            1 + plain(next, out)
        }
        Some(_) => escaped('\\', out),
    }
}

/// Position of the bracket that closes the one at the start of `text`; code spans and escapes count for nothing.
fn closing(text: &str, open: u8, close: u8) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = 0;
    while at < text.len().min(REACH) {
        match text.as_bytes()[at] {
            b'\\' => at += 1,
            b'`' => at += code_span(&text[at..]).map_or(0, |length| length - 1),
            byte if byte == open => depth += 1,
            byte if byte == close => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// The URL of `(url "title")`.
fn destination(inner: &str) -> &str {
    let url = inner.split_whitespace().next().unwrap_or_default();
    url.strip_prefix('<').and_then(|url| url.strip_suffix('>')).unwrap_or(url)
}

fn parenthesised(target: &str) -> String {
    target.replace('(', "%28").replace(')', "%29")
}

/// Length of the URL that starts here, without the punctuation that belongs to the sentence; 0 if there is none.
fn bare_url(rest: &str) -> usize {
    let has = |scheme: &str| rest.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    let scheme = if has("https://") {
        8
    } else if has("http://") {
        7
    } else {
        return 0;
    };
    let stop =
        |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`' | '[' | ']' | '|' | '\\' | '*');
    let mut url = &rest[..rest.find(stop).unwrap_or(rest.len())];
    loop {
        let shorter = url.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '_', '~']);
        let unbalanced =
            shorter.ends_with(')') && shorter.matches('(').count() < shorter.matches(')').count();
        let shorter = if unbalanced { &shorter[..shorter.len() - 1] } else { shorter };
        if shorter.len() == url.len() {
            break;
        }
        url = shorter;
    }
    if url.len() > scheme { url.len() } else { 0 }
}
