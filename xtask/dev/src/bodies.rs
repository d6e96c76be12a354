//! `cargo xtask dev bodies`: round-trips recorded bodies through the types of an SDK.
//!
//! Generates the types of the document into a folder in `target`, with a program that knows the type of each
//! schema. Builds the program, sends it the bodies, and compares its output.

use std::path::Path;

use reading::sweep::round_trip;
use sdkgen::diag::{Sink, render, visible};
use serde_json::Value;

use crate::args::Bodies;
use crate::program::{self, Program};
use sdkgen::cli::args::Format;
use sdkgen::cli::home::Home;
use sdkgen::cli::input;
use sdkgen::cli::{Console, Exit, Failure};

mod index;

/// The package name of the program.
const NAME: &str = "bodies";
/// Maximum number of failures to show.
const MOST_SHOWN: usize = 20;

/// Tests every row of the index that belongs to this document.
pub(crate) fn bodies(args: &Bodies, root: &Path, console: &mut Console) -> Result<Exit, Failure> {
    let input = input::input(&args.from, Some(NAME), &Home::workspace(root))?;
    let mut sink = Sink::new();
    let output = sdkgen::generate(&input, &mut sink);
    let Some(output) = output else {
        let style = console.error_style(Format::Text, MOST_SHOWN);
        console.rendered_error(&render(&sink.finish(), &input.sources(), style));
        return Ok(Exit::Problems);
    };
    let path = args.folder.join("INDEX.tsv");
    let text = read(&path)?;
    let rows = index::rows(&text).map_err(|e| Failure::new(format!("`{}`: {e}", path.display())))?;
    let rows = index::meant(rows, &input.document)?;
    let folder = root.join("target/bodies").join(program::slug(input.document.file_name()));
    program::write(&folder, &output, false)?;
    program::keep_versions(&root.join("Cargo.lock"), &folder);
    console.progress(&format!("building `{}`\n", folder.display()));
    let mut program = Program::new(program::build(&folder, NAME, &root.join("target/bodies/target"))?);
    let mut failures = Vec::new();
    for row in &rows {
        let done = index::pointer(row, &output.names)
            .and_then(|pointer| one(&mut program, pointer, &output.names, &args.folder.join(&row.file)));
        if let Err(reason) = done {
            failures.push(format!("`{}`, {}: {reason}", row.file, row.operation));
        }
    }
    for failure in failures.iter().take(MOST_SHOWN) {
        console.error(&format!("{}\n", visible(failure)));
    }
    if failures.len() > MOST_SHOWN {
        console.error(&format!("and {} more\n", failures.len() - MOST_SHOWN));
    }
    console.result(&format!("{} of {} bodies round-tripped\n", rows.len() - failures.len(), rows.len()));
    Ok(if failures.is_empty() { Exit::Fine } else { Exit::Problems })
}

/// Round-trips one recorded body.
fn one(program: &mut Program, pointer: &str, names: &[(String, String)], file: &Path) -> Result<(), String> {
    let row = names.iter().position(|(known, _)| known == pointer).ok_or("the schema has no type")?;
    let text = std::fs::read_to_string(file).map_err(|e| e.to_string())?;
    let body: Value = serde_json::from_str(&text).map_err(|e| e.to_string())?;
    // In JSON, line breaks only occur between tokens.
    let line = text.replace(['\n', '\r'], " ");
    round_trip(|_| program.ask(row, &line).map(String::into_bytes), &body).map(drop)
}

fn read(path: &Path) -> Result<String, Failure> {
    let help = "add an `INDEX.tsv`, as `cargo xtask dev bodies --help` describes it";
    std::fs::read_to_string(path)
        .map_err(|e| Failure::new(format!("cannot read `{}`: {e}", path.display())).help(help))
}
