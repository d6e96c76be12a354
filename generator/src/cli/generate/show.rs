//! Shows stale files as a short unified diff, and errors.

use std::fmt::Write as _;
use std::path::Path;

use crate::Input;
use crate::diag::{Diagnostic, counted, render, summary, visible};
use crate::ledger::Ledger;
use imara_diff::{Algorithm, BasicLineDiffPrinter, Diff, InternedInput, UnifiedDiffConfig};

use crate::cli::Console;
use crate::cli::args::Format;
use crate::cli::input::label;
use crate::disk::Change;

/// Maximum number of diagnostics to show.
pub(super) const MOST_SHOWN: usize = 40;

/// Maximum number of files to diff.
const MOST_FILES: usize = 5;
/// Maximum number of diff lines per file.
const MOST_LINES: usize = 30;

/// Returns the label of a path: relative to the workspace if it is inside.
pub(super) fn path(path: &Path, root: &Path) -> String {
    label(path.strip_prefix(root).unwrap_or(path))
}

/// Formats a number of files: `1 file`, `3 files`.
pub(super) fn files(number: usize) -> String {
    counted(number, "file")
}

/// Shows each change in a line, and diffs of the first few.
pub(super) fn stale(changes: &[Change], root: &Path) -> String {
    let mut text = String::new();
    for change in changes.iter().take(MOST_FILES) {
        let shown = path(&change.path, root);
        match (&change.old, &change.new) {
            (Some(old), Some(new)) => difference(&mut text, &shown, old, new),
            _ => {
                let _ = writeln!(text, "{}", line(change, &shown));
            }
        }
    }
    if changes.len() > MOST_FILES {
        let _ = writeln!(text, "… and {} more:", changes.len() - MOST_FILES);
        for change in &changes[MOST_FILES..] {
            let _ = writeln!(text, "  {}", line(change, &path(&change.path, root)));
        }
    }
    text
}

/// Lists what would be done, a line for each file.
pub(super) fn outline(changes: &[Change], root: &Path) -> String {
    let verb = |change: &Change| match (&change.old, &change.new) {
        (None, _) => "create",
        (Some(_), None) => "remove",
        (Some(_), Some(_)) => "change",
    };
    changes.iter().map(|change| format!("{} {}\n", verb(change), path(&change.path, root))).collect()
}

fn line(change: &Change, shown: &str) -> String {
    let kind = match (&change.old, &change.new) {
        (None, _) => "missing",
        (Some(_), None) => "extra",
        (Some(_), Some(_)) => "stale",
    };
    match &change.refusal {
        Some(refusal) => format!("{kind}: {shown} {}", refusal.message()),
        None => format!("{kind}: {shown}"),
    }
}

fn difference(text: &mut String, shown: &str, old: &str, new: &str) {
    let files = InternedInput::new(old, new);
    let mut diff = Diff::compute(Algorithm::Histogram, &files);
    diff.postprocess_lines(&files);
    let printer = BasicLineDiffPrinter(&files.interner);
    let mut config = UnifiedDiffConfig::default();
    config.context_len(2);
    let hunks = diff.unified_diff(&printer, config, &files).to_string();
    let _ = writeln!(text, "--- {shown}\n+++ {shown} (generated)");
    let lines: Vec<&str> = hunks.lines().collect();
    for line in lines.iter().take(MOST_LINES) {
        let _ = writeln!(text, "{line}");
    }
    if lines.len() > MOST_LINES {
        let _ = writeln!(text, "… and {} more lines", lines.len() - MOST_LINES);
    }
}

/// Shows the diagnostics of a failed run, with their number.
pub fn show_errors(input: &Input, found: &[Diagnostic], format: Format, console: &mut Console) {
    let style = console.error_style(format, MOST_SHOWN);
    console.rendered_error(&render(found, &input.sources(), style));
    if format == Format::Text {
        console.error(&format!(
            "error: {} in `{}`; nothing was written\n",
            summary(found),
            input.document.label
        ));
    }
}

/// Renders the reasons for `serde_json::Value` in a few lines, for the end of `report.txt`.
pub(super) fn untyped(untyped: &[(String, String)]) -> String {
    if untyped.is_empty() {
        return String::new();
    }
    let ledger = Ledger { untyped: untyped.to_vec(), ..Ledger::default() };
    let mut out = format!("\nserde_json::Value ({}): schemas without a Rust type, and why\n", untyped.len());
    for (reason, places) in ledger.untyped_by_reason() {
        let _ = writeln!(out, "  {} × {}, first [#{}]", places.len(), visible(reason), visible(places[0]));
    }
    out
}
