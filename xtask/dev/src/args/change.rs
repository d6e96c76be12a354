//! The arguments of the commands that mutate documents, or test the comparison of two.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use sdkgen::cli::args::EXIT_CODES;

#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct ForwardCompat {
    /// The document of the older SDK.
    pub(crate) old: PathBuf,
    /// The document whose bodies it must read.
    pub(crate) new: PathBuf,
    /// Format of the output.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: ReportFormat,
    /// Configuration for both versions [default: the `sdk.toml` next to each that names it; for the new one, else that of the old].
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Folder for generated types and builds [default: `target/forward-compat`].
    #[arg(long, value_name = "DIR")]
    pub(crate) cache: Option<PathBuf>,
}

/// Format of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// Text.
    #[default]
    Text,
    /// A single JSON object.
    Json,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Exit codes:
  0  the version in `generated/Cargo.toml` allows what changed
  1  a change needs a higher version
  2  the command line is invalid, `cargo-semver-checks` is not installed, or there is no previous release")]
pub(crate) struct Semver {
    /// The previous release: a revision of git, or the folder of a crate [default: the last tag before this commit].
    #[arg(value_name = "REVISION|DIR")]
    pub(crate) baseline: Option<String>,
}

#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct SemverCheck {
    /// Folder of pairs, each a folder with `old.yaml` and `new.yaml` [default: `tests/pairs`].
    #[arg(value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,
    /// Only pairs whose name contains this.
    #[arg(long, value_name = "TEXT")]
    pub(crate) only: Option<String>,
    /// Write the verdicts to `semver.txt` in the folder of each pair.
    #[arg(long)]
    pub(crate) record: bool,
}

#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct MutateDiff {
    /// Folder of OpenAPI documents.
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
    /// Only the document of this name (repeatable).
    #[arg(long, value_name = "NAME")]
    pub(crate) only: Vec<String>,
    /// Only kinds of change with this text in their name (repeatable).
    #[arg(long, value_name = "TEXT")]
    pub(crate) kind: Vec<String>,
    /// Mutations of each kind per document.
    #[arg(long, value_name = "COUNT", default_value_t = 3)]
    pub(crate) each: u64,
    /// Seed of the first mutation; equal seeds make equal mutations.
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    pub(crate) seed: u64,
    /// Folder to write each document with many mutated schemas, for `forward-compat`.
    #[arg(long, value_name = "DIR")]
    pub(crate) keep: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct MutateDiagnostics {
    /// Folder of OpenAPI documents.
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
    /// Only the document of this name (repeatable).
    #[arg(long, value_name = "NAME")]
    pub(crate) only: Vec<String>,
    /// Problems of each kind per document, all in one run.
    #[arg(long, value_name = "COUNT", default_value_t = 2)]
    pub(crate) each: usize,
    /// Seed of the first problem; equal seeds make equal problems.
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    pub(crate) seed: u64,
    /// Also list reports that no inserted problem explains.
    #[arg(long)]
    pub(crate) others: bool,
    /// Folder to write the broken documents.
    #[arg(long, value_name = "DIR")]
    pub(crate) keep: Option<PathBuf>,
}
