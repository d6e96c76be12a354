//! `cargo xtask`: the commands of `sdkgen` for `spec/` and `generated/`, `cargo xtask dev`, and `cargo xtask browser`. See `cargo xtask --help`.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use sdkgen::cli::home::Home;
use sdkgen::cli::{self, Console};

fn main() -> ExitCode {
    let root = root();
    let args: Vec<OsString> = std::env::args_os().collect();
    // Their packages have more dependencies.
    match args.get(1).and_then(|arg| arg.to_str()) {
        Some("dev") => return delegate("xtask-dev", &args[2..]),
        Some("browser") => return delegate("xtask-dev", &args[1..]),
        Some("sync") => {
            let config = [OsString::from("--config"), below(&root).join("spec/sdk.toml").into_os_string()];
            return delegate("sdkgen", &[&args[1..2], &config, &args[2..]].concat());
        }
        _ => {}
    }
    ExitCode::from(cli::run(args, &Home::workspace(&root), &mut Console::standard()))
}

/// The folder of the workspace.
fn root() -> PathBuf {
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    manifest.parent().map_or_else(|| PathBuf::from("."), PathBuf::from)
}

/// The folder of the workspace as it is seen from the current one.
fn below(root: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    match here.ancestors().position(|at| at == root) {
        Some(height) => (0..height).map(|_| "..").collect(),
        None => root.to_owned(),
    }
}

/// Runs the program of another package of this workspace.
fn delegate(package: &str, args: &[OsString]) -> ExitCode {
    let mut cargo = cli::cargo();
    cargo.args(["run", "--quiet", "--package", package, "--"]).args(args);
    match cargo.status() {
        Ok(status) => {
            status.code().and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from)
        }
        Err(error) => {
            eprintln!("error: cannot run `cargo run --package {package}`: {error}");
            ExitCode::FAILURE
        }
    }
}
