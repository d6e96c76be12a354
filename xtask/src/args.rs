//! The arguments of all commands.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

mod change;
mod exit_codes;
mod judge;

pub(crate) use change::{
    Diff, DiffFormat, FailOn, ForwardCompat, MutateDiagnostics, MutateDiff, ReportFormat, SemverCheck, Sync,
};
use exit_codes::EXIT_CODES;
pub(crate) use judge::{Judge, Who};

/// Commands of the retab-codegen workspace.
#[derive(Debug, Parser)]
#[command(name = "xtask", bin_name = "cargo xtask", after_help = EXIT_CODES)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// Print only results and errors.
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Generate an SDK: from `spec/` into `generated/`, or from any document into any folder.
    Codegen(Codegen),
    /// Print the intermediate representation of a document.
    Ir(Ir),
    /// Report all problems of documents, and write nothing.
    Lint(Lint),
    /// Show keyword coverage: whether each node is used, reported or ignored, and which schemas are `serde_json::Value`, and why.
    Ledger(LedgerArgs),
    /// Compare two versions of a document: what changes for users of the SDK, and the version bump it needs.
    Diff(Diff),
    /// Test forward compatibility: whether the SDK of a document reads bodies of its next version, or `diff` announces otherwise.
    ForwardCompat(ForwardCompat),
    /// Update the document, and regenerate the SDK, version and changelog: all or nothing.
    Sync(Sync),
    /// Cross-check `diff` with `cargo-semver-checks` and the compiler: neither may be stricter.
    SemverCheck(SemverCheck),
    /// Test `diff` by mutation: make known changes to documents, and count those that it finds.
    MutateDiff(MutateDiff),
    /// Test diagnostics by mutation: insert problems into documents, and count those that one run reports at the right location.
    MutateDiagnostics(MutateDiagnostics),
    /// Check requests of SDKs with other programs, installed from npm and PyPI into a cache folder.
    Judge(Judge),
    /// Explain a diagnostic code, or list all codes.
    Explain(Explain),
    /// Decode and encode recorded bodies with the SDK of a document, and compare.
    Bodies(Bodies),
    /// Mutate documents at random, and check that the generator does not panic.
    Fuzz(Fuzz),
    /// Check one folder of `tests/cases`: goldens, compilation, bodies, and missing files.
    Case(Case),
    /// Check a folder of documents: generate and compile SDKs, and round-trip bodies.
    Corpus(Corpus),
    /// Check a crate with each cargo feature alone, with none, and with all.
    Features(Features),
    /// Compare the build time of an SDK with that of another crate.
    BuildTime(BuildTime),
    /// Run the JSON Schema Test Suite on generated types.
    JsonSchemaSuite(JsonSchemaSuite),
    /// Run what CI runs.
    Ci(Ci),
}

#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct Codegen {
    /// Write nothing, and fail with a diff if a file is stale, missing or extra.
    #[arg(long)]
    pub(crate) check: bool,
    #[command(flatten)]
    pub(crate) from: From,
    /// Folder of the SDK [default: `generated/`, unless `--spec` or `--config` is given].
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Name of the package; overrides the configuration.
    #[arg(long, value_parser = package_name)]
    pub(crate) name: Option<String>,
    /// Overwrite generated files that were edited.
    #[arg(long)]
    pub(crate) force: bool,
    /// Lock file of names, read and written [default: `names.lock` next to the configuration, unless `--spec` is given].
    #[arg(long, value_name = "FILE")]
    pub(crate) lock: Option<PathBuf>,
    /// Ignore the lock file, and name everything from scratch.
    #[arg(long)]
    pub(crate) relock: bool,
    /// Format of the diagnostics.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

fn package_name(text: &str) -> Result<String, String> {
    generator::config::package_name(text)
        .map(|()| text.to_owned())
        .map_err(|problem| format!("the name {problem}"))
}

/// The document and its configuration.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct From {
    /// The OpenAPI document [default: the one that `spec/sdk.toml` names].
    #[arg(long, value_name = "FILE")]
    pub(crate) spec: Option<PathBuf>,
    /// The configuration [default: `spec/sdk.toml`, unless a document is given].
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) how: How,
}

/// Options for reading a document.
#[derive(Clone, Copy, Debug, Default, Args)]
pub(crate) struct How {
    /// Treat problems that `[lints]` denies as warnings, and skip what they affect.
    #[arg(long, conflicts_with = "strict")]
    pub(crate) keep_going: bool,
    /// Treat warnings as errors, except those that `[lints]` allows.
    #[arg(long)]
    pub(crate) strict: bool,
    /// Also read referenced files outside the folder of the document.
    #[arg(long)]
    pub(crate) allow_outside: bool,
}

#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct Ir {
    #[command(flatten)]
    pub(crate) from: From,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Exit codes:
  0  no errors
  1  errors were found, or a document cannot be read; with `--strict`, warnings count as errors
  2  the command line is invalid")]
pub(crate) struct Lint {
    /// OpenAPI documents [default: the one that `spec/sdk.toml` names].
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// The configuration [default: `spec/sdk.toml`, unless a document is given].
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) how: How,
    /// Maximum number of diagnostics to show per document, errors first (`json` and `github` show all).
    #[arg(long, value_name = "COUNT", default_value_t = 200)]
    pub(crate) most: usize,
    /// Format of the diagnostics.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Exit codes:
  0  every node is accounted for
  1  a node is unaccounted for, or a document cannot be read
  2  the command line is invalid")]
pub(crate) struct LedgerArgs {
    /// OpenAPI documents (repeatable) [default: the one that `spec/sdk.toml` names].
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub(crate) spec: Vec<PathBuf>,
    /// The configuration [default: `spec/sdk.toml`, unless a document is given].
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) how: How,
    /// Format of the output.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: LedgerFormat,
}

/// Format of the keyword coverage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum LedgerFormat {
    /// Tables.
    #[default]
    Text,
    /// One JSON object per document.
    Json,
}

#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct Explain {
    /// The code in brackets after `error` or `warning`.
    pub(crate) code: Option<String>,
}

#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct Bodies {
    #[command(flatten)]
    pub(crate) from: From,
    /// Folder of bodies with an `INDEX.tsv`: columns file, spec, operation (`GET /path`), direction (`request` or `response`),
    /// source, schema_check. Only rows of this document whose check is `ok` are used.
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
}

#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct Fuzz {
    /// Folder of OpenAPI documents.
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
    /// Number of mutated documents.
    #[arg(long, value_name = "COUNT", default_value_t = 2000)]
    pub(crate) mutations: u64,
    /// Seed of the first mutation; equal seeds make equal mutations.
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    pub(crate) seed: u64,
    /// Folder to write documents that cause a failure.
    #[arg(long, value_name = "DIR")]
    pub(crate) keep: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(after_help = "\
`cargo test -p tests` does this for all cases, and compares the requests of all calls.

Exit codes:
  0  success
  1  a golden differs and was not updated, the SDK does not compile, or a body does not round-trip
  2  the command line is invalid")]
pub(crate) struct Case {
    /// Name of a folder in `tests/cases`, or its path.
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    /// Write the goldens.
    #[arg(long)]
    pub(crate) update: bool,
    /// Only compare the goldens.
    #[arg(long)]
    pub(crate) no_compile: bool,
    /// Folder for generated files and builds [default: a folder in the user's cache].
    #[arg(long, value_name = "DIR")]
    pub(crate) cache: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct Corpus {
    /// Folder of OpenAPI documents. If it has an `INDEX.tsv`, its column `name` lists them, without extensions.
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
    #[command(flatten)]
    pub(crate) how: How,
    /// Only the document of this name (repeatable).
    #[arg(long, value_name = "NAME")]
    pub(crate) only: Vec<String>,
    /// Run `cargo check` on each crate, and measure the compiler.
    #[arg(long)]
    pub(crate) compile: bool,
    /// Run `cargo clippy` on each crate.
    #[arg(long)]
    pub(crate) clippy: bool,
    /// Run `cargo doc` on each crate.
    #[arg(long)]
    pub(crate) doc: bool,
    /// Round-trip the examples of the documents, bodies made from their schemas, and mutated bodies.
    #[arg(long)]
    pub(crate) roundtrip: bool,
    /// Only judge names: count those with an assigned number, a repeated word or more than 50 characters.
    #[arg(long, conflicts_with_all = ["compile", "clippy", "doc", "roundtrip"])]
    pub(crate) names: bool,
    /// Construct values with constructors, setters and variants, and validate them against their schemas.
    #[arg(long)]
    pub(crate) made: bool,
    /// Documents to process in parallel [default: the number of processors].
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<usize>,
    /// Folder for generated files and builds [default: a folder in the user's cache].
    #[arg(long, value_name = "DIR")]
    pub(crate) cache: Option<PathBuf>,
    /// File for the results as JSON [default: `corpus.json` in the cache].
    #[arg(long, value_name = "FILE")]
    pub(crate) json: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct BuildTime {
    /// The other crate: a folder, or `NAME` or `NAME@VERSION` from the registry.
    #[arg(value_name = "CRATE")]
    pub(crate) other: String,
    /// Folder of the SDK [default: `generated/`].
    #[arg(long, value_name = "DIR")]
    pub(crate) sdk: Option<PathBuf>,
    /// Number of builds of each crate; medians are shown.
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) rounds: u16,
    /// Folder for generated files and builds [default: a folder in the user's cache].
    #[arg(long, value_name = "DIR")]
    pub(crate) cache: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct Features {
    /// Folder of a crate (repeatable) [default: `generator/runtime` and `generated`].
    #[arg(long = "dir", value_name = "DIR")]
    pub(crate) dirs: Vec<PathBuf>,
}

#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct JsonSchemaSuite {
    /// Folder of one draft of the suite, such as `tests/draft2020-12`.
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
    /// Folder for generated types and builds [default: a folder in the user's cache].
    #[arg(long, value_name = "DIR")]
    pub(crate) cache: Option<PathBuf>,
    /// File for the results as JSON [default: `json-schema-suite.json` in the cache].
    #[arg(long, value_name = "FILE")]
    pub(crate) json: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct Ci {
    /// Only these steps.
    #[arg(value_enum)]
    pub(crate) steps: Vec<Step>,
}

/// A step of CI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Step {
    /// Formatting.
    Fmt,
    /// Clippy.
    Clippy,
    /// Each cargo feature alone, none, and all.
    Features,
    /// Freshness of generated files.
    Codegen,
    /// All tests.
    Test,
    /// Documentation.
    Doc,
    /// The fuzz targets, as `cargo fuzz` builds them.
    Fuzz,
}

/// Format of the diagnostics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Text.
    #[default]
    Text,
    /// One JSON object per line.
    Json,
    /// Annotations for GitHub Actions.
    Github,
}
