//! The commands that measure and test the generator: `cargo xtask dev`.
//!
//! They read, write and print with what the commands of `sdkgen` are made of.

use std::ffi::OsString;
use std::path::Path;

use clap::Parser as _;

use sdkgen::cli::{Console, Exit, Failure};

mod args;
mod bodies;
mod browser;
mod build_time;
mod case;
mod ci;
mod corpus;
mod features;
mod forward_compat;
mod fuzz;
mod json_schema_suite;
mod judge;
pub mod measure;
mod mutate_diagnostics;
mod mutate_diff;
mod program;
mod semver;
mod semver_check;
mod site;

/// Runs a command line in the workspace at `root` and returns the exit code.
pub fn run(args: impl IntoIterator<Item = OsString>, root: &Path, console: &mut Console) -> u8 {
    let cli = match args::Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => return console.parsed(&error) as u8,
    };
    console.quiet = cli.quiet;
    let done = dispatch(cli.command, root, console);
    console.exit(done) as u8
}

fn dispatch(command: args::Command, root: &Path, console: &mut Console) -> Result<Exit, Failure> {
    match command {
        args::Command::Bodies(args) => bodies::bodies(&args, root, console),
        args::Command::Fuzz(args) => fuzz::fuzz(&args, console),
        args::Command::Case(args) => case::case(&args, root, console),
        args::Command::Corpus(args) => corpus::corpus(&args, root, console),
        args::Command::Features(args) => features::features(&args, root, console),
        args::Command::BuildTime(args) => build_time::build_time(&args, root, console),
        args::Command::JsonSchemaSuite(args) => json_schema_suite::json_schema_suite(&args, console),
        args::Command::ForwardCompat(args) => forward_compat::forward_compat(&args, root, console),
        args::Command::MutateDiff(args) => mutate_diff::mutate_diff(&args, console),
        args::Command::MutateDiagnostics(args) => mutate_diagnostics::mutate_diagnostics(&args, console),
        args::Command::Browser(args) => browser::browser(&args, root, console),
        args::Command::Judge(args) => judge::judge(&args, root, console),
        args::Command::Semver(args) => semver::semver(&args, root, console),
        args::Command::SemverCheck(args) => semver_check::semver_check(&args, root, console),
        args::Command::Site(args) => site::site(&args, root, console),
        args::Command::Ci(args) => ci::ci(&args, root, console),
    }
}
