//! The commands as people see them: exit code, both streams, and what is on the disk afterwards.

#![cfg(all(feature = "cli", feature = "fetch"))]

mod action;
mod alone;
mod bad_input;
mod bad_text;
mod beginning;
mod book;
mod commands;
mod dependents;
mod diff;
mod fetching;
mod hostile;
mod kills;
mod learn;
mod library;
mod lint;
mod manifest;
mod markers;
mod neighbours;
mod project;
mod several_files;
mod sync;
mod sync_path;
mod typos;
mod world;
mod writer;

use std::ffi::OsString;
use std::path::Path;

use sdkgen::cli::Console;
use sdkgen::disk::Disk;

/// The program that [`world::World::run`] runs.
fn program(args: Vec<OsString>, root: &Path, console: &mut Console, disk: &dyn Disk) -> u8 {
    sdkgen::cli::run_on(args, &sdkgen::cli::home::Home::workspace(root), console, disk)
}
