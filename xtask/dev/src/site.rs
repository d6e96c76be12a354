//! `cargo xtask dev site`: builds the book and the playground into one folder of static files.
//!
//! The folder can be served from anywhere. Every link of the book leads to a file of that folder: a page that links to a
//! source file of this checkout gets a copy of it.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::args::Site;
use sdkgen::cli::{Console, Exit, Failure, cache, cargo};

mod copy;
mod links;

/// The version of mdBook that is installed where there is none.
const MDBOOK: &str = "0.5.4";
/// The target and the profile of the playground; the profile is in the manifest of the workspace.
const TARGET: &str = "wasm32-unknown-unknown";
const PROFILE: &str = "playground";
/// Examples of the playground that are cases of the tests.
const EXAMPLES: [&str; 2] = ["pet-shop", "train-travel"];

/// Builds the site.
pub(crate) fn site(args: &Site, root: &Path, console: &mut Console) -> Result<Exit, Failure> {
    let out = args.out.clone().unwrap_or_else(|| root.join("target/site"));
    let out = std::path::absolute(&out).map_err(|error| Failure::write(&out, &error))?;
    empty(&out)?;
    if !args.no_book {
        book(&out, root, console)?;
    }
    playground(&out.join("playground"), root, console)?;
    if !args.no_book {
        let dead = links::settle(&out, root)?;
        if !dead.is_empty() {
            return Err(Failure::new(format!("links of the book lead nowhere:\n{}", dead.join("\n")))
                .help("correct them in `docs/`"));
        }
    }
    console.result(&format!("{}\n", out.join("index.html").display()));
    Ok(Exit::Fine)
}

/// Removes an earlier site. A folder that is something else stays.
fn empty(out: &Path) -> Result<(), Failure> {
    let Ok(mut entries) = std::fs::read_dir(out) else { return Ok(()) };
    let is_site = out.join("playground/main.js").is_file();
    if entries.next().is_some() && !is_site {
        return Err(Failure::new(format!("`{}` is not empty, and no site", out.display()))
            .help("pass an empty folder, or one that does not exist"));
    }
    std::fs::remove_dir_all(out).map_err(|error| Failure::write(out, &error))
}

fn book(out: &Path, root: &Path, console: &mut Console) -> Result<(), Failure> {
    let mut command = Command::new(mdbook(console)?);
    command.arg("build").arg(root.join("docs")).arg("--dest-dir").arg(out);
    run(command, "mdbook build")?;
    // The book's own settings are no page.
    for extra in ["book.toml", ".gitignore"] {
        let _ = std::fs::remove_file(out.join(extra));
    }
    Ok(())
}

/// Returns the mdBook to run: the one on the PATH, else one that is built into the cache folder.
fn mdbook(console: &mut Console) -> Result<PathBuf, Failure> {
    let works = |program: &Path| {
        let output = Command::new(program).arg("--version").output();
        output.is_ok_and(|output| output.status.success())
    };
    let folder = cache("site");
    let built = folder.join("bin").join(format!("mdbook{}", std::env::consts::EXE_SUFFIX));
    if let Some(found) = [PathBuf::from("mdbook"), built.clone()].into_iter().find(|program| works(program)) {
        return Ok(found);
    }
    console.progress(&format!("installing mdBook {MDBOOK} into {}\n", folder.display()));
    let mut command = cargo();
    command.args(["install", "mdbook", "--locked", "--version", MDBOOK, "--root"]).arg(&folder);
    command.args(["--no-default-features", "--features=search"]);
    run(command, "cargo install mdbook")?;
    Ok(built)
}

fn playground(out: &Path, root: &Path, console: &mut Console) -> Result<(), Failure> {
    console.progress("building the playground\n");
    let mut command = cargo();
    // A library for browsers here only, so that the tests on the host need not link one.
    command
        .args(["rustc", "--quiet", "--package=playground", "--lib", "--crate-type=cdylib"])
        .current_dir(root);
    command.args(["--target", TARGET, "--profile", PROFILE]);
    // Documents nest, and so do the stages: as much stack as a program has.
    command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", "-Clink-arg=-zstack-size=8388608");
    run(command, "cargo rustc").map_err(|failure| {
        failure.help(format!("if the target is missing, add it with `rustup target add {TARGET}`"))
    })?;
    copy::all(&root.join("xtask/playground/page"), out)?;
    let built = target_folder(root)?.join(TARGET).join(PROFILE).join("playground.wasm");
    copy::one(&built, &out.join("playground.wasm"))?;
    for name in EXAMPLES {
        let case = root.join("tests/cases").join(name).join("spec.yaml");
        copy::one(&case, &out.join("examples").join(format!("{name}.yaml")))?;
    }
    Ok(())
}

/// Returns the folder that cargo builds into.
fn target_folder(root: &Path) -> Result<PathBuf, Failure> {
    let mut command = cargo();
    command.args(["metadata", "--no-deps", "--format-version=1"]).current_dir(root);
    let output =
        command.output().map_err(|error| Failure::new(format!("cannot run `cargo metadata`: {error}")))?;
    let said: serde_json::Value = serde_json::from_slice(&output.stdout)
        .map_err(|_| Failure::new("`cargo metadata` says no target folder".to_owned()))?;
    Ok(PathBuf::from(said["target_directory"].as_str().unwrap_or("target")))
}

fn run(mut command: Command, what: &str) -> Result<(), Failure> {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(Failure::new(format!("`{what}` failed"))),
        Err(error) => Err(Failure::new(format!("cannot run `{what}`: {error}"))),
    }
}
