//! An example of each kind of problem: what a wrong document of the test suite says, as a test keeps it true.

use generator::diag::Code;

/// The report of a case.
macro_rules! report {
    ($case:literal) => {
        include_str!(concat!("../../../tests/cases/errors/", $case, "/report.txt"))
    };
}

/// The first report of this kind that the case of the kind has.
pub(super) fn example(code: Code) -> &'static str {
    let report = report(code);
    let head = format!("[{}]: ", code.as_str());
    let start = report.find(&head).map_or(0, |at| report[..at].rfind('\n').map_or(0, |line| line + 1));
    report[start..].split("\n\n").next().unwrap_or_default().trim_end()
}

fn report(code: Code) -> &'static str {
    match code {
        Code::Syntax => report!("syntax-colon"),
        Code::DuplicateKey => report!("duplicate-key"),
        Code::TooDeep => report!("too-deep-flow"),
        Code::TooLarge => report!("too-large"),
        Code::NotOpenapi => report!("not-openapi"),
        Code::Swagger2 => report!("swagger-2"),
        Code::NewerVersion => report!("newer-version"),
        Code::WrongShape => report!("wrong-shape-count"),
        Code::OperationRefused => report!("operation-refused"),
        Code::UnresolvedRef => report!("unresolved-ref"),
        Code::ExternalRef => report!("external-ref"),
        Code::RefCycle => report!("ref-cycle"),
        Code::DuplicateOperationId => report!("duplicate-operation-id"),
        Code::PathParameter => report!("path-parameter"),
        Code::WrongRef => report!("wrong-ref"),
        Code::DuplicateParameter => report!("duplicate-parameter"),
        Code::Contradiction => report!("contradiction-bounds"),
        Code::ServerVariable => report!("server-variable"),
        Code::AllOfConflict => report!("all-of-conflict"),
        Code::NoFiniteValue => report!("no-finite-value"),
        Code::KeywordIgnored => report!("keyword-ignored"),
        Code::KeywordUnknown => report!("keyword-unknown"),
        Code::Sloppy => report!("sloppy-type"),
        Code::Untyped => report!("untyped"),
        Code::FormatUnknown => report!("format-unknown"),
        Code::DefaultMismatch => report!("default-mismatch"),
        Code::ExampleMismatch => report!("example-mismatch"),
        Code::XmlAsText => report!("xml-as-text"),
        Code::MediaTypeIgnored => report!("media-type-ignored"),
        Code::NameClash => report!("name-clash"),
        Code::EnumValue => report!("enum-value"),
        Code::Discriminator => report!("discriminator-member"),
        Code::SecurityScheme => report!("security-scheme"),
        Code::Config => report!("config"),
        Code::ConfigTarget => report!("config-target"),
        Code::Lock => report!("lock"),
        Code::LockedName => report!("locked-name"),
        Code::FixupUnused => report!("fixup-unused"),
        Code::Overlay => report!("overlay"),
        Code::OverlayUnused => report!("overlay-unused"),
        Code::Excluded => report!("excluded"),
        Code::Pruned => report!("excluded"),
    }
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
