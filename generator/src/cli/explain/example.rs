//! An example of each kind of problem: what is reported on a wrong document of the test suite.

use crate::diag::Code;

/// A section for each code. `tests/it/errors.rs` writes the file from the reports of its documents, and keeps it true.
const EXAMPLES: &str = include_str!("examples.txt");

/// The first report of this kind in its case.
pub(super) fn example(code: Code) -> &'static str {
    let mut sections = EXAMPLES.split("=== ").filter_map(|section| section.split_once('\n'));
    sections.find(|(name, _)| *name == code.as_str()).map_or("", |(_, text)| text.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_cause_an_example_and_a_fix() {
        for code in Code::ALL {
            let example = example(*code);
            assert!(example.contains(&format!("[{}]: ", code.as_str())), "{example}");
            assert!(example.contains("-->") && example.contains('^'), "{example}");
            assert!(!code.fix().is_empty(), "`{}` has no fix", code.as_str());
            let cause = code.explanation().split("\n\n").nth(1).unwrap_or_default();
            assert!(!cause.trim().is_empty() && !cause.contains("Fix: "), "`{}` has no cause", code.as_str());
        }
    }
}
