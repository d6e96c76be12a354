//! Sends every body that can be had through the types of an SDK and back.
//!
//! In: a document, the pointers of its schemas that have a type, and a function that decodes and encodes. Out: how many bodies of
//! each kind there were, and which did not come back equal.

use crate::document::{Document, ExampleOf};
use crate::judge::{Judge, Side};
use crate::mutate::{Change, mutate};
use crate::same::difference;
use crate::synth::{synthesise, targets};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;

/// Decodes a body as the type of the schema at a pointer, and encodes it again.
pub type Echo<'a> = dyn FnMut(&str, &[u8]) -> Result<Vec<u8>, String> + 'a;

/// What came of a sweep.
#[derive(Debug, Default)]
pub struct Tally {
    /// Schemas that were tried.
    pub schemas: usize,
    /// Documented examples.
    pub examples: usize,
    /// Documented examples that do not fit their schema, so that they were not tried.
    pub mismatches: usize,
    /// Synthesised bodies.
    pub synthesised: usize,
    /// Synthesised bodies that the judge refused, so that they were not tried.
    pub refused: usize,
    /// What was not tried for a reason that is known, by the reason.
    pub limits: BTreeMap<&'static str, usize>,
    /// Changed bodies by what was changed.
    pub changed: BTreeMap<Change, usize>,
    /// Schemas for which no body could be made, with the reason.
    pub empty: Vec<(String, String)>,
    /// Schemas of the document that have no type.
    pub untyped: Vec<String>,
    /// What went wrong.
    pub failures: Vec<Failure>,
}

/// How many bodies of a kind came back equal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Bodies that were sent.
    pub tried: usize,
    /// Those that came back equal.
    pub passed: usize,
}

impl std::iter::Sum for Score {
    fn sum<I: Iterator<Item = Self>>(scores: I) -> Self {
        scores.fold(Self::default(), |sum, one| Self {
            tried: sum.tried + one.tried,
            passed: sum.passed + one.passed,
        })
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.passed, self.tried)
    }
}

/// A body that did not come back equal.
#[derive(Clone, Debug)]
pub struct Failure {
    /// The schema.
    pub pointer: String,
    /// How the body was made.
    pub label: String,
    /// What was changed in it.
    pub change: Option<Change>,
    /// What went wrong.
    pub reason: String,
    /// The body.
    pub body: Value,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let change = self.change.map_or_else(String::new, |change| format!(", changed: {change:?}"));
        write!(f, "`{}`, {}{change}: {}", self.pointer, self.label, self.reason)
    }
}

impl Tally {
    /// Bodies that were tried, changed ones too.
    pub fn tried(&self) -> usize {
        self.plain().tried + self.mutated().tried
    }

    /// The bodies as they were found or made.
    pub fn plain(&self) -> Score {
        self.score(self.examples + self.synthesised, |change| change.is_none())
    }

    /// The same bodies with unknown values, tags and members.
    pub fn mutated(&self) -> Score {
        self.score(self.changed.values().sum(), |change| change.is_some())
    }

    /// The bodies with one kind of change.
    pub fn with(&self, change: Change) -> Score {
        self.score(self.changed.get(&change).copied().unwrap_or_default(), |made| made == Some(change))
    }

    fn score(&self, tried: usize, counts: impl Fn(Option<Change>) -> bool) -> Score {
        let failed = self.failures.iter().filter(|failure| counts(failure.change)).count();
        Score { tried, passed: tried - failed }
    }

    /// Finds the schemas of the document, as this reading sees them, that are not among those with a type.
    fn find_untyped(&mut self, document: &Document, pointers: &[&str]) {
        let known: HashSet<String> = pointers.iter().filter_map(|pointer| document.place(pointer)).collect();
        let holder = |pointer: &str| pointer.rsplit_once("/content/").map(|(holder, _)| holder.to_owned());
        let holders: HashSet<String> = known.iter().filter_map(|place| holder(place)).collect();
        for (pointer, _) in
            targets(document).into_iter().filter(|(pointer, _)| document.travels_as_json(pointer))
        {
            let place = document.place(&pointer).unwrap_or_default();
            if known.contains(&place) {
                continue;
            }
            if side_of(&pointer) == Side::Response && holder(&place).is_some_and(|h| holders.contains(&h)) {
                *self
                    .limits
                    .entry("a further media type of a response, which is not asked for")
                    .or_default() += 1;
            } else {
                self.untyped.push(pointer);
            }
        }
    }

    /// One line for people.
    pub fn line(&self, name: &str) -> String {
        let changed: Vec<String> =
            self.changed.iter().map(|(change, count)| format!("{count} with {}", change.words())).collect();
        format!(
            "{name}: {} schemas; {} examples, {} synthesised ({} more refused by the judge), {}; {} failures",
            self.schemas,
            self.examples,
            self.synthesised,
            self.refused,
            changed.join(", "),
            self.failures.len()
        )
    }
}

/// The three judges of a document, one for each side.
pub struct Judges([(Side, Judge); 3]);

impl Judges {
    /// Prepares them.
    pub fn new(document: &Document) -> Result<Self, String> {
        let judge = |side| Ok::<_, String>((side, Judge::new(document, side)?));
        Ok(Self([judge(Side::Both)?, judge(Side::Request)?, judge(Side::Response)?]))
    }

    /// The judge of a side.
    pub fn of(&self, side: Side) -> &Judge {
        let [both, request, response] = &self.0;
        match side {
            Side::Both => &both.1,
            Side::Request => &request.1,
            Side::Response => &response.1,
        }
    }
}

/// The side of a call that the schema at a pointer stands on.
pub fn side_of(pointer: &str) -> Side {
    match pointer {
        p if p.contains("/requestBody/") || p.starts_with("/components/requestBodies/") => Side::Request,
        p if p.contains("/responses/") => Side::Response,
        _ => Side::Both,
    }
}

/// Whether the schema at a pointer is that of a request body which may be left out.
fn is_left_out(document: &Document, pointer: &str) -> bool {
    let holder = pointer.split_once("/requestBody/").map(|(operation, _)| format!("{operation}/requestBody"));
    let body = holder.and_then(|holder| document.resolve(&holder));
    body.is_some_and(|(_, body)| body["required"] != true)
}

/// Tries everything that can be had for the schemas at these pointers; `step` is told after each of them.
pub fn sweep(
    document: &Document,
    pointers: &[&str],
    echo: &mut Echo<'_>,
    step: &mut dyn FnMut(),
) -> Result<Tally, String> {
    let judges = Judges::new(document)?;
    let mut examples: HashMap<String, Vec<(String, Value)>> = HashMap::new();
    for example in document.examples().into_iter().filter(|example| example.of != ExampleOf::Param) {
        if let Some(place) = document.place(&example.schema) {
            examples.entry(place).or_default().push((example.pointer, example.value));
        }
    }
    let mut tally = Tally::default();
    tally.find_untyped(document, pointers);
    for pointer in pointers.iter().filter(|pointer| document.travels_as_json(pointer)) {
        tally.schemas += 1;
        let side = side_of(pointer);
        let judge = judges.of(side);
        let mut one = Trial { document, judge, pointer, echo, tally: &mut tally };
        let place = document.place(pointer).unwrap_or_default();
        let real = document.resolve(pointer).map(|(real, _)| real).unwrap_or_default();
        for (label, value) in examples.get(&place).into_iter().flatten() {
            if value.is_null() && is_left_out(document, pointer) {
                *one.tally
                    .limits
                    .entry("null for a request body that may be left out: it is left out")
                    .or_default() += 1;
            } else if judge.check(&real, value).is_ok() {
                one.tally.examples += 1;
                one.with_mutants(label, value);
            } else {
                one.tally.mismatches += 1;
            }
        }
        let made = synthesise(document, judge, pointer, side);
        one.tally.refused += made.rejected.len();
        if made.accepted.is_empty() {
            let refused = made.rejected.first().map(|(_, reason)| format!("refused by the judge: {reason}"));
            let reason = refused.unwrap_or_else(|| format!("cannot be made: {}", made.impossible.join(", ")));
            one.tally.empty.push(((*pointer).to_owned(), reason));
        }
        for body in &made.accepted {
            one.tally.synthesised += 1;
            one.with_mutants(&body.label, &body.value);
        }
        judge.forget();
        step();
    }
    Ok(tally)
}

/// The bodies of one schema on their way.
struct Trial<'a, 'e> {
    document: &'a Document,
    judge: &'a Judge,
    pointer: &'a str,
    echo: &'a mut Echo<'e>,
    tally: &'a mut Tally,
}

impl Trial<'_, '_> {
    fn with_mutants(&mut self, label: &str, body: &Value) {
        self.one(label, None, body);
        for mutant in mutate(self.document, self.judge, self.pointer, body) {
            *self.tally.changed.entry(mutant.change).or_default() += 1;
            self.one(label, Some(mutant.change), &mutant.value);
        }
    }

    fn one(&mut self, label: &str, change: Option<Change>, body: &Value) {
        let pointer = self.pointer;
        let back = round_trip(|sent| (self.echo)(pointer, sent), body);
        // What is equal as JSON fits as the body did; another spelling of a time or number must fit again.
        let judged = back.and_then(|back| match change {
            None if back != *body => {
                let place = self.document.resolve(pointer).map(|(place, _)| place).unwrap_or_default();
                self.judge.check(&place, &back).map_err(|e| format!("what was encoded does not fit: {e}"))
            }
            _ => Ok(()),
        });
        if let Err(reason) = judged {
            self.tally.failures.push(Failure {
                pointer: pointer.to_owned(),
                label: label.to_owned(),
                change,
                reason,
                body: body.clone(),
            });
        }
    }
}

/// Decodes and encodes one body, and compares; gives what came back.
pub fn round_trip(
    echo: impl FnOnce(&[u8]) -> Result<Vec<u8>, String>,
    body: &Value,
) -> Result<Value, String> {
    let sent = serde_json::to_vec(body).map_err(|e| e.to_string())?;
    let back = echo(&sent)?;
    let back: Value =
        serde_json::from_slice(&back).map_err(|e| format!("what was encoded is no JSON: {e}"))?;
    difference(body, &back).map_or(Ok(back), Err)
}
