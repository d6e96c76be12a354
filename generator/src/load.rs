//! Reads the text of a document into an ordered JSON tree.
//!
//! In: a [`Source`]. Out: a [`Tree`] whose root is an object that calls itself OpenAPI 3, or nothing and the reasons.
//! Duplicate keys, odd scalars and runaway aliases are reported here, since the tree cannot show them any more. This is
//! the only place that knows `serde_yaml`; nothing here knows what OpenAPI means beyond its version.
//!
//! JSON and YAML share one builder (`build`): a serde visitor that makes the tree in one pass, checks keys as they come, and
//! counts what it makes. Both readers stop at 128 levels by themselves, before the stack is in danger.

use serde_json::Value;

use crate::diag::{Code, Diagnostic, Sink};
use crate::locate::Span;
use crate::pointer::Pointer;
use crate::source::{Format, Lines, Source};
use crate::tree::Tree;

pub(crate) use mend::Recovered;

mod build;
mod json;
mod mend;
#[cfg(test)]
mod tests;
mod version;
mod yaml;

/// Levels that are read; the limit of both readers.
const MOST_LEVELS: usize = 128;
/// Aliases that `serde_yaml` follows for each value of the text.
const MOST_ALIASES: usize = 100;

/// The document as a tree. Everything wrong with it is in `sink`; `None` when there is nothing to go on with.
///
/// Slips of the syntax are errors, and yet looked behind: what else is wrong is reported in the same run.
pub fn load(source: &Source, sink: &mut Sink) -> Option<Tree> {
    let root = whole(source, sink)?;
    version::check(&root, source.body(), sink).then(|| Tree { root, ..Tree::default() })
}

/// A file of any content as a tree, in silence; `None` where it cannot be read.
pub(crate) fn part(source: &Source) -> Option<Value> {
    read(source, &mut Sink::new())
}

/// The same with everything wrong about it in `sink`, as if it were the document.
pub(crate) fn read(source: &Source, sink: &mut Sink) -> Option<Value> {
    text(source.body(), source.format(), sink)
        .map_err(|stop| sink.report(stop.diagnostic(source.body())))
        .ok()
}

fn text(body: &str, format: Format, sink: &mut Sink) -> Result<Value, Stop> {
    match format {
        Format::Json => json::read(body, sink),
        Format::Yaml | Format::Toml => yaml::read(body, sink),
    }
}

/// The document, also where the syntax has slips that can be looked behind.
fn whole(source: &Source, sink: &mut Sink) -> Option<Value> {
    let (body, format) = (source.body(), source.format());
    let before = sink.count();
    let stop = match text(body, format, sink) {
        Ok(root) => return Some(root),
        Err(stop) => stop,
    };
    // What the reader saw on its way is seen again, or was no more than the slip.
    sink.forget(before);
    let first = stop.diagnostic(body);
    let looked = looked(body, format, stop);
    for slip in looked.slips {
        let slipped = Diagnostic::new(Code::Syntax, &Pointer::root(), slip.message);
        sink.report(slipped.at_span(slip.span).help(slip.help));
    }
    match (looked.mended, looked.end) {
        (Some(mended), _) => text(&mended.text, format, sink).ok(),
        (None, Some((_, mended))) if mended.text == body => {
            sink.report(first);
            None
        }
        (None, end) => {
            let mut last = end.map(|(stop, mended)| (stop.diagnostic(&mended.text), mended));
            if let Some((diagnostic, mended)) = &mut last {
                diagnostic.each_span(|span| mended.span(span));
            }
            sink.report(last.map_or(first, |(diagnostic, _)| diagnostic));
            None
        }
    }
}

fn looked(body: &str, format: Format, stop: Stop) -> mend::Looked {
    mend::mend(body, format, stop, |body| text(body, format, &mut Sink::new()).err())
}

/// A text with slips of the syntax as one without, if it has any and they can be looked behind: for finding places in it.
pub(crate) fn recovered(source: &Source) -> Option<Recovered> {
    let (body, format) = (source.body(), source.format());
    let stop = text(body, format, &mut Sink::new()).err()?;
    looked(body, format, stop).mended
}

/// Why a reader gave up.
#[derive(Clone, Debug)]
struct Stop {
    /// In the reader's words.
    message: String,
    /// The offset, where the reader knows it.
    at: Option<usize>,
    /// The reader's limit of levels was reached.
    depth: bool,
    /// The reader's own limit of aliases was reached.
    aliases: bool,
    /// How building the tree ended.
    ended: build::Ended,
}

impl Stop {
    fn diagnostic(&self, body: &str) -> Diagnostic {
        let at = self.at.unwrap_or(0).min(body.len());
        let end = body[at..].chars().next().filter(|c| !c.is_whitespace()).map_or(at, |c| at + c.len_utf8());
        let diagnostic = |code, message: String| {
            Diagnostic::new(code, &Pointer::root(), message).at_span(Span::new(at, end))
        };
        let over = self.aliases || self.ended == build::Ended::OverBudget;
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
        false => format!("{} values and bytes", build::budget(body)),
    };
    let message = format!("aliases expand the document beyond the limit of {limit}");
    let diagnostic = Diagnostic::new(Code::TooDeep, &Pointer::root(), message);
    let diagnostic = match yaml::alias::heaviest(body) {
        Some(heavy) => {
            diagnostic.at_span(heavy.span).label(format!("this alias expands to {} values", heavy.values))
        }
        None => diagnostic,
    };
    diagnostic.help("move the repeated parts to `components`, and refer to them by `$ref`")
}

/// The reader's message without positions, the position of what it was reading where it tells, and advice for the slips
/// that occur most.
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
fn without_positions(message: &str) -> (String, Vec<(usize, usize)>) {
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

/// A value of the tree for people: `a string`, `a mapping`.
pub(crate) fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "a mapping",
    }
}
