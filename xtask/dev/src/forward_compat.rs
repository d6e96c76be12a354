//! `cargo xtask dev forward-compat`: tests whether the SDK of a document reads the bodies of its next version.
//!
//! Builds the types of the old document, and round-trips examples of the new document and bodies made from its schemas. The
//! comparison of the two documents must have announced each body that does not come back equal (`unread`). Any other failure
//! breaks the promise of forward compatibility.

use std::collections::BTreeMap;
use std::path::Path;

use reading::document::Document;
use reading::forward_compat::{Notice, pairs, run};
use sdkgen::Input;
use sdkgen::diag::Sink;
use sdkgen::diff::{Announcement, Changes};

use crate::args::{ForwardCompat, ReportFormat};
use crate::program::{self, Program};
use sdkgen::cli::args::Format;
use sdkgen::cli::diff;
use sdkgen::cli::generate::show_errors;
use sdkgen::cli::{Console, Exit, Failure};

mod report;

use report::Outcome;

/// The package name of the program.
const NAME: &str = "forward-compat";

/// Round-trips bodies of the new document through the types of the old one.
pub(crate) fn forward_compat(
    args: &ForwardCompat,
    root: &Path,
    console: &mut Console,
) -> Result<Exit, Failure> {
    let (old, new) = diff::versions(&args.old, &args.new, args.config.as_deref())?;
    let [old, new] = [old, new].map(|input| Input { name: Some(NAME.to_owned()), ..input });
    let Some(changes) = diff::compare(&old, &new, false, console) else { return Ok(Exit::Problems) };
    let mut sink = Sink::new();
    let Some(output) = sdkgen::generate(&old, &mut sink) else {
        show_errors(&old, &sink.finish(), Format::Text, console);
        return Ok(Exit::Problems);
    };
    let cache = args.cache.clone().unwrap_or_else(|| root.join("target/forward-compat"));
    let folder = cache.join(program::slug(old.document.file_name()));
    program::write(&folder, &output, false)?;
    program::keep_versions(&root.join("Cargo.lock"), &folder);
    console.progress(&format!("building `{}`\n", folder.display()));
    let mut program = Program::new(program::build(&folder, NAME, &cache.join("target"))?);

    let read = |input: &Input| Document::parse(&input.document.label, input.document.body());
    let (before, after) = (read(&old).map_err(Failure::new)?, read(&new).map_err(Failure::new)?);
    let rows: BTreeMap<&str, usize> =
        output.names.iter().enumerate().map(|(at, (pointer, _))| (pointer.as_str(), at)).collect();
    let typed: Vec<&str> = output.names.iter().map(|(pointer, _)| pointer.as_str()).collect();
    let pairs = pairs((&before, &after), &typed, &changes.operations, &changes.renamed());
    let (announced, notices) = notices(&changes);
    let mut echo = |pointer: &str, body: &[u8]| {
        let at = rows.get(pointer).ok_or("the schema has no type")?;
        let body = std::str::from_utf8(body).map_err(|e| e.to_string())?;
        program.ask(*at, body).map(String::into_bytes)
    };
    console.progress(&format!("bodies of {} schemas\n", pairs.list.len()));
    let evolution = run((&before, &after), &pairs.list, &notices, &mut echo).map_err(Failure::new)?;
    let outcome = Outcome { changes: &changes, announced, pairs, evolution };
    console.result(&match args.format {
        ReportFormat::Text => report::text(&outcome),
        ReportFormat::Json => report::json(&outcome),
    });
    Ok(if outcome.evolution.broken().next().is_none() { Exit::Fine } else { Exit::Problems })
}

/// Returns what the comparison announces, with the position of each change.
fn notices(changes: &Changes) -> (Vec<usize>, Vec<Notice>) {
    changes.announcements().into_iter().map(|(at, of)| (at, notice(of))).unzip()
}

fn notice(of: Announcement) -> Notice {
    Notice { at: of.at, member: of.member, is_gone: of.is_gone, is_whole: of.is_whole }
}
