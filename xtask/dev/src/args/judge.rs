//! The arguments of `cargo xtask dev judge`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Args)]
#[command(after_help = "\
Exit codes:
  0  the other programs accept all requests, except for known faults of their own
  1  a program rejects a request, or cannot be run
  2  the command line is invalid")]
pub(crate) struct Judge {
    #[command(subcommand)]
    pub(crate) who: Who,
    /// Folder for installed programs and builds [default: a folder in the user's cache].
    #[arg(long, value_name = "DIR", global = true)]
    pub(crate) cache: Option<PathBuf>,
}

/// The program that checks requests.
#[derive(Debug, Subcommand)]
pub(crate) enum Who {
    /// Prism as a validating server, for every operation of the documents in `spec/` and in a folder.
    Prism {
        /// Folder of further OpenAPI documents.
        #[arg(value_name = "DIR")]
        folder: Option<PathBuf>,
        /// Only the document of this name (repeatable).
        #[arg(long, value_name = "NAME")]
        only: Vec<String>,
    },
    /// `qs`, `busboy`, Starlette and Python's `email`, as parsers of the forms and multipart bodies of all cases.
    Forms,
    /// A FastAPI server, called by a program with an SDK of its document.
    Fastapi,
    /// A Prefect server, called by a program with an SDK of its document.
    Prefect,
}
