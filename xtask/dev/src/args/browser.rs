//! The arguments of `browser`.

use std::path::PathBuf;

use clap::Args;

/// The arguments of `browser`.
#[derive(Debug, Args)]
pub(crate) struct Browser {
    /// The Chromium to run, instead of the one on the PATH.
    #[arg(long, value_name = "FILE")]
    pub(crate) chromium: Option<PathBuf>,
    /// The folder for tools and build output, instead of one in the user's cache folder.
    #[arg(long, value_name = "DIR")]
    pub(crate) cache: Option<PathBuf>,
}
