//! Renders changes as text.

use std::fmt::Write as _;

use crate::diag::visible;
use crate::diff::{Changes, Class};

use super::Placed;

/// The classes, most important first, with their headings.
pub(super) const CLASSES: [(Class, &str); 3] =
    [(Class::Breaking, "Breaking"), (Class::Addition, "Additions"), (Class::Fix, "Fixes")];

/// Renders every change with its locations, and the verdict.
pub fn text(placed: &[Placed<'_>], changes: &Changes) -> String {
    let mut out = String::new();
    for (class, heading) in CLASSES {
        let these: Vec<&Placed<'_>> = placed.iter().filter(|one| one.change.class == class).collect();
        if these.is_empty() {
            continue;
        }
        let _ = writeln!(out, "{heading} ({})\n", these.len());
        for one in these {
            let change = one.change;
            // A line of a document could be a command to the host of a workflow.
            let (item, what) = (visible(&change.item), visible(&change.what));
            let _ = writeln!(out, "  {item} {what} [{}]", change.kind.as_str());
            let _ = writeln!(out, "    = {}", visible(&change.why));
            for (word, location) in [("old", &one.old), ("new", &one.new)] {
                if let Some(location) = location {
                    let _ = writeln!(
                        out,
                        "    {word} {} {}",
                        visible(&location.shown()),
                        visible(&location.pointer)
                    );
                }
            }
        }
        out.push('\n');
    }
    let _ = writeln!(out, "verdict: {}", verdict(changes));
    out
}

/// Formats the verdict: `major (3 breaking, 1 addition)`.
pub(super) fn verdict(changes: &Changes) -> String {
    let word = |class: Class, count: usize| match (class, count) {
        (Class::Breaking, _) => "breaking",
        (Class::Addition, 1) => "addition",
        (Class::Addition, _) => "additions",
        (Class::Fix, 1) => "fix",
        (Class::Fix, _) => "fixes",
    };
    let counts: Vec<String> = CLASSES
        .iter()
        .map(|(class, _)| (*class, changes.count(*class)))
        .filter(|(_, count)| *count > 0)
        .map(|(class, count)| format!("{count} {}", word(class, count)))
        .collect();
    match counts.is_empty() {
        true => "none (nothing changed)".to_owned(),
        false => format!("{} ({})", changes.verdict().as_str(), counts.join(", ")),
    }
}
