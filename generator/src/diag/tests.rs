use std::collections::BTreeMap;

use expect_test::expect;

use super::*;
use crate::source::Source;

const TEXT: &str = "\
openapi: 3.1.0
paths:
  /runs:
    get:
      operationId: runs
      responses: {}



    post:
      operationId: runs
      responses: {}
";

fn sample() -> Vec<Diagnostic> {
    let at = |text: &str| Pointer::from(text);
    let denied = |one: Diagnostic| Diagnostic { severity: Severity::Error, ..one };
    vec![
        Diagnostic::new(Code::KeywordIgnored, &at("/paths/~1runs"), "`x` has no effect"),
        denied(
            Diagnostic::new(
                Code::DuplicateOperationId,
                &at("/paths/~1runs/post/operationId"),
                "`runs` names two operations",
            )
            .label("used again")
            .also(&at("/paths/~1runs/get/operationId"), "first used here")
            .help("rename one of them"),
        ),
        Diagnostic::in_config(Code::ConfigTarget, &at("/names/~1no"), "`/no` points at nothing").at_key(),
    ]
}

fn sources() -> [Source; 2] {
    [Source::new("spec/api.yaml", TEXT), Source::new("spec/sdk.toml", "[names]\n\"/no\" = \"Name\"\n")]
}

#[test]
fn text_shows_place_carets_second_label_and_help() {
    let [document, config] = sources();
    expect![[r#"
        error[duplicate-operation-id]: `runs` names two operations
          --> spec/api.yaml:11:20
           |
         5 |       operationId: runs
           |       ----------- first used here
        ...
        11 |       operationId: runs
           |                    ^^^^ used again
           |
           = at: #/paths/~1runs/post/operationId
           = help: rename one of them

        error[config-target]: `/no` points at nothing
         --> spec/sdk.toml:2:1
          |
        2 | "/no" = "Name"
          | ^^^^^
          |
          = help: see `sdkgen explain config-target`

        warning[keyword-ignored]: `x` has no effect
         --> spec/api.yaml:3:3
          |
        3 |   /runs:
          |   ^^^^^
          |
          = at: #/paths/~1runs
          = help: if this is intended, set `keyword-ignored = "allow"` under `[lints]` in `sdk.toml`

    "#]]
    .assert_eq(&render(&sample(), &[&document, &config], Style::PLAIN));
}

#[test]
fn colour_only_on_demand() {
    let [document, config] = sources();
    let style = Style { colour: true, ..Style::PLAIN };
    assert!(render(&sample(), &[&document, &config], style).contains('\u{1b}'));
    assert!(!render(&sample(), &[&document, &config], Style::PLAIN).contains('\u{1b}'));
}

#[test]
fn more_than_the_most_are_counted_and_errors_go_first() {
    let [document, config] = sources();
    let style = Style { most: 1, ..Style::PLAIN };
    let text = render(&sample(), &[&document, &config], style);
    assert!(text.starts_with("error[duplicate-operation-id]"), "{text}");
    assert!(text.ends_with("… and 2 more: config-target 1, keyword-ignored 1\n\n"), "{text}");
    assert_eq!(summary(&sample()), "2 errors, 1 warning");
}

#[test]
fn json_has_one_object_a_line() {
    let [document, config] = sources();
    let style = Style { output: Output::Json, ..Style::PLAIN };
    let text = render(&sample(), &[&document, &config], style);
    let lines: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[0]["primary"]["line"], 11);
    assert_eq!(lines[0]["primary"]["column"], 20);
    assert_eq!(lines[0]["secondary"][0]["pointer"], "/paths/~1runs/get/operationId");
    assert_eq!(lines[1]["primary"]["file"], "spec/sdk.toml");
}

#[test]
fn a_minified_document_is_cut_around_the_place() {
    let filler = "\"ü\":1,".repeat(100_000);
    let document = Source::new("min.json", format!("{{{filler}\"here\":\"x\",{filler}\"z\":0}}"));
    let found = [Diagnostic::new(Code::Untyped, &Pointer::from("/here"), "something").label("this")];
    let text = render(&found, &[&document], Style::PLAIN);
    assert!(text.contains("--> min.json:1:600009"), "{text}");
    assert!(text.contains("\"here\":\"x\"") && text.contains("^^^ this"), "{text}");
    assert!(text.len() < 1000, "{}", text.len());
}

#[test]
fn hostile_text_does_not_reach_the_terminal() {
    let hostile = "\u{1b}[31m\u{9b}1m\u{8}\r\u{7f}\u{202e}\u{2066}";
    let document = Source::new(format!("a{hostile}.yaml"), format!("x: \"{hostile}\"\ny: 1\n"));
    let at = Pointer::root().child(hostile).child("a\nb");
    let found = [
        Diagnostic::new(Code::Untyped, &Pointer::from("/x"), format!("`{hostile}` is odd"))
            .label(hostile)
            .also(&Pointer::from("/y"), hostile)
            .help(format!("did you mean `{hostile}`?")),
        Diagnostic::new(Code::Untyped, &at, "odd\n::error::x"),
    ];
    let mut texts: Vec<String> = [Output::Text, Output::Github]
        .map(|output| render(&found, &[&document], Style { output, ..Style::PLAIN }))
        .to_vec();
    texts.push(super::report(&found, &BTreeMap::new(), &[&document]));
    for text in &texts {
        let odd: Vec<char> =
            text.chars().filter(|c| *c != '\n' && visible(&c.to_string()) != c.to_string()).collect();
        assert_eq!(odd, Vec::<char>::new(), "{text:?}");
    }
    assert!(texts[0].contains("at: #/") && !texts[2].contains("\n::error"), "{texts:?}");
    assert_eq!(visible("a\tb\u{0}ü"), "a\\tb\\u0000ü");
}

#[test]
fn levels_allow_and_deny() {
    let run = |lints: &[(&str, LintLevel)], strictness| {
        let mut sink = Sink::new();
        sink.set_levels(
            &lints.iter().map(|(code, level)| ((*code).to_owned(), *level)).collect(),
            strictness,
        );
        sample().into_iter().chain(sample()).for_each(|one| sink.report(one));
        sink.apply_levels();
        let allowed = sink.allowed().clone();
        let found = sink.finish().iter().map(|one| (one.code, one.severity)).collect::<Vec<_>>();
        (found, allowed)
    };
    use Code::{ConfigTarget, DuplicateOperationId, KeywordIgnored};
    use Severity::{Error, Warning};
    let lints = [("keyword-ignored", LintLevel::Allow), ("duplicate-operation-id", LintLevel::Warn)];
    let (found, allowed) = run(&lints, Strictness::Default);
    assert_eq!(found, [(DuplicateOperationId, Warning), (ConfigTarget, Error)]);
    assert_eq!(allowed.get(&KeywordIgnored), Some(&2));
    let (found, _) = run(&lints, Strictness::Strict);
    assert_eq!(found, [(DuplicateOperationId, Error), (ConfigTarget, Error)]);
    let deny = [("keyword-ignored", LintLevel::Deny)];
    let (found, _) = run(&deny, Strictness::Default);
    assert_eq!(found, [(KeywordIgnored, Error), (DuplicateOperationId, Warning), (ConfigTarget, Error)]);
    let (found, _) = run(&deny, Strictness::KeepGoing);
    assert_eq!(found, [(KeywordIgnored, Warning), (DuplicateOperationId, Warning), (ConfigTarget, Error)]);
}

#[test]
fn what_can_be_gone_on_with_is_no_error_for_the_stages() {
    let mut sink = Sink::new();
    sink.set_levels(&BTreeMap::new(), Strictness::Default);
    sample().into_iter().filter(|one| one.code != Code::ConfigTarget).for_each(|one| sink.report(one));
    assert!(!sink.has_errors());
}

#[test]
fn the_report_is_grouped_and_stable() {
    let [document, config] = sources();
    let mut found = sample();
    found.push(Diagnostic::new(
        Code::KeywordIgnored,
        &Pointer::from("/paths/~1runs/get"),
        "`y` has no effect",
    ));
    let allowed = [(Code::Untyped, 4)].into();
    let text = report(&found, &allowed, &[&document, &config]);
    found.reverse();
    assert_eq!(report(&found, &allowed, &[&document, &config]), text);
    expect![[r#"
        What the generator decided or skipped in api.yaml, at 4 locations.

        config-target (1): An entry of `sdk.toml` matches nothing in the document, or a chosen name is not a Rust identifier.
          sdk.toml:2:1: `/no` points at nothing [#/names/~1no]

        duplicate-operation-id (1): Two operations have the same `operationId`.
          api.yaml:11:20: `runs` names two operations [#/paths/~1runs/post/operationId]

        keyword-ignored (2): A keyword has no effect on the generated code.
          api.yaml:3:3: `x` has no effect [#/paths/~1runs]
          api.yaml:4:5: `y` has no effect [#/paths/~1runs/get]

        allowed by sdk.toml, not listed:
          untyped: 4
    "#]]
    .assert_eq(&text);
}

#[test]
fn every_code_is_explained_and_named_once() {
    let mut names: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), Code::ALL.len());
    for code in Code::ALL {
        assert!(code.explanation().lines().count() >= 3, "{} needs a cause or a fix", code.as_str());
        assert_eq!(Code::find(code.as_str()), Some(*code));
        assert!(code.as_str().bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-' || byte == b'2'));
    }
}

#[test]
fn what_is_said_again_and_again_is_shown_once_with_its_places() {
    let text: String = (0..9).map(|at| format!("a{at}: 1\n")).collect();
    let document = Source::new("api.yaml", text);
    let of = |count: usize| -> Vec<Diagnostic> {
        let one = |at| {
            Diagnostic::new(Code::Sloppy, &Pointer::root().child(format!("a{at}")), "`1` is odd").at_key()
        };
        (0..count).map(one).collect()
    };
    let shown = |found: &[Diagnostic], style: Style| render(found, &[&document], style);
    // Few are shown each by itself, in JSON all are.
    assert_eq!(shown(&of(3), Style::PLAIN).matches("warning[sloppy]").count(), 3);
    let json = Style { output: Output::Json, ..Style::PLAIN };
    assert_eq!(shown(&of(9), json).lines().count(), 9);
    expect![[r#"
        warning[sloppy]: `1` is odd
         --> api.yaml:1:1
          |
        1 | a0: 1
          | ^^
          |
          = at: #/a0
          = note: the same at 8 more locations: api.yaml:2:1, api.yaml:3:1, api.yaml:4:1, api.yaml:5:1, api.yaml:6:1 and 3 others; `--format json` lists them all
          = help: if this is intended, set `sloppy = "allow"` under `[lints]` in `sdk.toml`

    "#]]
    .assert_eq(&shown(&of(9), Style::PLAIN));
    // What is capped are reports, what is counted are problems.
    let mut more = of(9);
    more.push(Diagnostic::new(Code::Untyped, &Pointer::root().child("a8"), "`a8` holds anything"));
    let capped = shown(&more, Style { most: 1, ..Style::PLAIN });
    assert_eq!(capped.matches("warning[").count(), 1);
    assert!(capped.contains("and 1 more: untyped 1"), "{capped}");
}
