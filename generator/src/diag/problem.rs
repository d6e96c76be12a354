//! Diagnostics for other programs: plain data, with their locations found.

use super::Diagnostic;
use super::located::{Located, Texts};
use crate::source::Source;

/// A problem of an input.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// `error` or `warning`.
    pub severity: &'static str,
    /// The stable name of the kind of problem, such as `unresolved-ref`.
    pub code: &'static str,
    /// The message: one line, with the thing in backticks.
    pub message: String,
    /// The fix.
    pub help: String,
    /// The file, as its source is named.
    pub file: String,
    /// The JSON pointer of the node.
    pub pointer: String,
    /// The line, from 1.
    pub line: Option<usize>,
    /// The column, from 1.
    pub column: Option<usize>,
}

/// Finds the locations of diagnostics, errors first. `sources` are those of [`super::render()`].
pub fn problems(diagnostics: &[Diagnostic], sources: &[&Source]) -> Vec<Problem> {
    let texts = Texts::new(sources);
    let located = texts.locate(diagnostics);
    let problem = |one: &Located<'_>| {
        let (file, _) = one.primary.label.location();
        let position = one.primary.span.map(|_| one.primary.position);
        Problem {
            severity: one.diagnostic.severity.as_str(),
            code: one.diagnostic.code.as_str(),
            message: one.diagnostic.message.clone(),
            help: one.diagnostic.advice(),
            file: texts.get(file).map_or_else(String::new, |(source, _)| source.label.clone()),
            pointer: one.primary.label.at.as_str().to_owned(),
            line: position.map(|position| position.line),
            column: position.map(|position| position.column),
        }
    };
    located.iter().map(problem).collect()
}
