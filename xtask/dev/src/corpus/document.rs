//! Checks one document: generates, compiles and round-trips its SDK.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::Instant;

use reading::document::Document;
use reading::made::{self, Row as MadeRow};
use reading::sweep::{Failure as Unequal, Tally, sweep};
use sdkgen::Output;
use sdkgen::diag::{Severity, Sink, Style, render};

use super::Places;
use super::compile::{Compiled, Task, compile};
use super::find::Found;
use crate::args::{Corpus, From, How};
use crate::program::{self, Program, slug, write_new};
use sdkgen::cli::Failure;
use sdkgen::cli::home::Home;
use sdkgen::cli::input;

/// The results of a document.
#[derive(Debug, Default)]
pub(super) struct Row {
    pub(super) name: String,
    pub(super) operations: usize,
    /// Component schemas.
    pub(super) schemas: usize,
    /// Types of the SDK.
    pub(super) types: usize,
    /// Time to generate, in milliseconds.
    pub(super) ms: u128,
    /// Lines of Rust without the runtime.
    pub(super) lines: usize,
    /// The number of warnings.
    pub(super) reports: usize,
    /// The results of cargo, by command.
    pub(super) compiled: Vec<(Task, Compiled)>,
    /// The results of the bodies.
    pub(super) bodies: Option<Tally>,
    /// The results of the constructed values.
    pub(super) made: Option<made::Tally>,
    /// The error that stopped the document.
    pub(super) trouble: Option<String>,
}

impl Row {
    /// Returns whether there are no failures.
    pub(super) fn is_well(&self) -> bool {
        self.trouble.is_none()
            && self.compiled.iter().all(|(_, compiled)| compiled.is_well())
            && self.bodies.as_ref().is_none_or(|tally| tally.failures.is_empty() && tally.untyped.is_empty())
            && self.made.as_ref().is_none_or(|tally| tally.failures.is_empty())
    }

    /// Returns the result of a cargo command.
    pub(super) fn task(&self, task: Task) -> Option<&Compiled> {
        self.compiled.iter().find(|(known, _)| *known == task).map(|(_, compiled)| compiled)
    }
}

/// Checks a document as requested. Failures, also panics, are in the row.
pub(super) fn document(found: &Found, args: &Corpus, places: &Places, say: &dyn Fn(&str)) -> Row {
    let mut row = Row { name: found.name.clone(), ..Row::default() };
    let done = catch_unwind(AssertUnwindSafe(|| steps(found, args, places, say, &mut row)));
    match done {
        Ok(Ok(())) => {}
        Ok(Err(failure)) => row.trouble = Some(failure.message),
        Err(_) => row.trouble = Some("panicked; see the message above".to_owned()),
    }
    row
}

fn steps(
    found: &Found,
    args: &Corpus,
    places: &Places,
    say: &dyn Fn(&str),
    row: &mut Row,
) -> Result<(), Failure> {
    let package = format!("{}-sdk", slug(&found.name).to_ascii_lowercase());
    let output = generate(found, &package, args.how.clone(), row)?;
    row.operations = output.sdk.operations.len();
    row.types = output.sdk.written_types().count();
    row.schemas = output.names.iter().filter(|(pointer, _)| is_component(pointer)).count();
    let ours = |path: &str| path.ends_with(".rs") && !path.starts_with("src/runtime/");
    row.lines =
        output.files.iter().filter(|(path, _)| ours(path)).map(|(_, text)| text.lines().count()).sum();
    write(&places.sdk, &output)?;
    let tasks = [(args.compile, Task::Check), (args.clippy, Task::Clippy), (args.doc, Task::Doc)];
    for (_, task) in tasks.into_iter().filter(|(asked, _)| *asked) {
        say(task.name());
        row.compiled.push((task, compile(task, &places.sdk, places, &[])));
    }
    if (args.roundtrip || args.made) && build(&output, places, args.made, say, row)? {
        let document = Document::read(&found.path).map_err(Failure::new)?;
        let binary = program::binary(&places.target, &package);
        if args.made {
            row.made = Some(make(&document, &output, &binary, places, say)?);
        }
        if args.roundtrip {
            row.bodies = Some(round_trip(&document, &output, &binary, places, say)?);
        }
    }
    Ok(())
}

fn generate(found: &Found, package: &str, how: How, row: &mut Row) -> Result<Output, Failure> {
    let from = From { spec: Some(found.path.clone()), config: None, how };
    let input = input::input(&from, Some(package), &Home::workspace(Path::new("")))?;
    let start = Instant::now();
    let mut sink = Sink::new();
    let output = sdkgen::generate(&input, &mut sink);
    row.ms = start.elapsed().as_millis();
    let unsettled = sdkgen::unsettled(&input, &mut Sink::new()).unwrap_or_default();
    if let Some(at) = unsettled.first() {
        let rest = unsettled.len() - 1;
        return Err(Failure::new(format!("a second normalisation changes `{at}` and {rest} more")));
    }
    let diagnostics = sink.finish();
    row.reports = diagnostics.iter().filter(|one| one.severity != Severity::Error).count();
    output.ok_or_else(|| {
        let errors: Vec<_> = diagnostics.into_iter().filter(|one| one.severity == Severity::Error).collect();
        Failure::new(format!("refused\n{}", render(&errors, &input.sources(), Style::PLAIN).trim_end()))
    })
}

/// Returns whether a pointer is that of a component schema itself.
fn is_component(pointer: &str) -> bool {
    pointer.strip_prefix("/components/schemas/").is_some_and(|rest| !rest.contains('/'))
}

/// Writes the SDK, and removes files of earlier runs.
pub(crate) fn write(folder: &Path, output: &Output) -> Result<(), Failure> {
    let mut old = Vec::new();
    list(&folder.join("src"), &mut old);
    for (path, text) in output.files.iter() {
        let path = folder.join(path);
        write_new(&path, text)?;
        old.retain(|left| *left != path);
    }
    for path in old {
        std::fs::remove_file(&path).map_err(|e| Failure::write(&path, &e))?;
    }
    Ok(())
}

fn list(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    for path in std::fs::read_dir(folder).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path())) {
        if path.is_dir() { list(&path, found) } else { found.push(path) }
    }
}

/// Builds the program of the types, and returns whether that succeeded.
fn build(
    output: &Output,
    places: &Places,
    makes: bool,
    say: &dyn Fn(&str),
    row: &mut Row,
) -> Result<bool, Failure> {
    say("building the types");
    program::write(&places.bodies, output, makes)?;
    let built = compile(Task::Build, &places.bodies, places, &[]);
    let fine = built.errors.is_empty();
    row.compiled.push((Task::Build, Compiled { warnings: Vec::new(), ..built }));
    Ok(fine)
}

/// Constructs values of all types, and validates them.
fn make(
    document: &Document,
    output: &Output,
    binary: &Path,
    places: &Places,
    say: &dyn Fn(&str),
) -> Result<made::Tally, Failure> {
    say("finding values for the leaves");
    let judge = made::judge(document).map_err(Failure::new)?;
    let leaves = made::leaves(document, &judge, &program::made::leaves(&output.sdk));
    let path = places.notes.join("leaves.json");
    write_new(&path, &serde_json::Value::Object(leaves).to_string())?;
    say("constructing values");
    let rows = program::made::rows(&output.sdk);
    let rows: Vec<MadeRow<'_>> = rows.iter().map(|(at, what, tag)| (*at, what.as_str(), *tag)).collect();
    let mut program = Program::new(binary.to_owned()).with_leaves(path);
    let tally = made::tally(document, &judge, &rows, &mut |row, full| {
        program.make(row, full).map(String::into_bytes)
    });
    let failures: Vec<serde_json::Value> = tally
        .failures
        .iter()
        .map(|one| serde_json::json!({"schema": one.pointer, "made": one.what, "reason": one.reason, "value": one.value}))
        .collect();
    let text = serde_json::to_string_pretty(&failures).unwrap_or_default() + "\n";
    write_new(&places.notes.join("made-failures.json"), &text)?;
    Ok(tally)
}

/// Round-trips all bodies.
pub(crate) fn round_trip(
    document: &Document,
    output: &Output,
    binary: &Path,
    places: &Places,
    say: &dyn Fn(&str),
) -> Result<Tally, Failure> {
    let pointers: Vec<&str> = output.names.iter().map(|(pointer, _)| pointer.as_str()).collect();
    let rows: BTreeMap<&str, usize> =
        pointers.iter().enumerate().map(|(at, pointer)| (*pointer, at)).collect();
    let mut program = Program::new(binary.to_owned());
    let mut echo = |pointer: &str, body: &[u8]| {
        let at = rows.get(pointer).ok_or("the schema has no type")?;
        let body = std::str::from_utf8(body).map_err(|e| e.to_string())?;
        program.ask(*at, body).map(String::into_bytes)
    };
    let mut done = 0;
    let mut step = || {
        done += 1;
        say(&format!("bodies of {done} of {} schemas", pointers.len()));
    };
    let tally = sweep(document, &pointers, &mut echo, &mut step).map_err(Failure::new)?;
    let failures: Vec<serde_json::Value> = tally.failures.iter().map(failure).collect();
    let text = serde_json::to_string_pretty(&failures).unwrap_or_default() + "\n";
    write_new(&places.notes.join("failures.json"), &text)?;
    Ok(tally)
}

fn failure(failure: &Unequal) -> serde_json::Value {
    serde_json::json!({
        "schema": failure.pointer,
        "made": failure.label,
        "changed": failure.change.map(|change| change.words()),
        "reason": failure.reason,
        "body": failure.body,
    })
}
