//! Why a reader gave up, in words for people.

use super::alias;
use super::build::{Ended, budget};
use crate::diag::{Code, Diagnostic};
use crate::locate::Span;
use crate::pointer::Pointer;
use crate::source::Lines;

/// Levels that are read; the limit of both readers.
pub(super) const MOST_LEVELS: usize = 128;
/// Aliases that `serde_yaml` follows for each value of the text.
const MOST_ALIASES: usize = 100;

/// Why a reader gave up.
#[derive(Clone, Debug)]
pub(super) struct Stop {
    /// In the reader's words.
    pub(super) message: String,
    /// The offset, where the reader knows it.
    pub(super) at: Option<usize>,
    /// The reader's limit of levels was reached.
    pub(super) depth: bool,
    /// The reader's own limit of aliases was reached.
    pub(super) aliases: bool,
    /// How building the tree ended.
    pub(super) ended: Ended,
}

impl Stop {
    pub(super) fn diagnostic(&self, body: &str) -> Diagnostic {
        let at = self.at.unwrap_or(0).min(body.len());
        let end = body[at..].chars().next().filter(|c| !c.is_whitespace()).map_or(at, |c| at + c.len_utf8());
        let diagnostic = |code, message: String| {
            Diagnostic::new(code, &Pointer::root(), message).at_span(Span::new(at, end))
        };
        let over = self.aliases || self.ended == Ended::OverBudget;
        match over {
            true => too_many_aliases(body, self.aliases),
            false if self.depth => diagnostic(
                Code::TooDeep,
                format!("the document is nested more than {MOST_LEVELS} levels deep"),
            )
            .label("the limit is exceeded here")
            .help("move inner schemas to `components/schemas`, and refer to them by `$ref`"),
            false => {
                let (message, context, help) = plain_words(&self.message, body, at);
                let mut diagnostic = diagnostic(Code::Syntax, message);
                if let Some(begin) = context.filter(|begin| *begin != at) {
                    diagnostic = diagnostic.also_span(Span::new(begin, begin + 1), "started here");
                }
                match help {
                    Some(help) => diagnostic.help(help),
                    None => diagnostic,
                }
            }
        }
    }
}

/// Aliases that multiply, at the one that stands for the most.
fn too_many_aliases(body: &str, reader: bool) -> Diagnostic {
    let limit = match reader {
        true => format!("{MOST_ALIASES} for each written value"),
        false => format!("{} values and bytes", budget(body)),
    };
    let message = format!("aliases expand the document beyond the limit of {limit}");
    let diagnostic = Diagnostic::new(Code::TooDeep, &Pointer::root(), message);
    let diagnostic = match alias::heaviest(body) {
        Some(heavy) => {
            diagnostic.at_span(heavy.span).label(format!("this alias expands to {} values", heavy.values))
        }
        None => diagnostic,
    };
    diagnostic.help("move the repeated parts to `components`, and refer to them by `$ref`")
}

/// The reader's message without positions, the position of what it was reading where it tells, and advice for the syntax
/// errors that occur most.
fn plain_words(message: &str, body: &str, at: usize) -> (String, Option<usize>, Option<&'static str>) {
    let lines = Lines::new(body);
    let line = &body[lines.line(lines.position(at).line)];
    let indent = &line[..line.len() - line.trim_start().len()];
    let help = if indent.contains('\t') {
        Some("indent YAML with spaces, not tabs")
    } else if message.contains("mapping values are not allowed") {
        Some("quote the value if it contains `: `, or fix the indentation")
    } else if message.contains("cannot start any token") || message.contains("unknown anchor") {
        Some("quote the value; it begins with a character that has a meaning in YAML")
    } else if message.contains("trailing comma") {
        Some("remove the comma before the closing bracket")
    } else if message.contains("more than one document") {
        Some("keep one document per file; remove the second `---` and what follows it")
    } else if message.contains("as key") {
        Some("write a plain string as key")
    } else if message.contains("expected ',' or") {
        Some("close the bracket, or put a comma between the items")
    } else if message.contains("did not find expected key") || message.contains("block mapping") {
        Some("indent the entries of a mapping by the same number of spaces")
    } else if message.contains("quoted scalar") {
        Some("close the quote")
    } else if message.starts_with("EOF") {
        Some("close the open brackets and quotes; the file ends too early")
    } else if message.contains("key must be a string") {
        Some("write keys in double quotes; JSON has no comments")
    } else if message.contains("control character") {
        Some("write it as an escape, such as `\\n`")
    } else {
        Some("check this line and the lines above it for a missing or extra quote, comma, bracket or space")
    };
    let (message, positions) = without_positions(message);
    let context = positions.get(1).filter(|(line, _)| *line <= lines.count()).map(|(line, column)| {
        let range = lines.line(*line);
        body[range.clone()].char_indices().nth(column - 1).map_or(range.end, |(at, _)| range.start + at)
    });
    (message, context, help)
}

/// Takes `at line 3 column 2` out of a message, and tells what it said; everything counts from 1.
pub(super) fn without_positions(message: &str) -> (String, Vec<(usize, usize)>) {
    let mut rest = message;
    let mut text = String::new();
    let mut positions = Vec::new();
    while let Some((before, after)) = rest.split_once(" at line ") {
        text.push_str(before);
        let digits = |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (line, tail) = after.split_at(digits(after));
        let tail = tail.strip_prefix(" column ").unwrap_or(tail);
        let (column, tail) = tail.split_at(digits(tail));
        positions.extend(
            line.parse().ok().zip(column.parse().ok()).filter(|(line, column)| *line > 0 && *column > 0),
        );
        rest = tail;
    }
    text.push_str(rest);
    (text, positions)
}
