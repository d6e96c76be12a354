//! Diagnostics as text for people, in the manner of rustc, and as JSON lines for tools. A pure function.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::located::{Located, LocatedLabel, Texts};
use super::{Code, Diagnostic, File, Severity};
use crate::source::Source;

/// Longest line that is shown whole, in bytes.
pub(super) const LONG_LINE: usize = 240;
/// How much of a longer line is shown on each side of what is underlined, in bytes.
const AROUND: usize = 80;
/// Labels of one text that are no more lines apart than this share an excerpt.
const NEAR: usize = 6;

/// From so many on, reports that say the same are one.
const MANY: usize = 4;
/// Places of the others that are named there.
const NAMED: usize = 5;

/// How to render.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// The form.
    pub output: Output,
    /// With terminal colours.
    pub colour: bool,
    /// At most this many, errors first; the rest is counted. Text shows what says the same as one.
    pub most: usize,
}

/// The form of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output {
    /// For people.
    Text,
    /// One JSON object per line.
    Json,
    /// Annotations as GitHub Actions takes them: one workflow command per line.
    Github,
}

impl Style {
    /// Plain text, everything.
    pub const PLAIN: Self = Self { output: Output::Text, colour: false, most: usize::MAX };
}

/// The diagnostics as text, errors first, then by place. `sources` holds the document, then `sdk.toml` if there is one.
pub fn render(diagnostics: &[Diagnostic], sources: &[&Source], style: Style) -> String {
    let texts = Texts::new(sources);
    let located = texts.locate(diagnostics);
    if style.output == Output::Text {
        return grouped(&located, &texts, style);
    }
    let mut out = String::new();
    for one in located.iter().take(style.most) {
        match style.output {
            Output::Text => {}
            Output::Json => {
                // JSON may hold characters that a terminal obeys; as escapes they are the same.
                out.push_str(&visible(&json(one, &texts).to_string()));
                out.push('\n');
            }
            Output::Github => out.push_str(&github(one, &texts)),
        }
    }
    out
}

/// For people: what is said again and again is said once, with its places.
fn grouped(located: &[Located<'_>], texts: &Texts<'_>, style: Style) -> String {
    let mut groups: Vec<Vec<&Located<'_>>> = Vec::new();
    let mut known: HashMap<(Severity, Code, &str, Option<&str>), Vec<usize>> = HashMap::new();
    for (index, one) in located.iter().enumerate() {
        let said = one.diagnostic;
        known.entry((said.severity, said.code, &said.message, said.help.as_deref())).or_default().push(index);
    }
    for (index, one) in located.iter().enumerate() {
        let said = one.diagnostic;
        let same = known.get(&(said.severity, said.code, said.message.as_str(), said.help.as_deref()));
        match same.filter(|same| same.len() >= MANY) {
            Some(same) if same[0] == index => groups.push(same.iter().map(|at| &located[*at]).collect()),
            Some(_) => {}
            None => groups.push(vec![one]),
        }
    }
    let mut out = String::new();
    for group in groups.iter().take(style.most) {
        out.push_str(&text(group[0], &group[1..], texts, style.colour));
        out.push_str("\n\n");
    }
    let rest: Vec<&Diagnostic> = groups.iter().skip(style.most).flatten().map(|one| one.diagnostic).collect();
    if !rest.is_empty() {
        let _ = writeln!(out, "… and {} more: {}\n", rest.len(), by_code(rest.iter().copied()));
    }
    out
}

/// `the same at 29 more locations: api.yaml:40:7, api.yaml:44:9, api.yaml:50:1, …`.
fn same_at(others: &[&Located<'_>], texts: &Texts<'_>) -> String {
    let location = |one: &&Located<'_>| {
        let file = texts.get(one.primary.label.location().0).map_or("", |(source, _)| source.label.as_str());
        format!("{file}:{}:{}", one.primary.position.line, one.primary.position.column)
    };
    let many = others.len();
    let named = if many == NAMED + 1 { many } else { NAMED };
    let first = others.iter().take(named).map(location).collect::<Vec<String>>().join(", ");
    match many.saturating_sub(named) {
        0 => format!("the same at {many} more locations: {first}"),
        rest => {
            format!(
                "the same at {many} more locations: {first} and {rest} others; `--format json` lists them all"
            )
        }
    }
}

/// How much of a text is shown, in bytes. A document may have names of megabytes.
const MOST_SHOWN: usize = 2_000;

/// A part of a report as it may be shown, cut where it gets long.
pub(super) fn shown(text: &str) -> String {
    if text.len() <= MOST_SHOWN {
        return visible(text);
    }
    let end = (0..=MOST_SHOWN).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    visible(&text[..end]) + "…"
}

/// A text of a document as it may be shown on a terminal or in a line of a file: what moves the cursor, changes colours, or turns
/// the direction of writing around is spelled out, as JSON would.
pub fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if is_hidden(c) => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

/// What is not seen, and yet does something.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// `3 errors, 12 warnings`; empty when there is nothing to count.
pub fn summary(diagnostics: &[Diagnostic]) -> String {
    let count = |severity: Severity| {
        let number = diagnostics.iter().filter(|d| d.severity == severity).count();
        let word = severity.as_str();
        match number {
            0 => None,
            1 => Some(format!("1 {word}")),
            _ => Some(format!("{number} {word}s")),
        }
    };
    [Severity::Error, Severity::Warning].into_iter().filter_map(count).collect::<Vec<_>>().join(", ")
}

/// `keyword-ignored 12, untyped 3`.
fn by_code<'a>(diagnostics: impl IntoIterator<Item = &'a Diagnostic>) -> String {
    let mut counts = BTreeMap::new();
    for diagnostic in diagnostics {
        *counts.entry(diagnostic.code.as_str()).or_insert(0usize) += 1;
    }
    counts.iter().map(|(code, count)| format!("{code} {count}")).collect::<Vec<_>>().join(", ")
}

fn text(one: &Located<'_>, others: &[&Located<'_>], texts: &Texts<'_>, colour: bool) -> String {
    let diagnostic = one.diagnostic;
    let level = match diagnostic.severity {
        Severity::Warning => Level::WARNING,
        Severity::Error => Level::ERROR,
    };
    let mut group = level
        .primary_title(shown(&diagnostic.message))
        .id(diagnostic.code.as_str())
        .elements(Vec::<Origin<'_>>::new());
    for excerpt in excerpts(one, texts) {
        group = excerpt.show(group, texts);
    }
    // Pointers into the document are what fixups and names in `sdk.toml` are written with.
    let at = &diagnostic.primary.at;
    if diagnostic.primary.file == File::Document && !at.as_str().is_empty() {
        group = group.element(Level::NOTE.with_name("at").message(shown(&at.to_string())));
    }
    for note in notes(one) {
        group = group.element(Level::NOTE.message(shown(&note)));
    }
    if !others.is_empty() {
        group = group.element(Level::NOTE.message(visible(&same_at(others, texts))));
    }
    // What stands here may be styled, so the library lets everything through.
    group = group.element(Level::HELP.message(shown(&diagnostic.advice())));
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    // The library shows the source with its control characters replaced, but not those behind ASCII; escapes are its colours.
    let odd = |c: char| c.len_utf8() > 1 && is_hidden(c);
    renderer.decor_style(DecorStyle::Ascii).render(&[group]).replace(odd, "\u{fffd}")
}

/// What was done to the node before it was read.
fn notes(one: &Located<'_>) -> Vec<String> {
    let read_as = one.primary.read_as.as_ref();
    let recovered = read_as.map(|line| format!("this line has a syntax error; it is read as `{line}`"));
    one.diagnostic.notes.iter().cloned().chain(recovered).collect()
}

/// Labels that are shown in one excerpt of a text.
struct Excerpt<'a> {
    located_labels: Vec<(&'a LocatedLabel<'a>, AnnotationKind)>,
    first: usize,
    last: usize,
}

fn excerpts<'a>(one: &'a Located<'a>, texts: &Texts<'_>) -> Vec<Excerpt<'a>> {
    let mut excerpts: Vec<Excerpt<'a>> = Vec::new();
    let primary = std::iter::once((&one.primary, AnnotationKind::Primary));
    for (located_label, kind) in
        primary.chain(one.secondary.iter().map(|located_label| (located_label, AnnotationKind::Context)))
    {
        let line = located_label.position.line;
        let long = texts
            .get(located_label.label.location().0)
            .is_none_or(|(_, lines)| lines.line(line).len() > LONG_LINE);
        let near = excerpts.iter_mut().find(|e| {
            let same = e.located_labels[0].0.label.location().0 == located_label.label.location().0
                && located_label.span.is_some();
            same && !long && line + NEAR >= e.first && line <= e.last + NEAR
        });
        match near {
            Some(excerpt) => {
                excerpt.first = excerpt.first.min(line);
                excerpt.last = excerpt.last.max(line);
                excerpt.located_labels.push((located_label, kind));
            }
            None => excerpts.push(Excerpt {
                located_labels: vec![(located_label, kind)],
                first: line,
                last: line,
            }),
        }
    }
    excerpts
}

impl<'a> Excerpt<'a> {
    fn show(self, group: Group<'a>, texts: &Texts<'a>) -> Group<'a> {
        let (located_label, _) = self.located_labels[0];
        let Some((source, lines)) = texts.get(located_label.label.location().0) else { return group };
        let Some(span) = located_label.span else {
            return group.element(Origin::path(visible(&source.label)).line(1).char_column(1));
        };
        let body = source.body();
        let whole = lines.line(self.first).start..lines.line(self.last).end;
        let long = (self.first..=self.last).any(|line| lines.line(line).len() > LONG_LINE);
        if !long {
            let mut snippet =
                Snippet::source(&body[whole.clone()]).line_start(self.first).path(visible(&source.label));
            for (located_label, kind) in &self.located_labels {
                let Some(span) = located_label.span else { continue };
                let within = |at: usize| at.clamp(whole.start, whole.end) - whole.start;
                let text = Some(shown(&located_label.label.text)).filter(|text| !text.is_empty());
                snippet = snippet.annotation(kind.span(within(span.start)..within(span.end)).label(text));
            }
            return group.element(snippet);
        }
        // A minified document is one line of megabytes: cut, and say the true column by hand.
        let (start, end) = (span.start.saturating_sub(AROUND), span.end.min(span.start + AROUND) + AROUND);
        let start =
            (start.max(whole.start)..=span.start).find(|at| body.is_char_boundary(*at)).unwrap_or(span.start);
        let end = (end.min(whole.end)..=whole.end).find(|at| body.is_char_boundary(*at)).unwrap_or(whole.end);
        let text = Some(shown(&located_label.label.text)).filter(|text| !text.is_empty());
        let marked = (span.start - start)..(span.end.clamp(span.start, end) - start);
        let origin = Origin::path(visible(&source.label))
            .line(located_label.position.line)
            .char_column(located_label.position.column);
        let snippet = Snippet::source(&body[start..end])
            .line_start(self.first)
            .annotation(self.located_labels[0].1.span(marked).label(text));
        group.element(origin).element(snippet)
    }
}

/// `::error file=…,line=…,col=…,title=…::message`, with the escapes of workflow commands.
fn github(one: &Located<'_>, texts: &Texts<'_>) -> String {
    // The lines of the annotation are ours; what stands in them is not.
    let lines = |text: &str| text.split('\n').map(visible).collect::<Vec<_>>().join("\n");
    let data = |text: &str| lines(text).replace('%', "%25").replace('\n', "%0A");
    let property = |text: &str| data(text).replace(':', "%3A").replace(',', "%2C");
    let diagnostic = one.diagnostic;
    let mut text = shown(&diagnostic.message);
    for located_label in &one.secondary {
        let file =
            texts.get(located_label.label.location().0).map_or("", |(source, _)| source.label.as_str());
        let _ = write!(
            text,
            "\n{file}:{}:{}: {}",
            located_label.position.line,
            located_label.position.column,
            shown(&located_label.label.text)
        );
    }
    for note in notes(one) {
        let _ = write!(text, "\nnote: {}", shown(&note));
    }
    let _ = write!(text, "\nhelp: {}", shown(&diagnostic.advice()));
    let source = texts.get(one.primary.label.location().0);
    let end = one.primary.span.zip(source.as_ref()).map(|(span, (_, lines))| lines.position(span.end));
    let end = end.unwrap_or(one.primary.position);
    format!(
        "::{} file={},line={},col={},endLine={},endColumn={},title={}::{}\n",
        diagnostic.severity.as_str(),
        property(source.map_or("", |(source, _)| source.label.as_str())),
        one.primary.position.line,
        one.primary.position.column,
        end.line,
        end.column,
        property(diagnostic.code.as_str()),
        data(&text),
    )
}

fn json(one: &Located<'_>, texts: &Texts<'_>) -> serde_json::Value {
    let label = |located_label: &LocatedLabel<'_>| {
        serde_json::json!({
            "file": texts.get(located_label.label.location().0).map(|(source, _)| source.label.as_str()),
            "line": located_label.span.map(|_| located_label.position.line),
            "column": located_label.span.map(|_| located_label.position.column),
            "start": located_label.span.map(|span| span.start),
            "end": located_label.span.map(|span| span.end),
            "pointer": located_label.label.at.as_str(),
            "text": located_label.label.text,
        })
    };
    serde_json::json!({
        "code": one.diagnostic.code.as_str(),
        "severity": one.diagnostic.severity.as_str(),
        "message": one.diagnostic.message,
        "primary": label(&one.primary),
        "secondary": one.secondary.iter().map(label).collect::<Vec<_>>(),
        "notes": notes(one),
        "help": one.diagnostic.advice(),
    })
}
