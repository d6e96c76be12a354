//! The report of a forward-compatibility test, as text and as JSON.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use reading::forward_compat::{Evolution, Failure, Fate, Pairs};
use sdkgen::diag::visible;
use sdkgen::diff::{Change, Changes};
use serde_json::{Value, json};

/// The result to report.
pub(super) struct Outcome<'a> {
    pub(super) changes: &'a Changes,
    /// The announced changes, in the order of the notices.
    pub(super) announced: Vec<usize>,
    pub(super) pairs: Pairs,
    pub(super) evolution: Evolution,
}

/// Failures with the same location and reason.
struct Group<'a> {
    first: &'a Failure,
    count: usize,
}

/// Renders each kind of failure, broken promises first, and the counts.
pub(super) fn text(outcome: &Outcome<'_>) -> String {
    let mut out = String::new();
    let groups = groups(outcome);
    let of =
        |class: &str| groups.iter().filter(|group| self::class(group.first) == class).collect::<Vec<_>>();
    for (heading, these) in [
        ("Broken promises", of("promised")),
        ("Announced", of("announced")),
        ("Failing before: valid for the old schema, too, and not caused by a change", of("as before")),
    ] {
        if these.is_empty() {
            continue;
        }
        let bodies: usize = these.iter().map(|group| group.count).sum();
        let _ = writeln!(out, "{heading} ({} kinds, {bodies} bodies)\n", these.len());
        for group in these {
            describe(&mut out, outcome, group);
        }
        out.push('\n');
    }
    let evolution = &outcome.evolution;
    for (reason, count) in &outcome.pairs.alone {
        let _ = writeln!(out, "not tested: {count} × {reason}");
    }
    let (refused, lost) = (evolution.count(Fate::Refused), evolution.count(Fate::Lost));
    let _ = writeln!(
        out,
        "{} bodies of {} schemas ({} examples, {} synthesised; {} examples that do not match their schema were skipped; {} \
         schemas have no body)",
        evolution.tried(),
        outcome.pairs.list.len(),
        evolution.examples,
        evolution.synthesised,
        evolution.mismatches,
        evolution.unmade.len()
    );
    let equal = evolution.tried() - refused - lost;
    let broken = evolution.broken().count();
    let _ = writeln!(
        out,
        "{equal} round-tripped, {lost} with loss, {refused} refused; {} announced, {broken} broken promises{}",
        count(evolution, "announced"),
        match count(evolution, "as before") {
            0 => String::new(),
            before => format!(", {before} as before"),
        }
    );
    out
}

fn describe(out: &mut String, outcome: &Outcome<'_>, group: &Group<'_>) {
    let failure = group.first;
    let pair = &outcome.pairs.list[failure.pair];
    let fate = word(failure.fate);
    let _ = writeln!(out, "  {} {} [{fate}, {}]", visible(&pair.new), visible(&failure.path), group.count);
    let _ = writeln!(out, "    = {}", short(&failure.reason));
    match change(outcome, failure) {
        Some(change) => {
            let _ = writeln!(
                out,
                "    {} {} [{}]",
                visible(&change.item),
                visible(&change.what),
                change.kind.as_str()
            );
        }
        None => {
            let _ = writeln!(out, "    {}: {}", visible(&failure.label), short(&failure.body.to_string()));
        }
    }
}

/// Renders the counts and every kind of failure as one JSON object.
pub(super) fn json(outcome: &Outcome<'_>) -> String {
    let evolution = &outcome.evolution;
    let (refused, lost) = (evolution.count(Fate::Refused), evolution.count(Fate::Lost));
    let group = |group: &Group<'_>| {
        let failure = group.first;
        let pair = &outcome.pairs.list[failure.pair];
        let announced = change(outcome, failure).map_or(Value::Null, |change| {
            json!({"kind": change.kind.as_str(), "item": change.item, "what": change.what,
                "old": change.old.as_ref().map(ToString::to_string), "new": change.new.as_ref().map(ToString::to_string)})
        });
        json!({
            "class": class(failure),
            "fate": word(failure.fate),
            "old": pair.old,
            "new": pair.new,
            "path": failure.path,
            "why": failure.reason,
            "bodies": group.count,
            "announced_by": announced,
            "made": failure.label,
            "body": failure.body,
        })
    };
    let broken = evolution.broken().count();
    let all = json!({
        "schemas": outcome.pairs.list.len(),
        "bodies": evolution.tried(),
        "examples": evolution.examples,
        "synthesised": evolution.synthesised,
        "mismatches": evolution.mismatches,
        "unmade": evolution.unmade,
        "not_tried": outcome.pairs.alone,
        "equal": evolution.tried() - refused - lost,
        "lost": lost,
        "refused": refused,
        "announced": count(evolution, "announced"),
        "promised": broken,
        "as_before": count(evolution, "as before"),
        "failures": groups(outcome).iter().map(group).collect::<Vec<_>>(),
    });
    format!("{all:#}\n")
}

fn change<'a>(outcome: &Outcome<'a>, failure: &Failure) -> Option<&'a Change> {
    failure.announced.map(|at| &outcome.changes.list[outcome.announced[at]])
}

/// Classifies a failure: announced, failing before, or a broken promise.
fn class(failure: &Failure) -> &'static str {
    match (failure.announced, failure.before) {
        (Some(_), _) => "announced",
        (None, true) => "as before",
        (None, false) => "promised",
    }
}

fn count(evolution: &Evolution, class: &str) -> usize {
    evolution.failures.iter().filter(|failure| self::class(failure) == class).count()
}

fn word(fate: Fate) -> &'static str {
    match fate {
        Fate::Refused => "refused",
        Fate::Lost => "with loss",
    }
}

/// Groups failures by location and announcement, or by location and reason.
fn groups<'a>(outcome: &'a Outcome<'_>) -> Vec<Group<'a>> {
    let mut found: BTreeMap<_, Group<'a>> = BTreeMap::new();
    for failure in &outcome.evolution.failures {
        let why = if failure.announced.is_some() { "" } else { bare(&failure.reason) };
        let key = (failure.announced, failure.before, failure.pair, &failure.path, failure.fate, why);
        found.entry(key).or_insert(Group { first: failure, count: 0 }).count += 1;
    }
    found.into_values().collect()
}

/// Removes the position from a reason, which differs from body to body.
fn bare(reason: &str) -> &str {
    reason.split(" at byte ").next().unwrap_or(reason)
}

fn short(text: &str) -> String {
    match text.char_indices().nth(300) {
        Some((end, _)) => format!("{}…", visible(&text[..end])),
        None => visible(text),
    }
}
