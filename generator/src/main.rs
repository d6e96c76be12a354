//! `sdkgen`: see `sdkgen --help`.

use std::path::PathBuf;
use std::process::ExitCode;

use sdkgen::cli::home::Home;
use sdkgen::cli::{self, Console};

/// A third of the time of a run goes into small allocations.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // The thread that read the document helps to write the files, in the memory that the document leaves.
    let _ = rayon::ThreadPoolBuilder::new().use_current_thread().build_global();
    let folder = std::env::current_dir().unwrap_or_default();
    let user = ["HOME", "USERPROFILE"].iter().find_map(std::env::var_os).map(PathBuf::from);
    let home = Home::nearest(&folder, user.as_deref());
    ExitCode::from(cli::run(std::env::args_os(), &home, &mut Console::standard()))
}
