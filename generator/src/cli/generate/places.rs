//! The files that a run reads and writes, by configuration.

use std::path::{Path, PathBuf};

use crate::cli::args::Generate;
use crate::cli::choices::Choices;
use crate::cli::home::{Home, LOCK, Place, tidied};
use crate::cli::read::label;
use crate::cli::{Console, Failure};
use crate::config::Output;
use crate::disk::{self, Disk};
use crate::files::{has_parts, is_stamped};
use crate::module;

/// The manifest of an SDK, relative to its folder.
pub const MANIFEST: &str = "Cargo.toml";
/// The warnings of the last run, in the folder of the configuration.
const REPORT: &str = "report.txt";

/// The folder and the files of a run.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Places {
    /// The folder of the SDK.
    pub(in crate::cli) out: PathBuf,
    /// The module, if the SDK is not a crate.
    pub(in crate::cli) module: Option<module::Place>,
    /// The features of the module.
    pub(in crate::cli) features: module::Features,
    /// The names of earlier runs.
    pub(in crate::cli) lock: Option<Place>,
    /// Whether to write the lock file.
    pub(in crate::cli) keeps_names: bool,
    /// The report, if it is written instead of shown.
    pub(in crate::cli) report: Option<Place>,
    /// Journals of runs that may have been interrupted; the first one is that of this run.
    pub(in crate::cli) journals: Vec<PathBuf>,
}

impl Places {
    /// Returns the paths of a command line; `None` if nothing says where the SDK goes.
    pub(in crate::cli) fn of(args: &Generate, home: &Home) -> Result<Option<Self>, Failure> {
        let config = home.config(&args.from);
        let choices = config.as_ref().map(Choices::read).transpose()?;
        let choice = choices.as_ref().map_or_else(Output::default, |choices| choices.output().clone());
        // A configuration that names its document is a project, with files next to it.
        let project = config.filter(|_| args.from.spec.is_none());
        let own = project.as_ref().and_then(|project| match choice.dir.as_ref().or(choice.module.as_ref()) {
            Some(dir) => Some(project.beside(dir).path),
            None => home.out.as_ref().filter(|_| is_own(project, home)).map(|out| home.folder.join(out)),
        });
        let given = args.out.as_ref().or(args.module.as_ref());
        let Some(out) = given.cloned().or_else(|| own.clone()) else { return Ok(None) };
        // An SDK beside that of the project takes its names, and leaves its files alone.
        let is_elsewhere = given.is_some() && own.is_some();
        let is_module = args.module.is_some() || (given.is_none() && choice.module.is_some());
        let beside =
            |name: Option<&str>, default: &str| Some(project.as_ref()?.beside(name.unwrap_or(default)));
        let mut places = Self {
            features: module::Features {
                more: args.features.iter().chain(&choice.features).cloned().collect(),
                no_default: args.no_default_features || choice.no_default_features,
            },
            module: is_module.then(|| module_at(&out)).transpose().map_err(|failure| match &choices {
                Some(choices) => choices.explain(failure),
                None => failure,
            })?,
            lock: beside(choice.lock.as_deref(), LOCK),
            keeps_names: project.is_some() && !is_elsewhere,
            report: beside(choice.report.as_deref(), REPORT).filter(|_| !is_elsewhere),
            journals: std::iter::once(&out).chain(&own).map(|out| out.join(disk::JOURNAL)).collect(),
            out,
        };
        places.journals.dedup();
        if let Some(path) = &args.lock {
            places.lock = Some(Place::new(path.clone()));
            places.keeps_names = true;
        }
        Ok(Some(places))
    }

    /// Returns the paths of a new project.
    pub(in crate::cli) fn beside(config: &Place, out: PathBuf) -> Self {
        Self {
            module: None,
            features: module::Features::default(),
            lock: Some(config.beside(LOCK)),
            keeps_names: true,
            report: Some(config.beside(REPORT)),
            journals: vec![out.join(disk::JOURNAL)],
            out,
        }
    }

    /// Fails if the folder of the SDK holds another crate or a workspace.
    pub(super) fn refuse_foreign(&self) -> Result<(), Failure> {
        let read = |path: &str| std::fs::read_to_string(self.out.join(path)).ok();
        let Some(manifest) = read(MANIFEST).filter(|_| self.module.is_none()) else { return Ok(()) };
        // An SDK whose markers are gone is still one.
        if has_parts(&manifest) || read("src/lib.rs").is_some_and(|text| is_stamped(&text)) {
            return Ok(());
        }
        let table: toml::Table = manifest.parse().unwrap_or_default();
        let name = table.get("package").and_then(|package| package.get("name")?.as_str());
        let what = match name {
            Some(name) => format!("the crate `{name}`, which is not an SDK"),
            None => "a `Cargo.toml` that is not that of an SDK".to_owned(),
        };
        let out = label(&tidied(&self.out));
        let module = label(&tidied(&self.out.join("src/api")));
        let is_crate = name.map_or_else(String::new, |_| {
            format!("; `generate --module {module}` writes a module of that crate")
        });
        let shown = if out.is_empty() { "." } else { out.as_str() };
        let help =
            format!("choose another folder: `--out`, or `dir` under `[output]` in `sdk.toml`{is_crate}");
        Err(Failure::new(format!("`{shown}` holds {what}; nothing was written")).help(help))
    }

    /// Finishes or undoes interrupted runs.
    pub(in crate::cli) fn recover(&self, disk: &dyn Disk, console: &mut Console) -> Result<(), Failure> {
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
    pub(in crate::cli) fn refuse_unfinished(&self, command: &str) -> Result<(), Failure> {
        match self.journals.iter().find(|journal| disk::is_unfinished(journal)) {
            Some(journal) => {
                Err(Failure::new(format!("an earlier run was interrupted: see `{}`", journal.display()))
                    .help(format!("run `{command}`, which finishes or undoes it first")))
            }
            None => Ok(()),
        }
    }
}

/// Returns the module in a folder below `src`.
fn module_at(folder: &Path) -> Result<module::Place, Failure> {
    let here = std::env::current_dir().unwrap_or_default().join(folder);
    let names = |path: &Path| -> Option<Vec<String>> {
        path.components().map(|part| Some(part.as_os_str().to_str()?.to_owned())).collect()
    };
    let wrong = |problem: &str| {
        Failure::new(format!("`{}` {problem}", folder.display()))
            .help("pass a folder below the `src` of your crate, such as `--module src/api`")
    };
    let names = names(&here).ok_or_else(|| wrong("is not UTF-8"))?;
    let src = names.iter().rposition(|name| name == "src").ok_or_else(|| wrong("is not below `src`"))?;
    let below: Vec<&str> = names[src + 1..].iter().map(String::as_str).filter(|name| *name != ".").collect();
    module::Place::new(&below.join("::")).map_err(|_| wrong("is not the folder of a module"))
}

/// Returns whether a project is the one of this workspace.
fn is_own(project: &Place, home: &Home) -> bool {
    let own = home.config.as_ref().map(|config| home.folder.join(config).canonicalize());
    matches!((project.path.canonicalize(), own), (Ok(given), Some(Ok(own))) if given == own)
}
