//! The commands of `sdkgen`. All files are read and written here; the library, which does no IO, decides what is written.
//!
//! Results go to standard output, progress and diagnostics to standard error. Everything runs through [`run`] with a
//! [`Console`], so that tests see exactly what people see.

use std::ffi::OsString;

use clap::{CommandFactory as _, FromArgMatches as _};

use crate::disk::{Disk, System};

pub use console::Console;
pub use environment::{cache, cargo};
use home::Home;

pub use outcome::{Exit, Failure};

pub mod args;
pub mod diff;
pub mod fetch;
pub mod generate;
pub mod home;
pub mod input;

mod choices;
mod console;
mod environment;
mod explain;
mod init;
mod ir;
mod learn;
mod ledger;
mod lint;
mod outcome;
mod read;
mod shell;
mod sync;

/// Runs a command line for a project and returns the exit code.
pub fn run(args: impl IntoIterator<Item = OsString>, home: &Home, console: &mut Console) -> u8 {
    run_on(args, home, console, &System)
}

/// Runs a command line like [`run`], with another disk for the commands that write.
pub fn run_on(
    args: impl IntoIterator<Item = OsString>,
    home: &Home,
    console: &mut Console,
    disk: &dyn Disk,
) -> u8 {
    let mut parser = args::Cli::command().bin_name(home.program);
    parser.build();
    let parsed = parser.try_get_matches_from_mut(args).and_then(|found| args::Cli::from_arg_matches(&found));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => return console.parsed(&error) as u8,
    };
    console.quiet = cli.quiet;
    let done = dispatch(cli.command, home, console, disk);
    console.exit(done) as u8
}

fn dispatch(
    command: args::Command,
    home: &Home,
    console: &mut Console,
    disk: &dyn Disk,
) -> Result<Exit, Failure> {
    use args::{Command, Generate};
    match command {
        Command::Init(args) => init::init(&args, home, console, disk),
        Command::Generate(args) => generate::generate(args, home, console, disk),
        Command::Check(args) => generate::generate(Generate { check: true, ..args }, home, console, disk),
        Command::Ir(args) => ir::ir(&args, home, console),
        Command::Learn(args) => learn::learn(&args, home, console),
        Command::Ledger(args) => ledger::ledger(&args, home, console),
        Command::Lint(args) => lint::lint(&args, home, console),
        Command::Diff(args) => diff::diff(&args, console),
        Command::Explain(args) => Ok(explain::explain(&args, home.program, console)),
        Command::Sync(args) => sync::sync(&args, home, console, disk),
        Command::Completions(args) => Ok(shell::completions(args.shell, home.program, console)),
        Command::Man => shell::man(console),
    }
}
