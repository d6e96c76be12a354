//! Finds the manifests that require the SDK by path, and raises the requirements that do not take its next version.

use std::ops::Range;
use std::path::{Path, PathBuf};

use semver::{Version, VersionReq};
use toml_edit::{Document, Item, TableLike};

use crate::cli::Console;
use crate::cli::home::{relative, tidied};
use crate::disk::{self, Change, Refusal};

/// Maximum number of folders to look into.
const MOST: usize = 50_000;

/// What the next version means for the manifests around the SDK.
#[derive(Default)]
pub(super) struct Dependents {
    /// Manifests whose requirements are raised.
    pub(super) changes: Vec<Change>,
    /// What is raised, in lines.
    raised: String,
    /// What people must raise, in lines.
    left: String,
}

impl Dependents {
    /// Reads the manifests of the workspace or repository around the SDK.
    pub(super) fn of(sdk: &Path, next: &str, home: &Path) -> Self {
        let here = std::env::current_dir().unwrap_or_default();
        let (home, folder) = (tidied(&here.join(home)), tidied(&here.join(sdk)));
        let mut found = Self::default();
        let (Some(top), Ok(next), Ok(sdk)) = (top(&folder), Version::parse(next), folder.canonicalize())
        else {
            return found;
        };
        let (manifests, is_whole) = manifests(top);
        for path in manifests {
            // A manifest that cannot be read stops cargo, whatever it requires.
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            let requirements = requirements(&text, path.parent().unwrap_or(&path), &sdk, &next);
            if !requirements.is_empty() {
                found.add(path, text, &requirements, &next, &home);
            }
        }
        if !is_whole {
            found.left += &format!(
                "warning: `{}` has more than {MOST} folders; not all were searched for manifests that require the SDK\n  = help: where cargo cannot resolve the SDK, write `version = \"{next}\"`\n",
                relative(top, &home)
            );
        }
        found
    }

    fn add(&mut self, path: PathBuf, old: String, requirements: &[Requirement], next: &Version, home: &Path) {
        let label = relative(&path, home);
        let refusal = disk::read_only(&path);
        let mut new = old.clone();
        for Requirement { span, text, line, raised } in requirements.iter().rev() {
            match raised.as_ref().filter(|_| refusal.is_none()) {
                Some(raised) => {
                    let quote = if old[span.clone()].starts_with('\'') { '\'' } else { '"' };
                    new.replace_range(span.clone(), &format!("{quote}{raised}{quote}"));
                    self.raised += &format!(
                        "`{label}:{line}` requires version `{raised}` of the SDK instead of `{text}`\n"
                    );
                }
                None => {
                    let why = refusal.as_ref().map(Refusal::message);
                    let why = why.map_or_else(String::new, |why| format!("; the file {why}"));
                    self.left += &format!(
                        "warning: `{label}:{line}` requires version `{text}` of the SDK, which is {next} now{why}\n  = help: write `version = \"{next}\"`, since cargo cannot resolve the SDK there\n"
                    );
                }
            }
        }
        if new != old {
            self.changes.push(Change { path, old: Some(old), new: Some(new.into()), refusal: None });
        }
    }

    /// Says what is raised, and what people must raise.
    pub(super) fn show(&self, console: &mut Console) {
        console.progress(&self.raised);
        console.error(&self.left);
    }
}

/// Returns the root of the nearest workspace above a folder, else the top of the repository.
fn top(folder: &Path) -> Option<&Path> {
    let mut repository = None;
    for at in folder.ancestors().skip(1) {
        let manifest = std::fs::read_to_string(at.join("Cargo.toml")).unwrap_or_default();
        if Document::parse(manifest).is_ok_and(|manifest| manifest.get("workspace").is_some()) {
            return Some(at);
        }
        if at.join(".git").exists() {
            repository = Some(at);
            break;
        }
    }
    repository
}

/// Returns all manifests in a folder and below, in order, and whether every folder was searched. Hidden folders,
/// caches such as `target`, and links are left out.
fn manifests(top: &Path) -> (Vec<PathBuf>, bool) {
    let (mut folders, mut found, mut count) = (vec![top.to_owned()], Vec::new(), 0);
    while let Some(folder) = folders.pop() {
        count += 1;
        if count > MOST {
            return (found, false);
        }
        if folder.join("CACHEDIR.TAG").exists() {
            continue;
        }
        for entry in std::fs::read_dir(&folder).into_iter().flatten().filter_map(Result::ok) {
            let name = entry.file_name();
            let is_hidden = name.to_string_lossy().starts_with('.') || name == "node_modules";
            match entry.file_type() {
                Ok(kind) if kind.is_dir() && !is_hidden => folders.push(entry.path()),
                Ok(kind) if kind.is_file() && name == "Cargo.toml" => found.push(entry.path()),
                _ => {}
            }
        }
    }
    found.sort_unstable();
    (found, true)
}

/// A requirement that does not take the next version.
struct Requirement {
    /// The string in the manifest, with its quotes.
    span: Range<usize>,
    text: String,
    line: usize,
    /// The requirement that takes the next version, if it has the same form.
    raised: Option<String>,
}

/// Returns the requirements of the SDK in a manifest that do not take its next version, in order.
fn requirements(text: &str, folder: &Path, sdk: &Path, next: &Version) -> Vec<Requirement> {
    let Ok(manifest) = Document::parse(text) else { return Vec::new() };
    let mut tables = Vec::new();
    let manifest = manifest.as_table();
    let below = |name: &str| manifest.get(name).and_then(Item::as_table_like);
    tables.extend(dependencies(manifest));
    tables.extend(below("workspace").into_iter().flat_map(dependencies));
    let targets = below("target").into_iter().flat_map(TableLike::iter);
    tables.extend(targets.filter_map(|(_, target)| target.as_table_like()).flat_map(dependencies));
    let patches = below("patch").into_iter().flat_map(TableLike::iter);
    tables.extend(patches.filter_map(|(_, patch)| patch.as_table_like()));
    let one = |dependency: &Item| {
        let keys = dependency.as_table_like()?;
        let path = folder.join(keys.get("path")?.as_str()?);
        let version = keys.get("version")?.as_value()?;
        let required = version.as_str()?;
        let takes = VersionReq::parse(required).ok()?.matches(next);
        if takes || path.canonicalize().ok()? != sdk {
            return None;
        }
        let span = version.span()?;
        let line = text.get(..span.start)?.matches('\n').count() + 1;
        let is_plain = text.get(span.clone()).is_some_and(|text| text.trim_matches(['"', '\'']) == required);
        let raised = raised(required, next).filter(|_| is_plain);
        Some(Requirement { span, text: required.to_owned(), line, raised })
    };
    let mut found: Vec<_> =
        tables.iter().flat_map(|table| table.iter()).filter_map(|(_, item)| one(item)).collect();
    found.sort_by_key(|requirement| requirement.span.start);
    found
}

/// Returns the tables of dependencies in a table.
fn dependencies<'a>(table: &'a (dyn TableLike + 'a)) -> impl Iterator<Item = &'a dyn TableLike> {
    let names =
        ["dependencies", "dev-dependencies", "build-dependencies", "dev_dependencies", "build_dependencies"];
    names.into_iter().filter_map(|name| table.get(name)?.as_table_like())
}

/// Returns a requirement of the same form that takes the next version; `None` if it has more than a version and
/// `^`, `~` or `=`.
fn raised(required: &str, next: &Version) -> Option<String> {
    let digits = required.find(|c: char| c.is_ascii_digit())?;
    let (sign, version) = required.split_at(digits);
    let numbers: Vec<&str> = version.split(['-', '+']).next()?.trim().split('.').collect();
    let is_one = numbers.iter().all(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
    if !["", "^", "~", "="].contains(&sign.trim()) || !is_one {
        return None;
    }
    let next = [next.major, next.minor, next.patch].map(|number| number.to_string());
    let raised = format!("{sign}{}", next[..numbers.len().min(3)].join("."));
    Some(raised)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_raised_requirement_keeps_its_form() {
        let raised = |required| raised(required, &Version::new(0, 2, 0));
        for (old, new) in [
            ("0.1.0", "0.2.0"),
            ("0.1", "0.2"),
            ("0", "0"),
            ("^0.1", "^0.2"),
            ("~ 0.1.3", "~ 0.2.0"),
            ("=0.1.0", "=0.2.0"),
            ("0.1.0-rc.1", "0.2.0"),
        ] {
            assert_eq!(raised(old).as_deref(), Some(new), "{old}");
        }
        for old in [">=0.1, <0.2", "0.1.*", "*", "0.1, 0.1.2", "<0.2"] {
            assert_eq!(raised(old), None, "{old}");
        }
    }
}
