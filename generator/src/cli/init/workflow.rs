//! The workflow that checks the SDKs of a repository in CI.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::cli::home::{relative, tidied};

/// The workflow of a repository, and what `init` does with it.
pub(super) struct Workflow {
    pub(super) path: PathBuf,
    /// The current text, if the file exists.
    pub(super) old: Option<String>,
    /// The text to write; `None` if the file is left as it is.
    pub(super) new: Option<String>,
    /// What the user should know.
    pub(super) note: String,
}

/// Returns the workflow of the repository around a folder of `sdk.toml`, with the steps that check its SDK; `None` without a
/// repository.
pub(super) fn workflow(folder: &Path, out: &Path) -> Option<Workflow> {
    let here = std::env::current_dir().ok()?;
    let (folder, out) = (tidied(&here.join(folder)), tidied(&here.join(out)));
    let root = folder.ancestors().find(|at| at.join(".git").exists())?;
    let path = root.join(".github/workflows/sdk.yml");
    let label = relative(&path, &here);
    let steps = steps(&relative(&folder, root), &relative(&out, root));
    if !path.exists() {
        let install = install();
        let note = match install.contains(OPEN) {
            true => format!(
                "complete the line of `{label}` that installs `sdkgen`: it needs the URL of its repository\n"
            ),
            false => String::new(),
        };
        return Some(Workflow { path, old: None, new: Some(format!("{HEAD}{install}{steps}")), note });
    }
    // A file that is not text is not ours.
    let old = std::fs::read_to_string(&path).unwrap_or_default();
    let plain = old.replace("\r\n", "\n");
    if plain.contains(&steps) {
        return Some(Workflow { path, old: Some(old), new: None, note: String::new() });
    }
    if !ends_in_steps(&plain) {
        let note = format!("`{label}` is yours; add these steps to it, so that CI checks this SDK:\n{steps}");
        return Some(Workflow { path, old: Some(old), new: None, note });
    }
    let new = format!("{}\n{steps}", plain.trim_end());
    let new = if old.contains("\r\n") { new.replace('\n', "\r\n") } else { new };
    let note = format!("`{label}` checks this SDK, too\n");
    Some(Workflow { path, old: Some(old), new: Some(new), note })
}

const HEAD: &str = "\
# Each SDK is as its document and `sdk.toml` say, and compiles.
name: SDK
on: [push, pull_request]
permissions: {contents: read}
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
";

/// Returns the steps that check an SDK. The paths are relative to the top of the repository.
fn steps(folder: &str, out: &str) -> String {
    let folder = match folder {
        "" => String::new(),
        folder => format!("        working-directory: {}\n", Value::from(folder)),
    };
    let manifest =
        Value::from(if out.is_empty() { "Cargo.toml".to_owned() } else { format!("{out}/Cargo.toml") });
    format!("      - run: sdkgen check\n{folder}      - run: cargo check --manifest-path {manifest}\n")
}

/// Returns whether a workflow ends in the steps of a job that checks SDKs, as `init` writes it.
fn ends_in_steps(text: &str) -> bool {
    let last = text.trim_end().lines().next_back().unwrap_or_default();
    let is_step =
        ["      - run: ", "        working-directory: "].iter().any(|start| last.starts_with(start));
    is_step && text.contains("\n      - run: sdkgen check\n") && !text.contains("defaults:")
}

/// Stands where the URL of the repository belongs.
const OPEN: &str = " REPOSITORY ";

/// Returns the step that installs this program from where it comes: as cargo noted it, else from the tag of this version in
/// the repository that the package names. Where neither is known the user has to say it.
fn install() -> String {
    let version = env!("CARGO_PKG_VERSION");
    let from = match (noted().and_then(|notes| source(&notes, version)), env!("CARGO_PKG_REPOSITORY")) {
        (Some(from), _) => from,
        (None, "") => {
            return format!(
                "      # Complete this line: the URL of the repository that has `sdkgen`, and `--tag` or `--rev`.\n      - run: cargo install --locked --git{OPEN}sdkgen\n"
            );
        }
        (None, repository) => format!("--git {repository} --tag v{version}"),
    };
    format!("      - run: cargo install --locked {from} sdkgen\n")
}

/// Returns what cargo notes about the programs in the folder of this one.
fn noted() -> Option<String> {
    let program = std::env::current_exe().ok()?;
    std::fs::read_to_string(program.parent()?.parent()?.join(".crates.toml")).ok()
}

/// Returns the options of `cargo install` for the source of a version, if everyone can read that.
fn source(notes: &str, version: &str) -> Option<String> {
    let notes: toml::Table = notes.parse().ok()?;
    let mut packages = notes.get("v1")?.as_table()?.keys();
    let source = packages
        .find_map(|package| package.strip_prefix(&format!("sdkgen {version} ("))?.strip_suffix(')'))?;
    if source == "registry+https://github.com/rust-lang/crates.io-index" {
        return Some(format!("--version {version}"));
    }
    let (url, revision) = source.strip_prefix("git+")?.split_once('#')?;
    let url = url.split('?').next()?;
    // Neither keys nor a word for the shell belong into a workflow.
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~/:".contains(c);
    let is_public = url.starts_with("https://") && url.chars().all(is_plain);
    let is_revision = revision.bytes().all(|byte| byte.is_ascii_hexdigit());
    (is_public && is_revision).then(|| format!("--git {url} --rev {revision}"))
}
