//! The rules of the house. Each failure says which file, and what to do.

mod book;
mod circles;
mod mapping;
mod pages;
mod words;

use std::path::{Path, PathBuf};
use tests::checkout;

/// Lines of a file.
const FILE: usize = 400;
/// Lines of a function.
const FUNCTION: usize = 80;

/// What may stand at the top of the checkout. `.git` and `target` are not of the project.
const TOP: [&str; 21] = [
    "Cargo.toml",
    "Cargo.lock",
    "generator",
    "generated",
    "spec",
    "tests",
    "xtask",
    "docs",
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "LICENSE-MIT",
    "LICENSE-APACHE",
    "rustfmt.toml",
    "deny.toml",
    ".cargo",
    ".github",
    ".ci",
    ".gitignore",
    ".gitattributes",
];

/// Who may use what, by the beginning of the path below `generator/src`. Everybody else may not.
const IMPORTS: [(&str, &[&str]); 14] = [
    ("pulldown_cmark", &["emit"]),
    ("serde_yaml", &["load"]),
    ("openapiv3", &["resolve", "lower"]),
    ("syn", &["render"]),
    ("prettyplease", &["render"]),
    ("heck", &["word"]),
    // What comes after `plan` reads the model, and nothing that made it.
    ("crate::lower", &["lower"]),
    ("crate::plan", &["output", "plan"]),
    ("crate::emit", &["emit", "output", "render"]),
    ("crate::diff", &["diff", "cli"]),
    ("std::fs", &["cli", "disk", "fs", "main"]),
    ("std::env", &["cli", "main"]),
    ("std::time", &["cli", "main"]),
    ("std::process", &["cli", "disk", "main"]),
];

/// Which packages of this workspace a package may depend on, by folder.
const PACKAGES: [(&str, &[&str]); 10] = [
    // For hostile texts, in tests.
    ("generator", &["fuzz"]),
    // The generated SDK only under `cargo fuzz`.
    ("generator/fuzz", &["sdkgen", "retab-sdk"]),
    // It depends on itself, for the features of its own tests.
    ("tests/runtime", &["sdk-runtime"]),
    // It depends on itself, for the features of its own tests.
    ("generated", &["retab-sdk"]),
    ("xtask", &["sdkgen"]),
    ("xtask/dev", &["folders", "fuzz", "sdkgen", "reading"]),
    ("xtask/playground", &["sdkgen"]),
    ("tests", &["folders", "fuzz", "sdkgen", "reading", "sdk-runtime", "retab-sdk"]),
    ("tests/folders", &["sdkgen"]),
    ("tests/reading", &[]),
];

/// All Rust files written by people below these folders, relative to the checkout.
fn sources(folders: &[&str]) -> Vec<(PathBuf, String)> {
    let mut all = Vec::new();
    for folder in folders {
        collect(&checkout().join(folder), &mut all);
    }
    all.sort();
    assert!(!all.is_empty(), "no sources below {folders:?}");
    all
}

fn collect(folder: &Path, all: &mut Vec<(PathBuf, String)>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        if path.is_dir() {
            // Goldens are the generator's, fuzzing corpora and build output nobody's.
            if !["out", "target", "corpus", "artifacts"].iter().any(|name| path.ends_with(name)) {
                collect(&path, all);
            }
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            all.push((path.strip_prefix(checkout()).unwrap().to_path_buf(), text));
        }
    }
}

fn assert_none(problems: Vec<String>, advice: &str) {
    assert!(problems.is_empty(), "{}\n{advice}", problems.join("\n"));
}

#[test]
fn files_are_short() {
    let over = sources(&["generator", "xtask", "tests"]).into_iter().filter_map(|(path, text)| {
        let lines = text.lines().count();
        (lines > FILE).then(|| format!("`{}` has {lines} lines", path.display()))
    });
    assert_none(over.collect(), "at most 400: move a part that has one name into a module of its own");
}

#[test]
fn functions_are_short() {
    let mut over = Vec::new();
    for (path, text) in sources(&["generator", "xtask", "tests"]) {
        let lines: Vec<&str> = text.lines().collect();
        for (start, line) in lines.iter().enumerate() {
            if let Some(length) = function(&lines[start..]).filter(|length| *length > FUNCTION) {
                over.push(format!("`{}:{}` has {length} lines: {}", path.display(), start + 1, line.trim()));
            }
        }
    }
    assert_none(over, "at most 80: give a step of it a name");
}

/// Lines of the function that begins here, if one does. The layout of rustfmt is relied on.
fn function(lines: &[&str]) -> Option<usize> {
    let first = lines.first()?;
    let bare = first.trim_start();
    let indent = &first[..first.len() - bare.len()];
    let words: Vec<&str> = bare.split_whitespace().take_while(|word| *word != "fn").collect();
    let plain = |word: &str| {
        ["pub", "const", "async", "unsafe", "default"].contains(&word) || word.starts_with("pub(")
    };
    if words.len() == bare.split_whitespace().count() || !words.iter().all(|w| plain(w) || *w == "super)") {
        return None;
    }
    let body = lines.iter().position(|line| line.ends_with(['{', '}', ';']))?;
    if !lines[body].ends_with('{') {
        return None;
    }
    let end = lines.iter().position(|line| line.strip_prefix(indent) == Some("}"))?;
    Some(end + 1)
}

#[test]
fn functions_are_measured() {
    let lines =
        ["    pub(super) fn a(", "        x: u8,", "    ) -> u8 {", "        x", "    }", "    fn b();"];
    assert_eq!(function(&lines), Some(5));
    assert_eq!(function(&lines[5..]), None);
    assert_eq!(function(&["let fn_like = 1;"]), None);
}

#[test]
fn imports_follow_the_table() {
    let mut wrong = Vec::new();
    for (path, text) in sources(&["generator/src"]) {
        let inside = path.strip_prefix("generator/src").unwrap().to_string_lossy().into_owned();
        let stage = inside.split(['/', '.']).next().unwrap_or_default();
        // A unit test may read what it likes, but not with a foreign parser.
        let test = inside.ends_with("tests.rs");
        let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        for (import, allowed) in IMPORTS {
            let ours = import.starts_with("std::") || import.starts_with("crate::");
            let free = allowed.contains(&stage) || (test && ours);
            if let Some(line) = uses(text, import).filter(|_| !free) {
                wrong.push(format!("`{}:{line}` uses `{import}`", path.display()));
            }
        }
        if stage == "ir" && !test {
            wrong.extend(uses(text, "serde").map(|line| format!("`{}:{line}` uses `serde`", path.display())));
        }
    }
    assert_none(
        wrong,
        "see \"Who may import whom\" in ARCHITECTURE.md: pass plain data from the stage that may",
    );
}

/// The first line of code that names a crate or module path.
fn uses(text: &str, import: &str) -> Option<usize> {
    let code = |line: &str| line.split("//").next().unwrap_or_default().to_owned();
    let names = |line: &str| {
        line.match_indices(import).any(|(at, _)| {
            let before = line[..at].chars().next_back();
            let after = &line[at + import.len()..];
            let starts = !before.is_some_and(|c| c.is_alphanumeric() || "_:\"`".contains(c));
            starts
                && (after.starts_with("::")
                    || (line.trim_start().starts_with("use ") && after.starts_with([';', ' '])))
        })
    };
    text.lines().position(|line| names(&code(line))).map(|line| line + 1)
}

#[test]
fn imports_are_found() {
    assert_eq!(uses("// syn::x\nuse syn::File;", "syn"), Some(2));
    assert_eq!(uses("let x = a_syn::b();\nlet y = \"syn::z\";", "syn"), None);
    assert_eq!(uses("use std::fs;\n", "std::fs"), Some(1));
}

#[test]
fn packages_depend_as_allowed() {
    let ours =
        ["folders", "fuzz", "sdkgen", "sdk-runtime", "retab-sdk", "xtask", "xtask-dev", "tests", "reading"];
    let mut wrong = Vec::new();
    for (folder, allowed) in PACKAGES {
        let manifest = std::fs::read_to_string(checkout().join(folder).join("Cargo.toml")).unwrap();
        let mut section = "";
        for line in manifest.lines() {
            if line.starts_with('[') {
                section = line;
                continue;
            }
            let name = line.split(['=', '.', ' ']).next().unwrap_or_default();
            if section.contains("dependencies") && ours.contains(&name) && !allowed.contains(&name) {
                wrong.push(format!("`{folder}/Cargo.toml` depends on `{name}`"));
            }
        }
    }
    assert_none(wrong, "see \"Who may import whom\" in ARCHITECTURE.md");
}

#[test]
fn the_manifests_around_the_runtime_have_what_it_needs() {
    let read = |path: &str| std::fs::read_to_string(checkout().join(path)).unwrap();
    let (runtime, tests) = (read("generator/runtime/manifest.toml"), read("tests/Cargo.toml"));
    let alone = read("tests/runtime/Cargo.toml");
    let mut section = "";
    let mut missing = Vec::new();
    for line in runtime.lines() {
        let name = line.split(' ').next().unwrap_or_default();
        if line.starts_with('[') {
            section = line;
        } else if line.contains(" = ") {
            let has = |manifest: &str| manifest.lines().any(|known| known == line);
            // Its tests are those of all features.
            if name != "default" && !has(&alone) {
                missing.push(format!("`tests/runtime/Cargo.toml`: `{line}`"));
            }
            // The tests have their own words on these.
            let own = ["default", "serde_json", "tokio"].contains(&name);
            if matches!(section, "[features]" | "[dependencies]") && !own && !has(&tests) {
                missing.push(format!("`tests/Cargo.toml`: `{line}`"));
            }
        }
    }
    assert_none(missing, "copy these lines from `generator/runtime/manifest.toml`");
}

#[test]
fn nothing_is_ignored_or_left_out() {
    // Put together here, so that this file does not name them.
    let marks = [
        concat!("#[", "ignore"),
        concat!("todo", "!("),
        concat!("unimplemented", "!("),
        concat!("dbg", "!("),
    ];
    let mut wrong = Vec::new();
    for (path, text) in sources(&["generator", "xtask", "tests", "generated"]) {
        for (i, line) in text.lines().enumerate() {
            let found = marks.iter().find(|mark| line.contains(*mark));
            wrong.extend(found.map(|mark| format!("`{}:{}` has `{mark}`", path.display(), i + 1)));
        }
    }
    assert_none(wrong, "finish it, or take it out");
}

/// It is a dependency of the tests and of their build script. Where these ask for other features of anything below it, cargo compiles it
/// twice.
#[test]
fn the_generator_is_compiled_once() {
    let (ours, of_build) = (format!("{:?}", std::any::TypeId::of::<sdkgen::Input>()), env!("GENERATOR"));
    assert!(
        of_build.is_empty() || ours == of_build,
        "`cargo tree --workspace --duplicates --edges normal,build,dev --format '{{p}} {{f}}'` shows crates with other features \
         for the build script: ask for them in `tests/Cargo.toml`"
    );
}

#[test]
fn the_top_level_is_clean() {
    let entries = std::fs::read_dir(checkout()).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    let odd = names.filter(|name| !TOP.contains(&name.as_str()) && name != ".git" && name != "target");
    assert_none(
        odd.map(|name| format!("`{name}`")).collect(),
        "these do not belong at the top of the checkout",
    );
}

/// Each package is compiled by everybody who uses the SDK (decision 0042).
#[test]
fn the_sdk_depends_on_few_packages() {
    const MOST: usize = 60;
    let mut tree = std::process::Command::new(env!("CARGO"));
    tree.args([
        "tree",
        "--offline",
        "-p",
        "retab-sdk",
        "--edges",
        "normal,build",
        "--no-dedupe",
        "--prefix",
        "none",
    ]);
    let output = tree.current_dir(checkout()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let packages: std::collections::BTreeSet<&str> = text.lines().collect();
    assert!((20..=MOST).contains(&packages.len()), "{} packages: {packages:?}", packages.len());
    for heavy in ["reqwest ", "url ", "aws-lc-sys ", "syn "] {
        assert!(
            !packages.iter().any(|package| package.starts_with(heavy)),
            "`{heavy}` is back: {packages:?}"
        );
    }
}
