//! Renders the results of documents, as text and as JSON.

use std::collections::BTreeMap;

use reading::sweep::{Score, Tally};
use sdkgen::diag::visible;
use serde_json::{Value, json};

use super::compile::Task;
use super::document::Row;

/// The head of the table.
const HEAD: [&str; 13] = [
    "document",
    "operations",
    "schemas",
    "types",
    "ms",
    "lines",
    "check s",
    "cpu s",
    "peak MB",
    "warnings",
    "bodies",
    "mutated",
    "made",
];
/// Maximum number of kinds of failure to show per document.
const MOST_SHOWN: usize = 12;

/// Renders a row per document, and the sum.
pub(super) fn text(rows: &[Row]) -> String {
    let mut lines = vec![HEAD.map(str::to_owned)];
    lines.extend(rows.iter().map(cells));
    lines.push(sum(rows));
    aligned(&lines)
}

/// Aligns cells: the first column to the left, the others to the right.
pub(super) fn aligned<const N: usize>(lines: &[[String; N]]) -> String {
    let widths: Vec<usize> = (0..N)
        .map(|at| lines.iter().map(|line| line[at].chars().count()).max().unwrap_or_default())
        .collect();
    let mut out = String::new();
    for line in lines {
        let padded: Vec<String> = line
            .iter()
            .zip(&widths)
            .enumerate()
            .map(
                |(at, (cell, width))| {
                    if at == 0 { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
                },
            )
            .collect();
        out.push_str(padded.join("  ").trim_end());
        out.push('\n');
    }
    out
}

/// Renders a row as progress, if there is no progress bar.
pub(super) fn line(row: &Row) -> String {
    let cells = cells(row);
    let told: Vec<String> = HEAD
        .iter()
        .zip(&cells)
        .skip(1)
        .filter(|(_, cell)| *cell != "-")
        .map(|(head, cell)| format!("{cell} {head}"))
        .collect();
    format!("{}: {}\n", row.name, told.join(", "))
}

fn cells(row: &Row) -> [String; 13] {
    let check = row.task(Task::Check);
    let measure = check.and_then(|check| check.measure);
    let told = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
    let warnings = match &row.trouble {
        Some(_) => "failed".to_owned(),
        None => told((!row.compiled.is_empty()).then(|| said(row))),
    };
    [
        row.name.clone(),
        row.operations.to_string(),
        told((row.schemas > 0).then(|| row.schemas.to_string())),
        row.types.to_string(),
        row.ms.to_string(),
        row.lines.to_string(),
        told(measure.map(|measure| format!("{:.1}", measure.seconds))),
        told(measure.map(|measure| format!("{:.1}", measure.cpu))),
        told(measure.map(|measure| measure.peak.to_string())),
        warnings,
        told(row.bodies.as_ref().map(|tally| tally.plain().to_string())),
        told(row.bodies.as_ref().map(|tally| tally.mutated().to_string())),
        told(row.made.as_ref().map(|tally| format!("{}/{}", tally.valid, tally.made))),
    ]
}

/// Returns the errors and warnings of all commands.
fn said(row: &Row) -> String {
    let count =
        |of: fn(&super::compile::Compiled) -> usize| row.compiled.iter().map(|(_, c)| of(c)).sum::<usize>();
    match count(|compiled| compiled.errors.len()) {
        0 => count(|compiled| compiled.warnings.len()).to_string(),
        1 => "1 error".to_owned(),
        errors => format!("{errors} errors"),
    }
}

fn sum(rows: &[Row]) -> [String; 13] {
    let add = |of: fn(&Row) -> usize| rows.iter().map(of).sum::<usize>().to_string();
    let measures = || rows.iter().filter_map(|row| row.task(Task::Check)?.measure);
    let tallies = || rows.iter().filter_map(|row| row.bodies.as_ref());
    let made = || rows.iter().filter_map(|row| row.made.as_ref());
    let plain: Score = tallies().map(Tally::plain).sum();
    let mutated: Score = tallies().map(Tally::mutated).sum();
    let ill = rows.iter().filter(|row| !row.is_well()).count();
    [
        format!("{} documents, {ill} with problems", rows.len()),
        add(|row| row.operations),
        add(|row| row.schemas),
        add(|row| row.types),
        rows.iter().map(|row| row.ms).sum::<u128>().to_string(),
        add(|row| row.lines),
        format!("{:.1}", measures().fold(0.0, |sum, measure| sum + measure.seconds)),
        format!("{:.1}", measures().fold(0.0, |sum, measure| sum + measure.cpu)),
        measures().map(|measure| measure.peak).max().unwrap_or_default().to_string(),
        add(|row| row.compiled.iter().map(|(_, compiled)| compiled.warnings.len()).sum()),
        plain.to_string(),
        mutated.to_string(),
        format!(
            "{}/{}",
            made().map(|tally| tally.valid).sum::<usize>(),
            made().map(|tally| tally.made).sum::<usize>()
        ),
    ]
}

/// Describes the failures of a document; empty if there are none.
pub(super) fn problems(row: &Row) -> String {
    let mut out = String::new();
    let mut say = |text: &str| out.push_str(&format!("{}: {}\n", visible(&row.name), visible(text)));
    if let Some(trouble) = &row.trouble {
        say(trouble);
    }
    for (task, compiled) in &row.compiled {
        for message in compiled.errors.iter().chain(&compiled.warnings).take(MOST_SHOWN) {
            say(&format!("`cargo {}`: {message}", task.name()));
        }
    }
    if let Some(tally) = &row.made {
        for (reason, count) in &tally.unmade {
            say(&format!("not constructed, {count} times: {reason}"));
        }
        for failure in tally.failures.iter().take(MOST_SHOWN) {
            say(&format!("constructed value: {failure}"));
        }
    }
    if let Some(tally) = &row.bodies {
        for (limit, count) in &tally.limits {
            say(&format!("not tested, {count} times: {limit}"));
        }
        for pointer in tally.untyped.iter().take(MOST_SHOWN) {
            say(&format!("`{pointer}` has no type"));
        }
        let kinds = kinds(row);
        for (kind, (count, example)) in kinds.iter().take(MOST_SHOWN) {
            say(&format!("{count} bodies: {kind}: {example}"));
        }
        if kinds.len() > MOST_SHOWN {
            say(&format!("and {} more kinds of failure", kinds.len() - MOST_SHOWN));
        }
    }
    out
}

/// Groups failures by reason without quoted parts, the most frequent first.
fn kinds(row: &Row) -> Vec<(String, (usize, String))> {
    let mut kinds: BTreeMap<String, (usize, String)> = BTreeMap::new();
    for failure in row.bodies.iter().flat_map(|tally| &tally.failures) {
        let kind = nature(&failure.reason);
        let entry = kinds.entry(kind).or_insert_with(|| (0, failure.to_string()));
        entry.0 += 1;
    }
    let mut kinds: Vec<_> = kinds.into_iter().collect();
    kinds.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
    kinds
}

/// Removes locations, names and numbers from a reason.
fn nature(reason: &str) -> String {
    let mut out = String::new();
    for (at, part) in reason.split('`').enumerate() {
        out.push_str(if at % 2 == 1 { "`…`" } else { part });
    }
    let words = out.split_whitespace().filter(|word| !word.starts_with(['$', '/']));
    words
        .map(|word| if word.contains(|c: char| c.is_ascii_digit()) { "N" } else { word })
        .collect::<Vec<_>>()
        .join(" ")
}

/// Renders the rows as JSON.
pub(super) fn json(rows: &[Row]) -> Value {
    rows.iter().map(row).collect()
}

fn row(row: &Row) -> Value {
    let compiled = row.compiled.iter().map(|(task, compiled)| {
        let measure =
            compiled.measure.map(|m| json!({"seconds": m.seconds, "cpu": m.cpu, "peak_mb": m.peak}));
        let told = json!({"measure": measure, "errors": compiled.errors, "warnings": compiled.warnings});
        (task.name().to_owned(), told)
    });
    let bodies = row.bodies.as_ref().map(|tally| {
        let score = |of: Score| json!({"tried": of.tried, "passed": of.passed});
        let changed: serde_json::Map<String, Value> = tally
            .changed
            .keys()
            .map(|change| (change.words().to_owned(), score(tally.with(*change))))
            .collect();
        let kinds: serde_json::Map<String, Value> =
            kinds(row).into_iter().map(|(kind, (count, _))| (kind, json!(count))).collect();
        json!({
            "schemas": tally.schemas,
            "tried": tally.tried(),
            "passed": tally.tried() - tally.failures.len(),
            "examples": tally.examples,
            "examples_that_do_not_fit": tally.mismatches,
            "synthesised": tally.synthesised,
            "refused_by_the_judge": tally.refused,
            "limits": tally.limits,
            "plain": score(tally.plain()),
            "mutated": score(tally.mutated()),
            "mutated_by": changed,
            "schemas_without_bodies": tally.empty,
            "schemas_without_type": tally.untyped,
            "failures": kinds,
        })
    });
    json!({
        "document": row.name,
        "operations": row.operations,
        "schemas": row.schemas,
        "types": row.types,
        "ms": row.ms as u64,
        "lines": row.lines,
        "reports": row.reports,
        "compiled": compiled.collect::<serde_json::Map<String, Value>>(),
        "bodies": bodies,
        "made": row.made.as_ref().map(|tally| {
            json!({"made": tally.made, "valid": tally.valid, "not_made": tally.unmade, "failures": tally.failures.len()})
        }),
        "trouble": row.trouble,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_of_one_nature_fall_together() {
        assert_eq!(nature("$.a[3]: member `x` is lost"), nature("$.b: member `y` is lost"));
        assert_eq!(nature("line 3, column 12: expected `i64`"), "line N column N expected `…`");
    }

    #[test]
    fn the_table_has_a_row_for_each_document_and_a_sum() {
        let rows = [
            Row { name: "a".into(), operations: 3, ms: 7, ..Row::default() },
            Row { name: "b".into(), trouble: Some("refused".into()), ..Row::default() },
        ];
        let text = text(&rows);
        let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(lines[1], ["a", "3", "-", "0", "7", "0", "-", "-", "-", "-", "-", "-", "-"]);
        assert!(lines[2].contains(&"failed") && text.contains("2 documents, 1 with problems"));
        assert_eq!((problems(&rows[0]), problems(&rows[1])), (String::new(), "b: refused\n".to_owned()));
    }
}
