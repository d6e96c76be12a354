//! Finds the bytes, lines and columns of labels, with one scan of each text for all labels of a run.

use super::{Diagnostic, File, Label, Underline};
use crate::load::{Recovered, recovered};
use crate::locate::{Location, Span, locate};
use crate::pointer::Pointer;
use crate::source::{Lines, Position, Source};

/// Maximum length of a line that is shown whole, in bytes.
pub(super) const LONG_LINE: usize = 240;

/// A diagnostic with its locations.
pub(super) struct Located<'a> {
    pub(super) diagnostic: &'a Diagnostic,
    pub(super) primary: LocatedLabel<'a>,
    pub(super) secondary: Vec<LocatedLabel<'a>>,
}

/// A label with its location.
pub(super) struct LocatedLabel<'a> {
    pub(super) label: &'a Label,
    /// The bytes to underline; `None` if the text is not available.
    pub(super) span: Option<Span>,
    /// The position of the first byte.
    pub(super) position: Position,
    /// The corrected line, if it had a syntax error.
    pub(super) read_as: Option<String>,
}

/// A text with its syntax errors corrected.
struct RecoveredText {
    source: Source,
    recovered: Recovered,
}

impl RecoveredText {
    fn new(source: &Source, recovered: Recovered) -> Self {
        Self { source: Source { label: source.label.clone(), text: recovered.text.clone() }, recovered }
    }
}

impl LocatedLabel<'_> {
    /// Sets the location, which is relative to the corrected text if there is one.
    fn find(&mut self, location: &Location, lines: &Lines<'_>, recovered_text: Option<&RecoveredText>) {
        let Some(RecoveredText { source, recovered }) = recovered_text else {
            self.span = Some(underlined(location, self.label.part, lines));
            return;
        };
        let span = |span: Span| recovered.span(span);
        let given = Location {
            key: location.key.map(span),
            repeated: location.repeated.map(span),
            value: span(location.value),
            exact: location.exact,
        };
        let found = underlined(&given, self.label.part, lines);
        self.span = Some(found);
        let line = lines.line(lines.position(found.start).line);
        // In a document of one line, every syntax error touches that line.
        if line.len() <= LONG_LINE && recovered.touches(line) {
            let recovered_text = Lines::new(&source.text);
            let start = underlined(location, self.label.part, &recovered_text).start;
            let text =
                source.text.get(recovered_text.line(recovered_text.position(start).line)).unwrap_or_default();
            self.read_as = Some(text.trim().to_owned());
        }
    }
}

/// The texts of a run, each with its lines.
pub(super) struct Texts<'a> {
    files: Vec<(File, &'a Source, Lines<'a>)>,
}

impl<'a> Texts<'a> {
    /// Takes the document, then `sdk.toml` if there is one, then the others.
    pub(super) fn new(sources: &[&'a Source]) -> Self {
        let kinds = [File::Document, File::Config].into_iter().chain((0..).map(File::Other));
        let files = kinds.zip(sources).map(|(kind, source)| (kind, *source, Lines::new(source.body())));
        Self { files: files.collect() }
    }

    pub(super) fn get(&self, file: File) -> Option<(&'a Source, &Lines<'a>)> {
        self.files.iter().find(|(kind, ..)| *kind == file).map(|(_, source, lines)| (*source, lines))
    }

    /// Locates every label, and sorts the diagnostics: errors first, then by location.
    pub(super) fn locate(&self, diagnostics: &'a [Diagnostic]) -> Vec<Located<'a>> {
        let labels = diagnostics.iter().flat_map(|d| std::iter::once(&d.primary).chain(&d.secondary));
        let mut located_labels = self.located_labels(labels.collect()).into_iter();
        let mut located: Vec<Located<'a>> = diagnostics
            .iter()
            .filter_map(|diagnostic| {
                let primary = located_labels.next()?;
                let secondary = located_labels.by_ref().take(diagnostic.secondary.len()).collect();
                Some(Located { diagnostic, primary, secondary })
            })
            .collect();
        located.sort_by(|a, b| {
            let order = |p: &Located<'a>| {
                (std::cmp::Reverse(p.diagnostic.severity), p.primary.label.location().0, p.primary.position)
            };
            order(a)
                .cmp(&order(b))
                .then_with(|| a.diagnostic.code.cmp(&b.diagnostic.code))
                .then_with(|| a.diagnostic.message.cmp(&b.diagnostic.message))
        });
        // A node that YAML aliases repeat is written once, and reported once.
        located.dedup_by(|a, b| {
            let same = |p: &Located<'a>| (p.primary.label.location().0, p.primary.span, p.diagnostic.code);
            same(a) == same(b) && a.diagnostic.message == b.diagnostic.message
        });
        located
    }

    fn located_labels(&self, labels: Vec<&'a Label>) -> Vec<LocatedLabel<'a>> {
        let mut located_labels: Vec<LocatedLabel<'a>> = labels
            .into_iter()
            .map(|label| {
                let position = Position { line: 1, column: 1 };
                LocatedLabel { label, span: label.span, position, read_as: None }
            })
            .collect();
        for (file, source, lines) in &self.files {
            // After a syntax error, nodes are located in the corrected text.
            let has_span = |located_label: &LocatedLabel<'_>| {
                located_label.label.file == *file && located_label.label.span.is_some()
            };
            let recovered = located_labels.iter().any(has_span).then(|| recovered(source)).flatten();
            let recovered = recovered.map(|recovered| RecoveredText::new(source, recovered));
            let mut sought: Vec<&mut LocatedLabel<'a>> = located_labels
                .iter_mut()
                .filter(|located_label| located_label.label.location().0 == *file)
                .collect();
            let missing: Vec<&Pointer> = sought
                .iter()
                .filter(|located_label| located_label.span.is_none())
                .map(|located_label| located_label.label.location().1)
                .collect();
            let text = recovered.as_ref().map_or(*source, |recovered| &recovered.source);
            let mut locations =
                if missing.is_empty() { Vec::new() } else { locate(text, &missing) }.into_iter();
            for located_label in &mut sought {
                if located_label.span.is_none()
                    && let Some(location) = locations.next().flatten()
                {
                    located_label.find(&location, lines, recovered.as_ref());
                }
                // If a text cannot be scanned, its beginning is underlined.
                let span = whole(located_label.span.unwrap_or(Span::new(0, 1)), source.body());
                located_label.position = lines.position(span.start);
                located_label.span = Some(span);
            }
        }
        located_labels
    }
}

/// Extends a span to whole characters, and limits it to the text.
fn whole(span: Span, text: &str) -> Span {
    let start = (0..=span.start.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let end = (span.end.min(text.len())..=text.len()).find(|at| text.is_char_boundary(*at));
    Span::new(start, end.unwrap_or(text.len()))
}

/// Returns the bytes to underline: the value, or the key if the value has several lines.
fn underlined(location: &Location, part: Underline, lines: &Lines<'_>) -> Span {
    let one_line = |span: Span| lines.position(span.start).line == lines.position(span.end).line;
    match (part, location.key) {
        (Underline::Repeated, _) if location.repeated.is_some() => {
            location.repeated.unwrap_or(location.value)
        }
        (Underline::Key | Underline::Repeated, Some(key)) => key,
        (Underline::Value, Some(key)) if !one_line(location.value) || !location.exact => key,
        (Underline::Key | Underline::Repeated | Underline::Value, _) => {
            let line = lines.line(lines.position(location.value.start).line);
            Span {
                start: location.value.start,
                end: location.value.end.min(line.end).max(location.value.start),
            }
        }
    }
}
