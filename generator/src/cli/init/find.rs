//! Finds the OpenAPI document of a project.

use std::path::{Path, PathBuf};

use crate::cli::{Failure, read};

/// The folders where documents are.
const FOLDERS: [&str; 6] = ["", "spec", "api", "openapi", "docs", "schema"];

/// Returns the only document in a folder and those below it where documents are.
pub(super) fn document(folder: &Path) -> Result<PathBuf, Failure> {
    let mut found = Vec::new();
    for below in FOLDERS {
        let Ok(entries) = std::fs::read_dir(Path::new(".").join(folder).join(below)) else { continue };
        for entry in entries.filter_map(Result::ok) {
            let path = folder.join(below).join(entry.file_name());
            if is_document(&path) {
                found.push(path);
            }
        }
    }
    found.sort_unstable();
    match found.as_slice() {
        [one] => Ok(one.clone()),
        [] => Err(Failure::new("there is no OpenAPI document here")
            .help("pass it: `init openapi.yaml`, or `init https://…/openapi.json`")),
        several => {
            let names: Vec<String> = several.iter().map(|path| format!("`{}`", read::label(path))).collect();
            Err(Failure::new(format!("there are several documents here: {}", names.join(", ")))
                .help("pass the one that is meant"))
        }
    }
}

/// Returns whether a file says that it is an OpenAPI document.
fn is_document(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    if !["json", "yaml", "yml"].contains(&ending) || !path.is_file() {
        return false;
    }
    let Ok(text) = std::fs::read_to_string(path) else { return false };
    let is_key = |line: &str| {
        ["openapi:", "\"openapi\"", "'openapi'", "swagger:", "\"swagger\""]
            .iter()
            .any(|key| line.starts_with(key))
    };
    match text.trim_start_matches('\u{feff}').trim_start().strip_prefix('{') {
        Some(object) => object.lines().chain([object]).any(|line| is_key(line.trim_start())),
        None => text.lines().any(is_key),
    }
}
