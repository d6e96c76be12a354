//! `cargo xtask`: the commands of `sdkgen` for `spec/` and `generated/`, and `cargo xtask dev`. See `cargo xtask --help`.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use sdkgen::cli::{self, Console};

fn main() -> ExitCode {
    let root = root();
    let mut args: Vec<OsString> = std::env::args_os().collect();
    // Their packages have more dependencies.
    match args.get(1).and_then(|arg| arg.to_str()) {
        Some("dev") => return delegate("xtask-dev", &args[2..]),
        Some("sync") => return delegate("sdkgen", &args[1..]),
        _ => {}
    }
    if let Some(program) = args.first_mut() {
        *program = "cargo xtask".into();
    }
    ExitCode::from(cli::run(args, &root, &mut Console::standard()))
}

/// The folder of the workspace.
fn root() -> PathBuf {
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    manifest.parent().map_or_else(|| PathBuf::from("."), PathBuf::from)
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
