//! The commands of `sdkgen`. All files are read and written here; the library, which does no IO, decides what is written.
//!
//! Results go to standard output, progress and diagnostics to standard error. Everything runs through [`run`] with a
//! [`Console`], so that tests see exactly what people see.

use std::ffi::OsString;
use std::path::Path;

use clap::Parser as _;

pub use console::Console;
pub use environment::{cache, cargo};
pub use outcome::{Exit, Failure};

pub mod args;
pub mod diff;
pub mod disk;
pub mod fetch;
pub mod generate;
pub mod input;

mod console;
mod environment;
mod explain;
mod ir;
mod ledger;
mod lint;
mod outcome;
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
    let cli = match args::Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => return console.parsed(&error) as u8,
    };
    console.quiet = cli.quiet;
    let done = dispatch(cli.command, root, console, disk);
    console.exit(done) as u8
}

fn dispatch(
    command: args::Command,
    root: &Path,
    console: &mut Console,
    disk: &dyn disk::Disk,
) -> Result<Exit, Failure> {
    match command {
        args::Command::Codegen(args) => generate::generate(&args, root, console, disk),
        args::Command::Ir(args) => ir::ir(&args, root, console),
        args::Command::Ledger(args) => ledger::ledger(&args, root, console),
        args::Command::Lint(args) => lint::lint(&args, root, console),
        args::Command::Diff(args) => diff::diff(&args, console),
        args::Command::Explain(args) => Ok(explain::explain(&args, console)),
        args::Command::Sync(args) => sync::sync(&args, root, console, disk),
    }
}
