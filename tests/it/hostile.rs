//! Input that means harm: what a document says reaches the output as text or as a cleaned name, and what is too much of something
//! is refused with the limit in the message.

mod bounds;
mod doctests;
mod texts;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use fuzz::judge::{self, BROUGHT_IN};
use fuzz::text::HOSTILE;
use sdkgen::Input;
use sdkgen::diag::Sink;
use sdkgen::source::Source;
use serde_json::{Value, json};

/// A document with one text in every place that takes one.
fn document(text: &str) -> Value {
    let schema = json!({
        "type": "object",
        "title": text,
        "description": text,
        "externalDocs": {"url": text, "description": text},
        "properties": {
            text: {"type": "string", "description": text, "default": text, "example": text, "pattern": text},
            "choice": {"type": "string", "enum": [text, "other"], "x-enum-varnames": [text], "x-enum-descriptions": [text]},
            "constant": {"const": text},
            "format": {"type": "string", "format": text},
            "nested": {"type": "object", "properties": {text: {"type": "object", "properties": {"a": {"type": "string"}}}}},
        },
        "required": ["constant"],
    });
    let tag =
        |kind: &str| json!({"type": "object", "required": [text], "properties": {text: {"const": kind}}});
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": text, "version": text, "description": text, "summary": text, "termsOfService": text,
            "contact": {"name": text, "url": text, "email": text}, "license": {"name": text, "identifier": text, "url": text},
        },
        "externalDocs": {"url": text, "description": text},
        "servers": [{"url": text, "description": text, "variables": {text: {"default": text, "enum": [text], "description": text}}}],
        "tags": [{"name": text, "description": text}],
        "security": [{text: []}],
        "paths": {
            format!("/{}/{{id}}", text.replace(['{', '}'], "")): {
                "post": {
                    "operationId": text, "tags": [text], "summary": text, "description": text,
                    "externalDocs": {"url": text},
                    "parameters": [
                        {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}, "description": text},
                        {"name": text, "in": "query", "schema": {"type": "string", "default": text}, "description": text},
                        {"name": text, "in": "header", "schema": {"type": "string"}, "description": text},
                        {"name": text, "in": "cookie", "schema": {"type": "string", "enum": [text]}, "example": text},
                        {"name": "deep", "in": "query", "style": "deepObject", "schema": {"type": "object", "properties": {text: {"type": "string"}}}},
                        {"name": "coded", "in": "query", "content": {text: {"schema": {"type": "string"}}}},
                    ],
                    "servers": [{"url": text}],
                    "callbacks": {text: {text: {"post": {"operationId": format!("{text} back"), "summary": text, "responses": {"200": {"description": text}}}}}},
                    "requestBody": {"description": text, "content": {
                        "application/json": {"schema": schema, "example": text, "examples": {text: {"value": text}}},
                        text: {"schema": {"type": "string"}},
                        "multipart/form-data": {"schema": schema, "encoding": {text: {"contentType": text, "headers": {text: {"schema": {"type": "string"}}}}}},
                    }},
                    "responses": {
                        "200": {"description": text, "headers": {text: {"description": text, "schema": {"type": "string"}}},
                            "links": {text: {"operationId": text, "description": text, "parameters": {text: text}}}, "content": {text: {"schema": {"type": "string"}}, "application/json": {"schema": {"$ref": "#/components/schemas/Plain"}}}},
                        "404": {"description": text, "content": {"application/json": {"schema": schema}}},
                    },
                },
            },
        },
        "components": {
            "schemas": {
                text: schema, "Plain": {"type": "object", "properties": {"a": {"type": "string"}}},
                "Union": {"oneOf": [tag("a"), tag(text)], "discriminator": {"propertyName": text}},
                "Mapped": {"oneOf": [{"$ref": "#/components/schemas/Plain"}], "discriminator": {"propertyName": "a", "mapping": {text: "#/components/schemas/Plain"}}},
                "Pattern": {"type": "object", "patternProperties": {text: {"type": "string"}}, "propertyNames": {"pattern": text}},
                "Words": {"type": "string", "enum": [text], "x-enumNames": [text], "x-deprecated-message": text},
                "Group": {"type": "object", "additionalProperties": {"type": "object", "title": text, "properties": {text: {"type": "integer"}}}},
            },
            "securitySchemes": {
                text: {"type": "apiKey", "in": "header", "name": text, "description": text},
                format!("{text}2"): {"type": "http", "scheme": "bearer", "bearerFormat": text, "description": text},
                format!("{text}3"): {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": text, "refreshUrl": text, "scopes": {text: text}}}},
                format!("{text}4"): {"type": "openIdConnect", "openIdConnectUrl": text},
            },
        },
        "webhooks": {text: {"post": {"operationId": format!("{text} hook"), "summary": text, "requestBody": {"content": {"application/json": {"schema": schema}}}, "responses": {}}}},
    })
}

/// What a document with a hostile text gives.
struct Made {
    text: &'static str,
    input: Input,
    lock: String,
    files: BTreeMap<String, String>,
}

/// What the documents give that are not refused, made once for all tests.
fn all() -> &'static [Made] {
    static ALL: OnceLock<Vec<Made>> = OnceLock::new();
    ALL.get_or_init(|| HOSTILE.iter().filter_map(|text| made(text)).collect())
}

/// What a document with this text gives.
fn made(text: &'static str) -> Option<Made> {
    let source = Source::new(format!("{}.json", text.replace('/', "_")), document(text).to_string());
    let input = Input::new(source);
    let mut sink = Sink::new();
    let output = sdkgen::generate(&input, &mut sink);
    assert!(output.is_some() || sink.has_errors());
    let output = output?;
    if let Some(problem) = judge::harmful(&output) {
        panic!("{text:?}: {problem}");
    }
    texts::judge(text, &input, &output, sink);
    let files = output.files.iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect();
    Some(Made { text, input, lock: output.lock(), files })
}

/// How many items of which kind a file has, names aside.
fn items(text: &str) -> BTreeMap<String, usize> {
    fn count(items: &[syn::Item], counts: &mut BTreeMap<String, usize>) {
        for item in items {
            let kind = match item {
                syn::Item::Fn(_) => "function",
                syn::Item::Struct(_) => "struct",
                syn::Item::Enum(_) => "enum",
                syn::Item::Impl(_) => "impl",
                syn::Item::Use(_) => "use",
                syn::Item::Mod(inner) => {
                    count(inner.content.as_ref().map_or(&[], |(_, items)| items.as_slice()), counts);
                    "module"
                }
                syn::Item::Macro(_) => "macro",
                syn::Item::Type(_) => "alias",
                syn::Item::Const(_) | syn::Item::Static(_) => "constant",
                _ => "other",
            };
            *counts.entry(kind.to_owned()).or_default() += 1;
        }
    }
    let mut counts = BTreeMap::new();
    count(&syn::parse_file(text).unwrap().items, &mut counts);
    counts
}

/// All files of code together.
fn whole(files: &BTreeMap<String, String>) -> BTreeMap<String, usize> {
    let mut all = BTreeMap::new();
    for (_, text) in files.iter().filter(|(path, _)| path.ends_with(".rs") && !path.contains("/runtime/")) {
        items(text).into_iter().for_each(|(kind, count)| *all.entry(kind).or_default() += count);
    }
    all
}

#[test]
fn hostile_texts_add_no_item() {
    // Texts that can be names of something stand for all others.
    let plain = whole(&made("plain_text").unwrap().files);
    let tried = all().len();
    for Made { text, files, .. } in all() {
        let all = whole(files);
        for kind in ["function", "other", "macro", "module", "struct", "enum"] {
            let (there, here) = (plain.get(kind).copied().unwrap_or(0), all.get(kind).copied().unwrap_or(0));
            // A text that is no media type, path segment or tag of its own may lack what the plain one has; it adds nothing.
            assert!(here <= there + 2, "{text:?}: {here} of {kind}, not {there}");
        }
    }
    assert!(tried * 10 > HOSTILE.len() * 9, "only {tried} of {} got through", HOSTILE.len());
}

#[test]
fn manifests_hold_what_they_always_hold() {
    let sections = |files: &BTreeMap<String, String>| {
        let table: toml::Table = files["Cargo.toml"].parse().unwrap_or_else(|error| panic!("{error}"));
        let dependencies = table["dependencies"].as_table().unwrap().keys().cloned().collect::<Vec<_>>();
        (table.keys().cloned().collect::<Vec<_>>(), dependencies)
    };
    let plain = sections(&made("plain_text").unwrap().files);
    for Made { text, files, .. } in all() {
        assert_eq!(sections(files), plain, "{text:?}");
    }
}

#[test]
fn nothing_is_written_outside() {
    for Made { text, files, .. } in all() {
        for path in files.keys() {
            let fine = |part: &str| {
                !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', ':', '\0', ' '])
            };
            assert!(path.split('/').all(fine), "{text:?}: {path:?}");
        }
    }
}

#[test]
fn the_judge_finds_what_is_brought_in() {
    let found = |text: &str| judge::code(text).is_some();
    assert!(!found("/// pWned\npub fn fine() { let x = \"pWned\"; }"));
    assert!(found(&format!("fn {BROUGHT_IN}() {{}}")));
    assert!(found("#[path = \"x\"] mod a;"));
    assert!(found("const X: &str = include_str!(\"/etc/passwd\");"));
    assert!(found("object! { pWned }"));
    assert!(found("fn a( {}"));
    assert!(found("/// \u{202e}\nstruct A;"));
}
