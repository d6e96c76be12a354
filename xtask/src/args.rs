//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

mod change;
mod judge;

pub(crate) use change::{Break, Diff, Evolve, FailOn, Plant, Shape, Sync, Told, Witness};
pub(crate) use judge::{Judge, Who};

const EXIT_CODES: &str = "\
Exit codes:
  0  all is well
  1  problems were found, or something is stale; nothing was written
  2  the command line makes no sense";

/// Commands of this workspace.
#[derive(Debug, Parser)]
#[command(name = "xtask", bin_name = "cargo xtask", after_help = EXIT_CODES)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// Say nothing but results and errors.
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Generate the SDK: `spec/` into `generated/`, or any document into any folder.
    Codegen(Codegen),
    /// Print the intermediate representation of a document as stable text.
    Ir(Ir),
    /// Report everything that can be said about documents, without writing anything.
    Lint(Lint),
    /// Account for every node of a document: used, recorded or ignored; and what became `serde_json::Value`, with why.
    Ledger(LedgerArgs),
    /// Compare two versions of a document: what changes for those who use the SDK, and which version number follows.
    Diff(Diff),
    /// See how the SDK of a document meets the bodies of its next version: what it reads, what not, and whether that was announced.
    Evolve(Evolve),
    /// Take in a new version of the document, with everything that follows from it: all of it or nothing.
    Sync(Sync),
    /// Ask `cargo-semver-checks` and the compiler about pairs of documents; neither may be stricter than `diff`.
    Witness(Witness),
    /// Plant known changes into documents, and see what `diff` finds of them.
    Plant(Plant),
    /// Plant problems into documents, and see whether one run reports each of them, at its line and column.
    Break(Break),
    /// Ask programs of others about the requests of SDKs: they are installed from npm and PyPI into a cache folder.
    Judge(Judge),
    /// Explain a kind of diagnostic; without one, list them all.
    Explain(Explain),
    /// Send a folder of recorded bodies through the SDK of a document and back.
    Bodies(Bodies),
    /// Change documents at random, and see that the generator survives it.
    Fuzz(Fuzz),
    /// Try one folder of `tests/cases`: goldens, compiler, bodies, and what it lacks.
    Case(Case),
    /// Try a folder of documents: generate, compile, send bodies through their types and back.
    Corpus(Corpus),
    /// Check each cargo feature of a crate by itself, none, and all.
    Features(Features),
    /// Measure what `cargo check` of an SDK takes, against another crate in the same run.
    Versus(Versus),
    /// Send the JSON Schema Test Suite through generated types and back.
    Suite(Suite),
    /// Run what CI runs.
    Ci(Ci),
}

#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct Codegen {
    /// Write nothing; fail with a diff if anything is stale, missing or extra.
    #[arg(long)]
    pub(crate) check: bool,
    #[command(flatten)]
    pub(crate) from: From,
    /// Folder of the SDK; `generated/` if neither this nor another document or configuration is given.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Name of the package; goes before the one in the configuration.
    #[arg(long, value_parser = package_name)]
    pub(crate) name: Option<String>,
    /// Overwrite generated files that were edited by hand.
    #[arg(long)]
    pub(crate) force: bool,
    /// The names of earlier runs, read and written; `names.lock` beside the configuration if no document is given, else none.
    #[arg(long, value_name = "FILE")]
    pub(crate) lock: Option<PathBuf>,
    /// Make all names anew, whatever they were before.
    #[arg(long)]
    pub(crate) relock: bool,
    /// Form of the diagnostics.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

fn package_name(text: &str) -> Result<String, String> {
    generator::config::package_name(text)
        .map(|()| text.to_owned())
        .map_err(|problem| format!("the name {problem}"))
}

/// Which document, and with which choices.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct From {
    /// The OpenAPI document; the one that `spec/sdk.toml` names if not given.
    #[arg(long, value_name = "FILE")]
    pub(crate) spec: Option<PathBuf>,
    /// The choices; `spec/sdk.toml` if no document is given, else none.
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) how: How,
}

/// How to read it.
#[derive(Clone, Copy, Debug, Default, Args)]
pub(crate) struct How {
    /// Make warnings of what `[lints]` denies: what they are about is left out.
    #[arg(long, conflicts_with = "strict")]
    pub(crate) keep_going: bool,
    /// Make errors of warnings, except those that `[lints]` allows.
    #[arg(long)]
    pub(crate) strict: bool,
    /// Read files that the document refers to also outside its folder.
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
  0  nothing to say, or warnings only
  1  an error in one of the documents, or one that cannot be read; with `--strict` a warning, too
  2  the command line makes no sense")]
pub(crate) struct Lint {
    /// OpenAPI documents; the one that `spec/sdk.toml` names if none is given.
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// The choices; `spec/sdk.toml` if no document is given, else none.
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) how: How,
    /// Diagnostics that are shown of each document, the errors first; the rest is counted. JSON and GitHub have all.
    #[arg(long, value_name = "COUNT", default_value_t = 200)]
    pub(crate) most: usize,
    /// Form of the diagnostics.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Exit codes:
  0  every node is accounted for
  1  a node is unaccounted for, or a document cannot be read
  2  the command line makes no sense")]
pub(crate) struct LedgerArgs {
    /// OpenAPI documents, may be given several times; the one that `spec/sdk.toml` names if none is given.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub(crate) spec: Vec<PathBuf>,
    /// The choices; `spec/sdk.toml` if no document is given, else none.
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) how: How,
    /// Form of the output.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: LedgerFormat,
}

/// Form of the ledger.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum LedgerFormat {
    /// Tables for people.
    #[default]
    Text,
    /// One JSON object per document.
    Json,
}

#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct Explain {
    /// The kind, as it stands in brackets after `error` or `warning`.
    pub(crate) code: Option<String>,
}

#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct Bodies {
    #[command(flatten)]
    pub(crate) from: From,
    /// Folder with the bodies and their `INDEX.tsv`: columns file, spec, operation (`GET /path`), direction (`request` or
    /// `response`), source, schema_check. Only rows whose check is `ok` and whose spec is this document's are tried.
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
}

#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct Fuzz {
    /// Folder of OpenAPI documents.
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
    /// Changed documents that are tried.
    #[arg(long, value_name = "COUNT", default_value_t = 2000)]
    pub(crate) mutations: u64,
    /// Number of the first change; the same numbers are the same changes.
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    pub(crate) seed: u64,
    /// Folder for documents that broke something.
    #[arg(long, value_name = "DIR")]
    pub(crate) keep: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(after_help = "\
The cargo tests do the same for all cases, and more: they compare the requests of all calls.

Exit codes:
  0  all is well
  1  a golden differs and was not updated, the SDK does not compile, or a body does not come back equal
  2  the command line makes no sense")]
pub(crate) struct Case {
    /// Name of the folder below `tests/cases`, or its path.
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    /// Write the goldens; look at what changed.
    #[arg(long)]
    pub(crate) update: bool,
    /// Compare the goldens only: compile nothing, send no bodies.
    #[arg(long)]
    pub(crate) no_compile: bool,
    /// Folder for what is made; a folder of the user's cache if not given.
    #[arg(long, value_name = "DIR")]
    pub(crate) cache: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct Corpus {
    /// Folder with OpenAPI documents; with an `INDEX.tsv` whose column `name` has their names without ending, those.
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
    #[command(flatten)]
    pub(crate) how: How,
    /// Only the document of this name; may be given several times.
    #[arg(long, value_name = "NAME")]
    pub(crate) only: Vec<String>,
    /// Check each crate with `cargo check`, and measure the compiler.
    #[arg(long)]
    pub(crate) compile: bool,
    /// Check each crate with `cargo clippy`.
    #[arg(long)]
    pub(crate) clippy: bool,
    /// Check the documentation of each crate with `cargo doc`.
    #[arg(long)]
    pub(crate) doc: bool,
    /// Send the documents' examples, bodies made from their schemas, and changed bodies through the types and back.
    #[arg(long)]
    pub(crate) roundtrip: bool,
    /// Judge the names instead, and make nothing: the share that holds a number of ours, a stutter or more than 50 characters.
    #[arg(long, conflicts_with_all = ["compile", "clippy", "doc", "roundtrip"])]
    pub(crate) names: bool,
    /// Make values by the constructors, setters and variants of the types, and judge each by its schema.
    #[arg(long)]
    pub(crate) made: bool,
    /// Documents worked on at once; as many as processors if not given.
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<usize>,
    /// Folder for what is made; a folder of the user's cache if not given.
    #[arg(long, value_name = "DIR")]
    pub(crate) cache: Option<PathBuf>,
    /// File for the table as JSON; `corpus.json` in the cache if not given.
    #[arg(long, value_name = "FILE")]
    pub(crate) json: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct Versus {
    /// The other crate: a folder, or `NAME` or `NAME@VERSION` of the registry.
    #[arg(value_name = "CRATE")]
    pub(crate) other: String,
    /// Folder of the SDK; `generated/` if not given.
    #[arg(long, value_name = "DIR")]
    pub(crate) sdk: Option<PathBuf>,
    /// How often each is checked; medians are shown.
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) rounds: u16,
    /// Folder for what is made; a folder of the user's cache if not given.
    #[arg(long, value_name = "DIR")]
    pub(crate) cache: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct Features {
    /// Folder of a crate; `generator/runtime` and `generated` if none is given.
    #[arg(long = "dir", value_name = "DIR")]
    pub(crate) dirs: Vec<PathBuf>,
}

#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct Suite {
    /// Folder of one draft of the suite, such as `tests/draft2020-12`.
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
    /// Where the types are written and built; a folder of the user's cache if not given.
    #[arg(long, value_name = "DIR")]
    pub(crate) cache: Option<PathBuf>,
    /// Where the results go as JSON; `suite.json` in the cache if not given.
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
    /// Is everything formatted?
    Fmt,
    /// Clippy without a warning.
    Clippy,
    /// Each cargo feature by itself, none, and all.
    Features,
    /// Is everything generated fresh?
    Codegen,
    /// All tests.
    Test,
    /// Documentation without a warning.
    Doc,
    /// Are the fuzz targets well, as `cargo fuzz` builds them?
    Fuzz,
}

/// Form of the diagnostics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    #[default]
    Text,
    /// One JSON object per line.
    Json,
    /// Annotations for GitHub Actions.
    Github,
}
