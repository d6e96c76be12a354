//! Finds programs on the PATH, and installs packages into the cache folder.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::places::Places;
use crate::program::write_new;
use sdkgen::cli::{Console, Failure};

const PACKAGE: &str = include_str!("package.json");
const LOCK: &str = include_str!("package-lock.json");

/// Minimum versions of Node.js and Python.
const NODE: (u32, u32) = (20, 0);
const PYTHON: (u32, u32) = (3, 10);

/// Installs packages from npm, and returns their folder.
pub(super) fn npm(places: &Places, console: &mut Console) -> Result<PathBuf, Failure> {
    version("node", NODE, "install Node.js")?;
    let folder = places.cache.join("npm");
    write_new(&folder.join("package.json"), PACKAGE)?;
    write_new(&folder.join("package-lock.json"), LOCK)?;
    let done = folder.join("installed");
    if std::fs::read_to_string(&done).is_ok_and(|installed| installed == LOCK) {
        return Ok(folder);
    }
    console.progress("installing the judges from npm\n");
    // Install scripts of packages do not run.
    let mut command = Command::new("npm");
    command.args(["ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(&folder);
    run(command, "npm", "check that the registry of npm is reachable")?;
    write_new(&done, LOCK)?;
    Ok(folder)
}

/// Installs packages from PyPI into an environment with this name, and returns its Python.
pub(super) fn python(
    name: &str,
    packages: &str,
    places: &Places,
    console: &mut Console,
) -> Result<PathBuf, Failure> {
    version("python3", PYTHON, "install Python")?;
    let folder = places.cache.join(name);
    let inside = if cfg!(windows) { "Scripts/python.exe" } else { "bin/python3" };
    let (python, done) = (folder.join(inside), folder.join("installed"));
    if std::fs::read_to_string(&done).is_ok_and(|installed| installed == packages) {
        return Ok(python);
    }
    console.progress("installing the judges from PyPI\n");
    let mut command = Command::new("python3");
    command.args(["-m", "venv"]).arg(&folder);
    run(command, "python3 -m venv", "install the module `venv` of Python")?;
    let list = folder.join("requirements.txt");
    write_new(&list, packages)?;
    let mut command = Command::new(&python);
    command.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"]).arg(&list);
    run(command, "pip install", "check that the index of PyPI is reachable")?;
    write_new(&done, packages)?;
    Ok(python)
}

fn run(mut command: Command, name: &str, help: &str) -> Result<(), Failure> {
    let status = command.stdout(Stdio::null()).status();
    let status = status.map_err(|e| Failure::new(format!("cannot run `{name}`: {e}")).help(help))?;
    if status.success() { Ok(()) } else { Err(Failure::new(format!("`{name}` failed: {status}")).help(help)) }
}

/// Checks that a program exists and is recent enough.
fn version(program: &str, least: (u32, u32), help: &str) -> Result<(), Failure> {
    let wanted = format!("{help} {}.{} or newer, so that `{program}` is on the PATH", least.0, least.1);
    let output = Command::new(program).arg("--version").output();
    let output = output.map_err(|e| Failure::new(format!("cannot run `{program}`: {e}")).help(&wanted))?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    match number(&text) {
        Some(found) if found >= least => Ok(()),
        _ => Err(Failure::new(format!("`{program}` is too old: {text}")).help(wanted)),
    }
}

/// Returns the first two numbers of a text such as `v20.20.2` or `Python 3.11.7`.
fn number(text: &str) -> Option<(u32, u32)> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let mut numbers = text[start..].split('.').map(|part| part.parse().ok());
    Some((numbers.next()??, numbers.next()??))
}

/// Builds the program of `tests/judges` with the SDKs of case folders or documents, and returns its path.
pub(super) fn program(subjects: &[PathBuf], places: &Places) -> Result<PathBuf, Failure> {
    let target = places.cache.join("target");
    let list = std::env::join_paths(subjects);
    let list = list.map_err(|e| Failure::new(format!("a path cannot be passed on: {e}")))?;
    let status = sdkgen::cli::cargo()
        .args(["build", "--quiet", "--package", "tests", "--bin", "judges", "--no-default-features"])
        .args(["--features", "judges,blocking,chrono,decimal,events,testing,uuid,xml", "--target-dir"])
        .arg(&target)
        .current_dir(&places.root)
        .env("JUDGED", list)
        .status()
        .map_err(|e| Failure::new(format!("cannot run `cargo`: {e}")))?;
    if !status.success() {
        return Err(Failure::new("the SDK to be judged cannot be built").help("see the messages above"));
    }
    Ok(crate::program::binary(&target, "judges"))
}

/// Returns the output of a program that reads a file.
pub(super) fn piped(command: &mut Command, input: &Path) -> Result<String, Failure> {
    let name = command.get_program().to_string_lossy().into_owned();
    let file = std::fs::File::open(input);
    let file = file.map_err(|e| Failure::new(format!("cannot read `{}`: {e}", input.display())))?;
    output(command.stdin(file), &name)
}

/// Returns the output of a program.
pub(super) fn output(command: &mut Command, name: &str) -> Result<String, Failure> {
    let output = command.stderr(Stdio::inherit()).output();
    let output = output.map_err(|e| Failure::new(format!("cannot run `{name}`: {e}")))?;
    if !output.status.success() {
        return Err(
            Failure::new(format!("`{name}` failed: {}", output.status)).help("see the messages above")
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read() {
        assert_eq!(number("v20.20.2"), Some((20, 20)));
        assert_eq!(number("Python 3.11.7"), Some((3, 11)));
        assert_eq!(number("none"), None);
    }

    #[test]
    fn a_program_that_is_not_there_says_what_to_install() {
        let failure = version("no-such-program", (1, 0), "install it").unwrap_err();
        assert!(failure.message.contains("`no-such-program`"));
        assert!(failure.help.is_some_and(|help| help.starts_with("install it 1.0")));
    }

    #[test]
    fn all_versions_are_pinned() {
        let package: serde_json::Value = serde_json::from_str(PACKAGE).unwrap();
        let lock: serde_json::Value = serde_json::from_str(LOCK).unwrap();
        for (name, version) in package["dependencies"].as_object().unwrap() {
            assert_eq!(lock["packages"][format!("node_modules/{name}")]["version"], *version, "{name}");
        }
        for line in super::super::forms::PACKAGES.lines() {
            assert!(line.contains("=="), "{line}");
        }
    }
}
