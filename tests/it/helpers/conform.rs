use serde_json::{Value, json};
use tests::case::cases;
use tests::conform::conform;
use tests::conform::encode::{canonical, shape};
use tests::document::{Document, Location};

const TEXT: &str = "
openapi: 3.1.0
paths:
  /a/{plain}/{label}/{matrix}:
    get:
      parameters:
        - {name: plain, in: path, required: true, schema: {}}
        - {name: label, in: path, required: true, style: label, explode: true, schema: {}}
        - {name: matrix, in: path, required: true, style: matrix, schema: {}}
        - {name: many, in: query, schema: {}}
        - {name: few, in: query, explode: false, schema: {}}
        - {name: pipes, in: query, style: pipeDelimited, explode: false, schema: {}}
        - {name: spaces, in: query, style: spaceDelimited, explode: false, schema: {}}
        - {name: deep, in: query, style: deepObject, schema: {}}
        - {name: json, in: query, content: {application/json: {schema: {}}}}
        - {name: X-List, in: header, schema: {}}
        - {name: Accept, in: header, schema: {}}
        - {name: c, in: cookie, schema: {}}
      responses: {}
";

#[test]
fn every_style_is_encoded() {
    let operation = Document::parse("test.yaml", TEXT).unwrap().operations().remove(0);
    let given = |at, name: &str, value: Value| (at, name.to_owned(), value);
    let (path, query) = (Location::Path, Location::Query);
    let shape = shape(
        &operation,
        &[
            given(path, "plain", json!("a/ä")),
            given(path, "label", json!(["x", 1])),
            given(path, "matrix", json!({"k": "v;", "l": null})),
            given(query, "many", json!(["a,b", true])),
            given(query, "few", json!(["a,b", true])),
            given(query, "pipes", json!([1, 2])),
            given(query, "spaces", json!(["a", "b"])),
            given(query, "deep", json!({"min": 0.5})),
            given(query, "json", json!({"a": [1]})),
            given(Location::Header, "X-List", json!(["a", "b c"])),
            given(Location::Cookie, "c", json!("x y")),
        ],
    )
    .unwrap();
    assert_eq!(shape.path, "/a/a%2F%C3%A4/.x.1/;matrix=k,v%3B");
    let query: Vec<String> = shape.query.iter().map(|(name, value)| format!("{name}={value}")).collect();
    assert_eq!(
        query,
        [
            "deep%5Bmin%5D=0.5",
            "few=a%2Cb,true",
            "json=%7B%22a%22%3A%5B1%5D%7D",
            "many=a%2Cb",
            "many=true",
            "pipes=1%7C2",
            "spaces=a%20b"
        ]
    );
    assert_eq!(shape.headers, [("x-list".to_owned(), "a,b c".to_owned())]);
    assert_eq!(shape.cookies, [("c".to_owned(), "x%20y".to_owned())]);
    assert_eq!(canonical("a%7eb+c%2c,:/%zz"), "a~b%20c%2C,%3A/%25zz");
    assert!(operation.params.iter().all(|param| param.name != "Accept"), "such headers are ignored");
}

/// A document that says something else than the SDK does.
async fn failures(case: &str, from: &str, to: &str) -> String {
    let text = cases().unwrap().into_iter().find(|known| known.name == case).unwrap().spec;
    let changed = text.replacen(from, to, 1);
    assert_ne!(text, changed, "`{case}` has no `{from}`");
    let document = Document::parse("changed.yaml", &changed).unwrap();
    let sdk = tests::mounts::SDKS.iter().find(|sdk| sdk.name == case).unwrap();
    conform(&document, sdk).await.unwrap().failures.join("\n")
}

#[tokio::test]
async fn what_is_wrong_with_an_sdk_is_found() {
    for (case, from, to, found) in [
        ("query-styles", "style: pipeDelimited", "style: spaceDelimited", "pipes"),
        ("methods", "/thing:", "/thang:", "the SDK has no such call"),
        ("typed-errors", "'422'", "'409'", "the SDK does not"),
        ("header-params", "X-Limit", "X-Limits", "x-limits"),
    ] {
        let failures = failures(case, from, to).await;
        assert!(failures.contains(found), "`{case}` with `{to}`: {failures}");
    }
}
