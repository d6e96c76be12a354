//! `cargo xtask dev mutate-diff`: makes known changes to documents, and checks that `diff` finds them.
//!
//! Each kind of change is made at random locations of each document. The comparison must find it, report nothing else, and give
//! the right verdict. The same document in another order or format must have no changes and keep every name.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use reading::document::Document;
use reading::mutate_diff::{Kind, Mutant, Said, marks, mutate, shuffled, yaml};
use sdkgen::Input;
use sdkgen::diag::{Sink, visible};
use sdkgen::diff::{Change, Changes, diff};
use sdkgen::sdk::Sdk;
use sdkgen::source::Source;
use serde_json::Value;

use crate::args::MutateDiff;
use crate::corpus::find;
use sdkgen::cli::input;
use sdkgen::cli::{Console, Exit, Failure};

/// The results of one kind of change.
#[derive(Clone, Copy, Debug, Default)]
struct Score {
    mutants: usize,
    found: usize,
    alarms: usize,
    verdicts: usize,
}

/// Mutates every document of a folder.
pub(crate) fn mutate_diff(args: &MutateDiff, console: &mut Console) -> Result<Exit, Failure> {
    let mut scores: BTreeMap<Kind, Score> = BTreeMap::new();
    let (mut documents, mut spelled, mut wrong) = (0, 0, Vec::new());
    for found in find(&args.folder, &args.only)? {
        let source = input::source(&found.path, &input::label(&found.path))?;
        let name = found.name;
        let read = Document::parse(source.file_name(), source.body()).map_err(Failure::new)?;
        let document = read.root().clone();
        let Some(old) = sdk(source.clone(), None) else {
            console.progress(&format!("{name}: skipped, cannot be read\n"));
            continue;
        };
        console.progress(&format!("{name}\n"));
        documents += 1;
        let subject = Subject { name: &name, root: &document, lock: sdkgen::lock(&old).text(), old };
        for problem in subject.spellings(args.seed) {
            spelled += 1;
            wrong.push(problem);
        }
        let wanted = |kind: &&Kind| {
            args.kind.is_empty() || args.kind.iter().any(|text| kind.as_str().contains(text.as_str()))
        };
        for kind in Kind::ALL.iter().filter(wanted) {
            for turn in 0..args.each {
                let mut seed = args.seed.wrapping_add(turn).wrapping_mul(0x9e37_79b9_7f4a_7c15) + 1;
                let Some(mutant) = mutate(&document, *kind, &mut seed) else { break };
                subject.judge(&mutant, scores.entry(*kind).or_default(), &mut wrong);
            }
        }
        if let Some(folder) = &args.keep {
            let path = folder.join(format!("{name}.mutant.json"));
            let text = mutate_all(document, args).to_string();
            std::fs::create_dir_all(folder)
                .and_then(|()| std::fs::write(&path, text))
                .map_err(|e| Failure::write(&path, &e))?;
        }
    }
    wrong.iter().for_each(|problem| console.error(&format!("{}\n", visible(problem))));
    console.result(&table(&scores));
    console.result(&format!(
        "{documents} documents; in another order, as JSON and as YAML: {spelled} with changes or other names\n"
    ));
    Ok(if wrong.is_empty() { Exit::Fine } else { Exit::Problems })
}

/// Applies every kind of change that affects bodies, several times.
fn mutate_all(mut root: Value, args: &MutateDiff) -> Value {
    for kind in Kind::ALL.iter().filter(|kind| **kind >= Kind::FieldAdded) {
        for turn in 0..args.each {
            let mut seed = args.seed.wrapping_add(turn).wrapping_mul(0x2545_f491_4f6c_dd1d) + 7;
            if let Some(mutant) = mutate(&root, *kind, &mut seed) {
                root = mutant.root;
            }
        }
    }
    root
}

/// A document to mutate.
struct Subject<'a> {
    name: &'a str,
    root: &'a Value,
    lock: String,
    old: Sdk,
}

impl Subject<'_> {
    fn judge(&self, mutant: &Mutant, score: &mut Score, wrong: &mut Vec<String>) {
        score.mutants += 1;
        let at = format!("{}: {} at {}", self.name, mutant.kind.as_str(), mutant.at);
        let Some(changes) = self.changes("mutant.json", &mutant.root) else {
            wrong.push(format!("{at}: the changed document is refused"));
            return;
        };
        let said: Vec<Said<'_>> = changes.list.iter().map(said).collect();
        let marks = marks(mutant, &said);
        score.found += usize::from(marks.is_found);
        score.alarms += marks.alarms;
        score.verdicts += usize::from(marks.is_verdict_right);
        if marks.is_found && marks.alarms == 0 && marks.is_verdict_right {
            return;
        }
        let mut line = format!(
            "{at}: {}, {} reports of other changes, verdict {}",
            if marks.is_found { "found" } else { "not found" },
            marks.alarms,
            changes.verdict().as_str()
        );
        for change in changes.list.iter().take(6) {
            let _ = write!(
                line,
                "\n    {} {} {}: {}",
                change.class.as_str(),
                change.kind.as_str(),
                change.item,
                change.what
            );
        }
        wrong.push(line);
    }

    /// Compares the document with itself in other forms, and returns the problems.
    fn spellings(&self, seed: u64) -> Vec<String> {
        let mut random = seed.wrapping_mul(31) + 5;
        let mixed = shuffled(self.root.clone(), &mut random);
        let forms = [
            ("in another order", "mixed.json", mixed.to_string()),
            ("as JSON", "same.json", self.root.to_string()),
            ("as YAML", "same.yaml", yaml(self.root)),
        ];
        let names = sdkgen::diff::public_names(&self.old);
        let problem = |(how, label, text): (&str, &str, String)| {
            let Some(new) = sdk(Source::new(label, text), Some(&self.lock)) else {
                return Some(format!("{}: {how}, it is refused", self.name));
            };
            let changes = diff(&self.old, &new);
            let same = sdkgen::diff::public_names(&new) == names;
            (!changes.list.is_empty() || !same).then(|| {
                let first = changes
                    .list
                    .first()
                    .map_or_else(String::new, |change| format!(": {} {}", change.item, change.what));
                format!(
                    "{}: {how}, {} changes{first}{}",
                    self.name,
                    changes.list.len(),
                    if same { "" } else { ", other names" }
                )
            })
        };
        forms.into_iter().filter_map(problem).collect()
    }

    fn changes(&self, label: &str, root: &Value) -> Option<Changes> {
        let new = sdk(Source::new(label, root.to_string()), Some(&self.lock))?;
        Some(diff(&self.old, &new))
    }
}

fn said(change: &Change) -> Said<'_> {
    Said {
        kind: change.kind.as_str(),
        class: change.class.as_str(),
        old: change.old.as_ref().map(|at| at.as_str()),
        new: change.new.as_ref().map(|at| at.as_str()),
    }
}

fn sdk(document: Source, lock: Option<&str>) -> Option<Sdk> {
    let lock = lock.map(|text| Source::new("names.lock", text));
    let input = Input { name: Some("sdk".to_owned()), lock, ..Input::new(document) };
    sdkgen::sdk(&input, &mut Sink::forgiving())
}

/// Renders a line per kind, and the sum.
fn table(scores: &BTreeMap<Kind, Score>) -> String {
    let mut out =
        format!("{:28} {:>8} {:>7} {:>7} {:>9}\n", "change", "mutants", "found", "alarms", "verdicts");
    let mut sum = Score::default();
    let mut line = |name: &str, score: &Score| {
        let Score { mutants, found, alarms, verdicts } = score;
        let _ = writeln!(out, "{name:28} {mutants:>8} {found:>7} {alarms:>7} {verdicts:>9}");
    };
    for (kind, score) in scores {
        line(kind.as_str(), score);
        sum.mutants += score.mutants;
        sum.found += score.found;
        sum.alarms += score.alarms;
        sum.verdicts += score.verdicts;
    }
    line("all", &sum);
    out
}
