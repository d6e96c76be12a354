//! Renders what was learned, as text and as JSON.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::learned::{Finding, Learned};
use crate::diag::{Output, Style, counted, render, visible};
use crate::source::Source;

/// Renders findings as text, with excerpts of the document. `most` limits how many are shown.
pub fn text(learned: &Learned, sources: &[&Source], colour: bool, most: usize) -> String {
    let diagnostics: Vec<_> = learned.findings.iter().map(|finding| finding.diagnostic.clone()).collect();
    let mut out = render(&diagnostics, sources, Style { output: Output::Text, colour, most });
    let matched = learned.matched;
    let bodies = if learned.bodies == 1 { "1 body".to_owned() } else { format!("{} bodies", learned.bodies) };
    let _ = writeln!(
        out,
        "{} of known operations, {} of unknown ones, {} of other servers; {} compared",
        counted(matched.known, "exchange"),
        matched.unknown,
        matched.foreign,
        bodies
    );
    let _ = writeln!(
        out,
        "{}, {} of which the SDK refuses; {}",
        counted(learned.findings.len(), "difference"),
        learned.breaking(),
        counted(learned.fixups.len(), "fixup")
    );
    out
}

/// Renders findings as JSON: an object with `exchanges`, `findings` and `fixups`.
pub fn json(learned: &Learned, sources: &[&Source]) -> Value {
    let matched = learned.matched;
    let findings: Vec<Value> = learned.findings.iter().map(|finding| one(finding, sources)).collect();
    let fixups: Vec<Value> = learned
        .fixups
        .iter()
        .map(|one| json!({"at": one.fixup.at, "reason": one.fixup.reason, "toml": one.text}))
        .collect();
    json!({
        "exchanges": {"known": matched.known, "unknown": matched.unknown, "foreign": matched.foreign},
        "bodies": learned.bodies,
        "findings": findings,
        "fixups": fixups,
    })
}

fn one(finding: &Finding, sources: &[&Source]) -> Value {
    let diagnostic = std::slice::from_ref(&finding.diagnostic);
    let line = render(diagnostic, sources, Style { output: Output::Json, ..Style::PLAIN });
    let located: Value = serde_json::from_str(&line).unwrap_or_default();
    let evidence: Vec<Value> = finding
        .evidence
        .iter()
        .map(|one| json!({"entry": visible(&one.entry), "call": one.call, "path": one.path}))
        .collect();
    json!({
        "kind": finding.kind.as_str(),
        "at": finding.at.to_string(),
        "name": finding.name,
        "breaks": finding.breaks,
        "count": finding.count,
        "of": finding.of,
        "evidence": evidence,
        "fixups": finding.fixups,
        "diagnostic": located,
    })
}
