//! Too much of something: refused with the limit in the message, or read. `cargo bench -p sdkgen --bench bounds` has the
//! times and the memory, at sizes that are too large for a test.

use std::fmt::Write as _;

use sdkgen::Input;
use sdkgen::diag::{Code, Diagnostic, Sink};
use sdkgen::source::Source;

/// What is said about a text, and whether an SDK comes out.
fn run(name: &str, text: String) -> (Vec<Diagnostic>, bool) {
    let input = Input::new(Source::new(name, text));
    let mut sink = Sink::new();
    let output = sdkgen::generate(&input, &mut sink);
    // Rendering is part of what must end.
    let found = sink.finish();
    let style = sdkgen::diag::Style { most: 20, ..sdkgen::diag::Style::PLAIN };
    assert!(sdkgen::diag::render(&found, &input.sources(), style).len() < 100_000);
    (found, output.is_some())
}

/// Refused by this kind of diagnostic, which names its limit.
fn refused(name: &str, text: String, code: Code, limit: &str) {
    let (found, made) = run(name, text);
    assert!(!made);
    let one = found.iter().find(|one| one.code == code).unwrap_or_else(|| panic!("{found:?}"));
    assert!(one.message.contains(limit), "{}", one.message);
}

const HEAD: &str = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\n";

#[test]
fn nesting_of_100_000_levels() {
    const DEEP: usize = 100_000;
    let json = format!("{{\"openapi\":\"3.1.0\",\"x\":{}{}}}", "[".repeat(DEEP), "]".repeat(DEEP));
    refused("deep.json", json, Code::TooDeep, "128 levels");
    let json = format!("{{\"openapi\":\"3.1.0\",\"x\":{}1{}}}", "{\"a\":".repeat(DEEP), "}".repeat(DEEP));
    refused("deep.json", json, Code::TooDeep, "128 levels");
    refused(
        "deep.yaml",
        format!("{HEAD}x: {}{}\n", "[".repeat(DEEP), "]".repeat(DEEP)),
        Code::TooDeep,
        "128 levels",
    );
    refused("deep.yaml", format!("{HEAD}x: {}\n", "{a: ".repeat(DEEP)), Code::TooDeep, "128 levels");
    refused("deep.yaml", format!("{HEAD}x:\n  {}x\n", "- ".repeat(DEEP)), Code::TooDeep, "128 levels");
    let mut block = HEAD.to_owned();
    for level in 0..3000 {
        let _ = writeln!(block, "{}a:", " ".repeat(level));
    }
    refused("deep.yaml", block, Code::TooDeep, "128 levels");
}

#[test]
fn aliases_that_multiply() {
    let mut text = format!("{HEAD}x-0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
    for level in 1..40 {
        let inner = format!("*a{}, ", level - 1).repeat(10);
        let _ = writeln!(text, "x-{level}: &a{level} [{}]", inner.trim_end_matches(", "));
    }
    refused("bomb.yaml", text, Code::TooDeep, "aliases expand the document");
}

/// What the branches say of the type is not looked at while the union is read that they refer to.
#[test]
fn unions_whose_branches_narrow_themselves() {
    let both = |at, next| {
        format!(
            "    Both{at}: {{oneOf: [{{allOf: [{{$ref: '#/components/schemas/Both{next}'}}, {{type: object}}]}}, {{type: object}}]}}\n"
        )
    };
    for length in 1..=3 {
        let all: String = (0..length).map(|at| both(at, (at + 1) % length)).collect();
        run("cycle.yaml", format!("{HEAD}components:\n  schemas:\n{all}"));
    }
}

#[test]
fn reference_cycles_of_every_length() {
    for length in [1, 2, 3, 10, 63, 64, 65, 200] {
        let mut text = format!("{HEAD}components:\n  schemas:\n");
        for at in 0..length {
            let next = (at + 1) % length;
            let _ = writeln!(text, "    Plain{at}: {{$ref: '#/components/schemas/Plain{next}'}}");
            let _ = writeln!(
                text,
                "    Member{at}: {{type: object, properties: {{next: {{$ref: '#/components/schemas/Member{next}'}}}}}}"
            );
            let _ = writeln!(
                text,
                "    List{at}: {{type: array, items: {{$ref: '#/components/schemas/List{next}'}}}}"
            );
            let _ = writeln!(
                text,
                "    All{at}: {{allOf: [{{$ref: '#/components/schemas/All{next}'}}, {{type: object}}]}}"
            );
            let _ = writeln!(
                text,
                "    One{at}: {{oneOf: [{{$ref: '#/components/schemas/One{next}'}}, {{type: string}}]}}"
            );
            let _ = writeln!(
                text,
                "    Map{at}: {{type: object, additionalProperties: {{$ref: '#/components/schemas/Map{next}'}}}}"
            );
        }
        let (found, _) = run("cycle.yaml", text);
        assert!(found.iter().any(|one| one.code == Code::RefCycle), "{length}: {found:?}");
    }
}

#[test]
fn long_chains_of_references_and_of_schemas() {
    let mut text = format!("{HEAD}components:\n  schemas:\n    A0: {{type: string}}\n");
    for at in 1..3000 {
        let _ = writeln!(text, "    A{at}: {{$ref: '#/components/schemas/A{}'}}", at - 1);
        let _ = writeln!(
            text,
            "    B{at}: {{type: object, properties: {{a: {{$ref: '#/components/schemas/B{}'}}}}}}",
            (at + 1) % 3000
        );
        let _ = writeln!(text, "    C{at}: {{allOf: [{{$ref: '#/components/schemas/A{at}'}}]}}");
    }
    let (_, _) = run("chain.yaml", text.replace("B0'", "B1'"));
}

#[test]
fn schemas_that_lead_into_one_another() {
    let mut text = format!("{HEAD}components:\n  schemas:\n");
    for at in 0..5000 {
        let next = format!("'#/components/schemas/S{}/properties/a'", (at + 1) % 5000);
        let _ = writeln!(
            text,
            "    S{at}: {{type: object, properties: {{a: {{type: object, properties: {{b: {{$ref: {next}}}}}}}}}}}"
        );
    }
    refused("middle.yaml", text, Code::TooDeep, "160 levels");
}

#[test]
fn unions_in_unions_with_members_beside_them() {
    let beside = |first: &str| {
        format!(
            "{HEAD}components:\n  schemas:\n    Body: {{allOf: [{{type: object, properties: {{p: {{type: string}}}}}}, {{$ref: '#/components/schemas/{first}'}}]}}\n"
        )
    };
    let branch =
        |at: usize| format!("{{type: object, required: [x{at}], properties: {{x{at}: {{type: string}}}}}}");
    // A union that refers to itself, alone and with others, says nothing new.
    for length in [1, 2, 3, 20] {
        let mut text = beside("U0");
        for at in 0..length {
            let next = (at + 1) % length;
            let _ = writeln!(
                text,
                "    U{at}: {{anyOf: [{}, {{$ref: '#/components/schemas/U{next}'}}]}}",
                branch(at)
            );
        }
        let (found, made) = run("union.yaml", text);
        assert!(made, "{length}: {found:?}");
    }
    // A long way is too deep, many ways are too many.
    let mut text = beside("U0");
    for at in 0..400 {
        let _ = writeln!(
            text,
            "    U{at}: {{oneOf: [{}, {{$ref: '#/components/schemas/U{}'}}]}}",
            branch(at),
            at + 1
        );
    }
    let _ = writeln!(text, "    U400: {}", branch(400));
    refused("union.yaml", text, Code::TooDeep, "160 levels");
    let mut text = beside("A0");
    for at in 0..30 {
        for side in ["A", "B"] {
            let to = |other: &str| format!("{{$ref: '#/components/schemas/{other}{}'}}", at + 1);
            let _ = writeln!(text, "    {side}{at}: {{oneOf: [{}, {}], title: {side}}}", to("A"), to("B"));
        }
    }
    let _ = writeln!(text, "    A30: {}\n    B30: {}", branch(1), branch(2));
    let (_, _) = run("union.yaml", text);
}

#[test]
fn long_texts_and_long_lists() {
    let text = "x".repeat(2_000_000);
    let (found, made) = run(
        "long.yaml",
        format!("openapi: 3.1.0\ninfo: {{title: T, version: '1', description: {text}}}\npaths: {{}}\n"),
    );
    assert!(made, "{found:?}");
    // One line of words is wrapped; what may not begin a line is looked at for each.
    for word in ["x ", "_ ", "= ", "``` "] {
        let text = word.repeat(500_000);
        let json = format!(
            r#"{{"openapi":"3.1.0","info":{{"title":"T","version":"1"}},"paths":{{}},"components":{{"schemas":{{"A":{{"type":"string","description":"a {text}"}}}}}}}}"#
        );
        let (found, made) = run("words.json", json);
        assert!(made, "{found:?}");
    }
    // Keys of YAML end at 1,024 characters, those of JSON do not.
    let name = "n".repeat(100_000);
    let json = format!(
        r#"{{"openapi":"3.1.0","info":{{"title":"T","version":"1"}},"paths":{{}},"components":{{"schemas":{{"{name}":{{"type":"object","properties":{{"{name}":{{"type":"string"}}}}}}}}}}}}"#
    );
    let (found, made) = run("name.json", json);
    assert!(made, "{found:?}");
    let values: Vec<String> = (0..20_000).map(|at| format!("v{at}")).collect();
    let (found, made) = run(
        "enum.yaml",
        format!("{HEAD}components:\n  schemas:\n    E: {{type: string, enum: [{}]}}\n", values.join(", ")),
    );
    assert!(made, "{found:?}");
}

#[test]
fn names_of_many_words() {
    for word in ["w ", "Ab", "<=", "\u{fdfa}"] {
        let name = word.repeat(50_000);
        let json = format!(
            r#"{{"openapi":"3.1.0","info":{{"title":"T","version":"1"}},"paths":{{"/a":{{"get":{{"tags":["{name}"],"operationId":"{name}","responses":{{"200":{{"description":""}}}}}}}}}},"components":{{"schemas":{{"{name}":{{"type":"object","properties":{{"{name}":{{"enum":["{name}"]}},"{name}2":{{}}}}}}}}}}}}"#
        );
        let (found, made) = run("words.json", json);
        assert!(made, "{found:?}");
    }
}

#[test]
fn paths_of_many_segments_and_tags_of_many_parts() {
    let document = |path: &str, tag: &str| {
        format!(
            r#"{{"openapi":"3.1.0","info":{{"title":"T","version":"1"}},"paths":{{"{path}":{{"get":{{"tags":["{tag}"],"responses":{{"200":{{"description":""}}}}}}}}}}}}"#
        )
    };
    refused("path.json", document(&"/w".repeat(50_000), "w"), Code::TooLarge, "4096");
    for (path, tag) in [("/w".repeat(2_000), "w".to_owned()), ("/w".to_owned(), "w.".repeat(50_000) + "w")] {
        let (found, made) = run("path.json", document(&path, &tag));
        assert!(made, "{found:?}");
    }
}

#[test]
fn many_children_of_a_parent_with_many_properties() {
    let document = |children: usize, properties: usize| {
        let members: Vec<String> = (0..properties).map(|at| format!("m{at}: {{type: string}}")).collect();
        let mut text = format!(
            "{HEAD}components:\n  schemas:\n    P: {{type: object, properties: {{{}}}}}\n",
            members.join(", ")
        );
        for at in 0..children {
            let _ = writeln!(
                text,
                "    C{at}: {{allOf: [{{$ref: '#/components/schemas/P'}}, {{properties: {{own: {{}}}}}}]}}"
            );
        }
        text
    };
    let (found, made) = run("children.yaml", document(50, 50));
    assert!(made, "{found:?}");
    // A large document may inherit more, in proportion.
    let (found, made) = run("children.yaml", document(20_001, 5));
    assert!(made, "{:?}", found.first());
    refused("children.yaml", document(400, 400), Code::TooLarge, "100000 properties by");
}

#[test]
fn many_media_types() {
    let content: Vec<String> = (0..1001).map(|at| format!("application/m{at}+json: {{}}")).collect();
    let content = content.join(", ");
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{/a: {{post: {{requestBody: {{content: {{{content}}}}}, responses: {{'200': {{description: ok, content: {{{content}}}}}}}}}}}}}\n"
    );
    refused("media.yaml", text, Code::TooLarge, "1001 media types, more than 1000");
}

#[test]
fn overlays_that_double_the_document() {
    let config = "spec = \"a.json\"\noverlays = [\"overlay.json\"]\n";
    let document = r#"{"openapi":"3.1.0","info":{"title":"T","version":"1"},"paths":{},"x-deep":{"a":{}}}"#;
    let actions: Vec<String> =
        (0..40).map(|at| format!(r#"{{"target":"$['x-deep']..*","update":{{"k{at}":{{}}}}}}"#)).collect();
    let overlay = format!(
        r#"{{"overlay":"1.0.0","info":{{"title":"T","version":"1"}},"actions":[{}]}}"#,
        actions.join(",")
    );
    let input = Input {
        config: Some(Source::new("sdk.toml", config)),
        overlays: vec![Source::new("overlay.json", overlay)],
        ..Input::new(Source::new("a.json", document))
    };
    let mut sink = Sink::new();
    assert!(sdkgen::generate(&input, &mut sink).is_none());
    let found = sink.finish();
    assert!(
        found.iter().any(|one| one.code == Code::TooLarge && one.message.contains("250000 values")),
        "{found:?}"
    );
}

/// A document of so many operations.
fn operations(count: usize) -> String {
    let mut text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n".to_owned();
    for at in 0..count {
        let _ = writeln!(
            text,
            "  /tag{}/things{at}:\n    get:\n      tags: [tag{}]\n      operationId: get_thing{at}\n      responses: {{'200': {{description: ok, content: {{application/json: {{schema: {{type: object, properties: {{id: {{type: string}}}}}}}}}}}}}}",
            at % 50,
            at % 50
        );
    }
    text
}

#[test]
fn many_operations_are_all_there() {
    let input = Input::new(Source::new("many.yaml", operations(1600)));
    let mut sink = Sink::new();
    let output = sdkgen::generate(&input, &mut sink);
    assert_eq!(output.map(|output| output.sdk.operations.len()), Some(1600));
}
