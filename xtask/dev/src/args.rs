//! The arguments of all commands.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use sdkgen::cli::args::EXIT_CODES;
pub(crate) use sdkgen::cli::args::{From, How};

mod browser;
mod change;
mod judge;

pub(crate) use browser::Browser;
pub(crate) use change::{ForwardCompat, MutateDiagnostics, MutateDiff, ReportFormat, Semver, SemverCheck};
pub(crate) use judge::{Judge, Who};

/// Commands that measure and test the generator.
#[derive(Debug, Parser)]
#[command(name = "dev", bin_name = "cargo xtask dev", after_help = EXIT_CODES)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// Print only results and errors.
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Test forward compatibility: whether the SDK of a document reads bodies of its next version, or `diff` announces otherwise.
    ForwardCompat(ForwardCompat),
    /// Compare the API of the Retab SDK with a previous release, by `cargo-semver-checks`.
    Semver(Semver),
    /// Cross-check `diff` with `cargo-semver-checks` and the compiler: neither may be stricter.
    SemverCheck(SemverCheck),
    /// Test `diff` by mutation: make known changes to documents, and count those that it finds.
    MutateDiff(MutateDiff),
    /// Test diagnostics by mutation: insert problems into documents, and count those that one run reports at the right location.
    MutateDiagnostics(MutateDiagnostics),
    /// Check requests of SDKs with other programs, installed from npm and PyPI into a cache folder.
    Judge(Judge),
    /// Run the Retab SDK in headless Chromium, compiled for browsers, against a server on this machine.
    Browser(Browser),
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
    /// Build the book and the playground into a folder of static files.
    Site(Site),
    /// Run what CI runs.
    Ci(Ci),
}

#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct Site {
    /// Folder of the site; an earlier site in it is replaced [default: `target/site`].
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Only the playground.
    #[arg(long)]
    pub(crate) no_book: bool,
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
