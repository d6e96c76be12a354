//! `cargo xtask dev`: see `cargo xtask dev --help`.

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    if let Some(note) = std::env::var_os(dev::measure::VARIABLE) {
        let args: Vec<_> = std::env::args_os().skip(1).collect();
        return dev::measure::measure(&args, note.as_ref());
    }
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    let root = manifest.ancestors().nth(2).map_or_else(|| PathBuf::from("."), PathBuf::from);
    ExitCode::from(dev::run(std::env::args_os(), &root, &mut sdkgen::cli::Console::standard()))
}
