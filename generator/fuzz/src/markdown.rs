//! Texts that look like Markdown, and mean harm: fences, lists, HTML and links, cut off and put into each other.

use serde_json::{Value, json};

use crate::numbers::Numbers;

/// What lines begin with.
const STARTS: &[&str] = &[
    "", "", "", " ", "  ", "    ", "     ", "\t", "- ", "-", "* ", "+\t", "1. ", "10) ", "1.", "> ", ">",
    "> > ", "- > ", "-     ", "1.      ", "# ", "###### ", "- - ", ">     ", "|", "| ", ": ", "\u{a0}",
    "\u{3000}", "  - ", "   1. ", "\u{feff}",
];

/// Lines and parts of lines.
const PARTS: &[&str] = &[
    "word",
    "two words",
    "Sentence one. Sentence two",
    "pWned();",
    "let pWned = 1;",
    "fn main() { pWned() }",
    "a_b_c",
    "*",
    "**",
    "***",
    "_",
    "__",
    "~",
    "~~",
    "~~~",
    "~~~~~",
    "```",
    "````",
    "`",
    "``",
    "`````````",
    "```rust",
    "~~~rust",
    "```{.rust}",
    "```should_panic",
    "~~~ ignore",
    "```no_run",
    "```text",
    "```json",
    "``` `",
    "`<section>`",
    "`a b` ``",
    "<",
    ">",
    "<section>",
    "</div>",
    "<b>",
    "</b>",
    "<i> x",
    "<code>",
    "</code>",
    "<a href=\"https://a.b/c\">",
    "<a href='pWned'>",
    "</a>",
    "<a ",
    "<!--",
    "-->",
    "<!-- x -->",
    "<?php",
    "<![CDATA[",
    "<!X",
    "<pre>",
    "<script>",
    "</script>",
    "<p>",
    "<br/>",
    "<li>",
    "<ul>",
    "<table>",
    "<td>",
    "<h1>",
    "<details>",
    "[",
    "]",
    "[pWned]",
    "[`pWned`]",
    "[pWned](pWned)",
    "[~~~](x)",
    "![~~~rust](x)",
    "[x](https://a.b \"t\")",
    "[x][y]",
    "[y]: https://c.d",
    "[y]: <pWned>",
    "[pWned]: x",
    "[^1]",
    "[^1]: note",
    "[ ] task",
    "[x] task",
    "[!NOTE]",
    "![x](https://a.b/c.png)",
    "[](https://a.b)",
    "[a](mailto:b@c)",
    "<mailto:pWned@x>",
    "<x@y.z>",
    "<https://a.b/(c)>",
    "https://a.b/c_(d).",
    "xhttp://a.b.cd",
    "http://",
    "[http://a.b]",
    "&lt;b&gt;",
    "&#60;b&#62;",
    "&#96;&#96;&#96;",
    "&#10;",
    "&#0;",
    "&#x202e;",
    "&nbsp;",
    "&amp;lt;",
    "&",
    "\\",
    "\\\\",
    "\\`",
    "\\[",
    "\\<",
    "\\\n",
    "  \n",
    "---",
    "===",
    "-",
    "=",
    "***",
    "- - -",
    "_ _ _",
    "|---|",
    "--- | ---",
    ":-:|-",
    "| a | b |",
    "|",
    "\\|",
    "`|`",
    "1.",
    "2019. ",
    "#",
    "#!",
    "#[doc]",
    "!",
    "//! x",
    "*/",
    "$",
    "{",
    "}",
    "{{x}}",
    ":",
    "::",
    "\"",
    "'",
    "\r",
    "\u{2028}",
    "\u{85}",
    "\0",
    "\u{202e}",
    "\u{200b}",
    "\u{7}",
    "\u{b}",
    "\u{c}",
    "é",
    "名前",
    "🦀",
    "\u{e000}",
    "@generated:end",
    "term\n: pWned",
    "+++",
    "%%",
    "H~2~O",
    "a*b*c",
    "**a **b**",
    "***a** b*",
    "snake_",
    "_id",
    "5*3*2",
    "~5 and ~6",
    "`a\nb`",
];

/// A text of a few lines.
pub fn text(numbers: &mut Numbers<'_>) -> String {
    let mut out = String::new();
    for _ in 0..=numbers.below(8) {
        for _ in 0..numbers.below(3) {
            out.push_str(numbers.pick::<&str>(STARTS));
        }
        for _ in 0..numbers.below(5) {
            out.push_str(numbers.pick::<&str>(PARTS));
            if numbers.once_in(2) {
                out.push(' ');
            }
        }
        if numbers.once_in(10) {
            // So long that the line is broken.
            out.push_str(&"more words of it ".repeat(8));
        }
        out.push_str(if numbers.once_in(3) { "\n\n" } else { "\n" });
    }
    out
}

/// A document with such a text in every place that ends as documentation.
pub fn document(numbers: &mut Numbers<'_>) -> Value {
    let mut text = || text(numbers);
    let object = json!({
        "type": "object", "title": text(), "description": text(), "externalDocs": {"url": text()}, "example": {"a": text()},
        "required": ["a"], "properties": {
            "a": {"type": "string", "description": text(), "title": text(), "default": text(), "pattern": text(), "deprecated": true},
            "b": {"type": "string", "title": text(), "enum": [text(), text()], "x-enum-descriptions": [text(), text()]},
            "c": {"const": text(), "description": text()},
            text(): {"type": "object", "title": text(), "properties": {text(): {"type": "integer", "description": text()}}},
            "d": {"$ref": "#/components/schemas/Union"},
        },
    });
    let variant = json!({"type": "object", "title": text(), "description": text(), "required": ["k"], "properties": {"k": {"const": text()}}});
    json!({
        "openapi": "3.1.0",
        "info": {"title": text(), "version": text(), "description": text(), "summary": text()},
        "servers": [{"url": "https://example.com/{v}", "variables": {"v": {"default": text()}}}],
        "tags": [{"name": "things", "description": text()}, {"name": text(), "description": text()}],
        "paths": {
            format!("/a/{}/{{id}}", text().replace(['{', '}'], "")): {"post": {
                "operationId": "make", "tags": ["things"], "summary": text(), "description": text(), "externalDocs": {"url": text()},
                "security": [{"flow": [text()]}],
                "parameters": [
                    {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}, "description": text()},
                    {"name": text(), "in": "query", "schema": {"type": "string", "default": text()}, "description": text()},
                    {"name": "e", "in": "query", "schema": {"type": "string", "enum": [text()]}, "required": true},
                    {"name": text(), "in": "header", "schema": {"type": "string"}, "description": text(), "deprecated": true},
                ],
                "requestBody": {"description": text(), "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}, "example": {"a": text()}}}},
                "responses": {
                    "200": {"description": text(), "headers": {"x-a": {"description": text(), "schema": {"type": "string"}}},
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}, text(): {"schema": {"type": "string"}}}},
                    "202": {"description": text()},
                    "404": {"description": text(), "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}},
                },
            }},
            "/b": {"get": {"tags": [text()], "description": text(), "deprecated": true, "responses": {"200": {"description": text()}}}},
        },
        "components": {
            "schemas": {
                "Thing": object,
                "Union": {"oneOf": [variant, {"type": "string", "description": text()}], "description": text(), "example": text()},
                text(): {"type": "string", "enum": [text()], "description": text()},
            },
            "securitySchemes": {
                "flow": {"type": "oauth2", "description": text(), "flows": {"clientCredentials": {"tokenUrl": text(), "scopes": {text(): text()}}}},
                text(): {"type": "apiKey", "in": "header", "name": text(), "description": text()},
            },
        },
    })
}

#[cfg(test)]
mod tests {
    use crate::numbers::Numbers;

    /// Documents of a usual run; `SEEDS=100000` tries more.
    const SEEDS: u64 = 200;

    #[test]
    fn texts_stay_texts() {
        let seeds = std::env::var("SEEDS").ok().and_then(|count| count.parse().ok()).unwrap_or(SEEDS);
        let made =
            (0..seeds).filter(|seed| crate::whole(&super::document(&mut Numbers::seeded(*seed)))).count();
        assert!(made as u64 * 10 >= seeds * 9, "only {made} of {seeds} documents got through");
    }
}
