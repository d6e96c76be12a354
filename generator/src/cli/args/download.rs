//! How documents are downloaded.

use std::path::PathBuf;

use clap::Args;

/// How a document is downloaded.
#[derive(Clone, Debug, Args)]
pub struct Download {
    /// Timeout of a download, in seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    pub timeout: u64,
    /// Maximum size of the document, in bytes.
    #[arg(long, value_name = "BYTES", default_value_t = 64 * 1024 * 1024)]
    pub max_bytes: u64,
    /// Root certificates (PEM) to trust instead of the default ones.
    #[arg(long, value_name = "FILE")]
    pub ca: Option<PathBuf>,
    /// Allow `http://` URLs on 127.0.0.1 and `[::1]`.
    #[arg(long)]
    pub allow_loopback: bool,
}
