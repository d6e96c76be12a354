//! The command line of the outside judges.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Args)]
#[command(after_help = "\
Exit codes:
  0  the judges agree, or what they object to is known not to be ours
  1  a judge objects to what may be ours, or cannot be asked
  2  the command line makes no sense")]
pub(crate) struct Judge {
    #[command(subcommand)]
    pub(crate) who: Who,
    /// Folder for what is installed and built; a folder of the user's cache if not given.
    #[arg(long, value_name = "DIR", global = true)]
    pub(crate) cache: Option<PathBuf>,
}

/// Who is asked.
#[derive(Debug, Subcommand)]
pub(crate) enum Who {
    /// Prism as a validating server: every operation of the documents in `spec/` and in a folder.
    Prism {
        /// Folder with more OpenAPI documents.
        #[arg(value_name = "DIR")]
        folder: Option<PathBuf>,
        /// Only the document of this name; may be given several times.
        #[arg(long, value_name = "NAME")]
        only: Vec<String>,
    },
    /// `qs`, `busboy`, Starlette and Python's `email` as readers of the forms and multipart bodies of all cases.
    Forms,
    /// A FastAPI server: an SDK of its document, and a program that calls it.
    Fastapi,
    /// A Prefect server: an SDK of its document, and a program that calls it.
    Prefect,
}
