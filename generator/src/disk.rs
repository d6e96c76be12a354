//! Compares files with the disk, and updates all of them or none.
//!
//! An equal file keeps its modification time. An edited generated file, or a file of the user in the way, is
//! refused. Files with generated parts belong to the user: only the parts change.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::files::{Setting, Stamp, examine, has_parts, is_stamped, set, settle, splice};

pub use journal::{Left, NAME as JOURNAL, is_unfinished, recover};
pub use system::{Disk, System};
pub use write::write;

mod journal;
mod system;
mod write;

/// A file to generate.
#[derive(Clone, Debug)]
pub struct Target {
    /// The path.
    pub path: PathBuf,
    /// The text.
    pub text: Arc<str>,
    /// Values to set even if the user owns the file, for manifests.
    pub settings: Vec<Setting>,
}

/// A change of one file.
#[derive(Clone, Debug)]
pub struct Change {
    /// The path.
    pub path: PathBuf,
    /// The current text.
    pub old: Option<String>,
    /// The new text; `None` removes the file.
    pub new: Option<Arc<str>>,
    /// The reason why the change needs the user's consent.
    pub refusal: Option<Refusal>,
}

/// A reason to refuse a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A generated file was edited by hand.
    Edited,
    /// A file that was not generated is in the way.
    InTheWay,
    /// A file that was not generated is in a folder of generated files.
    Foreign,
    /// The markers of generated parts are broken; the message says how.
    Parts(String),
    /// The file cannot be parsed; the message says why.
    Broken(String),
    /// The file may not be written. A new file in its place would not be read-only any more.
    ReadOnly,
}

impl Refusal {
    /// Describes the reason, to be read after the path.
    pub fn message(&self) -> String {
        match self {
            Self::Edited => "was edited after it was generated".to_owned(),
            Self::InTheWay => "is in the way: it was not generated".to_owned(),
            Self::Foreign => "was not generated, but is in a folder of generated files".to_owned(),
            Self::Parts(message) | Self::Broken(message) => message.clone(),
            Self::ReadOnly => "is read-only".to_owned(),
        }
    }

    /// What to do.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Edited => {
                "make the change in the generator or in `sdk.toml`; `--force` overwrites the file"
            }
            Self::InTheWay => "move it away; `--force` overwrites it",
            Self::Foreign => "move it away; this folder is for generated files only",
            Self::Parts(_) => "fix the marker lines; text outside of them is yours",
            Self::Broken(_) => "fix the file; `sdk.toml` sets some of its keys",
            Self::ReadOnly => "make it writable, or exclude it from what is generated",
        }
    }

    fn yields_to_force(&self) -> bool {
        match self {
            Self::Edited | Self::InTheWay => true,
            Self::Foreign | Self::Parts(_) | Self::Broken(_) | Self::ReadOnly => false,
        }
    }
}

/// The difference between the output and the disk.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// The changes, in the order of paths.
    pub changes: Vec<Change>,
    /// The number of unchanged files.
    pub unchanged: usize,
}

impl Plan {
    /// Returns the refused changes.
    pub fn refused(&self, force: bool) -> impl Iterator<Item = (&Change, &Refusal)> {
        self.changes
            .iter()
            .filter_map(|change| change.refusal.as_ref().map(|refusal| (change, refusal)))
            .filter(move |(_, refusal)| !(force && refusal.yields_to_force()))
    }
}

/// The path and error of a failed IO operation.
pub type Trouble = (PathBuf, io::Error);

/// Compares the targets with the disk. The `managed` folders must contain nothing else: generated files of
/// earlier runs are removed, others are refused.
pub fn compare(targets: &[Target], managed: &[PathBuf]) -> Result<Plan, Trouble> {
    let mut plan = Plan::default();
    for target in targets {
        match compare_one(target)? {
            Some(change) => plan.changes.push(change),
            None => plan.unchanged += 1,
        }
    }
    let wanted: BTreeSet<&Path> = targets.iter().map(|target| target.path.as_path()).collect();
    // What people write: a file without a stamp, and the folder of its modules.
    let by_people = |target: &&Target| !is_stamped(&target.text) && !has_parts(&target.text);
    let modules: Vec<PathBuf> =
        targets.iter().filter(by_people).map(|target| target.path.with_extension("")).collect();
    for folder in managed {
        let mut found = Vec::new();
        list(folder, &mut found)?;
        found.retain(|path| !modules.iter().any(|module| path.starts_with(module)));
        plan.changes.extend(found.into_iter().filter(|path| !wanted.contains(path.as_path())).map(extra));
    }
    for change in &mut plan.changes {
        change.refusal = change.refusal.take().or_else(|| read_only(&change.path));
    }
    plan.changes.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    Ok(plan)
}

/// The refusal to change a file that may not be written.
pub fn read_only(path: &Path) -> Option<Refusal> {
    let is_read_only =
        std::fs::metadata(path).is_ok_and(|about| about.is_file() && about.permissions().readonly());
    is_read_only.then_some(Refusal::ReadOnly)
}

fn compare_one(target: &Target) -> Result<Option<Change>, Trouble> {
    let change = |old: Option<String>, new: Arc<str>, refusal| {
        Ok(Some(Change { path: target.path.clone(), old, new: Some(new), refusal }))
    };
    let old = match read(&target.path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return change(None, target.text.clone(), None);
        }
        Err(error) => return Err((target.path.clone(), error)),
    };
    let old = String::from_utf8_lossy(&old).into_owned();
    if same(&old, &target.text) {
        return Ok(None);
    }
    // A stamped file is written as a whole, whatever text it contains.
    if !is_stamped(&target.text) {
        if !has_parts(&target.text) {
            // It is written once, and then belongs to the user.
            return Ok(None);
        }
        return match in_parts(&old, target) {
            Ok(new) if same(&old, &new) => Ok(None),
            Ok(new) => change(Some(old), new.into(), None),
            Err(refusal) => change(Some(old), target.text.clone(), Some(refusal)),
        };
    }
    let refusal = match examine(&old) {
        Stamp::Intact => None,
        Stamp::Edited => Some(Refusal::Edited),
        Stamp::None => Some(Refusal::InTheWay),
    };
    change(Some(old), target.text.clone(), refusal)
}

/// The text of a file of the user with what is generated in it.
fn in_parts(old: &str, target: &Target) -> Result<String, Refusal> {
    let mut text = splice(old, &target.text).map_err(Refusal::Parts)?;
    if target.path.ends_with("Cargo.toml") {
        text = settle(&text).map_err(Refusal::Broken)?;
    }
    set(&text, &target.settings).map_err(Refusal::Broken)
}

/// Reads a regular file. A pipe or a device might never end.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    let kind = std::fs::metadata(path)?;
    if !kind.is_file() && !kind.is_dir() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file; remove it"));
    }
    std::fs::read(path)
}

/// Compares texts without line endings, which a checkout may have changed.
fn same(old: &str, new: &str) -> bool {
    old == new || (old.contains('\r') && old.replace("\r\n", "\n") == new)
}

/// Checks a file that is not a target.
fn extra(path: PathBuf) -> Change {
    // A file that is not text was not generated.
    let old = read(&path).ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
    let refusal = match examine(&old) {
        Stamp::Intact => None,
        Stamp::Edited => Some(Refusal::Edited),
        Stamp::None => Some(Refusal::Foreign),
    };
    Change { path, old: Some(old), new: None, refusal }
}

/// Returns all files below a folder, except hidden ones; links are not followed.
fn list(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), Trouble> {
    let trouble = |error| (folder.to_owned(), error);
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(trouble(error)),
    };
    for entry in entries {
        let entry = entry.map_err(trouble)?;
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        match entry.file_type().map_err(trouble)?.is_dir() {
            true => list(&entry.path(), found)?,
            false => found.push(entry.path()),
        }
    }
    Ok(())
}
