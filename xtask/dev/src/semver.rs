//! `cargo xtask dev semver`: compares the API of the committed SDK with that of a previous release, by `cargo-semver-checks`.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::args::Semver;
use sdkgen::cli::{Console, Exit, Failure};

const PROGRAM: &str = "cargo-semver-checks";
/// What is compared.
const PACKAGE: &str = "retab-sdk";
/// What the program says of a package that it has compared.
const FINISHED: &str = "Finished";

/// What the SDK is compared with.
#[derive(Debug, PartialEq, Eq)]
enum Baseline {
    /// A revision of git.
    Revision(String),
    /// The folder of a crate.
    Folder(PathBuf),
}

/// Compares, and shows what the program says.
pub(crate) fn semver(args: &Semver, root: &Path, console: &mut Console) -> Result<Exit, Failure> {
    is_installed(PROGRAM)?;
    let baseline = baseline(args.baseline.as_deref(), root)?;
    let output = compare(root, &baseline)
        .output()
        .map_err(|error| Failure::new(format!("cannot run `{PROGRAM}`: {error}")))?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    console.result(&String::from_utf8_lossy(&output.stdout));
    console.result(&said);
    match output.status.code() {
        Some(0) if said.contains(FINISHED) => Ok(Exit::Fine),
        Some(0) => Err(Failure::new(format!("`{PROGRAM}` has compared nothing"))),
        _ if said.contains("semver requires new") => Ok(Exit::Problems),
        _ => Err(Failure::new(format!("`{PROGRAM}` failed ({})", output.status))),
    }
}

/// The package is named, since one that is not to be published is passed over otherwise, without a word.
fn compare(root: &Path, baseline: &Baseline) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(["semver-checks", "--default-features", "--package", PACKAGE, "--manifest-path"]);
    command.arg(root.join("generated/Cargo.toml")).current_dir(root);
    match baseline {
        Baseline::Revision(revision) => command.arg("--baseline-rev").arg(revision),
        Baseline::Folder(folder) => command.arg("--baseline-root").arg(folder),
    };
    command
}

fn is_installed(program: &str) -> Result<(), Failure> {
    match Command::new(program).arg("--version").output() {
        Ok(_) => Ok(()),
        Err(error) => Err(Failure::new(format!("cannot run `{program}`: {error}"))
            .help(format!("install it with `cargo install {PROGRAM} --locked`"))),
    }
}

/// The folder or revision that is asked for; else the last tag before this commit.
fn baseline(asked: Option<&str>, root: &Path) -> Result<Baseline, Failure> {
    let help = "name a revision of git or the folder of a crate: `cargo xtask dev semver REVISION`";
    let git = |args: &[&str]| -> Result<Option<String>, Failure> {
        let output = Command::new("git").args(args).current_dir(root).output();
        let output = output.map_err(|error| Failure::new(format!("cannot run `git`: {error}")).help(help))?;
        let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        Ok(output.status.success().then_some(text))
    };
    let Some(asked) = asked else {
        let tag = git(&["describe", "--tags", "--abbrev=0", "HEAD^"])?;
        let missing =
            || Failure::new("no tag before this commit, so there is no previous release").help(help);
        return tag.map(Baseline::Revision).ok_or_else(missing);
    };
    let folder = root.join(asked);
    if folder.join("Cargo.toml").is_file() {
        return Ok(Baseline::Folder(folder));
    }
    let commit = format!("{asked}^{{commit}}");
    match git(&["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])? {
        Some(_) => Ok(Baseline::Revision(asked.to_owned())),
        None => {
            Err(Failure::new(format!("`{asked}` is neither a revision of git nor the folder of a crate"))
                .help(help))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};
    use std::process::Command;

    use super::{Baseline, PACKAGE, baseline, compare, is_installed};

    /// A repository with two commits.
    fn repository(name: &str) -> PathBuf {
        let root = std::env::temp_dir().join(format!("semver-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&root);
        std::fs::create_dir_all(&root).unwrap();
        git(&root, &["init", "--quiet"]);
        for message in ["one", "two"] {
            git(&root, &["commit", "--quiet", "--allow-empty", "--message", message]);
        }
        root
    }

    fn git(root: &Path, args: &[&str]) {
        let who = ["-c", "user.name=a", "-c", "user.email=a@b.c"];
        assert!(Command::new("git").args(who).args(args).current_dir(root).status().unwrap().success());
    }

    #[test]
    fn the_last_tag_before_this_commit_is_the_baseline() {
        let root = repository("tags");
        let none = baseline(None, &root).unwrap_err();
        assert!(format!("{none:?}").contains("no tag before this commit"), "{none:?}");
        git(&root, &["tag", "now"]);
        assert!(baseline(None, &root).is_err(), "a release is not compared with itself");
        git(&root, &["tag", "before", "HEAD^"]);
        assert_eq!(baseline(None, &root).unwrap(), Baseline::Revision("before".to_owned()));
        std::fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn a_baseline_is_a_revision_or_a_crate() {
        let root = repository("asked");
        assert_eq!(baseline(Some("HEAD"), &root).unwrap(), Baseline::Revision("HEAD".to_owned()));
        let odd = baseline(Some("--none"), &root).unwrap_err();
        assert!(format!("{odd:?}").contains("neither a revision"), "{odd:?}");
        std::fs::create_dir(root.join("old")).unwrap();
        std::fs::write(root.join("old/Cargo.toml"), "").unwrap();
        assert_eq!(baseline(Some("old"), &root).unwrap(), Baseline::Folder(root.join("old")));
        std::fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn the_package_is_named_and_there() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let command = compare(&root, &Baseline::Revision("v1".to_owned()));
        let args: Vec<_> = command.get_args().map(|arg| arg.to_string_lossy()).collect();
        assert!(args.join(" ").contains(&format!("--package {PACKAGE}")), "{args:?}");
        let manifest = args.iter().find(|arg| arg.ends_with("Cargo.toml")).unwrap();
        let manifest = std::fs::read_to_string(&**manifest).unwrap();
        assert!(manifest.contains(&format!("name = \"{PACKAGE}\"")), "{manifest}");
    }

    #[test]
    fn a_missing_program_is_said_with_what_to_do() {
        let missing = is_installed("a-program-that-nobody-has").unwrap_err();
        assert!(format!("{missing:?}").contains("cargo install cargo-semver-checks"), "{missing:?}");
    }
}
