//! Renders diagnostics as text in the style of rustc, as JSON lines, or as annotations.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::located::{LONG_LINE, Located, LocatedLabel, Texts};
use super::{Code, Diagnostic, File, Severity};
use crate::source::Source;

/// Bytes of a longer line that are shown on each side of the underlined part.
const AROUND: usize = 80;
/// Maximum distance in lines of labels that share an excerpt.
const NEAR: usize = 6;

/// Number of equal reports from which they are shown as one.
const MANY: usize = 4;
/// Maximum number of further locations that are listed.
const NAMED: usize = 5;

/// Options for rendering.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// The output format.
    pub output: Output,
    /// Whether to use terminal colours.
    pub colour: bool,
    /// Maximum number of diagnostics, errors first; the rest is counted. Equal reports count as one in text.
    pub most: usize,
}

/// An output format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output {
    /// Text in the style of rustc.
    Text,
    /// One JSON object per line.
    Json,
    /// Annotations for GitHub Actions: one workflow command per line.
    Github,
}

impl Style {
    /// Plain text without limits.
    pub const PLAIN: Self = Self { output: Output::Text, colour: false, most: usize::MAX };
}

/// Renders diagnostics, errors first, then by location. `sources` holds the document, then `sdk.toml` if
/// there is one, then the others.
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
                // JSON may contain characters that control a terminal; escapes mean the same.
                out.push_str(&visible(&json(one, &texts).to_string()));
                out.push('\n');
            }
            Output::Github => out.push_str(&github(one, &texts)),
        }
    }
    out
}

/// Renders text, with equal reports as one.
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

/// Maximum length of a text that is shown, in bytes. Names can have megabytes.
const MOST_SHOWN: usize = 2_000;

/// Escapes a part of a report, and shortens it if it is long.
pub(super) fn shown(text: &str) -> String {
    if text.len() <= MOST_SHOWN {
        return visible(text);
    }
    let end = (0..=MOST_SHOWN).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    visible(&text[..end]) + "…"
}

/// Escapes a text of a document for a terminal or a line of a file: control characters and bidirectional
/// marks are written as in JSON.
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

/// Returns whether a character is an invisible control character.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Summarizes diagnostics as `3 errors, 12 warnings`; empty if there are none.
pub fn summary(diagnostics: &[Diagnostic]) -> String {
    let count = |severity: Severity| {
        let number = diagnostics.iter().filter(|d| d.severity == severity).count();
        (number > 0).then(|| counted(number, severity.as_str()))
    };
    [Severity::Error, Severity::Warning].into_iter().filter_map(count).collect::<Vec<_>>().join(", ")
}

/// Formats a number of things: `1 file`, `3 files`.
pub(crate) fn counted(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

/// Counts diagnostics by code: `keyword-ignored 12, untyped 3`.
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
    // Fixups and names in `sdk.toml` use pointers into the document.
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
    // The library allows styles here, so it escapes nothing.
    group = group.element(Level::HELP.message(shown(&diagnostic.advice())));
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    // The library replaces ASCII control characters in the source, but not others; escape sequences are its
    // colours.
    let odd = |c: char| c.len_utf8() > 1 && is_hidden(c);
    renderer.decor_style(DecorStyle::Ascii).render(&[group]).replace(odd, "\u{fffd}")
}

/// Returns the notes: how the node was rewritten, and how the line was corrected.
fn notes(one: &Located<'_>) -> Vec<String> {
    let read_as = one.primary.read_as.as_ref();
    let recovered = read_as.map(|line| format!("this line has a syntax error; it is read as `{line}`"));
    one.diagnostic.notes.iter().cloned().chain(recovered).collect()
}

/// The labels that share an excerpt of a text.
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
        // A minified document is one line of megabytes, so shorten it and write the true column.
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

/// Renders `::error file=…,line=…,col=…,title=…::message`, with the escapes of workflow commands.
fn github(one: &Located<'_>, texts: &Texts<'_>) -> String {
    // The line breaks of the annotation are ours; their content is escaped.
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
