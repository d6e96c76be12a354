//! Says where recorded traffic differs from the document, and writes the fixups that make the SDK read it.
//!
//! In: the document with its edits so far, and exchanges. Out: findings, each with a location in the document and evidence in the
//! recording, and fixups. It compares values with the normal form as the generated code would read them, merges what many
//! bodies show, and repairs the document in rounds: what is still found after the fixups of a round is repaired in the next.
//!
//! Secrets: values are never shown, except candidates for enums and tags, and these only if they look like words of an API.

mod call;
mod collect;
mod compare;
mod exchange;
mod folder;
mod har;
mod infer;
mod learned;
mod message;
mod repair;
mod report;
mod route;
mod schema;
mod secret;
#[cfg(test)]
mod tests;
mod toml;
mod unknown;

use std::collections::{HashMap, HashSet};

pub use call::Matched;
pub use collect::Evidence;
pub use compare::Kind;
pub use exchange::{Body, Content, Exchange, Response, Target};
pub use folder::{Row, rows};
pub use har::har;
pub use learned::{Finding, Learned, LearnedFixup};
pub use report::{json, text};

use crate::bundle::Places;
use crate::config::{Config, Fixup};
use crate::diag::{Code, Diagnostic, Severity, Sink};
use crate::fixup::{self, Edited};
use crate::normalize::{self, Normal};
use crate::overlay::Overlaid;
use crate::pointer::Pointer;
use crate::provenance::{self, Provenance};
use crate::tree::{Mark, Moves};
use collect::{Collected, Found};
use compare::{Comparer, Instead, Slot};
use schema::Schemas;

/// Rounds of repairs. Each repairs all that it finds, except what lies inside of another repair.
const MOST_ROUNDS: usize = 8;

/// The document in a round: edited, and in normal form.
struct Round {
    edited: Edited,
    /// Where nodes of the edited document come from.
    moves: Moves,
    normal: Normal,
}

impl Round {
    fn new(overlaid: &Overlaid, config: &Config, sink: &mut Sink) -> Self {
        let (edited, moves) = fixup::fixup(overlaid.clone(), config, &mut Vec::new(), sink).rebased();
        let normal = normalize::normalize(edited.clone(), &mut Sink::new());
        Self { edited, moves, normal }
    }
}

/// Compares exchanges with a document; findings are located where their nodes are written, like diagnostics.
pub(crate) fn located(
    overlaid: &Overlaid,
    config: &Config,
    exchanges: &[Exchange],
    (edits, files): &(Vec<Provenance>, Places),
) -> Learned {
    let mut learned = learn(overlaid, config, exchanges);
    let mut found = Sink::new();
    learned.findings.iter().for_each(|finding| found.report(finding.diagnostic.clone()));
    provenance::attribute(edits, &mut found);
    found.map_to_files(0, |at| files.written(at));
    for (finding, diagnostic) in learned.findings.iter_mut().zip(found.found()) {
        let severity = finding.diagnostic.severity;
        finding.diagnostic = Diagnostic { severity, ..diagnostic.clone() };
    }
    learned
}

/// Compares exchanges with a document, and repairs it.
fn learn(overlaid: &Overlaid, config: &Config, exchanges: &[Exchange]) -> Learned {
    let mut learned = Learned::default();
    let mut config = config.clone();
    let first = Round::new(overlaid, &config, &mut Sink::new());
    let mut round = first;
    let mut base: Option<Moves> = None;
    for number in 0..MOST_ROUNDS {
        let (found, collected, matched) = compare(&round, &config, exchanges);
        if number == 0 {
            (learned.matched, learned.bodies) = (matched, collected.bodies);
        }
        let fixes = repair::repair(
            &round.edited.root,
            |at| round.normal.moves.origin(at),
            &found,
            |at| collected.count(at),
        );
        let places: Vec<usize> = found
            .iter()
            .map(|one| finding(&mut learned.findings, one, &round, base.as_ref(), collected.count(&one.at)))
            .collect();
        let before = config.fixups.len();
        for fix in fixes {
            let causes: Vec<usize> = fix.causes.iter().map(|at| places[*at]).collect();
            let causing: Vec<&Finding> = causes.iter().map(|at| &learned.findings[*at]).collect();
            let fixup =
                Fixup { at: fix.at.as_str().to_owned(), action: fix.action, reason: toml::reason(&causing) };
            let text = toml::text(&fixup, &causing);
            for at in causes {
                learned.findings[at].fixups.push(learned.fixups.len());
            }
            config.fixups.push(fixup.clone());
            learned.fixups.push(LearnedFixup { fixup, text });
        }
        if config.fixups.len() == before {
            break;
        }
        let moves = round.moves.clone();
        base.get_or_insert(moves);
        round = Round::new(overlaid, &config, &mut Sink::new());
    }
    learned.findings.sort_by_key(|one| !one.breaks);
    learned
}

/// Compares all exchanges with the document of a round.
fn compare<'e>(
    round: &Round,
    config: &Config,
    exchanges: &'e [Exchange],
) -> (Vec<Found>, Collected<'e>, Matched) {
    let is_pattern = |mark: &Mark| *mark == Mark::ByPattern;
    let patterns: HashSet<Pointer> = round
        .normal
        .marks
        .all()
        .into_iter()
        .filter(|(_, mark)| is_pattern(mark))
        .map(|(at, _)| Pointer::from(at.as_str()))
        .collect();
    let schemas = Schemas::new(&round.normal.root, config, patterns);
    let (first, matched) = call::compare(&schemas, exchanges, &HashMap::new());
    let instead = instead(&schemas, &first);
    if instead.is_empty() {
        return (first.found(), first, matched);
    }
    let (second, _) = call::compare(&schemas, exchanges, &instead);
    let mut found = second.found();
    for one in found.iter_mut().filter(|one| one.kind == Kind::Schema) {
        if let Some(Instead::Component(target)) = instead.get(&one.at) {
            one.name = target.keys().last();
        }
    }
    (found, second, matched)
}

/// The references whose values never fit: those that name another component by mistake, and those whose values have little in
/// common with what they name.
fn instead(schemas: &Schemas<'_>, first: &Collected<'_>) -> HashMap<Pointer, Instead> {
    let none = HashMap::new();
    let comparer = Comparer::new(schemas, &none);
    let mut all = HashMap::new();
    for (site, of) in first.uses.iter().filter(|(_, of)| of.refused == of.count) {
        let own = schemas.view(site);
        let properties = |at: &Pointer| {
            schemas
                .view(at)
                .parts
                .iter()
                .filter_map(|part| Some(part.map.get("properties")?.as_object()?.len()))
                .sum::<usize>()
        };
        let fits = |at: &Pointer| {
            of.samples.iter().all(|value| comparer.compare(at, value, Slot::body(false)).found.is_empty())
        };
        let others: Vec<Pointer> = schemas
            .components()
            .map(|(at, _)| at)
            .filter(|at| !own.holds(at) && properties(at) > 1 && fits(at))
            .collect();
        if let [only] = others.as_slice() {
            all.insert(site.clone(), Instead::Component(only.clone()));
            continue;
        }
        let known = |value: &&serde_json::Value| {
            let members = value.as_object().into_iter().flatten();
            let (known, unknown): (Vec<_>, Vec<_>) =
                members.partition(|(name, _)| !own.property(name).is_empty());
            known.len() >= unknown.len()
        };
        let is_open = own.keyword("additionalProperties").is_some_and(|further| *further != false);
        if !is_open && own.groups().is_empty() && others.is_empty() && !of.samples.iter().any(known) {
            all.insert(site.clone(), Instead::Inferred);
        }
    }
    all
}

/// Adds a finding, or finds the one that it belongs to: what a repair of an earlier round left over.
fn finding(
    findings: &mut Vec<Finding>,
    one: &Found,
    round: &Round,
    base: Option<&Moves>,
    of: usize,
) -> usize {
    let node = repair::node(one);
    let edited = nearest(&round.edited.root, &round.normal.moves.origin(&node));
    let is_near = |other: &Finding| {
        let (a, b) = (other.at.as_str(), edited.as_str());
        a.starts_with(b) || b.starts_with(a)
    };
    let is_same = |other: &Finding| other.kind == one.kind && other.name == one.name && is_near(other);
    if base.is_some()
        && let Some(known) = findings.iter().position(is_same)
    {
        return known;
    }
    let origin = base.unwrap_or(&round.moves).origin(&edited);
    let (message, help) = message::message(one, of);
    let mut diagnostic = Diagnostic::new(Code::Drift, &origin, message).help(help);
    if one.breaks {
        diagnostic.severity = Severity::Error;
    }
    diagnostic.notes = one.evidence.iter().map(message::evidence).collect();
    findings.push(Finding {
        kind: one.kind,
        diagnostic,
        at: edited,
        name: one.name.clone(),
        breaks: one.breaks,
        count: one.count,
        of: of.max(one.count),
        evidence: one.evidence.clone(),
        fixups: Vec::new(),
    });
    findings.len() - 1
}

/// The node at a pointer, or the nearest one above it.
fn nearest(root: &serde_json::Value, at: &Pointer) -> Pointer {
    let found = at.upwards().find(|at| root.pointer(at.as_str()).is_some());
    found.unwrap_or_else(Pointer::root)
}
