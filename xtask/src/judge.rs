//! `cargo xtask judge`: programs that others wrote as judges of what SDKs send and read.
//!
//! Our own tests can share a blind spot with the generator; these cannot. The judges come from npm and PyPI, in the versions that
//! stand beside this file, into a cache folder. Nothing of this is part of `cargo test` or of CI's usual run.

use std::path::{Path, PathBuf};

use crate::args::{Judge, Who};
use crate::{Console, Exit, Failure};

mod forms;
mod prism;
mod served;
mod server;
mod tools;
mod verdict;

/// Asks a judge.
pub(crate) fn judge(args: &Judge, root: &Path, console: &mut Console) -> Result<Exit, Failure> {
    let cache = args.cache.clone().unwrap_or_else(|| crate::cache("judge"));
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

/// Where things are.
struct Places {
    /// The workspace.
    root: PathBuf,
    /// What is installed and built.
    cache: PathBuf,
}
