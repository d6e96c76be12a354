//! Writes, builds and runs the program that round-trips bodies through the types of an SDK.
//!
//! It is one binary of the types and the runtime, without calls, so that only code for bodies is compiled. It
//! reads lines with a row number and a body, and writes a line for each.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use sdkgen::{Output, WEBHOOK_TYPES};

use registry::{ECHO, table};
use sdkgen::cli::Failure;

pub(crate) mod made;
mod registry;

/// Appended to the manifest of the SDK.
const PROFILE: &str = "\
[profile.dev]
debug = false
incremental = false
";

/// Reads lines with a row number and a body; writes `+` and the JSON, or `-` and the reason, for each.
const MAIN: &str = r#"
fn main() {
    // As deep as the documents and the debug build want it.
    let worker = std::thread::Builder::new().stack_size(256 << 20).spawn(serve);
    worker.expect("a thread").join().expect("no panic");
}

fn serve() {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lines().map_while(Result::ok) {
        let reply = match reply(&line) {
            // Kept values keep their line breaks, which in JSON only occur between tokens.
            Ok(json) => writeln!(out, "+{}", json.replace(['\n', '\r'], " ")),
            Err(reason) => writeln!(out, "-{}", reason.replace(['\n', '\r'], " ")),
        };
        if reply.and_then(|()| out.flush()).is_err() {
            break;
        }
    }
}

fn reply(line: &str) -> Result<String, String> {
    let (row, body) = line.split_once('\t').ok_or("no row and body")?;
    if let Some(row) = row.strip_prefix('m') {
        return make(row, body == "full");
    }
    let (_, echo) = row.parse::<usize>().ok().and_then(|row| ROWS.get(row)).ok_or("the schema has no type")?;
    String::from_utf8(echo(body.as_bytes())?).map_err(|e| e.to_string())
}
"#;

/// Handles lines with `m`, a row number, and whether to set everything optional.
const MAKE: &str = r#"
fn make(row: &str, full: bool) -> Result<String, String> {
    static LEAVES: std::sync::OnceLock<model::Object> = std::sync::OnceLock::new();
    let leaves = LEAVES.get_or_init(|| {
        let path = std::env::var_os("LEAVES").expect("a file with leaves");
        let text = std::fs::read(path).expect("a file that can be read");
        model::from_slice(&text).expect("a JSON object")
    });
    let row = row.parse::<usize>().ok().and_then(|row| MADE.get(row)).ok_or("no such row")?;
    String::from_utf8((row.3)(leaves, full)?).map_err(|e| e.to_string())
}
"#;

/// Handles such lines if no values are constructed.
const MAKE_NOTHING: &str = r#"
fn make(_: &str, _: bool) -> Result<String, String> {
    Err("nothing is made here".to_owned())
}
"#;

/// Returns a folder name.
pub(crate) fn slug(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect()
}

/// Writes the program into a folder; `makes` says whether it also constructs values.
pub(crate) fn write(folder: &Path, output: &Output, makes: bool) -> Result<(), Failure> {
    let parts = |path: &str| {
        path == "src/types.rs" || path.starts_with("src/types/") || path.starts_with("src/runtime/")
    };
    for (path, text) in output.files.iter().filter(|(path, _)| parts(path)) {
        write_new(&folder.join(path), text)?;
    }
    let manifest = output.files.get("Cargo.toml").unwrap_or_default();
    write_new(&folder.join("Cargo.toml"), &format!("{manifest}\n{PROFILE}"))?;
    // The manifest names a library, which must exist although the program does not use it.
    write_new(&folder.join("src/lib.rs"), "")?;
    let makers = if makes { made::made("", &output.sdk) + MAKE } else { MAKE_NOTHING.to_owned() };
    let main = format!(
        "#![allow(warnings)]\n\nmod runtime;\nmod types;\n\nuse std::io::Write as _;\n\nuse runtime::{{model, \
         wire}};\n\n{ECHO}\n{}{makers}{MAIN}",
        table("ROWS", "", &output.names)
    );
    write_new(&folder.join("src/main.rs"), &main)
}

/// Returns a cargo command for the crate in a folder, with the target folder `target`.
pub(crate) fn cargo(task: &str, folder: &Path, target: &Path) -> Command {
    let mut command = sdkgen::cli::cargo();
    command.args([task, "--quiet", "--manifest-path"]).arg(folder.join("Cargo.toml"));
    command.arg("--target-dir").arg(target);
    command
}

/// Copies a lock file to a crate that has none, so that downloaded versions are used.
pub(crate) fn keep_versions(lock: &Path, folder: &Path) {
    let own = folder.join("Cargo.lock");
    if !own.exists() {
        let _ = std::fs::copy(lock, own);
    }
}

/// Builds the program in a folder, and returns its path. It makes no calls, so it needs no TLS.
pub(crate) fn build(folder: &Path, package: &str, target: &Path) -> Result<PathBuf, Failure> {
    let status = cargo("build", folder, target)
        .args(without_tls(folder))
        .args(["--features", "testing"])
        .status()
        .map_err(|e| Failure::new(format!("cannot run `cargo`: {e}")))?;
    if status.success() {
        Ok(binary(target, package))
    } else {
        Err(Failure::new("the types of the SDK do not compile").help("see the messages above"))
    }
}

/// Returns the cargo arguments for all default features except TLS, which takes long to build.
pub(crate) fn without_tls(folder: &Path) -> Vec<String> {
    let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
    let mut all = vec!["--no-default-features".to_owned(), format!("--features={}", features(&manifest))];
    all.extend(all_types(folder));
    all
}

/// Returns the default features of a manifest, except TLS.
pub(crate) fn features(manifest: &str) -> String {
    let list = manifest.split_once("\ndefault = [").and_then(|(_, rest)| rest.split_once(']'));
    let names = list.map_or("", |(list, _)| list).split(',').map(|name| name.trim().trim_matches('"'));
    names.filter(|name| !name.is_empty() && *name != "rustls").collect::<Vec<_>>().join(",")
}

/// Returns the cargo arguments for every type of a crate.
pub(crate) fn all_types(folder: &Path) -> Option<String> {
    let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).ok()?;
    let gated =
        manifest.lines().any(|line| line.strip_prefix(WEBHOOK_TYPES).is_some_and(|l| l.starts_with(" = ")));
    gated.then(|| format!("--features={WEBHOOK_TYPES}"))
}

/// Returns the path of the binary of a package.
pub(crate) fn binary(target: &Path, package: &str) -> PathBuf {
    target.join("debug").join(format!("{package}{}", std::env::consts::EXE_SUFFIX))
}

/// A running program.
pub(crate) struct Program {
    binary: PathBuf,
    /// File with the leaves of made values.
    leaves: PathBuf,
    running: Option<(Child, ChildStdin, BufReader<ChildStdout>)>,
}

impl Program {
    /// Makes a program that is not yet started.
    pub(crate) fn new(binary: PathBuf) -> Self {
        Self { binary, leaves: PathBuf::new(), running: None }
    }

    /// Makes a program that constructs values from the leaves in this file.
    pub(crate) fn with_leaves(mut self, leaves: PathBuf) -> Self {
        self.leaves = leaves;
        self
    }

    /// Constructs the value of a row, with or without everything optional.
    pub(crate) fn make(&mut self, row: usize, full: bool) -> Result<String, String> {
        self.line(&format!("m{row}\t{}", if full { "full" } else { "" }))
    }

    /// Round-trips a body through the type of a row.
    pub(crate) fn ask(&mut self, row: usize, body: &str) -> Result<String, String> {
        self.line(&format!("{row}\t{body}"))
    }

    /// Sends one line. If the program ends before it replies, it is restarted for the next one.
    fn line(&mut self, question: &str) -> Result<String, String> {
        if self.running.is_none() {
            self.running = Some(start(&self.binary, &self.leaves)?);
        }
        let reply = self.running.as_mut().and_then(|(_, stdin, stdout)| {
            writeln!(stdin, "{question}").and_then(|()| stdin.flush()).ok()?;
            let mut line = String::new();
            stdout.read_line(&mut line).ok().filter(|read| *read > 0).map(|_| line)
        });
        let Some(reply) = reply else {
            let ended = self.running.take().map(|(mut child, stdin, _)| {
                drop(stdin);
                child.wait()
            });
            let how = ended.and_then(Result::ok).map_or_else(String::new, |status| format!(": {status}"));
            return Err(format!("the program ended{how}"));
        };
        let reply = reply.trim_end_matches('\n');
        match reply.strip_prefix('+') {
            Some(json) => Ok(json.to_owned()),
            None => Err(reply.trim_start_matches('-').to_owned()),
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        if let Some((mut child, stdin, _)) = self.running.take() {
            drop(stdin);
            let _ = child.wait();
        }
    }
}

fn start(binary: &Path, leaves: &Path) -> Result<(Child, ChildStdin, BufReader<ChildStdout>), String> {
    let mut child = Command::new(binary)
        .env("LEAVES", leaves)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|e| format!("cannot run `{}`: {e}", binary.display()))?;
    match (child.stdin.take(), child.stdout.take()) {
        (Some(stdin), Some(stdout)) => Ok((child, stdin, BufReader::new(stdout))),
        _ => Err(format!("`{}` has no streams", binary.display())),
    }
}

/// Writes a file unless it is unchanged, to avoid needless builds.
pub(crate) fn write_new(path: &Path, text: &str) -> Result<(), Failure> {
    if std::fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    let done =
        path.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::write(path, text));
    done.map_err(|e| Failure::write(path, &e))
}

#[cfg(test)]
mod tests {
    #[test]
    fn tls_is_omitted() {
        let manifest =
            "[features]\ndefault = [\n    \"rustls\",\n    \"things\",\n    \"uuid\",\n]\nrustls = []\n";
        assert_eq!(super::features(manifest), "things,uuid");
        assert_eq!(super::features("[features]\ndefault = [\"rustls\"]\n"), "");
        assert_eq!(super::features("[package]\n"), "");
    }
}
