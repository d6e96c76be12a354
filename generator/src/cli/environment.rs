//! What the environment decides: the cargo to run, and the cache folder.

use std::path::PathBuf;

/// Returns a command for the cargo that runs this program.
pub fn cargo() -> std::process::Command {
    std::process::Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Returns the folder, outside the checkout, where a command keeps files between runs.
pub fn cache(command: &str) -> PathBuf {
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let base = variable("XDG_CACHE_HOME")
        .or_else(|| variable("HOME").map(|home| home.join(".cache")))
        .unwrap_or_else(std::env::temp_dir);
    base.join("retab-codegen").join(command)
}
