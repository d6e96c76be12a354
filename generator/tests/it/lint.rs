//! `cargo xtask lint`: exit codes, how many are shown, annotations, and places in all kinds of texts.

use crate::world::{Ran, World};

const HEAD: &str = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\n";

/// Choices that make references to nothing errors.
const DENY: &str = "spec = \"api.yaml\"\n[lints]\nunresolved-ref = \"deny\"\n";

fn lint(world: &World, args: &[&str]) -> Ran {
    let file = world.path("api.yaml").display().to_string();
    world.run(&[&["lint", &file], args].concat())
}

#[test]
fn the_exit_code_is_that_of_the_worst() {
    let world = World::new("lint-exit");
    let code = |text: &str, args: &[&str]| {
        world.write("api.yaml", text);
        lint(&world, args).code
    };
    assert_eq!(code(HEAD, &[]), 0);
    assert_eq!(code(HEAD, &["--strict"]), 0);
    let warning = format!("{HEAD}components: {{schemas: {{A: {{type: strnig}}}}}}\n");
    assert_eq!(code(&warning, &[]), 0);
    assert_eq!(code(&warning, &["--strict"]), 1);
    let error = format!("{HEAD}components: {{schemas: {{A: {{$ref: '#/components/schemas/B'}}}}}}\n");
    assert_eq!(code(&error, &[]), 0);
    let deny = world.write("sdk.toml", DENY).path("sdk.toml").display().to_string();
    assert_eq!(code(&error, &["--config", &deny]), 1);
    assert_eq!(code(&error, &["--config", &deny, "--keep-going"]), 0);
    assert_eq!(code("openapi: [3.1.0\n", &["--keep-going"]), 1);
    assert_eq!(code(HEAD, &["--most", "many"]), 2);
    let missing = world.path("missing.yaml").display().to_string();
    assert_eq!(world.run(&["lint", &missing]).code, 1);
}

#[test]
fn so_many_are_shown_and_the_rest_is_counted() {
    let world = World::new("lint-most");
    let members: String = (0..9).map(|at| format!("      m{at}: {{type: strnig{at}}}\n")).collect();
    let schemas =
        "components:\n  schemas:\n    B: {$ref: '#/components/schemas/C'}\n    A:\n     properties:\n";
    world.write("sdk.toml", DENY).write("api.yaml", format!("{HEAD}{schemas}{members}"));
    let deny = world.path("sdk.toml").display().to_string();
    let lint = |world: &World, args: &[&str]| lint(world, &[&["--config", &deny], args].concat());
    let shown = |ran: &Ran| ran.out.matches(" --> ").count();
    let few = lint(&world, &["--most", "3"]);
    assert_eq!(shown(&few), 3, "{}", few.out);
    assert!(few.out.starts_with("error[unresolved-ref]"), "{}", few.out);
    assert!(few.out.contains("7 more") && few.out.contains("wrong-shape 7"), "{}", few.out);
    assert!(few.err.contains("1 error, 9 warnings"), "{}", few.err);
    assert_eq!(shown(&lint(&world, &[])), 10);
    // Programs get all.
    assert_eq!(lint(&world, &["--most", "3", "--format", "json"]).out.lines().count(), 10);
    assert_eq!(lint(&world, &["--most", "3", "--format", "github"]).out.lines().count(), 10);
}

#[test]
fn annotations_are_one_line_each_whatever_a_document_says() {
    let world = World::new("lint-github");
    let text = concat!(
        r#"{"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {}, "components": {"schemas": {"#,
        r#""A": {"type": "a\n::set-output name=x::y\r\n::error::100%,: ü\u001b[31m"}}}}"#
    );
    world.write("a,b:c%.json", text);
    let file = world.path("a,b:c%.json").display().to_string();
    let out = world.run(&["lint", &file, "--format", "github"]).out;
    assert_eq!(out.lines().count(), 1, "{out}");
    let start = "::warning file=ROOT/a%2Cb%3Ac%25.json,line=1,col=116,endLine=1,endColumn=";
    assert!(out.starts_with(start), "{out}");
    assert!(out.contains(",title=wrong-shape::"), "{out}");
    assert!(out.contains(r"`a\n::set-output name=x::y\r\n::error::100%25,: ü\u001b[31m`"), "{out}");
    assert!(!out.contains('\u{1b}') && out.contains("%0Ahelp: "), "{out}");
}

#[test]
fn a_problem_in_another_file_is_shown_there() {
    let world = World::new("lint-file");
    world.write("api.yaml", format!("{HEAD}components: {{schemas: {{A: {{$ref: 'parts/a.yaml#/A'}}}}}}\n"));
    world.write("parts/a.yaml", "# Other\nA:\n  type: object\n  properties:\n    x: {type: strnig}\n");
    let ran = lint(&world, &[]);
    assert!(ran.out.contains(" --> ROOT/parts/a.yaml:5:15"), "{}", ran.out);
    assert!(ran.out.contains("5 |     x: {type: strnig}\n"), "{}", ran.out);
    let github = lint(&world, &["--format", "github"]).out;
    assert!(github.starts_with("::warning file=ROOT/parts/a.yaml,line=5,col=15,"), "{github}");
    // What is wrong with the text of the other file, too.
    world.write("parts/a.yaml", "# Other\nA:\n  type: [object\n");
    let ran = lint(&world, &[]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("parts/a.yaml:"), "{}", ran.out);
}

/// Each text has `@` before the thing that is to be named.
#[test]
fn places_are_right_in_every_kind_of_text() {
    let world = World::new("lint-places");
    let yaml = [
        "A: {type: object, properties: {x: {type: @strnig}}}",
        "A: &a {type: @strnig}\n    B: *a",
        "A: &a\n      type: @strnig\n    B:\n      <<: *a\n      title: b",
        "A:\n      description: |\n        type: strnig\n\n        x\n      type: @strnig",
        "A:\n      description: >-\n        one\n        two: three\n      @tpye: string",
        "A:\n      'type': @\"strnig\"",
        "A:\n      ? type\n      : @strnig",
        "A: {\"type\":\n      @strnig}",
        "A: {title: 'ä€😀', type: @strnig}",
        "A: # comment: x\n      # type: strnig\n      type: @strnig # type: strnig",
        "A:\n      enum:\n      - a\n      - @a",
        "A:\n      required:\n      -   b\n      -   @b\n      properties: {b: {}}",
        "A: !!map {type: @!!str strnig}",
    ];
    for text in yaml {
        let text = format!("{HEAD}components:\n  schemas:\n    {text}\n");
        named(&world, "api.yaml", &text);
        named(&world, "api.yaml", &text.replace('\n', "\r\n"));
        named(&world, "api.yaml", &format!("\u{feff}{text}"));
    }
    let json = r#"{"openapi": "3.1.0", "info": {"title": "{\"type\": \"strnig\"}", "version": "1"},
 "paths": {}, "components": {"schemas": {
	"A": {"properties": {"a/b~c%": {"title": "ä€😀", "type" : @"strnig"}}}}}}"#;
    named(&world, "api.json", json);
    named(&world, "api.json", &json.replace('\n', " "));
}

fn named(world: &World, name: &str, marked: &str) {
    let before = marked.split('@').next().unwrap().trim_start_matches('\u{feff}');
    let (line, column) =
        (before.matches('\n').count() + 1, before.rsplit('\n').next().unwrap().chars().count() + 1);
    world.write(name, marked.replacen('@', "", 1));
    let file = world.path(name).display().to_string();
    let out = world.run(&["lint", &file]).out;
    let place = format!("{name}:{line}:{column}\n");
    assert!(out.contains(&place) && out.matches(" --> ").count() == 1, "{marked}\nnot at {place}{out}");
}
