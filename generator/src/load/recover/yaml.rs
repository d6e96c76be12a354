//! Errors in YAML.

use super::attempt::{Attempt, Edit, SyntaxError};
use crate::locate::Span;
use crate::source::Lines;

/// Lines above the one where the reader gave up in which the error is sought.
const NEAR: usize = 12;

/// The same for a quote that is not closed.
const FAR: usize = 1000;

/// The lines of a text around the one where the reader gave up.
struct Around<'t> {
    text: &'t str,
    lines: Lines<'t>,
}

/// What may be wrong where the reader gave up; what is likeliest first.
pub(super) fn attempts(text: &str, at: usize, message: &str) -> Vec<Attempt> {
    let lines = Lines::new(text);
    let line = lines.position(at).line;
    let around = Around { text, lines };
    let near: Vec<usize> = (line.saturating_sub(NEAR).max(1)..=line).rev().collect();
    if message.contains("more than one document") {
        return around.documents(at).into_iter().collect();
    }
    if message.contains("as key") {
        return near.iter().take(2).filter_map(|line| around.key(*line)).collect();
    }
    if message.contains("control characters") {
        return around.control(at).into_iter().collect();
    }
    let mut found = Vec::new();
    found.extend(near.iter().take(2).filter_map(|line| around.key(*line)));
    found.extend(near.iter().take(3).filter_map(|line| around.tab(*line)).flatten());
    let quoting = [
        "cannot start any token",
        "unknown anchor",
        "not allowed in this context",
        "alias",
        "anchor",
        "directive",
        "tag",
    ];
    if quoting.iter().any(|part| message.contains(part)) {
        found.extend(near.iter().take(2).filter_map(|line| around.unquoted(*line, message)));
    }
    let begun = crate::load::stop::without_positions(message).1.into_iter().map(|(line, _)| line);
    // A quote that is open goes on up to the next one, however far that is.
    let open = (line.saturating_sub(FAR).max(1)..=line).rev().filter_map(|line| around.quote(line));
    found.extend(open.take(6).chain(begun.filter_map(|line| around.quote(line))));
    found.extend(near.iter().filter_map(|line| around.bracket(*line)));
    found.extend(near.iter().take(3).filter_map(|line| around.dash(*line)));
    found.extend(near.iter().take(2).filter_map(|line| around.colon(*line)));
    found.extend(near.iter().take(2).filter_map(|line| around.space(*line)));
    // The reader notices at a line behind one that stands a space too far to the right.
    let mut order: Vec<usize> = near.iter().take(4).copied().collect();
    order.sort_by_key(|line| std::cmp::Reverse(around.is_beside(*line)));
    found.extend(order.into_iter().flat_map(|line| around.indented(line)));
    found.extend(near.iter().take(2).filter_map(|line| around.unquoted(*line, message)));
    found.extend(near.iter().take(2).filter_map(|line| around.whole(*line)));
    found
}

impl Around<'_> {
    /// Where a line begins, and its text.
    fn get(&self, line: usize) -> Option<(usize, &str)> {
        let range = Some(line)
            .filter(|line| *line >= 1 && *line <= self.lines.count())
            .map(|line| self.lines.line(line))?;
        Some((range.start, self.text[range].trim_end_matches('\r')))
    }

    /// Spaces before the next line of text in a direction.
    fn indent(&self, lines: impl Iterator<Item = usize>) -> Option<usize> {
        let mut lines = lines.filter_map(|line| self.get(line).map(|(_, text)| text));
        lines
            .find(|text| {
                !text.trim().is_empty() && !text.trim_start().starts_with('#') && !text.starts_with('\t')
            })
            .map(|text| text.len() - text.trim_start_matches(' ').len())
    }

    /// What stands behind the first document of a file.
    fn documents(&self, at: usize) -> Option<Attempt> {
        let span = Span::new(at, at + 3.min(self.text.len() - at));
        let message = "the file holds more than one document";
        let help = "keep one document per file; remove the second `---` and what follows it";
        Some(Attempt::one(at, self.text.len() - at, "", span, message, help))
    }

    /// A list or a mapping for a key.
    fn key(&self, line: usize) -> Option<Attempt> {
        let (start, text) = self.get(line)?;
        let text = text.trim_end();
        let behind = text.trim_start().trim_start_matches("? ").trim_start();
        let is_long = text.trim_start().starts_with("? ");
        let key = if is_long { behind } else { behind.strip_suffix(':')? };
        let at = text.len() - behind.len();
        if !key.starts_with(['[', '{']) {
            return None;
        }
        let new = format!("'{}'", key.replace('\'', "''"));
        let span = Span::new(start + at, start + at + key.len());
        Some(Attempt::one(
            start + at,
            key.len(),
            new,
            span,
            "the key is not a string",
            "write a plain string as key",
        ))
    }

    /// A character that no text may have.
    fn control(&self, at: usize) -> Option<Attempt> {
        let here = |at: usize| self.text.get(at..).and_then(|rest| rest.chars().next()).map(|c| (at, c));
        let (at, c) = [at, at.saturating_sub(1)]
            .into_iter()
            .filter_map(here)
            .find(|(_, c)| c.is_control() && !"\t\r\n".contains(*c))?;
        let message = format!("control character `{}`", c.escape_default());
        let span = Span::new(at, at + c.len_utf8());
        Some(Attempt::one(
            at,
            c.len_utf8(),
            " ",
            span,
            message,
            "remove it, or write it as an escape in double quotes",
        ))
    }

    /// A tab in the indentation.
    fn tab(&self, line: usize) -> Option<Vec<Attempt>> {
        let (start, text) = self.get(line)?;
        let had = text.len() - text.trim_start().len();
        let tab = text[..had].find('\t')?;
        let below = self.indent(line + 1..=line + NEAR);
        let above = self.indent((1..line).rev());
        // Below a key that ends its line stands what it holds.
        let opens = (1..line)
            .rev()
            .filter_map(|line| self.get(line))
            .map(|(_, text)| text.trim_end())
            .find(|text| !text.is_empty());
        let inner = above.filter(|_| opens.is_some_and(|text| text.ends_with(':'))).map(|above| above + 2);
        let likely = [inner, below, above, above.map(|above| above + 2), above.map(|above| above + 4)];
        let span = Span::new(start + tab, start + tab + 1);
        let attempt = |indent: usize| {
            Attempt::one(
                start,
                had,
                " ".repeat(indent),
                span,
                "tab in the indentation",
                "indent YAML with spaces, not tabs",
            )
        };
        Some(likely.into_iter().flatten().map(attempt).collect())
    }

    /// How odd the indentation of a line is: it is no multiple of the step of all others near; no other line near is indented
    /// like this one, and one is by a space more or less.
    fn is_beside(&self, line: usize) -> (bool, bool) {
        let indent = |line: usize| self.indent(std::iter::once(line));
        let Some(own) = indent(line) else { return (false, false) };
        let near = line.saturating_sub(NEAR).max(1)..=line + NEAR;
        let others: Vec<usize> = near.filter(|other| *other != line).filter_map(indent).collect();
        let step = others.iter().fold(0, |step, other| common(step, *other)).max(1);
        (own % step != 0, !others.contains(&own) && others.iter().any(|other| other.abs_diff(own) == 1))
    }

    /// A line that is indented otherwise than those beside it.
    fn indented(&self, line: usize) -> Vec<Attempt> {
        let Some((start, text)) = self.get(line) else { return Vec::new() };
        let had = text.len() - text.trim_start_matches(' ').len();
        let below = self.indent(line + 1..=line + NEAR);
        let above = self.indent((1..line).rev());
        let mut likely: Vec<usize> =
            [below, above, above.map(|above| above + 2), below.map(|below| below.saturating_sub(2))]
                .into_iter()
                .flatten()
                .collect();
        likely.sort_by_key(|indent| indent.abs_diff(had));
        likely.dedup();
        let span = Span::new(start + had, start + text.trim_end().len());
        let attempt = |indent: usize| {
            let message = format!("this line is indented by {had} spaces, which matches no line around it");
            Attempt::one(
                start,
                had,
                " ".repeat(indent),
                span,
                message,
                "indent the entries of a mapping by the same number of spaces",
            )
        };
        likely.into_iter().filter(|indent| *indent != had).map(attempt).collect()
    }

    /// A quote that is not closed.
    fn quote(&self, line: usize) -> Option<Attempt> {
        let (start, text) = self.get(line)?;
        let value = value_of(text);
        let quote = text[value..].chars().next().filter(|c| "'\"".contains(*c))?;
        let rest = text[value + 1..].trim_end();
        let closed = match quote {
            '"' => rest.replace("\\\\", "").replace("\\\"", "").contains('"'),
            _ => rest.replace("''", "").contains('\''),
        };
        let end = start + text.trim_end().len();
        let span = Span::new(start + value, end);
        (!closed).then(|| {
            let message = "the string is not closed";
            let attempt = Attempt::one(end, 0, quote, span, message, "close the quote");
            Attempt { begins: Some(start), ..attempt }
        })
    }

    /// A bracket that is not closed.
    fn bracket(&self, line: usize) -> Option<Attempt> {
        let (start, text) = self.get(line)?;
        let mut open = Vec::new();
        let mut quoted = None;
        for (at, c) in text.char_indices() {
            match c {
                '"' | '\'' if quoted.is_none_or(|quote| quote == c) => {
                    quoted = if quoted.is_some() { None } else { Some(c) }
                }
                '[' | '{' if quoted.is_none() => open.push((at, if c == '[' { ']' } else { '}' })),
                ']' | '}' if quoted.is_none() => drop(open.pop()),
                _ => {}
            }
        }
        let (first, _) = *open.first()?;
        let new: String = open.iter().rev().map(|(_, close)| *close).collect();
        let span = Span::new(start + first, start + first + 1);
        let message = format!("the bracket `{}` is not closed", &text[first..=first]);
        Some(Attempt::one(start + text.trim_end().len(), 0, new, span, message, "close the bracket"))
    }

    /// A value that YAML does not take without quotes.
    fn unquoted(&self, line: usize, why: &str) -> Option<Attempt> {
        let (start, text) = self.get(line)?;
        let value = value_of(text);
        let inner = text[value..].trim_end();
        if inner.is_empty() || inner.starts_with(['"', '\'', '|', '>']) {
            return None;
        }
        let span = Span::new(start + value, start + value + inner.len());
        if why.contains("unknown anchor") && inner.starts_with('*') {
            let message = format!("the anchor `{}` is not defined", &inner[1..]);
            let help = "define it above with `&` and the name, or quote the value if a string is meant";
            return Some(Attempt::one(start + value, inner.len(), "null", span, message, help));
        }
        let message = "the value needs quotes";
        let new = format!("'{}'", inner.replace('\'', "''"));
        Some(Attempt::one(
            start + value,
            inner.len(),
            new,
            span,
            message,
            "quote the value; it contains `: `, or begins with a character that has a meaning in YAML",
        ))
    }

    /// A dash without a space behind it.
    fn dash(&self, line: usize) -> Option<Attempt> {
        let (start, text) = self.get(line)?;
        let at = text.len() - text.trim_start().len();
        let rest = text[at..].strip_prefix('-')?;
        let span = Span::new(start + at, start + at + 1);
        rest.starts_with(|c: char| c.is_alphabetic() || c == '$').then(|| {
            Attempt::one(
                start + at + 1,
                0,
                " ",
                span,
                "the space after the `-` of an item is missing",
                "add a space after the `-`",
            )
        })
    }

    /// A key without its colon.
    fn colon(&self, line: usize) -> Option<Attempt> {
        let (start, text) = self.get(line)?;
        let key = text.trim();
        let fits = key.contains(char::is_alphanumeric)
            && key.chars().all(|c| c.is_alphanumeric() || "/_-$.{}'\"".contains(c));
        let end = start + text.trim_end().len();
        let span = Span::new(end - key.len(), end);
        fits.then(|| {
            Attempt::one(
                end,
                0,
                ":",
                span,
                format!("the `:` after the key `{key}` is missing"),
                "add a `:` after the key",
            )
        })
    }

    /// A colon without a space behind it.
    fn space(&self, line: usize) -> Option<Attempt> {
        let (start, text) = self.get(line)?;
        let at = text.len() - text.trim_start().len();
        let name = text[at..].find(|c: char| !(c.is_alphanumeric() || "_-$".contains(c)))?;
        let colon = at + name;
        (name > 0 && text[colon..].starts_with(':') && !text[colon + 1..].starts_with([' ', '\t'])).then(
            || {
                let span = Span::new(start + at, start + text.trim_end().len());
                Attempt::one(
                    start + colon + 1,
                    0,
                    " ",
                    span,
                    "the space after the `:` of a key is missing",
                    "add a space after the `:`",
                )
            },
        )
    }

    /// A line that makes no sense at all.
    fn whole(&self, line: usize) -> Option<Attempt> {
        let (start, text) = self.get(line)?;
        let at = text.len() - text.trim_start().len();
        let length = text.trim().len();
        let edits = vec![Edit { at: start, had: text.len(), new: String::new() }];
        let span = Span::new(start + at, start + at + length);
        (length > 0).then(|| {
            let error = SyntaxError {
                span,
                message: "this line is not YAML".to_owned(),
                help: "check this line and the lines above it for a missing or extra quote, bracket or space",
                open: 0,
            };
            Attempt { edits, error, begins: None }
        })
    }
}

/// The largest step that both are multiples of.
fn common(a: usize, b: usize) -> usize {
    if b == 0 { a } else { common(b, a % b) }
}

/// Where the value of a line begins: behind its dashes and its key.
fn value_of(text: &str) -> usize {
    let mut at = text.len() - text.trim_start().len();
    while text[at..].starts_with("- ") {
        at += 2;
        at += text[at..].len() - text[at..].trim_start().len();
    }
    match text[at..].find(": ") {
        Some(colon)
            if !text[at..].starts_with(['"', '\'']) || text[at + 1..at + colon].contains(['"', '\'']) =>
        {
            let behind = at + colon + 2;
            behind + text[behind..].len() - text[behind..].trim_start().len()
        }
        _ => at,
    }
}
