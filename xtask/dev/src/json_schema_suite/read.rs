//! Reads the files of the suite: arrays of groups, each with a schema and instances.

use std::path::{Path, PathBuf};

use serde_json::Value;

use sdkgen::cli::Failure;

/// A schema and instances.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// The file, relative to the folder.
    pub(super) file: String,
    pub(super) description: String,
    pub(super) schema: Value,
    pub(super) cases: Vec<Case>,
}

/// An instance.
#[derive(Clone, Debug)]
pub(super) struct Case {
    pub(super) description: String,
    pub(super) data: Value,
    pub(super) valid: bool,
}

/// Reads all groups of all files in a folder (with `optional/` and `optional/format/`), by path.
pub(super) fn groups(folder: &Path) -> Result<Vec<Group>, Failure> {
    let mut files = Vec::new();
    collect(folder, &mut files)?;
    files.sort();
    let mut groups = Vec::new();
    for path in files {
        let name = path.strip_prefix(folder).unwrap_or(&path).display().to_string().replace('\\', "/");
        let unlike = |why: &str| {
            Failure::new(format!("`{}` is not a file of the JSON Schema Test Suite: {why}", path.display()))
                .help("pass the folder of one draft, such as `tests/draft2020-12`")
        };
        let value: Value = serde_json::from_str(&text(&path)?).map_err(|e| unlike(&e.to_string()))?;
        for group in value.as_array().ok_or_else(|| unlike("it is not an array"))? {
            groups.push(read(&name, group).ok_or_else(|| unlike("a group lacks a property"))?);
        }
    }
    if groups.is_empty() {
        return Err(Failure::new(format!("`{}` has no JSON files", folder.display())));
    }
    Ok(groups)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let unreadable = |e| Failure::new(format!("cannot read `{}`: {e}", folder.display()));
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|ext| ext == "json") {
            files.push(path);
        }
    }
    Ok(())
}

fn read(file: &str, group: &Value) -> Option<Group> {
    let words = |value: &Value| value.get("description").and_then(Value::as_str).map(str::to_owned);
    let case = |case: &Value| {
        Some(Case {
            description: words(case)?,
            data: case.get("data")?.clone(),
            valid: case.get("valid")?.as_bool()?,
        })
    };
    Some(Group {
        file: file.to_owned(),
        description: words(group)?,
        schema: group.get("schema")?.clone(),
        cases: group.get("tests")?.as_array()?.iter().map(case).collect::<Option<_>>()?,
    })
}

/// Reads a text file.
fn text(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|e| Failure::new(format!("cannot read `{}`: {e}", path.display())))
}
