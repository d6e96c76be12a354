//! The commands about documents that change.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::EXIT_CODES;

#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct Diff {
    /// The document as it was.
    pub(crate) old: PathBuf,
    /// The document as it is now.
    pub(crate) new: PathBuf,
    /// Form of the output.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Shape,
    /// Exit with 1 if the version number has to grow that much.
    #[arg(long, value_enum, value_name = "PART")]
    pub(crate) fail_on: Option<FailOn>,
    /// The choices for both; if not given, for each the `sdk.toml` beside it that names it, and for the new one else that of the old.
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Give the new version names of its own, as `codegen --relock` would.
    #[arg(long)]
    pub(crate) relock: bool,
}

#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct Evolve {
    /// The document whose SDK is in the field.
    pub(crate) old: PathBuf,
    /// The document whose bodies it meets.
    pub(crate) new: PathBuf,
    /// Form of the output: one line per kind of failure, or one JSON object.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Told,
    /// The choices for both; if not given, for each the `sdk.toml` beside it that names it, and for the new one else that of the old.
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Where the types are written and built; `target/evolve` if not given.
    #[arg(long, value_name = "DIR")]
    pub(crate) cache: Option<PathBuf>,
}

/// Form of a result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Told {
    /// For people.
    #[default]
    Text,
    /// One JSON object.
    Json,
}

#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct Sync {
    /// The new document: a file, or an address that begins with `https://`; what `spec/upstream.toml` names if not given.
    #[arg(long, value_name = "FILE|URL")]
    pub(crate) from: Option<String>,
    /// Write nothing, only say what would change.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Form of the comparison.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Shape,
    /// Seconds that fetching may take.
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    pub(crate) timeout: u64,
    /// Bytes that the document may have.
    #[arg(long, value_name = "BYTES", default_value_t = 64 * 1024 * 1024)]
    pub(crate) max_bytes: u64,
    /// Certificates (PEM) of those who vouch for the server, instead of the usual ones: for a company that has its own.
    #[arg(long, value_name = "FILE")]
    pub(crate) ca: Option<PathBuf>,
    /// Fetch from 127.0.0.1 and [::1] without encryption.
    #[arg(long)]
    pub(crate) allow_loopback: bool,
}

#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct Witness {
    /// Folder with one folder per pair, each with an `old.yaml` and a `new.yaml`; `tests/pairs` if not given.
    #[arg(value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,
    /// Only pairs with this in their name.
    #[arg(long, value_name = "TEXT")]
    pub(crate) only: Option<String>,
    /// Keep what the witnesses say beside each pair.
    #[arg(long)]
    pub(crate) record: bool,
}

#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct Plant {
    /// Folder of OpenAPI documents.
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
    /// Only the document of this name; may be given several times.
    #[arg(long, value_name = "NAME")]
    pub(crate) only: Vec<String>,
    /// How often each kind of change is planted into each document.
    #[arg(long, value_name = "COUNT", default_value_t = 3)]
    pub(crate) each: u64,
    /// Number of the first change; the same numbers are the same changes.
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    pub(crate) seed: u64,
    /// Folder for each document with many changes of its schemas at once, for `evolve`.
    #[arg(long, value_name = "DIR")]
    pub(crate) keep: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct Break {
    /// Folder of OpenAPI documents.
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
    /// Only the document of this name; may be given several times.
    #[arg(long, value_name = "NAME")]
    pub(crate) only: Vec<String>,
    /// How often each kind of problem is planted into each document, all in one run.
    #[arg(long, value_name = "COUNT", default_value_t = 2)]
    pub(crate) each: usize,
    /// Number of the first problem; the same numbers are the same problems.
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    pub(crate) seed: u64,
    /// Also list what is reported that nobody planted.
    #[arg(long)]
    pub(crate) others: bool,
    /// Folder for the broken documents.
    #[arg(long, value_name = "DIR")]
    pub(crate) keep: Option<PathBuf>,
}

/// Form of a comparison.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Shape {
    /// For people.
    #[default]
    Text,
    /// For a comment on a pull request.
    Markdown,
    /// One JSON object.
    Json,
    /// Commands for the log of a GitHub workflow.
    Github,
}

/// How much is too much.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// Breaking changes.
    Major,
    /// Additions, too.
    Minor,
}
