//! `cargo xtask browser`: runs the Retab SDK in headless Chromium, against a server on this machine.
//!
//! Nothing else runs what is compiled for `wasm32-unknown-unknown`, where the clock and the timers are those of the page. It needs
//! Chromium and the `wasm-bindgen` of the version in `Cargo.lock`, which is installed into a cache folder; so neither `cargo test` nor
//! the usual run of CI includes it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use sdkgen::cli::{Console, Exit, Failure, cache, cargo};

use crate::args::Browser;
use crate::program::write_new;

mod api;
mod http;
mod page;

/// The program that runs in the page.
const PROGRAM: &str = include_str!("browser/program.rs.txt");

/// The target of browsers.
const TARGET: &str = "wasm32-unknown-unknown";

/// Longest time that the page may take.
const PATIENCE: Duration = Duration::from_secs(120);

/// Builds the program, opens the page and says what it reports.
pub(crate) fn browser(args: &Browser, root: &Path, console: &mut Console) -> Result<Exit, Failure> {
    let cache = args.cache.clone().unwrap_or_else(|| cache("browser"));
    let cache = std::path::absolute(&cache).map_err(|error| Failure::write(&cache, &error))?;
    let chromium = chromium(args)?;
    let folder = built(root, &cache, console)?;
    let api = api::serve().map_err(|error| network(&error))?;
    let page = page::serve(&folder, &api).map_err(|error| network(&error))?;
    console.progress(&format!("opening {} in {}\n", page.url, chromium.display()));
    let report = page.report(&mut open(&chromium, &page.url, &cache)?, PATIENCE);
    let report = report.ok_or_else(|| {
        Failure::new("the page reported nothing").help("open it in a browser with a console to see why")
    })?;
    console.result(&report);
    let is_fine = !report.is_empty() && report.lines().all(|line| line.starts_with("ok "));
    Ok(if is_fine { Exit::Fine } else { Exit::Problems })
}

fn network(error: &std::io::Error) -> Failure {
    Failure::new(format!("cannot listen on this machine: {error}")).help("check the loopback interface")
}

/// The browser: the one that was given, or the first of the usual names on the PATH.
fn chromium(args: &Browser) -> Result<PathBuf, Failure> {
    let usual = ["chromium", "chromium-browser", "google-chrome"].map(PathBuf::from);
    let names = args.chromium.clone().map_or_else(|| usual.to_vec(), |given| vec![given]);
    let runs = |name: &&PathBuf| {
        let status = Command::new(name).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
        status.is_ok_and(|status| status.success())
    };
    names.iter().find(runs).cloned().ok_or_else(|| {
        Failure::new("Chromium is not installed").help("install it, or pass its path with `--chromium`")
    })
}

/// Opens a page, with a profile of its own.
fn open(chromium: &Path, url: &str, cache: &Path) -> Result<std::process::Child, Failure> {
    let mut profile = std::ffi::OsString::from("--user-data-dir=");
    profile.push(cache.join("profile"));
    let mut command = Command::new(chromium);
    command
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"])
        .arg(profile)
        .arg(url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command.spawn().map_err(|error| {
        Failure::new(format!("cannot run `{}`: {error}", chromium.display())).help("see its permissions")
    })
}

/// Compiles the program and returns the folder with what the page loads.
fn built(root: &Path, cache: &Path, console: &mut Console) -> Result<PathBuf, Failure> {
    let lock = root.join("Cargo.lock");
    let locked = std::fs::read_to_string(&lock)
        .map_err(|error| Failure::new(format!("cannot read `{}`: {error}", lock.display())))?;
    let version = version(&locked).ok_or_else(|| {
        Failure::new("`Cargo.lock` has no `wasm-bindgen`").help("generate the SDK, and run `cargo check`")
    })?;
    let bindgen = bindgen(cache, version, console)?;
    let folder = cache.join("program");
    write_new(&folder.join("Cargo.toml"), &manifest(root, version))?;
    write_new(&folder.join("src/lib.rs"), PROGRAM)?;
    // The versions of the workspace; cargo adds the program itself.
    std::fs::write(folder.join("Cargo.lock"), &locked).map_err(|error| Failure::write(&folder, &error))?;
    console.progress("compiling the program\n");
    let target = cache.join("target");
    let mut command = cargo();
    command.args(["build", "--quiet", "--target", TARGET, "--manifest-path"]).arg(folder.join("Cargo.toml"));
    command.arg("--target-dir").arg(&target);
    run(command, "cargo build", &format!("add the target with `rustup target add {TARGET}`"))?;
    let out = cache.join("page");
    let mut command = Command::new(bindgen);
    command.args(["--target=web", "--no-typescript", "--out-dir"]).arg(&out);
    command.arg(target.join(TARGET).join("debug/program.wasm"));
    run(command, "wasm-bindgen", "remove the cache folder, and try again")?;
    Ok(out)
}

/// The version of `wasm-bindgen` in a lock file: its two halves understand only each other.
fn version(lock: &str) -> Option<&str> {
    let (_, after) = lock.split_once("name = \"wasm-bindgen\"\nversion = \"")?;
    after.split('"').next()
}

/// The program `wasm-bindgen`, installed where it is missing.
fn bindgen(cache: &Path, version: &str, console: &mut Console) -> Result<PathBuf, Failure> {
    let root = cache.join(format!("wasm-bindgen-{version}"));
    let program = root.join("bin").join(if cfg!(windows) { "wasm-bindgen.exe" } else { "wasm-bindgen" });
    if !program.is_file() {
        console.progress(&format!("installing wasm-bindgen {version}\n"));
        let mut command = cargo();
        command.args(["install", "--quiet", "wasm-bindgen-cli", "--version", version, "--root"]);
        command.arg(&root).arg("--target-dir").arg(cache.join("tools"));
        run(command, "cargo install", "check that crates.io is reachable")?;
    }
    Ok(program)
}

fn manifest(root: &Path, version: &str) -> String {
    let sdk = toml::Value::from(root.join("generated").to_string_lossy().into_owned());
    format!(
        "[package]\nname = \"program\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[lib]\ncrate-type = [\"cdylib\"]\n\n\
         [dependencies]\njs-sys = \"0.3\"\nserde_json = \"1.0\"\nwasm-bindgen = \"={version}\"\n\
         wasm-bindgen-futures = \"0.4\"\n\n[dependencies.retab-sdk]\npath = {sdk}\ndefault-features = false\n\
         features = [\"chrono\", \"events\", \"workflows\"]\n\n[profile.dev]\ndebug = false\n\n[workspace]\n"
    )
}

fn run(mut command: Command, name: &str, help: &str) -> Result<(), Failure> {
    let status = command.status().map_err(|error| Failure::new(format!("cannot run `{name}`: {error}")))?;
    if status.success() { Ok(()) } else { Err(Failure::new(format!("`{name}` failed")).help(help)) }
}

#[cfg(test)]
mod tests {
    use super::version;

    #[test]
    fn the_version_is_that_of_the_lock_file() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.1\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.9\"\n";
        assert_eq!(version(lock), Some("0.2.9"));
        assert_eq!(version("[[package]]\nname = \"other\"\nversion = \"1.0.0\"\n"), None);
    }
}
