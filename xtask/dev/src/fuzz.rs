//! `cargo xtask dev fuzz`: runs the fuzz targets on randomly mutated documents.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use fuzz::numbers::Numbers;
use serde_json::Value;

use crate::args::Fuzz;
use sdkgen::cli::input;
use sdkgen::cli::{Console, Exit, Failure};

/// The results of the mutated documents.
#[derive(Debug, Default)]
struct Tally {
    generated: u64,
    refused: u64,
    slowest: Option<(Duration, u64)>,
    /// The message and location of each panic, with the seeds that cause it.
    panics: BTreeMap<String, Vec<u64>>,
}

/// Tests mutated documents on all cores, and counts the results.
pub(crate) fn fuzz(args: &Fuzz, console: &mut Console) -> Result<Exit, Failure> {
    let documents = documents(&args.folder)?;
    if documents.is_empty() {
        return Err(Failure::new(format!("`{}` has no documents", args.folder.display()))
            .help("pass a folder with `.json` or `.yaml` files"));
    }
    let start = Instant::now();
    let said = silence();
    let (next, tally) = (AtomicU64::new(args.seed), Mutex::new(Tally::default()));
    let end = args.seed.saturating_add(args.mutations);
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            let _ = std::thread::Builder::new().stack_size(16 << 20).spawn_scoped(scope, || {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= end {
                        break;
                    }
                    one(number, &documents, args.keep.as_deref(), &tally, &said);
                }
            });
        }
    });
    drop(std::panic::take_hook());
    let tally = tally.into_inner().unwrap_or_default();
    console.result(&told(&tally, documents.len(), start.elapsed()));
    Ok(if tally.panics.is_empty() { Exit::Fine } else { Exit::Problems })
}

/// Reads the documents of a folder as trees, by name.
fn documents(folder: &Path) -> Result<Vec<Value>, Failure> {
    let unreadable =
        |error: std::io::Error| Failure::new(format!("cannot read `{}`: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .map_err(unreadable)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| {
            path.extension().is_some_and(|ending| ["json", "yaml", "yml"].iter().any(|e| ending == *e))
        })
        .collect();
    paths.sort();
    let mut documents = Vec::new();
    for path in paths {
        let source = input::source(&path, &input::label(&path))?;
        let mut sink = sdkgen::diag::Sink::new();
        documents.extend(sdkgen::load::load(&source, &mut sink).map(|tree| tree.into_tree().root));
    }
    Ok(documents)
}

thread_local! {
    static LAST: std::cell::RefCell<String> = const { std::cell::RefCell::new(String::new()) };
}

/// Counts panics instead of printing them. The returned function returns the last message of this thread.
fn silence() -> impl Fn() -> String + Sync {
    std::panic::set_hook(Box::new(|panic| {
        let place =
            panic.location().map_or_else(String::new, |place| format!("{}:{}", place.file(), place.line()));
        let text = panic.payload_as_str().unwrap_or_default();
        let text: String = text.chars().take(300).collect();
        LAST.with(|last| *last.borrow_mut() = format!("{place}: {text}"));
    }));
    || LAST.with(|last| last.borrow().clone())
}

/// Mutates and tests one document.
fn one(
    number: u64,
    documents: &[Value],
    keep: Option<&Path>,
    tally: &Mutex<Tally>,
    said: &impl Fn() -> String,
) {
    let mut numbers = Numbers::seeded(number);
    let index = usize::try_from(number).unwrap_or(0) % documents.len();
    let mut tree = fuzz::slice::slice(&documents[index], &mut numbers);
    fuzz::mutate::tree(&mut tree, &mut numbers);
    let start = Instant::now();
    let done = catch_unwind(AssertUnwindSafe(|| {
        let generated = fuzz::whole(&tree);
        fuzz::normal(&tree);
        // Every eighth mutant is also tested as broken text.
        if number.is_multiple_of(8) {
            let mut text = tree.to_string().into_bytes();
            fuzz::mutate::bytes(&mut text, &mut numbers);
            fuzz::load(&text);
        }
        generated
    }));
    let took = start.elapsed();
    let Ok(mut tally) = tally.lock() else { return };
    if tally.slowest.is_none_or(|(slowest, _)| took > slowest) {
        tally.slowest = Some((took, number));
    }
    match done {
        Ok(true) => tally.generated += 1,
        Ok(false) => tally.refused += 1,
        Err(_) => {
            tally.panics.entry(said()).or_default().push(number);
            if let Some(folder) = keep {
                let path = folder.join(format!("{number}.json"));
                let _ = std::fs::create_dir_all(folder).and_then(|()| std::fs::write(path, tree.to_string()));
            }
        }
    }
}

fn told(tally: &Tally, documents: usize, took: Duration) -> String {
    let broken: usize = tally.panics.values().map(Vec::len).sum();
    let (slowest, number) = tally.slowest.unwrap_or_default();
    let mut text = format!(
        "{} changes of {documents} documents in {:.0} s: {} generated, {} refused, {broken} panics; slowest {} ms (number {number})\n",
        tally.generated + tally.refused + broken as u64,
        took.as_secs_f32(),
        tally.generated,
        tally.refused,
        slowest.as_millis(),
    );
    for (message, numbers) in &tally.panics {
        let few: Vec<String> = numbers.iter().take(5).map(u64::to_string).collect();
        text.push_str(&format!("  {} × {message} (numbers {})\n", numbers.len(), few.join(", ")));
    }
    text
}
