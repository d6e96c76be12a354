//! Sends every body that can be had through the types of an SDK and back.
//!
//! In: a document, and for each of its schemas a function that decodes and encodes. Out: how many bodies of each kind there were,
//! and which did not come back equal.

use crate::document::{Document, ExampleOf, essence, is_json, unescape};
use crate::judge::{Judge, Side};
use crate::mutate::{Change, mutate};
use crate::same::difference;
use crate::synth::synthesise;
use serde_json::Value;

/// Decodes and encodes a body.
pub type Echo = fn(&[u8]) -> Result<Vec<u8>, String>;

/// What came of a sweep.
#[derive(Debug, Default)]
pub struct Tally {
    /// Schemas that were tried.
    pub schemas: usize,
    /// Documented examples.
    pub examples: usize,
    /// Synthesised bodies.
    pub synthesised: usize,
    /// Synthesised bodies that the judge refused, so that they were not tried.
    pub refused: usize,
    /// Bodies with unknown members.
    pub members: usize,
    /// Bodies with unknown enum values.
    pub enums: usize,
    /// Bodies with an unknown tag.
    pub tags: usize,
    /// What went wrong.
    pub failures: Vec<String>,
}

impl Tally {
    /// One line for people.
    pub fn line(&self, name: &str) -> String {
        format!(
            "{name}: {} schemas; {} examples, {} synthesised ({} more refused by the judge), {} with unknown members, {} with unknown \
             values, {} with an unknown tag; {} failures",
            self.schemas,
            self.examples,
            self.synthesised,
            self.refused,
            self.members,
            self.enums,
            self.tags,
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
        p if p.contains("/requestBody/") => Side::Request,
        p if p.contains("/responses/") => Side::Response,
        _ => Side::Both,
    }
}

/// Whether bodies of the schema at a pointer travel as JSON, alone or in a stream.
pub fn travels_as_json(pointer: &str) -> bool {
    let Some((_, rest)) = pointer.split_once("/content/") else { return true };
    let media = unescape(rest.split('/').next().unwrap_or_default());
    let kind = essence(&media);
    is_json(&media)
        || kind == "text/event-stream"
        || ["jsonl", "ndjson", "stream+json", "json-seq", "json-stream"]
            .iter()
            .any(|name| kind.ends_with(name))
}

/// Tries everything that can be had for these schemas.
pub fn sweep(document: &Document, rows: &[(&str, Echo)]) -> Result<Tally, String> {
    let judges = Judges::new(document)?;
    let mut tally = Tally::default();
    let examples = document.examples();
    for (pointer, echo) in rows.iter().filter(|(pointer, _)| travels_as_json(pointer)) {
        tally.schemas += 1;
        let side = side_of(pointer);
        let judge = judges.of(side);
        let place = document.place(pointer);
        let here = examples
            .iter()
            .filter(|example| example.of != ExampleOf::Param && document.place(&example.schema) == place);
        for example in here {
            tally.examples += 1;
            tally.with_mutants(document, judge, (pointer, *echo), &example.pointer, &example.value);
        }
        let made = synthesise(document, judge, pointer, side);
        tally.refused += made.rejected.len();
        for body in &made.accepted {
            tally.synthesised += 1;
            tally.with_mutants(document, judge, (pointer, *echo), &body.label, &body.value);
        }
    }
    Ok(tally)
}

impl Tally {
    fn with_mutants(
        &mut self,
        document: &Document,
        judge: &Judge,
        (pointer, echo): (&str, Echo),
        label: &str,
        body: &Value,
    ) {
        self.try_one(echo, body, || format!("`{pointer}`, {label}"));
        for mutant in mutate(document, judge, pointer, body) {
            match mutant.change {
                Change::Members => self.members += 1,
                Change::Enums => self.enums += 1,
                Change::Tag => self.tags += 1,
            }
            self.try_one(echo, &mutant.value, || {
                format!("`{pointer}`, {label}, changed: {:?}", mutant.change)
            });
        }
    }

    fn try_one(&mut self, echo: Echo, body: &Value, label: impl Fn() -> String) {
        if let Err(reason) = round_trip(echo, body) {
            self.failures.push(format!("{}: {reason}", label()));
        }
    }
}

/// Decodes and encodes one body, and compares.
pub fn round_trip(echo: Echo, body: &Value) -> Result<(), String> {
    let sent = serde_json::to_vec(body).map_err(|e| e.to_string())?;
    let back = echo(&sent)?;
    let back: Value =
        serde_json::from_slice(&back).map_err(|e| format!("what was encoded is no JSON: {e}"))?;
    difference(body, &back).map_or(Ok(()), Err)
}
