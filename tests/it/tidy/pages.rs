//! The pages for people who change the code name files and functions: each of them exists.

use super::assert_none;
use std::path::PathBuf;
use tests::checkout;

/// Folders that paths on the pages may start from.
const BASES: [&str; 5] =
    ["", "generator/src", "generator/runtime/src", "generator/runtime/src/runtime", "xtask/src"];

const ADVICE: &str =
    "name what is there now: a path from the checkout, or `path: fn name` for a function of that file";

#[test]
fn pages_name_files_and_functions_that_exist() {
    let mut pages: Vec<PathBuf> =
        ["ARCHITECTURE.md", "CONTRIBUTING.md"].map(|page| checkout().join(page)).into();
    let decisions = std::fs::read_dir(checkout().join("docs/decisions")).unwrap();
    pages.extend(decisions.map(|entry| entry.unwrap().path()));
    let mut wrong = Vec::new();
    for page in pages {
        let text = std::fs::read_to_string(&page).unwrap();
        let name = page.strip_prefix(checkout()).unwrap().display().to_string();
        for (number, line) in text.lines().enumerate() {
            wrong.extend(
                faults(line).into_iter().map(|fault| format!("`{name}:{}` names {fault}", number + 1)),
            );
        }
    }
    assert_none(wrong, ADVICE);
}

/// What a line names in backticks that does not exist.
fn faults(line: &str) -> Vec<String> {
    let mut faults = Vec::new();
    // `fn name` alone belongs to the file named last on the line.
    let mut file = None;
    for span in line.split('`').skip(1).step_by(2) {
        let (path, function) = match span.split_once(": fn ") {
            Some((path, function)) => (Some(path), Some(function)),
            None => (Some(span).filter(|span| span.ends_with(".rs")), span.strip_prefix("fn ")),
        };
        if let Some(path) = path {
            file = find(path);
            if file.is_none() {
                faults.push(format!("`{path}`, which does not exist"));
            }
        }
        let text = file.as_ref().and_then(|file| std::fs::read_to_string(file).ok());
        if let (Some(function), Some(text)) = (function, text)
            && !has_function(&text, function)
        {
            faults.push(format!("`fn {function}`, which its file does not have"));
        }
    }
    faults
}

/// The file that a path means, from the checkout or from one of the folders of sources. A bare name may lie deeper.
fn find(path: &str) -> Option<PathBuf> {
    let direct = BASES.iter().map(|base| checkout().join(base).join(path)).find(|file| file.is_file());
    direct.or_else(|| {
        super::sources(&["generator", "xtask", "tests"])
            .into_iter()
            .find(|(file, _)| file.ends_with(path))
            .map(|(file, _)| checkout().join(file))
    })
}

fn has_function(text: &str, name: &str) -> bool {
    text.match_indices(&format!("fn {name}"))
        .any(|(at, found)| text[at + found.len()..].starts_with(['(', '<']))
}

#[test]
fn missing_files_and_functions_are_found() {
    assert!(faults("`generator/src/lib.rs: fn generate`, `fn run` and `plan/member.rs`").is_empty());
    assert_eq!(faults("`generator/src/lib.rs: fn nowhere` and `fn runs`").len(), 2);
    assert_eq!(faults("`plan/nowhere.rs`").len(), 1);
}
