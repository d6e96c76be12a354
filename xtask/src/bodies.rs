//! `cargo xtask bodies`: recorded bodies through the types of an SDK and back.
//!
//! The SDK of the document is generated into a folder below `target`, with a small program beside it that knows the type of
//! each schema. The program is built and given the bodies; what it gives back is compared here.

use std::path::{Path, PathBuf};

use generator::diag::{Sink, render};
use serde_json::Value;

use crate::args::{Bodies, Format};
use crate::{Console, Exit, Failure, input};

mod index;
mod program;
mod registry;
// The same judge of equality as that of the tests, which this package does not depend on.
#[path = "../../tests/src/same.rs"]
#[allow(dead_code, unreachable_pub, reason = "the tests use more of it, and from farther away")]
pub(crate) mod same;

use index::Row;

/// Most failures that are shown.
const MOST_SHOWN: usize = 20;

/// Tries every row of the index that is meant for this document.
pub(crate) fn bodies(args: &Bodies, root: &Path, console: &mut Console) -> Result<Exit, Failure> {
    let input = input::input(&args.from, Some("bodies-sdk"), root)?;
    let mut sink = Sink::new();
    let output = generator::generate(&input, &mut sink);
    let Some(output) = output else {
        let style = console.error_style(Format::Text, MOST_SHOWN);
        console.error(&render(&sink.finish(), &input.sources(), style));
        return Ok(Exit::Problems);
    };
    let path = args.folder.join("INDEX.tsv");
    let text = read(&path)?;
    let rows = index::rows(&text).map_err(|e| Failure::new(format!("`{}`: {e}", path.display())))?;
    let rows = index::meant(rows, &input.document)?;
    let (asked, mut failures) = asked(&rows, &output.names, &args.folder);
    let sdk = root.join("target/bodies").join(program::slug(input.document.file_name()));
    let binary = program::build(&sdk, &output, console)?;
    let answers =
        program::run(&binary, &asked.iter().map(|(p, f, _)| (*p, f.as_path())).collect::<Vec<_>>())?;
    for ((_, file, row), answer) in asked.iter().zip(answers) {
        if let Err(reason) = compare(file, answer) {
            failures.push(format!("`{}`, {}: {reason}", row.file, row.operation));
        }
    }
    for failure in failures.iter().take(MOST_SHOWN) {
        console.error(&format!("{failure}\n"));
    }
    if failures.len() > MOST_SHOWN {
        console.error(&format!("and {} more\n", failures.len() - MOST_SHOWN));
    }
    console.result(&format!("{} of {} bodies came back equal\n", rows.len() - failures.len(), rows.len()));
    Ok(if failures.is_empty() { Exit::Fine } else { Exit::Problems })
}

/// The rows that have a type: pointer, file, row. The others are failures.
fn asked<'a>(
    rows: &'a [Row],
    names: &'a [(String, String)],
    folder: &Path,
) -> (Vec<(&'a str, PathBuf, &'a Row)>, Vec<String>) {
    let mut failures = Vec::new();
    let mut asked = Vec::new();
    for row in rows {
        match index::pointer(row, names) {
            Ok(pointer) => asked.push((pointer, folder.join(&row.file), row)),
            Err(reason) => failures.push(format!("`{}`, {}: {reason}", row.file, row.operation)),
        }
    }
    (asked, failures)
}

fn compare(file: &Path, answer: Result<String, String>) -> Result<(), String> {
    let text = std::fs::read_to_string(file).map_err(|e| e.to_string())?;
    let sent: Value = serde_json::from_str(&text).map_err(|e| e.to_string())?;
    let back: Value =
        serde_json::from_str(&answer?).map_err(|e| format!("what was encoded is no JSON: {e}"))?;
    same::difference(&sent, &back).map_or(Ok(()), Err)
}

fn read(path: &Path) -> Result<String, Failure> {
    let help = "the folder needs an `INDEX.tsv`; `cargo xtask bodies --help` says what is in it";
    std::fs::read_to_string(path)
        .map_err(|e| Failure::new(format!("cannot read `{}`: {e}", path.display())).help(help))
}
