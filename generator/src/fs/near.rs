//! Files with a similar name, for typing errors in paths.

use std::path::Path;

use crate::diag::suggest;

/// Returns the file next to `path` with the most similar name.
pub(crate) fn neighbour(path: &Path) -> Option<String> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .ok()?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    names.sort_unstable();
    suggest(path.file_name()?.to_str()?, names.iter().map(String::as_str)).map(str::to_owned)
}

/// Returns the label of a file next to another.
pub(crate) fn label_beside(of: &str, name: &str) -> String {
    match of.rfind(['/', '\\']) {
        Some(cut) => format!("{}{name}", &of[..=cut]),
        None => name.to_owned(),
    }
}
