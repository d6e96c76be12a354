//! Judges names: counts the types, methods, fields and variants of each document with bad names.

use std::path::Path;

use sdkgen::diag::{Severity, Sink, Style, render};
use sdkgen::identifiers::{Fault, Identifier, IdentifierKind};
use serde_json::{Value, json};

use super::find::Found;
use crate::args::{Corpus, From};
use sdkgen::cli::home::Home;
use sdkgen::cli::input;
use sdkgen::cli::{Console, Exit, Failure};

/// The head of the table.
const HEAD: [&str; 7] = ["document", "names", "number", "stutter", "length", "any", "share"];

/// A document and its names.
struct Row {
    name: String,
    identifiers: Vec<Identifier>,
    trouble: Option<String>,
}

/// Judges the names of all documents.
pub(super) fn names(
    found: &[Found],
    args: &Corpus,
    cache: &Path,
    console: &mut Console,
) -> Result<Exit, Failure> {
    let rows: Vec<Row> = found.iter().map(|one| row(one, args)).collect();
    console.result(&text(&rows));
    for row in &rows {
        if let Some(trouble) = &row.trouble {
            console.error(&format!("{}: {trouble}\n", row.name));
        }
    }
    let path = args.json.clone().unwrap_or_else(|| cache.join("names.json"));
    let json = serde_json::to_string_pretty(&json(&rows)).unwrap_or_default() + "\n";
    std::fs::write(&path, json).map_err(|e| Failure::write(&path, &e))?;
    console.progress(&format!("written: `{}`, with each bad name\n", path.display()));
    Ok(if rows.iter().all(|row| row.trouble.is_none()) { Exit::Fine } else { Exit::Problems })
}

fn row(found: &Found, args: &Corpus) -> Row {
    let mut row = Row { name: found.name.clone(), identifiers: Vec::new(), trouble: None };
    let from = From { spec: Some(found.path.clone()), config: None, how: args.how.clone() };
    let input = match input::input(&from, Some("names"), &Home::workspace(Path::new(""))) {
        Ok(input) => input,
        Err(failure) => return Row { trouble: Some(failure.message), ..row },
    };
    let mut sink = Sink::new();
    match sdkgen::identifiers(&input, &mut sink) {
        Some(identifiers) => row.identifiers = identifiers,
        None => {
            let errors: Vec<_> =
                sink.finish().into_iter().filter(|one| one.severity == Severity::Error).collect();
            let text = render(&errors, &input.sources(), Style::PLAIN);
            row.trouble = Some(format!("refused\n{}", text.trim_end()));
        }
    }
    row
}

/// Counts of names: all, those with each fault, those with any.
fn counts<'a>(of: impl Iterator<Item = &'a Identifier>) -> [usize; 5] {
    of.fold([0; 5], |mut counts, one| {
        let has = |fault| usize::from(one.faults.contains(&fault));
        let any = usize::from(!one.faults.is_empty());
        let each = [1, has(Fault::Number), has(Fault::Stutter), has(Fault::Length), any];
        counts.iter_mut().zip(each).for_each(|(sum, one)| *sum += one);
        counts
    })
}

fn share([all, .., any]: [usize; 5]) -> f64 {
    if all == 0 { 0.0 } else { 100.0 * any as f64 / all as f64 }
}

/// Renders a row per document, per kind of name, and for all.
fn text(rows: &[Row]) -> String {
    let all = || rows.iter().flat_map(|row| &row.identifiers);
    let mut lines = vec![HEAD.map(str::to_owned)];
    lines.extend(rows.iter().map(|row| cells(&row.name, counts(row.identifiers.iter()))));
    for (kind, name) in KINDS {
        lines.push(cells(name, counts(all().filter(|one| one.kind == kind))));
    }
    lines.push(cells(&format!("{} documents", rows.len()), counts(all())));
    super::table::aligned(&lines)
}

/// The kinds of names, as the sums call them.
const KINDS: [(IdentifierKind, &str); 4] = [
    (IdentifierKind::Type, "all types"),
    (IdentifierKind::Method, "all methods"),
    (IdentifierKind::Field, "all fields"),
    (IdentifierKind::Variant, "all variants"),
];

fn cells(name: &str, counts: [usize; 5]) -> [String; 7] {
    let [all, number, stutter, length, any] = counts.map(|count| count.to_string());
    [name.to_owned(), all, number, stutter, length, any, format!("{:.2} %", share(counts))]
}

fn json(rows: &[Row]) -> Value {
    let told = |one: &Identifier| {
        let faults: Vec<&str> = one.faults.iter().map(|fault| fault.text()).collect();
        json!({"name": one.path, "faults": faults})
    };
    let row = |row: &Row| {
        let counts = counts(row.identifiers.iter());
        let [all, number, stutter, length, any] = counts;
        let found: Vec<Value> =
            row.identifiers.iter().filter(|one| !one.faults.is_empty()).map(told).collect();
        json!({
            "document": row.name, "names": all, "number": number, "stutter": stutter, "length": length,
            "any": any, "share": share(counts), "found": found, "trouble": row.trouble,
        })
    };
    rows.iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_two_faults_counts_once() {
        let one = |kind, faults: &[Fault]| Identifier { kind, path: String::new(), faults: faults.to_vec() };
        let row = Row {
            name: "a".into(),
            identifiers: vec![
                one(IdentifierKind::Type, &[Fault::Number, Fault::Length]),
                one(IdentifierKind::Type, &[]),
                one(IdentifierKind::Method, &[Fault::Stutter]),
                one(IdentifierKind::Field, &[]),
            ],
            trouble: None,
        };
        let text = text(&[row]);
        let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(lines[1], ["a", "4", "1", "1", "1", "2", "50.00", "%"]);
        assert_eq!(lines[2], ["all", "types", "2", "1", "0", "1", "1", "50.00", "%"]);
        assert_eq!(lines[6], ["1", "documents", "4", "1", "1", "1", "2", "50.00", "%"]);
    }
}
