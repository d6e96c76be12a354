//! The journal of a run, by which the next run can finish or undo it after a kill or a power loss.
//!
//! While files are staged next to their final paths, recovery undoes the run; once they are being moved,
//! recovery finishes it. A file that was edited in between is not touched.

use std::io;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::{Change, Disk, Plan, Trouble};

/// Name of the journal in the folder of the SDK.
pub const NAME: &str = ".unfinished";

/// The phase of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// New files are staged next to their paths, with copies of the old ones.
    Staging,
    /// New files are moved to their paths.
    Replacing,
    /// Old files are moved back, because something failed.
    Undoing,
}

impl Phase {
    const ALL: [(Self, &'static str); 3] =
        [(Self::Staging, "staging"), (Self::Replacing, "replacing"), (Self::Undoing, "undoing")];

    fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(phase, _)| *phase == self).map_or("", |(_, name)| name)
    }
}

/// The result of recovery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// The earlier run was complete.
    Nothing,
    /// The earlier run was undone.
    Undone,
    /// The earlier run was finished.
    Finished,
}

/// The change of one file.
pub(super) struct Step {
    pub path: PathBuf,
    /// The staged file; `None` if the file is removed.
    pub staged: Option<PathBuf>,
    /// The copy of the old file; `None` if there is none.
    pub kept: Option<PathBuf>,
}

impl Step {
    /// The staged files have hidden names next to the file, with the process ID.
    fn new(path: PathBuf, is_written: bool, is_there: bool, process: u64) -> Self {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let beside = |what: &str| path.with_file_name(format!(".{name}.{process}.{what}"));
        Self { staged: is_written.then(|| beside("new")), kept: is_there.then(|| beside("old")), path }
    }
}

/// The changes, in order.
pub(super) struct Journal {
    path: PathBuf,
    process: u64,
    /// Folders that the run creates, outer ones first.
    pub folders: Vec<PathBuf>,
    pub steps: Vec<Step>,
}

impl Journal {
    pub(super) fn new(plan: &Plan, path: &Path) -> Self {
        let process = u64::from(std::process::id());
        let step = |change: &Change| {
            Step::new(change.path.clone(), change.new.is_some(), change.old.is_some(), process)
        };
        let mut folders = Vec::new();
        for change in plan.changes.iter().filter(|change| change.new.is_some()) {
            let missing: Vec<PathBuf> = missing_folders(&change.path);
            folders
                .extend(missing.into_iter().filter(|folder| !folders.contains(folder)).collect::<Vec<_>>());
        }
        Self { path: path.to_owned(), process, folders, steps: plan.changes.iter().map(step).collect() }
    }

    /// Saves the journal atomically.
    pub(super) fn save(&self, phase: Phase, disk: &dyn Disk) -> Result<(), Trouble> {
        let base = self.path.parent().unwrap_or(Path::new(""));
        let text = |path: &Path| Value::from(stored(path, base).to_string_lossy());
        let step = |step: &Step| json!({"path": text(&step.path), "write": step.staged.is_some(), "replace": step.kept.is_some()});
        let all = json!({
            "what": "a run of sdkgen was interrupted; the next one finishes or undoes it",
            "phase": phase.as_str(),
            "process": self.process,
            "folders": self.folders.iter().map(|folder| text(folder)).collect::<Vec<_>>(),
            "files": self.steps.iter().map(step).collect::<Vec<_>>(),
        });
        let trouble = |error| (self.path.clone(), error);
        let fresh = fresh(&self.path);
        disk.write(&fresh, format!("{all:#}\n").as_bytes()).map_err(trouble)?;
        disk.rename(&fresh, &self.path).map_err(trouble)
    }

    /// Reads a journal; `None` if there is none.
    fn read(path: &Path) -> Result<Option<(Phase, Self)>, Trouble> {
        let trouble = |error: io::Error| (path.to_owned(), error);
        let text = match super::read(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            read => read.map_err(trouble)?,
        };
        let read: Value = serde_json::from_slice(&text).map_err(|error| trouble(error.into()))?;
        let phase = Phase::ALL.iter().find(|(_, name)| read["phase"] == *name).map(|(phase, _)| *phase);
        let (Some(phase), Some(process)) = (phase, read["process"].as_u64()) else {
            let message = "not the journal of a run; remove it";
            return Err(trouble(io::Error::new(io::ErrorKind::InvalidData, message)));
        };
        let base = path.parent().unwrap_or(Path::new(""));
        let place = |value: &Value| value.as_str().map(|path| base.join(path));
        let list = |key: &str| read[key].as_array().cloned().unwrap_or_default();
        let step = |file: &Value| {
            Some(Step::new(place(&file["path"])?, file["write"] == true, file["replace"] == true, process))
        };
        let folders = list("folders").iter().filter_map(place).collect();
        let steps = list("files").iter().filter_map(step).collect();
        Ok(Some((phase, Self { path: path.to_owned(), process, folders, steps })))
    }

    /// Removes the staged files of a run that replaced nothing, or whose files were moved back.
    pub(super) fn undo(&self, disk: &dyn Disk) -> Result<(), Trouble> {
        for step in &self.steps {
            // The copy goes first: without a staged file beside it, it would count as one to put back.
            for beside in step.kept.iter().chain(&step.staged) {
                remove(beside, disk)?;
            }
        }
        self.remove_folders(disk);
        self.remove(disk)?;
        // Those above the journal.
        self.remove_folders(disk);
        Ok(())
    }

    fn remove_folders(&self, disk: &dyn Disk) {
        for folder in self.folders.iter().rev().filter(|folder| folder.exists()) {
            // A folder that is not empty stays.
            let _ = disk.remove_dir(folder);
        }
    }

    fn remove(&self, disk: &dyn Disk) -> Result<(), Trouble> {
        remove(&fresh(&self.path), disk)?;
        remove(&self.path, disk)
    }

    /// Restores the replaced files, and leaves the others alone: what stopped the run may not be replaced by its own
    /// copy either. One that cannot be restored does not keep the others from it.
    pub(super) fn restore(&self, disk: &dyn Disk) -> Result<(), Trouble> {
        let restore = |step: &Step| match (&step.kept, &step.staged) {
            (_, Some(staged)) if staged.exists() => Ok(()),
            (Some(_), None) if step.path.exists() => Ok(()),
            (Some(kept), _) if kept.exists() => disk.rename(kept, &step.path),
            (None, Some(staged)) if step.path.exists() => disk.rename(&step.path, staged),
            _ => Ok(()),
        };
        let mut first = Ok(());
        for step in self.steps.iter().rev() {
            first = first.and(restore(step).map_err(|error| (step.path.clone(), error)));
        }
        first
    }

    /// Moves the staged files to their paths.
    pub(super) fn replace(&self, disk: &dyn Disk) -> Result<(), Trouble> {
        for step in &self.steps {
            let trouble = |error| (step.path.clone(), error);
            match &step.staged {
                Some(staged) => disk.rename(staged, &step.path).map_err(trouble)?,
                None => disk.remove_file(&step.path).map_err(trouble)?,
            }
        }
        Ok(())
    }

    /// Moves the remaining staged files to their paths, except where a file was edited since.
    fn finish(&self, disk: &dyn Disk) -> Result<(), Trouble> {
        for step in &self.steps {
            let trouble = |error| (step.path.clone(), error);
            match &step.staged {
                Some(staged) if staged.exists() && is_untouched(step).map_err(trouble)? => {
                    disk.rename(staged, &step.path).map_err(trouble)?;
                }
                Some(staged) => remove(staged, disk)?,
                None if step.path.exists() && is_untouched(step).map_err(trouble)? => {
                    disk.remove_file(&step.path).map_err(trouble)?;
                }
                None => {}
            }
        }
        self.close(disk)
    }

    /// Removes the copies of old files, empty folders, and the journal itself.
    pub(super) fn close(&self, disk: &dyn Disk) -> Result<(), Trouble> {
        for kept in self.steps.iter().filter_map(|step| step.kept.as_ref()) {
            remove(kept, disk)?;
        }
        for step in self.steps.iter().filter(|step| step.staged.is_none()) {
            remove_empty_folders(&step.path, disk);
        }
        self.remove(disk)
    }
}

/// Finishes or undoes an interrupted run.
pub fn recover(path: &Path, disk: &dyn Disk) -> Result<Left, Trouble> {
    let left = match Journal::read(path)? {
        None => Left::Nothing,
        Some((Phase::Staging, journal)) => journal.undo(disk).map(|()| Left::Undone)?,
        Some((Phase::Undoing, journal)) => {
            journal.restore(disk)?;
            journal.undo(disk).map(|()| Left::Undone)?
        }
        Some((Phase::Replacing, journal)) => journal.finish(disk).map(|()| Left::Finished)?,
    };
    // The run was interrupted before its journal was saved.
    remove(&fresh(path), disk)?;
    Ok(left)
}

/// Returns whether an interrupted run needs recovery.
pub fn is_unfinished(path: &Path) -> bool {
    path.exists() || fresh(path).exists()
}

/// Returns the temporary path of the journal.
fn fresh(path: &Path) -> PathBuf {
    path.with_extension("new")
}

/// Returns a path as the journal stores it: relative to its folder if it is inside, so that the folder can be
/// moved.
fn stored(path: &Path, base: &Path) -> PathBuf {
    match path.strip_prefix(base) {
        Ok(inside) => inside.to_owned(),
        Err(_) => std::path::absolute(path).unwrap_or_else(|_| path.to_owned()),
    }
}

/// Returns whether a file is unchanged since the run began.
fn is_untouched(step: &Step) -> io::Result<bool> {
    let read = |path: &Path| match std::fs::read(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        read => read.map(Some),
    };
    let now = read(&step.path)?;
    let then = step.kept.as_deref().map(read).transpose()?.flatten();
    Ok(now.is_none() || now == then)
}

/// Returns the missing parent folders of a file, outer ones first.
pub(super) fn missing_folders(path: &Path) -> Vec<PathBuf> {
    let above = path.ancestors().skip(1);
    let missing = above.take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists());
    let mut missing: Vec<PathBuf> = missing.map(Path::to_owned).collect();
    missing.reverse();
    missing
}

/// Removes a file, if it exists.
fn remove(path: &Path, disk: &dyn Disk) -> Result<(), Trouble> {
    if path.symlink_metadata().is_err() {
        return Ok(());
    }
    match disk.remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err((path.to_owned(), error)),
        _ => Ok(()),
    }
}

/// Removes the folders that a removed file leaves empty.
fn remove_empty_folders(path: &Path, disk: &dyn Disk) {
    for folder in path.ancestors().skip(1) {
        if disk.remove_dir(folder).is_err() {
            return;
        }
    }
}
