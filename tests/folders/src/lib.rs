//! The case folders: `tests/cases/<name>/{spec.yaml, sdk.toml?, body.<Schema>.<n>.json…}` in, `out/`, `report.txt` and `requests.http` out.
//!
//! In: a folder, and what the generator made of it. Out: whether that is what the folder holds, or the folder brought up to date.

mod generate;

pub use generate::{Generated, generate};

use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Files that are much the same in every SDK, while few cases are about them: they are compared where `out/` holds them, and never
/// added to it. To make one a golden of a case, create it empty and update.
const FRAME: [&str; 4] = ["Cargo.toml", "README.md", "src/client.rs", "src/lib.rs"];

/// The same, of each module of types: what only tests use.
const TESTING: [&str; 2] = ["/testing.rs", "/testing/args.rs"];

/// A case folder.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its name.
    pub name: String,
    /// The folder.
    pub folder: PathBuf,
    /// Text of `spec.yaml`.
    pub spec: String,
    /// Text of `sdk.toml`, if there is one.
    pub config: Option<String>,
    /// Bodies to be decoded and encoded: name of the component schema, file name, value.
    pub bodies: Vec<(String, String, Value)>,
}

/// What the generator made of a case.
#[derive(Clone, Debug, Default)]
pub struct Output {
    /// The files of the SDK, those of the runtime aside; empty where the document was refused.
    pub files: BTreeMap<String, String>,
    /// The rendered diagnostics; empty where there are none.
    pub report: String,
    /// The type of each schema: JSON pointer, Rust type.
    pub names: Vec<(String, String)>,
}

impl Case {
    /// Whether its document must be refused.
    pub fn is_bad(&self) -> bool {
        self.name.starts_with("bad-")
    }

    /// The document that is meant, made by hand: one file where `spec.yaml` is spread over several, its slips mended.
    pub fn meant(&self) -> Option<String> {
        read(&self.folder.join("meant.yaml")).ok()
    }
}

/// All cases of a checkout in order of their names.
pub fn cases(checkout: &Path) -> Result<Vec<Case>, String> {
    let mut folders = list(&checkout.join("tests/cases"))?;
    // The wrong documents have a form of their own (`it/errors.rs`).
    folders.retain(|path| path.is_dir() && !path.ends_with("errors"));
    folders.iter().map(|folder| case(folder)).collect()
}

/// Reads a case folder.
pub fn case(folder: &Path) -> Result<Case, String> {
    let name = file_name(folder);
    let mut bodies = Vec::new();
    for path in list(folder)? {
        let file = file_name(&path);
        let Some(schema) = file.strip_prefix("body.").and_then(|rest| rest.strip_suffix(".json")) else {
            continue;
        };
        let (schema, _) = schema.rsplit_once('.').ok_or_else(|| format!("`{name}/{file}` has no number"))?;
        let value = serde_json::from_str(&read(&path)?).map_err(|e| format!("`{name}/{file}`: {e}"))?;
        bodies.push((schema.to_owned(), file.clone(), value));
    }
    Ok(Case {
        spec: read(&folder.join("spec.yaml"))?,
        config: read(&folder.join("sdk.toml")).ok(),
        folder: folder.to_path_buf(),
        name,
        bodies,
    })
}

/// Whether environment variables ask for goldens to be written: `UPDATE_EXPECT`, which the expected texts in the code of tests obey, too.
pub fn is_update() -> bool {
    std::env::var_os("UPDATE_EXPECT").is_some()
}

/// Compares what was made with what the folder holds, and says what differs; with `update`, makes the folder hold it.
pub fn settle(case: &Case, output: &Output, update: bool) -> Result<Vec<String>, String> {
    let out = case.folder.join("out");
    let files = output.files.iter().filter(|(path, _)| !is_frame(path) || out.join(path).is_file());
    let mut wanted: BTreeMap<PathBuf, String> =
        files.map(|(path, text)| (Path::new("out").join(path), text.clone())).collect();
    if !output.report.is_empty() {
        wanted.insert("report.txt".into(), output.report.clone());
    }
    if !output.names.is_empty() {
        let rows = output.names.iter().map(|(pointer, ty)| format!("{pointer}\t{ty}\n"));
        wanted.insert("names.tsv".into(), rows.collect());
    }
    let mut held = Vec::new();
    collect(&out, &mut held);
    held.extend(
        ["report.txt", "names.tsv"].map(|name| case.folder.join(name)).into_iter().filter(|p| p.is_file()),
    );
    let mut wrong = Vec::new();
    for path in held {
        let inside = path.strip_prefix(&case.folder).unwrap_or(&path).to_path_buf();
        if wanted.contains_key(&inside) {
            continue;
        }
        if update {
            std::fs::remove_file(&path).map_err(|e| format!("`{}`: {e}", path.display()))?;
        }
        wrong.push(format!("`{}` is not written any more", inside.display()));
    }
    for (inside, text) in &wanted {
        let path = case.folder.join(inside);
        let old = std::fs::read_to_string(&path).ok();
        if old.as_ref() == Some(text) {
            continue;
        }
        wrong.push(match &old {
            Some(old) => format!("`{}` differs: {}", inside.display(), first_difference(old, text)),
            None => format!("`{}` is new", inside.display()),
        });
        if update {
            let parent = path.parent().map_or(Ok(()), std::fs::create_dir_all);
            parent
                .and_then(|()| std::fs::write(&path, text))
                .map_err(|e| format!("`{}`: {e}", path.display()))?;
        }
    }
    Ok(wrong)
}

fn is_frame(path: &str) -> bool {
    FRAME.contains(&path) || path.starts_with("src/types/") && TESTING.iter().any(|end| path.ends_with(end))
}

/// Compares one file of a folder with what was made for it; an empty text is no file. With `update`, writes it.
pub fn compare(case: &Case, file: &str, text: &str, update: bool) -> Result<(), String> {
    let path = case.folder.join(file);
    let old = std::fs::read_to_string(&path).unwrap_or_default();
    if old == text {
        return Ok(());
    }
    if update {
        let done = if text.is_empty() { std::fs::remove_file(&path) } else { std::fs::write(&path, text) };
        return done.map_err(|e| format!("`{}`: {e}", path.display()));
    }
    Err(format!("case `{}`: `{file}` differs: {}", case.name, first_difference(&old, text)))
}

fn first_difference(old: &str, new: &str) -> String {
    let mut old = old.lines();
    let mut new = new.lines();
    for number in 1.. {
        match (old.next(), new.next()) {
            (None, None) => break,
            (a, b) if a == b => {}
            (a, b) => return format!("line {number}\n    - {}\n    + {}", a.unwrap_or(""), b.unwrap_or("")),
        }
    }
    "the end of the last line".to_owned()
}

fn list(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = std::fs::read_dir(folder).map_err(|e| format!("`{}`: {e}", folder.display()))?;
    let mut all: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    all.sort();
    Ok(all)
}

fn collect(folder: &Path, all: &mut Vec<PathBuf>) {
    for path in list(folder).unwrap_or_default() {
        if path.is_dir() { collect(&path, all) } else { all.push(path) }
    }
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|e| format!("`{}`: {e}", path.display()))
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
