//! Reads the files that a document refers to, if they are in an allowed folder.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::parts::Lost;
use crate::source::Source;

use super::near::{label_beside, neighbour};

/// A reader of files by path relative to the folder of the document.
pub(crate) struct Reader {
    folder: PathBuf,
    /// The canonical path of the folder; `None` if it cannot be determined.
    real: Option<PathBuf>,
    /// The label of the folder.
    shown: String,
    outside: bool,
    /// Maximum size of a file, in bytes.
    most: u64,
}

/// Maximum size of a referenced file, in bytes. The document itself has no limit.
const MOST_BYTES: u64 = 64 << 20;

impl Reader {
    /// Makes a reader for the document at `path`, which is shown as `label`.
    pub(crate) fn new(path: &Path, label: &str, outside: bool) -> Self {
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
            _ => PathBuf::from("."),
        };
        let shown = label.rfind('/').map_or_else(String::new, |cut| label[..=cut].to_owned());
        Self { real: folder.canonicalize().ok(), folder, shown, outside, most: MOST_BYTES }
    }

    /// Reads a file. Links that point outside the folder count as outside.
    pub(crate) fn read(&self, path: &str) -> Result<Source, Lost> {
        if !self.outside && path.split('/').any(|part| part == "..") {
            return Err(Lost::Outside);
        }
        let file = self.folder.join(path);
        let real = file.canonicalize().map_err(|error| self.lost(path, &error))?;
        if !self.outside && !self.real.as_ref().is_some_and(|folder| real.starts_with(folder)) {
            return Err(Lost::Outside);
        }
        if !real.is_file() {
            return Err(Lost::Unreadable("not a regular file".to_owned()));
        }
        let size = std::fs::metadata(&real).map_err(|error| self.lost(path, &error))?.len();
        if size > self.most {
            let megabytes = self.most >> 20;
            return Err(Lost::Unreadable(format!("it has {size} bytes, more than {megabytes} MiB")));
        }
        let bytes = std::fs::read(&real).map_err(|error| self.lost(path, &error))?;
        let text = String::from_utf8(bytes);
        let text = text.map_err(|_| Lost::Unreadable("it is not UTF-8".to_owned()))?;
        Ok(Source::new(format!("{}{path}", self.shown), text))
    }

    fn lost(&self, path: &str, error: &std::io::Error) -> Lost {
        match error.kind() {
            ErrorKind::NotFound => {
                let near = neighbour(&self.folder.join(path));
                Lost::Missing { near: near.map(|name| label_beside(path, &name)) }
            }
            _ => Lost::Unreadable(error.to_string()),
        }
    }
}
