//! The arguments of the commands that compare or mutate documents.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::exit_codes::EXIT_CODES;

#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct Diff {
    /// The old version of the document.
    pub(crate) old: PathBuf,
    /// The new version of the document.
    pub(crate) new: PathBuf,
    /// Format of the output.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: DiffFormat,
    /// Exit with 1 if the version must be bumped at least this much.
    #[arg(long, value_enum, value_name = "PART")]
    pub(crate) fail_on: Option<FailOn>,
    /// Configuration for both versions [default: the `sdk.toml` next to each that names it; for the new one, else that of the old].
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Name the new version from scratch, like `codegen --relock`.
    #[arg(long)]
    pub(crate) relock: bool,
}

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
#[command(after_help = EXIT_CODES)]
pub(crate) struct Sync {
    /// The new document: a file or an `https://` URL [default: the URL in `spec/upstream.toml`].
    #[arg(long, value_name = "FILE|URL")]
    pub(crate) from: Option<String>,
    /// Show what would change, and write nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Format of the comparison.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: DiffFormat,
    /// Timeout of the download, in seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    pub(crate) timeout: u64,
    /// Maximum size of the document, in bytes.
    #[arg(long, value_name = "BYTES", default_value_t = 64 * 1024 * 1024)]
    pub(crate) max_bytes: u64,
    /// Root certificates (PEM) to trust instead of the default ones.
    #[arg(long, value_name = "FILE")]
    pub(crate) ca: Option<PathBuf>,
    /// Allow `http://` URLs on 127.0.0.1 and `[::1]`.
    #[arg(long)]
    pub(crate) allow_loopback: bool,
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

/// Format of a comparison.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// Text.
    #[default]
    Text,
    /// Markdown for a comment on a pull request.
    Markdown,
    /// A single JSON object.
    Json,
    /// Annotations for GitHub Actions.
    Github,
}

/// The smallest version bump that fails the command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// A major bump: breaking changes.
    Major,
    /// A minor bump: additions or breaking changes.
    Minor,
}
