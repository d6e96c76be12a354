//! `cargo xtask dev mutate-diagnostics`: inserts problems into documents, and checks that one run reports each at its location.
//!
//! The expected locations come from the writer of the broken document, not from the generator. Each document is written as
//! JSON on several lines, as JSON on one line, and as YAML.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use reading::document::Document;
use reading::mutate_diagnostics::{Form, KINDS, Said, insert, insert_syntax_errors, score, write};
use sdkgen::Input;
use sdkgen::diag::{Output, Sink, Style, render, visible};
use sdkgen::source::Source;
use serde_json::Value;

use crate::args::MutateDiagnostics;
use crate::corpus::find;
use sdkgen::cli::input;
use sdkgen::cli::{Console, Exit, Failure};

/// The numbers of inserted and reported problems.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    inserted: usize,
    named: usize,
}

/// The sums of a run.
#[derive(Debug, Default)]
struct Sums {
    kinds: BTreeMap<&'static str, Count>,
    /// Syntax errors by kind.
    syntax_errors: BTreeMap<&'static str, Count>,
    documents: usize,
    right: usize,
    wrong: usize,
    others: usize,
    panics: usize,
    problems: Vec<String>,
}

/// Size in bytes from which a text gets only one syntax error at a time, to limit the time.
const LARGE: usize = 400_000;

const FORMS: [(Form, &str); 3] =
    [(Form::Json, "broken.json"), (Form::Line, "broken-line.json"), (Form::Yaml, "broken.yaml")];

/// Inserts problems into every document of a folder.
pub(crate) fn mutate_diagnostics(args: &MutateDiagnostics, console: &mut Console) -> Result<Exit, Failure> {
    let mut sums = Sums::default();
    for found in find(&args.folder, &args.only)? {
        let source = input::source(&found.path, &input::label(&found.path))?;
        let read = Document::parse(source.file_name(), source.body()).map_err(Failure::new)?;
        console.progress(&format!("{}\n", found.name));
        sums.documents += 1;
        document(&found.name, read.root(), args, &mut sums)?;
        syntax(&found.name, read.root(), args, &mut sums)?;
    }
    sums.problems.iter().for_each(|problem| console.error(&format!("{}\n", visible(problem))));
    console.result(&sums.table());
    Ok(if sums.problems.is_empty() { Exit::Fine } else { Exit::Problems })
}

fn document(name: &str, root: &Value, args: &MutateDiagnostics, sums: &mut Sums) -> Result<(), Failure> {
    let before = said("before.json", root.to_string()).unwrap_or_default();
    let mut broken = root.clone();
    let mut seed = args.seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) + 1;
    let inserted = insert(&mut broken, args.each, &mut seed);
    for (form, label) in FORMS {
        let written = write(&broken, form);
        keep(args, &format!("{name}.{label}"), &written.text)?;
        let Some(said) = said(label, written.text.clone()) else {
            sums.panics += 1;
            sums.problems.push(format!("{name} as {label}: panic"));
            continue;
        };
        let score = score(&inserted, &written, &said, &before);
        for (one, named) in inserted.iter().zip(&score.named) {
            let count = sums.kinds.entry(one.kind.name).or_default();
            count.inserted += 1;
            count.named += usize::from(*named);
            if !named {
                sums.problems
                    .push(format!("{name} as {label}: no report of {} at {}", one.kind.name, one.at));
            }
        }
        sums.right += score.right;
        sums.wrong += score.wrong.len();
        sums.others += score.others.len();
        let line = |what: &str, one: &Said| {
            format!(
                "{name} as {label}: {what} {:?} {}: {} [#{}]",
                one.place, one.code, one.message, one.pointer
            )
        };
        sums.problems.extend(score.wrong.iter().map(|one| line("wrong location", one)));
        if args.others {
            sums.problems.extend(score.others.iter().map(|one| line("not inserted", one)));
        }
    }
    Ok(())
}

/// Inserts syntax errors: several into one text, one into a large text.
fn syntax(name: &str, root: &Value, args: &MutateDiagnostics, sums: &mut Sums) -> Result<(), Failure> {
    for (form, label) in [(Form::Json, "syntax.json"), (Form::Yaml, "syntax.yaml")] {
        let text = write(root, form).text;
        let (count, turns) = if text.len() > LARGE { (1, 2) } else { (6, args.each) };
        for turn in 0..turns as u64 {
            let mut seed = args.seed.wrapping_add(turn).wrapping_mul(0x2545_f491_4f6c_dd1d) + 3;
            let (text, inserted) = insert_syntax_errors(&text, form, count, &mut seed);
            keep(args, &format!("{name}.{turn}.{label}"), &text)?;
            let Some(said) = said(label, text) else {
                sums.panics += 1;
                sums.problems.push(format!("{name} as {label}: panic"));
                continue;
            };
            for error in &inserted {
                let named = said.iter().any(|one| {
                    one.code == "syntax"
                        && one.place.iter().chain(&one.others).any(|place| error.places.contains(place))
                });
                let count = sums.syntax_errors.entry(error.name).or_default();
                count.inserted += 1;
                count.named += usize::from(named);
                if !named {
                    let place = error.places.first();
                    sums.problems.push(format!(
                        "{name} as {label}, turn {turn}: no report of {} at {place:?}",
                        error.name
                    ));
                }
            }
        }
    }
    Ok(())
}

/// Writes a broken text if `--keep` is given.
fn keep(args: &MutateDiagnostics, name: &str, text: &str) -> Result<(), Failure> {
    let Some(folder) = &args.keep else { return Ok(()) };
    let path = folder.join(name);
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(&path, text))
        .map_err(|e| Failure::write(&path, &e))
}

/// Returns all reports on a text, or `None` for a panic.
fn said(label: &str, text: String) -> Option<Vec<Said>> {
    let input = Input::new(Source::new(label, text));
    let lint = || {
        let mut sink = Sink::new();
        sdkgen::lint(&input, &mut sink);
        let style = Style { output: Output::Json, most: usize::MAX, ..Style::PLAIN };
        render(&sink.finish(), &input.sources(), style)
    };
    let text = std::panic::catch_unwind(std::panic::AssertUnwindSafe(lint)).ok()?;
    Some(text.lines().filter_map(Said::read).collect())
}

impl Sums {
    fn table(&self) -> String {
        let mut out = format!("{:48} {:>8} {:>9}\n", "problem", "inserted", "reported");
        let mut all = Count::default();
        for kind in KINDS.iter().copied().flatten() {
            let count = self.kinds.get(kind.name).copied().unwrap_or_default();
            let _ = writeln!(out, "{:48} {:>8} {:>9}", kind.name, count.inserted, count.named);
            all.inserted += count.inserted;
            all.named += count.named;
        }
        let _ = writeln!(out, "{:48} {:>8} {:>9}", "all", all.inserted, all.named);
        let mut syntax_errors = Count::default();
        for (name, count) in &self.syntax_errors {
            let _ =
                writeln!(out, "{:48} {:>8} {:>9}", format!("syntax: {name}"), count.inserted, count.named);
            syntax_errors.inserted += count.inserted;
            syntax_errors.named += count.named;
        }
        let _ = writeln!(
            out,
            "{:48} {:>8} {:>9}",
            "all syntax errors", syntax_errors.inserted, syntax_errors.named
        );
        let _ = writeln!(
            out,
            "{} documents, each in 3 forms; {} of {} reports at the right location; {} reports of consequences; {} panics",
            self.documents,
            self.right,
            self.right + self.wrong,
            self.others,
            self.panics
        );
        out
    }
}
