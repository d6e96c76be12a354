//! Writes, builds and runs the crate of all groups in a cache folder.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use super::wrap::{self, Made};
use crate::program;
use sdkgen::cli::{Console, Failure};

/// The library: one runtime, one module per group, and a table of round trips.
const LIB: &str = "\
//! Types of all groups.
#![allow(missing_docs, clippy::all)]

pub mod runtime;

fn echo<T: runtime::wire::Wire>(body: &[u8]) -> Result<Vec<u8>, String> {
    let value: T = runtime::model::from_slice(body).map_err(|e| e.to_string())?;
    Ok(runtime::model::to_vec(&value))
}

/// A round trip through the type of a group.
pub type Echo = fn(&[u8]) -> Result<Vec<u8>, String>;

";

/// Reads lines of group and JSON; writes for each a line of `+` and JSON, `-` and the reason, or `!` and the panic.
const MAIN: &str = r#"
//! A program that round-trips instances.
fn main() {
    std::panic::set_hook(Box::new(|_| {}));
    for line in std::io::stdin().lines().map_while(Result::ok) {
        let (group, body) = line.split_once('\t').unwrap_or((&line, ""));
        let Some((_, echo)) = suite_types::GROUPS.iter().find(|(name, _)| *name == group) else {
            println!("-the group has no type");
            continue;
        };
        let reply = match std::panic::catch_unwind(|| echo(body.as_bytes())) {
            Ok(Ok(json)) => format!("+{}", String::from_utf8_lossy(&json)),
            Ok(Err(reason)) => format!("-{reason}"),
            Err(panic) => format!("!{}", panic.downcast_ref::<String>().map_or("", |text| text)),
        };
        println!("{}", reply.replace(['\n', '\r'], " "));
    }
}
"#;

/// The result of an instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reply {
    Json(String),
    Refused(String),
    Panicked(String),
    Ended,
}

/// The built program.
#[derive(Debug)]
pub(super) struct Program {
    binary: PathBuf,
    /// Groups with types.
    groups: Vec<usize>,
    /// Groups whose types do not compile, with the first error.
    broken: BTreeMap<usize, String>,
}

/// Writes and builds the crate. Groups that do not compile are removed, and the others are built again.
pub(super) fn build(cache: &Path, made: &[Made], console: &mut Console) -> Result<Program, Failure> {
    let host = wrap::host().ok_or_else(|| Failure::new("the smallest document is refused"))?;
    let _ = std::fs::remove_dir_all(cache.join("src"));
    for (path, text) in host.iter().filter(|(path, _)| path.starts_with("src/runtime/")) {
        program::write_new(&cache.join(path), text)?;
    }
    let manifest = host.get("Cargo.toml").unwrap_or_default();
    program::write_new(&cache.join("Cargo.toml"), &format!("{manifest}\n[profile.dev]\ndebug = false\n"))?;
    program::write_new(&cache.join("src/main.rs"), MAIN)?;
    let mut groups = Vec::new();
    for (at, made) in made.iter().enumerate() {
        if let Made::Types { files, ty, .. } = made {
            for (path, text) in files.iter().filter(|(path, _)| path.starts_with("src/types")) {
                program::write_new(
                    &cache.join(path.replacen("src/", &format!("src/g{at}/"), 1)),
                    &ungated(text),
                )?;
            }
            let module = format!(
                "pub mod types;\nuse crate::runtime::model as _;\n\npub(crate) fn echo(body: &[u8]) -> Result<Vec<u8>, String> \
                 {{\n    #[allow(unused_imports)]\n    use crate::runtime::model;\n    crate::echo::<{ty}>(body)\n}}\n"
            );
            program::write_new(&cache.join(format!("src/g{at}/mod.rs")), &module)?;
            groups.push(at);
        }
    }
    let mut broken = BTreeMap::new();
    loop {
        program::write_new(&cache.join("src/lib.rs"), &library(&groups))?;
        console.progress(&format!(
            "building the types of {} groups in `{}`\n",
            groups.len(),
            cache.display()
        ));
        let Err(messages) = compile(cache)? else { break };
        let found = blamed(&messages);
        if found.is_empty() {
            return Err(Failure::new("the generated types do not compile").help(messages));
        }
        groups.retain(|at| !found.contains_key(at));
        broken.extend(found);
    }
    let binary = program::binary(&cache.join("target"), "suite-types");
    Ok(Program { binary, groups, broken })
}

fn library(groups: &[usize]) -> String {
    let modules: String = groups.iter().map(|at| format!("pub mod g{at};\n")).collect();
    let rows: String = groups.iter().map(|at| format!("    (\"g{at}\", g{at}::echo),\n")).collect();
    format!(
        "{LIB}{modules}\n/// Each group with its round trip.\npub static GROUPS: &[(&str, Echo)] = &[\n{rows}];\n"
    )
}

/// Removes the feature gates of a file.
fn ungated(text: &str) -> String {
    let gate = |line: &&str| !line.trim().starts_with("#[cfg(");
    text.lines().filter(gate).map(|line| format!("{line}\n")).collect()
}

/// Compiles the crate, and returns the errors if that fails.
fn compile(cache: &Path) -> Result<Result<(), String>, Failure> {
    let output = program::cargo("build", cache, &cache.join("target"))
        .args(["--message-format=short", "--no-default-features", "--features", "chrono,decimal,uuid"])
        .output()
        .map_err(|e| Failure::new(format!("cannot run `cargo`: {e}")))?;
    let messages = String::from_utf8_lossy(&output.stderr).into_owned();
    Ok(if output.status.success() { Ok(()) } else { Err(messages) })
}

/// Returns the groups of messages like `src/g12/types.rs:1:2: error…`, each with its first message.
fn blamed(messages: &str) -> BTreeMap<usize, String> {
    let mut found = BTreeMap::new();
    for line in messages.lines().filter(|line| line.contains(": error")) {
        let number = line.strip_prefix("src/g").and_then(|rest| rest.split('/').next());
        if let Some(at) = number.and_then(|number| number.parse().ok()) {
            found.entry(at).or_insert_with(|| format!("does not compile: {line}"));
        }
    }
    found
}

impl Program {
    /// Returns whether the group has types that compile.
    pub(super) fn has(&self, group: usize) -> bool {
        self.groups.binary_search(&group).is_ok()
    }

    /// Returns why the types of the group do not compile.
    pub(super) fn broken(&self, group: usize) -> Option<&str> {
        self.broken.get(&group).map(String::as_str)
    }

    /// Returns a reply per pair of group and instance, in order.
    pub(super) fn ask(&self, asked: &[(usize, &Value)]) -> Result<Vec<Reply>, Failure> {
        let failed = |e: std::io::Error| Failure::new(format!("cannot run `{}`: {e}", self.binary.display()));
        let mut child = Command::new(&self.binary)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(failed)?;
        let lines: String = asked.iter().map(|(group, data)| format!("g{group}\t{data}\n")).collect();
        // Write and read in parallel, since both pipes have a limited size.
        let stdin = child.stdin.take();
        let writer = std::thread::spawn(move || stdin.map(|mut stdin| stdin.write_all(lines.as_bytes())));
        let output = child.wait_with_output().map_err(failed)?;
        let _ = writer.join();
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let reply = |line: &str| {
            let rest = line.get(1..).unwrap_or_default().to_owned();
            match line.chars().next() {
                Some('+') => Reply::Json(rest),
                Some('!') => Reply::Panicked(rest),
                _ => Reply::Refused(rest),
            }
        };
        let mut replies: Vec<Reply> = text.lines().map(reply).collect();
        replies.resize(asked.len(), Reply::Ended);
        Ok(replies)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_compiler_blames_groups() {
        let found = blamed(
            "src/g7/types.rs:3:1: error[E0412]: no type\nsrc/g7/types.rs:9:1: error: more\nsrc/lib.rs:1: error",
        );
        assert_eq!(found.keys().collect::<Vec<_>>(), [&7]);
        assert!(found[&7].contains("no type"));
    }
}
