//! `cargo xtask codegen`: from a document to files, or the proof that nothing is stale.

use std::path::{Path, PathBuf};
use std::time::Instant;

use generator::diag::{Diagnostic, Sink, render, report, summary};
use generator::files::stamp;
use generator::source::Source;
use generator::{Input, Output};

use crate::args::{Codegen, Format};
use crate::disk::{self, Plan, Target};
use crate::{Console, Exit, Failure, input, ledger};

mod show;

/// The SDK of this workspace, relative to its root.
pub(crate) const OUT: &str = "generated";
/// Every warning of the last run, relative to the root of the workspace.
pub(crate) const REPORT: &str = "spec/report.txt";
/// The names of the last run, relative to the root of the workspace.
pub(crate) const LOCK: &str = "spec/names.lock";
/// Diagnostics that are shown at once.
const MOST_SHOWN: usize = 40;

/// Generates, compares, and writes or complains. Checking and writing differ in the last step only.
pub(crate) fn codegen(args: &Codegen, root: &Path, console: &mut Console) -> Result<Exit, Failure> {
    let start = Instant::now();
    let mut input = input::input(&args.from, args.name.as_deref(), root)?;
    let lock = match (&args.lock, &args.from.spec) {
        (Some(path), _) => Some((path.clone(), input::label(path))),
        (None, None) => Some((root.join(LOCK), LOCK.to_owned())),
        _ => None,
    };
    if let Some((path, label)) = lock.as_ref().filter(|_| !args.relock) {
        input.lock = input::lock(path)?.map(|source| Source { label: label.clone(), ..source });
    }
    let out = match (&args.out, &args.from.spec) {
        (Some(out), _) => out.clone(),
        (None, None) => root.join(OUT),
        (None, Some(_)) => {
            let failure = Failure::new("a document of your own needs a folder of its own");
            console.failure(&failure.help("say where the SDK goes by `--out DIR`"));
            return Ok(Exit::Usage);
        }
    };
    let mut sink = Sink::new();
    let output = generator::generate(&input, &mut sink);
    let allowed = sink.allowed().clone();
    let found = sink.finish();
    let Some(output) = output else {
        show_errors(&input, &found, args.format, console);
        return Ok(Exit::Problems);
    };
    let mut targets = targets(&output, &out);
    if let Some((path, _)) = lock.filter(|_| args.lock.is_some() || args.out.is_none()) {
        let text = stamp("names.lock", &output.lock, input.document.file_name());
        targets.push(Target { path, text });
    }
    // Only the workspace's own SDK has a place for its report; otherwise it is shown.
    if args.out.is_none() {
        let text = report(&found, &allowed, &input.sources()) + &ledger::census(&output.untyped);
        let text = stamp(REPORT, &text, input.document.file_name());
        targets.push(Target { path: root.join(REPORT), text });
    } else if !console.quiet && !found.is_empty() {
        let style = console.error_style(args.format, MOST_SHOWN);
        console.rendered_aside(&render(&found, &input.sources(), style));
    }
    let plan = disk::compare(&targets, &[out.join("src")])
        .map_err(|(path, error)| Failure::new(format!("cannot read `{}`: {error}", path.display())))?;
    let told = Told { output: &output, warnings: found.len(), start };
    if args.check {
        check(args, &plan, root, &told, console)
    } else {
        write(args, &plan, root, &told, console)
    }
}

/// What the summary line needs.
struct Told<'a> {
    output: &'a Output,
    warnings: usize,
    start: Instant,
}

pub(crate) fn targets(output: &Output, out: &Path) -> Vec<Target> {
    output.files.iter().map(|(path, text)| Target { path: out.join(path), text: text.to_owned() }).collect()
}

fn check(
    args: &Codegen,
    plan: &Plan,
    root: &Path,
    told: &Told<'_>,
    console: &mut Console,
) -> Result<Exit, Failure> {
    if plan.changes.is_empty() {
        summarize(plan, told, "fresh", console);
        return Ok(Exit::Fine);
    }
    console.result(&show::stale(&plan.changes, root));
    let failure = Failure::new(format!("{} stale", show::files(plan.changes.len())));
    Err(failure.help(format!("run `{}`", command(args))))
}

fn write(
    args: &Codegen,
    plan: &Plan,
    root: &Path,
    told: &Told<'_>,
    console: &mut Console,
) -> Result<Exit, Failure> {
    refuse(plan, args.force, root, console)?;
    disk::write(plan).map_err(|(path, error)| Failure::write(&path, &error))?;
    summarize(plan, told, "written", console);
    Ok(Exit::Fine)
}

/// What must not be written over is said, and then nothing is.
pub(crate) fn refuse(plan: &Plan, force: bool, root: &Path, console: &mut Console) -> Result<(), Failure> {
    let refused: Vec<_> = plan.refused(force).collect();
    if !refused.is_empty() {
        for (change, refusal) in &refused {
            let shown = show::path(&change.path, root);
            console.failure(&Failure::new(format!("`{shown}` {}", refusal.message())).help(refusal.help()));
        }
        return Err(Failure::new(format!("{} in the way; nothing was written", show::files(refused.len()))));
    }
    Ok(())
}

/// The one line that says what was done.
fn summarize(plan: &Plan, told: &Told<'_>, verb: &str, console: &mut Console) {
    if console.quiet {
        return;
    }
    let written = plan.changes.iter().filter(|change| change.new.is_some()).count();
    let removed = plan.changes.len() - written;
    let done = match verb {
        "fresh" => format!("{} fresh", show::files(plan.unchanged)),
        _ => format!("{} written, {} unchanged, {removed} removed", show::files(written), plan.unchanged),
    };
    let line = format!(
        "{} operations, {} types, {} warnings: {done}, {} ms\n",
        told.output.operations,
        told.output.types,
        told.warnings,
        told.start.elapsed().as_millis(),
    );
    console.result(&line);
}

/// The command that would bring everything up to date.
fn command(args: &Codegen) -> String {
    let shown = |path: &Option<PathBuf>, flag: &str| {
        path.as_ref().map_or_else(String::new, |path| format!(" {flag} {}", path.display()))
    };
    let name = args.name.as_ref().map_or_else(String::new, |name| format!(" --name {name}"));
    let (spec, config, out) =
        (shown(&args.from.spec, "--spec"), shown(&args.from.config, "--config"), shown(&args.out, "--out"));
    let lock = shown(&args.lock, "--lock") + if args.relock { " --relock" } else { "" };
    format!("cargo xtask codegen{spec}{config}{out}{name}{lock}")
}

/// Diagnostics of a run that made nothing, with their number.
pub(crate) fn show_errors(input: &Input, found: &[Diagnostic], format: Format, console: &mut Console) {
    let style = console.error_style(format, MOST_SHOWN);
    console.rendered_aside(&render(found, &input.sources(), style));
    if format == Format::Text {
        console.error(&format!(
            "error: {} in `{}`; nothing was written\n",
            summary(found),
            input.document.label
        ));
    }
}
