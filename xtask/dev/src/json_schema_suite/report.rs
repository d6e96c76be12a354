//! The report of the suite: a table by file, every untyped group, every instance that did not round-trip.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::verdict::{Tried, Verdict};
use super::wrap::{self, Made};

/// Counts of a file, or of all.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    groups: usize,
    /// Groups whose type is `serde_json::Value`.
    untyped: usize,
    refused: usize,
    /// Valid instances that round-tripped, and all valid instances.
    passed: usize,
    valid: usize,
    implied: usize,
    untried: usize,
    /// Invalid instances that an open type round-tripped, and all invalid instances.
    open: usize,
    invalid: usize,
    failed: usize,
}

impl Counts {
    fn add(&mut self, tried: &Tried<'_>) {
        self.groups += 1;
        self.untyped += usize::from(is_untyped(tried.made));
        self.refused += usize::from(matches!(tried.made, Made::Refused(_)));
        for (case, verdict) in tried.group.cases.iter().zip(&tried.verdicts) {
            let valid = usize::from(case.valid);
            self.valid += valid;
            self.invalid += 1 - valid;
            match verdict {
                Verdict::Equal => {
                    self.passed += valid;
                    self.open += 1 - valid;
                }
                Verdict::Implied(_) => self.implied += 1,
                Verdict::Untried => self.untried += valid,
                Verdict::Failed(_) => self.failed += 1,
                Verdict::Declined => {}
            }
        }
    }

    /// Returns the number of valid instances of the type that their schema states or implies.
    fn total(&self) -> usize {
        self.valid - self.implied - self.untried
    }

    fn line(&self, name: &str) -> String {
        format!(
            "{name:34} {:6} {:7} {:7} {:>10} {:7} {:7} {:6}\n",
            self.groups,
            self.untyped,
            self.refused,
            format!("{}/{}", self.passed, self.total()),
            self.implied,
            self.untried,
            self.failed
        )
    }

    fn json(&self) -> Value {
        json!({
            "groups": self.groups, "untyped": self.untyped, "refused": self.refused,
            "valid": self.valid, "passed": self.passed, "total": self.total(),
            "implied": self.implied, "untried": self.untried, "failed": self.failed,
            "invalid": self.invalid, "invalid_kept": self.open,
        })
    }
}

/// Returns the number of failed instances.
pub(super) fn failures(tried: &[Tried<'_>]) -> usize {
    all(tried).failed
}

fn all(tried: &[Tried<'_>]) -> Counts {
    let mut counts = Counts::default();
    tried.iter().for_each(|tried| counts.add(tried));
    counts
}

fn is_untyped(made: &Made) -> bool {
    matches!(made, Made::Types { untyped, .. } if untyped.iter().any(|(at, _)| at == wrap::PLACE))
}

/// Returns the files, each with its counts.
fn files(tried: &[Tried<'_>]) -> Vec<(String, Counts)> {
    let mut files: Vec<(String, Counts)> = Vec::new();
    for one in tried {
        if files.last().is_none_or(|(name, _)| *name != one.group.file) {
            files.push((one.group.file.clone(), Counts::default()));
        }
        files.iter_mut().last().into_iter().for_each(|(_, counts)| counts.add(one));
    }
    files
}

/// Renders the report as text.
pub(super) fn text(tried: &[Tried<'_>]) -> String {
    let mut text = format!(
        "{:34} {:>6} {:>7} {:>7} {:>10} {:>7} {:>7} {:>6}\n",
        "file", "groups", "untyped", "refused", "passed", "implied", "untried", "failed"
    );
    for (name, counts) in files(tried) {
        text.push_str(&counts.line(&name));
    }
    text.push_str(&all(tried).line("all"));
    for one in tried {
        let name = format!("{}: {}", one.group.file, one.group.description);
        let _ = match one.made {
            Made::Refused(why) => writeln!(text, "refused   {name}: {why}"),
            Made::Types { untyped, .. } => {
                untyped.iter().for_each(|(at, why)| {
                    let _ = writeln!(text, "untyped   {name}: `{at}`: {why}");
                });
                Ok(())
            }
        };
    }
    for (word, pick) in [("implied", implied as fn(&Verdict) -> Option<&str>), ("failed", failed)] {
        for one in tried {
            for (case, verdict) in one.group.cases.iter().zip(&one.verdicts) {
                if let Some(why) = pick(verdict) {
                    let place =
                        format!("{}: {}: {}", one.group.file, one.group.description, case.description);
                    let _ = writeln!(text, "{word:9} {place}: {why}");
                }
            }
        }
    }
    let counts = all(tried);
    let _ = writeln!(
        text,
        "{} of {} valid instances round-tripped; {} have another type than their schema implies, {} belong to refused \
         groups; {} failures; {} of {} invalid instances round-tripped, the others were refused",
        counts.passed,
        counts.total(),
        counts.implied,
        counts.untried,
        counts.failed,
        counts.open,
        counts.invalid
    );
    text
}

fn implied(verdict: &Verdict) -> Option<&str> {
    match verdict {
        Verdict::Implied(why) => Some(why),
        _ => None,
    }
}

fn failed(verdict: &Verdict) -> Option<&str> {
    match verdict {
        Verdict::Failed(why) => Some(why),
        _ => None,
    }
}

/// Renders the report as JSON.
pub(super) fn json(tried: &[Tried<'_>]) -> Value {
    let groups: Vec<Value> = tried.iter().map(group).collect();
    let files: Vec<Value> = files(tried)
        .into_iter()
        .map(|(name, counts)| json!({"file": name, "counts": counts.json()}))
        .collect();
    json!({"all": all(tried).json(), "files": files, "groups": groups})
}

fn group(one: &Tried<'_>) -> Value {
    let instances: Vec<Value> = one
        .group
        .cases
        .iter()
        .zip(&one.verdicts)
        .map(|(case, verdict)| {
            let (word, why) = match verdict {
                Verdict::Equal => ("equal", None),
                Verdict::Implied(why) => ("implied", Some(why)),
                Verdict::Declined => ("declined", None),
                Verdict::Untried => ("untried", None),
                Verdict::Failed(why) => ("failed", Some(why)),
            };
            json!({"description": case.description, "valid": case.valid, "verdict": word, "why": why})
        })
        .collect();
    let (ty, refused, untyped) = match one.made {
        Made::Types { ty, untyped, .. } => (Some(ty), None, untyped.clone()),
        Made::Refused(why) => (None, Some(why), Vec::new()),
    };
    json!({
        "file": one.group.file, "description": one.group.description, "type": ty, "refused": refused,
        "untyped": untyped, "instances": instances,
    })
}
