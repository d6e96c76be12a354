//! `cargo xtask dev judge`: checks what SDKs send and read with other programs.
//!
//! Our own tests can share a blind spot with the generator; other programs cannot. They are installed from
//! npm and PyPI into a cache folder, in the versions that this module names. Neither `cargo test` nor the
//! usual run of CI includes them.

use std::path::Path;

use crate::args::{Judge, Who};
use sdkgen::cli::{Console, Exit, Failure};

mod forms;
mod places;
mod prism;
mod served;
mod server;
mod tools;
mod verdict;

use places::Places;

/// Runs a judge.
pub(crate) fn judge(args: &Judge, root: &Path, console: &mut Console) -> Result<Exit, Failure> {
    let cache = args.cache.clone().unwrap_or_else(|| sdkgen::cli::cache("judge"));
    std::fs::create_dir_all(&cache).map_err(|e| Failure::write(&cache, &e))?;
    let cache = std::path::absolute(&cache).map_err(|e| Failure::write(&cache, &e))?;
    let places = Places { root: root.to_owned(), cache };
    match &args.who {
        Who::Forms => forms::forms(&places, console),
        Who::Prism { folder, only } => prism::prism(folder.as_deref(), only, &places, console),
        Who::Fastapi => served::fastapi(&places, console),
        Who::Prefect => served::prefect(&places, console),
    }
}
