//! Evaluates the findings of the judges, and whose fault they are.
//!
//! A program prints a line of JSON per call and judge. An objection is our fault, unless the table of known
//! faults or the program itself says otherwise.

use std::collections::BTreeMap;

use serde_json::Value;

use sdkgen::cli::{Console, Exit, Failure};

/// The cause of a disagreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Whose {
    /// The generator or the runtime, or not yet examined.
    Ours,
    /// The document.
    Document,
    /// The judge.
    Judge,
}

impl Whose {
    fn words(self) -> &'static str {
        match self {
            Self::Ours => "ours",
            Self::Document => "the document's",
            Self::Judge => "the judge's",
        }
    }
}

/// A known fault that is not ours.
#[derive(Debug)]
pub(super) struct Known {
    /// The document or case.
    pub(super) subject: &'static str,
    /// Part of the name of the call.
    pub(super) call: &'static str,
    /// Part of the objection.
    pub(super) words: &'static str,
    pub(super) whose: Whose,
    /// The reason why it is not ours, in a sentence.
    pub(super) why: &'static str,
}

/// The finding of a judge about one call.
#[derive(Debug)]
pub(super) struct Finding {
    /// The document or case; empty if there is only one.
    subject: String,
    judge: String,
    call: String,
    trouble: Option<String>,
    whose: Option<Whose>,
}

/// Reads the output of a program.
pub(super) fn findings(subject: &str, text: &str) -> Result<Vec<Finding>, Failure> {
    let line = |line: &str| {
        let value: Value = serde_json::from_str(line)
            .map_err(|e| Failure::new(format!("the program of the judge printed `{line}`: {e}")))?;
        let text = |key: &str| value[key].as_str().map(str::to_owned);
        Ok(Finding {
            subject: subject.to_owned(),
            judge: text("judge").unwrap_or_default(),
            call: text("call").unwrap_or_default(),
            trouble: text("trouble"),
            whose: match value["whose"].as_str() {
                Some("judge") => Some(Whose::Judge),
                Some("document") => Some(Whose::Document),
                _ => None,
            },
        })
    };
    text.lines().map(line).collect()
}

/// The evaluation of all findings.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Verdict {
    /// By judge: calls, agreements.
    counts: BTreeMap<String, (usize, usize)>,
    /// The objections by cause and reason.
    faults: BTreeMap<(Whose, String), Vec<String>>,
    /// Known faults that did not occur.
    unused: Vec<String>,
}

/// Maximum number of disagreements to show of each kind.
const SHOWN: usize = 8;
const OBVIOUS: &str =
    "its own response, generated or an example, does not match the document, or it has none";
const OPEN: &str = "not explained";

/// Evaluates findings. The known faults of the tested subjects must occur.
pub(super) fn verdict(found: &[Finding], known: &[Known]) -> Verdict {
    let mut verdict = Verdict::default();
    let mut used = vec![false; known.len()];
    for one in found {
        let name = if one.subject.is_empty() {
            one.judge.clone()
        } else {
            format!("{}, {}", one.judge, one.subject)
        };
        let count = verdict.counts.entry(name).or_default();
        count.0 += 1;
        let Some(trouble) = &one.trouble else {
            count.1 += 1;
            continue;
        };
        let fits = |known: &Known| {
            known.subject == one.subject && one.call.contains(known.call) && trouble.contains(known.words)
        };
        let at = known.iter().position(fits);
        let (whose, why) = match (at, one.whose) {
            (Some(at), _) => {
                used[at] = true;
                (known[at].whose, known[at].why)
            }
            (None, Some(whose)) => (whose, OBVIOUS),
            (None, None) => (Whose::Ours, OPEN),
        };
        verdict.faults.entry((whose, why.to_owned())).or_default().push(format!("{}: {trouble}", one.call));
    }
    let at_hand = |known: &Known| found.iter().any(|one| one.subject == known.subject);
    let unused = known.iter().zip(used).filter(|(known, used)| !used && at_hand(known));
    verdict.unused =
        unused.map(|(known, _)| format!("{} {}: {}", known.subject, known.call, known.words)).collect();
    verdict
}

impl Verdict {
    /// Renders the report, and returns the exit code.
    pub(super) fn tell(&self, console: &mut Console) -> Exit {
        console.result(&self.text());
        let ours = self.faults.keys().any(|(whose, _)| *whose == Whose::Ours);
        if ours || !self.unused.is_empty() || self.counts.is_empty() { Exit::Problems } else { Exit::Fine }
    }

    fn text(&self) -> String {
        let mut out = String::new();
        let (mut calls, mut agreed) = (0, 0);
        for (name, (all, fine)) in &self.counts {
            out.push_str(&format!("{name}: {all} calls, {fine} agreements, {} disagreements\n", all - fine));
            calls += all;
            agreed += fine;
        }
        if self.counts.len() > 1 {
            out.push_str(&format!(
                "all: {calls} calls, {agreed} agreements, {} disagreements\n",
                calls - agreed
            ));
        }
        for ((whose, why), all) in &self.faults {
            out.push_str(&format!("\n{} disagreements, the fault is {}: {why}\n", all.len(), whose.words()));
            // Faults that may be ours are shown in full.
            let shown = if *whose == Whose::Ours { usize::MAX } else { SHOWN };
            all.iter().take(shown).for_each(|one| out.push_str(&format!("  {one}\n")));
            if all.len() > shown {
                out.push_str(&format!("  and {} more\n", all.len() - shown));
            }
        }
        for one in &self.unused {
            out.push_str(&format!("\na known fault did not occur; remove it from the table: {one}\n"));
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: Known = Known {
        subject: "pets",
        call: "GET /a",
        words: "must be",
        whose: Whose::Judge,
        why: "it cannot count",
    };

    fn found(lines: &[(&str, Option<&str>, Option<&str>)]) -> Vec<Finding> {
        let line = |(call, trouble, whose): &(&str, Option<&str>, Option<&str>)| {
            serde_json::json!({"judge": "prism", "call": call, "trouble": trouble, "whose": whose})
                .to_string()
        };
        let text: Vec<String> = lines.iter().map(line).collect();
        findings("pets", &text.join("\n")).unwrap()
    }

    fn ends(verdict: &Verdict) -> Exit {
        verdict.tell(&mut Console::to(std::io::sink(), std::io::sink()))
    }

    #[test]
    fn what_is_known_is_not_ours_and_the_rest_is() {
        let known = found(&[("GET /a #0", Some("a must be b"), None), ("GET /a #1", None, None)]);
        let weighed = verdict(&known, &[KNOWN]);
        let text = weighed.text();
        assert!(text.starts_with("prism, pets: 2 calls, 1 agreements, 1 disagreements\n"), "{text}");
        assert!(
            text.contains("the fault is the judge's: it cannot count\n  GET /a #0: a must be b\n"),
            "{text}"
        );
        assert_eq!(ends(&weighed), Exit::Fine);
        let other =
            found(&[("GET /a #0", Some("a must be b"), None), ("GET /b #0", Some("a must be b"), None)]);
        let weighed = verdict(&other, &[KNOWN]);
        assert!(weighed.text().contains("1 disagreements, the fault is ours: not explained\n  GET /b #0"));
        assert_eq!(ends(&weighed), Exit::Problems);
    }

    #[test]
    fn a_known_fault_that_is_gone_is_a_problem() {
        let weighed = verdict(&found(&[("GET /a #0", None, None)]), &[KNOWN]);
        assert!(weighed.text().contains("a known fault did not occur"));
        assert_eq!(ends(&weighed), Exit::Problems);
        // The document was not tested.
        let elsewhere = findings("cats", r#"{"judge": "prism", "call": "GET /a"}"#).unwrap();
        assert_eq!(ends(&verdict(&elsewhere, &[KNOWN])), Exit::Fine);
    }

    #[test]
    fn nothing_asked_is_a_problem() {
        assert_eq!(ends(&verdict(&[], &[])), Exit::Problems);
    }
}
