//! Finds the packages of a workspace as cargo does: the members, and the packages in it that they depend on by path.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

use crate::cli::home::tidied;

/// A package of a workspace.
pub(super) struct Package {
    pub(super) name: String,
    pub(super) folder: PathBuf,
}

/// Returns the packages of the workspace with this manifest. What cannot be read is left to cargo.
pub(super) fn packages(root: &Path, manifest: &str) -> Vec<Package> {
    let manifest: Table = manifest.parse().unwrap_or_default();
    let workspace = manifest.get("workspace").and_then(Value::as_table).cloned().unwrap_or_default();
    let excluded: Vec<PathBuf> = texts(&workspace, "exclude").map(|path| tidied(&root.join(path))).collect();
    let mut left: Vec<PathBuf> =
        texts(&workspace, "members").flat_map(|pattern| matching(root, pattern)).collect();
    left.push(root.to_owned());
    left.extend(paths(&workspace, root));
    let (mut seen, mut found) = (BTreeSet::new(), Vec::new());
    while let Some(folder) = left.pop() {
        let folder = tidied(&folder);
        let is_in = folder.starts_with(root) && !excluded.iter().any(|path| folder.starts_with(path));
        if !is_in || !seen.insert(folder.clone()) {
            continue;
        }
        let Ok(text) = std::fs::read_to_string(folder.join("Cargo.toml")) else { continue };
        let table: Table = text.parse().unwrap_or_default();
        left.extend(paths(&table, &folder));
        let targets = table.get("target").and_then(Value::as_table).into_iter().flatten();
        left.extend(
            targets.filter_map(|(_, target)| target.as_table()).flat_map(|table| paths(table, &folder)),
        );
        if let Some(name) = table.get("package").and_then(|package| package.get("name")?.as_str()) {
            found.push(Package { name: name.to_owned(), folder });
        }
    }
    found
}

fn texts<'t>(table: &'t Table, key: &str) -> impl Iterator<Item = &'t str> {
    table.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}

/// The paths of the dependencies in a table.
fn paths(table: &Table, folder: &Path) -> Vec<PathBuf> {
    let kinds = ["dependencies", "dev-dependencies", "build-dependencies"];
    let all = kinds.iter().filter_map(|kind| table.get(*kind)?.as_table()).flatten();
    all.filter_map(|(_, dependency)| Some(folder.join(dependency.get("path")?.as_str()?))).collect()
}

/// The folders below a folder that a pattern of `members` names.
fn matching(folder: &Path, pattern: &str) -> Vec<PathBuf> {
    let (first, rest) = pattern.split_once('/').unwrap_or((pattern, ""));
    let go_on = |folder: PathBuf| match rest {
        "" => vec![folder],
        rest => matching(&folder, rest),
    };
    match first {
        "" | "." => go_on(folder.to_owned()),
        "**" => {
            let below = folders(folder).into_iter().flat_map(|(_, below)| matching(&below, pattern));
            go_on(folder.to_owned()).into_iter().chain(below).collect()
        }
        name if name.contains(['*', '?']) => folders(folder)
            .into_iter()
            .filter(|(found, _)| matches(name.as_bytes(), found.as_bytes()))
            .flat_map(|(_, path)| go_on(path))
            .collect(),
        name => go_on(folder.join(name)),
    }
}

/// The folders in a folder, except hidden ones and what cargo builds.
fn folders(folder: &Path) -> Vec<(String, PathBuf)> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let is_folder = |entry: &std::fs::DirEntry| entry.file_type().is_ok_and(|kind| kind.is_dir());
    let named = entries.filter(is_folder).filter_map(|entry| {
        let name = entry.file_name().into_string().ok()?;
        (!name.starts_with('.') && name != "target").then(|| (name, entry.path()))
    });
    named.collect()
}

/// Whether a name has a pattern, in which `*` is any text and `?` one byte.
fn matches(pattern: &[u8], name: &[u8]) -> bool {
    match (pattern, name) {
        ([], []) => true,
        ([b'*', rest @ ..], _) => (0..=name.len()).any(|skipped| matches(rest, &name[skipped..])),
        ([b'?', rest @ ..], [_, name @ ..]) => matches(rest, name),
        ([one, rest @ ..], [other, name @ ..]) => one == other && matches(rest, name),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_of_names() {
        let matches = |pattern: &str, name: &str| matches(pattern.as_bytes(), name.as_bytes());
        assert!(
            matches("*", "a") && matches("a*c", "abbc") && matches("a?c", "abc") && matches("sdk-*", "sdk-")
        );
        assert!(!matches("a*c", "ab") && !matches("?", "") && !matches("a", "ab"));
    }
}
