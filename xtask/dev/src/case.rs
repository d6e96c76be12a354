//! `cargo xtask dev case`: checks one folder of `tests/cases` within seconds.
//!
//! Compares or writes the goldens like the tests, compiles the SDK and round-trips its bodies like `corpus`,
//! and lists what the folder lacks.

use std::path::{Path, PathBuf};

use folders::Generated;
use reading::document::{Document, escape};
use reading::judge::Side;
use reading::sweep::{Judges, round_trip};
use sdkgen::Output;
use sdkgen::diag::suggest;
use sdkgen::files::Files;

use crate::args::Case;
use crate::corpus::compile::{Compiled, Task, compile};
use crate::corpus::{Places, document};
use crate::program::{self, Program};
use sdkgen::cli::{Console, Exit, Failure};

mod lacks;

/// Maximum number of failures to show of each kind.
const MOST_SHOWN: usize = 20;

/// Checks one case folder.
pub(crate) fn case(args: &Case, root: &Path, console: &mut Console) -> Result<Exit, Failure> {
    let case = find(root, &args.name)?;
    let generated = folders::generate(&case.folder, None).map_err(Failure::new)?;
    if case.is_bad() != generated.output.is_none() {
        console.rendered_error(&generated.report);
        return Err(if case.is_bad() {
            Failure::new(format!("the document of `{}` was not refused", case.name))
                .help("rename the folder: names of documents that are refused begin with `bad-`")
        } else {
            Failure::new(format!("the document of `{}` was refused", case.name))
                .help("see the report above; the folder of a document that must be refused is named `bad-…`")
        });
    }
    let mut exit = Exit::Fine;
    let differences = goldens(&case, &generated, args.update, console)?;
    if !differences.is_empty() && !args.update {
        exit = Exit::Problems;
    }
    if let Some(output) = &generated.output
        && !args.no_compile
        && !tries(&case, output, args, root, console)?
    {
        exit = Exit::Problems;
    }
    let mapping = std::fs::read_to_string(root.join("docs/mapping.md")).unwrap_or_default();
    for lack in lacks::lacks(&case, generated.output.as_ref(), &differences, &mapping) {
        console.result(&format!("to do: {lack}\n"));
    }
    Ok(exit)
}

/// Finds the folder with this name or path.
fn find(root: &Path, name: &str) -> Result<folders::Case, Failure> {
    let name = Path::new(name).file_name().unwrap_or_default().to_string_lossy().into_owned();
    let all = root.join("tests/cases");
    let folder = all.join(&name);
    if folder.join("spec.yaml").is_file() {
        return folders::case(&folder).map_err(Failure::new);
    }
    let mut known: Vec<String> = std::fs::read_dir(&all)
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    known.sort();
    let new = format!("write `tests/cases/{name}/spec.yaml`");
    let help = match suggest(&name, known.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`? For a new case, {new}"),
        None => new,
    };
    Err(Failure::new(format!("the case `{name}` does not exist")).help(help))
}

/// Compares or writes the goldens, and returns the differences.
fn goldens(
    case: &folders::Case,
    generated: &Generated,
    update: bool,
    console: &mut Console,
) -> Result<Vec<String>, Failure> {
    let output = folders::Output::from(generated);
    let differences = folders::settle(case, &output, update).map_err(Failure::new)?;
    for difference in &differences {
        let line = format!("{difference}\n");
        if update { console.result(&format!("updated: {line}")) } else { console.error(&line) }
    }
    if differences.is_empty() {
        console.result("the goldens are up to date\n");
    } else if !update {
        let name = &case.name;
        console.error(&format!(
            "if this is intended, run `cargo xtask dev case {name} --update`, and review the changes\n"
        ));
    }
    Ok(differences)
}

/// Compiles the SDK and round-trips bodies, and returns whether both succeeded.
fn tries(
    case: &folders::Case,
    output: &Output,
    args: &Case,
    root: &Path,
    console: &mut Console,
) -> Result<bool, Failure> {
    // Dependencies are those of `corpus`, so that both share their builds.
    let cache = args.cache.clone().unwrap_or_else(|| sdkgen::cli::cache("corpus"));
    let cache = std::path::absolute(&cache).map_err(|e| Failure::write(&cache, &e))?;
    let places =
        Places { target: cache.join("target"), ..Places::new(root, &cache.join("cases"), &case.name) };
    let output = Output { files: moved(&output.files, &case.folder.join("out")), ..output.clone() };
    document::write(&places.sdk, &output)?;
    console.progress(&format!("checking `{}`\n", places.sdk.display()));
    let checked = compile(Task::Check, &places.sdk, &places, &program::without_tls(&places.sdk));
    if !said(&checked, console) {
        return Ok(false);
    }
    console.result("the SDK compiles without a warning\n");
    if output.names.is_empty() {
        return Ok(true);
    }
    program::write(&places.bodies, &output, false)?;
    console.progress(&format!("building `{}`\n", places.bodies.display()));
    let built = compile(Task::Build, &places.bodies, &places, &program::without_tls(&places.bodies));
    if !said(&Compiled { warnings: Vec::new(), ..built }, console) {
        return Ok(false);
    }
    let failures = bodies(case, &output, &places, console)?;
    for failure in failures.iter().take(MOST_SHOWN) {
        console.error(&format!("{failure}\n"));
    }
    if failures.len() > MOST_SHOWN {
        console.error(&format!("and {} more\n", failures.len() - MOST_SHOWN));
    }
    Ok(failures.is_empty())
}

/// Makes relative paths of crates in the manifest work from another folder.
fn moved(files: &Files, from: &Path) -> Files {
    let mut all = Files::default();
    for (path, text) in files.iter() {
        if path == "Cargo.toml" {
            let base = from.display().to_string().replace('\\', "/");
            all.add(path, text.replace("path = \"..", &format!("path = \"{base}/..")));
        } else {
            all.add(path, text);
        }
    }
    all
}

/// Shows messages of cargo, and returns whether there are none.
fn said(compiled: &Compiled, console: &mut Console) -> bool {
    for message in compiled.errors.iter().chain(&compiled.warnings).take(MOST_SHOWN) {
        console.error(&format!("{message}\n"));
    }
    compiled.is_well()
}

/// Round-trips the bodies of the folder and those made from the document, and returns the failures.
fn bodies(
    case: &folders::Case,
    output: &Output,
    places: &Places,
    console: &mut Console,
) -> Result<Vec<String>, Failure> {
    let text = case.meant().unwrap_or_else(|| case.spec.clone());
    let read = Document::parse("spec.yaml", &text).map_err(Failure::new)?;
    let judges = Judges::new(&read).map_err(Failure::new)?;
    let binary: PathBuf = program::binary(&places.target, &case.name);
    let mut program = Program::new(binary.clone());
    let mut failures = Vec::new();
    for (schema, file, body) in &case.bodies {
        let pointer = format!("/components/schemas/{}", escape(schema));
        let row = output.names.iter().position(|(known, _)| *known == pointer);
        let (Some((resolved, _)), Some(row)) = (read.resolve(&pointer), row) else {
            failures.push(format!("`{file}`: the document has no schema `{schema}` with a type"));
            continue;
        };
        if let Err(why) = judges.of(Side::Both).check(&resolved, body) {
            failures.push(format!("`{file}` does not match its schema: {why}"));
        }
        let ask = |sent: &[u8]| {
            let sent = std::str::from_utf8(sent).map_err(|e| e.to_string())?;
            program.ask(row, sent).map(String::into_bytes)
        };
        if let Err(why) = round_trip(ask, body) {
            failures.push(format!("`{file}`: {why}"));
        }
    }
    // Types of other crates decide which bodies they accept, so only the bodies of the folder are used.
    let is_replaced = case.config.as_ref().is_some_and(|config| config.contains("[replace]"));
    let of_document = if is_replaced {
        "none of the document, since `[replace]` uses types of another crate".to_owned()
    } else {
        let tally = document::round_trip(&read, output, &binary, places, &|_| ())?;
        failures.extend(tally.failures.iter().map(ToString::to_string));
        tally.line("of the document")
    };
    console.result(&format!(
        "{} bodies of the folder, {of_document}; {} failures in total\n",
        case.bodies.len(),
        failures.len()
    ));
    Ok(failures)
}
