//! Problems in a clean document: one run names each of them at its location, alone and all together.

use sdkgen::Input;
use sdkgen::diag::{Output, Sink, Style, render};
use sdkgen::source::Source;
use serde_json::Value;

/// A document about which there is nothing to say.
const CLEAN: &str = include_str!("mutate_diagnostics/clean.yaml");

/// What is replaced, by what, the kind of problem, and the text at whose line and column it is named.
const PROBLEMS: &[(&str, &str, &str, &str)] = &[
    ("email: help@example.com", "emial: help@example.com", "keyword-unknown", "emial"),
    ("default: eu # region", "default: mars", "server-variable", "mars"),
    ("- name: reports\n", "- name: pets\n    x-second: true\n", "contradiction", "pets\n    x-second"),
    ("- apiKey: [] # root", "- apiKeys: []", "security-scheme", "apiKeys"),
    (
        "operationId: getPet",
        "operationId: listPets\n      x-twice: true",
        "duplicate-operation-id",
        "listPets\n      x-twice",
    ),
    ("name: petId\n          in: path", "name: petIdd\n          in: path", "path-parameter", "petIdd"),
    (
        "$ref: '#/components/parameters/Limit'",
        "$ref: '#/components/parameters/Limits'",
        "unresolved-ref",
        "'#/components/parameters/Limits'",
    ),
    (
        "$ref: '#/components/responses/Failure' # of list",
        "$ref: '#/components/securitySchemes/apiKey'",
        "wrong-ref",
        "'#/components/securitySchemes/apiKey'",
    ),
    ("'404': # of get", "'4004':", "wrong-shape", "'4004'"),
    ("summary: Makes a pet.", "sumary: Makes a pet.", "keyword-unknown", "sumary"),
    ("- login: [write] # of create", "- login: [wirte]", "security-scheme", "wirte"),
    ("deprecated: false # of create", "deprecated: nope", "wrong-shape", "nope"),
    (
        "name: since",
        "name: limit\n          x-again: true",
        "duplicate-parameter",
        "limit\n          x-again",
    ),
    ("example: Rex # of body", "example: 5555", "example-mismatch", "5555"),
    ("required: true # of path", "required: false", "sloppy", "false\n          schema"),
    ("type: string # of name", "type: strnig", "wrong-shape", "strnig"),
    ("maxLength: 20 # of nick", "maxLength: -20", "wrong-shape", "-20"),
    ("minimum: 0 # of age", "minimum: 77", "contradiction", "77"),
    ("default: 1 # of age", "default: old", "default-mismatch", "old"),
    ("- asleep", "- awake\n          - awoken", "enum-value", "awake\n          - awoken"),
    ("format: date-time # of born", "format: whenever", "format-unknown", "whenever"),
    ("nullable: true # of owner", "nulable: true", "keyword-unknown", "nulable"),
    ("- id # required", "- idd", "keyword-ignored", "idd"),
    ("pattern: '^[a-z]+$'", "pattern: '^[a-z+$'", "contradiction", "'^[a-z+$'"),
    (
        "cat: '#/components/schemas/Cat'",
        "cat: '#/components/schemas/Catt'",
        "discriminator",
        "'#/components/schemas/Catt'",
    ),
    (
        "$ref: '#/components/schemas/Pet' # of report",
        "$ref: '#/components/schemas/Pett'",
        "unresolved-ref",
        "'#/components/schemas/Pett'",
    ),
    ("name: X-Key", "nmae: X-Key", "wrong-shape", "apiKey:\n      type"),
    ("type: integer # narrowed", "type: boolean", "all-of-conflict", "boolean"),
    (
        "readOnly: true # of weight",
        "readOnly: true\n          writeOnly: true",
        "contradiction",
        "true\n          multipleOf",
    ),
    ("multipleOf: 0.5", "multipleOf: -0.5", "contradiction", "-0.5"),
    ("  /reports:", "  reports:", "sloppy", "reports:\n    get"),
];

/// Kind, line and column of everything that is said.
fn said(name: &str, text: &str) -> Vec<(String, usize, usize)> {
    let input = Input::new(Source::new(name, text));
    let mut sink = Sink::new();
    sdkgen::lint(&input, &mut sink);
    let found = sink.finish();
    let json = render(&found, &input.sources(), Style { output: Output::Json, ..Style::PLAIN });
    let number = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
    json.lines()
        .map(|line| {
            let one: Value = serde_json::from_str(line).unwrap();
            (
                one["code"].as_str().unwrap().to_owned(),
                number(&one["primary"]["line"]),
                number(&one["primary"]["column"]),
            )
        })
        .collect()
}

/// Where a text stands that is there once.
fn place(text: &str, word: &str) -> (usize, usize) {
    let at: Vec<usize> = text.match_indices(word).map(|(at, _)| at).collect();
    assert_eq!(at.len(), 1, "{word:?} stands {} times", at.len());
    let before = &text[..at[0]];
    (before.matches('\n').count() + 1, before.rsplit('\n').next().unwrap().chars().count() + 1)
}

fn inserted(text: &str, (from, to, ..): &(&str, &str, &str, &str)) -> String {
    assert_eq!(text.matches(from).count(), 1, "{from:?}");
    text.replacen(from, to, 1)
}

/// Returns why an inserted problem was not named at its location.
fn missed(
    found: &[(String, usize, usize)],
    text: &str,
    problem: &(&str, &str, &str, &str),
) -> Option<String> {
    let (_, to, code, word) = problem;
    let (line, column) = place(text, word);
    let hit = found.iter().any(|(kind, l, c)| kind == code && (*l, *c) == (line, column));
    let there: Vec<_> = found.iter().filter(|(kind, ..)| kind == code).collect();
    (!hit).then(|| format!("{to:?}: no `{code}` at {line}:{column}; there is {there:?}"))
}

#[test]
fn there_is_nothing_to_say_about_the_clean_document() {
    assert_eq!(said("clean.yaml", CLEAN), []);
}

#[test]
fn each_problem_alone_is_named_at_its_place() {
    let missed: Vec<String> = PROBLEMS
        .iter()
        .filter_map(|problem| {
            let text = inserted(CLEAN, problem);
            missed(&said("inserted.yaml", &text), &text, problem)
        })
        .collect();
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn all_problems_together_are_named_in_one_run() {
    let text = PROBLEMS.iter().fold(CLEAN.to_owned(), |text, problem| inserted(&text, problem));
    let found = said("inserted.yaml", &text);
    let missed: Vec<String> = PROBLEMS.iter().filter_map(|problem| missed(&found, &text, problem)).collect();
    assert!(missed.is_empty(), "{} of {}:\n{}", missed.len(), PROBLEMS.len(), missed.join("\n"));
}

#[test]
fn the_same_in_json_by_pointer() {
    let text = PROBLEMS.iter().fold(CLEAN.to_owned(), |text, problem| inserted(&text, problem));
    let tree = sdkgen::load::load(&Source::new("a.yaml", text.clone()), &mut Sink::new()).unwrap();
    let of = |name: &str, text: &str| {
        let mut codes: Vec<String> = said(name, text).into_iter().map(|(code, ..)| code).collect();
        codes.sort();
        codes
    };
    let yaml = of("a.yaml", &text);
    for json in [tree.root.to_string(), serde_json::to_string_pretty(&tree.root).unwrap()] {
        assert_eq!(of("a.json", &json), yaml);
        // Where it is one line, columns tell the places apart.
        let mut places = said("a.json", &json);
        let all = places.len();
        places.dedup();
        assert_eq!(places.len(), all);
    }
}
