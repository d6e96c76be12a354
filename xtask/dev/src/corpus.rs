//! `cargo xtask dev corpus`: generates, compiles and round-trips the SDKs of all documents in a folder.
//!
//! Output goes to a cache folder and stays there, so that a second run only rebuilds what changed. A document
//! that fails does not stop the others.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::Duration;

use crate::args::Corpus;
use sdkgen::cli::{Console, Exit, Failure};

pub(crate) mod compile;
pub(crate) mod document;
mod find;
mod names;
mod table;

use document::Row;
use find::Found;

pub(crate) use find::find;

/// Checks the documents of a folder.
pub(crate) fn corpus(args: &Corpus, root: &Path, console: &mut Console) -> Result<Exit, Failure> {
    let found = find(&args.folder, &args.only)?;
    let cache = args.cache.clone().unwrap_or_else(|| sdkgen::cli::cache("corpus"));
    std::fs::create_dir_all(&cache).map_err(|e| Failure::write(&cache, &e))?;
    let cache = std::path::absolute(&cache).map_err(|e| Failure::write(&cache, &e))?;
    if args.names {
        return names::names(&found, args, &cache, console);
    }
    let rows = run(&found, args, root, &cache, console);
    console.result(&table::text(&rows));
    for row in &rows {
        console.error(&table::problems(row));
    }
    let path = args.json.clone().unwrap_or_else(|| cache.join("corpus.json"));
    let json = serde_json::to_string_pretty(&table::json(&rows)).unwrap_or_default() + "\n";
    std::fs::write(&path, json).map_err(|e| Failure::write(&path, &e))?;
    console.progress(&format!("written: `{}`, next to the crates\n", path.display()));
    Ok(if rows.iter().all(Row::is_well) { Exit::Fine } else { Exit::Problems })
}

/// Checks the documents in parallel; rows keep the order of the documents.
fn run(found: &[Found], args: &Corpus, root: &Path, cache: &Path, console: &mut Console) -> Vec<Row> {
    let jobs = args.jobs.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, Into::into));
    let bar = bar(console, found.len());
    let next = AtomicUsize::new(0);
    let (sender, receiver) = mpsc::channel();
    let mut rows: Vec<(usize, Row)> = std::thread::scope(|scope| {
        for _ in 0..jobs.clamp(1, found.len().max(1)) {
            let (sender, next, bar) = (sender.clone(), &next, &bar);
            scope.spawn(move || {
                while let Some(one) = found.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let say = |what: &str| bar.set_message(format!("{}: {what}", one.name));
                    say("generating");
                    let row = document::document(one, args, &Places::new(root, cache, &one.name), &say);
                    let at = found.iter().position(|other| std::ptr::eq(other, one)).unwrap_or_default();
                    let _ = sender.send((at, row));
                }
            });
        }
        drop(sender);
        receiver
            .iter()
            .inspect(|(_, row)| {
                bar.inc(1);
                if bar.is_hidden() {
                    console.progress(&table::line(row));
                }
            })
            .collect()
    });
    bar.finish_and_clear();
    rows.sort_by_key(|(at, _)| *at);
    rows.into_iter().map(|(_, row)| row).collect()
}

/// The paths of one document.
pub(crate) struct Places {
    /// The SDK.
    pub(crate) sdk: PathBuf,
    /// The program that knows its types.
    pub(crate) bodies: PathBuf,
    /// Measurements, failures.
    pub(crate) notes: PathBuf,
    /// The target folder of all documents.
    pub(crate) target: PathBuf,
    /// The versions of the dependencies.
    pub(crate) lock: PathBuf,
}

impl Places {
    pub(crate) fn new(root: &Path, cache: &Path, name: &str) -> Self {
        let own = cache.join(crate::program::slug(name));
        Self {
            sdk: own.join("sdk"),
            bodies: own.join("bodies"),
            notes: own,
            target: cache.join("target"),
            lock: root.join("Cargo.lock"),
        }
    }
}

/// Makes a progress bar, hidden without a terminal and with `--quiet`.
fn bar(console: &Console, length: usize) -> indicatif::ProgressBar {
    if console.quiet || !console.is_terminal() {
        return indicatif::ProgressBar::hidden();
    }
    let style = indicatif::ProgressStyle::with_template("[{elapsed_precise}] {bar:30} {pos}/{len} {msg}");
    let bar = indicatif::ProgressBar::new(length as u64);
    bar.enable_steady_tick(Duration::from_millis(200));
    style.map_or(bar.clone(), |style| bar.with_style(style))
}
