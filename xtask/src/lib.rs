//! The commands of the workspace. All files are read and written here; `generator`, which does no IO, decides what is written.
//!
//! Results go to standard output, progress and diagnostics to standard error. Everything runs through [`run`] with a
//! [`Console`], so that tests see exactly what people see.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::Parser as _;
use generator::diag::Diagnostic;
use generator::source::Source;

pub use console::Console;

mod args;
mod bodies;
mod build_time;
mod case;
mod ci;
mod codegen;
mod console;
mod corpus;
mod diff;
pub mod disk;
mod explain;
mod features;
mod forward_compat;
mod fuzz;
mod input;
mod ir;
mod json_schema_suite;
mod judge;
mod ledger;
mod lint;
pub mod measure;
mod mutate_diagnostics;
mod mutate_diff;
mod program;
mod semver_check;
mod sync;

/// The exit code of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exit {
    /// The command succeeded.
    Fine = 0,
    /// Problems were found, or something is stale.
    Problems = 1,
    /// The command line is invalid.
    Usage = 2,
}

/// An error that stops a command.
#[derive(Debug)]
struct Failure {
    /// The message: lowercase, with the thing in backticks.
    message: String,
    /// The fix.
    help: Option<String>,
    /// The diagnostic and its source, if a text is wrong.
    found: Option<Box<(Diagnostic, Source)>>,
}

impl Failure {
    fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None, found: None }
    }

    fn found(message: impl Into<String>, diagnostic: Diagnostic, source: Source) -> Self {
        Self { found: Some(Box::new((diagnostic, source))), ..Self::new(message) }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    fn write(path: &Path, error: &std::io::Error) -> Self {
        Self::new(format!("cannot write `{}`: {error}", path.display())).help("nothing was replaced")
    }
}

/// Runs a command line in the workspace at `root` and returns the exit code.
pub fn run(args: impl IntoIterator<Item = OsString>, root: &Path, console: &mut Console) -> u8 {
    run_on(args, root, console, &disk::System)
}

/// Runs a command line like [`run`], with another disk for the commands that write an SDK.
pub fn run_on(
    args: impl IntoIterator<Item = OsString>,
    root: &Path,
    console: &mut Console,
    disk: &dyn disk::Disk,
) -> u8 {
    let exit = match args::Cli::try_parse_from(args) {
        Ok(cli) => {
            console.quiet = cli.quiet;
            dispatch(cli.command, root, console, disk).unwrap_or_else(|failure| {
                console.failure(&failure);
                Exit::Problems
            })
        }
        Err(error) if error.use_stderr() => {
            console.rendered_error(&error.render().to_string());
            Exit::Usage
        }
        Err(help) => {
            console.result(&help.render().to_string());
            Exit::Fine
        }
    };
    exit as u8
}

fn dispatch(
    command: args::Command,
    root: &Path,
    console: &mut Console,
    disk: &dyn disk::Disk,
) -> Result<Exit, Failure> {
    match command {
        args::Command::Codegen(args) => codegen::codegen(&args, root, console, disk),
        args::Command::Ir(args) => ir::ir(&args, root, console),
        args::Command::Ledger(args) => ledger::ledger(&args, root, console),
        args::Command::Lint(args) => lint::lint(&args, root, console),
        args::Command::Diff(args) => diff::diff(&args, console),
        args::Command::Explain(args) => Ok(explain::explain(&args, console)),
        args::Command::Bodies(args) => bodies::bodies(&args, root, console),
        args::Command::Fuzz(args) => fuzz::fuzz(&args, console),
        args::Command::Case(args) => case::case(&args, root, console),
        args::Command::Corpus(args) => corpus::corpus(&args, root, console),
        args::Command::Features(args) => features::features(&args, root, console),
        args::Command::BuildTime(args) => build_time::build_time(&args, root, console),
        args::Command::JsonSchemaSuite(args) => json_schema_suite::json_schema_suite(&args, console),
        args::Command::ForwardCompat(args) => forward_compat::forward_compat(&args, root, console),
        args::Command::Sync(args) => sync::sync(&args, root, console, disk),
        args::Command::MutateDiff(args) => mutate_diff::mutate_diff(&args, console),
        args::Command::MutateDiagnostics(args) => mutate_diagnostics::mutate_diagnostics(&args, console),
        args::Command::Judge(args) => judge::judge(&args, root, console),
        args::Command::SemverCheck(args) => semver_check::semver_check(&args, root, console),
        args::Command::Ci(args) => ci::ci(&args, root, console),
    }
}

/// Returns a command for the cargo that runs this program.
fn cargo() -> std::process::Command {
    std::process::Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Returns the folder, outside the checkout, where a command keeps files between runs.
fn cache(command: &str) -> PathBuf {
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let base = variable("XDG_CACHE_HOME")
        .or_else(|| variable("HOME").map(|home| home.join(".cache")))
        .unwrap_or_else(std::env::temp_dir);
    base.join("retab-codegen").join(command)
}
