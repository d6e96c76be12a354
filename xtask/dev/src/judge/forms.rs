//! Checks forms and multipart bodies with the parsers that servers use.

use std::path::PathBuf;
use std::process::Command;

use super::places::Places;
use super::tools;
use super::verdict::{findings, verdict};
use crate::program::write_new;
use sdkgen::cli::{Console, Exit, Failure};

/// The parsers from PyPI.
pub(super) const PACKAGES: &str = include_str!("readers/requirements.txt");
const READ_JS: &str = include_str!("readers/read.js");
const READ_PY: &str = include_str!("readers/read.py");

/// Checks every form and multipart body of the cases.
pub(super) fn forms(places: &Places, console: &mut Console) -> Result<Exit, Failure> {
    let npm = tools::npm(places, console)?;
    let python = tools::python("readers", PACKAGES, places, console)?;
    let program = tools::program(&cases(places)?, places)?;
    let notes = places.cache.join("forms");
    let (script, module) = (notes.join("read.py"), npm.join("read.mjs"));
    write_new(&script, READ_PY)?;
    write_new(&module, READ_JS)?;
    let (bodies, read) = (notes.join("bodies.jsonl"), notes.join("read.jsonl"));
    write_new(&bodies, &tools::output(Command::new(&program).arg("bodies"), "judges")?)?;
    let by_node = tools::piped(Command::new("node").arg(&module), &bodies)?;
    let by_python = tools::piped(Command::new(&python).arg(&script), &bodies)?;
    write_new(&read, &(by_node + &by_python))?;
    let compared = tools::output(Command::new(&program).arg("compare").args([&bodies, &read]), "judges")?;
    Ok(verdict(&findings("", &compared)?, &[]).tell(console))
}

/// Returns the case folders with such a body.
fn cases(places: &Places) -> Result<Vec<PathBuf>, Failure> {
    let folder = places.root.join("tests/cases");
    let entries = std::fs::read_dir(&folder);
    let entries = entries.map_err(|e| Failure::new(format!("cannot read `{}`: {e}", folder.display())))?;
    let has_form = |case: &PathBuf| {
        let text = std::fs::read_to_string(case.join("spec.yaml")).unwrap_or_default();
        text.contains("multipart/") || text.contains("x-www-form-urlencoded")
    };
    let mut all: Vec<PathBuf> =
        entries.filter_map(|entry| Some(entry.ok()?.path())).filter(has_form).collect();
    all.sort();
    Ok(all)
}
