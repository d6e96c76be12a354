//! Bodies made from a schema as the document has it.
//!
//! In: a document, its judge, and the pointer of a schema. Out: instances of the schema, each judged: the smallest, the
//! fullest (every member; branches of unions and values of enums taken in turn), one with every nullable member null, and
//! some more of a deterministic variety. What the judge refuses is counted, never dropped in silence.

mod maker;
mod object;
mod scalar;
mod shape;

use crate::document::Document;
use crate::judge::{Judge, Side};
use maker::Maker;
use serde_json::Value;

/// A synthesised body.
#[derive(Clone, Debug)]
pub struct Body {
    /// How it was made: `smallest`, `fullest 3`, `nulls`, `varied 1`.
    pub label: String,
    /// The body.
    pub value: Value,
}

/// What came of one schema.
#[derive(Clone, Debug, Default)]
pub struct Made {
    /// Bodies that fit the schema.
    pub accepted: Vec<Body>,
    /// Bodies that the judge refused, with its reason.
    pub rejected: Vec<(Body, String)>,
    /// Kinds of body that could not be made at all (a member that is required of itself for ever, `false` schemas).
    pub impossible: Vec<&'static str>,
}

/// A way to make a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    /// Required members only.
    Smallest,
    /// Every member.
    Fullest,
    /// Every member, null wherever that is allowed.
    Nulls,
    /// Some members, odd values.
    Varied,
}

/// Bodies of one schema are not made in larger number than this, whatever the number of its branches.
const MAX_TURNS: usize = 400;

/// Bodies for the schema at this pointer.
pub fn synthesise(document: &Document, judge: &Judge, pointer: &str, side: Side) -> Made {
    let mut made = Made::default();
    let Some((place, _)) = document.resolve(pointer) else {
        made.impossible.push("unresolved");
        return made;
    };
    let mut run = Run { maker: Maker::new(document, side, &place), judge, place, made };
    run.one(Mode::Smallest, "smallest", 60);
    run.turns();
    run.one(Mode::Nulls, "nulls", 400);
    for turn in 0..3 {
        run.one(Mode::Varied, &format!("varied {turn}"), 150);
    }
    // A schema that few values fit gets more attempts.
    for turn in 3..20 {
        if run.made.accepted.len() >= 3 {
            break;
        }
        run.one(Mode::Varied, &format!("varied {turn}"), 60);
    }
    run.fill();
    run.made
}

/// A small value for the schema at this pointer; `None` where none is found at once.
pub fn simple(document: &Document, judge: &Judge, pointer: &str, side: Side) -> Option<Value> {
    let (place, _) = document.resolve(pointer)?;
    let mut maker = Maker::new(document, side, &place);
    let modes = [Mode::Smallest].into_iter().chain([Mode::Varied; 5]);
    modes.filter_map(|mode| maker.body(mode, 20)).find(|value| judge.check(&place, value).is_ok())
}

/// Every schema of the document that bodies are made for: components, then bodies and responses at their place of use.
pub fn targets(document: &Document) -> Vec<(String, Side)> {
    let mut all: Vec<_> = document.component_schemas().into_iter().map(|p| (p, Side::Both)).collect();
    for operation in document.operations() {
        let sent = operation.body.iter().flat_map(|b| &b.media).map(|m| (m, Side::Request));
        let received = operation.responses.iter().flat_map(|r| &r.media).map(|m| (m, Side::Response));
        for (media, side) in sent.chain(received) {
            all.extend(media.schema.clone().map(|pointer| (pointer, side)));
        }
    }
    all
}

struct Run<'a> {
    maker: Maker<'a>,
    judge: &'a Judge,
    place: String,
    made: Made,
}

impl Run<'_> {
    /// Fullest bodies until every branch and value of the schema's own had its turn.
    fn turns(&mut self) {
        let mut idle = 0;
        for turn in 0..MAX_TURNS {
            let before = self.maker.covered();
            self.one(Mode::Fullest, &format!("fullest {turn}"), if turn < 2 { 1_500 } else { 200 });
            idle = if self.maker.covered() > before { 0 } else { idle + 1 };
            if self.maker.all_covered() || idle > 3 {
                break;
            }
        }
    }

    fn one(&mut self, mode: Mode, label: &str, fuel: usize) {
        let Some(value) = self.maker.body(mode, fuel) else {
            self.made.impossible.push(match mode {
                Mode::Smallest => "smallest",
                Mode::Fullest => "fullest",
                Mode::Nulls => "nulls",
                Mode::Varied => "varied",
            });
            return;
        };
        // The three kinds that must be there may be equal; beyond them, an equal body adds nothing.
        let named = matches!(label, "smallest" | "fullest 0" | "nulls");
        if !named && self.made.accepted.iter().any(|body| body.value == value) {
            return;
        }
        let body = Body { label: label.to_owned(), value };
        match self.judge.check(&self.place, &body.value) {
            Ok(()) => self.made.accepted.push(body),
            Err(reason) => self.made.rejected.push((body, reason)),
        }
    }

    /// A schema with fewer than three values repeats one, so that each schema is tried three times.
    fn fill(&mut self) {
        while (1..3).contains(&self.made.accepted.len()) {
            let mut again = self.made.accepted[0].clone();
            again.label.push_str(" again");
            self.made.accepted.push(again);
        }
    }
}
