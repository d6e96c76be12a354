//! Documents that lie: `learn` finds what bodies contradict, at its pointer, and its fixups make the document true.

use std::collections::{BTreeMap, BTreeSet};

use sdkgen::Input;
use sdkgen::config::FixupAction;
use sdkgen::diag::Sink;
use sdkgen::learn::{Body, Content, Exchange, Learned, Response, Target};
use sdkgen::pointer::Pointer;
use sdkgen::source::Source;
use serde_json::Value;
use tests::case::{Case, cases};
use tests::document::Document;
use tests::judge::{Judge, Side};
use tests::mutate_learn::{Lie, Mutant, component, edit, mutants};

/// Changes per case and kind; a case about a construct has them all among the first.
const MOST: usize = 4;

/// Cases whose document contradicts itself or is read in another way than the judge reads it, and those with types of other crates,
/// which say themselves what they read.
const APART: [&str; 5] =
    ["all-of-conflict", "formats-doubted", "own-crate", "parameter-nameless", "replaced-types"];

fn exchange(pointer: &str, body: &Value) -> Exchange {
    let content = Body { media: None, content: Content::Json(body.clone()) };
    Exchange {
        entry: "body.json".to_owned(),
        target: Target::Schema(Pointer::from(pointer)),
        request: None,
        response: Some(Response { status: Some(200), body: content }),
    }
}

fn input(case: &Case, root: &Value) -> Input {
    let config = case.config.as_ref().map(|text| Source::new("sdk.toml", text.as_str()));
    Input { config, ..Input::new(Source::new("spec.json", root.to_string())) }
}

fn learn(input: &Input, pointer: &str, bodies: &[Value]) -> Option<Learned> {
    let exchanges: Vec<Exchange> = bodies.iter().map(|body| exchange(pointer, body)).collect();
    sdkgen::learn(input, &exchanges, &mut Sink::new())
}

/// The cases whose document is one file, read as it is meant, with their bodies by schema.
fn grounds() -> Vec<(Case, Document, BTreeMap<String, Vec<Value>>)> {
    let all = cases().unwrap().into_iter().filter(|case| !case.is_bad() && !case.bodies.is_empty());
    all.map(|case| {
        let text = case.meant().unwrap_or_else(|| case.spec.clone());
        let document = Document::parse(&case.name, &text).unwrap();
        let mut bodies: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for (schema, _, body) in &case.bodies {
            bodies.entry(component(schema)).or_default().push(body.clone());
        }
        (case, document, bodies)
    })
    .filter(|(case, ..)| !APART.contains(&case.name.as_str()))
    .filter(|(case, ..)| case.config.as_ref().is_none_or(|text| !text.contains("overlays")))
    .collect()
}

#[test]
fn bodies_that_fit_show_no_difference_that_breaks() {
    let (mut count, mut wrong) = (0, Vec::new());
    for (case, document, bodies) in grounds() {
        for (pointer, bodies) in bodies {
            let learned = learn(&input(&case, document.root()), &pointer, &bodies)
                .unwrap_or_else(|| panic!("`{}` has errors", case.name));
            count += bodies.len();
            let found = learned.findings.iter().filter(|one| one.breaks);
            wrong.extend(
                found.map(|one| {
                    format!("`{}` {pointer}: {} at {}", case.name, one.diagnostic.message, one.at)
                }),
            );
        }
    }
    println!("{count} bodies");
    assert!(count > 200, "only {count} bodies");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What became of the changes of one kind.
#[derive(Default)]
struct Score {
    all: usize,
    found: usize,
    repaired: usize,
}

#[test]
fn lies_are_found_where_they_are_and_repaired() {
    let mut scores: BTreeMap<Lie, Score> = BTreeMap::new();
    let mut wrong = Vec::new();
    for (case, document, bodies) in grounds() {
        let Ok(judge) = Judge::new(&document, Side::Both) else { continue };
        let (mut done, mut counts) = (BTreeSet::new(), BTreeMap::<Lie, usize>::new());
        for (pointer, bodies) in &bodies {
            for mutant in bodies.iter().flat_map(|body| mutants(&document, &judge, pointer, body)) {
                let count = counts.entry(mutant.lie).or_default();
                if *count >= MOST || !done.insert((mutant.lie, mutant.places[0].clone(), mutant.name.clone()))
                {
                    continue;
                }
                *count += 1;
                let Some(failed) = tried(&case, pointer, bodies, &mutant) else { continue };
                let score = scores.entry(mutant.lie).or_default();
                score.all += 1;
                score.found += usize::from(failed.is_found);
                score.repaired += usize::from(failed.is_repaired);
                if !failed.is_found || !failed.is_repaired {
                    wrong.push(format!(
                        "`{}` {:?} {} {:?}: {}",
                        case.name, mutant.lie, mutant.places[0], mutant.name, failed.told
                    ));
                }
            }
        }
    }
    for (lie, score) in &scores {
        println!("{lie:?}: {} of {} found, {} repaired", score.found, score.all, score.repaired);
    }
    assert!(Lie::ALL.iter().all(|lie| scores.contains_key(lie)), "not every kind was tried");
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

struct Tried {
    is_found: bool,
    is_repaired: bool,
    told: String,
}

/// Learns from bodies that contradict a changed document; `None` if they do not, or if the document is refused.
fn tried(case: &Case, pointer: &str, bodies: &[Value], mutant: &Mutant) -> Option<Tried> {
    let changed = Document::parse("spec.json", &mutant.root.to_string()).ok()?;
    let fits = |document: &Document| {
        let judge = Judge::new(document, Side::Both).ok()?;
        Some(bodies.iter().all(|body| judge.check(pointer, body).is_ok()))
    };
    if mutant.lie.is_judged() && fits(&changed)? {
        return None;
    }
    let mut input = input(case, &mutant.root);
    let learned = learn(&input, pointer, bodies)?;
    let is_place = |at: &str| {
        let above = |place: &String| {
            at == place
                || at
                    .strip_prefix(place.as_str())
                    .is_some_and(|rest| ["/required", "/enum", "/format", "/type"].contains(&rest))
        };
        let target = || Some(changed.resolve(at)?.0);
        mutant.places.iter().any(above) || target().is_some_and(|target| mutant.places.contains(&target))
    };
    // A property may be missed in any of the schemas that hold.
    let is_there = |path: &str| {
        let steps = |path: &str| {
            path.split('/')
                .filter(|step| *step != "*" && step.parse::<usize>().is_err())
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        let inside = format!("{}/{}", mutant.path, mutant.name.as_deref().unwrap_or_default());
        mutant.lie == Lie::Unlisted && steps(path) == steps(&inside)
    };
    // What looks like data is not named.
    let is_word = |name: &String| !name.is_empty() && name.chars().all(|c| c.is_ascii_graphic() || c == ' ');
    let is_found = learned.findings.iter().any(|one| {
        let is_named =
            one.name == mutant.name || (one.name.is_none() && !mutant.name.as_ref().is_some_and(is_word));
        let is_at = is_place(one.at.as_str()) || one.evidence.iter().any(|evidence| is_there(&evidence.path));
        one.kind.as_str() == mutant.lie.finding() && is_named && is_at
    });
    // The fixups make the document true: for the generator, and for a validator that knows neither.
    let mut root = mutant.root.clone();
    let applied = learned.fixups.iter().all(|one| match &one.fixup.action {
        FixupAction::Set(value) => edit(&mut root, &one.fixup.at, Some(value)),
        FixupAction::Remove => edit(&mut root, &one.fixup.at, None),
        FixupAction::Merge(_) | FixupAction::Rename(_) => false,
    });
    let is_true = || fits(&Document::parse("spec.json", &root.to_string()).ok()?);
    let config = format!("{}\n{}", case.config.as_deref().unwrap_or_default(), learned.toml());
    input.config = Some(Source::new("sdk.toml", config));
    let again = learn(&input, pointer, bodies);
    let is_quiet = again.as_ref().is_some_and(|again| again.findings.is_empty());
    let messages: Vec<String> =
        learned.findings.iter().map(|one| format!("{} at {}", one.diagnostic.message, one.at)).collect();
    let left: Vec<&str> =
        again.iter().flat_map(|again| &again.findings).map(|one| one.diagnostic.message.as_str()).collect();
    let told = format!(
        "found {is_found}, applied {applied}, true {:?}, again {}: {messages:?}, left {left:?}\n{}",
        is_true(),
        again.is_some(),
        learned.toml()
    );
    Some(Tried { is_found, is_repaired: applied && is_true() == Some(true) && is_quiet, told })
}
