//! The files that a run reads and writes, by configuration.

use std::path::{Path, PathBuf};

use crate::cli::args::{Codegen, From};
use crate::cli::disk::{self, Disk};
use crate::cli::{Console, Failure, input};

/// The SDK of this workspace, relative to its root.
pub const OUT: &str = "generated";
/// The warnings of the last run, in the folder of the configuration.
const REPORT: &str = "report.txt";
/// The names of earlier runs, in the folder of the configuration.
const LOCK: &str = "names.lock";

/// Returns the path of a file next to the configuration, and its label.
#[derive(Clone, Debug)]
pub struct Place {
    pub path: PathBuf,
    pub label: String,
}

/// The folder and the files of a run.
#[derive(Clone, Debug)]
pub struct Places {
    /// The folder of the SDK.
    pub out: PathBuf,
    /// The names of earlier runs.
    pub lock: Option<Place>,
    /// Whether to write the lock file.
    pub keeps_names: bool,
    /// The report, if it is written instead of shown.
    pub report: Option<Place>,
    /// Journals of runs that may have been interrupted; the first one is that of this run.
    pub journals: Vec<PathBuf>,
}

impl Places {
    /// Returns the paths of the SDK of this workspace.
    pub fn own(root: &Path) -> Self {
        let out = root.join(OUT);
        let beside = |name: &str| Place {
            path: root.join(input::CONFIG).with_file_name(name),
            label: input::label(&Path::new(input::CONFIG).with_file_name(name)),
        };
        Self {
            lock: Some(beside(LOCK)),
            keeps_names: true,
            report: Some(beside(REPORT)),
            journals: vec![out.join(disk::JOURNAL)],
            out,
        }
    }

    /// Returns the paths of a command line; `None` if it does not say where the SDK goes.
    pub fn of(args: &Codegen, root: &Path) -> Option<Self> {
        let own = is_own(&args.from, root).then(|| Self::own(root));
        let mut places = match (own, &args.out) {
            (Some(own), None) => own,
            (Some(own), Some(out)) => {
                let journals = vec![out.join(disk::JOURNAL), own.out.join(disk::JOURNAL)];
                Self { out: out.clone(), keeps_names: false, report: None, journals, ..own }
            }
            (None, out) => Self::foreign(out.clone()?, &args.from),
        };
        if let Some(path) = &args.lock {
            places.lock = Some(Place { path: path.clone(), label: input::label(path) });
            places.keeps_names = true;
        }
        Some(places)
    }

    /// Returns the paths of another document. A configuration that names its document is a project, with
    /// files next to it.
    fn foreign(out: PathBuf, from: &From) -> Self {
        let project = from.config.as_ref().filter(|_| from.spec.is_none());
        let beside = |name: &str| {
            let path = project?.with_file_name(name);
            Some(Place { label: input::label(&path), path })
        };
        Self {
            lock: beside(LOCK),
            keeps_names: project.is_some(),
            report: beside(REPORT),
            journals: vec![out.join(disk::JOURNAL)],
            out,
        }
    }

    /// Finishes or undoes interrupted runs.
    pub fn recover(&self, disk: &dyn Disk, console: &mut Console) -> Result<(), Failure> {
        for journal in &self.journals {
            let left = disk::recover(journal, disk).map_err(|(path, error)| {
                let message = format!("an earlier run was interrupted, and `{}`: {error}", path.display());
                Failure::new(message).help("run the command again once this is fixed")
            })?;
            match left {
                disk::Left::Nothing => {}
                disk::Left::Undone => {
                    console.progress("an earlier run was interrupted; it has been undone\n");
                }
                disk::Left::Finished => {
                    console.progress("an earlier run was interrupted; it has been finished\n");
                }
            }
        }
        Ok(())
    }

    /// Fails if an earlier run was interrupted.
    pub fn refuse_unfinished(&self, command: &str) -> Result<(), Failure> {
        match self.journals.iter().find(|journal| disk::is_unfinished(journal)) {
            Some(journal) => {
                Err(Failure::new(format!("an earlier run was interrupted: see `{}`", journal.display()))
                    .help(format!("run `{command}`, which finishes or undoes it first")))
            }
            None => Ok(()),
        }
    }
}

/// Returns whether the document is that of this workspace.
fn is_own(from: &From, root: &Path) -> bool {
    let same = |path: &Path| match (path.canonicalize(), root.join(input::CONFIG).canonicalize()) {
        (Ok(given), Ok(own)) => given == own,
        _ => false,
    };
    from.spec.is_none() && from.config.as_deref().is_none_or(same)
}
