//! Makes a new SDK a member of the workspace that it is in.

use std::path::{Path, PathBuf};

use toml_edit::{DocumentMut, Item, Value};

use super::members::{Package, packages};
use crate::cli::home::{relative, tidied};
use crate::cli::{Failure, read};

/// The workspace around a folder.
pub(super) struct Workspace {
    /// The other packages in it; none if the SDK is not a part of it.
    others: Vec<Package>,
    /// Its manifest, if it does not name the SDK yet.
    pub(super) changed: Option<Changed>,
}

impl Workspace {
    /// Refuses a name that another package has: cargo would refuse the workspace.
    pub(super) fn refuse_taken(&self, name: &str) -> Result<(), Failure> {
        let has = |name: &str| self.others.iter().find(|package| package.name == name);
        let Some(other) = has(name) else { return Ok(()) };
        let here = std::env::current_dir().unwrap_or_default();
        let folder = relative(&other.folder, &here);
        let shown = if folder.is_empty() { "." } else { folder.as_str() };
        let numbered = (2..).map(|number| format!("{name}-{number}"));
        let free = std::iter::once(format!("{name}-sdk")).chain(numbered).find(|name| has(name).is_none());
        let message =
            format!("the workspace has a package `{name}` already, in `{shown}`; nothing was written");
        let help = format!("choose another name, such as `--name {}`", free.unwrap_or_default());
        Err(Failure::new(message).help(help))
    }
}

/// A manifest with the new member.
pub(super) struct Changed {
    pub(super) path: PathBuf,
    pub(super) old: String,
    pub(super) new: String,
}

/// Finds the workspace that a folder is in, and adds it to the members.
pub(super) fn of(folder: &Path) -> Result<Option<Workspace>, Failure> {
    let here = std::env::current_dir().unwrap_or_default().join(folder);
    let here = tidied(&here);
    for at in here.ancestors().skip(1) {
        let path = at.join("Cargo.toml");
        let Ok(text) = std::fs::read_to_string(&path) else {
            if at.join(".git").exists() {
                break;
            }
            continue;
        };
        let label = read::label(&path);
        let parsed: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| {
            Failure::new(format!("`{label}` is not TOML: {}", error.message().replace('\n', ", ")))
                .help("the SDK joins its workspace; fix it first")
        })?;
        if parsed.get("workspace").is_some() {
            let member = read::label(here.strip_prefix(at).unwrap_or(&here));
            let mut others = match is_in(&parsed, "exclude", &member) {
                true => Vec::new(),
                false => packages(at, &text),
            };
            others.retain(|package| package.folder != here);
            let new = with_member(parsed, &member);
            let changed = new.map(|new| Changed { path, old: text, new });
            return Ok(Some(Workspace { others, changed }));
        }
        if at.join(".git").exists() {
            break;
        }
    }
    Ok(None)
}

/// Returns the manifest with a member, unless it has it.
fn with_member(mut manifest: DocumentMut, member: &str) -> Option<String> {
    if is_in(&manifest, "members", member) || is_in(&manifest, "exclude", member) {
        return None;
    }
    let workspace = manifest.get_mut("workspace")?.as_table_like_mut()?;
    let members = workspace.entry("members").or_insert(toml_edit::value(toml_edit::Array::new()));
    members.as_array_mut()?.push(member);
    Some(manifest.to_string())
}

/// Returns whether a list of the workspace names a member.
fn is_in(manifest: &DocumentMut, list: &str, member: &str) -> bool {
    let list = manifest.get("workspace").and_then(|workspace| workspace.get(list));
    let patterns = list.and_then(Item::as_array).into_iter().flatten().filter_map(Value::as_str);
    patterns.into_iter().any(|pattern| {
        let parent = member.rsplit_once('/').map_or("", |(parent, _)| parent);
        pattern == member || pattern.strip_suffix("/*").is_some_and(|folder| folder == parent)
    })
}

/// Returns the manifest of an SDK without the table that keeps it out of any workspace.
pub(super) fn without_table(manifest: &str) -> String {
    match manifest.find("\n# Keeps the crate out of any workspace") {
        Some(at) => manifest[..at].to_owned(),
        None => manifest.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(text: &str, member: &str) -> Option<String> {
        with_member(text.parse().unwrap(), member)
    }

    #[test]
    fn members_are_added_once() {
        let new = with("# Mine.\n[workspace]\nmembers = [\"app\"] # all\n", "sdk").unwrap();
        assert_eq!(new, "# Mine.\n[workspace]\nmembers = [\"app\", \"sdk\"] # all\n");
        assert_eq!(with(&new, "sdk"), None);
        assert_eq!(with("[workspace]\nmembers = [\"crates/*\"]\n", "crates/sdk"), None);
        assert_eq!(with("[workspace]\nexclude = [\"sdk\"]\n", "sdk"), None);
        assert_eq!(
            with("[package]\n[workspace]\n", "sdk").unwrap(),
            "[package]\n[workspace]\nmembers = [\"sdk\"]\n"
        );
    }
}
