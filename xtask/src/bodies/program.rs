//! The program that knows the types: written beside the generated SDK, built, and asked.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use generator::Output;

use super::registry::{ECHO, table};
use crate::{Console, Failure};

const MANIFEST: &str = "\
[workspace]
exclude = [\"sdk\"]

[package]
name = \"bodies\"
version = \"0.0.0\"
edition = \"2024\"
publish = false

[dependencies]
sdk = { path = \"sdk\", package = \"bodies-sdk\" }

[profile.dev]
debug = false
";

/// Reads lines of pointer and file; writes for each a line that begins with `+` and has the JSON, or with `-` and the reason.
const MAIN: &str = r#"
fn main() {
    for line in std::io::stdin().lines().map_while(Result::ok) {
        let (pointer, file) = line.split_once('\t').unwrap_or((&line, ""));
        match answer(pointer, file) {
            // Kept values keep their line breaks, which in JSON stand between tokens only.
            Ok(json) => println!("+{}", json.replace(['\n', '\r'], " ")),
            Err(reason) => println!("-{}", reason.replace(['\n', '\r'], " ")),
        }
    }
}

fn answer(pointer: &str, file: &str) -> Result<String, String> {
    let (_, echo) = ROWS.iter().find(|(known, _)| *known == pointer).ok_or("the schema has no type")?;
    let body = std::fs::read(file).map_err(|e| e.to_string())?;
    String::from_utf8(echo(&body)?).map_err(|e| e.to_string())
}
"#;

/// A name for a folder.
pub(super) fn slug(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect()
}

/// Writes the SDK and the program into a folder, and builds them there.
pub(super) fn build(folder: &Path, output: &Output, console: &mut Console) -> Result<PathBuf, Failure> {
    for (path, text) in output.files.iter() {
        write(&folder.join("sdk").join(path), text)?;
    }
    let main = format!(
        "use sdk::runtime::{{model, wire}};\nuse sdk::types;\n\n{ECHO}\n{}{MAIN}",
        table("ROWS", "", &output.names)
    );
    write(&folder.join("Cargo.toml"), MANIFEST)?;
    write(&folder.join("src/main.rs"), &main)?;
    console.progress(&format!("building `{}`\n", folder.display()));
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let target = folder.join("target");
    let status = Command::new(cargo)
        .args(["build", "--quiet", "--manifest-path"])
        .arg(folder.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(&target)
        .status()
        .map_err(|e| Failure::new(format!("cannot run `cargo`: {e}")))?;
    if status.success() {
        Ok(target.join("debug").join(format!("bodies{}", std::env::consts::EXE_SUFFIX)))
    } else {
        Err(Failure::new("the generated SDK does not compile").help("see the messages above"))
    }
}

/// Asks the program about pairs of pointer and file; one answer each, in order.
pub(super) fn run(binary: &Path, asked: &[(&str, &Path)]) -> Result<Vec<Result<String, String>>, Failure> {
    let failed = |e: std::io::Error| Failure::new(format!("cannot run `{}`: {e}", binary.display()));
    let mut child =
        Command::new(binary).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().map_err(failed)?;
    let lines: String =
        asked.iter().map(|(pointer, file)| format!("{pointer}\t{}\n", file.display())).collect();
    // Written beside the reading: both pipes are of limited size.
    let stdin = child.stdin.take();
    let writer = std::thread::spawn(move || stdin.map(|mut stdin| stdin.write_all(lines.as_bytes())));
    let output = child.wait_with_output().map_err(failed)?;
    let _ = writer.join();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut answers: Vec<Result<String, String>> = text
        .lines()
        .map(|line| match line.strip_prefix('+') {
            Some(json) => Ok(json.to_owned()),
            None => Err(line.trim_start_matches('-').to_owned()),
        })
        .collect();
    answers.resize(asked.len(), Err("the program ended before it".to_owned()));
    Ok(answers)
}

/// Writes a file unless it is the same already, so that nothing is compiled for nothing.
fn write(path: &Path, text: &str) -> Result<(), Failure> {
    if std::fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    let done =
        path.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::write(path, text));
    done.map_err(|e| Failure::write(path, &e))
}
