//! The folders of a run.

use std::path::PathBuf;

/// The folders of a run.
pub(super) struct Places {
    /// The workspace.
    pub(super) root: PathBuf,
    /// The folder of installed programs and builds.
    pub(super) cache: PathBuf,
}
