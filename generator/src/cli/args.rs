//! The arguments of all commands.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

mod change;
mod download;
mod exit_codes;

pub use change::{Diff, DiffFormat, FailOn, Sync};
pub use download::Download;
pub use exit_codes::EXIT_CODES;

/// Generates Rust SDKs from OpenAPI documents.
#[derive(Debug, Parser)]
#[command(name = "sdkgen", version, propagate_version = false, after_help = EXIT_CODES)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
    /// Print only results and errors.
    #[arg(long, short, global = true)]
    pub quiet: bool,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Begin a project: `sdk.toml` for a document, and what CI needs.
    Init(Init),
    /// Generate an SDK: for the nearest `sdk.toml`, or for any document into any folder.
    #[command(alias = "codegen")]
    Generate(Generate),
    /// Fail if a generated file is stale, missing or extra, like `generate --check`.
    Check(Generate),
    /// Print the intermediate representation of a document.
    Ir(Ir),
    /// Report all problems of documents, and write nothing.
    Lint(Lint),
    /// Show keyword coverage: whether each node is used, reported or ignored, and which schemas are `serde_json::Value`, and why.
    Ledger(LedgerArgs),
    /// Compare recorded traffic with a document, and write the fixups that make the SDK read it.
    Learn(Learn),
    /// Compare two versions of a document: what changes for users of the SDK, and the version bump it needs.
    Diff(Diff),
    /// Update the document, and regenerate the SDK, version and changelog: all or nothing.
    Sync(Sync),
    /// Explain a diagnostic code, or list all codes.
    Explain(Explain),
    /// Print a script that completes commands and options in a shell.
    Completions(Completions),
    /// Print the manual page.
    #[command(hide = true)]
    Man,
}

#[derive(Debug, Default, Args)]
#[command(after_help = EXIT_CODES)]
pub struct Generate {
    /// The OpenAPI document: a file or an `https://` URL [default: the one that the nearest `sdk.toml` names].
    #[arg(value_name = "FILE|URL", conflicts_with = "spec")]
    pub document: Option<PathBuf>,
    /// Write nothing, and fail with a diff if a file is stale, missing or extra.
    #[arg(long)]
    pub check: bool,
    /// Write nothing, and list the files that would be written or removed.
    #[arg(long, conflicts_with = "check")]
    pub dry_run: bool,
    #[command(flatten)]
    pub from: From,
    /// Folder of the SDK [default: `dir` under `[output]` in `sdk.toml`].
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Write a module of an existing crate instead of a crate: a folder below its `src`, such as `src/api`.
    #[arg(long, value_name = "DIR", conflicts_with = "out")]
    pub module: Option<PathBuf>,
    /// Features to compile into the module, beside the default ones; a crate has them all.
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub features: Vec<String>,
    /// Leave the default features of the runtime (TLS) out of the module.
    #[arg(long)]
    pub no_default_features: bool,
    /// Name of the package; overrides the configuration.
    #[arg(long, value_parser = package_name)]
    pub name: Option<String>,
    /// Overwrite generated files that were edited.
    #[arg(long)]
    pub force: bool,
    /// Lock file of names, read and written [default: `names.lock` next to the configuration, unless a document is given].
    #[arg(long, value_name = "FILE")]
    pub lock: Option<PathBuf>,
    /// Ignore the lock file, and name everything from scratch.
    #[arg(long)]
    pub relock: bool,
    /// Format of the diagnostics.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub struct Init {
    /// The OpenAPI document: a file or an `https://` URL [default: the only document here, in `spec/`, `api/`, `openapi/` or `docs/`].
    #[arg(value_name = "FILE|URL")]
    pub document: Option<String>,
    /// Folder of `sdk.toml` [default: the current folder].
    #[arg(long, value_name = "DIR")]
    pub dir: Option<PathBuf>,
    /// Folder of the SDK [default: a folder of its name beside `sdk.toml`].
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Name of the package [default: from the title of the document].
    #[arg(long, value_parser = package_name)]
    pub name: Option<String>,
    /// Write no workflow for CI.
    #[arg(long)]
    pub no_ci: bool,
    #[command(flatten)]
    pub download: Download,
}

#[derive(Debug, Args)]
pub struct Completions {
    /// The shell.
    pub shell: clap_complete::Shell,
}

fn package_name(text: &str) -> Result<String, String> {
    crate::config::package_name(text)
        .map(|()| text.to_owned())
        .map_err(|problem| format!("the name {problem}"))
}

/// The document and its configuration.
#[derive(Clone, Debug, Default, Args)]
pub struct From {
    /// The OpenAPI document, a file or an `https://` URL [default: the one that the configuration names].
    #[arg(long, value_name = "FILE|URL")]
    pub spec: Option<PathBuf>,
    /// The configuration [default: the nearest `sdk.toml`, unless a document is given].
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    #[command(flatten)]
    pub how: How,
}

/// Options for reading a document.
#[derive(Clone, Debug, Default, Args)]
pub struct How {
    /// Treat problems that `[lints]` denies as warnings, and skip what they affect.
    #[arg(long, conflicts_with = "strict")]
    pub keep_going: bool,
    /// Treat warnings as errors, except those that `[lints]` allows.
    #[arg(long)]
    pub strict: bool,
    /// Also read referenced files outside the folder of the document.
    #[arg(long)]
    pub allow_outside: bool,
    #[command(flatten)]
    pub download: Download,
}

#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub struct Ir {
    #[command(flatten)]
    pub from: From,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Exit codes:
  0  no errors
  1  errors were found, or a document cannot be read; with `--strict`, warnings count as errors
  2  the command line is invalid")]
pub struct Lint {
    /// OpenAPI documents [default: the one that the nearest `sdk.toml` names].
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The configuration [default: the nearest `sdk.toml`, unless a document is given].
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    #[command(flatten)]
    pub how: How,
    /// Maximum number of diagnostics to show per document, errors first (`json` and `github` show all).
    #[arg(long, value_name = "COUNT", default_value_t = 200)]
    pub most: usize,
    /// Format of the diagnostics.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Exit codes:
  0  every node is accounted for
  1  a node is unaccounted for, or a document cannot be read
  2  the command line is invalid")]
pub struct LedgerArgs {
    /// OpenAPI documents (repeatable) [default: the one that the nearest `sdk.toml` names].
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub spec: Vec<PathBuf>,
    /// The configuration [default: the nearest `sdk.toml`, unless a document is given].
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    #[command(flatten)]
    pub how: How,
    /// Format of the output.
    #[arg(long, value_enum, default_value_t)]
    pub format: LedgerFormat,
}

/// Format of the keyword coverage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum LedgerFormat {
    /// Tables.
    #[default]
    Text,
    /// One JSON object per document.
    Json,
}

#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub struct Explain {
    /// The code in brackets after `error` or `warning`.
    pub code: Option<String>,
}

/// Format of the diagnostics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Text.
    #[default]
    Text,
    /// One JSON object per line.
    Json,
    /// Annotations for GitHub Actions.
    Github,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Exit codes:
  0  the SDK reads all that was recorded
  1  it refuses something, or an input cannot be read; with `--strict`, every difference counts
  2  the command line is invalid")]
pub struct Learn {
    /// A recording: a HAR file, or a folder of bodies with an `INDEX.tsv` (columns file, operation (`GET /path`), direction (`request` or
    /// `response`), and spec if it holds several documents; the status is in the file name, as in `get_pet.200.json`).
    #[arg(long = "from", value_name = "FILE|DIR", required = true, num_args = 1..)]
    pub recordings: Vec<PathBuf>,
    #[command(flatten)]
    pub from: From,
    /// Append the fixups to the configuration.
    #[arg(long)]
    pub write: bool,
    /// Maximum number of differences to show, refused ones first (`json` and `toml` show all).
    #[arg(long, value_name = "COUNT", default_value_t = 200)]
    pub most: usize,
    /// Format of the output.
    #[arg(long, value_enum, default_value_t)]
    pub format: LearnFormat,
}

/// Format of what was learned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum LearnFormat {
    /// Differences with excerpts of the document, then the fixups.
    #[default]
    Text,
    /// One JSON object.
    Json,
    /// The fixups only, for `sdk.toml`.
    Toml,
}
