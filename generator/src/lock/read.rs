//! Parses `names.lock` into a [`Lock`].

use toml::de::{DeTable, DeValue};

use super::{Lock, Section};
use crate::diag::{Code, Diagnostic, Sink};
use crate::locate::Span;
use crate::pointer::Pointer;
use crate::source::Source;

const HELP: &str = "restore the file from version control, or recreate it with `sdkgen generate --relock`";

const MERGE_HELP: &str = "keep the lines of both sides, each location once, remove the conflict markers, and run `sdkgen generate`";

/// Reads `names.lock`, and reports its problems. `file` is its index among the texts of the run. Returns
/// `None` if nothing can be read.
pub(crate) fn lock(source: &Source, file: u16, sink: &mut Sink) -> Option<Lock> {
    let body = source.body();
    if let Some(at) = merged(body) {
        let message = "the file has merge conflict markers";
        let end = body[at..].find('\n').map_or(body.len(), |line| at + line);
        let found = Diagnostic::in_other(file, Code::Lock, &Pointer::root(), message);
        sink.report(found.at_span(Span::new(at, end)).help(MERGE_HELP));
        return None;
    }
    let (root, errors) = DeTable::parse_recoverable(body);
    if let Some(error) = errors.first() {
        let span = error.span().map_or(Span::new(0, 0), |range| Span::new(range.start, range.end));
        let message = error.message().lines().collect::<Vec<_>>().join(", ");
        let found = Diagnostic::in_other(file, Code::Lock, &Pointer::root(), message).at_span(span);
        sink.report(found.help(HELP));
        return None;
    }
    let mut lock = Lock::default();
    for (key, value) in root.get_ref().iter() {
        let (key, at) = (key.get_ref().as_ref(), Pointer::root().child(key.get_ref()));
        let section = Section::ALL.into_iter().find(|section| section.as_str() == key);
        match (section, value.get_ref()) {
            (Some(section), DeValue::Table(entries)) => {
                for (place, names) in entries.iter() {
                    let place: &str = place.get_ref();
                    match self::names(names.get_ref()) {
                        Some(names) => lock.insert(section, place, names),
                        None => wrong(&at.child(place), "a name or an array of names", file, sink),
                    }
                }
            }
            (Some(_), _) => wrong(&at, "a table", file, sink),
            (None, _) => {
                let message = format!("`names.lock` has no section `{key}`");
                let help = format!("{HELP}; or use the newer version of the generator that wrote it");
                sink.report(Diagnostic::in_other(file, Code::Lock, &at, message).at_key().help(help));
            }
        }
    }
    Some(lock)
}

/// Returns the offset of the first merge conflict marker.
fn merged(body: &str) -> Option<usize> {
    let marks = ["<<<<<<< ", ">>>>>>> "];
    let is_mark = |line: &str| marks.iter().any(|mark| line.starts_with(mark));
    let mut at = 0;
    body.split_inclusive('\n').find_map(|line| {
        let start = at;
        at += line.len();
        is_mark(line).then_some(start)
    })
}

fn names(value: &DeValue<'_>) -> Option<Vec<String>> {
    match value {
        DeValue::String(name) => Some(vec![name.to_string()]),
        DeValue::Array(items) => {
            items.iter().map(|item| item.get_ref().as_str().map(str::to_owned)).collect()
        }
        _ => None,
    }
}

fn wrong(at: &Pointer, wanted: &str, file: u16, sink: &mut Sink) {
    let key = at.keys().last().unwrap_or_default();
    let message = format!("`{key}` must be {wanted}");
    sink.report(Diagnostic::in_other(file, Code::Lock, at, message).help(HELP));
}
