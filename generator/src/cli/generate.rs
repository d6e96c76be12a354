//! `sdkgen generate`: generates the files of an SDK, or checks that none is stale.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use crate::diag::{Code, Diagnostic, Sink, counted, render, report};
use crate::files::stamp;
use crate::module;
use crate::source::Source;
use crate::{Input, Output};

use crate::cli::args::{Format, Generate};
use crate::cli::choices::Choices;
use crate::cli::home::Home;
use crate::cli::{Console, Exit, Failure, input};
use crate::disk::{self, Disk, Plan, Target};

pub use places::MANIFEST;
pub(in crate::cli) use places::Places;
pub use show::show_errors;

mod places;
mod show;

/// Generates and compares, then writes or fails. Checking and writing only differ in the last step.
pub(super) fn generate(
    mut args: Generate,
    home: &Home,
    console: &mut Console,
    disk: &dyn Disk,
) -> Result<Exit, Failure> {
    let start = Instant::now();
    args.from.spec = args.from.spec.or(args.document.take());
    let Some(places) = Places::of(&args, home)? else {
        return no_folder(&args, home, console);
    };
    match args.check || args.dry_run {
        true => places.refuse_unfinished(&command(&args, home))?,
        false => places.recover(disk, console)?,
    }
    let mut input = input::input(&args.from, args.name.as_deref(), home)?;
    if !args.relock {
        input.lock = names(&places)?;
    }
    let Some(made) = Made::new(&input, args.format, console) else { return Ok(Exit::Problems) };
    if places.report.is_none() && !console.quiet && !made.found.is_empty() {
        let style = console.error_style(args.format, show::MOST_SHOWN);
        console.rendered_error(&render(&made.found, &input.sources(), style));
    }
    let plan = compare(&made.targets(&input, &places)?, &places)?;
    let told = Told { output: &made.output, warnings: made.found.len(), start };
    if args.check {
        return check(&args, &plan, home, &told, console);
    }
    refuse(&plan, args.force, home, console)?;
    if args.dry_run {
        console.result(&show::outline(&plan.changes, &home.folder));
        depend(&made, &places, console);
        console.progress("nothing was written\n");
        return Ok(Exit::Fine);
    }
    write(&plan, &places, disk)?;
    summarize(&plan, &told, "written", console);
    depend(&made, &places, console);
    Ok(Exit::Fine)
}

/// Says what the crate of a module depends on.
pub(in crate::cli) fn depend(made: &Made, places: &Places, console: &mut Console) {
    if places.module.is_some() {
        let needed = module::dependencies(&made.output.files, &places.features);
        let lines: String = needed.iter().map(|line| format!("    cargo add {line}\n")).collect();
        console.progress(&format!("the crate needs these dependencies:\n{lines}"));
    }
}

/// Reports that nothing says where the SDK goes, after the problems of the configuration that may be the reason.
fn no_folder(args: &Generate, home: &Home, console: &mut Console) -> Result<Exit, Failure> {
    let config = home.config(&args.from);
    if config.is_none() && args.from.spec.is_none() {
        return Err(home.no_document());
    }
    let help = "add `--out DIR`, or `dir` under `[output]` in `sdk.toml`";
    let missing = Failure::new("the folder of the SDK is missing").help(help);
    if let Some(config) = config
        && Choices::read(&config)?.is_wrong()
    {
        // With what is wrong with the document, so that one run shows everything.
        let input = input::input(&args.from, args.name.as_deref(), home)?;
        Made::new(&input, args.format, console);
        return Err(missing);
    }
    console.failure(&missing);
    Ok(Exit::Usage)
}

/// The lock file of earlier runs, if any.
pub(in crate::cli) fn names(places: &Places) -> Result<Option<Source>, Failure> {
    let Some(place) = &places.lock else { return Ok(None) };
    Ok(input::lock(&place.path)?.map(|source| Source { label: place.label.clone(), ..source }))
}

/// The output and the diagnostics of a run of the generator.
pub(in crate::cli) struct Made {
    pub(in crate::cli) output: Output,
    found: Vec<Diagnostic>,
    allowed: Allowed,
}

/// The number of allowed diagnostics by code.
type Allowed = BTreeMap<Code, usize>;

impl Made {
    /// Runs the generator, and shows errors.
    pub(in crate::cli) fn new(input: &Input, format: Format, console: &mut Console) -> Option<Self> {
        Self::of(input, input, format, console)
    }

    /// Runs the generator, and shows errors in an input that is called otherwise.
    pub(in crate::cli) fn of(
        input: &Input,
        shown: &Input,
        format: Format,
        console: &mut Console,
    ) -> Option<Self> {
        let mut sink = Sink::new();
        let output = crate::generate(input, &mut sink);
        let allowed = sink.allowed().clone();
        let found = sink.finish();
        if output.is_none() {
            show_errors(shown, &found, format, console);
        }
        Some(Self { output: output?, found, allowed })
    }

    /// Returns every file of the run. All commands that write an SDK use these.
    pub(in crate::cli) fn targets(&self, input: &Input, places: &Places) -> Result<Vec<Target>, Failure> {
        let from = input.document.file_name();
        let file = |(path, text): (&str, &Arc<str>)| Target {
            path: places.out.join(path),
            text: text.clone(),
            settings: if path == MANIFEST { self.output.settings.clone() } else { Vec::new() },
        };
        let lib = &self.output.sdk.package.lib;
        let files = &self.output.files;
        let module = places.module.as_ref().map(|place| module::files(files, place, lib, &places.features));
        let module = module.transpose().map_err(Failure::new)?;
        let files = module.as_ref().unwrap_or(&self.output.files);
        let mut targets: Vec<Target> = files.shared().map(file).collect();
        let mut beside = |path: &Path, text: &str| {
            // Both have text-file comments, whatever their extension.
            targets.push(Target {
                path: path.to_owned(),
                text: stamp(".txt", text, from).into(),
                settings: Vec::new(),
            });
        };
        if let Some(lock) = places.lock.as_ref().filter(|_| places.keeps_names) {
            beside(&lock.path, &self.output.lock());
        }
        if let Some(place) = &places.report {
            let said = report(&self.found, &self.allowed, &input.sources());
            beside(&place.path, &(said + &show::untyped(&self.output.untyped)));
        }
        Ok(targets)
    }
}

/// Compares the files of a run with the disk.
pub(in crate::cli) fn compare(targets: &[Target], places: &Places) -> Result<Plan, Failure> {
    places.refuse_foreign()?;
    let managed = if places.module.is_some() { places.out.clone() } else { places.out.join("src") };
    disk::compare(targets, &[managed])
        .map_err(|(path, error)| Failure::new(format!("cannot read `{}`: {error}", path.display())))
}

/// Writes all files of a run, or none.
pub(in crate::cli) fn write(plan: &Plan, places: &Places, disk: &dyn Disk) -> Result<(), Failure> {
    let journal = &places.journals[0];
    disk::write(plan, journal, disk).map_err(|(path, error)| {
        let failure = Failure::write(&path, &error);
        match disk::is_unfinished(journal) {
            true => failure.help("the run was interrupted; the next one finishes or undoes it"),
            false => failure.help("nothing was changed: what had been replaced was put back"),
        }
    })
}

/// The data of the summary line.
struct Told<'a> {
    output: &'a Output,
    warnings: usize,
    start: Instant,
}

fn check(
    args: &Generate,
    plan: &Plan,
    home: &Home,
    told: &Told<'_>,
    console: &mut Console,
) -> Result<Exit, Failure> {
    if plan.changes.is_empty() {
        summarize(plan, told, "fresh", console);
        return Ok(Exit::Fine);
    }
    console.result(&show::stale(&plan.changes, &home.folder));
    let failure = Failure::new(format!("{} stale", show::files(plan.changes.len())));
    Err(failure.help(format!("run `{}`", command(args, home))))
}

/// Reports files that must not be overwritten; if there are any, nothing is written.
pub(in crate::cli) fn refuse(
    plan: &Plan,
    force: bool,
    home: &Home,
    console: &mut Console,
) -> Result<(), Failure> {
    let refused: Vec<_> = plan.refused(force).collect();
    if !refused.is_empty() {
        for (change, refusal) in &refused {
            let shown = show::path(&change.path, &home.folder);
            console.failure(&Failure::new(format!("`{shown}` {}", refusal.message())).help(refusal.help()));
        }
        return Err(Failure::new(format!("{} in the way; nothing was written", show::files(refused.len()))));
    }
    Ok(())
}

/// Prints the summary line.
fn summarize(plan: &Plan, told: &Told<'_>, verb: &str, console: &mut Console) {
    if console.quiet {
        return;
    }
    let written = plan.changes.iter().filter(|change| change.new.is_some()).count();
    let removed = plan.changes.len() - written;
    let done = match verb {
        "fresh" => format!("{} up to date", show::files(plan.unchanged)),
        _ => format!("{} written, {} unchanged, {removed} removed", show::files(written), plan.unchanged),
    };
    let line = format!(
        "{}, {}, {}: {done}, {} ms\n",
        counted(told.output.sdk.operations.len(), "operation"),
        counted(told.output.sdk.written_types().count(), "type"),
        counted(told.warnings, "warning"),
        told.start.elapsed().as_millis(),
    );
    console.result(&line);
}

/// Returns the command that would update everything.
fn command(args: &Generate, home: &Home) -> String {
    let shown = |path: &Option<PathBuf>, flag: &str| {
        path.as_ref().map_or_else(String::new, |path| format!(" {flag} {}", path.display()))
    };
    let name = args.name.as_ref().map_or_else(String::new, |name| format!(" --name {name}"));
    let (spec, config, out) = (
        shown(&args.from.spec, "--spec"),
        shown(&args.from.config, "--config"),
        shown(&args.out, "--out") + &shown(&args.module, "--module"),
    );
    let lock = shown(&args.lock, "--lock") + if args.relock { " --relock" } else { "" };
    format!("{} {}{spec}{config}{out}{name}{lock}", home.program, home.generates)
}
