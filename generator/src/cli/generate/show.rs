//! Shows stale files as a short unified diff, and errors.

use std::fmt::Write as _;
use std::path::Path;

use crate::Input;
use crate::diag::{Diagnostic, counted, render, summary, visible};
use crate::ledger::Ledger;
use similar::algorithms::{Capture, Compact, Replace, myers};

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
/// Lines that are shown before and after a difference.
const CONTEXT: usize = 2;

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
    let lines = unified(shown, old, new);
    for line in lines.iter().take(MOST_LINES) {
        let _ = writeln!(text, "{line}");
    }
    if lines.len() > MOST_LINES {
        let _ = writeln!(text, "… and {} more lines", lines.len() - MOST_LINES);
    }
}

/// The lines of a unified diff. `TextDiff` makes the same, but has each algorithm compiled, of which this needs one.
fn unified(shown: &str, old: &str, new: &str) -> Vec<String> {
    let split = |text| str::split_inclusive(text, '\n').collect::<Vec<&str>>();
    let (old, new) = (split(old), split(new));
    let mut found = Compact::new(Replace::new(Capture::new()), &old, &new);
    let Ok(()) = myers::diff(&mut found, &old, 0..old.len(), &new, 0..new.len());
    let mut lines = vec![format!("--- {shown}"), format!("+++ {shown} (generated)")];
    for hunk in found.into_inner().into_inner().into_grouped_ops(CONTEXT) {
        let (Some(first), Some(last)) = (hunk.first(), hunk.last()) else { continue };
        let old_range = range(first.old_range().start, last.old_range().end);
        let new_range = range(first.new_range().start, last.new_range().end);
        lines.push(format!("@@ -{old_range} +{new_range} @@"));
        for change in hunk.iter().flat_map(|op| op.iter_changes(&old, &new)) {
            let line = change.value();
            lines.push(format!("{}{}", change.tag(), line.trim_end_matches(['\r', '\n'])));
            if !line.ends_with('\n') {
                lines.push("\\ No newline at end of file".to_owned());
            }
        }
    }
    lines
}

/// Lines in the head of a hunk: the first one, and how many unless it is one. None at all are named by the line before them.
fn range(start: usize, end: usize) -> String {
    match end - start {
        0 => format!("{start},0"),
        1 => format!("{}", start + 1),
        count => format!("{},{count}", start + 1),
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

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    fn shown(old: &str, new: &str) -> String {
        let mut text = String::new();
        difference(&mut text, "src/a.rs", old, new);
        text
    }

    #[test]
    fn a_stale_file_is_shown_as_a_unified_diff_with_two_lines_of_context() {
        let old = "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\n";
        let new = old.replace("four", "4").replace("ten\n", "ten\neleven\n");
        expect![[r#"
            --- src/a.rs
            +++ src/a.rs (generated)
            @@ -2,5 +2,5 @@
             two
             three
            -four
            +4
             five
             six
            @@ -9,2 +9,3 @@
             nine
             ten
            +eleven
        "#]]
        .assert_eq(&shown(old, &new));
    }

    #[test]
    fn a_long_diff_is_cut_and_says_how_much_is_left() {
        let new: String = (0..40).map(|line| format!("{line}\n")).collect();
        let text = shown("old\n", &new);
        // Of two lines of names, the head of the hunk, a line that goes and forty that come.
        assert_eq!(text.lines().count(), MOST_LINES + 1);
        assert_eq!(text.lines().last(), Some("… and 14 more lines"));
    }
}
