//! Makes known changes to documents, to test comparisons.
//!
//! In: a document as JSON, a kind of change, a seed. Out: the document with the change at a random location,
//! the location, and what a comparison must report. Must not know the generator: the expected reports are
//! lists.

mod kind;
mod moves;
mod names;
mod operations;
mod order;
mod schemas;
mod unions;

pub use kind::Kind;
pub use order::{shuffled, yaml};

use serde_json::Value;

/// A document with a change.
#[derive(Clone, Debug)]
pub struct Mutant {
    /// What was changed.
    pub kind: Kind,
    /// Where, as a JSON pointer into the old document, or the new one for what is new.
    pub at: String,
    /// The changed document.
    pub root: Value,
}

/// What a comparison said of one thing.
#[derive(Clone, Debug)]
pub struct Said<'a> {
    /// The kind, by its stable name.
    pub kind: &'a str,
    /// `breaking`, `addition` or `fix`.
    pub class: &'a str,
    /// Where it stands in the old document.
    pub old: Option<&'a str>,
    /// Where it stands in the new document.
    pub new: Option<&'a str>,
}

/// How well a comparison did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// Whether the change was found: its kind, at its place.
    pub is_found: bool,
    /// What was said of something else.
    pub alarms: usize,
    /// Whether the worst class is the one that the change has.
    pub is_verdict_right: bool,
}

/// The next number of a fixed sequence, below `end`.
pub fn random(seed: &mut u64, end: usize) -> usize {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*seed >> 33) as usize % end.max(1)
}

/// Makes a change of a kind; `None` if the document has no location for it.
pub fn mutate(root: &Value, kind: Kind, seed: &mut u64) -> Option<Mutant> {
    let sites = kind.sites(root);
    let at = sites.get(random(seed, sites.len()))?.clone();
    let mut changed = root.clone();
    let at = kind.apply(&mut changed, &at)?;
    Some(Mutant { kind, at, root: changed })
}

/// Scores the reports of a comparison.
pub fn marks(mutant: &Mutant, all: &[Said<'_>]) -> Marks {
    let at = |place: Option<&str>| place.is_some_and(|place| related(place, &mutant.at));
    let found = mutant.kind.found_as();
    let is_found =
        found.is_empty() || all.iter().any(|one| found.contains(&one.kind) && (at(one.old) || at(one.new)));
    // Equal schemas written in place are one type; one that changes parts from the others, which breaks.
    let parts = |one: &&Said<'_>| one.kind == "type-shared";
    let is_parted = all.iter().any(|one| parts(&one) && one.class == "breaking");
    let said: Vec<&Said<'_>> = all.iter().filter(|one| !parts(one)).collect();
    let is_wrong = |one: &&&Said<'_>| match mutant.kind.forbids() {
        [] => !found.contains(&one.kind) && !mutant.kind.brings().contains(&one.kind),
        forbidden => forbidden.contains(&one.kind),
    };
    let rank = |class: &str| ["fix", "addition", "breaking"].iter().position(|known| *known == class);
    let worst = all.iter().filter_map(|one| rank(one.class)).max();
    Marks {
        is_found,
        alarms: said.iter().filter(is_wrong).count(),
        is_verdict_right: mutant.kind.class() == "any"
            || worst == rank(if is_parted { "breaking" } else { mutant.kind.class() }),
    }
}

/// Whether a place is another one, in it, or around it.
fn related(place: &str, other: &str) -> bool {
    let within =
        |a: &str, b: &str| a.strip_prefix(b).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    within(place, other) || within(other, place)
}

/// The members of an object that must be there.
fn required(schema: &Value) -> impl Iterator<Item = &str> {
    schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str)
}

/// Whether the document is in 3.0.
fn is_30(root: &Value) -> bool {
    root["openapi"].as_str().is_some_and(|version| version.starts_with("3.0"))
}

/// Calls back with each object in a value.
fn each_object<'a>(value: &'a Value, visit: &mut dyn FnMut(&'a serde_json::Map<String, Value>)) {
    match value {
        Value::Object(map) => {
            visit(map);
            map.values().for_each(|value| each_object(value, visit));
        }
        Value::Array(items) => items.iter().for_each(|value| each_object(value, visit)),
        _ => {}
    }
}

/// Calls back with each string in a value.
fn each_text(value: &mut Value, visit: &mut dyn FnMut(&mut String)) {
    match value {
        Value::Object(map) => map.values_mut().for_each(|value| each_text(value, visit)),
        Value::Array(items) => items.iter_mut().for_each(|value| each_text(value, visit)),
        Value::String(text) => visit(text),
        _ => {}
    }
}
