//! Mounts the SDKs of the cases as modules of the tests' library, so that each of them is compiled; the same for the SDKs of the
//! documents in `spec/`. All of them are generated anew; tests compare them with the goldens.
//!
//! Without the feature `mounted` nothing is mounted: then goldens that do not compile can still be rewritten.

#[path = "build/drivers.rs"]
mod drivers;
#[path = "../xtask/dev/src/program/made.rs"]
mod made;
#[path = "build/mount.rs"]
mod mount;
#[path = "build/readme.rs"]
mod readme;
#[path = "../xtask/dev/src/program/registry.rs"]
mod registry;

use mount::Mounts;
use sdkgen::diag::{Sink, Style, render};
use sdkgen::source::Source;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn main() {
    let here = PathBuf::from(env("CARGO_MANIFEST_DIR"));
    let mut mounts = Mounts::new(PathBuf::from(env("OUT_DIR")));
    for watched in ["cases", "pairs", "build", "build.rs", "../spec", "../xtask/dev/src/program"] {
        println!("cargo::rerun-if-changed={}", here.join(watched).display());
    }
    println!("cargo::rerun-if-env-changed=JUDGED");
    println!("cargo::rustc-env=GENERATOR={}", identity());
    if let Some(judged) = std::env::var_os("JUDGED") {
        std::env::split_paths(&judged).for_each(|path| subject(&mut mounts, &path));
    } else if std::env::var_os("CARGO_FEATURE_MOUNTED").is_some() {
        for folder in mount::folders(&here.join("cases")) {
            golden(&mut mounts, &folder);
        }
        for folder in mount::folders(&here.join("pairs")) {
            let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let input = sdkgen::Input::new(source(&folder, "old.yaml"));
            let output = generate(&sdkgen::Input { name: Some("sdk".to_owned()), ..input });
            let output = output.unwrap_or_else(|refusal| panic!("{refusal}"));
            mounts.types(&format!("pair-{name}"), &files(&output), &output.names);
        }
        // The choices are made for the first document; the second one goes without.
        for (name, config) in [("retab-2026-05", Some("sdk.toml")), ("retab-2026-08", None)] {
            let folder = here.join("../spec");
            let document = source(&folder, &format!("{name}.yaml"));
            let config = config.map(|file| source(&folder, file));
            let input = sdkgen::Input { config, name: Some(name.to_owned()), ..sdkgen::Input::new(document) };
            let output = generate(&input);
            let output = output.unwrap_or_else(|refusal| panic!("{refusal}"));
            mounts.sdk(name, &files(&output), &output.names);
            mounts.drivers(name, &output.sdk);
            mounts.made(name, &output.sdk);
            mounts.readme(name, &output);
        }
        let readme = here.join("../generated/README.md");
        println!("cargo::rerun-if-changed={}", readme.display());
        let readme =
            std::fs::read_to_string(&readme).unwrap_or_else(|e| panic!("`README.md` of the SDK: {e}"));
        mounts.code("retab", &readme, "super::retab_2026_05", "retab");
    }
    mounts.finish();
}

/// Which compilation of the generator this is; empty where cargo makes one for the host anyway, as with `--target` and `--release`.
fn identity() -> String {
    let is_cross = Path::new(&env("OUT_DIR")).iter().any(|folder| *folder == *env("TARGET"));
    if is_cross || env("PROFILE") != "debug" {
        return String::new();
    }
    format!("{:?}", std::any::TypeId::of::<sdkgen::Input>())
}

/// Mounts what outside judges are asked about: the golden of a case folder, or the SDK of a document under the name `judged`.
fn subject(mounts: &mut Mounts, path: &Path) {
    if path.is_dir() {
        return golden(mounts, path);
    }
    println!("cargo::rerun-if-changed={}", path.display());
    let folder = path.parent().unwrap_or(Path::new(""));
    let document = source(folder, &path.file_name().unwrap_or_default().to_string_lossy());
    let input = sdkgen::Input { name: Some("judged".to_owned()), ..sdkgen::Input::new(document) };
    let output = generate(&input).unwrap_or_else(|refusal| panic!("{refusal}"));
    mounts.sdk("judged", &files(&output), &output.names);
    mounts.drivers("judged", &output.sdk);
}

/// Mounts what the generator makes of a case: also the files that its folder does not hold.
fn golden(mounts: &mut Mounts, folder: &Path) {
    let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if !folder.join("spec.yaml").is_file() {
        return;
    }
    let generated = folders::generate(folder, None).unwrap_or_else(|e| panic!("{e}"));
    // Whether a document is refused as it should be is for the test of the goldens to say.
    if let Some(output) = generated.output {
        mounts.sdk(&name, &files(&output), &output.names);
        mounts.drivers(&name, &output.sdk);
        mounts.made(&name, &output.sdk);
        mounts.readme(&name, &output);
    }
}

fn files(output: &sdkgen::Output) -> BTreeMap<String, String> {
    output.files.iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect()
}

/// The SDK of a document, or why there is none.
fn generate(input: &sdkgen::Input) -> Result<sdkgen::Output, String> {
    let mut sink = Sink::new();
    let output = sdkgen::generate(input, &mut sink);
    let found = sink.finish();
    output.ok_or_else(|| render(&found, &input.sources(), Style::PLAIN))
}

fn source(folder: &Path, file: &str) -> Source {
    let text = std::fs::read_to_string(folder.join(file)).unwrap_or_else(|e| panic!("`{file}`: {e}"));
    Source::new(file, text)
}

fn env(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("cargo sets `{name}` for build scripts"))
}
