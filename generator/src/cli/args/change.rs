//! The arguments of the commands that compare documents.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::download::Download;
use super::exit_codes::EXIT_CODES;

#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub struct Diff {
    /// The old version of the document.
    pub old: PathBuf,
    /// The new version of the document.
    pub new: PathBuf,
    /// Format of the output.
    #[arg(long, value_enum, default_value_t)]
    pub format: DiffFormat,
    /// Exit with 1 if the version must be bumped at least this much.
    #[arg(long, value_enum, value_name = "PART")]
    pub fail_on: Option<FailOn>,
    /// Configuration for both versions [default: the `sdk.toml` next to each that names it; for the new one, else that of the old].
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Name the new version from scratch, like `generate --relock`.
    #[arg(long)]
    pub relock: bool,
}

#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub struct Sync {
    /// The configuration [default: the nearest `sdk.toml`].
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The new document: a file or an `https://` URL [default: `url` under `[upstream]`, else the last one].
    #[arg(long, value_name = "FILE|URL")]
    pub from: Option<String>,
    /// Show what would change, and write nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Also take in a document with another title and other operations.
    #[arg(long)]
    pub allow_other_api: bool,
    /// Format of the comparison.
    #[arg(long, value_enum, default_value_t)]
    pub format: DiffFormat,
    #[command(flatten)]
    pub download: Download,
}

/// Format of a comparison.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
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
pub enum FailOn {
    /// A major bump: breaking changes.
    Major,
    /// A minor bump: additions or breaking changes.
    Minor,
}
