//! `cargo xtask`: see `cargo xtask --help`.

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    if let Some(note) = std::env::var_os(xtask::measure::VARIABLE) {
        let args: Vec<_> = std::env::args_os().skip(1).collect();
        return xtask::measure::measure(&args, note.as_ref());
    }
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    let root = manifest.parent().map_or_else(|| PathBuf::from("."), PathBuf::from);
    ExitCode::from(xtask::run(std::env::args_os(), &root, &mut xtask::Console::standard()))
}
