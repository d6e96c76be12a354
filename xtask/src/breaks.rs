//! `cargo xtask break`: problems planted into whole documents, many at once, and whether one run reports each at its place.
//!
//! The places are those at which the broken document was written, not those that the generator finds: JSON on many lines, on one
//! line, and YAML.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use generator::Input;
use generator::diag::{Output, Sink, Style, render, visible};
use generator::source::Source;
use reading::breaks::{Form, KINDS, Said, breaks as sow, score, slips, write};
use reading::document::Document;
use serde_json::Value;

use crate::args::Break;
use crate::corpus::find;
use crate::{Console, Exit, Failure, input};

/// What was reported of what was planted.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    planted: usize,
    named: usize,
}

/// The sums of a run.
#[derive(Debug, Default)]
struct Sums {
    kinds: BTreeMap<&'static str, Count>,
    /// Slips of the syntax.
    slips: BTreeMap<&'static str, Count>,
    documents: usize,
    right: usize,
    wrong: usize,
    others: usize,
    panics: usize,
    problems: Vec<String>,
}

/// Bytes of a text that is large: reading it again and again takes its time.
const LARGE: usize = 400_000;

const FORMS: [(Form, &str); 3] =
    [(Form::Json, "broken.json"), (Form::Line, "broken-line.json"), (Form::Yaml, "broken.yaml")];

/// Breaks every document of a folder.
pub(crate) fn breaks(args: &Break, console: &mut Console) -> Result<Exit, Failure> {
    let mut sums = Sums::default();
    for found in find(&args.folder, &args.only)? {
        let source = input::source(&found.path, &input::label(&found.path))?;
        let read = Document::parse(source.file_name(), source.body()).map_err(Failure::new)?;
        console.progress(&format!("{}\n", found.name));
        sums.documents += 1;
        document(&found.name, read.root(), args, &mut sums)?;
        slipped(&found.name, read.root(), args, &mut sums)?;
    }
    sums.problems.iter().for_each(|problem| console.error(&format!("{}\n", visible(problem))));
    console.result(&sums.table());
    Ok(if sums.problems.is_empty() { Exit::Fine } else { Exit::Problems })
}

fn document(name: &str, root: &Value, args: &Break, sums: &mut Sums) -> Result<(), Failure> {
    let before = said("before.json", root.to_string()).unwrap_or_default();
    let mut broken = root.clone();
    let mut seed = args.seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) + 1;
    let planted = sow(&mut broken, args.each, &mut seed);
    for (form, label) in FORMS {
        let written = write(&broken, form);
        keep(args, &format!("{name}.{label}"), &written.text)?;
        let Some(said) = said(label, written.text.clone()) else {
            sums.panics += 1;
            sums.problems.push(format!("{name} as {label}: panic"));
            continue;
        };
        let score = score(&planted, &written, &said, &before);
        for (one, named) in planted.iter().zip(&score.named) {
            let count = sums.kinds.entry(one.kind.name).or_default();
            count.planted += 1;
            count.named += usize::from(*named);
            if !named {
                sums.problems
                    .push(format!("{name} as {label}: no report of {} at {}", one.kind.name, one.at));
            }
        }
        sums.right += score.right;
        sums.wrong += score.wrong.len();
        sums.others += score.others.len();
        let told = |what: &str, one: &Said| {
            format!(
                "{name} as {label}: {what} {:?} {}: {} [#{}]",
                one.place, one.code, one.message, one.pointer
            )
        };
        sums.problems.extend(score.wrong.iter().map(|one| told("wrong place", one)));
        if args.others {
            sums.problems.extend(score.others.iter().map(|one| told("not planted", one)));
        }
    }
    Ok(())
}

/// Slips of the syntax: several in one text, one in what is large.
fn slipped(name: &str, root: &Value, args: &Break, sums: &mut Sums) -> Result<(), Failure> {
    for (form, label) in [(Form::Json, "slipped.json"), (Form::Yaml, "slipped.yaml")] {
        let text = write(root, form).text;
        let (count, turns) = if text.len() > LARGE { (1, 2) } else { (6, args.each) };
        for turn in 0..turns as u64 {
            let mut seed = args.seed.wrapping_add(turn).wrapping_mul(0x2545_f491_4f6c_dd1d) + 3;
            let (text, planted) = slips(&text, form, count, &mut seed);
            keep(args, &format!("{name}.{turn}.{label}"), &text)?;
            let Some(said) = said(label, text) else {
                sums.panics += 1;
                sums.problems.push(format!("{name} as {label}: panic"));
                continue;
            };
            for slip in &planted {
                let named = said.iter().any(|one| {
                    one.code == "syntax"
                        && one.place.iter().chain(&one.others).any(|place| slip.places.contains(place))
                });
                let count = sums.slips.entry(slip.name).or_default();
                count.planted += 1;
                count.named += usize::from(named);
                if !named {
                    let place = slip.places.first();
                    sums.problems.push(format!(
                        "{name} as {label}, turn {turn}: no report of {} at {place:?}",
                        slip.name
                    ));
                }
            }
        }
    }
    Ok(())
}

/// Keeps a broken text where that is asked for.
fn keep(args: &Break, name: &str, text: &str) -> Result<(), Failure> {
    let Some(folder) = &args.keep else { return Ok(()) };
    let path = folder.join(name);
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(&path, text))
        .map_err(|e| Failure::write(&path, &e))
}

/// Everything that is said of a text; `None` for a panic.
fn said(label: &str, text: String) -> Option<Vec<Said>> {
    let input = Input::new(Source::new(label, text));
    let lint = || {
        let mut sink = Sink::new();
        generator::lint(&input, &mut sink);
        let style = Style { output: Output::Json, most: usize::MAX, ..Style::PLAIN };
        render(&sink.finish(), &input.sources(), style)
    };
    let text = std::panic::catch_unwind(std::panic::AssertUnwindSafe(lint)).ok()?;
    Some(text.lines().filter_map(Said::read).collect())
}

impl Sums {
    fn table(&self) -> String {
        let mut out = format!("{:48} {:>8} {:>9}\n", "problem", "planted", "reported");
        let mut all = Count::default();
        for kind in KINDS.iter().copied().flatten() {
            let count = self.kinds.get(kind.name).copied().unwrap_or_default();
            let _ = writeln!(out, "{:48} {:>8} {:>9}", kind.name, count.planted, count.named);
            all.planted += count.planted;
            all.named += count.named;
        }
        let _ = writeln!(out, "{:48} {:>8} {:>9}", "all", all.planted, all.named);
        let mut slips = Count::default();
        for (name, count) in &self.slips {
            let _ = writeln!(out, "{:48} {:>8} {:>9}", format!("syntax: {name}"), count.planted, count.named);
            slips.planted += count.planted;
            slips.named += count.named;
        }
        let _ = writeln!(out, "{:48} {:>8} {:>9}", "all of the syntax", slips.planted, slips.named);
        let _ = writeln!(
            out,
            "{} documents, each in 3 forms; {} of {} reports point where their node is written; {} reports of what follows; {} panics",
            self.documents,
            self.right,
            self.right + self.wrong,
            self.others,
            self.panics
        );
        out
    }
}
