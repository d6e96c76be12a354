//! `cargo xtask dev build-time`: compares the time of `cargo check` of an SDK with that of another crate.
//!
//! Both are dependencies of one program in the cache, so they are compiled in the same mode, after all of their dependencies. They
//! are checked alternately, so that other load on the machine affects both; the medians are compared.

use std::path::Path;

use crate::args::BuildTime;
use crate::measure::{self, Measure};
use crate::program::{self, write_new};
use sdkgen::cli::{Console, Exit, Failure};

/// A crate that is measured.
struct Subject {
    /// The key in the manifest of the program.
    key: &'static str,
    /// The package ID, as cargo accepts it.
    id: String,
    /// The value of the dependency in the manifest.
    source: toml::Table,
    measures: Vec<Measure>,
}

/// Checks both crates alternately, and compares.
pub(crate) fn build_time(args: &BuildTime, root: &Path, console: &mut Console) -> Result<Exit, Failure> {
    let sdk = args.sdk.clone().unwrap_or_else(|| root.join("generated"));
    let mut subjects = [folder("sdk", &sdk)?, other(&args.other)?];
    let work = args.cache.clone().unwrap_or_else(|| sdkgen::cli::cache("build-time"));
    write(&work, &subjects)?;
    let note = work.join("measure");
    console.progress("building dependencies\n");
    cargo("check", &work, None, &note)?;
    for round in 1..=args.rounds {
        for subject in &mut subjects {
            console.progress(&format!("round {round} of {}: {}\n", args.rounds, subject.id));
            cargo("clean", &work, Some(&subject.id), &note)?;
            let _ = std::fs::remove_file(&note);
            cargo("check", &work, Some(&subject.id), &note)?;
            let text = std::fs::read_to_string(&note).unwrap_or_default();
            subject.measures.extend(Measure::parse(&text));
        }
    }
    console.result(&table(&subjects));
    Ok(Exit::Fine)
}

/// Reads the crate in a folder.
fn folder(key: &'static str, path: &Path) -> Result<Subject, Failure> {
    let manifest = path.join("Cargo.toml");
    let bad = |why: String| {
        Failure::new(format!("cannot read `{}`: {why}", manifest.display()))
            .help("pass the folder of a crate, or the name of a crate in the registry")
    };
    let path = path.canonicalize().map_err(|e| bad(e.to_string()))?;
    let text = std::fs::read_to_string(path.join("Cargo.toml")).map_err(|e| bad(e.to_string()))?;
    let table: toml::Table = text.parse().map_err(|e: toml::de::Error| bad(e.message().to_owned()))?;
    let name = table.get("package").and_then(|package| package.get("name")).and_then(toml::Value::as_str);
    let name = name.ok_or_else(|| bad("it has no package".to_owned()))?.to_owned();
    let mut source = toml::Table::new();
    source.insert("package".into(), name.clone().into());
    source.insert("path".into(), path.display().to_string().into());
    Ok(Subject { key, id: name, source, measures: Vec::new() })
}

/// Parses the other crate: a folder, or `name` or `name@version` from the registry.
fn other(given: &str) -> Result<Subject, Failure> {
    if given.contains(['/', '\\']) || given == "." {
        return folder("other", Path::new(given));
    }
    let (name, version) = given.split_once('@').unwrap_or((given, "*"));
    let mut source = toml::Table::new();
    source.insert("package".into(), name.into());
    source.insert("version".into(), version.into());
    Ok(Subject { key: "other", id: name.to_owned(), source, measures: Vec::new() })
}

/// Writes the program that depends on both.
fn write(work: &Path, subjects: &[Subject]) -> Result<(), Failure> {
    let mut manifest: toml::Table = toml::toml! {
        [package]
        name = "build-time"
        version = "0.0.0"
        edition = "2024"
        [workspace]
    };
    let sources = subjects.iter().map(|subject| (subject.key.to_owned(), subject.source.clone().into()));
    manifest.insert("dependencies".into(), toml::Value::Table(sources.collect()));
    write_new(&work.join("Cargo.toml"), &manifest.to_string())?;
    write_new(&work.join("src/lib.rs"), "")
}

/// Runs a cargo command on the program, or on one of its packages; the measures of the compiler go into `note`.
fn cargo(task: &str, work: &Path, package: Option<&str>, note: &Path) -> Result<(), Failure> {
    let mut command = program::cargo(task, work, &work.join("target"));
    command.args(package.map(|package| format!("--package={package}"))).env("CARGO_INCREMENTAL", "0");
    if let Ok(wrapper) = std::env::current_exe() {
        command.env("RUSTC_WRAPPER", wrapper).env(measure::VARIABLE, note);
    }
    let status = command.status().map_err(|e| Failure::new(format!("cannot run `cargo`: {e}")))?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::new(format!("`cargo {task}` failed")).help("see the messages above"))
    }
}

/// Renders a row per crate, and the ratio.
fn table(subjects: &[Subject; 2]) -> String {
    let mut out = format!("{:<24} {:>8} {:>8} {:>8}\n", "crate", "CPU s", "wall s", "MB");
    let medians = subjects.each_ref().map(|subject| {
        [
            median(subject.measures.iter().map(|one| one.cpu)),
            median(subject.measures.iter().map(|one| one.seconds)),
            median(subject.measures.iter().map(|one| one.peak as f64)),
        ]
    });
    for (subject, [cpu, wall, peak]) in subjects.iter().zip(&medians) {
        out.push_str(&format!("{:<24} {cpu:>8.2} {wall:>8.2} {peak:>8.0}\n", subject.id));
    }
    let ratio = |at: usize| medians[0][at] / medians[1][at];
    out.push_str(&format!("{:<24} {:>8.2} {:>8.2} {:>8.2}\n", "ratio", ratio(0), ratio(1), ratio(2)));
    out
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subject(key: &'static str, cpu: [f64; 3]) -> Subject {
        let measures = cpu.map(|cpu| Measure { seconds: 2.0 * cpu, cpu, peak: 100 }).to_vec();
        Subject { key, id: key.to_owned(), source: toml::Table::new(), measures }
    }

    #[test]
    fn medians_are_compared() {
        let table = table(&[subject("sdk", [1.0, 9.0, 2.0]), subject("other", [4.0, 3.0, 5.0])]);
        let last: Vec<&str> = table.lines().last().unwrap().split_whitespace().collect();
        assert_eq!(last, ["ratio", "0.50", "0.50", "1.00"], "{table}");
    }

    #[test]
    fn a_crate_is_a_folder_or_in_the_registry() {
        let own = folder("sdk", Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
        assert_eq!(own.id, "xtask-dev");
        let other = other("retab@0.0.26").unwrap();
        assert_eq!(other.source["version"].as_str(), Some("0.0.26"));
        let error = folder("sdk", Path::new("/no/such/folder")).err().unwrap();
        assert!(format!("{error:?}").contains("/no/such/folder"), "{error:?}");
    }
}
