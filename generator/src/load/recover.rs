//! Goes on after a syntax error, so that one run shows every problem of a broken text.
//!
//! In: a text at which a reader gave up, and where. Out: the text with as few changes as let the reader go on, and what was wrong
//! at each of them. A change counts if the reader gets past the line with it: so it also tells what the error was, where the
//! reader only knows where it noticed. Nothing is generated from a recovered text; it is only reported about.

use super::build::Ended;
use super::stop::Stop;
use crate::locate::Span;
use crate::source::Format;
use attempt::{Edit, SyntaxError};

mod attempt;
mod json;
mod yaml;

/// Errors of one text after which reading goes on.
const MOST_ERRORS: usize = 20;
/// Bytes that may be read again and again for it.
const MOST_WORK: usize = 96 << 20;

/// A text that can be read, made of one that cannot.
#[derive(Clone, Debug)]
pub(crate) struct Recovered {
    /// What can be read.
    pub(crate) text: String,
    /// The changes in the order they were made.
    edits: Vec<Edit>,
    /// Where the errors are in the given text.
    errors: Vec<Span>,
}

impl Recovered {
    fn with(&self, edits: &[Edit]) -> Self {
        let mut next = self.clone();
        // From the end, so that each stands where it says.
        let mut edits = edits.to_vec();
        edits.sort_by_key(|edit| std::cmp::Reverse(edit.at));
        for edit in edits {
            next.text.replace_range(edit.at..edit.at + edit.had, &edit.new);
            next.edits.push(edit);
        }
        next
    }

    /// The byte of the given text for one of this.
    pub(crate) fn original(&self, offset: usize) -> usize {
        self.edits.iter().rev().fold(offset, |offset, edit| {
            if offset >= edit.at + edit.new.len() {
                offset - edit.new.len() + edit.had
            } else {
                offset.min(edit.at + edit.had.saturating_sub(1)).max(offset.min(edit.at))
            }
        })
    }

    /// Whether an error was corrected in these bytes of the given text.
    pub(crate) fn touches(&self, bytes: std::ops::Range<usize>) -> bool {
        self.errors.iter().any(|error| error.start <= bytes.end && bytes.start <= error.end)
    }

    /// The same for a span.
    pub(crate) fn span(&self, span: Span) -> Span {
        Span::new(self.original(span.start), self.original(span.end))
    }
}

/// The outcome of a recovery.
pub(super) struct Recovery {
    /// The text without them, if all could be recovered.
    pub(super) recovered: Option<Recovered>,
    /// What was wrong, in the order of the text.
    pub(super) errors: Vec<SyntaxError>,
    /// Where the reader gives up for good, after the changes so far.
    pub(super) end: Option<(Stop, Recovered)>,
}

/// Recovers from the first error, and the next ones. `read` says where a reader gives up.
pub(super) fn recover(
    body: &str,
    format: Format,
    first: Stop,
    read: impl Fn(&str) -> Option<Stop>,
) -> Recovery {
    let mut recovered = Recovered { text: body.to_owned(), edits: Vec::new(), errors: Vec::new() };
    let mut errors = Vec::new();
    let mut stop = first;
    let mut turns = MOST_WORK / (body.len() + 1024);
    while errors.len() < MOST_ERRORS {
        let Some(next) = behind(&recovered, format, &stop, &mut turns, &read) else { break };
        let (after, error, further) = next;
        let span = recovered.span(error.span);
        errors.push(SyntaxError { span, ..error });
        recovered = after;
        recovered.errors.push(span);
        match further {
            None => return Recovery { recovered: Some(recovered), errors, end: None },
            Some(further) => stop = further,
        }
    }
    Recovery { recovered: None, errors, end: Some((stop, recovered)) }
}

/// The change that lets the reader get farthest past the line where it gave up; of equals the likelier.
fn behind(
    recovered: &Recovered,
    format: Format,
    stop: &Stop,
    turns: &mut usize,
    read: &impl Fn(&str) -> Option<Stop>,
) -> Option<(Recovered, SyntaxError, Option<Stop>)> {
    if !is_syntax_error(stop) {
        return None;
    }
    let at = stop.at?.min(recovered.text.len());
    let attempts = match format {
        Format::Json => json::attempts(&recovered.text, at, &stop.message),
        Format::Yaml | Format::Toml => yaml::attempts(&recovered.text, at, &stop.message),
    };
    let at = (0..=at).rev().find(|at| recovered.text.is_char_boundary(*at)).unwrap_or(0);
    let mut best: Option<(usize, Recovered, SyntaxError, Option<Stop>)> = None;
    for attempt in attempts {
        let whole = |edit: &Edit| recovered.text.get(edit.at..edit.at + edit.had).is_some();
        if !attempt.edits.iter().all(whole) {
            continue;
        }
        let Some(left) = turns.checked_sub(1) else { break };
        *turns = left;
        let after = recovered.with(&attempt.edits);
        let further = read(&after.text);
        // How far the reader gets, in bytes before the end: texts grow and shrink by the changes.
        let reach = match &further {
            None => 0,
            Some(further) if is_syntax_error(further) => {
                after.text.len() - further.at.unwrap_or(0).min(after.text.len())
            }
            Some(_) => continue,
        };
        // YAML's reader looks for control characters ahead of everything else.
        let ahead = |stop: &Stop| stop.message.contains("control characters");
        // An open quote hides what comes before its end, too: it is told by the lines right behind it.
        if let Some(begins) = attempt.begins {
            let two_lines = after.text[begins..]
                .match_indices('\n')
                .nth(1)
                .map_or(after.text.len(), |(end, _)| begins + end);
            if further.as_ref().is_none_or(|further| further.at.is_some_and(|at| at > two_lines)) {
                return Some((after, attempt.error, further));
            }
        }
        let needed = match format {
            Format::Yaml if ahead(stop) && !further.as_ref().is_some_and(ahead) => usize::MAX,
            // Many errors may stand in one line of JSON.
            Format::Json => recovered.text.len() - at,
            Format::Yaml | Format::Toml => {
                let rest = &recovered.text[at..];
                rest.find('\n').map_or(0, |end| rest.len() - end)
            }
        };
        if (further.is_none() || reach < needed) && best.as_ref().is_none_or(|(other, ..)| reach < *other) {
            best = Some((reach, after, attempt.error, further));
            if reach == 0 {
                break;
            }
        }
    }
    best.map(|(_, after, error, further)| (after, error, further))
}

/// Whether the reader gave up at the syntax, not at a limit.
fn is_syntax_error(stop: &Stop) -> bool {
    !stop.depth && !stop.aliases && stop.ended == Ended::Usual
}
