//! What was fetched.

use crate::cli::Failure;

/// The result of fetching.
#[cfg_attr(not(feature = "fetch"), allow(dead_code, reason = "only servers say that nothing changed"))]
pub(crate) enum Fetched {
    /// The document is unchanged.
    Same,
    /// A document with its entity tag.
    Text { text: String, etag: Option<String> },
}

/// Refuses a document.
pub(super) fn too_large(from: &str, limit: u64) -> Failure {
    Failure::new(format!("`{from}` is larger than {limit} bytes")).help("raise the limit with `--max-bytes`")
}
