//! Copies files into the site.

use std::path::Path;

use sdkgen::cli::Failure;

/// Copies a folder.
pub(super) fn all(from: &Path, to: &Path) -> Result<(), Failure> {
    let entries = std::fs::read_dir(from).map_err(|error| Failure::write(from, &error))?;
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        let target = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() { all(&path, &target)? } else { one(&path, &target)? }
    }
    Ok(())
}

/// Copies a file, and makes its folder.
pub(super) fn one(from: &Path, to: &Path) -> Result<(), Failure> {
    let folder = to.parent().unwrap_or(Path::new(""));
    std::fs::create_dir_all(folder).map_err(|error| Failure::write(folder, &error))?;
    std::fs::copy(from, to).map(drop).map_err(|error| Failure::write(to, &error))
}
