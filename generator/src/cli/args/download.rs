//! How documents are downloaded.

use std::path::PathBuf;

use clap::Args;

/// How a document is downloaded.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Downloads")]
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
    /// Send a header whose value is in an environment variable (repeatable), for documents behind a login.
    #[arg(long, value_name = "NAME=VARIABLE", value_parser = header)]
    pub header_env: Vec<(String, String)>,
}

impl Default for Download {
    fn default() -> Self {
        Self {
            timeout: 60,
            max_bytes: 64 * 1024 * 1024,
            ca: None,
            allow_loopback: false,
            header_env: Vec::new(),
        }
    }
}

/// Reads `NAME=VARIABLE`.
fn header(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, variable)) if !name.is_empty() && !variable.is_empty() => {
            Ok((name.to_owned(), variable.to_owned()))
        }
        _ => Err("write `NAME=VARIABLE`, such as `Authorization=DOCS_AUTHORIZATION`".to_owned()),
    }
}
