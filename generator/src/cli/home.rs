//! The project that a command works on: where `sdk.toml` is, and what the program is called.

use std::path::{Path, PathBuf};

use crate::Source;

use crate::cli::args::From;
use crate::cli::{Failure, read};

/// The name of a configuration.
pub const CONFIG: &str = "sdk.toml";
/// The names of earlier runs, in the folder of the configuration.
pub(crate) const LOCK: &str = "names.lock";

/// Where the program was started.
#[derive(Clone, Debug)]
pub struct Home {
    /// The folder that the paths of a project are relative to: that of the workspace, or the current one.
    pub folder: PathBuf,
    /// The configuration that is used if the command line names none, relative to the folder.
    pub config: Option<PathBuf>,
    /// A configuration that is not used, because it is above the repository or the home folder.
    above: Option<PathBuf>,
    /// The folder of the SDK, unless the configuration or the command line names one.
    pub out: Option<PathBuf>,
    /// How the user calls the program.
    pub program: &'static str,
    /// The command that generates.
    pub generates: &'static str,
}

impl Home {
    /// Returns the project of a workspace whose document is in `spec/` and whose SDK is in `generated/`.
    pub fn workspace(root: &Path) -> Self {
        Self {
            folder: root.to_owned(),
            config: Some(Path::new("spec").join(CONFIG)),
            above: None,
            out: Some(PathBuf::from("generated")),
            program: "cargo xtask",
            generates: "codegen",
        }
    }

    /// Returns the project of the nearest `sdk.toml`, in this folder or above. The search ends at the top of the
    /// repository and below the home folder of the user.
    pub fn nearest(folder: &Path, user: Option<&Path>) -> Self {
        let (mut config, mut above) = (None, None);
        let mut ended = false;
        for (height, at) in folder.ancestors().enumerate() {
            ended |= user == Some(at);
            if at.join(CONFIG).is_file() {
                let found = (0..height).map(|_| "..").chain([CONFIG]).collect();
                *(if ended { &mut above } else { &mut config }) = Some(found);
                break;
            }
            ended |= at.join(".git").exists();
        }
        let folder = PathBuf::new();
        Self { folder, config, above, out: None, program: "sdkgen", generates: "generate" }
    }

    /// Returns the configuration of a command line, if it has one: path and label.
    pub(crate) fn config(&self, from: &From) -> Option<Place> {
        match (&from.config, &from.spec) {
            (Some(path), _) => Some(Place::new(path.clone())),
            (None, Some(_)) => None,
            (None, None) => self.config.as_ref().map(|path| self.place(path)),
        }
    }

    /// Returns a path of the project, and its label.
    pub(crate) fn place(&self, path: &Path) -> Place {
        Place { label: read::label(path), path: self.folder.join(path) }
    }

    /// Returns the failure of a command that needs a document.
    pub(crate) fn no_document(&self) -> Failure {
        match &self.above {
            Some(path) => Failure::new(format!(
                "`{}` is not used: it is above the repository or in the home folder",
                read::label(path)
            ))
            .help("if it is meant, pass it with `--config`"),
            None => Failure::new("there is no `sdk.toml` here or in a folder above").help(format!(
                "run `{} init FILE|URL`, or pass the document on the command line",
                self.program
            )),
        }
    }
}

/// A path, and how it is shown.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) path: PathBuf,
    pub(crate) label: String,
}

impl Place {
    /// Makes a place that is shown as the user wrote it.
    pub(crate) fn new(path: PathBuf) -> Self {
        Self { label: read::label(&path), path }
    }

    /// Returns a path that is relative to the folder of this file.
    pub(crate) fn beside(&self, path: &str) -> Self {
        let beside = |of: &Path| of.parent().unwrap_or(Path::new("")).join(path);
        let label = read::label(&tidied(&beside(Path::new(&self.label))));
        Self { path: passable(&beside(&self.path)), label }
    }

    /// Reads the file.
    pub(crate) fn read(&self) -> Result<Source, Failure> {
        read::source(&self.path, &self.label)
    }
}

/// Returns a path without `.`, and without a folder that `..` leaves at once.
pub(super) fn tidied(path: &Path) -> PathBuf {
    tidied_if(path, |_| true)
}

/// Returns a path without a folder that does not exist and that `..` leaves at once. One that exists stays: it may
/// be a link, which `..` leaves for the folder above its target.
fn passable(path: &Path) -> PathBuf {
    tidied_if(path, |folder| !folder.exists())
}

fn tidied_if(path: &Path, is_left: impl Fn(&Path) -> bool) -> PathBuf {
    use std::path::Component;
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => match out.components().next_back() {
                Some(Component::Normal(_)) if is_left(&out) => drop(out.pop()),
                Some(Component::RootDir) => {}
                _ => out.push(part),
            },
            part => out.push(part),
        }
    }
    out
}

/// Returns a path of the command line relative to a folder, with `/`. An absolute path stays.
pub(super) fn relative(path: &Path, folder: &Path) -> String {
    use std::path::Component;
    let plain =
        |path: &Path| path.components().filter(|part| *part != Component::CurDir).collect::<PathBuf>();
    let (path, folder) = (plain(path), plain(folder));
    let same = path.components().zip(folder.components()).take_while(|(a, b)| a == b).count();
    let up = folder.components().skip(same).map(|_| "..".to_owned());
    let down = path.components().skip(same).map(|part| part.as_os_str().to_string_lossy().into_owned());
    if path.is_absolute() != folder.is_absolute() {
        return path.display().to_string().replace('\\', "/");
    }
    up.chain(down).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_that_exist_are_passed_through() {
        let here = std::env::current_dir().unwrap();
        for (path, passed) in [("src/../a", "src/../a"), ("none/../a", "a"), ("none/../../a", "../a")] {
            assert_eq!(passable(Path::new(path)), Path::new(passed));
            assert_eq!(passable(&here.join(path)), here.join(passed));
        }
        assert_eq!(passable(Path::new("/../a")), Path::new("/a"));
    }

    #[test]
    fn labels_leave_no_folder_at_once() {
        let label = |from: &str, path: &str| Place::new(from.into()).beside(path).label;
        assert_eq!(label("spec/sdk.toml", "../generated"), "generated");
        assert_eq!(label("../sdk.toml", "../a"), "../../a");
        assert_eq!(label("sdk.toml", "./api.yaml"), "api.yaml");
    }

    #[test]
    fn paths_are_seen_from_the_configuration() {
        let seen = |path: &str, folder: &str| relative(Path::new(path), Path::new(folder));
        assert_eq!(seen("a/b.yaml", ""), "a/b.yaml");
        assert_eq!(seen("./b.yaml", "sdk"), "../b.yaml");
        assert_eq!(seen("sdk/b.yaml", "sdk"), "b.yaml");
        assert_eq!(seen("/tmp/b.yaml", "sdk"), "/tmp/b.yaml");
    }
}
