//! Scores reports: which inserted problems they name, and whether they point to the right location.

use std::collections::HashSet;

use serde_json::Value;

use super::{Broken, Place, Written};

/// A report, as it says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Said {
    /// Its code.
    pub code: String,
    /// Its first line.
    pub message: String,
    /// The node that it is about.
    pub pointer: String,
    /// Where it points; `None` where it has no place.
    pub place: Option<Place>,
    /// Where its other labels point.
    pub others: Vec<Place>,
}

/// How good the reports of one document are.
#[derive(Clone, Debug, Default)]
pub struct Score {
    /// For each inserted problem, whether it is named at its location.
    pub named: Vec<bool>,
    /// Reports that point where the node they are about was written.
    pub right: usize,
    /// Reports that point elsewhere.
    pub wrong: Vec<Said>,
    /// Reports that no inserted problem explains, and that are not about the whole document.
    pub others: Vec<Said>,
}

impl Said {
    /// A report from its JSON form.
    pub fn read(line: &str) -> Option<Self> {
        let one: Value = serde_json::from_str(line).ok()?;
        let number = |value: &Value| usize::try_from(value.as_u64()?).ok();
        let place = |label: &Value| Some((number(&label["line"])?, number(&label["column"])?));
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        Some(Self {
            code: text(&one["code"]),
            message: text(&one["message"]),
            pointer: text(&one["primary"]["pointer"]),
            place: place(&one["primary"]),
            others: one["secondary"].as_array().into_iter().flatten().filter_map(place).collect(),
        })
    }
}

/// Compares reports with the inserted problems; `before` are the reports on the original document.
pub fn score(inserted: &[Broken], written: &Written, said: &[Said], before: &[Said]) -> Score {
    let mut score = Score::default();
    let mut meant: HashSet<usize> = HashSet::new();
    for broken in inserted {
        let places: Vec<Place> =
            broken.places.iter().filter_map(|at| written.places.get(at)).flatten().copied().collect();
        let mut named = false;
        for (index, one) in said.iter().enumerate() {
            let hit = one.place.iter().chain(&one.others).any(|place| places.contains(place));
            let inside = super::within(&one.pointer, &broken.at);
            if hit || inside {
                meant.insert(index);
            }
            named |= hit && broken.kind.codes.contains(&one.code.as_str());
        }
        score.named.push(named);
    }
    let known: HashSet<(&str, &str, &str)> = before.iter().map(key).collect();
    for (index, one) in said.iter().enumerate() {
        match (one.place, written.places.get(&one.pointer)) {
            (Some(place), Some(places)) if places.contains(&place) => score.right += 1,
            (Some(place), _) if again(written, &one.pointer, place) => score.right += 1,
            _ => score.wrong.push(one.clone()),
        }
        if !meant.contains(&index) && !known.contains(&key(one)) {
            score.others.push(one.clone());
        }
    }
    score
}

fn key(said: &Said) -> (&str, &str, &str) {
    (&said.code, &said.message, &said.pointer)
}

/// Whether it is the place of a key that stands twice.
fn again(written: &Written, pointer: &str, place: Place) -> bool {
    let Some((outer, key)) = pointer.rsplit_once('/') else { return false };
    let twice = format!("{outer}/{}{key}", super::write::AGAIN);
    written.places.get(&twice).is_some_and(|places| places.contains(&place))
}
