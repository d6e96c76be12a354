//! Finds the documents of a folder.

use std::path::{Path, PathBuf};

use sdkgen::cli::Failure;

/// Extensions of documents.
const ENDINGS: [&str; 3] = ["json", "yaml", "yml"];

/// A document to check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) name: String,
    pub(crate) path: PathBuf,
}

/// Returns all documents, or those with the given names: the rows of `INDEX.tsv` in order, or else the files
/// with a known extension.
pub(crate) fn find(folder: &Path, only: &[String]) -> Result<Vec<Found>, Failure> {
    let unreadable = |e: std::io::Error| {
        Failure::new(format!("cannot read `{}`: {e}", folder.display()))
            .help("pass a folder of OpenAPI documents")
    };
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).map_err(unreadable)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.sort();
    let ends = |path: &Path| path.extension().and_then(|e| e.to_str()).is_some_and(|e| ENDINGS.contains(&e));
    let stem = |path: &Path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    files.retain(|path| path.is_file() && ends(path));
    let all: Vec<Found> = match std::fs::read_to_string(folder.join("INDEX.tsv")) {
        Ok(index) => names(&index)
            .into_iter()
            .map(|name| {
                let path = files.iter().find(|path| stem(path) == name).cloned();
                path.map(|path| Found { name: name.clone(), path })
                    .ok_or_else(|| Failure::new(format!("the index names `{name}`, which does not exist")))
            })
            .collect::<Result<_, _>>()?,
        Err(_) => files.into_iter().map(|path| Found { name: stem(&path), path }).collect(),
    };
    if let Some(odd) = only.iter().find(|name| !all.iter().any(|found| found.name == **name)) {
        let known: Vec<&str> = all.iter().map(|found| found.name.as_str()).collect();
        return Err(Failure::new(format!("the document `{odd}` is not in `{}`", folder.display()))
            .help(format!("choose from {}", known.join(", "))));
    }
    let chosen: Vec<Found> =
        all.into_iter().filter(|found| only.is_empty() || only.contains(&found.name)).collect();
    if chosen.is_empty() {
        return Err(Failure::new(format!("`{}` has no documents", folder.display()))
            .help("documents end in `.json`, `.yaml` or `.yml`"));
    }
    Ok(chosen)
}

/// Returns the column `name` of an index, or its first column.
fn names(index: &str) -> Vec<String> {
    let mut lines = index.lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let column = header.iter().position(|name| *name == "name").unwrap_or_default();
    lines.filter_map(|line| line.split('\t').nth(column)).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_index_is_read_by_its_header() {
        assert_eq!(names("size\tname\n1\ta\n2\tb\n"), ["a", "b"]);
        assert_eq!(names("x\na\n"), ["a"]);
    }
}
