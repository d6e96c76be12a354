//! `sdkgen`: see `sdkgen --help`.

use std::process::ExitCode;

use sdkgen::cli::{self, Console};

/// A third of the time of a run goes into small allocations.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let root = std::env::current_dir().unwrap_or_default();
    ExitCode::from(cli::run(std::env::args_os(), &root, &mut Console::standard()))
}
