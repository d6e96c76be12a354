//! `sdkgen ledger`: shows the keyword coverage of documents.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::Input;
use crate::diag::{Sink, visible};
use crate::ledger::{Count, Ledger};
use crate::locate::locate;
use crate::pointer::Pointer;
use crate::source::Source;
use serde_json::{Value, json};

use crate::cli::args::{From, LedgerArgs, LedgerFormat};
use crate::cli::home::Home;
use crate::cli::{Console, Exit, Failure, generate, input};

/// Maximum number of locations to list per reason.
const MOST_PLACES: usize = 10;

/// Prints the keyword coverage of each document, and fails if a node is unaccounted for.
pub(super) fn ledger(args: &LedgerArgs, home: &Home, console: &mut Console) -> Result<Exit, Failure> {
    let specs = match args.spec.as_slice() {
        [] => vec![None],
        files => files.iter().cloned().map(Some).collect(),
    };
    let mut exit = Exit::Fine;
    for spec in specs {
        let from = From { spec, config: args.config.clone(), how: args.how.clone() };
        let input = input::input(&from, None, home)?;
        let mut sink = Sink::new();
        let Some(ledger) = crate::ledger(&input, &mut sink) else {
            generate::show_errors(&input, &sink.finish(), crate::cli::args::Format::Text, console);
            exit = Exit::Problems;
            continue;
        };
        if sink.has_errors() {
            let note = "has errors, so nothing is generated; `lint` shows them";
            console.progress(&format!("note: `{}` {note}\n", input.document.label));
        }
        console.result(&match args.format {
            LedgerFormat::Text => text(&ledger, &input),
            LedgerFormat::Json => format!("{}\n", as_json(&ledger, &input)),
        });
        if ledger.missing() > 0 || !ledger.unaccounted.is_empty() {
            exit = Exit::Problems;
        }
    }
    Ok(exit)
}

fn text(ledger: &Ledger, input: &Input) -> String {
    let Count { used, recorded, ignored, .. } = ledger.total;
    let mut out = format!(
        "{}: {} nodes = {used} used + {recorded} recorded + {ignored} ignored + {} unaccounted\n",
        visible(&input.document.label),
        ledger.nodes,
        ledger.missing(),
    );
    let _ = writeln!(out, "\n{:44} {:>9} {:>9} {:>9}", "keyword", "used", "recorded", "ignored");
    for ((kind, keyword), row) in &ledger.rows {
        let name = if keyword.is_empty() { (*kind).to_owned() } else { format!("{keyword} of {kind}") };
        let name = visible(&name);
        let Count { used, recorded, ignored, unaccounted } = row.count;
        let _ = write!(out, "{name:44} {used:9} {recorded:9} {ignored:9}");
        let lost = if unaccounted > 0 { format!("  unaccounted {unaccounted}") } else { String::new() };
        let _ = writeln!(out, "{lost}");
    }
    reasons(&mut out, ledger);
    list(&mut out, "unaccounted", &ledger.unaccounted.iter().map(String::as_str).collect::<Vec<_>>(), input);
    let _ = writeln!(out, "\nserde_json::Value: {} locations", ledger.untyped.len());
    for (reason, places) in ledger.untyped_by_reason() {
        list(&mut out, reason, &places, input);
    }
    out
}

/// Returns why nodes have no effect, summed over the keywords.
fn reasons(out: &mut String, ledger: &Ledger) {
    let mut all: BTreeMap<&str, usize> = BTreeMap::new();
    for row in ledger.rows.values() {
        for (reason, count) in &row.reasons {
            *all.entry(reason).or_default() += count;
        }
    }
    let _ = writeln!(out, "\nreasons (a code: see `sdkgen explain CODE`)");
    for (reason, count) in all {
        let _ = writeln!(out, "{count:9} {}", visible(reason));
    }
}

fn list(out: &mut String, title: &str, places: &[&str], input: &Input) {
    if places.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{} × {}", places.len(), visible(title));
    let shown = &places[..places.len().min(MOST_PLACES)];
    for (at, line) in shown.iter().zip(lines(shown, input)) {
        let _ = writeln!(out, "  {}:{line}: #{}", visible(input.document.file_name()), visible(at));
    }
    if places.len() > shown.len() {
        let _ = writeln!(out, "  … and {} more; `--format json` lists them all", places.len() - shown.len());
    }
}

/// Returns the lines of these pointers, or of their nearest ancestors.
fn lines(places: &[&str], input: &Input) -> Vec<usize> {
    let pointers: Vec<Pointer> = places.iter().map(|at| Pointer::from(*at)).collect();
    let found = locate(&input.document, &pointers.iter().collect::<Vec<_>>());
    let starts: Vec<usize> = found
        .into_iter()
        .map(|place| place.map_or(0, |place| place.key.unwrap_or(place.value).start))
        .collect();
    let breaks = line_breaks(&input.document);
    starts.into_iter().map(|start| breaks.partition_point(|at| *at < start) + 1).collect()
}

fn line_breaks(source: &Source) -> Vec<usize> {
    source.body().bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at).collect()
}

fn as_json(ledger: &Ledger, input: &Input) -> Value {
    let count = |count: Count| json!({"used": count.used, "recorded": count.recorded, "ignored": count.ignored, "unaccounted": count.unaccounted});
    let rows = ledger.rows.iter().map(|((kind, keyword), row)| {
        json!({"kind": kind, "keyword": keyword, "count": count(row.count), "reasons": row.reasons})
    });
    let places: Vec<&str> = ledger.untyped.iter().map(|(at, _)| at.as_str()).collect();
    let untyped = ledger
        .untyped
        .iter()
        .zip(lines(&places, input))
        .map(|((at, reason), line)| json!({"at": at, "line": line, "reason": reason}));
    json!({
        "document": input.document.label,
        "nodes": ledger.nodes,
        "total": count(ledger.total),
        "keywords": rows.collect::<Vec<_>>(),
        "unaccounted": ledger.unaccounted,
        "untyped": untyped.collect::<Vec<_>>(),
    })
}
