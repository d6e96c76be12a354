//! Recorded bodies through the mounted SDKs and back, also with members, values and tags that the document does not know:
//! `cargo run -p tests --example recorded -- DIR`.
//!
//! DIR has bodies and an `INDEX.tsv` as `cargo xtask dev bodies --help` describes it. Rows whose check is `ok` are tried with the SDK
//! whose name ends in their spec.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;
use tests::checkout;
use tests::document::Document;
use tests::mounts::ROUND_TRIPS;
use tests::mutate::mutate;
use tests::sweep::{Judges, round_trip, side_of};

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1) else {
        eprintln!("say where the bodies are");
        return ExitCode::from(2);
    };
    match run(Path::new(&folder)) {
        Ok(failures) if failures.is_empty() => ExitCode::SUCCESS,
        Ok(failures) => {
            failures.iter().take(40).for_each(|failure| println!("{failure}"));
            ExitCode::FAILURE
        }
        Err(e) => {
            eprintln!("{e}");
            ExitCode::FAILURE
        }
    }
}

fn run(folder: &Path) -> Result<Vec<String>, String> {
    let index = std::fs::read_to_string(folder.join("INDEX.tsv")).map_err(|e| format!("`INDEX.tsv`: {e}"))?;
    let mut failures = Vec::new();
    for (name, rows) in ROUND_TRIPS {
        let file = checkout().join("spec").join(format!("{name}.yaml"));
        let Ok(document) = Document::read(&file) else { continue };
        let judges = Judges::new(&document)?;
        let (mut bodies, mut changed, mut failed): (_, BTreeMap<_, usize>, _) = (0, BTreeMap::new(), 0);
        for line in index.lines().skip(1) {
            let cells: Vec<&str> = line.split('\t').collect();
            let [file, spec, operation, direction, _, "ok"] = cells[..] else { continue };
            if !name.ends_with(spec) {
                continue;
            }
            let prefix = prefix(file, operation, direction);
            let text = std::fs::read_to_string(folder.join(file)).map_err(|e| format!("`{file}`: {e}"))?;
            let body = serde_json::from_str(&text).map_err(|e| format!("`{file}`: {e}"))?;
            let row =
                rows.iter().find(|(pointer, _)| pointer.starts_with(&prefix) && pointer.contains("json"));
            let Some((pointer, echo)) = row else {
                failures.push(format!("`{file}`: no type for `{prefix}`"));
                continue;
            };
            bodies += 1;
            let before = failures.len();
            failures.extend(round_trip(*echo, &body).err().map(|e| format!("`{file}`: {e}")));
            for mutant in mutate(&document, judges.of(side_of(pointer)), pointer, &body) {
                *changed.entry(mutant.change).or_default() += 1;
                let tried = round_trip(*echo, &mutant.value);
                failures.extend(tried.err().map(|e| format!("`{file}`, changed {:?}: {e}", mutant.change)));
            }
            failed += usize::from(failures.len() > before);
        }
        println!("{name}: {bodies} bodies, {changed:?} changed ones; {failed} bodies with failures");
    }
    Ok(failures)
}

fn prefix(file: &str, operation: &str, direction: &str) -> String {
    let (method, path) = operation.split_once(' ').unwrap_or_default();
    let place = format!("/paths/{}/{}", path.replace('~', "~0").replace('/', "~1"), method.to_lowercase());
    if direction == "request" {
        return format!("{place}/requestBody/content/");
    }
    let status = file.split('.').find(|part| part.len() == 3 && part.parse::<u16>().is_ok());
    format!("{place}/responses/{}/content/", status.unwrap_or("default"))
}
