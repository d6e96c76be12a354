//! Small wrong documents, each with what is said about it: `tests/cases/errors/<code>…/{spec.yaml or spec.json, sdk.toml?, names.lock?,
//! recording.har?}` in, `report.txt` out. `UPDATE_EXPECT=1` writes the reports anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use sdkgen::Input;
use sdkgen::diag::{Code, Diagnostic, Output, Sink, Style, render};
use sdkgen::source::Source;
use serde_json::Value;

/// How many there must be at least.
const CASES: usize = 80;

/// A wrong document, and what is said about it.
struct Wrong {
    name: String,
    folder: PathBuf,
    input: Input,
    found: Vec<Diagnostic>,
}

/// All of them, read once for all tests.
fn all() -> &'static [Wrong] {
    static ALL: OnceLock<Vec<Wrong>> = OnceLock::new();
    ALL.get_or_init(|| {
        let root = tests::checkout().join("tests/cases/errors");
        let mut folders: Vec<PathBuf> =
            std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
        folders.sort();
        folders.into_iter().map(|folder| wrong(&folder)).collect()
    })
}

fn wrong(folder: &Path) -> Wrong {
    let source = |name: &str| {
        let text = std::fs::read_to_string(folder.join(name)).ok()?;
        Some(Source::new(name, text))
    };
    let document = source("spec.yaml").or_else(|| source("spec.json"));
    let input = Input {
        config: source("sdk.toml"),
        lock: source("names.lock"),
        overlays: source("overlay.yaml").into_iter().collect(),
        ..Input::new(document.unwrap_or_else(|| panic!("`{}` has no spec", folder.display())))
    };
    let mut sink = Sink::new();
    sdkgen::generate(&input, &mut sink);
    let name = folder.file_name().unwrap().to_string_lossy().into_owned();
    let mut found = sink.finish();
    if let Some(recording) = source("recording.har") {
        let exchanges = sdkgen::learn::har(&recording).unwrap();
        let learned = sdkgen::learn(&input, &exchanges, &mut Sink::new()).unwrap();
        found.extend(learned.findings.into_iter().map(|one| one.diagnostic));
    }
    Wrong { name, folder: folder.to_path_buf(), input, found }
}

#[test]
fn reports_are_fresh() {
    let update = tests::case::is_update();
    let mut stale = Vec::new();
    for wrong in all() {
        let text = render(&wrong.found, &wrong.input.sources(), Style::PLAIN);
        let path = wrong.folder.join("report.txt");
        if std::fs::read_to_string(&path).unwrap_or_default() != text {
            stale.push(format!("`{}` says now:\n{text}", wrong.name));
            if update {
                std::fs::write(&path, text).unwrap();
            }
        }
    }
    let advice = "if this is meant: `UPDATE_EXPECT=1 cargo test -p tests --no-default-features errors`";
    assert!(update || stale.is_empty(), "{}\n{advice}", stale.join("\n"));
}

/// The case whose report is the example of a code in `explain`.
fn example_of(code: Code) -> &'static str {
    match code {
        Code::Syntax => "syntax-colon",
        Code::DuplicateKey => "duplicate-key",
        Code::TooDeep => "too-deep-flow",
        Code::TooLarge => "too-large",
        Code::NotOpenapi => "not-openapi",
        Code::Swagger2 => "swagger-2",
        Code::NewerVersion => "newer-version",
        Code::WrongShape => "wrong-shape-count",
        Code::OperationRefused => "operation-refused",
        Code::UnresolvedRef => "unresolved-ref",
        Code::ExternalRef => "external-ref",
        Code::RefCycle => "ref-cycle",
        Code::DuplicateOperationId => "duplicate-operation-id",
        Code::PathParameter => "path-parameter",
        Code::WrongRef => "wrong-ref",
        Code::DuplicateParameter => "duplicate-parameter",
        Code::Contradiction => "contradiction-bounds",
        Code::ServerVariable => "server-variable",
        Code::AllOfConflict => "all-of-conflict",
        Code::NoFiniteValue => "no-finite-value",
        Code::KeywordIgnored => "keyword-ignored",
        Code::KeywordUnknown => "keyword-unknown",
        Code::Sloppy => "sloppy-type",
        Code::Untyped => "untyped",
        Code::FormatUnknown => "format-unknown",
        Code::DefaultMismatch => "default-mismatch",
        Code::ExampleMismatch => "example-mismatch",
        Code::XmlAsText => "xml-as-text",
        Code::MediaTypeIgnored => "media-type-ignored",
        Code::NameClash => "name-clash",
        Code::EnumValue => "enum-value",
        Code::Discriminator => "discriminator-member",
        Code::SecurityScheme => "security-scheme",
        Code::Config => "config",
        Code::ConfigTarget => "config-target",
        Code::Lock => "lock",
        Code::LockedName => "locked-name",
        Code::FixupUnused => "fixup-unused",
        Code::Overlay => "overlay",
        Code::OverlayUnused => "overlay-unused",
        Code::Excluded => "excluded",
        Code::Pruned => "excluded",
        Code::Drift => "drift",
    }
}

#[test]
fn the_examples_of_explain_are_fresh() {
    let mut text = String::new();
    for code in Code::ALL {
        let name = example_of(*code);
        let wrong =
            all().iter().find(|wrong| wrong.name == name).unwrap_or_else(|| panic!("no case `{name}`"));
        let found: Vec<Diagnostic> = wrong.found.iter().filter(|one| one.code == *code).cloned().collect();
        let report = render(&found, &wrong.input.sources(), Style::PLAIN);
        let _ =
            writeln!(text, "=== {}\n{}\n", code.as_str(), report.split("\n\n").next().unwrap().trim_end());
    }
    let path = tests::checkout().join("generator/src/cli/explain/examples.txt");
    let fresh = std::fs::read_to_string(&path).unwrap_or_default() == text;
    if tests::case::is_update() && !fresh {
        std::fs::write(path, text).unwrap();
    } else {
        assert!(
            fresh,
            "if this is meant: `UPDATE_EXPECT=1 cargo test -p tests --no-default-features errors`"
        );
    }
}

/// The sources of the stages.
fn texts(folder: &Path, all: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("diag") {
            texts(&path, all);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            all.push_str(&std::fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn every_kind_of_problem_has_a_case() {
    let all = all();
    assert!(all.len() >= CASES, "only {}", all.len());
    let mut seen = BTreeSet::new();
    let mut odd = Vec::new();
    for wrong in all {
        let codes: BTreeSet<Code> = wrong.found.iter().map(|one| one.code).collect();
        let named = Code::ALL
            .iter()
            .filter(|code| wrong.name.starts_with(code.as_str()))
            .max_by_key(|code| code.as_str().len());
        if named.is_some_and(|code| !codes.contains(code)) || codes.is_empty() {
            odd.push(format!("`{}` has {codes:?}", wrong.name));
        }
        seen.extend(codes);
    }
    assert!(odd.is_empty(), "a folder is named after what it is about\n{}", odd.join("\n"));
    // A kind that no stage reports yet has no case.
    let mut sources = String::new();
    texts(&tests::checkout().join("generator/src"), &mut sources);
    let reported = |code: &Code| sources.contains(&format!("Code::{code:?}"));
    let missing: Vec<&str> = Code::ALL
        .iter()
        .filter(|code| !seen.contains(code) && reported(code))
        .map(|code| code.as_str())
        .collect();
    assert!(missing.is_empty(), "no case for {missing:?}");
}

#[test]
fn every_problem_has_a_place_and_its_word_stands_there() {
    for wrong in all() {
        let sources = wrong.input.sources();
        let json = render(&wrong.found, &sources, Style { output: Output::Json, ..Style::PLAIN });
        for line in json.lines() {
            let one: Value = serde_json::from_str(line).unwrap();
            let labels =
                std::iter::once(&one["primary"]).chain(one["secondary"].as_array().into_iter().flatten());
            for label in labels {
                assert!(label["line"].is_u64() && label["column"].is_u64(), "`{}`: {line}", wrong.name);
                let file = label["file"].as_str().unwrap();
                let source = sources.iter().find(|source| source.label == file).unwrap();
                let at = |key: &str| usize::try_from(label[key].as_u64().unwrap()).unwrap();
                let (start, end) = (at("start"), at("end"));
                let before = &source.body()[..start];
                let place = (
                    before.matches('\n').count() + 1,
                    before.rsplit('\n').next().unwrap().chars().count() + 1,
                );
                assert_eq!(place, (at("line"), at("column")), "`{}`: {line}", wrong.name);
                assert!(source.body().get(start..end).is_some(), "`{}`: {line}", wrong.name);
            }
        }
    }
}

/// The cases by code, as `docs/reports.md` has them.
#[test]
fn the_page_of_reports_names_the_cases_of_each_code() {
    const MARK: &str = "<!-- by `UPDATE_EXPECT=1 cargo test -p tests --no-default-features errors` -->\n";
    let mut rows: BTreeMap<Code, BTreeSet<String>> = BTreeMap::new();
    for wrong in all() {
        for one in &wrong.found {
            rows.entry(one.code).or_default().insert(format!("`{}`", wrong.name));
        }
    }
    let mut table = "\n| code | unless configured | cases |\n|---|---|---|\n".to_owned();
    for code in Code::ALL {
        let Some(names) = rows.remove(code) else { continue };
        let shown: Vec<String> = names.into_iter().take(12).collect();
        let level = if code.is_quiet() { "counted" } else { code.severity().as_str() };
        let _ = writeln!(table, "| `{}` | {level} | {} |", code.as_str(), shown.join(", "));
    }
    let path = tests::checkout().join("docs/reports.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let (before, _) = page.split_once(MARK).unwrap();
    let fresh = format!("{before}{MARK}{table}");
    if tests::case::is_update() {
        std::fs::write(&path, &fresh).unwrap();
    } else {
        assert_eq!(page, fresh, "`docs/reports.md` is stale: run the tests of errors with `UPDATE_EXPECT=1`");
    }
}
