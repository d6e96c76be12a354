//! Wraps the compiler for cargo, and measures it. See `cargo xtask dev corpus`.

use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Instant;

/// The environment variable of the file for measurements. If it is set, the arguments are those of a
/// compiler.
pub const VARIABLE: &str = "XTASK_MEASURE";

/// The measurement of a compiler run.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Measure {
    /// Wall time, in seconds.
    pub(crate) seconds: f64,
    /// CPU time, in seconds.
    pub(crate) cpu: f64,
    /// Peak memory, in MB; 0 if unknown.
    pub(crate) peak: u64,
}

impl Measure {
    /// Reads the output of [`measure`].
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut cells = text.trim_end().split('\t');
        Some(Self {
            seconds: cells.next()?.parse().ok()?,
            cpu: cells.next()?.parse().ok()?,
            peak: cells.next()?.parse().ok()?,
        })
    }
}

/// Runs and measures a compiler, whose path is the first argument.
pub fn measure(args: &[OsString], note: &Path) -> ExitCode {
    let Some((compiler, rest)) = args.split_first() else { return ExitCode::FAILURE };
    let start = Instant::now();
    let status = Command::new(compiler).args(rest).env_remove(VARIABLE).status();
    // Cargo queries the compiler with a crate of this name.
    let name = rest.iter().position(|arg| arg == "--crate-name").and_then(|at| rest.get(at + 1));
    if name.is_some_and(|name| name != "___") {
        let (cpu, peak) = usage();
        let _ = std::fs::write(note, format!("{:.3}\t{cpu:.3}\t{peak}\n", start.elapsed().as_secs_f64()));
    }
    match status {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(status) => {
            status.code().and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from)
        }
        Err(_) => ExitCode::FAILURE,
    }
}

/// Returns CPU seconds and peak memory in MB of child processes.
#[cfg(unix)]
fn usage() -> (f64, u64) {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike as _;
    let Ok(usage) = getrusage(UsageWho::RUSAGE_CHILDREN) else { return (0.0, 0) };
    let micros = usage.user_time().num_microseconds() + usage.system_time().num_microseconds();
    let unit = if cfg!(target_vendor = "apple") { 1 } else { 1024 };
    (micros as f64 / 1e6, u64::try_from(usage.max_rss()).unwrap_or(0) * unit / 1_000_000)
}

#[cfg(not(unix))]
fn usage() -> (f64, u64) {
    (0.0, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_read_back() {
        assert_eq!(
            Measure::parse("1.500\t2.250\t300\n"),
            Some(Measure { seconds: 1.5, cpu: 2.25, peak: 300 })
        );
        assert_eq!(Measure::parse("1.5"), None);
    }
}
