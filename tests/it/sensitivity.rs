//! What the generator claims about keywords is tried: one that is used changes the generated crate when it changes, and one that
//! is not does not.
//!
//! The keyword tables of the generator say where a keyword stands in a document; the documents are those of the cases. A
//! change counts only where the document stays as right as it was, so that nothing counts that was merely refused.

mod change;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock};

use sdkgen::Input;
use sdkgen::diag::Sink;
use sdkgen::keywords::{Claim, Keyword, Occurrence, keywords, occurrences};
use sdkgen::parts::Lost;
use sdkgen::source::Source;
use serde_json::Value;
use tests::case::{Case, cases};

/// How many occurrences of a keyword are tried in one case, and how many of what stands in one of them.
const TRIES: usize = 8;
const INNER: usize = 40;

/// Keywords that have an effect in some places and not in others, by the object that has them, each with the reason. The
/// table calls them ignored, and a case must show the effect all the same.
const PARTLY: &[(&str, &str, &str)] = &[
    ("OpenAPI document", "webhooks", "what the bodies refer to becomes types"),
    ("components object", "callbacks", "what the bodies refer to becomes types"),
    ("operation", "callbacks", "what the bodies refer to becomes types"),
    ("media type object", "itemSchema", "it is the schema of a stream, and nothing elsewhere"),
];

/// Keywords whose effect no change shows that leaves the document right, each with the reason.
const UNSHOWN: &[(&str, &str, &str)] =
    &[("OpenAPI document", "openapi", "it decides whether the document is read, and what is reported")];

/// Cases to look at first, for keywords that many have and few show.
const FIRST: &[(&str, &str, &str)] = &[
    ("header", "schema", "docs-places"),
    ("response", "description", "answers-by-range"),
    ("security scheme", "type", "security"),
];

/// A document of a case, and what the generator makes of it.
struct Subject {
    case: Case,
    input: Input,
    document: Value,
    found: Vec<Occurrence>,
    made: OnceLock<Option<Made>>,
}

/// What the generator made of a document.
#[derive(PartialEq)]
struct Made {
    files: BTreeMap<String, String>,
    /// How often what was reported.
    reports: BTreeMap<&'static str, usize>,
}

fn read(folder: &Path, path: &str) -> Result<Source, Lost> {
    let text = std::fs::read_to_string(folder.join(path));
    text.map(|text| Source::new(path, text)).map_err(|_| Lost::Missing { near: None })
}

impl Subject {
    fn new(case: &Case) -> Option<Self> {
        let config = case.config.clone().map(|text| Source::new("sdk.toml", text));
        let choices = config.as_ref().and_then(|config| sdkgen::config::config(config, &mut Sink::new()));
        let overlays = choices.map(|choices| choices.overlays).unwrap_or_default();
        let source = Source::new("spec.yaml", case.spec.clone());
        let document = sdkgen::load::load(&source, &mut Sink::new())?.into_tree().root;
        let overlays = overlays.iter().filter_map(|path| read(&case.folder, path).ok()).collect();
        let name = Some(case.name.clone());
        let input = Input { config, name, overlays, ..Input::new(source) };
        let found = occurrences(&document);
        Some(Self { case: case.clone(), input, document, found, made: OnceLock::new() })
    }

    /// What is made of another document in the place of this one; nothing if it is refused.
    fn make(&self, document: &Value) -> Option<Made> {
        let document = Source::new("spec.yaml", document.to_string());
        let mut input = Input { document, ..self.input.clone() };
        input.gather(|path| read(&self.case.folder, path));
        let mut sink = Sink::new();
        let output = sdkgen::generate(&input, &mut sink)?;
        let mut reports = BTreeMap::new();
        for said in sink.finish() {
            *reports.entry(said.code.as_str()).or_default() += 1;
        }
        let files = output.files.iter().filter(|(path, _)| !path.starts_with("src/runtime/"));
        Some(Made { files: files.map(|(path, text)| (path.to_owned(), text.to_owned())).collect(), reports })
    }

    fn made(&self) -> Option<&Made> {
        self.made.get_or_init(|| self.make(&self.document)).as_ref()
    }

    /// Whether a change of the document changes the crate, and is no mistake.
    fn matters(&self, changed: &Value) -> bool {
        let (Some(before), Some(after)) = (self.made(), self.make(changed)) else { return false };
        let known = |code: &&str, count: usize| before.reports.get(code).is_some_and(|old| *old >= count);
        after.files != before.files && after.reports.iter().all(|(code, count)| known(code, *count))
    }
}

fn subjects() -> Vec<Subject> {
    let mut all: Vec<Subject> =
        cases().unwrap().iter().filter(|case| !case.is_bad()).filter_map(Subject::new).collect();
    // The small ones first: they are quick.
    all.sort_by_key(|subject| subject.document.to_string().len());
    all
}

/// Does something for each item on all cores.
fn each<T: Sync>(items: &[T], work: impl Fn(&T) + Sync) {
    let next = AtomicUsize::new(0);
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
                    work(item);
                }
            });
        }
    });
}

fn label(keyword: &Keyword) -> (&'static str, &'static str) {
    (keyword.object, keyword.name)
}

/// Where a keyword is seen to have an effect.
struct Witness {
    case: String,
    at: String,
    change: String,
}

/// The first change of the value of a keyword, or of what stands in it, that matters.
fn witness<'a>(keyword: &Keyword, subjects: &'a [Subject]) -> Option<(&'a Subject, Witness)> {
    let hint = FIRST.iter().find(|(object, name, _)| label(keyword) == (*object, *name));
    let is_first = |subject: &&Subject| hint.is_some_and(|(_, _, case)| subject.case.name == *case);
    for subject in subjects.iter().filter(is_first).chain(subjects) {
        for found in subject.found.iter().filter(|found| found.keyword == *keyword).take(TRIES) {
            let inner = subject.found.iter().filter(|inner| stands_in(inner.at.as_str(), found)).take(INNER);
            for found in inner.chain([found]) {
                for (change, changed) in change::changes(&subject.document, found) {
                    if subject.matters(&changed) {
                        let at = found.at.as_str().to_owned();
                        return Some((subject, Witness { case: subject.case.name.clone(), at, change }));
                    }
                }
            }
        }
    }
    None
}

fn stands_in(at: &str, found: &Occurrence) -> bool {
    at.strip_prefix(found.at.as_str()).is_some_and(|rest| rest.starts_with('/'))
}

fn is_listed(keyword: &Keyword, list: &[(&str, &str, &str)]) -> bool {
    list.iter().any(|(object, name, _)| label(keyword) == (*object, *name))
}

#[test]
fn keywords_called_used_change_the_crate() {
    let subjects = subjects();
    let is_used = |known: &Keyword| known.claim == Claim::Used && !is_listed(known, UNSHOWN);
    let is_tried = |known: &Keyword| is_used(known) || is_listed(known, PARTLY);
    let mut used: Vec<Keyword> = keywords().into_iter().filter(is_tried).collect();
    let occurring = |known: &Keyword| {
        let depth = |subject: &Subject| {
            let at = subject.found.iter().filter(|found| found.keyword == *known);
            at.map(|found| found.at.as_str().matches('/').count()).max()
        };
        subjects.iter().filter_map(depth).max().unwrap_or_default()
    };
    // What stands deep shows that what it stands in has an effect, too.
    used.sort_by_cached_key(|known| std::cmp::Reverse(occurring(known)));
    let shown: Mutex<BTreeMap<(&str, &str), Witness>> = Mutex::default();
    each(&used, |keyword| {
        if shown.lock().unwrap().contains_key(&label(keyword)) {
            return;
        }
        let Some((subject, witness)) = witness(keyword, &subjects) else { return };
        let mut shown = shown.lock().unwrap();
        for found in subject.found.iter().filter(|found| stands_in(&witness.at, found)) {
            let Witness { case, at, change } = &witness;
            let (case, at, change) = (case.clone(), at.clone(), change.clone());
            shown.entry(label(&found.keyword)).or_insert(Witness { case, at, change });
        }
        shown.insert(label(keyword), witness);
    });
    let shown = shown.into_inner().unwrap();
    for ((object, name), Witness { case, at, change }) in &shown {
        println!("{object} `{name}`: {case} {at} → {change}");
    }
    let missing: Vec<String> = (used.iter())
        .filter(|keyword| !shown.contains_key(&label(keyword)))
        .map(|keyword| format!("  {} `{}`", keyword.object, keyword.name))
        .collect();
    assert!(
        missing.is_empty(),
        "the keyword table calls these used, but no case has one whose change changes the crate:\n{}\n\
         write a case that has it, or say in the table what is true",
        missing.join("\n")
    );
}

#[test]
fn keywords_called_ignored_do_not_change_the_crate() {
    let subjects = subjects();
    let wrong: Mutex<BTreeSet<String>> = Mutex::default();
    let seen: Mutex<BTreeSet<(&str, &str)>> = Mutex::default();
    each(&subjects, |subject| {
        let ignored =
            |found: &&Occurrence| found.keyword.claim != Claim::Used && !is_listed(&found.keyword, PARTLY);
        let found: Vec<&Occurrence> = subject.found.iter().filter(ignored).collect();
        seen.lock().unwrap().extend(found.iter().map(|found| label(&found.keyword)));
        let Some(made) = subject.made() else { return };
        // One that is refused says nothing of the crate.
        let differs = |document: &Value| subject.make(document).map(|after| after.files != made.files);
        for remove in [false, true] {
            let change = |document: &Value, found: &Occurrence| {
                let at = found.at.as_str();
                if remove {
                    return change::without(document, at);
                }
                let mut changed = document.clone();
                let value = changed.pointer_mut(at)?;
                *value = change::all_other(value);
                Some(changed)
            };
            let all = found.iter().fold(subject.document.clone(), |document, found| {
                change(&document, found).unwrap_or(document)
            });
            if all == subject.document || differs(&all) == Some(false) {
                continue;
            }
            for found in &found {
                let changed =
                    change(&subject.document, found).filter(|changed| differs(changed) == Some(true));
                let what = if remove { "removed" } else { "changed" };
                let place = format!("{} {} {what}", subject.case.name, found.at.as_str());
                let line = format!("  {} `{}`: {place}", found.keyword.object, found.keyword.name);
                wrong.lock().unwrap().extend(changed.map(|_| line));
            }
        }
    });
    let seen = seen.into_inner().unwrap();
    let is_tried = |known: &Keyword| seen.contains(&label(known)) || is_listed(known, PARTLY);
    let unseen: Vec<(&str, &str)> = (keywords().iter())
        .filter(|known| known.claim != Claim::Used && !is_tried(known))
        .map(label)
        .collect();
    assert!(
        unseen.is_empty(),
        "no case has these, so that nothing shows that they have no effect: {unseen:?}"
    );
    let wrong: Vec<String> = wrong.into_inner().unwrap().into_iter().collect();
    assert!(
        wrong.is_empty(),
        "the keyword table says that these have no effect, but the crate changed:\n{}",
        wrong.join("\n")
    );
}
