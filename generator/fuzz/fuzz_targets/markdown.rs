//! `cargo +nightly fuzz run markdown` in `generator/`; built by itself it runs the body over the files it is given.
#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::markdown(data));

#[cfg(not(fuzzing))]
fn main() -> std::process::ExitCode {
    fuzz::over_files(fuzz::markdown)
}
