//! Compares files with the disk, and brings the disk up to date: all of it or nothing.
//!
//! A file that is equal keeps its time of change. A generated file that people edited, and a file of theirs that stands
//! in the way, are refusals. Files with generated parts belong to people: only the parts change.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use generator::files::{Setting, Stamp, examine, has_parts, set, splice};

pub use journal::{Left, NAME as JOURNAL, is_unfinished, recover};
pub use system::{Disk, System};
pub use write::write;

mod journal;
mod system;
mod write;

/// A file as it should be.
#[derive(Clone, Debug)]
pub struct Target {
    /// Where.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
    /// Values that it has, also where people own it; for manifests.
    pub settings: Vec<Setting>,
}

/// What has to happen to one file.
#[derive(Clone, Debug)]
pub struct Change {
    /// Where.
    pub path: PathBuf,
    /// What stands there now.
    pub old: Option<String>,
    /// What should; `None` takes the file away.
    pub new: Option<String>,
    /// Why it should not happen without a word of the user.
    pub refusal: Option<Refusal>,
}

/// Why a change should not happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A generated file was edited by hand.
    Edited,
    /// A file that was not generated stands where one goes.
    InTheWay,
    /// A file that was not generated stands in a folder of generated files.
    Foreign,
    /// The markers of generated parts are broken; the message says how.
    Parts(String),
    /// The file cannot be read as what it is; the message says why.
    Broken(String),
}

impl Refusal {
    /// What is wrong, to be read after the path.
    pub fn message(&self) -> String {
        match self {
            Self::Edited => "was edited by hand since it was generated".to_owned(),
            Self::InTheWay => "is in the way: it was not generated".to_owned(),
            Self::Foreign => "was not generated, but stands among generated files".to_owned(),
            Self::Parts(message) | Self::Broken(message) => message.clone(),
        }
    }

    /// What to do.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Edited => {
                "make the change in the generator or in `sdk.toml`; `--force` overwrites the file"
            }
            Self::InTheWay => "move it away; `--force` overwrites it",
            Self::Foreign => "move it away; files of people have no place in this folder",
            Self::Parts(_) => "mend the marker lines; what stands outside of them is yours",
            Self::Broken(_) => "mend the file: `sdk.toml` says what some of its keys are",
        }
    }

    fn yields_to_force(&self) -> bool {
        match self {
            Self::Edited | Self::InTheWay => true,
            Self::Foreign | Self::Parts(_) | Self::Broken(_) => false,
        }
    }
}

/// The difference between what should be and what is.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// What has to happen, in the order of paths.
    pub changes: Vec<Change>,
    /// How many files are as they should be.
    pub unchanged: usize,
}

impl Plan {
    /// The changes that must not happen.
    pub fn refused(&self, force: bool) -> impl Iterator<Item = (&Change, &Refusal)> {
        self.changes
            .iter()
            .filter_map(|change| change.refusal.as_ref().map(|refusal| (change, refusal)))
            .filter(move |(_, refusal)| !(force && refusal.yields_to_force()))
    }
}

/// Where reading or writing failed, and how.
pub type Trouble = (PathBuf, io::Error);

/// Compares the targets with the disk. In the `managed` folders nothing else may stand: what is left over from an
/// earlier run goes, what people put there is refused.
pub fn compare(targets: &[Target], managed: &[PathBuf]) -> Result<Plan, Trouble> {
    let mut plan = Plan::default();
    for target in targets {
        match compare_one(target)? {
            Some(change) => plan.changes.push(change),
            None => plan.unchanged += 1,
        }
    }
    let wanted: BTreeSet<&Path> = targets.iter().map(|target| target.path.as_path()).collect();
    for folder in managed {
        let mut found = Vec::new();
        list(folder, &mut found)?;
        plan.changes.extend(found.into_iter().filter(|path| !wanted.contains(path.as_path())).map(extra));
    }
    plan.changes.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(plan)
}

fn compare_one(target: &Target) -> Result<Option<Change>, Trouble> {
    let change = |old: Option<String>, new: String, refusal| {
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
    // What is stamped is written wholly, whatever a document says in it.
    if examine(&target.text) == Stamp::None && has_parts(&target.text) {
        let spliced = splice(&old, &target.text).map_err(Refusal::Parts);
        return match spliced.and_then(|new| set(&new, &target.settings).map_err(Refusal::Broken)) {
            Ok(new) if same(&old, &new) => Ok(None),
            Ok(new) => change(Some(old), new, None),
            Err(refusal) => change(Some(old), target.text.clone(), Some(refusal)),
        };
    }
    let refusal = match (examine(&target.text), examine(&old)) {
        // What carries no stamp is written once, and belongs to people from then on.
        (Stamp::None, _) => return Ok(None),
        (_, Stamp::Intact) => None,
        (_, Stamp::Edited) => Some(Refusal::Edited),
        (_, Stamp::None) => Some(Refusal::InTheWay),
    };
    change(Some(old), target.text.clone(), refusal)
}

/// The bytes of a regular file. A pipe or a device may never end.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    let kind = std::fs::metadata(path)?;
    if !kind.is_file() && !kind.is_dir() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no regular file; take it away"));
    }
    std::fs::read(path)
}

/// Equal but for line ends, which a checkout may have changed.
fn same(old: &str, new: &str) -> bool {
    old == new || (old.contains('\r') && old.replace("\r\n", "\n") == new)
}

/// A file that nobody asked for.
fn extra(path: PathBuf) -> Change {
    // What cannot be read as text was not generated.
    let old = read(&path).ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
    let refusal = match examine(&old) {
        Stamp::Intact => None,
        Stamp::Edited => Some(Refusal::Edited),
        Stamp::None => Some(Refusal::Foreign),
    };
    Change { path, old: Some(old), new: None, refusal }
}

/// All files below a folder, without hidden ones; links are not followed.
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
