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
use crate::tree::{Moves, Tree};

mod build;
mod json;
#[cfg(test)]
mod tests;
mod version;
mod yaml;

/// Levels that are read; the limit of both readers.
const MOST_LEVELS: usize = 128;

/// The document as a tree. Everything wrong with it is in `sink`; `None` when there is nothing to go on with.
pub fn load(source: &Source, sink: &mut Sink) -> Option<Tree> {
    let body = source.body();
    let root = match source.format() {
        Format::Json => json::read(body, sink),
        Format::Yaml | Format::Toml => yaml::read(body, sink),
    }?;
    version::check(&root, body, sink).then(|| Tree { root, moves: Moves::default() })
}

/// Why a reader gave up.
struct Stop {
    /// In the reader's words.
    message: String,
    /// The offset, where the reader knows it.
    at: Option<usize>,
    /// The reader's limit of levels was reached.
    depth: bool,
    /// The reader's own limit of aliases was reached.
    aliases: bool,
}

impl Stop {
    fn report(self, body: &str, builder: build::Ended, sink: &mut Sink) {
        let at = self.at.unwrap_or(0).min(body.len());
        let end = body[at..].chars().next().filter(|c| !c.is_whitespace()).map_or(at, |c| at + c.len_utf8());
        let diagnostic = |code, message: String| {
            Diagnostic::new(code, &Pointer::root(), message).at_span(Span::new(at, end))
        };
        let over = self.aliases || builder == build::Ended::OverBudget;
        sink.report(match over {
            true => diagnostic(Code::TooDeep, "aliases multiply the document beyond the limit".to_owned())
                .help("write the repeated parts as `components` and refer to them by `$ref`"),
            false if self.depth => diagnostic(
                Code::TooDeep,
                format!("the document is nested more than {MOST_LEVELS} levels deep"),
            )
            .label("here the limit is passed")
            .help("move inner schemas to `components/schemas` and refer to them by `$ref`"),
            false => {
                let (message, help) = plain_words(&self.message, body, at);
                let diagnostic = diagnostic(Code::Syntax, message);
                match help {
                    Some(help) => diagnostic.help(help),
                    None => diagnostic,
                }
            }
        });
    }
}

/// The reader's message without its own position, and advice for the slips that occur most.
fn plain_words(message: &str, body: &str, at: usize) -> (String, Option<&'static str>) {
    let message = match message.rfind(" at line ") {
        Some(cut) => &message[..cut],
        None => message,
    };
    let lines = Lines::new(body);
    let line = &body[lines.line(lines.position(at).line)];
    let indent = &line[..line.len() - line.trim_start().len()];
    let help = if indent.contains('\t') {
        Some("YAML is indented by spaces; take out the tab")
    } else if message.contains("mapping values are not allowed") {
        Some("put the value in quotes if it contains `: `, or mend the indentation")
    } else if message.contains("cannot start any token") || message.contains("unknown anchor") {
        Some("put the value in quotes: it begins with a character that means something in YAML")
    } else if message.contains("trailing comma") {
        Some("take out the comma before the closing bracket")
    } else if message.contains("more than one document") {
        Some("keep one document per file: take out what follows the second `---`")
    } else {
        None
    };
    (message.to_owned(), help)
}

/// A value of the tree for people: `a string`, `a mapping`.
pub(crate) fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "a mapping",
    }
}
