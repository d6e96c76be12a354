//! `cargo xtask dev features`: each cargo feature of a crate by itself, none, and all, without a warning; and the crate for
//! browsers, where that target is installed.
//!
//! Features are promised one by one, so they are checked one by one; building the workspace turns on many at once and
//! would show nothing.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::args::Features;
use sdkgen::cli::{Console, Exit, Failure};

/// The crates whose features users choose.
const OURS: [&str; 2] = ["generator/runtime", "generated"];

/// The target of browsers.
const BROWSER: &str = "wasm32-unknown-unknown";

/// Checks the crates in the given folders, or those of this workspace.
pub(crate) fn features(args: &Features, root: &Path, console: &mut Console) -> Result<Exit, Failure> {
    let folders: Vec<PathBuf> = match &args.dirs[..] {
        [] => OURS.iter().map(|folder| root.join(folder)).collect(),
        given => given.to_vec(),
    };
    let mut failed = Vec::new();
    let mut count = 0;
    for folder in folders {
        let manifest = folder.join("Cargo.toml");
        let package = package(&manifest)?;
        let mut choices = choices(&package);
        if installed(BROWSER) {
            choices.push(browser(&package));
        } else {
            console.progress(&format!(
                "features: {BROWSER} is not installed; add it with `rustup target add {BROWSER}`\n"
            ));
        }
        for choice in choices {
            let what = format!("{} {}", folder.display(), choice.join(" "));
            console.progress(&format!("features: {what}\n"));
            count += 1;
            if !passes(&manifest, &choice)? {
                failed.push(what);
            }
        }
    }
    for what in &failed {
        console.error(&format!("failed: {what}\n"));
    }
    console
        .result(&format!("{} of {count} sets of features compile without warnings\n", count - failed.len()));
    Ok(if failed.is_empty() { Exit::Fine } else { Exit::Problems })
}

/// What cargo says about the package with this manifest.
fn package(manifest: &Path) -> Result<Value, Failure> {
    let unreadable = |why: String| {
        Failure::new(format!("cannot read `{}`: {why}", manifest.display()))
            .help("pass the folder of a crate")
    };
    let path = manifest.canonicalize().map_err(|error| unreadable(error.to_string()))?;
    let output = sdkgen::cli::cargo()
        .args(["metadata", "--no-deps", "--format-version=1", "--manifest-path"])
        .arg(&path)
        .output()
        .map_err(|error| unreadable(error.to_string()))?;
    let said: Value = serde_json::from_slice(&output.stdout)
        .map_err(|_| unreadable(String::from_utf8_lossy(&output.stderr).trim().to_owned()))?;
    let packages = said["packages"].as_array().into_iter().flatten();
    let mut ours = packages.filter(|package| package["manifest_path"].as_str().map(Path::new) == Some(&path));
    ours.next().cloned().ok_or_else(|| unreadable("it has no package".to_owned()))
}

/// None, each one, all: as arguments for cargo.
fn choices(package: &Value) -> Vec<Vec<String>> {
    let alone = |name: &str| vec!["--no-default-features".to_owned(), format!("--features={name}")];
    let names = package["features"].as_object().into_iter().flatten().map(|(name, _)| name.as_str());
    let mut choices = vec![vec!["--no-default-features".to_owned()]];
    choices.extend(names.filter(|name| *name != "default").map(alone));
    choices.push(vec!["--all-features".to_owned()]);
    choices
}

/// For a browser: what is on by default, but for encryption, which the browser does itself.
fn browser(package: &Value) -> Vec<String> {
    let default = package["features"]["default"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let features: Vec<&str> = default.filter(|name| !name.contains("tls")).collect();
    vec![
        format!("--target={BROWSER}"),
        "--no-default-features".to_owned(),
        format!("--features={}", features.join(",")),
    ]
}

/// Is there a standard library for this target?
fn installed(target: &str) -> bool {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).args(["--print=target-libdir", "--target", target]).output();
    output.is_ok_and(|output| Path::new(String::from_utf8_lossy(&output.stdout).trim()).is_dir())
}

/// Clippy, since its arguments reach only this crate: denying warnings by `RUSTFLAGS` would build all others anew.
fn passes(manifest: &Path, choice: &[String]) -> Result<bool, Failure> {
    let mut command = sdkgen::cli::cargo();
    command.args(["clippy", "--quiet", "--lib", "--manifest-path"]).arg(manifest);
    command.args(choice).args(["--", "--deny=warnings"]);
    let status = command.status().map_err(|error| {
        Failure::new(format!("cannot run `cargo clippy`: {error}")).help("check that `cargo` is on the PATH")
    })?;
    Ok(status.success())
}

#[cfg(test)]
mod tests {
    use super::{browser, choices};

    #[test]
    fn each_feature_is_chosen_alone() {
        let package = serde_json::json!({"features": {"default": ["a"], "a": [], "b": ["dep:x"]}});
        let told: Vec<String> = choices(&package).iter().map(|choice| choice.join(" ")).collect();
        assert_eq!(
            told,
            [
                "--no-default-features",
                "--no-default-features --features=a",
                "--no-default-features --features=b",
                "--all-features",
            ]
        );
    }

    #[test]
    fn browsers_encrypt_by_themselves() {
        let package = serde_json::json!({"features": {"default": ["rustls", "a", "b"], "a": [], "b": []}});
        assert_eq!(browser(&package)[2], "--features=a,b");
    }
}
