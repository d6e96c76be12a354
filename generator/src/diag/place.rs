//! From labels to bytes, lines and columns: one scan of each text for all labels of a run.

use super::{Diagnostic, File, Label, Part};
use crate::load::{Recovered, recovered};
use crate::locate::{Place, Span, locate};
use crate::pointer::Pointer;
use crate::source::{Lines, Position, Source};

/// Longest line that is shown whole, in bytes.
pub(super) const LONG_LINE: usize = 240;

/// A diagnostic with its places found.
pub(super) struct Placed<'a> {
    pub(super) diagnostic: &'a Diagnostic,
    pub(super) primary: Spot<'a>,
    pub(super) secondary: Vec<Spot<'a>>,
}

/// A label with its place.
pub(super) struct Spot<'a> {
    pub(super) label: &'a Label,
    /// The bytes to underline; `None` when the text is not at hand.
    pub(super) span: Option<Span>,
    /// Where they begin.
    pub(super) position: Position,
    /// What the line was read as, if a syntax error was corrected in it.
    pub(super) read_as: Option<String>,
}

/// A text without its errors.
struct Smooth {
    source: Source,
    recovered: Recovered,
}

impl Smooth {
    fn new(source: &Source, recovered: Recovered) -> Self {
        Self { source: Source { label: source.label.clone(), text: recovered.text.clone() }, recovered }
    }
}

impl Spot<'_> {
    /// Takes the place, which is one of the recovered text where there is one.
    fn find(&mut self, place: &Place, lines: &Lines<'_>, smooth: Option<&Smooth>) {
        let Some(Smooth { source, recovered }) = smooth else {
            self.span = Some(underlined(place, self.label.part, lines));
            return;
        };
        let span = |span: Span| recovered.span(span);
        let given = Place {
            key: place.key.map(span),
            repeated: place.repeated.map(span),
            value: span(place.value),
            exact: place.exact,
        };
        let found = underlined(&given, self.label.part, lines);
        self.span = Some(found);
        let line = lines.line(lines.position(found.start).line);
        // A document in one line is touched by every error.
        if line.len() <= LONG_LINE && recovered.touches(line) {
            let smooth = Lines::new(&source.text);
            let start = underlined(place, self.label.part, &smooth).start;
            let text = source.text.get(smooth.line(smooth.position(start).line)).unwrap_or_default();
            self.read_as = Some(text.trim().to_owned());
        }
    }
}

/// The texts of a run, each with its lines.
pub(super) struct Texts<'a> {
    files: Vec<(File, &'a Source, Lines<'a>)>,
}

impl<'a> Texts<'a> {
    /// The document, then `sdk.toml` where there is one, then the others.
    pub(super) fn new(sources: &[&'a Source]) -> Self {
        let kinds = [File::Document, File::Config].into_iter().chain((0..).map(File::Other));
        let files = kinds.zip(sources).map(|(kind, source)| (kind, *source, Lines::new(source.body())));
        Self { files: files.collect() }
    }

    pub(super) fn get(&self, file: File) -> Option<(&'a Source, &Lines<'a>)> {
        self.files.iter().find(|(kind, ..)| *kind == file).map(|(_, source, lines)| (*source, lines))
    }

    /// Finds every label, and puts the diagnostics in order: errors first, then by place.
    pub(super) fn place(&self, diagnostics: &'a [Diagnostic]) -> Vec<Placed<'a>> {
        let labels = diagnostics.iter().flat_map(|d| std::iter::once(&d.primary).chain(&d.secondary));
        let mut spots = self.spots(labels.collect()).into_iter();
        let mut placed: Vec<Placed<'a>> = diagnostics
            .iter()
            .filter_map(|diagnostic| {
                let primary = spots.next()?;
                let secondary = spots.by_ref().take(diagnostic.secondary.len()).collect();
                Some(Placed { diagnostic, primary, secondary })
            })
            .collect();
        placed.sort_by(|a, b| {
            let order = |p: &Placed<'a>| {
                (std::cmp::Reverse(p.diagnostic.severity), p.primary.label.spot().0, p.primary.position)
            };
            order(a)
                .cmp(&order(b))
                .then_with(|| a.diagnostic.code.cmp(&b.diagnostic.code))
                .then_with(|| a.diagnostic.message.cmp(&b.diagnostic.message))
        });
        // What many places share by a YAML alias is written once, and said once.
        placed.dedup_by(|a, b| {
            let same = |p: &Placed<'a>| (p.primary.label.spot().0, p.primary.span, p.diagnostic.code);
            same(a) == same(b) && a.diagnostic.message == b.diagnostic.message
        });
        placed
    }

    fn spots(&self, labels: Vec<&'a Label>) -> Vec<Spot<'a>> {
        let mut spots: Vec<Spot<'a>> = labels
            .into_iter()
            .map(|label| {
                let position = Position { line: 1, column: 1 };
                Spot { label, span: label.span, position, read_as: None }
            })
            .collect();
        for (file, source, lines) in &self.files {
            // Behind syntax errors, nodes are where the recovered text has them.
            let slipped = |spot: &Spot<'_>| spot.label.file == *file && spot.label.span.is_some();
            let recovered = spots.iter().any(slipped).then(|| recovered(source)).flatten();
            let recovered = recovered.map(|recovered| Smooth::new(source, recovered));
            let mut sought: Vec<&mut Spot<'a>> =
                spots.iter_mut().filter(|spot| spot.label.spot().0 == *file).collect();
            let missing: Vec<&Pointer> =
                sought.iter().filter(|spot| spot.span.is_none()).map(|spot| spot.label.spot().1).collect();
            let text = recovered.as_ref().map_or(*source, |recovered| &recovered.source);
            let mut places = if missing.is_empty() { Vec::new() } else { locate(text, &missing) }.into_iter();
            for spot in &mut sought {
                if spot.span.is_none()
                    && let Some(place) = places.next().flatten()
                {
                    spot.find(&place, lines, recovered.as_ref());
                }
                // A text that cannot be scanned has a beginning all the same.
                let span = whole(spot.span.unwrap_or(Span::new(0, 1)), source.body());
                spot.position = lines.position(span.start);
                spot.span = Some(span);
            }
        }
        spots
    }
}

/// The span without halves of characters, and not beyond the end.
fn whole(span: Span, text: &str) -> Span {
    let start = (0..=span.start.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let end = (span.end.min(text.len())..=text.len()).find(|at| text.is_char_boundary(*at));
    Span::new(start, end.unwrap_or(text.len()))
}

/// What to underline of a node: the value, but the key where the value runs over several lines.
fn underlined(place: &Place, part: Part, lines: &Lines<'_>) -> Span {
    let one_line = |span: Span| lines.position(span.start).line == lines.position(span.end).line;
    match (part, place.key) {
        (Part::Repeated, _) if place.repeated.is_some() => place.repeated.unwrap_or(place.value),
        (Part::Key | Part::Repeated, Some(key)) => key,
        (Part::Value, Some(key)) if !one_line(place.value) || !place.exact => key,
        (Part::Key | Part::Repeated | Part::Value, _) => {
            let line = lines.line(lines.position(place.value.start).line);
            Span { start: place.value.start, end: place.value.end.min(line.end).max(place.value.start) }
        }
    }
}
