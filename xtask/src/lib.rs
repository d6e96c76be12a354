//! The commands of the workspace. All files are read and written here; `generator`, which does no IO, decides what is written.
//!
//! Results go to standard output, progress and diagnostics to standard error. Everything runs through [`run`] with a
//! [`Console`], so that tests see exactly what people see.

use std::ffi::OsString;
use std::path::Path;

use clap::Parser as _;

pub use console::Console;
pub(crate) use environment::{cache, cargo};
pub(crate) use outcome::{Exit, Failure};

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
mod environment;
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
mod outcome;
mod program;
mod semver_check;
mod sync;

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
