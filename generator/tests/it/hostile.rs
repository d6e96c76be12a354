//! What a document says reaches what `diff` and `sync` write as text, and files are read only where they may be.

use fuzz::text::HOSTILE;
use sdkgen::diag::visible;
use serde_json::{Value, json};

use crate::world::World;

/// A document with each text wherever `diff` may speak of it; the two versions differ everywhere.
fn document(new: bool) -> String {
    let odd =
        |index: usize, text: &str| if new { format!("{text} {index}") } else { format!("{index} {text}") };
    let mut paths = json!({});
    let mut schemas = json!({});
    for (index, text) in HOSTILE.iter().enumerate() {
        let said = odd(index, text);
        let value = if new { json!(said) } else { json!([said]) };
        schemas[format!("Thing{index}")] = json!({
            "type": "object", "title": said, "description": said,
            "required": if new { json!([said, text]) } else { json!([]) },
            "properties": {
                &said: {"type": if new { "string" } else { "integer" }, "description": said, "format": said},
                *text: {"type": "string", "default": said, "enum": [text, said], "pattern": said},
                "constant": {"const": said},
                "example": {"type": "array", "items": {}, "example": value},
            },
        });
        paths[format!("/things{index}/{}", said.replace(['{', '}', '/', '?', '#'], ""))] = json!({
            "post": {
                "operationId": if new { format!("{text} {index}") } else { format!("do_{index}") },
                "tags": [said], "summary": said, "description": said, "deprecated": new,
                "servers": [{"url": format!("https://example.com/{said}")}],
                "security": [{&said: []}],
                "parameters": [
                    {"name": said, "in": "query", "schema": {"type": "string", "default": said}},
                    {"name": text, "in": if new { "header" } else { "query" }, "schema": {"type": "string", "enum": [said]}},
                ],
                "requestBody": {"content": {"application/json": {"schema": {"$ref": format!("#/components/schemas/Thing{index}")}}, &said: {"schema": {"type": "string"}}}},
                "responses": {
                    "200": {"description": said, "headers": {&said: {"schema": {"type": "string"}}}, "content": {&said: {"schema": {"type": "string"}}, "application/json": {"schema": {"$ref": format!("#/components/schemas/Thing{index}")}}}},
                },
            },
        });
    }
    let schemes: serde_json::Map<String, Value> = HOSTILE
        .iter()
        .enumerate()
        .map(|(index, text)| {
            (odd(index, text), json!({"type": "apiKey", "in": "header", "name": odd(index, text)}))
        })
        .collect();
    json!({
        "openapi": "3.1.0", "info": {"title": HOSTILE.concat(), "version": if new { "2" } else { "1" }},
        "servers": [{"url": format!("https://example.com/{}", odd(0, "\"*/<b>"))}],
        "paths": paths, "components": {"schemas": schemas, "securitySchemes": schemes},
    })
    .to_string()
}

/// Nothing that a terminal obeys, or that turns writing around.
fn plain(text: &str) {
    let odd = text
        .chars()
        .find(|c| !matches!(c, '\n' | '\t') && c.len_utf8() < 4 && visible(&c.to_string()) != c.to_string());
    assert_eq!(odd, None, "{text}");
}

/// Lines outside of code spans have no element, no link and no person but ours.
fn markdown(text: &str, elements: &[&str]) {
    for line in text.lines() {
        let mut outside = String::new();
        let mut rest = line;
        while let Some(at) = rest.find('`') {
            outside.push_str(&rest[..at]);
            if rest[..at].ends_with('\\') {
                rest = &rest[at + 1..];
                continue;
            }
            let fence = rest[at..].len() - rest[at..].trim_start_matches('`').len();
            let behind = &rest[at + fence..];
            let close = behind
                .match_indices(&"`".repeat(fence))
                .map(|(at, _)| at)
                .find(|at| !behind[..*at].ends_with('`') && !behind[at + fence..].starts_with('`'));
            rest = close.map_or("", |close| &behind[close + fence..]);
            assert!(close.is_some(), "a code span is open: {line}");
        }
        outside.push_str(rest);
        let mut left = outside.replace("\\[", "").replace("\\<", "");
        elements.iter().for_each(|element| left = left.replace(element, ""));
        assert!(!left.contains(['<', '[', '@']), "{line}\n{left}");
    }
}

fn world(name: &str) -> (World, String, String) {
    let world = World::new(name);
    world.write("old.json", document(false)).write("new.json", document(true));
    let path = |file: &str| world.path(file).to_str().unwrap().to_owned();
    let (old, new) = (path("old.json"), path("new.json"));
    (world, old, new)
}

#[test]
fn diff_says_what_a_document_says_as_text() {
    let (world, old, new) = world("hostile-diff");
    let text = world.run(&["diff", &old, &new]);
    assert_eq!(text.code, 0, "{}", text.err);
    plain(&text.out);
    let known = |line: &str| {
        ["Breaking (", "Additions (", "Fixes (", "verdict: ", "  ", "    = ", "    old ", "    new "]
            .iter()
            .any(|start| line.starts_with(start))
            || line.is_empty()
    };
    let odd: Vec<&str> = text.out.lines().filter(|line| !known(line)).collect();
    assert!(odd.is_empty(), "{odd:#?}");
    assert_eq!(text.out.lines().filter(|line| line.starts_with("verdict")).count(), 1);
    let changes = text.out.lines().filter(|line| line.starts_with("    = ")).count();
    assert!(changes > HOSTILE.len(), "{changes}");
    assert_eq!(
        text.out.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   ")).count(),
        changes
    );

    let github = world.run(&["diff", &old, &new, "--format", "github"]);
    plain(&github.out);
    assert!(
        github
            .out
            .lines()
            .all(|line| ["::error ", "::warning ", "::notice "].iter().any(|start| line.starts_with(start)))
    );
    assert_eq!(github.out.lines().count(), changes + 1);

    let json = world.run(&["diff", &old, &new, "--format", "json"]);
    plain(&json.out);
    let read: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(read["changes"].as_array().unwrap().len(), changes);

    let comment = world.run(&["diff", &old, &new, "--format", "markdown"]);
    plain(&comment.out);
    let elements = ["<details open>", "<details>", "</details>", "<summary>", "</summary>", "<b>", "</b>"];
    markdown(&comment.out, &elements);
    assert!(
        comment
            .out
            .lines()
            .filter(|line| line.starts_with('|'))
            .all(|line| line.ends_with('|') && line.replace("\\|", "").matches('|').count() == 6)
    );
}

#[test]
fn references_to_files_lead_nowhere_they_may_not() {
    let names = [
        "../secret.yaml",
        "../../../../../../../../etc/passwd",
        "/etc/passwd",
        "C:\\Windows\\win.ini",
        "c:/Windows/win.ini",
        "\\\\host\\share\\a.yaml",
        "//host/a.yaml",
        "file:///etc/passwd",
        "CON",
        "nul.yaml",
        "aux",
        "com1.yaml",
        "LPT9",
        "%2e%2e%2fsecret.yaml",
        "%2e%2e/secret.yaml",
        "..%5csecret.yaml",
        "a%00.yaml",
        "a\0.yaml",
        "a\nb.yaml",
        "a\u{202e}.yaml",
        "https://example.com/a.yaml",
        "data:text/plain,x",
        "%ff.yaml",
        ".",
        "",
        "./",
        "spec/../../secret.yaml",
        "a.yaml?x=1",
        "*/ #[path = \"x\"] mod pWned;",
        "{{x}}.yaml",
        "sub",
        "~/secret.yaml",
        "$HOME/secret.yaml",
        "`id`.yaml",
    ];
    let world = World::new("hostile-files");
    let properties: serde_json::Map<String, Value> = names
        .iter()
        .enumerate()
        .map(|(at, name)| (format!("m{at}"), json!({"$ref": format!("{name}#/components/schemas/Secret")})))
        .collect();
    let document = json!({
        "openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {},
        "components": {"schemas": {"Thing": {"type": "object", "properties": properties}}},
    });
    let secret = "components: {schemas: {Secret: {type: object, properties: {pWned: {type: string}}}}}\n";
    world.write("secret.yaml", secret).write("spec/sub/inner.yaml", secret);
    world.write("spec/api.json", document.to_string());
    world.write("spec/sdk.toml", "spec = \"api.json\"\n[package]\nname = \"t-sdk\"\n");
    let before: Vec<_> = world.snapshot().into_keys().collect();
    for form in ["text", "json", "github"] {
        let ran = world.run(&["lint", "--format", form]);
        plain(&ran.out);
        plain(&ran.err);
        assert!(!ran.out.contains("pWned: {type") && !ran.out.contains("root:"), "{}", ran.out);
    }
    let ran = world.run(&["codegen"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for (path, (text, _)) in world.snapshot() {
        let inside = path.starts_with(world.path("generated"))
            || path.starts_with(world.path("spec"))
            || before.contains(&path);
        assert!(inside, "{}", path.display());
        let text = String::from_utf8(text).unwrap();
        let injected =
            path.starts_with(world.path("generated")) && (text.contains("pWned") || text.contains("p_wned"));
        assert!(!injected, "{}", path.display());
    }
    // Each is one reference that was refused, or that leads to nothing here.
    let json = world.run(&["lint", "--format", "json"]);
    let said = json
        .out
        .lines()
        .filter(|line| line.contains("\"external-ref\"") || line.contains("\"unresolved-ref\""))
        .count();
    assert_eq!(said, names.len(), "{}", json.out);
}

#[test]
fn what_is_written_beside_the_code_is_plain_text() {
    let world = World::new("hostile-codegen");
    world.write("spec/api.json", document(true));
    world.write("spec/sdk.toml", "spec = \"api.json\"\n[package]\nname = \"t-sdk\"\n");
    let ran = world.run(&["codegen"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    plain(&ran.out);
    plain(&ran.err);
    let report = world.read("spec/report.txt");
    plain(&report);
    let known = |line: &str| {
        let heading =
            line.split_once(" (").is_some_and(|(name, _)| name.len() < 40 && !name.contains(['`', '#']));
        line.is_empty()
            || line.starts_with("  ")
            || line.starts_with("# @generated")
            || line.starts_with("What the generator")
            || line.starts_with("allowed by")
            || heading
    };
    let odd: Vec<&str> = report.lines().filter(|line| !known(line)).collect();
    assert!(odd.is_empty(), "{odd:#?}");
    // Other outputs, too, have lines of their own only; the host of a workflow looks behind the spaces of a line.
    for command in ["ledger", "ir", "lint"] {
        let ran = world.run(&[command]);
        plain(&ran.out);
        plain(&ran.err);
        let said = ["::", "fn pWned", "```", "[dependencies]"];
        // A report names a second file behind three colons.
        let injected = |line: &&str| {
            let line = line.trim_start();
            !line.starts_with("::: ") && said.iter().any(|start| line.starts_with(start))
        };
        assert_eq!(ran.out.lines().chain(ran.err.lines()).find(injected), None, "{command}");
        assert!(ran.out.len() > 1_000, "{command}: {}", ran.err);
    }
}
