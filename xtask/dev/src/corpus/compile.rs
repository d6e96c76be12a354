//! Runs cargo on a crate, and collects errors, warnings and measurements of the compiler.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::Places;
use crate::measure::{self, Measure};
use crate::program;

/// A cargo command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Task {
    Check,
    Clippy,
    Doc,
    Build,
}

impl Task {
    /// Returns the name of the command.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Clippy => "clippy",
            Self::Doc => "doc",
            Self::Build => "build",
        }
    }
}

/// The result of a command.
#[derive(Clone, Debug, Default)]
pub(crate) struct Compiled {
    /// The measurement of the compiler for the crate itself, from an earlier run if nothing changed.
    pub(crate) measure: Option<Measure>,
    /// Rendered errors.
    pub(crate) errors: Vec<String>,
    /// Rendered warnings.
    pub(crate) warnings: Vec<String>,
}

impl Compiled {
    /// Returns whether there are no errors or warnings.
    pub(crate) fn is_well(&self) -> bool {
        self.errors.is_empty() && self.warnings.is_empty()
    }
}

/// Runs cargo on a crate, with more arguments. Dependencies are shared by all crates of the same target folder.
pub(crate) fn compile(task: Task, folder: &Path, places: &Places, more: &[String]) -> Compiled {
    program::keep_versions(&places.lock, folder);
    let note = places.notes.join(format!("{}.measure", task.name()));
    let fresh = PathBuf::from(format!("{}.new", note.display()));
    let mut command = program::cargo(task.name(), folder, &places.target);
    command.args(more);
    command.arg("--message-format=json").env("CARGO_INCREMENTAL", "0");
    if task != Task::Check {
        command.args(program::all_types(folder));
    }
    if task == Task::Doc {
        command.arg("--no-deps");
    }
    if matches!(task, Task::Check | Task::Build)
        && let Ok(wrapper) = std::env::current_exe()
    {
        command.env("RUSTC_WORKSPACE_WRAPPER", wrapper).env(measure::VARIABLE, &fresh);
    }
    let output = match command.output() {
        Ok(output) => output,
        Err(e) => {
            return Compiled { errors: vec![format!("cannot run `cargo`: {e}")], ..Compiled::default() };
        }
    };
    let mut out = read(&String::from_utf8_lossy(&output.stdout), folder);
    if !output.status.success() && out.errors.is_empty() {
        out.errors.push(String::from_utf8_lossy(&output.stderr).trim_end().to_owned());
    }
    if fresh.exists() {
        let _ = std::fs::rename(&fresh, &note);
    }
    out.measure = std::fs::read_to_string(&note).ok().and_then(|text| Measure::parse(&text));
    out
}

/// Returns the messages about the crate in this folder.
fn read(text: &str, folder: &Path) -> Compiled {
    let mut out = Compiled::default();
    for line in text.lines() {
        let Ok(Value::Object(line)) = serde_json::from_str::<Value>(line) else { continue };
        let (Some(message), Some(target)) = (line.get("message"), line.get("target")) else { continue };
        let inside = target["src_path"].as_str().is_some_and(|path| Path::new(path).starts_with(folder));
        // Messages without a location only count the others.
        let counts = message["code"].is_null() && message["spans"].as_array().is_none_or(Vec::is_empty);
        if !inside || counts {
            continue;
        }
        let rendered = message["rendered"].as_str().unwrap_or_default().trim_end().to_owned();
        match message["level"].as_str() {
            Some("warning") => out.warnings.push(rendered),
            Some(level) if level.starts_with("error") => out.errors.push(rendered),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_sorted() {
        let line = |level: &str, path: &str, spans: &str| {
            format!(
                r#"{{"reason":"compiler-message","target":{{"src_path":"{path}"}},"message":{{"level":"{level}","code":null,"spans":{spans},"rendered":"{level}!\n"}}}}"#
            )
        };
        let text = [
            line("warning", "/a/src/lib.rs", "[{}]"),
            line("error", "/a/src/lib.rs", "[{}]"),
            line("warning", "/a/src/lib.rs", "[]"),
            line("warning", "/b/src/lib.rs", "[{}]"),
            "{\"reason\":\"build-finished\"}".to_owned(),
        ];
        let found = read(&text.join("\n"), Path::new("/a"));
        assert_eq!((found.errors, found.warnings), (vec!["error!".to_owned()], vec!["warning!".to_owned()]));
    }
}
