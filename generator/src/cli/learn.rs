//! `sdkgen learn`: compares recorded traffic with a document, and writes fixups.

use std::path::{Path, PathBuf};

use crate::Input;
use crate::cli::args::{Format, Learn, LearnFormat};
use crate::cli::home::{Home, Place};
use crate::cli::{Console, Exit, Failure, generate, input};
use crate::diag::Sink;
use crate::learn::{self, Exchange, Learned};
use crate::source::Source;

/// The index of a folder of bodies.
const INDEX: &str = "INDEX.tsv";

/// Compares recordings with a document; with `--write`, appends the fixups to the configuration.
pub(super) fn learn(args: &Learn, home: &Home, console: &mut Console) -> Result<Exit, Failure> {
    let input = input::input(&args.from, None, home)?;
    let mut exchanges = Vec::new();
    for path in &args.recordings {
        exchanges.extend(recording(path, &input.document)?);
    }
    let Some(learned) = run(&input, &exchanges, console) else { return Ok(Exit::Problems) };
    let sources = input.sources();
    match args.format {
        LearnFormat::Json => console.result(&format!("{}\n", learn::json(&learned, &sources))),
        LearnFormat::Toml => console.result(&learned.toml()),
        LearnFormat::Text => {
            let style = console.result_style(Format::Text, args.most);
            console.rendered(&learn::text(&learned, &sources, style.colour, args.most));
            if !args.write && !learned.fixups.is_empty() {
                console.result(&format!("\n{}", learned.toml()));
            }
        }
    }
    let rest = if args.write { write(args, home, input, &learned, &exchanges, console)? } else { learned };
    let is_fine = if args.from.how.strict { rest.findings.is_empty() } else { rest.breaking() == 0 };
    Ok(if is_fine { Exit::Fine } else { Exit::Problems })
}

fn run(input: &Input, exchanges: &[Exchange], console: &mut Console) -> Option<Learned> {
    let mut sink = Sink::new();
    let learned = crate::learn(input, exchanges, &mut sink);
    if learned.is_none() {
        generate::show_errors(input, &sink.finish(), Format::Text, console);
    }
    learned
}

/// Appends the fixups to the configuration, and says what is left with them.
fn write(
    args: &Learn,
    home: &Home,
    mut input: Input,
    learned: &Learned,
    exchanges: &[Exchange],
    console: &mut Console,
) -> Result<Learned, Failure> {
    let Some(Place { path, label }) = home.config(&args.from) else {
        let failure = Failure::new("there is no configuration to write to");
        return Err(failure.help("add `--config FILE`"));
    };
    if learned.fixups.is_empty() {
        console.progress("nothing to write\n");
        return Ok(learned.clone());
    }
    let old = input.config.as_ref().map_or("", |source| source.text.as_str());
    let text = format!("{}\n\n{}", old.trim_end(), learned.toml());
    input.config = Some(Source::new(label.as_str(), text.as_str()));
    // Nothing is written that cannot be read.
    let Some(rest) = run(&input, exchanges, console) else {
        return Err(Failure::new("the fixups do not apply, so they are not written")
            .help("use `--format toml`, and choose among them"));
    };
    let staged = path.with_extension("toml.new");
    std::fs::write(&staged, text).map_err(|error| Failure::write(&staged, &error))?;
    std::fs::rename(&staged, &path).map_err(|error| Failure::write(&path, &error))?;
    let (count, left) = (learned.fixups.len(), rest.findings.len());
    console.progress(&format!("wrote {count} fixups to `{label}`; {left} differences are left\n"));
    Ok(rest)
}

/// Reads a HAR file or a folder of bodies.
fn recording(path: &Path, document: &Source) -> Result<Vec<Exchange>, Failure> {
    let wrong = |path: &Path, why: String| {
        let help =
            "pass a HAR file, or a folder of bodies with an `INDEX.tsv`, as `learn --help` describes it";
        Failure::new(format!("`{}`: {why}", path.display())).help(help)
    };
    if !path.is_dir() {
        let source = input::source(path, &path.display().to_string())?;
        return learn::har(&source).map_err(|why| wrong(path, why));
    }
    let read = |path: PathBuf| input::source(&path, &path.display().to_string());
    let index = read(path.join(INDEX))?;
    let rows = learn::rows(index.body(), document).map_err(|why| wrong(&path.join(INDEX), why))?;
    rows.iter().map(|row| Ok(row.exchange(read(path.join(&row.file))?.body()))).collect()
}
