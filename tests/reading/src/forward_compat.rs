//! Tests whether the types of a document read the bodies of its next version.
//!
//! In: both documents, the pointers of the old one that have a type, the known pairs, the announced breaks,
//! and a function that round-trips a body through the old types. Out: how many bodies round-tripped, and for
//! each that did not, where it failed and which announcement explains it. A failure without an announcement
//! breaks a promise.

mod pairs;
mod trace;

pub use pairs::{Pair, Pairs, pairs};

use crate::document::{Document, ExampleOf};
use crate::judge::Judge;
use crate::sweep::{Echo, Judges, round_trip, side_of};
use crate::synth::synthesise;
use serde_json::Value;
use std::collections::HashMap;
use trace::Trace;

/// Something that was announced to break.
#[derive(Clone, Debug)]
pub struct Notice {
    /// Where it stands in the new document, as a JSON pointer.
    pub at: String,
    /// The member that it is about, as the old document calls it.
    pub member: Option<String>,
    /// Whether that member is gone; then the place is that of the object.
    pub is_gone: bool,
    /// Whether everything inside is of another type.
    pub is_whole: bool,
}

/// What became of a body that did not come back equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fate {
    /// It could not be decoded.
    Refused,
    /// It came back with something changed.
    Lost,
}

/// A body that did not come back equal.
#[derive(Clone, Debug)]
pub struct Failure {
    /// Which of the pairs.
    pub pair: usize,
    /// How the body was made.
    pub label: String,
    /// What became of it.
    pub fate: Fate,
    /// Where in the body, without the numbers of items: `$.data[].kind`.
    pub path: String,
    /// Why, as the types say it.
    pub reason: String,
    /// The announcement that says so, by its position.
    pub announced: Option<usize>,
    /// Whether it fits the old schema as well: then it was refused before, and no change is to blame.
    pub before: bool,
    /// The body.
    pub body: Value,
}

/// What became of all bodies.
#[derive(Clone, Debug, Default)]
pub struct Evolution {
    /// Documented examples that were tried.
    pub examples: usize,
    /// Synthesised bodies that were tried.
    pub synthesised: usize,
    /// Examples that do not fit their own schema, so that they were not tried.
    pub mismatches: usize,
    /// Schemas of which no body could be made.
    pub unmade: Vec<String>,
    /// Bodies that did not come back equal.
    pub failures: Vec<Failure>,
}

impl Evolution {
    /// Bodies that were tried.
    pub fn tried(&self) -> usize {
        self.examples + self.synthesised
    }

    /// Bodies with this fate.
    pub fn count(&self, fate: Fate) -> usize {
        self.failures.iter().filter(|failure| failure.fate == fate).count()
    }

    /// Failures that nobody announced, and that a change is to blame for.
    pub fn broken(&self) -> impl Iterator<Item = &Failure> {
        self.failures.iter().filter(|failure| failure.announced.is_none() && !failure.before)
    }
}

/// Sends bodies of the new document through the old types; `echo` is asked for the type at a place of the old document.
pub fn run(
    (old, new): (&Document, &Document),
    pairs: &[Pair],
    notices: &[Notice],
    echo: &mut Echo<'_>,
) -> Result<Evolution, String> {
    let (judges, before) = (Judges::new(new)?, Judges::new(old)?);
    let mut examples: HashMap<String, Vec<(String, Value)>> = HashMap::new();
    for example in new.examples().into_iter().filter(|example| example.of != ExampleOf::Param) {
        if let Some(place) = new.place(&example.schema) {
            examples.entry(place).or_default().push((example.pointer, example.value));
        }
    }
    let mut out = Evolution::default();
    for (at, pair) in pairs.iter().enumerate() {
        let side = side_of(&pair.new);
        let judge = judges.of(side);
        let was = old.place(&pair.old).unwrap_or_default();
        let earlier = (before.of(side_of(&pair.old)), was.as_str());
        let mut trial = Trial { new, judge, earlier, at, pair, notices, echo, out: &mut out };
        let place = new.place(&pair.new).unwrap_or_default();
        let real = new.resolve(&pair.new).map(|(real, _)| real).unwrap_or_default();
        for (label, value) in examples.get(&place).into_iter().flatten() {
            if judge.check(&real, value).is_ok() {
                trial.out.examples += 1;
                trial.one(label, value);
            } else {
                trial.out.mismatches += 1;
            }
        }
        let made = synthesise(new, judge, &pair.new, side);
        if made.accepted.is_empty() {
            trial.out.unmade.push(pair.new.clone());
        }
        for body in &made.accepted {
            trial.out.synthesised += 1;
            trial.one(&body.label, &body.value);
        }
        judge.forget();
        before.of(side_of(&pair.old)).forget();
    }
    Ok(out)
}

/// The bodies of one pair on their way.
struct Trial<'a, 'e> {
    new: &'a Document,
    judge: &'a Judge,
    /// The judge of the old document, and where its schema really stands.
    earlier: (&'a Judge, &'a str),
    at: usize,
    pair: &'a Pair,
    notices: &'a [Notice],
    echo: &'a mut Echo<'e>,
    out: &'a mut Evolution,
}

impl Trial<'_, '_> {
    fn one(&mut self, label: &str, body: &Value) {
        let mut decoded = false;
        let back = round_trip(
            |sent| {
                let back = (self.echo)(&self.pair.old, sent);
                decoded = back.is_ok();
                back
            },
            body,
        );
        let Err(reason) = back else { return };
        let trace = Trace::new(self.new, self.judge, &self.pair.new, body, &reason);
        self.out.failures.push(Failure {
            pair: self.at,
            label: label.to_owned(),
            fate: if decoded { Fate::Lost } else { Fate::Refused },
            path: trace.path(),
            announced: trace.announced(self.notices),
            before: self.earlier.0.check(self.earlier.1, body).is_ok(),
            reason,
            body: body.clone(),
        });
    }
}
