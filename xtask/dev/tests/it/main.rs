//! The maintainers' commands as people see them.

mod book;
mod case;
mod corpus;
mod forward_compat;
mod mutate_diagnostics;
mod mutate_diff;
#[path = "../../../../generator/tests/it/world.rs"]
#[allow(dead_code, reason = "shared with the tests of the other commands")]
mod world;

use std::ffi::OsString;
use std::path::Path;

use sdkgen::cli::Console;
use sdkgen::disk::Disk;

/// The program that [`world::World::run`] runs.
fn program(args: Vec<OsString>, root: &Path, console: &mut Console, _: &dyn Disk) -> u8 {
    dev::run(args, root, console)
}
