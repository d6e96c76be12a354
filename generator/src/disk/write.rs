//! Writes a plan: all new files are staged beside their paths before any is replaced, and old files are kept until all is done.
//! A failure in the middle leaves the disk as it was; a kill is made good by [`recover`](super::recover).

use std::path::Path;

use super::journal::{Journal, Phase, missing_folders};
use super::{Disk, Plan, Trouble};

/// Carries out the plan, with a journal of it while that lasts.
pub fn write(plan: &Plan, journal: &Path, disk: &dyn Disk) -> Result<(), Trouble> {
    if plan.changes.is_empty() {
        return Ok(());
    }
    let path = journal;
    let journal = Journal::new(plan, path);
    // The journal needs its folder first; like the others it is removed again if the run is undone.
    let staged = missing_folders(path)
        .into_iter()
        .try_for_each(|folder| disk.create_dir(&folder).map_err(|error| (folder, error)))
        .and_then(|()| journal.save(Phase::Staging, disk))
        .and_then(|()| stage(plan, &journal, disk));
    if let Err(trouble) = staged {
        // What cannot be undone now is in the journal.
        let _ = journal.undo(disk);
        return Err(trouble);
    }
    let replaced = journal.save(Phase::Replacing, disk).and_then(|()| journal.replace(disk));
    if let Err(trouble) = replaced {
        // What cannot be put back now is in the journal.
        let _ = journal
            .save(Phase::Undoing, disk)
            .and_then(|()| journal.restore(disk))
            .and_then(|()| journal.undo(disk));
        return Err(trouble);
    }
    journal.close(disk)
}

fn stage(plan: &Plan, journal: &Journal, disk: &dyn Disk) -> Result<(), Trouble> {
    for folder in journal.folders.iter().filter(|folder| !folder.exists()) {
        disk.create_dir(folder).map_err(|error| (folder.clone(), error))?;
    }
    for (change, step) in plan.changes.iter().zip(&journal.steps) {
        let trouble = |error| (change.path.clone(), error);
        if let Some(kept) = &step.kept {
            disk.copy(&change.path, kept).map_err(trouble)?;
        }
        if let (Some(staged), Some(text)) = (&step.staged, &change.new) {
            disk.write(staged, text.as_bytes()).map_err(trouble)?;
        }
    }
    Ok(())
}
