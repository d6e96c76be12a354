//! Writes a plan: everything new stands beside its place before anything is replaced, and what was replaced is kept until
//! all is done, so that a failure in the middle leaves the disk as it was.

use std::path::{Path, PathBuf};

use super::note::{self, Phase, Step};
use super::{Change, Plan, Trouble};

/// Carries out the plan.
pub fn write(plan: &Plan) -> Result<(), Trouble> {
    carry_out(plan, |_| Ok(()))
}

/// Carries out the plan, with a note of it while that lasts: [`super::recover`] brings to its end what was cut short.
pub fn write_noted(plan: &Plan, note: &Path) -> Result<(), Trouble> {
    let steps = steps(plan);
    let done = carry_out(plan, |phase| note::keep(note, phase, &steps));
    let _ = std::fs::remove_file(note);
    done
}

fn steps(plan: &Plan) -> Vec<Step> {
    let step = |change: &Change| Step {
        path: change.path.clone(),
        new: change.new.as_ref().map(|_| beside(&change.path, "new")),
        old: beside(&change.path, "old"),
    };
    plan.changes.iter().map(step).collect()
}

fn carry_out(plan: &Plan, told: impl Fn(Phase) -> Result<(), Trouble>) -> Result<(), Trouble> {
    let mut journal = Journal::default();
    let done = told(Phase::Staging)
        .and_then(|()| stage(plan, &mut journal))
        .and_then(|()| told(Phase::Replacing))
        .and_then(|()| replace(plan, &mut journal));
    match done {
        Ok(()) => journal.commit(),
        Err(_) => journal.undo(),
    }
    done?;
    for change in plan.changes.iter().filter(|change| change.new.is_none()) {
        remove_empty_folders(&change.path);
    }
    Ok(())
}

/// What was done so far.
#[derive(Default)]
struct Journal {
    /// Folders that were made.
    folders: Vec<PathBuf>,
    /// Files that wait beside their place.
    staged: Vec<PathBuf>,
    /// Files that came to their place, and where the old one waits if there was one.
    replaced: Vec<(PathBuf, Option<PathBuf>)>,
}

impl Journal {
    // Errors in clearing away cannot be helped: what is left over is hidden, and named after us.
    fn commit(&mut self) {
        for old in self.replaced.iter().filter_map(|(_, old)| old.as_ref()) {
            let _ = std::fs::remove_file(old);
        }
    }

    fn undo(&mut self) {
        for (path, old) in self.replaced.iter().rev() {
            let _ = match old {
                Some(old) => std::fs::rename(old, path),
                None => std::fs::remove_file(path),
            };
        }
        for staged in &self.staged {
            let _ = std::fs::remove_file(staged);
        }
        for folder in self.folders.iter().rev() {
            let _ = std::fs::remove_dir(folder);
        }
    }
}

fn stage(plan: &Plan, journal: &mut Journal) -> Result<(), Trouble> {
    for Change { path, new, .. } in &plan.changes {
        let Some(text) = new else { continue };
        make_folders(path, journal)?;
        let staged = beside(path, "new");
        journal.staged.push(staged.clone());
        std::fs::write(&staged, text).map_err(|error| (path.clone(), error))?;
    }
    Ok(())
}

fn replace(plan: &Plan, journal: &mut Journal) -> Result<(), Trouble> {
    for Change { path, old, new, .. } in &plan.changes {
        let trouble = |error| (path.clone(), error);
        let kept = beside(path, "old");
        if old.is_some() {
            std::fs::rename(path, &kept).map_err(trouble)?;
        }
        journal.replaced.push((path.clone(), old.as_ref().map(|_| kept)));
        if new.is_some() {
            std::fs::rename(beside(path, "new"), path).map_err(trouble)?;
        }
    }
    Ok(())
}

fn make_folders(path: &Path, journal: &mut Journal) -> Result<(), Trouble> {
    let missing: Vec<&Path> = path
        .ancestors()
        .skip(1)
        .take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists())
        .collect();
    for folder in missing.into_iter().rev() {
        std::fs::create_dir(folder).map_err(|error| (folder.to_owned(), error))?;
        journal.folders.push(folder.to_owned());
    }
    Ok(())
}

/// Takes away the folders that a removed file leaves empty; a folder that is not empty refuses by itself.
fn remove_empty_folders(path: &Path) {
    for folder in path.ancestors().skip(1) {
        if std::fs::remove_dir(folder).is_err() {
            return;
        }
    }
}

/// A hidden name beside a file, of this process alone.
fn beside(path: &Path, what: &str) -> PathBuf {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    path.with_file_name(format!(".{name}.{}.{what}", std::process::id()))
}

#[cfg(test)]
mod tests;
