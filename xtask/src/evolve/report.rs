//! What came of the meeting, for people and for programs.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use generator::diag::visible;
use generator::diff::Change;
use reading::evolve::{Evolution, Failure, Fate};
use serde_json::{Value, json};

use super::Met;

/// Failures of one place and one reason.
struct Group<'a> {
    first: &'a Failure,
    count: usize,
}

/// The counts, then each kind of failure, those that break a promise first.
pub(super) fn text(met: &Met<'_>) -> String {
    let mut out = String::new();
    let groups = groups(met);
    let of =
        |class: &str| groups.iter().filter(|group| self::class(group.first) == class).collect::<Vec<_>>();
    for (heading, these) in [
        ("Promised, and yet not read", of("promised")),
        ("Announced", of("announced")),
        (
            "Not read before either: they fit the old schema as well, and no change is to blame",
            of("as before"),
        ),
    ] {
        if these.is_empty() {
            continue;
        }
        let bodies: usize = these.iter().map(|group| group.count).sum();
        let _ = writeln!(out, "{heading} ({} kinds, {bodies} bodies)\n", these.len());
        for group in these {
            describe(&mut out, met, group);
        }
        out.push('\n');
    }
    let evolution = &met.evolution;
    for (reason, count) in &met.pairs.alone {
        let _ = writeln!(out, "not tried: {count} × {reason}");
    }
    let (refused, lost) = (evolution.count(Fate::Refused), evolution.count(Fate::Lost));
    let _ = writeln!(
        out,
        "{} bodies of {} schemas ({} examples, {} synthesised; {} examples that do not fit their schema were left out, for {} \
         schemas there is no body)",
        evolution.tried(),
        met.pairs.list.len(),
        evolution.examples,
        evolution.synthesised,
        evolution.misfits,
        evolution.unmade.len()
    );
    let equal = evolution.tried() - refused - lost;
    let broken = evolution.broken().count();
    let _ = writeln!(
        out,
        "{equal} came back equal, {lost} with loss, {refused} were refused; {} announced, {broken} promised{}",
        count(evolution, "announced"),
        match count(evolution, "as before") {
            0 => String::new(),
            before => format!(", {before} as before"),
        }
    );
    out
}

fn describe(out: &mut String, met: &Met<'_>, group: &Group<'_>) {
    let failure = group.first;
    let pair = &met.pairs.list[failure.pair];
    let fate = word(failure.fate);
    let _ = writeln!(out, "  {} {} [{fate}, {}]", visible(&pair.new), visible(&failure.path), group.count);
    let _ = writeln!(out, "    = {}", short(&failure.reason));
    match change(met, failure) {
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

/// One object: the counts, and every kind of failure.
pub(super) fn json(met: &Met<'_>) -> String {
    let evolution = &met.evolution;
    let (refused, lost) = (evolution.count(Fate::Refused), evolution.count(Fate::Lost));
    let group = |group: &Group<'_>| {
        let failure = group.first;
        let pair = &met.pairs.list[failure.pair];
        let announced = change(met, failure).map_or(Value::Null, |change| {
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
        "schemas": met.pairs.list.len(),
        "bodies": evolution.tried(),
        "examples": evolution.examples,
        "synthesised": evolution.synthesised,
        "misfits": evolution.misfits,
        "unmade": evolution.unmade,
        "not_tried": met.pairs.alone,
        "equal": evolution.tried() - refused - lost,
        "lost": lost,
        "refused": refused,
        "announced": count(evolution, "announced"),
        "promised": broken,
        "as_before": count(evolution, "as before"),
        "failures": groups(met).iter().map(group).collect::<Vec<_>>(),
    });
    format!("{all:#}\n")
}

fn change<'a>(met: &Met<'a>, failure: &Failure) -> Option<&'a Change> {
    failure.announced.map(|at| &met.changes.list[met.announced[at]])
}

/// Who knew of a failure.
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

/// Failures of one place and one announcement, or one reason, are one.
fn groups<'a>(met: &'a Met<'_>) -> Vec<Group<'a>> {
    let mut found: BTreeMap<_, Group<'a>> = BTreeMap::new();
    for failure in &met.evolution.failures {
        let why = if failure.announced.is_some() { "" } else { bare(&failure.reason) };
        let key = (failure.announced, failure.before, failure.pair, &failure.path, failure.fate, why);
        found.entry(key).or_insert(Group { first: failure, count: 0 }).count += 1;
    }
    found.into_values().collect()
}

/// A reason without the place in the text, which differs from body to body.
fn bare(reason: &str) -> &str {
    reason.split(" at byte ").next().unwrap_or(reason)
}

fn short(text: &str) -> String {
    match text.char_indices().nth(300) {
        Some((end, _)) => format!("{}…", visible(&text[..end])),
        None => visible(text),
    }
}
