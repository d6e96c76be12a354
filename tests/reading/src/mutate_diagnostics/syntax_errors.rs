//! Inserts syntax errors into the text of a document.

use super::write::{Form, Place};
use crate::mutate_diff::random;

/// The minimum number of lines between two syntax errors.
const APART: usize = 12;

/// An inserted syntax error.
#[derive(Clone, Debug)]
pub struct SyntaxError {
    /// What it is.
    pub name: &'static str,
    /// Where a report of it may point.
    pub places: Vec<Place>,
}

/// The changed line, and the columns (from 0) of what is wrong in it; the line is the one below where the flag is set.
type Slipped = Option<(String, Vec<usize>, bool)>;

/// A kind of syntax error: the change of a line, which also gets the line below.
type Kind = (&'static str, fn(&str, &str) -> Slipped);

const JSON: &[Kind] = &[
    ("comma before a bracket", |line, below| {
        let fits = below.trim_start().starts_with(['}', ']']) && !line.ends_with(['{', '[', ',']);
        fits.then(|| (format!("{line},"), vec![line.chars().count()], false))
    }),
    ("comma that is missing", |line, below| {
        let fits = below.trim_start().starts_with('"');
        let line = line.strip_suffix(',').filter(|line| fits && !line.ends_with(['}', ']']))?;
        Some((line.to_owned(), vec![indent(below)], true))
    }),
    ("comment", |line, _| {
        let at = line.chars().count() + 1;
        line.ends_with(',').then(|| (format!("{line} // note"), vec![at], false))
    }),
    ("key in single quotes", |line, _| {
        let (at, key, rest) = key(line)?;
        Some((format!("{}'{key}'{rest}", " ".repeat(at)), vec![at], false))
    }),
    ("key without quotes", |line, _| {
        let (at, key, rest) = key(line).filter(|(_, key, _)| key.bytes().all(|b| b.is_ascii_alphabetic()))?;
        Some((format!("{}{key}{rest}", " ".repeat(at)), vec![at], false))
    }),
    ("quote that is not closed", |line, _| {
        let (at, _) = text(line)?;
        Some((line.strip_suffix("\",").map(|line| format!("{line},"))?, vec![at], false))
    }),
    ("word of another language", |line, _| {
        let at = line.strip_suffix("true,")?;
        Some((format!("{at}True,"), vec![at.chars().count()], false))
    }),
    ("control character", |line, _| {
        let (at, value) = text(line).filter(|(_, value)| value.len() > 2 && value.is_ascii())?;
        Some((line.replacen(value, &format!("\u{7}{value}"), 1), vec![at + 1, at], false))
            .filter(|(line, ..)| line.contains("\"\u{7}"))
    }),
    ("colon that is missing", |line, _| {
        let (at, key, rest) = key(line)?;
        let rest = rest.strip_prefix(": ").filter(|rest| rest.starts_with('"'))?;
        let value = at + key.chars().count() + 3;
        Some((format!("{}\"{key}\" {rest}", " ".repeat(at)), vec![value, at], false))
    }),
    ("escape that there is not", |line, _| {
        let (at, _) =
            text(line).filter(|(_, value)| value.len() > 2 && value.is_ascii() && !value.contains('\\'))?;
        let before: String = line.chars().take(at + 1).collect();
        let behind: String = line.chars().skip(at + 1).collect();
        Some((format!("{before}\\q{behind}"), vec![at + 1, at], false))
    }),
];

const YAML: &[Kind] = &[
    ("tab", |line, _| {
        let at = indent(line);
        (at > 2 && !line[at..].starts_with("- ")).then(|| (format!("\t{}", &line[at..]), vec![0, 1], false))
    }),
    ("space too many", |line, below| {
        let at = indent(line);
        let fits = at > 2 && indent(below) == at && word(line).is_some() && !line[at..].starts_with("- ");
        fits.then(|| (format!(" {line}"), vec![at, at + 1], false))
    }),
    ("quote that is not closed", |line, _| {
        let (at, _) =
            text(line).filter(|(_, value)| value.len() > 2 && !value.contains(['"', '\\', '\'']))?;
        Some((line.strip_suffix('"')?.to_owned(), vec![at], false))
    }),
    ("colon in a text", |line, _| {
        let (at, value) = word(line)?;
        Some((format!("{line}: {value}"), vec![at], false))
    }),
    ("at sign", |line, _| {
        let (at, value) = word(line)?;
        Some((format!("{}@{value}", &line[..at]), vec![at], false))
    }),
    ("dash without a space", |line, _| {
        let at = indent(line);
        let rest = line[at..]
            .strip_prefix("- ")
            .filter(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()))?;
        Some((format!("{}-{rest}", &line[..at]), vec![at], false))
    }),
    ("colon that is missing", |line, below| {
        let at = indent(line);
        let key = line[at..].strip_suffix(':').filter(|key| key.bytes().all(|b| b.is_ascii_alphabetic()))?;
        (indent(below) > at).then(|| (format!("{}{key}", &line[..at]), vec![at], false))
    }),
    ("bracket that is not closed", |line, _| {
        let (at, value) = word(line)?;
        Some((format!("{}[{value}", &line[..at]), vec![at], false))
    }),
    ("alias of nothing", |line, _| {
        let (at, value) = word(line)?;
        Some((format!("{}*{value}", &line[..at]), vec![at], false))
    }),
    ("control character", |line, _| {
        let (at, value) = word(line)?;
        Some((format!("{}{value}\u{7}", &line[..at]), vec![at + value.len(), at], false))
    }),
];

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// Indentation, key and what follows, of a line of JSON.
fn key(line: &str) -> Option<(usize, &str, &str)> {
    let at = indent(line);
    let (key, rest) = line[at..].strip_prefix('"')?.split_once('"')?;
    (rest.starts_with(": ") && !key.contains(['\\', '\'']) && !key.is_empty()).then_some((at, key, rest))
}

/// Column and content of the text that a line ends with; the column is that of its quote.
fn text(line: &str) -> Option<(usize, &str)> {
    let (before, value) = line.split_once(": \"")?;
    let value = value.trim_end_matches(',').strip_suffix('"')?;
    Some((before.chars().count() + 2, value)).filter(|_| !value.contains('"') && !before.contains(": "))
}

/// Column and content of the plain word that a line of YAML ends with.
fn word(line: &str) -> Option<(usize, &str)> {
    let (before, value) = line.split_once(": ")?;
    let plain = !value.is_empty() && value.bytes().all(|b| b.is_ascii_alphabetic());
    (plain && before.is_ascii() && !before.contains(['"', '?'])).then_some((before.len() + 2, value))
}

/// Inserts `count` syntax errors of all kinds in turn, apart from one another.
pub fn insert_syntax_errors(
    text: &str,
    form: Form,
    count: usize,
    seed: &mut u64,
) -> (String, Vec<SyntaxError>) {
    let kinds = if form == Form::Yaml { YAML } else { JSON };
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let mut inserted: Vec<(usize, SyntaxError)> = Vec::new();
    let first = random(seed, kinds.len());
    for turn in 0..count {
        let (name, make) = kinds[(first + turn) % kinds.len()];
        for _ in 0..2000 {
            let at = random(seed, lines.len().saturating_sub(1));
            if inserted.iter().any(|(other, _)| other.abs_diff(at) < APART) {
                continue;
            }
            let Some((line, columns, is_below)) = make(&lines[at], &lines[at + 1]) else { continue };
            lines[at] = line;
            let row = at + 1 + usize::from(is_below);
            let places = columns.into_iter().map(|column| (row, column + 1)).collect();
            inserted.push((at, SyntaxError { name, places }));
            break;
        }
    }
    inserted.sort_by_key(|(at, _)| *at);
    (lines.join("\n") + "\n", inserted.into_iter().map(|(_, error)| error).collect())
}
