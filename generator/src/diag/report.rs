//! Renders `report.txt`: every warning of a run as stable plain text, grouped by code, to be committed and
//! compared.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::located::{Located, Texts};
use super::render::shown;
use super::{Code, Diagnostic, visible};
use crate::source::Source;

/// Renders the report: codes by name, each with its locations in document order. Diagnostics that `sdk.toml`
/// allows are counted.
pub fn report(diagnostics: &[Diagnostic], allowed: &BTreeMap<Code, usize>, sources: &[&Source]) -> String {
    let texts = Texts::new(sources);
    let located = texts.locate(diagnostics);
    let mut groups: BTreeMap<&str, Vec<&Located<'_>>> = BTreeMap::new();
    for one in &located {
        groups.entry(one.diagnostic.code.as_str()).or_default().push(one);
    }
    let name =
        sources.first().map_or_else(|| "the document".to_owned(), |source| visible(source.file_name()));
    let mut out =
        format!("What the generator decided or skipped in {name}, at {} locations.\n", located.len());
    for (code, group) in &groups {
        let summary = group[0].diagnostic.code.summary();
        let _ = writeln!(out, "\n{code} ({}): {summary}", group.len());
        for one in group {
            let position = one.primary.position;
            let file = texts
                .get(one.primary.label.location().0)
                .map_or_else(String::new, |(source, _)| visible(source.file_name()));
            let _ = write!(
                out,
                "  {file}:{}:{}: {}",
                position.line,
                position.column,
                shown(&one.diagnostic.message)
            );
            match one.primary.label.at.as_str() {
                "" => out.push('\n'),
                at => {
                    let _ = writeln!(out, " [#{}]", shown(at));
                }
            }
        }
    }
    if !allowed.is_empty() {
        let _ = writeln!(out, "\nallowed by sdk.toml, not listed:");
        let mut lines: Vec<String> =
            allowed.iter().map(|(code, count)| format!("  {}: {count}\n", code.as_str())).collect();
        lines.sort_unstable();
        out.extend(lines);
    }
    out
}
