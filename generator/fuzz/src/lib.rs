//! The bodies of the fuzz targets. Each takes bytes and panics when something does not hold that must hold for all input.
//!
//! Under `cargo fuzz` the targets in `fuzz_targets/` run them on what the fuzzer finds; on stable the tests and `cargo xtask
//! fuzz` run them on seeds and mutations. So a crash that was found once is a seed of the tests.

pub mod docs;
pub mod grow;
pub mod judge;
pub mod markdown;
pub mod mutate;
pub mod numbers;
pub mod slice;
pub mod text;

use numbers::Numbers;
use sdkgen::Input;
use sdkgen::diag::{Output, Sink, Style, render};
use sdkgen::source::Source;
use serde_json::Value;

/// A document with this text; the ending of the name says which reader takes it.
fn input(name: &str, text: String) -> Input {
    Input::new(Source::new(name, text))
}

/// Any text: it is read or refused, and what is said has a place.
pub fn load(data: &[u8]) {
    let text = String::from_utf8_lossy(data).into_owned();
    for name in ["fuzz.yaml", "fuzz.json"] {
        let input = input(name, text.clone());
        let mut sink = Sink::new();
        sdkgen::lint(&input, &mut sink);
        placed(&input, sink);
    }
}

/// Any tree: the normal form of its normal form is itself.
pub fn normalize(data: &[u8]) {
    let mut numbers = Numbers::of(data);
    let mut tree = grow::document(&mut numbers);
    mutate::tree(&mut tree, &mut numbers);
    normal(&tree);
}

/// The same for a tree at hand.
pub fn normal(tree: &Value) {
    let mut sink = Sink::new();
    let Some(once) = sdkgen::normal_form(&input("fuzz.json", tree.to_string()), &mut sink) else { return };
    let twice = sdkgen::normal_form(&input("fuzz.json", once.to_string()), &mut Sink::new());
    // What was data before may be a reference that leads out of the document now.
    if let Some(twice) = twice {
        assert_eq!(twice, once, "the normal form has another normal form");
    }
}

/// Any text as every kind of name, all beside each other.
pub fn names(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let names: Vec<&str> = text.split('\u{1}').collect();
    let each =
        |value: Value| Value::Object(names.iter().map(|name| ((*name).to_owned(), value.clone())).collect());
    let paths = names.iter().enumerate().map(|(index, name)| {
        let parameters = names.iter().map(|name| serde_json::json!({"name": name, "in": "query", "schema": {"type": "string"}}));
        let operation = serde_json::json!({
            "operationId": name, "tags": [name], "summary": name, "description": name, "parameters": parameters.collect::<Vec<_>>(),
            "responses": {"200": {"description": name, "content": {"application/json": {"schema": {"title": name, "type": "object", "properties": each(true.into())}}}}},
        });
        (format!("/{index}/{}", name.replace(['{', '}'], "")), serde_json::json!({"get": operation}))
    });
    let tree = serde_json::json!({
        "openapi": "3.1.0",
        "info": {"title": names[0], "version": names[0], "description": names[0]},
        "paths": paths.collect::<serde_json::Map<_, _>>(),
        "components": {
            "schemas": each(serde_json::json!({
                "type": "object",
                "description": names[0],
                "properties": each(serde_json::json!({"type": "string", "enum": names, "default": names[0], "description": names[0]})),
            })),
            "securitySchemes": each(serde_json::json!({"type": "apiKey", "in": "header", "name": names[0]})),
        },
    });
    whole(&tree);
}

/// A random document, nearly right.
pub fn pipeline(data: &[u8]) {
    let mut numbers = Numbers::of(data);
    let mut tree = grow::document(&mut numbers);
    if numbers.once_in(2) {
        mutate::tree(&mut tree, &mut numbers);
    }
    whole(&tree);
}

/// A document whose texts look like Markdown.
pub fn markdown(data: &[u8]) {
    whole(&markdown::document(&mut Numbers::of(data)));
}

/// The whole pipeline over a tree: it is refused with a reason, or what comes out is harmless. Says which.
pub fn whole(tree: &Value) -> bool {
    let input = input("fuzz.json", tree.to_string());
    let mut sink = Sink::new();
    let output = sdkgen::generate(&input, &mut sink);
    let refused = sink.has_errors();
    placed(&input, sink);
    match output {
        Some(output) => {
            let harmful = judge::harmful(&output);
            assert!(harmful.is_none(), "{}", harmful.unwrap_or_default());
            true
        }
        None => {
            assert!(refused, "nothing is written, and nothing is said");
            false
        }
    }
}

/// Every diagnostic has a line and a column, and can be shown in every form.
fn placed(input: &Input, sink: Sink) {
    let found = sink.finish();
    let sources = input.sources();
    let json = render(&found, &sources, Style { output: Output::Json, ..Style::PLAIN });
    for line in json.lines() {
        let one: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error} in {line}"));
        assert!(one["primary"]["line"].is_u64() && one["primary"]["column"].is_u64(), "no place: {line}");
    }
    let text = render(&found, &sources, Style { most: 20, ..Style::PLAIN });
    assert!(found.is_empty() || !text.is_empty());
}

/// A body for a type: it is decoded or refused, and what was decoded is encoded into the same JSON again.
pub fn decode(name: &str, echo: impl Fn(&[u8]) -> Result<Vec<u8>, String>, body: &[u8]) {
    if let Ok(first) = echo(body) {
        let second = echo(&first);
        assert_eq!(
            second.as_ref(),
            Ok(&first),
            "`{name}` is not stable for {}",
            String::from_utf8_lossy(body)
        );
    }
}

/// Runs a body over files given on the command line; what crashed the fuzzer is looked at so.
pub fn over_files(body: fn(&[u8])) -> std::process::ExitCode {
    for path in std::env::args_os().skip(1) {
        match std::fs::read(&path) {
            Ok(data) => body(&data),
            Err(error) => {
                eprintln!("cannot read `{}`: {error}", path.display());
                return std::process::ExitCode::FAILURE;
            }
        }
    }
    std::process::ExitCode::SUCCESS
}
